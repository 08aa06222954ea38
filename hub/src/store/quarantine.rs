//! What was refused, without what it was: the hub does not keep what it must not see.

use rusqlite::{Connection, OptionalExtension as _, Transaction, named_params};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuarantineRow {
    /// Unix seconds.
    pub at: i64,
    pub chapter: [u8; 16],
    pub device: [u8; 32],
    /// The stable code of the rule that refused it.
    pub rule: String,
    /// The change's commitment.
    pub hash: [u8; 32],
    /// Bytes of the body that was dropped.
    pub size: usize,
}

pub fn add(transaction: &Transaction<'_>, row: &QuarantineRow) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "INSERT INTO quarantine (at, chapter, device, rule, hash, size)
             VALUES (:at, :chapter, :device, :rule, :hash, :size)",
        )?
        .execute(named_params! {
            ":at": row.at,
            ":chapter": row.chapter,
            ":device": row.device,
            ":rule": row.rule,
            ":hash": row.hash,
            ":size": i64::try_from(row.size).unwrap_or(i64::MAX),
        })?;
    Ok(())
}

/// The rule that refused a change, by its commitment.
pub fn rule_of(
    connection: &Connection,
    chapter: &[u8; 16],
    hash: &[u8; 32],
) -> rusqlite::Result<Option<String>> {
    connection
        .prepare_cached("SELECT rule FROM quarantine WHERE chapter = ?1 AND hash = ?2 ORDER BY id LIMIT 1")?
        .query_row((chapter, hash), |row| row.get(0))
        .optional()
}

/// A chapter's refusals, newest first.
pub fn of_chapter(connection: &Connection, chapter: &[u8; 16]) -> rusqlite::Result<Vec<QuarantineRow>> {
    connection
        .prepare_cached(
            "SELECT at, chapter, device, rule, hash, size FROM quarantine WHERE chapter = ?1 ORDER BY id DESC",
        )?
        .query_map([chapter], |row| {
            Ok(QuarantineRow {
                at: row.get(0)?,
                chapter: row.get(1)?,
                device: row.get(2)?,
                rule: row.get(3)?,
                hash: row.get(4)?,
                size: usize::try_from(row.get::<_, i64>(5)?).unwrap_or(0),
            })
        })?
        .collect()
}

/// How often each rule refused something of a chapter since a moment (unix seconds), the most frequent first.
pub fn rules_since(
    connection: &Connection,
    chapter: &[u8; 16],
    since: i64,
) -> rusqlite::Result<Vec<(String, u64)>> {
    connection
        .prepare_cached(
            "SELECT rule, count(*) FROM quarantine WHERE chapter = ?1 AND at >= ?2 GROUP BY rule ORDER BY 2 DESC, 1",
        )?
        .query_map((chapter, since), |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs())))?
        .collect()
}
