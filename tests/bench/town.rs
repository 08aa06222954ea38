//! An office and a chapter with its supporters, as both stood before they met: a meeting can be had again from there.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use helhet_hub::{Config, Hub, read};
use helhet_shared::clock::SystemClock;
use helhet_tests::process::{Installation, Town};
use serde_json::Value;

use crate::list::member_list;
use crate::records::record;

/// Supporters whose records are looked into for what the office gets of them.
const SAMPLE: usize = 50;

/// The programs on their folders.
pub(crate) struct Prepared {
    pub(crate) town: Town,
    pub(crate) node: Installation,
    pub(crate) supporters: u32,
    /// The supporters of all chapters.
    pub(crate) at_the_hub: u32,
    /// What stands in the tables.
    pub(crate) name: &'static str,
    about: String,
}

/// What travels beside the `shared` zone.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Copy {
    None,
    /// The chapter's own records, as ciphertext.
    Sealed,
}

impl Prepared {
    /// Founds an office and a chapter, and imports the supporters. They have not met since.
    pub(crate) fn new(supporters: u32, beside: Copy) -> Result<Self> {
        let mut town = Town::new();
        let node = town.chapter("Bergen");
        let (word, name) = match beside {
            Copy::None => ("off", "Helhet"),
            Copy::Sealed => ("on", "Helhet, all else sealed too"),
        };
        node.run(&["sealed-copy", word]).done();
        let file = town.file("members.csv", &member_list(supporters));
        let began = Instant::now();
        let report = node.run(&["import", &file, "--json"]).json();
        let took = began.elapsed().as_secs_f64();
        let made = number(&report, "new") + number(&report, "doubtful");
        ensure!(made == u64::from(supporters), "of {supporters} lines {made} were taken: {report}");
        let about = about(&node, supporters, took)?;
        town.hub.stop();
        let prepared = Self { town, node, supporters, at_the_hub: supporters, name, about };
        for (own, kept) in prepared.folders() {
            copy(&own, &kept)?;
        }
        let mut prepared = prepared;
        prepared.town.hub.serve();
        Ok(prepared)
    }

    /// What was imported, and what of it the office gets.
    pub(crate) fn about(&self) -> String {
        self.about.clone()
    }

    /// As it was before they met.
    pub(crate) fn again(&mut self) -> Result<()> {
        self.town.hub.stop();
        for (own, kept) in self.folders() {
            fs::remove_dir_all(&own)?;
            copy(&kept, &own)?;
        }
        self.town.hub.serve();
        Ok(())
    }

    fn folders(&self) -> [(PathBuf, PathBuf); 2] {
        let before = |name: &str| self.town.folder().join("before").join(name);
        [(self.node.data().to_owned(), before("node")), (self.town.hub.data().to_owned(), before("hub"))]
    }

    /// The hub's store, beside the program that serves it.
    pub(crate) fn open_hub(&self) -> Result<Hub> {
        let config = Config { data: self.town.hub.data().to_owned(), clock: Arc::new(SystemClock) };
        Ok(Hub::open(&config)?)
    }

    /// One pass; its report, and the seconds with the program's start and end.
    pub(crate) fn meet(&self) -> (Value, f64) {
        let began = Instant::now();
        let report = self.node.run(&["sync", "--json"]).json();
        (report, began.elapsed().as_secs_f64())
    }
}

/// How long the office's list takes to be whole.
pub(crate) fn wait_for_the_list(hub: &Hub) -> Result<Duration> {
    let began = Instant::now();
    loop {
        let lag = hub.database().read(|connection| read::lag(connection))?;
        if lag == 0 {
            return Ok(began.elapsed());
        }
        ensure!(began.elapsed() < Duration::from_secs(900), "the office's list is never whole: {lag}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn about(node: &Installation, supporters: u32, took: f64) -> Result<String> {
    let ids = ids(&node.run(&["supporters", "--json"]).json());
    let (mut fields, mut bytes) = (0, 0);
    let sample = ids.iter().take(SAMPLE);
    let looked_at = sample.len();
    for id in sample {
        let view = node.run(&["shared", id, "--json"]).json();
        let shown = view["fields"].as_array().context("fields are listed")?.iter();
        for values in shown.filter_map(|field| field["shown"].as_array()) {
            fields += 1;
            bytes += values.iter().filter_map(Value::as_str).map(str::len).sum::<usize>();
        }
    }
    let all: usize = (0..supporters).map(|number| record(number).value_bytes()).sum();
    Ok(format!(
        "Helhet with {supporters} supporters: imported in {took:.1} s ({:.0} a second); a record has {:.0} bytes of \
         values, of which the office gets {:.0} in {:.1} fields (of {looked_at} records looked into)",
        f64::from(supporters) / took,
        all as f64 / f64::from(supporters),
        bytes as f64 / looked_at as f64,
        fields as f64 / looked_at as f64,
    ))
}

/// The ids of a list as the programs print it.
fn ids(list: &Value) -> Vec<String> {
    let all = list.as_array().into_iter().flatten();
    all.filter_map(|one| one["id"].as_str().map(str::to_owned)).collect()
}

/// A count of a report.
pub(crate) fn number(report: &Value, name: &str) -> u64 {
    report[name].as_u64().unwrap_or_default()
}

/// The milliseconds that a pass says it took.
pub(crate) fn milliseconds(report: &Value) -> f64 {
    report["seconds"].as_f64().unwrap_or_default() * 1e3
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
