//! What the programs of this crate share: the records, as documents, and how they speak to the benchmark.

pub mod link;
#[allow(dead_code, reason = "the benchmark asks more of it")]
#[path = "../../../records.rs"]
mod records;
pub mod watched;

use std::io::Write as _;
use std::time::Duration;

use automerge::transaction::Transactable;
use automerge::{Automerge, ObjType, ROOT, ReadDoc};
use records::{Record, record};
use serde_json::{Value, json};

/// Says on standard output what happened, with the monotonic time.
pub fn tell(event: &str, more: Value) {
    let mut line = json!({ "event": event, "at": now() });
    if let (Value::Object(line), Value::Object(more)) = (&mut line, more) {
        line.extend(more);
    }
    println!("{line}");
    let _ = std::io::stdout().flush();
}

/// Nanoseconds on the clock that all processes of this machine share.
pub fn now() -> u64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::Monotonic);
    time.tv_sec.unsigned_abs() * 1_000_000_000 + time.tv_nsec.unsigned_abs()
}

/// Between changes while connected: 30 to 52 ms, the same at every program.
pub async fn until_next(sequence: u64) {
    tokio::time::sleep(Duration::from_millis(30 + sequence * 7 % 23)).await;
}

/// Ten at the client, ten others at the server, two hundred while connected.
pub fn clients_ten(count: usize) -> Vec<usize> {
    spread(count, 10, 3)
}

pub fn servers_ten(count: usize) -> Vec<usize> {
    spread(count, 10, 7)
}

pub fn live_ones(count: usize) -> Vec<usize> {
    spread(count, 200, 1)
}

fn spread(count: usize, how_many: usize, shift: usize) -> Vec<usize> {
    (0..how_many).map(|index| index * count / how_many + shift).collect()
}

/// The document of a supporter: one change.
pub fn document(number: usize) -> Automerge {
    filled(Automerge::new(), number)
}

/// The same, with the given document's actor.
pub fn filled(mut document: Automerge, number: usize) -> Automerge {
    let record = record(u32::try_from(number).expect("few records"));
    let mut transaction = document.transaction();
    fill(&mut transaction, &record).expect("a new document takes everything");
    transaction.commit();
    document
}

fn fill(document: &mut impl Transactable, record: &Record) -> Result<(), automerge::AutomergeError> {
    for (name, text) in &record.first {
        document.put(ROOT, *name, text.as_str())?;
    }
    document.put(ROOT, "membership_no", i64::from(record.membership_no))?;
    let roles = document.put_object(ROOT, "roles", ObjType::List)?;
    for (index, role) in record.roles.iter().enumerate() {
        document.insert(&roles, index, role.as_str())?;
    }
    let consents = document.put_object(ROOT, "consents", ObjType::List)?;
    for (index, (purpose, day)) in record.consents.iter().enumerate() {
        let consent = document.insert_object(&consents, index, ObjType::Map)?;
        document.put(&consent, "purpose", purpose.as_str())?;
        document.put(&consent, "given_at", day.as_str())?;
    }
    for (name, text) in &record.last {
        document.put(ROOT, *name, text.as_str())?;
    }
    let notes = document.put_object(ROOT, "notes", ObjType::Text)?;
    document.splice_text(&notes, 0, 0, &record.notes)
}

/// Changes one field.
pub fn set(document: &mut Automerge, name: &str, value: &str) {
    let mut transaction = document.transaction();
    transaction.put(ROOT, name, value).expect("a root takes a text");
    transaction.commit();
}

/// What a field says.
pub fn get(document: &Automerge, name: &str) -> String {
    let value = document.get(ROOT, name).ok().flatten();
    value.map(|(value, _)| value.as_str().unwrap_or_default().to_owned()).unwrap_or_default()
}
