//! The least that the benchmark's workloads cost on this machine: `floor COUNT FOLDER`. Bare SQLite with full flushes,
//! zstd, one signature a batch, and one QUIC stream; no permissions, no projections, nobody's keys. Prints JSON lines.

use std::path::Path;
use std::time::{Duration, Instant};

use automerge::{ActorId, Automerge};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use helhet_bench_peers::link::{Fallible, ask, dial, runtime, say, serve, settings};
use helhet_bench_peers::{document, filled, set, tell};
use rusqlite::{Connection, params};
use serde_json::json;

/// Documents in a batch, which is one frame, one signature and one commit.
const BATCH: usize = 1_000;

fn main() -> Fallible<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [count, folder] = words.as_slice() else { return Err("COUNT FOLDER".into()) };
    let (count, folder): (usize, &Path) = (count.parse()?, folder.as_ref());
    upload(count, folder)?;
    small(count, folder)
}

/// W1: read, compress, sign, send, verify, commit; reading and compressing come before sending.
fn upload(count: usize, folder: &Path) -> Fallible<()> {
    let own = database(&folder.join("own.db"))?;
    for (batch, numbers) in (0..count).collect::<Vec<_>>().chunks(BATCH).enumerate() {
        let changes: Vec<Vec<u8>> = numbers.iter().map(|number| first_change(*number)).collect();
        insert(&own, batch * BATCH, changes.iter().map(Vec::as_slice))?;
    }
    for _ in 0..5 {
        let began = Instant::now();
        let frames = frames(&own)?;
        let bytes: usize = frames.iter().map(Vec::len).sum();
        let theirs = database(&folder.join("theirs.db"))?;
        let key = signing_key().verifying_key();
        let loopback = Loopback::now()?;
        let mut stored = 0;
        let (server, client) = settings()?;
        let address = serve(server, move |frame| {
            stored += store(&theirs, stored, frame, &key)?;
            Ok(stored.to_le_bytes().to_vec())
        })?;
        let said: Fallible<Vec<u8>> = runtime()?.block_on(async {
            let (_endpoint, connection) = dial(&client, address).await?;
            let (mut send, mut receive) = connection.open_bi().await?;
            let (last, before) = frames.split_last().ok_or("nothing to send")?;
            for frame in before {
                say(&mut send, frame).await?;
            }
            let mut said = ask(&mut send, &mut receive, last).await?;
            // One answer a frame: the last one counts.
            for _ in before {
                let mut answer = [0; 12];
                receive.read_exact(&mut answer).await?;
                said = answer[4..].to_vec();
            }
            Ok(said)
        });
        if said? != count.to_le_bytes() {
            return Err("not all arrived".into());
        }
        let ms = began.elapsed().as_secs_f64() * 1e3;
        tell("upload", json!({ "ms": ms, "payload": bytes, "bytes": loopback.since()? }));
    }
    Ok(())
}

/// W2, W3 and W4: questions and answers over a new connection and over a kept one.
fn small(count: usize, folder: &Path) -> Fallible<()> {
    let (own, theirs) = (database(&folder.join("small-own.db"))?, database(&folder.join("small-theirs.db"))?);
    let edits: Vec<Vec<u8>> = (0..210).map(|number| one_edit(number * 7 % count)).collect();
    let ten = pack(&edits[..10])?;
    let reply = ten.clone();
    let (server, client) = settings()?;
    let address = serve(server, move |message| match message.split_first() {
        // Where are you?
        Some((0, _)) => {
            let newest = newest(&theirs)?;
            Ok([newest.to_le_bytes().as_slice(), &[0; 24]].concat())
        }
        // Here are ten; give me yours.
        Some((1, packed)) => {
            append(&theirs, &unpack(packed)?)?;
            Ok(reply.clone())
        }
        // Here is one; tell me when it is safe.
        Some((_, change)) => {
            append(&theirs, &[change.to_vec()])?;
            Ok(vec![1])
        }
        None => Err("an empty message".into()),
    })?;
    let runtime = runtime()?;
    let connecting = |kind: u8, message: &[u8]| -> Fallible<()> {
        let loopback = Loopback::now()?;
        let began = Instant::now();
        runtime.block_on(async {
            let (endpoint, connection) = dial(&client, address).await?;
            let (mut send, mut receive) = connection.open_bi().await?;
            let answer = ask(&mut send, &mut receive, &[&[kind], message].concat()).await?;
            if kind == 1 {
                append(&own, &unpack(&answer)?)?;
            }
            let ms = began.elapsed().as_secs_f64() * 1e3;
            connection.close(0u32.into(), b"");
            endpoint.wait_idle().await;
            std::thread::sleep(Duration::from_millis(30));
            let name = if kind == 1 { "delta" } else { "idle" };
            tell(name, json!({ "ms": ms, "bytes": loopback.since()? }));
            Ok(())
        })
    };
    for _ in 0..20 {
        std::thread::sleep(Duration::from_millis(60));
        connecting(0, &[0; 48])?;
        connecting(1, &ten)?;
    }

    runtime.block_on(async {
        let (_endpoint, connection) = dial(&client, address).await?;
        let (mut send, mut receive) = connection.open_bi().await?;
        for _ in 0..50 {
            tokio::time::sleep(Duration::from_millis(40)).await;
            let loopback = Loopback::now()?;
            let began = Instant::now();
            ask(&mut send, &mut receive, &[0; 49]).await?;
            let ms = began.elapsed().as_secs_f64() * 1e3;
            tokio::time::sleep(Duration::from_millis(40)).await;
            tell("kept", json!({ "ms": ms, "bytes": loopback.since()? }));
        }
        for change in &edits[10..] {
            tokio::time::sleep(Duration::from_millis(10)).await;
            let loopback = Loopback::now()?;
            let began = Instant::now();
            append(&own, std::slice::from_ref(change))?;
            ask(&mut send, &mut receive, &[&[2], change.as_slice()].concat()).await?;
            let ms = began.elapsed().as_secs_f64() * 1e3;
            tokio::time::sleep(Duration::from_millis(30)).await;
            tell("live", json!({ "ms": ms, "bytes": loopback.since()? }));
        }
        Ok(())
    })
}

fn signing_key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

/// The one change of a new document, under an actor that all share.
fn first_change(number: usize) -> Vec<u8> {
    let document = filled(Automerge::new().with_actor(ActorId::from([7u8; 8])), number);
    document.get_changes(&[]).first().map(|change| change.raw_bytes().to_vec()).unwrap_or_default()
}

fn one_edit(number: usize) -> Vec<u8> {
    let mut document = document(number);
    let before = document.get_heads();
    set(&mut document, "tag_a", &format!("live-{number}"));
    document.get_changes(&before).first().map(|change| change.raw_bytes().to_vec()).unwrap_or_default()
}

/// An append-friendly schema, as fast as SQLite gets with full flushes.
fn database(path: &Path) -> Fallible<Connection> {
    for ending in ["", "-wal", "-shm"] {
        // It may not be there.
        let _ = std::fs::remove_file(format!("{}{ending}", path.display()));
    }
    let database = Connection::open(path)?;
    database.execute_batch(
        "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
         PRAGMA wal_autocheckpoint = 8000; PRAGMA cache_size = -65536;
         CREATE TABLE documents (number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, body BLOB NOT NULL);
         CREATE TABLE changes (number INTEGER PRIMARY KEY, body BLOB NOT NULL);",
    )?;
    Ok(database)
}

fn insert<'b>(database: &Connection, from: usize, bodies: impl Iterator<Item = &'b [u8]>) -> Fallible<usize> {
    let transaction = database.unchecked_transaction()?;
    let mut count = 0;
    {
        let sql = "INSERT INTO documents (number, id, body) VALUES (?1, ?2, ?3)";
        let mut statement = transaction.prepare_cached(sql)?;
        for body in bodies {
            let number = (from + count) as u64;
            // Spread like random ids, and different for each number.
            let spread = number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            let id = [spread.to_be_bytes(), number.to_be_bytes()].concat();
            statement.execute(params![number.cast_signed(), id, body])?;
            count += 1;
        }
    }
    transaction.commit()?;
    Ok(count)
}

/// Everything of a database as signed and compressed frames.
fn frames(database: &Connection) -> Fallible<Vec<Vec<u8>>> {
    let key = signing_key();
    let mut statement = database.prepare_cached("SELECT body FROM documents ORDER BY number")?;
    let mut rows = statement.query([])?;
    let (mut frames, mut batch, mut in_batch) = (Vec::new(), Vec::new(), 0);
    loop {
        let row = rows.next()?;
        if in_batch == BATCH || row.is_none() && in_batch > 0 {
            let compressed = zstd::bulk::compress(&batch, 3)?;
            let length = u32::try_from(batch.len())?;
            let signature = key.sign(&compressed).to_bytes();
            frames.push([length.to_le_bytes().as_slice(), &signature, &compressed].concat());
            batch.clear();
            in_batch = 0;
        }
        let Some(row) = row else { return Ok(frames) };
        let body = row.get_ref(0)?.as_blob()?;
        batch.extend(u32::try_from(body.len())?.to_le_bytes());
        batch.extend(body);
        in_batch += 1;
    }
}

fn store(database: &Connection, from: usize, frame: &[u8], key: &VerifyingKey) -> Fallible<usize> {
    let (length, rest) = frame.split_first_chunk::<4>().ok_or("a short frame")?;
    let (signature, compressed) = rest.split_first_chunk::<64>().ok_or("a short frame")?;
    key.verify_strict(compressed, &Signature::from_bytes(signature))?;
    let batch = zstd::bulk::decompress(compressed, u32::from_le_bytes(*length) as usize)?;
    insert(database, from, Bodies(&batch))
}

/// Bodies with their lengths before them.
struct Bodies<'b>(&'b [u8]);

impl<'b> Iterator for Bodies<'b> {
    type Item = &'b [u8];

    fn next(&mut self) -> Option<&'b [u8]> {
        let (length, rest) = self.0.split_first_chunk::<4>()?;
        let (body, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        self.0 = rest;
        Some(body)
    }
}

fn pack(changes: &[Vec<u8>]) -> Fallible<Vec<u8>> {
    let mut packed = Vec::new();
    for change in changes {
        packed.extend(u32::try_from(change.len())?.to_le_bytes());
        packed.extend(change);
    }
    Ok(zstd::bulk::compress(&packed, 3)?)
}

fn unpack(packed: &[u8]) -> Fallible<Vec<Vec<u8>>> {
    let unpacked = zstd::bulk::decompress(packed, 1 << 20)?;
    Ok(Bodies(&unpacked).map(<[u8]>::to_vec).collect())
}

fn append(database: &Connection, changes: &[Vec<u8>]) -> Fallible<()> {
    let transaction = database.unchecked_transaction()?;
    for change in changes {
        transaction.prepare_cached("INSERT INTO changes (body) VALUES (?1)")?.execute([change])?;
    }
    transaction.commit()?;
    Ok(())
}

fn newest(database: &Connection) -> Fallible<i64> {
    let sql = "SELECT coalesce(max(number), 0) FROM documents";
    Ok(database.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

/// What has crossed the loopback device.
struct Loopback(u64);

impl Loopback {
    fn now() -> Fallible<Self> {
        let devices = std::fs::read_to_string("/proc/net/dev")?;
        let line = devices.lines().find_map(|line| line.trim().strip_prefix("lo:"));
        let bytes = line.and_then(|line| line.split_whitespace().next()).ok_or("no loopback device")?;
        Ok(Self(bytes.parse()?))
    }

    fn since(&self) -> Fallible<u64> {
        Ok(Self::now()?.0 - self.0)
    }
}
