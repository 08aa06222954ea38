//! Floors: below its floor nothing of a document is stored again, by whatever route it comes.
//!
//! Rows hold the hash of a document's id, never the id, and only ever rise.
use rusqlite::{Connection, OptionalExtension, Transaction, named_params};

use super::retired::{self, Item};
use super::{Hash, Id, members};
#[cfg(feature = "planted-bug")]
use crate::planted_bug::{Bug, is_planted};

/// The floor of an erased document: every generation lies under it.
pub const ERASED: u32 = u32::MAX;

/// The highest number that a generation may have: far from [`ERASED`], and more lives than any document has.
pub const GENERATION_MAX: u32 = 1 << 31;

/// Narrowings of one document that a device may have made since others last heard of it. More would be an erasure by who may
/// only narrow.
pub const NARROWINGS_APART_MAX: u32 = 1_000;

/// Whether a generation lies under a floor. Every generation lies under that of an erased document, the last number too.
pub const fn under(floor: u32, number: u32) -> bool {
    floor == ERASED || number < floor
}

/// A tombstone as stored: what decides, and the signed bytes that are passed on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredTombstone {
    pub chapter: Id,
    pub document_hash: Hash,
    pub floor: u32,
    pub signed: Vec<u8>,
}

/// Raises a floor, which also gives the row a new number, so that who has read up to the newest reads it. False when the floor known already is as high, in which case nothing is written. The caller prunes
/// what lies under the new floor in the same transaction ([`super::log::prune`], [`super::documents::delete`]).
pub fn raise(transaction: &Transaction<'_>, tombstone: &StoredTombstone, now: i64) -> rusqlite::Result<bool> {
    let next = members::newest(transaction)?.saturating_add(1);
    #[cfg(feature = "planted-bug")]
    if is_planted(Bug::FloorsAreNotCompared) {
        let known = (tombstone.chapter, tombstone.document_hash);
        transaction.execute("DELETE FROM tombstones WHERE chapter = ?1 AND document_hash = ?2", known)?;
    }
    let before = signed_floor(transaction, &tombstone.chapter, &tombstone.document_hash)?;
    let changed = transaction.execute(
        "INSERT INTO tombstones (id, chapter, document_hash, floor, signed, received_at)
         VALUES (:next, :chapter, :document_hash, :floor, :signed, :now)
         ON CONFLICT (chapter, document_hash) DO UPDATE
         SET id = excluded.id,
             floor = excluded.floor, signed = excluded.signed, received_at = excluded.received_at
         WHERE excluded.floor > tombstones.floor",
        named_params! {
            ":next": next.cast_signed(),
            ":chapter": tombstone.chapter,
            ":document_hash": tombstone.document_hash,
            ":floor": tombstone.floor,
            ":signed": tombstone.signed,
            ":now": now,
        },
    )?;
    if changed == 1 {
        let item = |floor| Item::Floor { document_hash: &tombstone.document_hash, floor };
        retired::join(transaction, &tombstone.chapter, item(tombstone.floor), before.map(item))?;
    }
    Ok(changed == 1)
}

/// The lowest generation number that may be stored of this chapter's document; 0 when no tombstone is known.
pub fn floor(connection: &Connection, chapter: &Id, document_hash: &Hash) -> rusqlite::Result<u32> {
    #[cfg(feature = "planted-bug")]
    if is_planted(Bug::FloorGateIsOff) {
        return Ok(0);
    }
    signed_floor(connection, chapter, document_hash).map(|floor| floor.unwrap_or(0))
}

fn signed_floor(
    connection: &Connection,
    chapter: &Id,
    document_hash: &Hash,
) -> rusqlite::Result<Option<u32>> {
    connection
        .prepare_cached("SELECT floor FROM tombstones WHERE chapter = ?1 AND document_hash = ?2")?
        .query_row((chapter, document_hash), |row| row.get(0))
        .optional()
}

/// The tombstone of a document as signed, if there is one.
pub fn signed(
    connection: &Connection,
    chapter: &Id,
    document_hash: &Hash,
) -> rusqlite::Result<Option<Vec<u8>>> {
    connection
        .prepare_cached("SELECT signed FROM tombstones WHERE chapter = ?1 AND document_hash = ?2")?
        .query_row((chapter, document_hash), |row| row.get(0))
        .optional()
}

/// All tombstones of a chapter, by document hash, which is the order a digest is taken in.
pub fn of_chapter(connection: &Connection, chapter: &Id) -> rusqlite::Result<Vec<StoredTombstone>> {
    connection
        .prepare_cached(
            "SELECT document_hash, floor, signed FROM tombstones WHERE chapter = ?1 ORDER BY document_hash",
        )?
        .query_map([chapter], |row| {
            Ok(StoredTombstone {
                chapter: *chapter,
                document_hash: row.get(0)?,
                floor: row.get(1)?,
                signed: row.get(2)?,
            })
        })?
        .collect()
}

/// The tombstones under which a chapter's documents are erased, as signed, with when they came (unix seconds).
pub fn of_erased(connection: &Connection, chapter: &Id) -> rusqlite::Result<Vec<(Vec<u8>, i64)>> {
    connection
        .prepare_cached("SELECT signed, received_at FROM tombstones WHERE chapter = ?1 AND floor = ?2")?
        .query_map((chapter, ERASED), |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}
