//! The register of erasures as rows: what was erased here, and which stores have said that it is gone there. What people are
//! told of it: [`crate::erasures`].
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};

use super::{Hash, Id};
use crate::erasures::{Erased, Receipt};

/// Enters a document that was erased here. False where it is in already.
pub fn enter(transaction: &Transaction<'_>, chapter: &Id, erased: &Erased) -> rusqlite::Result<bool> {
    let added = transaction
        .prepare_cached(
            "INSERT INTO erased (chapter, document_hash, tombstone, number, zone, day, authority, holders, at, counted_for, signed)
             VALUES (:chapter, :document_hash, :tombstone, :number, :zone, :day, :authority, :holders, :at, :counted_for, :signed)
             ON CONFLICT (chapter, document_hash) DO NOTHING",
        )?
        .execute(named_params! {
            ":chapter": chapter,
            ":document_hash": erased.document_hash,
            ":tombstone": erased.tombstone,
            ":number": erased.number,
            ":zone": erased.zone,
            ":day": erased.day,
            ":authority": erased.authority,
            ":holders": erased.holders.concat(),
            ":at": erased.at,
            ":counted_for": erased.counted_for,
            ":signed": erased.signed,
        })?;
    Ok(added == 1)
}

const COLUMNS: &str =
    "document_hash, tombstone, number, zone, day, authority, holders, at, counted_for, signed";

/// All that was erased of a chapter, oldest first.
pub fn of_chapter(connection: &Connection, chapter: &Id) -> rusqlite::Result<Vec<Erased>> {
    connection
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM erased WHERE chapter = ?1 ORDER BY at, number, zone"
        ))?
        .query_map([chapter], from_row)?
        .collect()
}

/// What this store has still to sign for.
pub fn to_sign(connection: &Connection, chapter: &Id) -> rusqlite::Result<Vec<Erased>> {
    connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM erased WHERE chapter = ?1 AND signed = 0"))?
        .query_map([chapter], from_row)?
        .collect()
}

/// This store has signed for it.
pub fn signed(transaction: &Transaction<'_>, chapter: &Id, document_hash: &Hash) -> rusqlite::Result<()> {
    transaction
        .prepare_cached("UPDATE erased SET signed = 1 WHERE chapter = ?1 AND document_hash = ?2")?
        .execute((chapter, document_hash))?;
    Ok(())
}

/// What `signer`, this store, has said is no longer in its log: it signs again.
pub fn sign_again(transaction: &Transaction<'_>, chapter: &Id, signer: &[u8; 32]) -> rusqlite::Result<()> {
    transaction.execute("DELETE FROM receipts WHERE chapter = ?1 AND signer = ?2", (chapter, signer))?;
    transaction.execute("UPDATE erased SET signed = 0 WHERE chapter = ?1", [chapter])?;
    Ok(())
}

/// The document that a tombstone took away, by the hash of the tombstone.
pub fn by_tombstone(
    connection: &Connection,
    chapter: &Id,
    tombstone: &Hash,
) -> rusqlite::Result<Option<Hash>> {
    connection
        .prepare_cached("SELECT document_hash FROM erased WHERE chapter = ?1 AND tombstone = ?2")?
        .query_row((chapter, tombstone), |row| row.get(0))
        .optional()
}

/// Keeps what a store says of a document that was erased, or that somebody would have erased; of others nothing is kept. A newer
/// receipt of the same store takes the place of the older.
pub fn keep_receipt(
    transaction: &Transaction<'_>,
    chapter: &Id,
    receipt: &Receipt,
) -> rusqlite::Result<bool> {
    let kept = transaction
        .prepare_cached(
            "INSERT INTO receipts (chapter, document_hash, signer, by_hub, finished_day, backup_until_day, at)
             SELECT :chapter, :document_hash, :signer, :by_hub, :finished_day, :backup_until_day, :at
             WHERE EXISTS (SELECT 1 FROM erased WHERE chapter = :chapter AND document_hash = :document_hash)
                OR EXISTS (SELECT 1 FROM held WHERE chapter = :chapter AND document_hash = :document_hash)
             ON CONFLICT (chapter, document_hash, signer) DO UPDATE
             SET finished_day = excluded.finished_day, backup_until_day = excluded.backup_until_day, at = excluded.at",
        )?
        .execute(named_params! {
            ":chapter": chapter,
            ":document_hash": receipt.document_hash,
            ":signer": receipt.signer,
            ":by_hub": receipt.by_hub,
            ":finished_day": receipt.finished_day,
            ":backup_until_day": receipt.backup_until_day,
            ":at": receipt.at,
        })?;
    Ok(kept == 1)
}

/// All receipts for what was erased of a chapter.
pub fn receipts(connection: &Connection, chapter: &Id) -> rusqlite::Result<Vec<Receipt>> {
    connection
        .prepare_cached(
            "SELECT document_hash, signer, by_hub, finished_day, backup_until_day, at FROM receipts WHERE chapter = ?1",
        )?
        .query_map([chapter], |row| {
            Ok(Receipt {
                document_hash: row.get(0)?,
                signer: row.get(1)?,
                by_hub: row.get(2)?,
                finished_day: row.get(3)?,
                backup_until_day: row.get(4)?,
                at: row.get(5)?,
            })
        })?
        .collect()
}

/// Forgets all receipts of a chapter, for who reads them from the log anew.
pub fn forget_receipts(transaction: &Transaction<'_>, chapter: &Id) -> rusqlite::Result<()> {
    transaction.execute("DELETE FROM receipts WHERE chapter = ?1", [chapter])?;
    Ok(())
}

/// The bodies of all receipts in the log of a chapter, with their authors and when they came.
pub fn logged(connection: &Connection, chapter: &Id, zone: u8, kind: u8) -> rusqlite::Result<Vec<Logged>> {
    connection
        .prepare_cached(
            "SELECT logs.author, changes.body, entries.received_at
             FROM logs JOIN entries ON entries.log = logs.id JOIN changes ON changes.entry = entries.id
             WHERE logs.chapter = ?1 AND logs.zone = ?2 AND changes.kind = ?3 AND changes.state = 0
             ORDER BY changes.id",
        )?
        .query_map((chapter, zone, kind), |row| {
            Ok(Logged { author: row.get(0)?, body: row.get(1)?, received_at: row.get(2)? })
        })?
        .collect()
}

/// A change as it stands in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logged {
    pub author: [u8; 32],
    pub body: Vec<u8>,
    /// Unix seconds.
    pub received_at: i64,
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Erased> {
    let holders: Vec<u8> = row.get(6)?;
    Ok(Erased {
        document_hash: row.get(0)?,
        tombstone: row.get(1)?,
        number: row.get(2)?,
        zone: row.get(3)?,
        day: row.get(4)?,
        authority: row.get(5)?,
        holders: holders.as_chunks().0.to_vec(),
        at: row.get(7)?,
        counted_for: row.get(8)?,
        signed: row.get(9)?,
    })
}
