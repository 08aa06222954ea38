//! What sessions ask of the log beyond what both programs share: what is newest, and what is new for whom.

use helhet_shared::sqlite::Id;
use helhet_shared::sqlite::log::LogId;
use rusqlite::{Connection, Transaction};

/// The number of the newest entry; 0 for none.
pub fn newest_entry(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("SELECT coalesce(max(id), 0) FROM entries", [], |row| row.get(0))
}

/// The chapters for which `own` wrote something in entries numbered above `after`, up to `upto`.
pub fn chapters_with_news(
    connection: &Connection,
    own: &[u8; 32],
    after: i64,
    upto: i64,
) -> rusqlite::Result<Vec<Id>> {
    connection
        .prepare_cached(
            "SELECT DISTINCT entries.chapter FROM entries JOIN logs ON logs.id = entries.log
             WHERE entries.id > ?1 AND entries.id <= ?2 AND logs.author = ?3",
        )?
        .query_map((after, upto, own), |row| row.get(0))?
        .collect()
}

/// The chapters of which entries numbered above `after`, up to `upto`, are here.
pub fn chapters_after(connection: &Connection, after: i64, upto: i64) -> rusqlite::Result<Vec<Id>> {
    connection
        .prepare_cached("SELECT DISTINCT chapter FROM entries WHERE id > ?1 AND id <= ?2")?
        .query_map((after, upto), |row| row.get(0))?
        .collect()
}

/// A chapter's tombstones as signed, with their numbers above `after`, oldest first.
pub fn tombstones_after(
    connection: &Connection,
    chapter: &Id,
    after: i64,
) -> rusqlite::Result<Vec<(i64, Vec<u8>)>> {
    connection
        .prepare_cached("SELECT id, signed FROM tombstones WHERE chapter = ?1 AND id > ?2 ORDER BY id")?
        .query_map((chapter, after), |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

/// Changes whenever another connection has committed.
pub fn data_version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "data_version", |row| row.get(0))
}

/// Up to which entry some device has acknowledged a log of ours; 0 for none.
pub fn acknowledged_up_to(connection: &Connection, log: &LogId) -> rusqlite::Result<u64> {
    connection
        .prepare_cached(
            "SELECT coalesce(max(sequence), 0) FROM acknowledged
             WHERE chapter = ?1 AND zone = ?2 AND author = ?3 AND incarnation = ?4",
        )?
        .query_row((log.chapter, log.zone, log.author, log.incarnation.cast_signed()), |row| {
            row.get::<_, i64>(0)
        })
        .map(i64::cast_unsigned)
}

/// After a restore nobody is known to hold anything.
pub fn forget_all_acknowledged(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    transaction.execute("DELETE FROM acknowledged", [])?;
    Ok(())
}

/// Whether a floor of this chapter has a number above `told`.
pub fn has_floor_above(connection: &Connection, chapter: &Id, told: u64) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT 1 FROM tombstones WHERE id > ?1 AND chapter = ?2 LIMIT 1")?
        .exists((told.cast_signed(), chapter))
}
