//! Who showed a ticket to be a chapter's device. The chapter decides; what it has to decide on stands in the hub's log.
use helhet_shared::id::ChapterId;
use rusqlite::{Connection, OptionalExtension, Transaction};

/// The key that showed this ticket, if one did.
pub fn key_of(connection: &Connection, ticket_hash: &[u8; 32]) -> rusqlite::Result<Option<[u8; 32]>> {
    connection
        .prepare_cached("SELECT key FROM applicants WHERE ticket_hash = ?1")?
        .query_row([ticket_hash], |row| row.get(0))
        .optional()
}

/// Binds a ticket to a key.
pub fn add(
    transaction: &Transaction<'_>,
    ticket_hash: &[u8; 32],
    chapter: ChapterId,
    key: &[u8; 32],
    now: i64,
) -> rusqlite::Result<()> {
    transaction
        .prepare_cached("INSERT INTO applicants (ticket_hash, chapter, key, at) VALUES (?1, ?2, ?3, ?4)")?
        .execute((ticket_hash, chapter.as_bytes(), key, now))?;
    Ok(())
}
