//! `export`, `user`, `backup`, `restore`, `doctor`.
use std::io::{IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand, ValueEnum};
use helhet_shared::private_file;
use helhet_shared::web::password;
use zeroize::Zeroizing;

use super::output::print;
use crate::files::{backup as backups, export as exports};
use crate::store::{StoreError, users};
use crate::{Node, read};

#[derive(Args, Debug)]
pub(super) struct ExportArguments {
    what: What,
    #[arg(long)]
    format: FormatArgument,
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum What {
    Supporters,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum FormatArgument {
    Csv,
    Json,
    Vcard,
}

pub(super) fn export(node: &Node, arguments: &ExportArguments) -> anyhow::Result<()> {
    let What::Supporters = arguments.what;
    let format = match arguments.format {
        FormatArgument::Csv => exports::Format::Csv,
        FormatArgument::Json => exports::Format::Json,
        FormatArgument::Vcard => exports::Format::Vcard,
    };
    let text = exports::supporters(node.store(), format)?;
    match &arguments.out {
        None => print(text.trim_end_matches('\n')),
        Some(path) => {
            private_file::write(path, text.as_bytes())
                .with_context(|| format!("{} cannot be written", path.display()))?;
        }
    }
    Ok(())
}

#[derive(Subcommand, Debug)]
pub(super) enum UserCommand {
    /// Lets somebody log in to the screens.
    Add {
        login: String,
        #[arg(long, default_value = "leader")]
        role: String,
        /// Else the password is asked for on the terminal.
        #[arg(long, value_name = "FILE")]
        password_file: Option<PathBuf>,
    },
}

pub(super) fn user(node: &Node, command: &UserCommand) -> anyhow::Result<()> {
    let UserCommand::Add { login, role, password_file } = command;
    let password = read_password(password_file.as_deref())?;
    if password::check(&password, login).is_err() {
        bail!(
            "the password is too short, too long or too easy to guess: take a few words that belong together for you alone"
        );
    }
    let hash = password::hash(&password, &mut rand::rng())?;
    let now = node.writer().clock().now().timestamp();
    node.store()
        .database()
        .write(|transaction| -> Result<_, StoreError> {
            Ok(users::add(transaction, login, &hash, role, now)?)
        })
        .context("there is such a user already, or it could not be added")?;
    eprintln!("{login} can log in.");
    Ok(())
}

fn read_password(file: Option<&Path>) -> anyhow::Result<Zeroizing<String>> {
    let mut text = Zeroizing::new(String::new());
    match file {
        Some(path) => {
            let file =
                std::fs::File::open(path).with_context(|| format!("{} cannot be read", path.display()))?;
            file.take(4096).read_to_string(&mut text)?;
        }
        None if std::io::stdin().is_terminal() => {
            text = Zeroizing::new(rpassword::prompt_password("Password: ")?);
        }
        None => bail!("name a file with the password: --password-file FILE"),
    }
    Ok(Zeroizing::new(text.trim_end_matches(['\r', '\n']).to_owned()))
}

pub(super) fn backup(node: &Node, out: &Path) -> anyhow::Result<()> {
    let key = backups::backup(node.store(), out)?;
    eprintln!("The backup is encrypted; {} opens it. Keep the two apart.", key.display());
    Ok(())
}

pub(super) fn restore(data: &Path, from: &Path) -> anyhow::Result<()> {
    backups::restore(data, from)?;
    eprintln!(
        "Restored. Sync next: it brings back what the office has, and erases again what was erased since."
    );
    Ok(())
}

/// Prints one line per finding; fails when something is wrong.
pub(super) fn doctor(node: &Node, rebuild: bool, anonymized: bool) -> anyhow::Result<()> {
    let damage = node.store().database().damage()?;
    if rebuild {
        let count = node.rebuild()?;
        print(&format!("rebuilt: {count} supporters"));
    }
    let identity = node.identity();
    if !anonymized {
        print(&format!("chapter: {}", identity.chapter_name));
        print(&format!("device: {} ({})", identity.device_name, identity.device.public().fingerprint()));
        print(&format!("hub: {}", identity.hub_address));
    }
    let (supporters, _) = read::front(node.store(), node.writer().today())?;
    let status = read::status(node.store(), identity)?;
    print(&format!("supporters: {supporters}"));
    print(&format!("in conflict: {}", read::disputed(node.store())?.len()));
    print(&format!("awaiting confirmation: {}", read::withheld(node.store())?.len()));
    print(&format!("possible doubles: {}", read::possible_doubles(node.store())?.len()));
    print(&format!("waiting for the hub: {}", status.waiting.len()));
    print(&format!("refused by the hub: {}", status.refused.len()));
    print(&format!("receipts owed: {}", status.receipts_owed));
    match damage.is_empty() {
        true => print("database: sound"),
        false => bail!("the database is damaged ({} findings): restore a backup", damage.len()),
    }
    Ok(())
}
