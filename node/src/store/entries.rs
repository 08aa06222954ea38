//! Between the wire's entries and the rows that keep them. Bytes are never re-encoded on the way.
use helhet_protocol::identity::{KeyPair, Signature};
use helhet_protocol::log::tombstone::document_hash;
use helhet_protocol::log::{
    Body, Change, ChangeKind, Entry, Generation, LogId, Position, SignedEntry, VerifiedEntry, chain,
};
use helhet_shared::id;
use helhet_shared::sqlite::log::{
    self, AppendError, Appended, NewBody, NewChange, NewEntry, StoredChange, StoredEntry,
};
use helhet_shared::sqlite::{StoredGeneration, log::LogPosition};
use rusqlite::Transaction;

use super::StoreError;

/// Signs `changes` as the next entry of `log` and appends it.
pub fn append_own(
    transaction: &Transaction<'_>,
    log: LogId,
    changes: Vec<Change>,
    author: &KeyPair,
    now: i64,
) -> Result<Appended, StoreError> {
    let previous = log::position(transaction, &stored_log(&log))?.map(|held| wire_position(log, held));
    let entry = Entry::sign(log, previous.as_ref(), now, changes, author);
    let damaged = StoreError::Damaged { what: "this device's own log" };
    let Ok(position) = chain::position_of(&entry) else { return Err(damaged) };
    let commitments: Vec<_> = entry.changes.iter().map(|change| change.commitment(&log)).collect();
    let new = new_entry(&entry, log, position, previous.map_or([0; 32], |held| held.hash), &commitments, &[]);
    append(transaction, &new, now)
}

/// Appends an entry of another author; `refused` are the places of changes whose bodies are not to be kept.
pub fn append_verified(
    transaction: &Transaction<'_>,
    entry: &VerifiedEntry,
    refused: &[usize],
    now: i64,
) -> Result<Appended, StoreError> {
    let position = entry.position();
    let new = new_entry(
        entry.entry(),
        entry.header().log,
        position,
        entry.header().previous,
        entry.commitments(),
        refused,
    );
    append(transaction, &new, now)
}

fn append(transaction: &Transaction<'_>, entry: &NewEntry, now: i64) -> Result<Appended, StoreError> {
    log::append(transaction, entry, now).map_err(|error| match error {
        AppendError::Sqlite(error) => StoreError::Sqlite(error),
        AppendError::Known | AppendError::Gap { .. } | AppendError::Fork { .. } => StoreError::OutOfOrder,
    })
}

fn new_entry(
    entry: &Entry,
    log: LogId,
    position: Position,
    previous: [u8; 32],
    commitments: &[[u8; 32]],
    refused: &[usize],
) -> NewEntry {
    let changes =
        entry.changes.iter().zip(commitments).enumerate().map(|(place, (change, commitment))| NewChange {
            kind: change.kind.code(),
            document: change.document,
            document_hash: document_hash(&change.document),
            generation: stored_generation(change.generation),
            commitment: *commitment,
            body: match &change.body {
                _ if refused.contains(&place) => NewBody::Refused,
                Body::Open(body) => NewBody::Open(body.clone()),
                Body::Sealed(body) => NewBody::Sealed(body.clone()),
                Body::Absent { .. } => NewBody::Absent,
            },
        });
    NewEntry {
        log: stored_log(&log),
        sequence: position.sequence,
        previous,
        hash: position.hash,
        header: entry.signed.header.clone(),
        signature: entry.signed.signature.0.to_vec(),
        changes: changes.collect(),
    }
}

/// A stored entry as the wire carries it; what was pruned brings its commitment along.
pub fn wire_entry(entry: StoredEntry) -> Result<Entry, StoreError> {
    let signature =
        entry.signature.try_into().map_err(|_| StoreError::Damaged { what: "an entry's signature" })?;
    let changes = entry.changes.into_iter().map(wire_change);
    Ok(Entry {
        signed: SignedEntry { header: entry.header, signature: Signature(signature) },
        changes: changes.collect(),
    })
}

/// A stored change as the wire carries it.
pub fn wire_change(change: StoredChange) -> Change {
    Change {
        kind: ChangeKind::from_code(change.kind),
        document: change.document.unwrap_or_default(),
        generation: Generation { number: change.generation.number, random: change.generation.random },
        body: match (change.body, change.sealed) {
            (Some(body), false) => Body::Open(body),
            (Some(body), true) => Body::Sealed(body),
            (None, _) => Body::Absent { commitment: change.commitment },
        },
    }
}

pub fn stored_log(log: &LogId) -> log::LogId {
    log::LogId { chapter: log.chapter, zone: log.zone, author: log.author.0, incarnation: log.incarnation }
}

pub fn wire_log(log: &log::LogId) -> LogId {
    LogId {
        chapter: log.chapter,
        zone: log.zone,
        author: helhet_protocol::identity::PublicKey(log.author),
        incarnation: log.incarnation,
    }
}

pub fn wire_position(log: LogId, held: LogPosition) -> Position {
    Position { log, sequence: held.sequence, hash: held.hash }
}

pub fn stored_generation(generation: Generation) -> StoredGeneration {
    StoredGeneration { number: generation.number, random: generation.random }
}

/// A generation of the domain as rows keep it.
pub fn row_generation(generation: id::Generation) -> StoredGeneration {
    StoredGeneration { number: generation.number, random: generation.random }
}
