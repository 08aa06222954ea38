//! Records: one per supporter document, by the keys under which a double of it would be found; and the pairs that might
//! be doubles.

use std::collections::BTreeSet;

use helhet_shared::sqlite::Id;
use rusqlite::{Connection, OptionalExtension, Transaction, named_params};

/// One supporter document of a chapter or of the office.
#[derive(Clone, PartialEq, Eq)]
pub struct RecordRow {
    pub document: Id,
    /// Zeros: the office's own.
    pub chapter: Id,
    pub first_entry: i64,
    /// JSON, see the migration.
    pub content: String,
    /// The supporter that it is a part of.
    pub supporter: Id,
}

impl std::fmt::Debug for RecordRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RecordRow").field("first_entry", &self.first_entry).finish_non_exhaustive()
    }
}

const RECORD: &str = "document, chapter, first_entry, content, supporter";

pub fn record(connection: &Connection, document: &Id) -> rusqlite::Result<Option<RecordRow>> {
    connection
        .prepare_cached(&format!("SELECT {RECORD} FROM records WHERE document = ?1"))?
        .query_row([document], record_from_row)
        .optional()
}

pub fn records_of(connection: &Connection, supporter: &Id) -> rusqlite::Result<Vec<RecordRow>> {
    connection
        .prepare_cached(&format!(
            "SELECT {RECORD} FROM records WHERE supporter = ?1 ORDER BY first_entry, document"
        ))?
        .query_map([supporter], record_from_row)?
        .collect()
}

fn record_from_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<RecordRow> {
    Ok(RecordRow {
        document: row.get(0)?,
        chapter: row.get(1)?,
        first_entry: row.get(2)?,
        content: row.get(3)?,
        supporter: row.get(4)?,
    })
}

pub fn put_record(
    transaction: &Transaction<'_>,
    record: &RecordRow,
    keys: &BTreeSet<String>,
) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "INSERT INTO records (document, chapter, first_entry, content, supporter)
             VALUES (:document, :chapter, :first_entry, :content, :supporter)
             ON CONFLICT (document) DO UPDATE SET chapter = excluded.chapter, first_entry = excluded.first_entry,
                 content = excluded.content, supporter = excluded.supporter",
        )?
        .execute(named_params! {
            ":document": record.document,
            ":chapter": record.chapter,
            ":first_entry": record.first_entry,
            ":content": record.content,
            ":supporter": record.supporter,
        })?;
    transaction.prepare_cached("DELETE FROM record_keys WHERE document = ?1")?.execute([record.document])?;
    let mut statement =
        transaction.prepare_cached("INSERT INTO record_keys (key, document) VALUES (?1, ?2)")?;
    for key in keys {
        statement.execute((key, record.document))?;
    }
    Ok(())
}

pub fn delete_record(transaction: &Transaction<'_>, document: &Id) -> rusqlite::Result<()> {
    for sql in [
        "DELETE FROM records WHERE document = ?1",
        "DELETE FROM record_keys WHERE document = ?1",
        "DELETE FROM doubtful_pairs WHERE one = ?1 OR other = ?1",
        "DELETE FROM chapter_documents WHERE document = ?1",
    ] {
        transaction.prepare_cached(sql)?.execute([document])?;
    }
    Ok(())
}

pub fn keys_of(connection: &Connection, document: &Id) -> rusqlite::Result<BTreeSet<String>> {
    connection
        .prepare_cached("SELECT key FROM record_keys WHERE document = ?1")?
        .query_map([document], |row| row.get(0))?
        .collect()
}

pub fn documents_under(connection: &Connection, key: &str) -> rusqlite::Result<Vec<Id>> {
    connection
        .prepare_cached("SELECT document FROM record_keys WHERE key = ?1")?
        .query_map([key], |row| row.get(0))?
        .collect()
}

/// The documents of a chapter that have a record.
pub fn records_of_chapter(connection: &Connection, chapter: &Id) -> rusqlite::Result<Vec<Id>> {
    connection
        .prepare_cached("SELECT document FROM records WHERE chapter = ?1")?
        .query_map([chapter], |row| row.get(0))?
        .collect()
}

pub fn put_doubtful(transaction: &Transaction<'_>, one: &Id, other: &Id) -> rusqlite::Result<()> {
    transaction
        .prepare_cached("INSERT INTO doubtful_pairs (one, other) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?
        .execute((one, other))?;
    Ok(())
}

pub fn clear_doubtful(transaction: &Transaction<'_>, document: &Id) -> rusqlite::Result<()> {
    transaction
        .prepare_cached("DELETE FROM doubtful_pairs WHERE one = ?1 OR other = ?1")?
        .execute([document])?;
    Ok(())
}

pub fn doubtful(connection: &Connection) -> rusqlite::Result<Vec<(Id, Id)>> {
    connection
        .prepare_cached("SELECT one, other FROM doubtful_pairs ORDER BY one, other")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}
