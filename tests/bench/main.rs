//! The figures of a release, beside those of what one would pick instead: `tests/bench/run` (see README.md).
//!
//! It runs the two programs on made-up people in a temporary folder, in a private network that has the loopback device
//! alone, and prints tables. On a busy machine the times are worth little; the bytes are what they are.

mod floor;
mod kept;
mod list;
mod live;
mod loopback;
mod machine;
mod meetings;
mod national;
mod others;
mod peers;
mod protection;
mod records;
mod table;
mod town;
mod upload;

use std::path::PathBuf;

use anyhow::Result;
use clap::Parser;

use table::Table;
use town::Copy;

/// What is printed is a page of its own.
const HEAD: &str = "# How fast, and beside what\n\nMade by `tests/bench/run --peers`. What is measured, and what makes it \
                    unequal, stands in `tests/bench/README.md`.\nTimes are medians; \"times ours\" compares with Helhet's \
                    first row, of uploads by the document.";

const NATIONAL_HEAD: &str = "# One chapter at a hub with a whole country\n\nMade by `tests/bench/run --million`; documents are \
                             those of all chapters at the hub. Times are medians.";

#[derive(Debug, Parser)]
struct Options {
    /// How many supporters the chapter has; 400 at least.
    #[arg(long, default_value_t = 10_000)]
    supporters: u32,
    /// Measures PouchDB, samod, automerge-repo and the floor too; the folder where `run` has put them.
    #[arg(long, value_name = "FOLDER")]
    peers: Option<PathBuf>,
    /// How many documents samod and automerge-repo get, whose work grows with the square of it.
    #[arg(long, default_value_t = 2_000)]
    few: u32,
    /// Measures one chapter at a hub that holds a million supporters of 300 chapters, or as many as are named here, instead.
    #[arg(long, value_name = "SUPPORTERS", num_args = 0..=1, default_missing_value = "1000000")]
    million: Option<u32>,
    /// How often each is measured; the middle is shown.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
}

fn main() -> Result<()> {
    let options = Options::parse();
    loopback::enter_a_private_network()?;
    let head = if options.million.is_some() { NATIONAL_HEAD } else { HEAD };
    println!("{head}\n\n{}.\n", machine::describe()?);

    let mut table = Table::default();
    if let Some(supporters) = options.million {
        national::measure(&mut table, supporters, options.rounds)?;
        print!("{table}");
        return Ok(());
    }
    // The small chapter first: what a chapter's size costs is the difference between the two.
    for supporters in [100, options.supporters.max(400)] {
        ours(&mut table, &options, supporters)?;
    }
    protection::measure(&mut table, options.supporters.max(400), options.rounds)?;
    if let Some(folder) = &options.peers {
        let folder = &folder.canonicalize()?;
        if let Err(error) = floor::measure(&mut table, folder, options.supporters) {
            table.remark(format!("The floor: {error:#}"));
        }
        for (peer, documents) in [
            (peers::POUCH, options.supporters),
            (peers::POUCH_LARGE_BATCHES, options.supporters),
            (peers::SAMOD, options.few),
            (peers::REPO, options.few),
        ] {
            // One that fails leaves its rows out, and says so.
            if let Err(error) = peers::measure(&mut table, folder, &peer, documents, options.rounds.min(3)) {
                table.remark(format!("{} with {documents} documents: {error:#}", peer.name));
            }
        }
    }
    print!("{table}");
    Ok(())
}

/// Everything of our own programs with this many supporters.
fn ours(table: &mut Table, options: &Options, supporters: u32) -> Result<()> {
    let mut town = town::Prepared::new(supporters, Copy::None)?;
    table.remark(town.about());
    if supporters < options.supporters {
        // A few are no load.
        upload::measure(&mut Table::default(), &mut town, 1)?;
        return meetings::idle(table, &town, options.rounds);
    }
    upload::measure(table, &mut town, options.rounds.min(3))?;
    meetings::idle(table, &town, options.rounds)?;
    meetings::delta(table, &town, options.rounds)?;
    kept::measure(table, &mut town)?;
    machine::sizes(table, &mut town)?;
    live::measure(table, town)?;
    sealed(table, options, supporters)
}

/// The same with everything else of the chapter beside it, sealed.
fn sealed(table: &mut Table, options: &Options, supporters: u32) -> Result<()> {
    let mut town = town::Prepared::new(supporters, Copy::Sealed)?;
    table.remark(town.about());
    upload::measure(table, &mut town, options.rounds.min(3))?;
    meetings::idle(table, &town, options.rounds)?;
    meetings::delta(table, &town, options.rounds)?;
    live::measure(table, town)
}
