//! The signed log as rows: append, positions, the feed a peer lacks, pruning, and what peers acknowledged.
//!
//! [`append`] is the one lowest write: a change under its document's floor loses its body there, in the transaction that
//! would store it. Signature and rights are checked by the caller; the place in the chain is checked here once more.
use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Params, Row, Transaction, named_params};

use super::fingerprints::{self, Tally};
use super::{Hash, Id, StoredGeneration, retired, tombstones};
use crate::zone::Zone;

mod acknowledged;
pub mod contents;
pub mod cut;
mod feed;

pub use acknowledged::{acknowledge, acknowledged, forget_acknowledged};
pub use feed::{Feed, StoredChange, StoredEntry, entry, feed, first_lacking};

/// Names one log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LogId {
    pub chapter: Id,
    /// [`crate::zone::Zone`]'s code.
    pub zone: u8,
    /// The device's public key.
    pub author: [u8; 32],
    pub incarnation: u64,
}

/// How far a log is held: its last sequence number and that entry's hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogPosition {
    pub sequence: u64,
    pub hash: Hash,
}

/// A change on its way into the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewChange {
    pub kind: u8,
    pub document: Id,
    /// What a tombstone would name it by; floors are looked up with it.
    pub document_hash: Hash,
    pub generation: StoredGeneration,
    pub commitment: Hash,
    pub body: NewBody,
}

/// What is to be kept of a change's body.
#[derive(Clone, PartialEq, Eq)]
pub enum NewBody {
    Open(Vec<u8>),
    Sealed(Vec<u8>),
    /// It came without a body.
    Absent,
    /// The schema check refused it: the commitment stays, the body goes.
    Refused,
}

impl std::fmt::Debug for NewBody {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Open(_) => "Open(…)",
            Self::Sealed(_) => "Sealed(…)",
            Self::Absent => "Absent",
            Self::Refused => "Refused",
        })
    }
}

/// An entry on its way into the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEntry {
    pub log: LogId,
    pub sequence: u64,
    /// The hash of the entry before, zeros for the first.
    pub previous: Hash,
    pub hash: Hash,
    /// As signed.
    pub header: Vec<u8>,
    pub signature: Vec<u8>,
    pub changes: Vec<NewChange>,
}

/// What [`append`] did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appended {
    /// The entry's row: its place in this store's order of arrival.
    pub id: i64,
    /// Per change whether its body was kept. One that was not must not be applied.
    pub kept: Vec<bool>,
}

/// Why an entry does not continue its log here.
#[derive(Debug, thiserror::Error)]
pub enum AppendError {
    #[error("the entry is held already")]
    Known,
    #[error("the log is held up to {held}; entry {offered} does not follow")]
    Gap { held: u64, offered: u64 },
    #[error("the log has another entry {sequence} here: it was written twice")]
    Fork { sequence: u64 },
    #[error("the database answered with an error")]
    Sqlite(#[from] rusqlite::Error),
}

/// Appends an entry to its log. Floors decide, per change, whether the body is kept.
pub fn append(transaction: &Transaction<'_>, entry: &NewEntry, now: i64) -> Result<Appended, AppendError> {
    let mut tally = Tally::default();
    let appended = append_some(transaction, entry, now, &mut tally)?;
    tally.save(transaction)?;
    Ok(appended)
}

/// As [`append`], for many entries in one transaction: the caller saves the tally after the last.
pub fn append_some(
    transaction: &Transaction<'_>,
    entry: &NewEntry,
    now: i64,
    tally: &mut Tally,
) -> Result<Appended, AppendError> {
    let log = follow(transaction, entry)?;
    transaction
        .prepare_cached(
            "INSERT INTO entries (id, log, chapter, zone, sequence, hash, header, signature, received_at)
             VALUES (1 + max(coalesce((SELECT max(id) FROM entries), 0),
                             coalesce((SELECT newest FROM taken_away), 0)),
                     :log, :chapter, :zone, :sequence, :hash, :header, :signature, :now)",
        )?
        .execute(named_params! {
            ":log": log,
            ":chapter": entry.log.chapter,
            ":zone": entry.log.zone,
            ":sequence": entry.sequence.cast_signed(),
            ":hash": entry.hash,
            ":header": entry.header,
            ":signature": entry.signature,
            ":now": now,
        })?;
    let id = transaction.last_insert_rowid();
    let mut kept = Vec::with_capacity(entry.changes.len());
    for (position, change) in (0_u32..).zip(&entry.changes) {
        kept.push(insert_change(transaction, id, position, entry, change, tally)?);
    }
    Ok(Appended { id, kept })
}

/// The chain's rule; moves the log's position and returns its row.
fn follow(transaction: &Transaction<'_>, entry: &NewEntry) -> Result<i64, AppendError> {
    let held = position(transaction, &entry.log)?;
    let (sequence, hash) = held.map_or((0, [0; 32]), |held| (held.sequence, held.hash));
    if entry.sequence <= sequence {
        return Err(match hash_at(transaction, &entry.log, entry.sequence)? {
            Some(known) if known == entry.hash => AppendError::Known,
            _ => AppendError::Fork { sequence: entry.sequence },
        });
    }
    if entry.sequence != sequence + 1 {
        return Err(AppendError::Gap { held: sequence, offered: entry.sequence });
    }
    if entry.previous != hash {
        return Err(AppendError::Fork { sequence });
    }
    let log = transaction
        .prepare_cached(
            "INSERT INTO logs (chapter, zone, author, incarnation, sequence, hash)
             VALUES (:chapter, :zone, :author, :incarnation, :sequence, :hash)
             ON CONFLICT (chapter, zone, author, incarnation) DO UPDATE
             SET sequence = excluded.sequence, hash = excluded.hash
             RETURNING id",
        )?
        .query_row(
            named_params! {
                ":chapter": entry.log.chapter,
                ":zone": entry.log.zone,
                ":author": entry.log.author,
                ":incarnation": entry.log.incarnation.cast_signed(),
                ":sequence": entry.sequence.cast_signed(),
                ":hash": entry.hash,
            },
            |row| row.get(0),
        )?;
    Ok(log)
}

const LIVE: u8 = 0;
const PRUNED: u8 = 1;
const REFUSED: u8 = 2;
/// Its body was not what its commitment says.
const LOST: u8 = 3;

/// A sealed body that comes without a word why it is missing was lost on the way here, by a peer's disk say, and may be had from
/// another device. Nobody but the chapter's devices can make it anew.
fn may_be_given(entry: &NewEntry, change: &NewChange) -> bool {
    const ERASED: Id = [0; 16];
    Zone::from_code(entry.log.zone).is_some_and(Zone::is_sealed) && change.document != ERASED
}

fn insert_change(
    transaction: &Transaction<'_>,
    entry_id: i64,
    position: u32,
    entry: &NewEntry,
    change: &NewChange,
    tally: &mut Tally,
) -> rusqlite::Result<bool> {
    let floor = tombstones::floor(transaction, &entry.log.chapter, &change.document_hash)?;
    let (mut body, sealed, mut state) = match &change.body {
        NewBody::Open(body) => (Some(body), false, LIVE),
        NewBody::Sealed(body) => (Some(body), true, LIVE),
        NewBody::Absent if may_be_given(entry, change) => (None, false, LOST),
        NewBody::Absent => (None, false, PRUNED),
        NewBody::Refused => (None, false, REFUSED),
    };
    if tombstones::under(floor, change.generation.number) {
        (body, state) = (None, PRUNED);
    }
    transaction
        .prepare_cached(
            "INSERT INTO changes (id, entry, position, kind, document, generation_number, generation_random,
                                  commitment, body, sealed, state)
             VALUES (1 + max(coalesce((SELECT max(id) FROM changes), 0),
                             coalesce((SELECT newest_change FROM taken_away), 0)),
                     :entry, :position, :kind, :document, :number, :random, :commitment, :body, :sealed, :state)",
        )?
        .execute(named_params! {
            ":entry": entry_id,
            ":position": position,
            ":kind": change.kind,
            ":document": (floor != tombstones::ERASED).then_some(change.document),
            ":number": change.generation.number,
            ":random": change.generation.random.cast_signed(),
            ":commitment": change.commitment,
            ":body": body,
            ":sealed": sealed,
            ":state": state,
        })?;
    if state == LIVE {
        let item = fingerprints::item(&change.document, change.generation, &change.commitment);
        tally.join(&entry.log.chapter, entry.log.zone, &item);
    }
    Ok(state == LIVE)
}

/// How far one log is held.
pub fn position(connection: &Connection, log: &LogId) -> rusqlite::Result<Option<LogPosition>> {
    connection
        .prepare_cached(
            "SELECT sequence, hash FROM logs WHERE chapter = ?1 AND zone = ?2 AND author = ?3 AND incarnation = ?4",
        )?
        .query_row((log.chapter, log.zone, log.author, log.incarnation.cast_signed()), |row| {
            Ok(LogPosition { sequence: row.get::<_, i64>(0)?.cast_unsigned(), hash: row.get(1)? })
        })
        .optional()
}

/// How far every log of a chapter's zone is held.
pub fn positions(
    connection: &Connection,
    chapter: &Id,
    zone: u8,
) -> rusqlite::Result<BTreeMap<LogId, LogPosition>> {
    connection
        .prepare_cached(
            "SELECT author, incarnation, sequence, hash FROM logs WHERE chapter = ?1 AND zone = ?2",
        )?
        .query_map((chapter, zone), |row| positioned(*chapter, zone, row))?
        .collect()
}

/// The hash of a log's entry at a sequence number, if held: what a peer's position is compared with.
pub fn hash_at(connection: &Connection, log: &LogId, sequence: u64) -> rusqlite::Result<Option<Hash>> {
    connection
        .prepare_cached(
            "SELECT entries.hash FROM entries JOIN logs ON logs.id = entries.log
             WHERE logs.chapter = ?1 AND logs.zone = ?2 AND logs.author = ?3 AND logs.incarnation = ?4
               AND entries.sequence = ?5",
        )?
        .query_row(
            (log.chapter, log.zone, log.author, log.incarnation.cast_signed(), sequence.cast_signed()),
            |row| row.get(0),
        )
        .optional()
}

/// The live open bodies of one generation of a document in order of arrival: enough to build it anew.
pub fn bodies_of(
    connection: &Connection,
    document: &Id,
    generation: StoredGeneration,
) -> rusqlite::Result<Vec<Vec<u8>>> {
    connection
        .prepare_cached(
            "SELECT body FROM changes
             WHERE document = ?1 AND generation_number = ?2 AND generation_random = ?3 AND state = 0 AND sealed = 0
               AND kind = 0
             ORDER BY id",
        )?
        .query_map((document, generation.number, generation.random.cast_signed()), |row| row.get(0))?
        .collect()
}

/// The highest generation that was ever stored of a document, refused ones left out.
pub fn highest_generation(connection: &Connection, document: &Id) -> rusqlite::Result<Option<u32>> {
    connection
        .prepare_cached("SELECT max(generation_number) FROM changes WHERE document = ?1 AND state <> 2")?
        .query_row([document], |row| row.get(0))
}

/// When the first change of a document came, unix seconds.
pub fn first_received(connection: &Connection, document: &Id) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached(
            "SELECT min(entries.received_at) FROM changes JOIN entries ON entries.id = changes.entry
             WHERE changes.document = ?1",
        )?
        .query_row([document], |row| row.get(0))
}

/// Drops the bodies of a document's changes below `floor`; with [`tombstones::ERASED`] the document's id goes too. Entry
/// headers stay, so the chain still verifies. Returns how many bodies went.
pub fn prune(transaction: &Transaction<'_>, document: &Id, floor: u32) -> rusqlite::Result<usize> {
    let erased = floor == tombstones::ERASED;
    part(transaction, "document = ?1 AND (?2 OR generation_number < ?3)", (document, erased, floor))?;
    transaction
        .prepare_cached(
            "UPDATE changes SET body = NULL, state = 1, document = iif(?3, NULL, document)
             WHERE document = ?1 AND (?3 OR (generation_number < ?2 AND state IN (0, 3)))",
        )?
        .execute((document, floor, erased))
}

/// Marks a stored change as refused and drops its body. False when there is no such change.
pub fn refuse(transaction: &Transaction<'_>, entry: &Hash, position: u32) -> rusqlite::Result<bool> {
    part(
        transaction,
        "changes.entry = (SELECT id FROM entries WHERE hash = ?1) AND position = ?2",
        (entry, position),
    )?;
    let changed = transaction
        .prepare_cached(
            "UPDATE changes SET body = NULL, state = 2
             WHERE entry = (SELECT id FROM entries WHERE hash = ?1) AND position = ?2 AND state IN (0, 3)",
        )?
        .execute((entry, position))?;
    Ok(changed == 1)
}

/// Those that are about to lose their bodies leave the fingerprints.
fn part(transaction: &Transaction<'_>, which: &str, which_values: impl Params) -> rusqlite::Result<()> {
    let mut tally = Tally::default();
    let mut statement = transaction.prepare_cached(&format!(
        "SELECT entries.chapter, entries.zone, document, generation_number, generation_random, commitment
         FROM changes JOIN entries ON entries.id = changes.entry WHERE state = 0 AND {which}"
    ))?;
    let mut rows = statement.query(which_values)?;
    while let Some(row) = rows.next()? {
        let generation =
            StoredGeneration { number: row.get(3)?, random: row.get::<_, i64>(4)?.cast_unsigned() };
        let item = fingerprints::item(&row.get(2)?, generation, &row.get(5)?);
        tally.leave(&row.get(0)?, row.get(1)?, &item);
    }
    tally.save(transaction)
}

fn positioned(chapter: Id, zone: u8, row: &Row<'_>) -> rusqlite::Result<(LogId, LogPosition)> {
    let log =
        LogId { chapter, zone, author: row.get(0)?, incarnation: row.get::<_, i64>(1)?.cast_unsigned() };
    Ok((log, LogPosition { sequence: row.get::<_, i64>(2)?.cast_unsigned(), hash: row.get(3)? }))
}
