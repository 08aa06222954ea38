//! The command line: stable, scriptable. Results on stdout, messages on stderr; exit 0 done, 1 failed with a clear
//! message, 2 wrong usage. Every command works while `serve` runs on the same folder.

mod chapter;
mod import;
mod maintenance;
mod output;
mod serve;
mod supporters;
#[cfg(test)]
mod tests;
mod user;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand, ValueEnum};
use helhet_shared::clock::SystemClock;

use crate::files::ExportFormat;
use crate::hub::{Config, Hub};
use crate::office::Founding;
use output::print;

/// Who the report history names when a command takes something out.
pub(crate) const LOGIN: &str = "command line";

#[derive(Parser, Debug)]
#[command(name = "helhet-hub", version, about = "The national office's program")]
struct Arguments {
    /// The folder that holds everything.
    #[arg(long, global = true, env = "HELHET_DATA", value_name = "DIR")]
    data: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Language {
    Nb,
    Sv,
    Nl,
    En,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Makes a new office; prints its recovery phrase once.
    Init {
        /// The organisation's name.
        #[arg(long)]
        name: String,
        #[arg(long, value_enum, default_value = "nb")]
        language: Language,
    },
    /// Serves the screens and the chapters' devices until it is asked to stop.
    Serve(serve::ServeArguments),
    /// Chapters: add, list, invite, show.
    #[command(subcommand)]
    Chapter(chapter::ChapterCommand),
    /// Users of the office.
    #[command(subcommand)]
    User(user::UserCommand),
    /// The national list.
    Supporters {
        #[arg(long, default_value = "")]
        search: String,
        #[arg(long)]
        role: Option<String>,
        #[arg(long)]
        json: bool,
    },
    /// One supporter, by the id of any of its records.
    Supporter {
        id: String,
        #[arg(long)]
        json: bool,
    },
    /// Corrects a name or contact detail at every chapter that holds the supporter.
    Correct(supporters::CorrectArguments),
    /// Brings in the office's own files: gifts, or lists of people and organisations.
    Import(import::ImportArguments),
    /// Writes a file for other programs.
    Export {
        #[arg(value_enum)]
        what: supporters::ExportWhat,
        #[arg(long, value_enum)]
        format: ExportFormat,
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// The linker alone: any CSV file of records in, record_id,entity_id out.
    Link {
        file: PathBuf,
        #[arg(long)]
        out: PathBuf,
    },
    /// Erasures, and the receipts given or owed for them.
    Erasures {
        #[arg(long)]
        json: bool,
    },
    /// Who took out what, when and why.
    Reports {
        #[arg(long)]
        json: bool,
    },
    /// Writes everything to one file but the keys of what the chapters keep sealed.
    Backup {
        #[arg(long)]
        out: PathBuf,
        /// Writes those keys to this file, over the one of before.
        #[arg(long, value_name = "FILE")]
        keys: Option<PathBuf>,
    },
    /// Makes the data folder from a backup.
    Restore {
        file: PathBuf,
        /// The file that `backup --keys` wrote; without it the chapters give back their keys when they connect.
        #[arg(long, value_name = "FILE")]
        keys: Option<PathBuf>,
    },
    /// Says what is wrong with this installation.
    Doctor {
        /// Drop every projection and build it again.
        #[arg(long)]
        rebuild: bool,
        /// Print what a bug report needs, without personal data.
        #[arg(long)]
        anonymized: bool,
        #[arg(long)]
        json: bool,
    },
}

/// Runs what was typed.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    start_logging();
    match run_arguments(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}", output::chain(&error));
            ExitCode::from(exit_code(&error))
        }
    }
}

fn exit_code(error: &anyhow::Error) -> u8 {
    if error.downcast_ref::<Usage>().is_some() { 2 } else { 1 }
}

fn run_arguments(arguments: Arguments) -> anyhow::Result<()> {
    // The linker alone needs no office.
    if let Command::Link { file, out } = &arguments.command {
        return maintenance::link(file, out);
    }
    let Some(data) = arguments.data else {
        return Err(Usage("name the data folder with --data DIR, or in HELHET_DATA".into()).into());
    };
    let config = Config { data, clock: Arc::new(SystemClock) };
    run(&config, arguments.command)
}

/// Something in the arguments that clap cannot see.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Usage(String);

fn run(config: &Config, command: Command) -> anyhow::Result<()> {
    let open = || Hub::open(config);
    match command {
        Command::Init { name, language } => init(config, name, language),
        Command::Serve(arguments) => serve::serve(&open()?, &arguments),
        Command::Chapter(command) => chapter::run(&open()?, command),
        Command::User(command) => user::run(&open()?, command),
        Command::Supporters { search, role, json } => {
            supporters::list(&open()?, &search, role.as_deref(), json)
        }
        Command::Supporter { id, json } => supporters::show(&open()?, &id, json),
        Command::Correct(arguments) => supporters::correct(&open()?, arguments),
        Command::Export { what: supporters::ExportWhat::Supporters, format, out } => {
            supporters::export(&open()?, format, out.as_deref())
        }
        Command::Import(arguments) => import::import(&open()?, &arguments),
        Command::Link { file, out } => maintenance::link(&file, &out),
        Command::Erasures { json } => maintenance::erasures(&open()?, json),
        Command::Reports { json } => maintenance::reports(&open()?, json),
        Command::Backup { out, keys } => maintenance::backup(&open()?, &out, keys.as_deref()),
        Command::Restore { file, keys } => maintenance::restore(&file, keys.as_deref(), &config.data),
        Command::Doctor { rebuild, anonymized, json } => {
            maintenance::doctor(&open()?, rebuild, anonymized, json)
        }
    }
}

fn init(config: &Config, name: String, language: Language) -> anyhow::Result<()> {
    let language = match language {
        Language::Nb => "nb",
        Language::Sv => "sv",
        Language::Nl => "nl",
        Language::En => "en",
    };
    let (_, words) = Hub::init(config, &Founding { name, language: language.to_owned() })?;
    eprintln!(
        "The office is made. These 24 words are its recovery phrase: they are shown this once and kept nowhere."
    );
    eprintln!(
        "Write them on paper and keep them apart from this computer. With them the office can replace its hub."
    );
    print(&words);
    Ok(())
}

fn start_logging() {
    use tracing_subscriber::EnvFilter;
    let filter = EnvFilter::try_from_env("HELHET_LOG")
        .unwrap_or_else(|_| EnvFilter::new("warn,helhet_hub=info,helhet_protocol=info"));
    // A second subscriber in one process (tests) is not an error worth stopping for.
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}
