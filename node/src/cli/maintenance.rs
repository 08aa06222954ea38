//! `export`, `user`, `backup`, `doctor`.
use std::io::{IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand, ValueEnum};
use helhet_shared::private_file;
use helhet_shared::web::password;
use zeroize::Zeroizing;

use super::output::print;
use crate::Node;
use crate::files::{backup as backups, export as exports};
use crate::read::{self, Health};
use crate::store::{StoreError, users};

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

/// Prints one line per finding; fails when something is wrong.
pub(super) fn doctor(node: &Node, rebuild: bool, anonymized: bool, as_json: bool) -> anyhow::Result<()> {
    let damaged = node.check_contents()?;
    if rebuild {
        let count = node.rebuild()?;
        eprintln!("Rebuilt: {count} supporters.");
    }
    let today = node.writer().today();
    let health = read::health(node.store(), node.identity(), today, damaged, anonymized)?;
    if as_json {
        print(&serde_json::to_string_pretty(&health)?);
    } else {
        print_health(&health);
    }
    match (health.database_findings, health.changes_damaged) {
        (0, 0) => Ok(()),
        (0, lost) => bail!(
            "{lost} changes are damaged: sync, which gives back what the office has of them, and look again; if they are still damaged then, restore a backup"
        ),
        (findings, _) => bail!("the database is damaged ({findings} findings): restore a backup"),
    }
}

fn print_health(health: &Health) {
    if let Some(place) = &health.place {
        print(&format!("chapter: {}", place.chapter));
        print(&format!("device: {} ({})", place.device, place.fingerprint));
        print(&format!("hub: {}", place.hub));
        print(&format!("to be written on the chapter's paper: {}", place.restore_from));
    }
    let or_never = |at: &Option<String>| at.clone().unwrap_or_else(|| "never".to_owned());
    print(&format!("supporters: {}", health.supporters));
    print(&format!("in conflict: {}", health.in_conflict));
    print(&format!("awaiting confirmation: {}", health.awaiting_confirmation));
    print(&format!("possible doubles: {}", health.possible_doubles));
    print(&format!("waiting for the hub: {}", health.waiting_for_the_hub));
    print(&format!("refused by the hub: {}", health.refused_by_the_hub.len()));
    print(&format!("receipts owed: {}", health.receipts_owed));
    print(&format!("last acknowledged by the hub: {}", or_never(&health.last_acknowledged)));
    print(&format!("last held the same as the hub: {}", or_never(&health.last_agreed)));
    if let Some(since) = &health.differs_since {
        print(&format!("holds something else than the hub, since: {since}"));
    }
    if let Some(last) = &health.last_copy_met {
        print(&format!("other copies of this data met: {}, the last: {last}", health.copies_met));
    }
    print(&format!("damaged changes: {}", health.changes_damaged));
    print(&format!("findings in the database: {}", health.database_findings));
}
