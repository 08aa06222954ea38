//! What one would pick instead, on the same records and the same wire: a client and a server in two processes, which
//! say what happened as JSON lines with the monotonic time.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;
use tempfile::TempDir;

use crate::loopback::{Crossed, settle};
use crate::table::{Cell, Table, Workload};

/// Far more than the slowest takes.
const PATIENCE: Duration = Duration::from_secs(1_200);
/// PouchDB keeps its checkpoints by the address of the other side.
const PORT: &str = "20001";

/// One of them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer {
    pub(crate) name: &'static str,
    /// Its programs, in the folder of the peers.
    client: &'static [&'static str],
    server: &'static [&'static str],
    batch: &'static str,
    /// Whether it is asked for more than an upload.
    meets: bool,
    /// The first meeting after an upload reads everything, and is no idle one.
    reads_all_first: bool,
}

pub(crate) const POUCH: Peer = Peer {
    name: "PouchDB",
    client: &["node", "pouch-client.mjs"],
    server: &["node", "pouch-server.mjs"],
    batch: "100",
    meets: true,
    reads_all_first: true,
};
pub(crate) const POUCH_LARGE_BATCHES: Peer =
    Peer { name: "PouchDB, batches of 1,000", batch: "1000", meets: false, ..POUCH };
pub(crate) const SAMOD: Peer = Peer {
    name: "samod",
    client: &["../rs/release/samod_client"],
    server: &["../rs/release/samod_server"],
    batch: "",
    meets: true,
    reads_all_first: false,
};
pub(crate) const REPO: Peer = Peer {
    name: "automerge-repo",
    client: &["node", "--max-old-space-size=8192", "repo-client.mjs"],
    server: &["node", "--max-old-space-size=8192", "repo-server.mjs"],
    ..SAMOD
};

/// Runs every workload.
pub(crate) fn measure(
    table: &mut Table,
    peers: &Path,
    peer: &Peer,
    documents: u32,
    rounds: usize,
) -> Result<()> {
    let stage = Stage { peers, peer, documents, folder: TempDir::new()? };
    let mut upload = Cell::default();
    for _ in 0..rounds {
        for side in ["client", "server"] {
            let folder = stage.folder.path().join(side);
            if folder.exists() {
                std::fs::remove_dir_all(folder)?;
            }
        }
        let mut pair = stage.open("upload", "-")?;
        pair.time(&mut upload, &[(Side::Server, "stored")])?;
        pair.quit()?;
    }
    table.add(Workload::Upload, peer.name, documents, upload);
    if !peer.meets {
        return Ok(());
    }

    if peer.reads_all_first {
        let mut pair = stage.open("idle", "-")?;
        pair.time(&mut Cell::default(), &[(Side::Client, "agrees")])?;
        pair.quit()?;
    }
    let (mut idle, mut delta, mut prepared) = (Cell::default(), Cell::default(), Cell::default());
    for round in 0..rounds {
        let mut pair = stage.open("idle", "-")?;
        prepared.take(pair.prepared_ms, 0);
        pair.time(&mut idle, &[(Side::Client, "agrees")])?;
        pair.quit()?;
        let mut pair = stage.open("delta", &format!("round-{round}"))?;
        pair.time(&mut delta, &[(Side::Client, "has-theirs"), (Side::Server, "stored")])?;
        pair.quit()?;
    }
    table.add(Workload::Idle, peer.name, documents, idle);
    table.add(Workload::Delta, peer.name, documents, delta);
    if prepared.median_ms() >= 50.0 {
        table.remark(format!(
            "{} opens its {documents} documents before the clock starts, in {:.1} s",
            peer.name,
            prepared.median_ms() / 1e3
        ));
    }

    let mut pair = stage.open("live", "-")?;
    let live = pair.live()?;
    table.add(Workload::Live, peer.name, documents, live);
    pair.quit()
}

/// Where one of them is run.
struct Stage<'a> {
    peers: &'a Path,
    peer: &'a Peer,
    documents: u32,
    folder: TempDir,
}

impl Stage<'_> {
    /// Server and client, everything done that comes before the clock.
    fn open(&self, workload: &str, tag: &str) -> Result<Pair> {
        let server = self.start(self.peer.server, "server", workload, tag)?;
        let mut pair = Pair { server, client: None, prepared_ms: 0.0 };
        pair.server.wait("listens")?;
        let client = pair.client.insert(self.start(self.peer.client, "client", workload, tag)?);
        let ready = client.wait("ready")?;
        pair.prepared_ms = ready["prepared_ms"].as_f64().unwrap_or_default();
        // What both are still busy with is not the meeting's.
        settle()?;
        Ok(pair)
    }

    fn start(&self, program: &[&str], side: &str, workload: &str, tag: &str) -> Result<Speaker> {
        let scripts = self.peers.join("js");
        let (first, more) = program.split_first().context("a program")?;
        // A path is one beside the scripts; anything else is looked for as always.
        let first = if first.contains('/') { scripts.join(first).into_os_string() } else { first.into() };
        let errors =
            File::options().create(true).append(true).open(self.folder.path().join(format!("{side}.log")))?;
        let mut child = Command::new(first)
            .args(more)
            .args([workload])
            .arg(self.folder.path().join(side))
            .args([&self.documents.to_string(), PORT, tag])
            .arg(self.folder.path().join("ids.json"))
            .current_dir(&scripts)
            .env("BATCH", self.peer.batch)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(errors)
            .spawn()
            .with_context(|| format!("{program:?} cannot be started"))?;
        let said = BufReader::new(child.stdout.take().context("standard output was asked for")?);
        let orders = child.stdin.take().context("standard input was asked for")?;
        let (sender, events) = channel();
        std::thread::spawn(move || {
            for line in said.lines().map_while(Result::ok) {
                if let Ok(event) = serde_json::from_str::<Value>(&line)
                    && sender.send(event).is_err()
                {
                    return;
                }
            }
        });
        Ok(Speaker { child, orders, events, kept: Vec::new() })
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Client,
    Server,
}

/// Both sides of one meeting.
struct Pair {
    server: Speaker,
    client: Option<Speaker>,
    prepared_ms: f64,
}

impl Pair {
    fn client(&mut self) -> Result<&mut Speaker> {
        self.client.as_mut().context("the client runs")
    }

    /// From the client's going to the last of these events.
    fn time(&mut self, cell: &mut Cell, until: &[(Side, &str)]) -> Result<()> {
        let crossed = Crossed::now()?;
        self.client()?.order("go")?;
        let began = at(&self.client()?.wait("go")?)?;
        let mut last = began;
        for (side, event) in until {
            let speaker = if *side == Side::Server { &mut self.server } else { self.client()? };
            last = last.max(at(&speaker.wait(event)?)?);
        }
        cell.take((last - began) as f64 / 1e6, crossed.until_quiet()?);
        Ok(())
    }

    /// Two hundred changes at the client, until the server sees each.
    fn live(&mut self) -> Result<Cell> {
        self.client()?.order("go")?;
        self.client()?.wait("agrees")?;
        self.server.order("watch")?;
        self.server.wait("watches")?;
        settle()?;
        let crossed = Crossed::now()?;
        self.client()?.order("live")?;
        self.client()?.wait("changed-all")?;
        std::thread::sleep(Duration::from_secs(3));
        let bytes = crossed.until_quiet()?;
        let changed = by_sequence(self.client()?.all("changes"))?;
        let seen = by_sequence(self.server.all("sees"))?;
        let mut cell = Cell::default();
        for (sequence, began) in &changed {
            let Some(end) = seen.get(sequence) else { bail!("change {sequence} was never seen") };
            cell.take((*end - *began) as f64 / 1e6, bytes / changed.len() as u64);
        }
        Ok(cell)
    }

    fn quit(self) -> Result<()> {
        for mut speaker in self.client.into_iter().chain([self.server]) {
            speaker.order("quit")?;
            let began = Instant::now();
            while speaker.child.try_wait()?.is_none() && began.elapsed() < Duration::from_secs(120) {
                std::thread::sleep(Duration::from_millis(20));
            }
        }
        Ok(())
    }
}

fn at(event: &Value) -> Result<u64> {
    event["at"].as_u64().context("an event has a time")
}

/// The first event of each number.
fn by_sequence(events: Vec<Value>) -> Result<BTreeMap<u64, u64>> {
    let mut times = BTreeMap::new();
    for event in events {
        let sequence = event["sequence"].as_u64().context("a number")?;
        times.entry(sequence).or_insert(at(&event)?);
    }
    Ok(times)
}

/// One process; ended when dropped.
struct Speaker {
    child: Child,
    orders: ChildStdin,
    events: Receiver<Value>,
    /// Heard while something else was waited for.
    kept: Vec<Value>,
}

impl Speaker {
    fn order(&mut self, word: &str) -> Result<()> {
        Ok(writeln!(self.orders, "{word}")?)
    }

    fn wait(&mut self, wanted: &str) -> Result<Value> {
        if let Some(place) = self.kept.iter().position(|event| event["event"] == wanted) {
            return Ok(self.kept.remove(place));
        }
        let until = Instant::now() + PATIENCE;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let event = self.events.recv_timeout(left).with_context(|| format!("never heard: {wanted}"))?;
            if event["event"] == wanted {
                return Ok(event);
            }
            self.kept.push(event);
        }
    }

    /// Everything of this kind that was said so far.
    fn all(&mut self, wanted: &str) -> Vec<Value> {
        self.kept.extend(self.events.try_iter());
        self.kept.iter().filter(|event| event["event"] == wanted).cloned().collect()
    }
}

impl Drop for Speaker {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
