//! Tombstones taken in, and the receipts given or owed for them.

use helhet_shared::sqlite::{Hash, Id};
use rusqlite::{Connection, Row, Transaction, named_params};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErasureRow {
    /// The hash that the receipt names.
    pub tombstone: Hash,
    pub chapter: Id,
    pub document_hash: Hash,
    pub floor: u32,
    pub zone: u8,
    pub reason: u8,
    /// Unix seconds.
    pub received_at: i64,
    pub receipted_at: Option<i64>,
    /// The office's own record that was linked with what was erased.
    pub office_record: Option<Id>,
}

const COLUMNS: &str =
    "tombstone, chapter, document_hash, floor, zone, reason, received_at, receipted_at, office_record";

/// Notes a tombstone. False when it is known.
pub fn add(transaction: &Transaction<'_>, row: &ErasureRow) -> rusqlite::Result<bool> {
    let added = transaction
        .prepare_cached(
            "INSERT INTO erasures (tombstone, chapter, document_hash, floor, zone, reason, received_at, office_record)
             VALUES (:tombstone, :chapter, :document_hash, :floor, :zone, :reason, :received_at, :office_record)
             ON CONFLICT (tombstone) DO NOTHING",
        )?
        .execute(named_params! {
            ":tombstone": row.tombstone,
            ":chapter": row.chapter,
            ":document_hash": row.document_hash,
            ":floor": row.floor,
            ":zone": row.zone,
            ":reason": row.reason,
            ":received_at": row.received_at,
            ":office_record": row.office_record,
        })?;
    Ok(added == 1)
}

/// Those that a receipt is owed for, oldest first.
pub fn owed(connection: &Connection, limit: u32) -> rusqlite::Result<Vec<ErasureRow>> {
    connection
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM erasures WHERE receipted_at IS NULL ORDER BY id LIMIT ?1"
        ))?
        .query_map([limit], from_row)?
        .collect()
}

pub fn receipted(transaction: &Transaction<'_>, tombstone: &Hash, now: i64) -> rusqlite::Result<()> {
    transaction
        .prepare_cached("UPDATE erasures SET receipted_at = ?2 WHERE tombstone = ?1")?
        .execute((tombstone, now))?;
    Ok(())
}

/// All, newest first.
pub fn list(connection: &Connection) -> rusqlite::Result<Vec<ErasureRow>> {
    connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM erasures ORDER BY id DESC"))?
        .query_map([], from_row)?
        .collect()
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<ErasureRow> {
    Ok(ErasureRow {
        tombstone: row.get(0)?,
        chapter: row.get(1)?,
        document_hash: row.get(2)?,
        floor: row.get(3)?,
        zone: row.get(4)?,
        reason: row.get(5)?,
        received_at: row.get(6)?,
        receipted_at: row.get(7)?,
        office_record: row.get(8)?,
    })
}
