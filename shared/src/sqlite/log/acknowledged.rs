//! How far a peer holds our logs, by its own word.
use super::*;

/// Remembers that a peer holds a log durably up to a position. Only ever moves forward; true if it moved.
pub fn acknowledge(
    transaction: &Transaction<'_>,
    peer: &[u8],
    log: &LogId,
    position: LogPosition,
    now: i64,
) -> rusqlite::Result<bool> {
    let moved = transaction
        .prepare_cached(
            "INSERT INTO acknowledged (peer, chapter, zone, author, incarnation, sequence, hash, at)
             VALUES (:peer, :chapter, :zone, :author, :incarnation, :sequence, :hash, :now)
             ON CONFLICT (peer, chapter, zone, author, incarnation) DO UPDATE
             SET sequence = excluded.sequence, hash = excluded.hash, at = excluded.at
             WHERE excluded.sequence > acknowledged.sequence",
        )?
        .execute(named_params! {
            ":peer": peer,
            ":chapter": log.chapter,
            ":zone": log.zone,
            ":author": log.author,
            ":incarnation": log.incarnation.cast_signed(),
            ":sequence": position.sequence.cast_signed(),
            ":hash": position.hash,
            ":now": now,
        })?;
    Ok(moved > 0)
}

/// Forgets what a peer acknowledged: its store is new, so that "sent" is "waiting" again.
pub fn forget_acknowledged(transaction: &Transaction<'_>, peer: &[u8]) -> rusqlite::Result<()> {
    transaction.execute("DELETE FROM acknowledged WHERE peer = ?1", [peer])?;
    Ok(())
}

/// What a peer acknowledged of a chapter's zone.
pub fn acknowledged(
    connection: &Connection,
    peer: &[u8],
    chapter: &Id,
    zone: u8,
) -> rusqlite::Result<BTreeMap<LogId, LogPosition>> {
    connection
        .prepare_cached(
            "SELECT author, incarnation, sequence, hash FROM acknowledged
             WHERE peer = ?1 AND chapter = ?2 AND zone = ?3",
        )?
        .query_map((peer, chapter, zone), |row| positioned(*chapter, zone, row))?
        .collect()
}
