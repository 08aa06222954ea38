//! The hub's own logs: one `shared` log per chapter, one `published` log, and the `office` log that never leaves.
//!
//! What is appended to a chapter's shared log is one of four things and nothing else: a correction, a refusal, an
//! erasure receipt, and (to come) a revocation's echo. [`append`] signs and stores in the caller's transaction; the
//! position is read inside it, since another process may have written before.

use helhet_protocol::identity::{PublicKey, Signature};
use helhet_protocol::log::chain::position_of;
use helhet_protocol::log::tombstone::document_hash;
use helhet_protocol::log::{
    Body, Change, ChangeKind, Entry, EntryHeader, Generation, LogId, Position, SignedEntry,
};
use helhet_shared::sqlite::log::{
    self as stored, AppendError, Appended, NewBody, NewChange, NewEntry, StoredChange,
};
use helhet_shared::sqlite::{Id, StoredGeneration};
use helhet_shared::zone::Zone;
use rusqlite::{Connection, Transaction};

use crate::office::Office;

/// Stands for "no chapter" in the `published` and `office` zones.
pub const NO_CHAPTER: Id = [0; 16];

/// The hub's log of a zone towards a chapter.
pub fn own(office: &Office, chapter: Id, zone: Zone) -> LogId {
    LogId { chapter, zone: zone.code(), author: office.key.public(), incarnation: office.incarnation }
}

/// Signs `changes` as the next entry of the hub's log and stores it.
pub fn append(
    transaction: &Transaction<'_>,
    office: &Office,
    chapter: Id,
    zone: Zone,
    changes: Vec<Change>,
    now: i64,
) -> Result<Appended, LogError> {
    let log = own(office, chapter, zone);
    let previous = position(transaction, &log)?;
    let entry = Entry::sign(log, previous.as_ref(), now, changes, &office.key);
    let position = position_of(&entry).map_err(|_| LogError::Unreadable)?;
    let commitments: Vec<_> = entry.changes.iter().map(|change| change.commitment(&log)).collect();
    let before = previous.map_or([0; 32], |previous| previous.hash);
    let new = new_entry(&entry, &position, before, &commitments, |change| match &change.body {
        Body::Open(body) => NewBody::Open(body.clone()),
        Body::Sealed(body) => NewBody::Sealed(body.clone()),
        Body::Absent { .. } => NewBody::Absent,
    });
    Ok(stored::append(transaction, &new, now)?)
}

/// An entry in the form the store takes, with the commitments that were computed when it was signed or verified; `body`
/// says what is kept of each change.
pub fn new_entry(
    entry: &Entry,
    position: &Position,
    previous: [u8; 32],
    commitments: &[[u8; 32]],
    mut body: impl FnMut(&Change) -> NewBody,
) -> NewEntry {
    let changes = entry
        .changes
        .iter()
        .zip(commitments)
        .map(|(change, commitment)| NewChange {
            kind: change.kind.code(),
            document: change.document,
            document_hash: document_hash(&change.document),
            generation: to_stored(change.generation),
            commitment: *commitment,
            body: body(change),
        })
        .collect();
    NewEntry {
        log: to_stored_log(&position.log),
        sequence: position.sequence,
        previous,
        hash: position.hash,
        header: entry.signed.header.clone(),
        signature: entry.signed.signature.0.to_vec(),
        changes,
    }
}

/// How far a log is held here.
pub fn position(connection: &Connection, log: &LogId) -> rusqlite::Result<Option<Position>> {
    let held = stored::position(connection, &to_stored_log(log))?;
    Ok(held.map(|held| Position { log: *log, sequence: held.sequence, hash: held.hash }))
}

/// What an entry's stored head says.
pub fn header(bytes: &[u8]) -> Option<EntryHeader> {
    let signed = SignedEntry { header: bytes.to_vec(), signature: Signature([0; 64]) };
    Entry { signed, changes: Vec::new() }.header().ok()
}

/// A stored change as the wire carries it; what was removed brings its commitment along.
pub fn to_change(change: StoredChange) -> Change {
    Change {
        kind: ChangeKind::from_code(change.kind),
        document: change.document.unwrap_or_default(),
        generation: from_stored(change.generation),
        body: match change.body {
            Some(body) if change.sealed => Body::Sealed(body),
            Some(body) => Body::Open(body),
            None => Body::Absent { commitment: change.commitment },
        },
    }
}

pub fn to_stored(generation: Generation) -> StoredGeneration {
    StoredGeneration { number: generation.number, random: generation.random }
}

pub fn from_stored(generation: StoredGeneration) -> Generation {
    Generation { number: generation.number, random: generation.random }
}

pub fn to_stored_log(log: &LogId) -> stored::LogId {
    stored::LogId { chapter: log.chapter, zone: log.zone, author: log.author.0, incarnation: log.incarnation }
}

pub fn from_stored_log(log: &stored::LogId) -> LogId {
    LogId {
        chapter: log.chapter,
        zone: log.zone,
        author: PublicKey(log.author),
        incarnation: log.incarnation,
    }
}

/// Why the hub could not write its own log.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    #[error("the entry that was just signed cannot be read back")]
    Unreadable,
    #[error("the entry does not continue the hub's log")]
    Append(#[from] AppendError),
    #[error("the database answered with an error")]
    Sqlite(#[from] rusqlite::Error),
}
