//! `user add LOGIN --role ROLE [--password-file FILE]`, `user reset LOGIN`.

use std::io::IsTerminal as _;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Subcommand, ValueEnum};
use zeroize::Zeroizing;

use super::Usage;
use crate::access;
use crate::hub::Hub;
use crate::store::users::UserRole;

#[derive(Subcommand, Debug)]
pub(super) enum UserCommand {
    /// Adds a user of the office.
    Add {
        login: String,
        #[arg(long, value_enum)]
        role: Role,
        /// First line is the password; without it the terminal is asked.
        #[arg(long)]
        password_file: Option<PathBuf>,
    },
    /// Gives a user who cannot get in any more a new password; the code besides it is then set up anew.
    Reset {
        login: String,
        /// First line is the password; without it the terminal is asked.
        #[arg(long)]
        password_file: Option<PathBuf>,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Role {
    Admin,
    Staff,
    Reader,
}

impl From<Role> for UserRole {
    fn from(role: Role) -> Self {
        match role {
            Role::Admin => Self::Admin,
            Role::Staff => Self::Staff,
            Role::Reader => Self::Reader,
        }
    }
}

pub(super) fn run(hub: &Hub, command: UserCommand) -> anyhow::Result<()> {
    match command {
        UserCommand::Add { login, role, password_file } => {
            hub.add_user(&login, role.into(), &password(password_file)?)?;
            eprintln!("{login} can log in, and sets up the code besides the password at the first time.");
        }
        UserCommand::Reset { login, password_file } => {
            access::reset(hub, &login, &password(password_file)?)?;
            eprintln!("{login} can log in with this password, and sets up the code besides it anew.");
        }
    }
    Ok(())
}

fn password(file: Option<PathBuf>) -> anyhow::Result<Zeroizing<String>> {
    Ok(match file {
        Some(path) => {
            let text = Zeroizing::new(
                std::fs::read_to_string(&path)
                    .with_context(|| format!("{} cannot be read", path.display()))?,
            );
            Zeroizing::new(text.lines().next().unwrap_or_default().to_owned())
        }
        None if std::io::stdin().is_terminal() => {
            Zeroizing::new(rpassword::prompt_password("Password: ").context("the terminal cannot be read")?)
        }
        None => return Err(Usage("give the password with --password-file FILE".into()).into()),
    })
}
