//! The figures of a release: `cargo run --release -p helhet-tests --bin bench [--supporters N]`.
//!
//! It builds the two programs, runs them on made-up people in a temporary folder, and prints one line per figure. On a
//! busy machine the times are worth little; the bytes are what they are.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use clap::Parser;
use helhet_tests::people::{member_file, people};
use helhet_tests::process::{Town, program};
use serde_json::Value;

#[derive(Debug, Parser)]
struct Options {
    /// How many supporters the chapter has.
    #[arg(long, default_value_t = 10_000)]
    supporters: u32,
}

fn main() -> Result<()> {
    let options = Options::parse();
    build_the_programs()?;

    let town = Town::new();
    let mut node = town.chapter("Bergen");
    let file = town.file("medlemmer.csv", &member_file(&people(1, options.supporters)));

    let (report, took) = timed(|| node.run(&["import", &file, "--json"]).json());
    let made = number(&report, "new") + number(&report, "doubtful");
    figure("import", &format!("{made} supporters in {took:.1?}: {:.0} a second", per_second(made, took)));

    let (first, took) = timed(|| node.run(&["sync", "--json"]).json());
    let changes = number(&first, "changes_out");
    let bytes = number(&first, "bytes_out");
    figure(
        "first sync",
        &format!(
            "{changes} documents in {took:.1?}: {:.0} a second, {:.0} bytes each on the wire ({bytes} out, {} in, handshake {})",
            per_second(changes, took),
            bytes as f64 / changes.max(1) as f64,
            number(&first, "bytes_in"),
            number(&first, "handshake_bytes"),
        ),
    );

    let (idle, took) = timed(|| node.run(&["sync", "--json"]).json());
    ensure!(number(&idle, "entries_out") == 0, "the second sync had something to send: {idle}");
    figure(
        "idle sync",
        &format!(
            "{} bytes out, {} in, {} round trips, {:.0} ms on a new connection ({took:.0?} with the program's start)",
            number(&idle, "bytes_out"),
            number(&idle, "bytes_in"),
            number(&idle, "round_trips"),
            idle["seconds"].as_f64().unwrap_or_default() * 1000.0,
        ),
    );

    let seen = town.hub.run(&["supporters", "--json"]).json();
    ensure!(seen.as_array().map_or(0, Vec::len) as u64 == made, "the hub shows another number of supporters");

    let ((), took) = timed(|| node.serve());
    figure("node start", &format!("{took:.0?} from start to the first page, with {made} supporters"));
    figure("node memory", &format!("{} at most (VmHWM)", memory(node.process()).context("no memory known")?));
    figure(
        "hub memory",
        &format!("{} at most (VmHWM)", memory(town.hub.process()).context("no memory known")?),
    );
    for (what, folder) in [("node store", node.data()), ("hub store", town.hub.data())] {
        figure(what, &mebibytes(size_below(folder)));
    }
    for name in ["helhet-node", "helhet-hub"] {
        figure(name, &mebibytes(program(name).metadata()?.len()));
    }
    Ok(())
}

fn build_the_programs() -> Result<()> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo)
        .args(["build", "--quiet", "--release", "-p", "helhet-node", "-p", "helhet-hub"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status()?;
    ensure!(built.success(), "the programs could not be built");
    Ok(())
}

fn figure(name: &str, value: &str) {
    println!("{name:<12} {value}");
}

fn timed<T>(deed: impl FnOnce() -> T) -> (T, Duration) {
    let started = Instant::now();
    let result = deed();
    (result, started.elapsed())
}

fn number(report: &Value, name: &str) -> u64 {
    report[name].as_u64().unwrap_or_default()
}

fn per_second(count: u64, took: Duration) -> f64 {
    count as f64 / took.as_secs_f64()
}

/// The most memory that a process of this machine has used, as Linux tells it.
fn memory(process: Option<u32>) -> Option<String> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", process?)).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some(mebibytes(kibibytes * 1024))
}

fn mebibytes(bytes: u64) -> String {
    format!("{:.1} MiB", bytes as f64 / (1024.0 * 1024.0))
}

fn size_below(folder: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    entries
        .flatten()
        .map(|entry| {
            let path = entry.path();
            if path.is_dir() { size_below(&path) } else { entry.metadata().map_or(0, |known| known.len()) }
        })
        .sum()
}
