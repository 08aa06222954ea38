//! One-time invites: a token's hash, good for one key and a few days.

use helhet_shared::id::ChapterId;
use rusqlite::{Connection, OptionalExtension, Transaction};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InviteRow {
    pub chapter: ChapterId,
    /// Unix seconds.
    pub expires_at: i64,
    pub redeemed_by: Option<[u8; 32]>,
}

pub fn add(
    transaction: &Transaction<'_>,
    token_hash: &[u8; 32],
    chapter: ChapterId,
    now: i64,
    expires_at: i64,
) -> rusqlite::Result<()> {
    transaction.execute(
        "INSERT INTO invites (token_hash, chapter, created_at, expires_at) VALUES (?1, ?2, ?3, ?4)",
        (token_hash, chapter.as_bytes(), now, expires_at),
    )?;
    Ok(())
}

pub fn find(connection: &Connection, token_hash: &[u8; 32]) -> rusqlite::Result<Option<InviteRow>> {
    connection
        .prepare_cached("SELECT chapter, expires_at, redeemed_by FROM invites WHERE token_hash = ?1")?
        .query_row([token_hash], |row| {
            Ok(InviteRow {
                chapter: ChapterId::from_bytes(row.get(0)?),
                expires_at: row.get(1)?,
                redeemed_by: row.get(2)?,
            })
        })
        .optional()
}

/// Uses it up for `by`. False when another key did so before.
pub fn redeem(
    transaction: &Transaction<'_>,
    token_hash: &[u8; 32],
    by: &[u8; 32],
    now: i64,
) -> rusqlite::Result<bool> {
    let redeemed = transaction.execute(
        "UPDATE invites SET redeemed_at = coalesce(redeemed_at, ?3), redeemed_by = ?2
         WHERE token_hash = ?1 AND (redeemed_by IS NULL OR redeemed_by = ?2)",
        (token_hash, by, now),
    )?;
    Ok(redeemed == 1)
}
