//! Taking the end of a log away: what one life of a store wrote under numbers under which another wrote too.
//!
//! Only a log's author does this, and only with what it signs again in a new life. Nothing of such a log is written again.
use super::*;

/// A change that stands after a place in a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Standing {
    /// None when the document was erased.
    pub document: Option<Id>,
    pub generation: StoredGeneration,
    pub commitment: Hash,
}

/// All changes of a log after entry `kept`, of whatever kind and state.
pub fn after(connection: &Connection, log: &LogId, kept: u64) -> rusqlite::Result<Vec<Standing>> {
    connection
        .prepare_cached(
            "SELECT document, generation_number, generation_random, commitment
             FROM logs JOIN entries ON entries.log = logs.id JOIN changes ON changes.entry = entries.id
             WHERE logs.chapter = ?1 AND logs.zone = ?2 AND logs.author = ?3 AND logs.incarnation = ?4
               AND entries.sequence > ?5
             ORDER BY changes.id",
        )?
        .query_map(
            (log.chapter, log.zone, log.author, log.incarnation.cast_signed(), kept.cast_signed()),
            |row| {
                let random = row.get::<_, i64>(2)?.cast_unsigned();
                Ok(Standing {
                    document: row.get(0)?,
                    generation: StoredGeneration { number: row.get(1)?, random },
                    commitment: row.get(3)?,
                })
            },
        )?
        .collect()
}

/// Where the live changes of one author with this commitment stand.
pub fn places(
    connection: &Connection,
    author: &[u8; 32],
    document: &Id,
    commitment: &Hash,
) -> rusqlite::Result<Vec<(LogId, u64)>> {
    connection
        .prepare_cached(
            "SELECT logs.chapter, logs.zone, logs.incarnation, entries.sequence
             FROM changes JOIN entries ON entries.id = changes.entry JOIN logs ON logs.id = entries.log
             WHERE changes.document = ?1 AND changes.commitment = ?2 AND changes.state = 0 AND logs.author = ?3",
        )?
        .query_map((document, commitment, author), |row| {
            let (chapter, zone) = (row.get(0)?, row.get(1)?);
            let incarnation = row.get::<_, i64>(2)?.cast_unsigned();
            let log = LogId { chapter, zone, author: *author, incarnation };
            Ok((log, row.get::<_, i64>(3)?.cast_unsigned()))
        })?
        .collect()
}

/// Takes away all entries of a log after `kept`, and what peers acknowledged of them. Returns how many there were.
pub fn cut(transaction: &Transaction<'_>, log: &LogId, kept: u64) -> rusqlite::Result<usize> {
    let named = (log.chapter, log.zone, log.author, log.incarnation.cast_signed());
    let last = hash_at(transaction, log, kept)?;
    let row: Option<i64> = transaction
        .prepare_cached(
            "SELECT id FROM logs
             WHERE chapter = ?1 AND zone = ?2 AND author = ?3 AND incarnation = ?4 AND sequence > ?5",
        )?
        .query_row((named.0, named.1, named.2, named.3, kept.cast_signed()), |row| row.get(0))
        .optional()?;
    let Some(row) = row else { return Ok(0) };
    let (of_log, kept) = ("entries.log = ?1 AND entries.sequence > ?2", kept.cast_signed());
    part(transaction, of_log, (row, kept))?;
    transaction.execute(
        "INSERT INTO taken_away (one, newest, newest_change)
         SELECT 1, max(entries.id), coalesce(max(changes.id), 0)
         FROM entries LEFT JOIN changes ON changes.entry = entries.id WHERE log = ?1 AND sequence > ?2
         ON CONFLICT (one) DO UPDATE SET newest = max(newest, excluded.newest),
                                         newest_change = max(newest_change, excluded.newest_change)",
        (row, kept),
    )?;
    transaction.execute(
        "DELETE FROM changes WHERE entry IN (SELECT id FROM entries WHERE log = ?1 AND sequence > ?2)",
        (row, kept),
    )?;
    let gone = transaction.execute("DELETE FROM entries WHERE log = ?1 AND sequence > ?2", (row, kept))?;
    let (chapter, zone, author, incarnation) = named;
    match last {
        Some(hash) => {
            transaction
                .execute("UPDATE logs SET sequence = ?2, hash = ?3 WHERE id = ?1", (row, kept, hash))?;
            transaction.execute(
                "UPDATE acknowledged SET sequence = ?5, hash = ?6
                 WHERE chapter = ?1 AND zone = ?2 AND author = ?3 AND incarnation = ?4 AND sequence > ?5",
                (chapter, zone, author, incarnation, kept, hash),
            )?;
        }
        None => {
            transaction.execute("DELETE FROM logs WHERE id = ?1", [row])?;
            transaction.execute(
                "DELETE FROM acknowledged
                 WHERE chapter = ?1 AND zone = ?2 AND author = ?3 AND incarnation = ?4",
                named,
            )?;
        }
    }
    Ok(gone)
}
