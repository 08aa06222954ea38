//! `user add LOGIN --role ROLE [--password-file FILE]`, `user role LOGIN ROLE`, `user remove LOGIN`, `user reset LOGIN`.

use std::io::IsTerminal as _;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::Subcommand;
use helhet_shared::rights::{Program, UserRole};
use zeroize::Zeroizing;

use super::Usage;
use crate::access;
use crate::hub::Hub;

#[derive(Subcommand, Debug)]
pub(super) enum UserCommand {
    /// Adds a user of the office.
    Add {
        login: String,
        /// What the user is, and so what the screens let the user do: docs/who-may-do-what.md.
        #[arg(long, value_parser = role)]
        role: UserRole,
        /// First line is the password; without it the terminal is asked.
        #[arg(long)]
        password_file: Option<PathBuf>,
    },
    /// Gives a user another role, which counts at once.
    Role {
        login: String,
        #[arg(value_parser = role)]
        role: UserRole,
    },
    /// Lets a user log in no longer.
    Remove { login: String },
    /// Gives a user who cannot get in any more a new password; the code besides it is then set up anew.
    Reset {
        login: String,
        /// First line is the password; without it the terminal is asked.
        #[arg(long)]
        password_file: Option<PathBuf>,
    },
}

fn role(code: &str) -> Result<UserRole, String> {
    UserRole::from_code(Program::Hub, code).ok_or_else(|| {
        let codes: Vec<&str> = UserRole::of(Program::Hub).map(UserRole::code).collect();
        format!("a user is one of: {}", codes.join(", "))
    })
}

pub(super) fn run(hub: &Hub, command: UserCommand) -> anyhow::Result<()> {
    match command {
        UserCommand::Add { login, role, password_file } => {
            hub.add_user(&login, role, &password(password_file)?)?;
            eprintln!("{login} can log in, and sets up the code besides the password at the first time.");
        }
        UserCommand::Role { login, role } => {
            access::change_role(hub, &login, role)?;
            eprintln!("{login} is {role} from now on.");
        }
        UserCommand::Remove { login } => {
            access::remove_user(hub, &login)?;
            eprintln!("{login} can log in no longer.");
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
