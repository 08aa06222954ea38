//! Shared documents that the hub changed and that are not yet brought into the chapter's record.
use helhet_shared::id::DocumentId;
use rusqlite::{Connection, Transaction};

/// Remembers a document, in the transaction that stores its change.
pub fn add(transaction: &Transaction<'_>, document: DocumentId) -> rusqlite::Result<()> {
    transaction
        .prepare_cached("INSERT OR IGNORE INTO arrived (document) VALUES (?1)")?
        .execute([document.as_bytes()])?;
    Ok(())
}

/// Up to `limit` of them.
pub fn some(connection: &Connection, limit: u32) -> rusqlite::Result<Vec<DocumentId>> {
    connection
        .prepare_cached("SELECT document FROM arrived LIMIT ?1")?
        .query_map([limit], |row| row.get(0).map(DocumentId::from_bytes))?
        .collect()
}

/// Those that are no supporter's.
pub fn of_nobody(connection: &Connection) -> rusqlite::Result<Vec<DocumentId>> {
    connection
        .prepare_cached(
            "SELECT document FROM arrived
             WHERE NOT EXISTS (SELECT 1 FROM supporters WHERE shared_document = arrived.document)",
        )?
        .query_map([], |row| row.get(0).map(DocumentId::from_bytes))?
        .collect()
}

/// Whether a document is among them.
pub fn holds(connection: &Connection, document: DocumentId) -> rusqlite::Result<bool> {
    connection.prepare_cached("SELECT 1 FROM arrived WHERE document = ?1")?.exists([document.as_bytes()])
}

/// Forgets one, in the transaction that brought it in.
pub fn remove(transaction: &Transaction<'_>, document: DocumentId) -> rusqlite::Result<()> {
    transaction.prepare_cached("DELETE FROM arrived WHERE document = ?1")?.execute([document.as_bytes()])?;
    Ok(())
}
