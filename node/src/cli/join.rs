//! `join`: from an invite to a chapter's node, the agreement shown before anything is shared.
use std::io::{BufRead as _, IsTerminal as _, Read as _};
use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use clap::Args;
use helhet_protocol::identity::Invite;
use helhet_shared::clock::{Clock as _, SystemClock};

use super::output::print;
use super::passphrase;
use crate::store::key_file;
use crate::store::lock::{self, Keeping};
use crate::{Node, ask, join, read};

#[derive(Args, Debug)]
pub(super) struct JoinArguments {
    /// The invite, or `-` to read it from standard input.
    invite: String,
    /// What to call this computer.
    #[arg(long)]
    device: String,
    /// Accepts the office's sharing agreement, and confirms that the chapter's members have signed the declaration.
    #[arg(long)]
    accept_agreement: bool,
    /// Keeps the database's key in a file of the data folder, so that no passphrase is needed: whoever takes the folder can
    /// read it.
    #[arg(long)]
    key_file: bool,
}

pub(super) async fn run(
    data: &Path,
    passphrase_file: Option<&Path>,
    arguments: JoinArguments,
) -> anyhow::Result<()> {
    let invite = match arguments.invite.as_str() {
        "-" => {
            let mut text = String::new();
            std::io::stdin()
                .take(16 * 1024)
                .read_to_string(&mut text)
                .context("the invite cannot be read")?;
            text
        }
        invite => invite.to_owned(),
    };
    let keeping = keeping(data, passphrase_file, arguments.key_file)?;
    if let Ok(parsed) = Invite::parse(&invite, SystemClock.now().timestamp())
        && parsed.admitted_by.is_some()
    {
        return further(data, &parsed, &arguments.device, &keeping).await;
    }
    let clock = Arc::new(SystemClock);
    let joined = join::join_keeping(data, &invite, &arguments.device, &keeping, clock).await?;
    let node = &joined.node;
    eprintln!("This computer has joined the chapter {}.", node.identity().chapter_name);
    tell_what_opens(data);
    if let Some(code) = &joined.code {
        eprintln!("The office's page of chapters shows this code; compare it on the phone: {code}");
    }
    eprintln!("The recovery phrase. It is shown this once: print it and lock it away.");
    print(&joined.phrase);
    joined.phrase_is_kept()?;
    agree(node, arguments.accept_agreement).await
}

/// How the key of a folder that is to be is kept: by the file that was asked for, else by a passphrase.
pub(super) fn keeping(
    data: &Path,
    passphrase_file: Option<&Path>,
    key_file: bool,
) -> anyhow::Result<Keeping> {
    Ok(match key_file {
        true => Keeping::KeyFile,
        false if lock::is_locked(data) => Keeping::Passphrase(passphrase::read(passphrase_file)?),
        false => Keeping::Passphrase(passphrase::new_and_good(passphrase_file)?),
    })
}

/// What the way in which the key is kept gives up.
pub(super) fn tell_what_opens(data: &Path) {
    if lock::is_locked(data) {
        eprintln!(
            "The database is encrypted. Nobody reads it without the passphrase, and nobody can bring that back."
        );
        return;
    }
    eprintln!(
        "The database is encrypted, and its key is in {}: who takes this folder, or this computer unlocked, can read \
         it. Turn the disk encryption of this computer on, or let a passphrase open the folder (helhet-node lock).",
        key_file::path(data).display()
    );
}

/// A further computer of a chapter waits until somebody has compared the digits.
async fn further(data: &Path, invite: &Invite, device: &str, keeping: &Keeping) -> anyhow::Result<()> {
    const AGAIN: std::time::Duration = std::time::Duration::from_secs(2);
    let mut asking = ask::ask(data, invite, device, keeping, Arc::new(SystemClock))?;
    eprintln!(
        "Compare these six digits on the chapter's other computer, which then lets this one in: {}. This waits until it \
         has; if you stop it, repeat the command to go on.",
        asking.code
    );
    let node = loop {
        match asking.attempt().await {
            Ok(Ok(node)) => break node,
            Ok(Err(waiting)) => asking = waiting,
            Err(failed) => return Err(failed.error.into()),
        }
        tokio::time::sleep(AGAIN).await;
    };
    eprintln!(
        "This computer is one of the chapter {}'s now, and has its records.",
        node.identity().chapter_name
    );
    tell_what_opens(data);
    Ok(())
}

/// Shows the agreement, and accepts it when told to.
async fn agree(node: &Node, accept: bool) -> anyhow::Result<()> {
    let state = read::agreements(node.store())?;
    let Some((document, agreement)) = state.to_accept() else {
        eprintln!(
            "The office has published no agreement yet: it sees this chapter's figures and nobody's name."
        );
        return Ok(());
    };
    let texts = &agreement.texts;
    if let Some(text) =
        texts.get("nb").filter(|_| !accept).or_else(|| texts.get("en")).or_else(|| texts.values().next())
    {
        eprintln!("\nThe office's agreement on sharing, version {}:\n\n{text}\n", agreement.version);
    }
    if !accept && !asked()? {
        eprintln!(
            "Not accepted: the office sees this chapter's figures and nobody's name. It can be accepted later."
        );
        return Ok(());
    }
    node.writer().act(|deed| deed.accept(*document, true))?;
    match node.sync().await {
        Ok(_) => eprintln!("Accepted, and the office knows."),
        Err(error) => eprintln!("Accepted here; the office will hear of it with the next sync ({error})."),
    }
    Ok(())
}

/// A typed yes, on a terminal alone: off one nobody is asked.
fn asked() -> anyhow::Result<bool> {
    if !std::io::stdin().is_terminal() {
        return Ok(false);
    }
    eprint!("Does the chapter accept it, and have its members signed the declaration? (yes/no) ");
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "yes" | "y" | "ja" | "j"))
}
