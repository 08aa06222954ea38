//! `export`, `user`, `lock`, `wipe`, `backup`, `doctor`.
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand, ValueEnum};
use helhet_shared::private_file;
use helhet_shared::rights::{Program, UserRole};

use super::output::print;
use super::{join, passphrase};
use crate::access;
use crate::files::backup::{self as backups, Opener};
use crate::files::export as exports;
use crate::read::{self, Health};
use crate::store::wipe;
use crate::sync::take_turn;
use crate::{Node, store};

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
        /// What the user is, and so what the screens let the user do: docs/who-may-do-what.md.
        #[arg(long, default_value = "chapter_leader", value_parser = role)]
        role: UserRole,
        /// Else the password is asked for on the terminal.
        #[arg(long, value_name = "FILE")]
        password_file: Option<PathBuf>,
    },
    /// Gives somebody another role, which counts at once.
    Role {
        login: String,
        #[arg(value_parser = role)]
        role: UserRole,
    },
    /// Lets somebody log in no longer.
    Remove { login: String },
    /// Asks somebody who has lost the phone, and the codes on paper, for the password alone again.
    ForgetCode { login: String },
}

fn role(code: &str) -> Result<UserRole, String> {
    UserRole::from_code(Program::Node, code).ok_or_else(|| {
        let codes: Vec<&str> = UserRole::of(Program::Node).map(UserRole::code).collect();
        format!("a user is one of: {}", codes.join(", "))
    })
}

pub(super) fn user(node: &Node, command: &UserCommand) -> anyhow::Result<()> {
    match command {
        UserCommand::Add { login, role, password_file } => {
            let password = passphrase::asked(password_file.as_deref(), "Password: ", "--password-file")?;
            let now = node.writer().clock().now().timestamp();
            access::add_user(node.store(), login, &password, *role, now, node.peer_support_key())?;
            eprintln!("{login} can log in.");
        }
        UserCommand::Role { login, role } => {
            access::change_role(node.store(), login, *role, node.peer_support_key())?;
            eprintln!("{login} is {role} from now on.");
        }
        UserCommand::Remove { login } => {
            access::remove_user(node.store(), login)?;
            eprintln!("{login} can log in no longer.");
        }
        UserCommand::ForgetCode { login } => {
            access::second_factor::forget(node.store(), login)?;
            eprintln!("{login} logs in with the password alone.");
        }
    }
    Ok(())
}

/// Needs no passphrase: who may remove the folder's files may wipe them.
pub(super) fn wipe(data: &Path) -> anyhow::Result<()> {
    let turn = take_turn(data)?.context("a program is at work on this folder: close it first")?;
    wipe::wipe(data)?;
    drop(turn);
    eprintln!("Nothing of the chapter is left in {}.", data.display());
    Ok(())
}

/// A passphrase takes the place of the key file.
pub(super) fn lock(data: &Path, passphrase_file: Option<&Path>, user: Option<&str>) -> anyhow::Result<()> {
    if store::lock::is_locked(data) {
        bail!("a passphrase opens this folder already");
    }
    let node = passphrase::open(data, None)?;
    match user {
        Some(login) => {
            let password = passphrase::read(passphrase_file)?;
            if !access::is_right(node.store(), login, &password)? {
                bail!("that is not this user's password");
            }
            access::lock_for(node.store(), login, &password)?;
        }
        None => access::lock_by(node.store(), &passphrase::new_and_good(passphrase_file)?)?,
    }
    join::tell_what_opens(data);
    eprintln!(
        "The key file was overwritten and is gone. A copy of it that somebody took before, with a copy of the database, can still be \
         read."
    );
    Ok(())
}

pub(super) fn backup(node: &Node, out: &Path) -> anyhow::Result<()> {
    match backups::backup(node.store(), out)? {
        Opener::Key(path) => {
            eprintln!("The backup is encrypted; {} opens it. Keep the two apart.", path.display());
        }
        Opener::Slots(path) => eprintln!(
            "The backup is encrypted; today's passphrases open it, with {}. Keep the two together.",
            path.display()
        ),
    }
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
