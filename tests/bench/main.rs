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

    // What the hub does after its acknowledgement is its own figure, and must not disturb those that follow.
    let (seen, took) = timed(|| wait_for_the_office(&town, made));
    figure("projection", &format!("{took:.1?} more until the office's list was whole ({seen} supporters)"));

    let idle = median(5, || {
        let idle = node.run(&["sync", "--json"]).json();
        ensure!(number(&idle, "entries_out") == 0, "an idle sync had something to send: {idle}");
        Ok(idle)
    })?;
    figure("idle sync", &meeting(&idle));

    let ids: Vec<String> = listed(&node.run(&["supporters", "--json"]).json()).into_iter().take(10).collect();
    let mut digit = 0;
    let delta = median(5, || {
        digit += 1;
        for id in &ids {
            node.run(&["edit", id, "--phone", &format!("+4790000{digit:03}")]).done();
        }
        let delta = node.run(&["sync", "--json"]).json();
        ensure!(number(&delta, "changes_out") == ids.len() as u64, "not what was edited: {delta}");
        Ok(delta)
    })?;
    figure("10 edits", &meeting(&delta));

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

/// Until the office lists as many supporters as there are.
fn wait_for_the_office(town: &Town, made: u64) -> u64 {
    let started = Instant::now();
    loop {
        let seen = listed(&town.hub.run(&["supporters", "--json"]).json()).len() as u64;
        if seen == made || started.elapsed() > Duration::from_secs(300) {
            return seen;
        }
        std::thread::sleep(Duration::from_millis(200));
    }
}

fn listed(list: &Value) -> Vec<String> {
    let all = list.as_array().into_iter().flatten();
    all.filter_map(|one| one["id"].as_str().map(str::to_owned)).collect()
}

/// The run whose time is the middle one.
fn median(runs: usize, mut run: impl FnMut() -> Result<Value>) -> Result<Value> {
    let mut reports = (0..runs).map(|_| run()).collect::<Result<Vec<_>>>()?;
    reports.sort_by(|one, other| seconds(one).total_cmp(&seconds(other)));
    Ok(reports.swap_remove(runs / 2))
}

fn seconds(report: &Value) -> f64 {
    report["seconds"].as_f64().unwrap_or_default()
}

/// A meeting on a new connection, in one line.
fn meeting(report: &Value) -> String {
    format!(
        "{:.0} ms on a new connection, {} bytes out, {} in, handshake {}, {} round trips",
        seconds(report) * 1000.0,
        number(report, "bytes_out"),
        number(report, "bytes_in"),
        number(report, "handshake_bytes"),
        number(report, "round_trips"),
    )
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
