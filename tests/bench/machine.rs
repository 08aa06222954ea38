//! What it ran on, and what it takes up.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use helhet_shared::clock::{Clock as _, SystemClock};
use helhet_tests::process::program;

use crate::table::Table;
use crate::town::Prepared;

/// Date, processors, kernel, disk and load, in one line.
pub(crate) fn describe() -> Result<String> {
    let read = |path: &str| fs::read_to_string(path).with_context(|| format!("{path} cannot be read"));
    let kernel = read("/proc/sys/kernel/osrelease")?;
    let memory = read("/proc/meminfo")?;
    let memory = memory.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok()).unwrap_or_default();
    let processors = std::thread::available_parallelism()?;
    let folder = std::env::temp_dir();
    let kind = Command::new("stat").args(["-f", "-c", "%T"]).arg(&folder).output()?;
    Ok(format!(
        "{}, {processors} processors, {} GiB of memory, Linux {}, {} where the stores are, {:.2} ms to flush 4 KiB, load \
         {} at the start",
        SystemClock.now().date_naive(),
        memory / (1024 * 1024),
        kernel.trim(),
        String::from_utf8_lossy(&kind.stdout).trim(),
        flush(&folder)?,
        load(),
    ))
}

/// The load of the last minute.
pub(crate) fn load() -> String {
    let all = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    all.split_whitespace().next().unwrap_or("?").to_owned()
}

/// Milliseconds that the disk takes to make a page durable.
fn flush(folder: &Path) -> Result<f64> {
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    let mut all = Vec::new();
    for _ in 0..51 {
        file.write_all(&[0; 4096])?;
        let began = Instant::now();
        file.as_file().sync_data()?;
        all.push(began.elapsed().as_secs_f64() * 1e3);
    }
    all.sort_by(f64::total_cmp);
    Ok(all[all.len() / 2])
}

/// The programs' start, memory and files.
pub(crate) fn sizes(table: &mut Table, town: &mut Prepared) -> Result<()> {
    town.town.hub.stop();
    town.town.hub.serve();
    let began = Instant::now();
    town.node.serve();
    let started = began.elapsed().as_millis();
    // What the start has to do beside answering is done by then.
    std::thread::sleep(Duration::from_secs(3));
    let supporters = town.supporters;
    for (name, process) in [("node", town.node.process()), ("hub", town.town.hub.process())] {
        let (now, most) = memory(process).with_context(|| format!("the {name}'s memory is not known"))?;
        table.remark(format!(
            "Memory of the {name}, idle with {supporters} supporters: {now}, at most {most}"
        ));
    }
    table.remark(format!("From the node's start to its first page: {started} ms (looked at every 20 ms)"));
    town.node.stop();
    for (what, folder) in [("node", town.node.data()), ("hub", town.town.hub.data())] {
        table.remark(format!(
            "The {what}'s store with {supporters} supporters: {}",
            mebibytes(size_below(folder))
        ));
    }
    for name in ["helhet-node", "helhet-hub"] {
        table.remark(format!("{name} itself: {}", mebibytes(program(name).metadata()?.len())));
    }
    Ok(())
}

/// The memory that a process uses and the most that it has used, as Linux tells it.
pub(crate) fn memory(process: Option<u32>) -> Option<(String, String)> {
    let status = fs::read_to_string(format!("/proc/{}/status", process?)).ok()?;
    let of = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        let kibibytes: u64 = line.trim().trim_end_matches(" kB").parse().ok()?;
        Some(mebibytes(kibibytes * 1024))
    };
    Some((of("VmRSS:")?, of("VmHWM:")?))
}

pub(crate) fn mebibytes(bytes: u64) -> String {
    format!("{:.1} MiB", bytes as f64 / (1024.0 * 1024.0))
}

/// The bytes of all files of a folder.
pub(crate) fn size_below(folder: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    entries
        .flatten()
        .map(|entry| {
            let path = entry.path();
            if path.is_dir() { size_below(&path) } else { entry.metadata().map_or(0, |known| known.len()) }
        })
        .sum()
}
