//! What chapters say of themselves: figures, and the agreements they accepted.

use helhet_shared::sqlite::Id;
use rusqlite::{Connection, Transaction};

/// What a chapter says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChapterDocumentRow {
    pub document: Id,
    pub chapter: Id,
    /// The document's `type`.
    pub kind: String,
    /// JSON, as in `records`.
    pub content: String,
}

pub fn put_chapter_document(transaction: &Transaction<'_>, row: &ChapterDocumentRow) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "INSERT INTO chapter_documents (document, chapter, type, content) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (document) DO UPDATE SET type = excluded.type, content = excluded.content",
        )?
        .execute((row.document, row.chapter, &row.kind, &row.content))?;
    Ok(())
}

pub fn chapter_documents(connection: &Connection, chapter: &Id) -> rusqlite::Result<Vec<ChapterDocumentRow>> {
    connection
        .prepare_cached(
            "SELECT document, chapter, type, content FROM chapter_documents WHERE chapter = ?1 ORDER BY document",
        )?
        .query_map([chapter], |row| {
            Ok(ChapterDocumentRow {
                document: row.get(0)?,
                chapter: row.get(1)?,
                kind: row.get(2)?,
                content: row.get(3)?,
            })
        })?
        .collect()
}
