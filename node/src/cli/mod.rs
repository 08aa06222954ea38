//! The command line: stable, scriptable. Results on stdout, messages on stderr; exit 0 done, 1 failed with a clear
//! message, 2 wrong usage. Every command works while `serve` runs on the same folder.
mod device;
mod erasures;
mod import;
mod join;
mod maintenance;
mod output;
mod passphrase;
mod restore;
mod serve;
mod supporter;
mod sync;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory as _, Parser, Subcommand};
use helhet_shared::supporter::{Basis, KeptFor, Purpose, Role};

#[derive(Parser, Debug)]
#[command(name = "helhet-node", version, about = "A chapter's program")]
struct Arguments {
    /// The folder that holds everything.
    #[arg(long, global = true, env = "HELHET_DATA", value_name = "DIR")]
    data: Option<PathBuf>,
    /// A file whose first line is a passphrase that opens the folder; else it is asked for on the terminal.
    #[arg(long, global = true, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Joins a chapter with an invite; `-` reads it from standard input.
    Join(join::JoinArguments),
    /// Serves the screens and stays in step with the office until it is asked to stop.
    Serve(serve::ServeArguments),
    /// Imports a list; says of every line what became of it.
    Import(import::ImportArguments),
    /// The chapter's supporters.
    Supporters {
        #[arg(long, default_value = "")]
        search: String,
        #[arg(long, value_parser = role)]
        role: Option<Role>,
        #[arg(long)]
        json: bool,
    },
    /// One supporter, everything in one place.
    Supporter {
        id: String,
        #[arg(long)]
        json: bool,
    },
    /// Adds a supporter.
    Add(supporter::AddArguments),
    /// Changes a supporter's name, birth or contact details.
    Edit(supporter::EditArguments),
    /// What the office can see of a supporter, and why.
    Shared {
        id: String,
        #[arg(long)]
        json: bool,
    },
    /// Records that a supporter says yes to a purpose.
    Grant {
        id: String,
        #[arg(value_parser = purpose)]
        purpose: Purpose,
        #[arg(long, value_parser = basis, default_value = "consent")]
        basis: Basis,
    },
    /// Records that a supporter takes a yes back.
    Withdraw {
        id: String,
        #[arg(value_parser = purpose)]
        purpose: Purpose,
    },
    /// Confirms what is recorded of a supporter's consents, after a restored backup forgot what was taken back.
    Confirm { id: String },
    /// Keeps a supporter from being erased before a day, as a law or a claim asks for.
    Keep {
        id: String,
        /// From this day on the supporter may be erased.
        #[arg(long, required_unless_present = "lift")]
        until: Option<String>,
        #[arg(long, value_parser = kept_for, default_value = "bookkeeping")]
        because: KeptFor,
        /// Nothing asks for it any more.
        #[arg(long, conflicts_with = "until")]
        lift: bool,
    },
    /// Erases a supporter here and at the office, for ever. Above twenty a day a second computer, or the recovery phrase, has to
    /// confirm it; until then they are hidden.
    Erase(erasures::EraseArguments),
    /// What was erased, by day and number: who has confirmed it, and who owes that.
    Erasures {
        /// Those that wait for a second word.
        #[arg(long)]
        waiting: bool,
        #[arg(long)]
        json: bool,
    },
    /// One pass to convergence with the hub.
    Sync {
        /// The hub's address where it differs from the known one.
        #[arg(long, value_name = "ADDR")]
        with: Option<String>,
        #[arg(long)]
        json: bool,
    },
    /// Writes a file for other programs.
    Export(maintenance::ExportArguments),
    /// The chapter's computers.
    #[command(subcommand)]
    Device(device::DeviceCommand),
    /// Whether a sealed copy of the chapter's own records is kept at the hub, by which a lost computer is replaced.
    SealedCopy {
        #[arg(value_enum)]
        keep: sync::Keep,
    },
    /// Who may log in to the screens.
    #[command(subcommand)]
    User(maintenance::UserCommand),
    /// Makes a passphrase open a folder whose key lies in a file, which is then gone.
    Lock {
        /// The user whose password it is to be; else a passphrase of its own is asked for.
        #[arg(long, value_name = "LOGIN")]
        user: Option<String>,
    },
    /// Writes a backup and, beside it, what opens it.
    Backup {
        #[arg(long)]
        out: PathBuf,
    },
    /// Makes this folder from a backup, or from what the hub keeps sealed and the recovery phrase.
    Restore(restore::RestoreArguments),
    /// Removes everything that is kept in the folder, for ever: on a computer that is the chapter's no longer.
    Wipe {
        /// That this is meant.
        #[arg(long, required = true)]
        everything: bool,
    },
    /// Says what is wrong with this installation.
    Doctor {
        /// Drops and rebuilds everything that screens read.
        #[arg(long)]
        rebuild: bool,
        /// Says nothing that could name anybody.
        #[arg(long)]
        anonymized: bool,
        #[arg(long)]
        json: bool,
    },
}

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    let Called { data, passphrase_file, command } =
        parse(std::env::args_os()).unwrap_or_else(|error| error.exit());
    let filter = tracing_subscriber::EnvFilter::try_from_env("HELHET_LOG").unwrap_or_else(|_| {
        tracing_subscriber::EnvFilter::new(if matches!(command, Command::Serve(_)) {
            "info"
        } else {
            "error"
        })
    });
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(false).init();
    let runtime = match tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("the program cannot start: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(run(&data, passphrase_file.as_deref(), command)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}", output::chain(&error));
            ExitCode::FAILURE
        }
    }
}

/// What was asked for.
#[derive(Debug)]
struct Called {
    data: PathBuf,
    passphrase_file: Option<PathBuf>,
    command: Command,
}

/// `--data` may come after any command, so its absence is seen last.
fn parse(words: impl IntoIterator<Item = impl Into<OsString> + Clone>) -> Result<Called, clap::Error> {
    let Arguments { data, passphrase_file, command } = Arguments::try_parse_from(words)?;
    let missing = || {
        let words = "name the folder that holds everything: --data DIR or HELHET_DATA";
        Arguments::command().error(ErrorKind::MissingRequiredArgument, words)
    };
    Ok(Called { data: data.ok_or_else(missing)?, passphrase_file, command })
}

async fn run(data: &Path, passphrase_file: Option<&Path>, command: Command) -> anyhow::Result<()> {
    let open = || passphrase::open(data, passphrase_file);
    let open_as_holder = || passphrase::open_as_holder(data, passphrase_file);
    match command {
        Command::Join(join) => join::run(data, passphrase_file, join).await,
        Command::Serve(serve) => serve::run(data, passphrase_file, &serve).await,
        Command::Import(import) => import::run(&open()?, &import),
        Command::Supporters { search, role, json } => supporter::list(&open()?, &search, role, json),
        Command::Supporter { id, json } => supporter::show(&open()?, &id, json),
        Command::Add(add) => supporter::add(&open()?, &add),
        Command::Edit(edit) => supporter::edit(&open()?, &edit),
        Command::Shared { id, json } => supporter::shared(&open()?, &id, json),
        Command::Grant { id, purpose, basis } => supporter::grant(&open()?, &id, purpose, basis),
        Command::Withdraw { id, purpose } => supporter::withdraw(&open()?, &id, purpose),
        Command::Confirm { id } => supporter::confirm(&open()?, &id),
        Command::Keep { id, until, because, .. } => supporter::keep(&open()?, &id, until.as_deref(), because),
        Command::Erase(erase) => erasures::erase(&open()?, &erase),
        Command::Erasures { waiting: true, json } => erasures::list_waiting(&open()?, json),
        Command::Erasures { waiting: false, json } => erasures::list(&open()?, json),
        Command::Sync { with, json } => sync::run(&open()?, with.as_deref(), json).await,
        Command::Export(export) => maintenance::export(&open()?, &export),
        Command::User(user) => maintenance::user(&open_as_holder()?, &user),
        Command::Device(device) if device.lets_in() => device::run(&open_as_holder()?, device).await,
        Command::Device(device) => device::run(&open()?, device).await,
        Command::SealedCopy { keep } => sync::sealed_copy(&open()?, keep),
        Command::Backup { out } => maintenance::backup(&open()?, &out),
        Command::Lock { user } => maintenance::lock(data, passphrase_file, user.as_deref()),
        Command::Wipe { .. } => maintenance::wipe(data),
        Command::Restore(arguments) => restore::run(data, passphrase_file, arguments).await,
        Command::Doctor { rebuild, anonymized, json } => {
            maintenance::doctor(&open()?, rebuild, anonymized, json)
        }
    }
}

fn purpose(text: &str) -> Result<Purpose, String> {
    let all = Purpose::ALL.iter().map(|purpose| purpose.code()).collect::<Vec<_>>().join(", ");
    Purpose::from_code(text).ok_or_else(|| format!("no such purpose; there are {all}"))
}

fn basis(text: &str) -> Result<Basis, String> {
    let all = Basis::ALL.iter().map(|basis| basis.code()).collect::<Vec<_>>().join(", ");
    Basis::from_code(text).ok_or_else(|| format!("no such basis; there are {all}"))
}

fn kept_for(text: &str) -> Result<KeptFor, String> {
    let all = KeptFor::ALL.iter().map(|kept| kept.code()).collect::<Vec<_>>().join(", ");
    KeptFor::from_code(text).ok_or_else(|| format!("no such reason; there are {all}"))
}

fn role(text: &str) -> Result<Role, String> {
    let all = Role::ALL.iter().map(|role| role.code()).collect::<Vec<_>>().join(", ");
    Role::from_code(text).ok_or_else(|| format!("no such role; there are {all}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(words: &[&str]) -> String {
        let refused =
            Arguments::try_parse_from([&["helhet-node", "--data", "x"], words].concat()).unwrap_err();
        assert_eq!(refused.exit_code(), 2, "{words:?}");
        refused.to_string()
    }

    #[test]
    fn wrong_words_are_wrong_usage_and_the_right_ones_are_listed() {
        let said = refusal(&["grant", "ab", "newsletter", "--basis", "hearsay"]);
        assert!(Basis::ALL.iter().all(|basis| said.contains(basis.code())), "{said}");
        let said = refusal(&["grant", "ab", "spam"]);
        assert!(Purpose::ALL.iter().all(|purpose| said.contains(purpose.code())), "{said}");
    }

    #[test]
    fn a_missing_folder_is_wrong_usage() {
        let refused = parse(["helhet-node", "supporters"]).unwrap_err();
        assert_eq!(refused.exit_code(), 2);
        let said = refused.to_string();
        assert!(said.contains("--data") && said.contains("HELHET_DATA"), "{said}");
    }
}
