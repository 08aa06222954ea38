//! The least that the same work costs on this machine: `peers/rs/src/bin/floor.rs`.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;
use tempfile::TempDir;

use crate::loopback::settle;
use crate::table::{Cell, Table, Workload};

pub(crate) const NAME: &str = "floor";

pub(crate) fn measure(table: &mut Table, peers: &Path, documents: u32) -> Result<()> {
    settle()?;
    let folder = TempDir::new()?;
    let program = peers.join("rs/release/floor");
    let ran = Command::new(&program)
        .arg(documents.to_string())
        .arg(folder.path())
        .output()
        .with_context(|| format!("{} cannot be run", program.display()))?;
    ensure!(ran.status.success(), "the floor failed: {}", String::from_utf8_lossy(&ran.stderr));
    let said = String::from_utf8_lossy(&ran.stdout);
    let lines: Vec<Value> = said.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    for (workload, event) in [
        (Workload::Upload, "upload"),
        (Workload::Idle, "idle"),
        (Workload::Kept, "kept"),
        (Workload::Delta, "delta"),
        (Workload::Live, "live"),
    ] {
        let mut cell = Cell::default();
        for line in lines.iter().filter(|line| line["event"] == event) {
            let ms = line["ms"].as_f64().context("a time")?;
            cell.take(ms, line["bytes"].as_u64().unwrap_or_default());
        }
        table.add(workload, NAME, documents, cell);
    }
    Ok(())
}
