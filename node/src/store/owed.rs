//! Receipts that the hub owes: one per floor that was raised on something it held.
use std::collections::BTreeSet;

use rusqlite::{Connection, Transaction};

/// Notes that a receipt is owed for a tombstone.
pub fn add(
    transaction: &Transaction<'_>,
    tombstone: &[u8; 32],
    zone: u8,
    floor: u32,
    now: i64,
) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "INSERT OR IGNORE INTO receipts_owed (tombstone_hash, zone, floor, raised_at) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute((tombstone, zone, floor, now))?;
    Ok(())
}

/// Keeps a receipt; false when none was owed for that tombstone.
pub fn settle(
    transaction: &Transaction<'_>,
    tombstone: &[u8; 32],
    receipt: &[u8],
    now: i64,
) -> rusqlite::Result<bool> {
    let changed = transaction
        .prepare_cached(
            "UPDATE receipts_owed SET received_at = ?2, receipt = ?3
             WHERE tombstone_hash = ?1 AND received_at IS NULL",
        )?
        .execute((tombstone, now, receipt))?;
    Ok(changed == 1)
}

/// Whether the receipt for this tombstone is outstanding.
pub fn is_owed(connection: &Connection, tombstone: &[u8; 32]) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT 1 FROM receipts_owed WHERE tombstone_hash = ?1 AND received_at IS NULL")?
        .exists([tombstone])
}

/// How many receipts are outstanding.
pub fn count(connection: &Connection) -> rusqlite::Result<u64> {
    connection
        .query_row("SELECT count(*) FROM receipts_owed WHERE received_at IS NULL", [], |row| {
            row.get::<_, i64>(0)
        })
        .map(i64::cast_unsigned)
}

/// The tombstones of a zone whose receipts are outstanding.
pub fn outstanding(connection: &Connection, zone: u8) -> rusqlite::Result<BTreeSet<[u8; 32]>> {
    connection
        .prepare_cached("SELECT tombstone_hash FROM receipts_owed WHERE zone = ?1 AND received_at IS NULL")?
        .query_map([zone], |row| row.get(0))?
        .collect()
}

/// Forgets a tombstone that a higher one took the place of: no receipt will come for it.
pub fn remove(transaction: &Transaction<'_>, tombstone: &[u8; 32]) -> rusqlite::Result<()> {
    transaction
        .prepare_cached("DELETE FROM receipts_owed WHERE tombstone_hash = ?1 AND received_at IS NULL")?
        .execute([tombstone])?;
    Ok(())
}
