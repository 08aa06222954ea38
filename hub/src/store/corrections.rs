//! The office's corrections, kept until the chapter's part shows or rejects them.

use helhet_shared::sqlite::{Id, StoredGeneration};
use rusqlite::{Connection, Transaction, named_params};

/// One correction of one record.
#[derive(Clone, PartialEq, Eq)]
pub struct CorrectionRow {
    pub id: i64,
    pub document: Id,
    pub chapter: Id,
    /// JSON array of [key, value or null].
    pub edits: String,
    /// The source's code.
    pub source: String,
    pub login: String,
    /// Unix seconds.
    pub at: i64,
    /// The generation it was last written to.
    pub generation: StoredGeneration,
}

impl std::fmt::Debug for CorrectionRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CorrectionRow").field("id", &self.id).field("at", &self.at).finish_non_exhaustive()
    }
}

/// Keeps a correction; its `id` is ignored.
pub fn add(transaction: &Transaction<'_>, row: &CorrectionRow) -> rusqlite::Result<()> {
    transaction.execute(
        "INSERT INTO corrections (document, chapter, edits, source, login, at, generation_number, generation_random)
         VALUES (:document, :chapter, :edits, :source, :login, :at, :number, :random)",
        named_params! {
            ":document": row.document,
            ":chapter": row.chapter,
            ":edits": row.edits,
            ":source": row.source,
            ":login": row.login,
            ":at": row.at,
            ":number": row.generation.number,
            ":random": row.generation.random.cast_signed(),
        },
    )?;
    Ok(())
}

/// The corrections of a record of which something new may be found, oldest first; each with what it was found to be so far.
pub fn open(
    connection: &Connection,
    document: &Id,
) -> rusqlite::Result<Vec<(CorrectionRow, Option<String>)>> {
    connection
        .prepare_cached(&format!(
            "SELECT {COLUMNS}, outcome FROM corrections
             WHERE document = ?1 AND due = 1 AND (outcome IS NULL OR outcome = 'shown') ORDER BY id"
        ))?
        .query_map([document], |row| Ok((from_row(row)?, row.get(9)?)))?
        .collect()
}

/// All that wait for a chapter's word, oldest first.
pub fn all_waiting(connection: &Connection) -> rusqlite::Result<Vec<CorrectionRow>> {
    connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM corrections WHERE outcome IS NULL ORDER BY id"))?
        .query_map([], from_row)?
        .collect()
}

/// Every correction of a record with its outcome, newest first.
pub fn of_record(
    connection: &Connection,
    document: &Id,
) -> rusqlite::Result<Vec<(CorrectionRow, Option<String>)>> {
    connection
        .prepare_cached(&format!(
            "SELECT {COLUMNS}, outcome FROM corrections WHERE document = ?1 ORDER BY id DESC"
        ))?
        .query_map([document], |row| Ok((from_row(row)?, row.get(9)?)))?
        .collect()
}

const COLUMNS: &str = "id, document, chapter, edits, source, login, at, generation_number, generation_random";

fn from_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<CorrectionRow> {
    Ok(CorrectionRow {
        id: row.get(0)?,
        document: row.get(1)?,
        chapter: row.get(2)?,
        edits: row.get(3)?,
        source: row.get(4)?,
        login: row.get(5)?,
        at: row.get(6)?,
        generation: StoredGeneration { number: row.get(7)?, random: row.get::<_, i64>(8)?.cast_unsigned() },
    })
}

/// It stands in another generation now.
pub fn moved(transaction: &Transaction<'_>, id: i64, generation: StoredGeneration) -> rusqlite::Result<()> {
    transaction.execute(
        "UPDATE corrections SET generation_number = ?2, generation_random = ?3 WHERE id = ?1",
        (id, generation.number, generation.random.cast_signed()),
    )?;
    Ok(())
}

/// The chapter has spoken: `shown`, `rejected`; or its document is `gone`. `None`: it has to speak again.
pub fn settle(transaction: &Transaction<'_>, id: i64, outcome: Option<&str>) -> rusqlite::Result<()> {
    transaction.execute("UPDATE corrections SET outcome = ?2 WHERE id = ?1", (id, outcome))?;
    Ok(())
}

/// The record says something new: its corrections are due.
pub fn record_changed(transaction: &Transaction<'_>, document: &Id) -> rusqlite::Result<()> {
    transaction
        .prepare_cached("UPDATE corrections SET due = 1 WHERE document = ?1 AND due = 0")?
        .execute([document])?;
    Ok(())
}

/// The chapter is known to hold more of the hub's: what waits for its word is due.
pub fn chapter_heard(transaction: &Transaction<'_>, chapter: &Id) -> rusqlite::Result<()> {
    transaction
        .prepare_cached("UPDATE corrections SET due = 1 WHERE chapter = ?1 AND outcome IS NULL AND due = 0")?
        .execute([chapter])?;
    Ok(())
}

/// All corrections of a record were looked at.
pub fn looked_at(transaction: &Transaction<'_>, document: &Id) -> rusqlite::Result<()> {
    transaction
        .prepare_cached("UPDATE corrections SET due = 0 WHERE document = ?1 AND due = 1")?
        .execute([document])?;
    Ok(())
}

/// Records with corrections that are due.
pub fn documents_due(connection: &Connection, limit: u32) -> rusqlite::Result<Vec<Id>> {
    connection
        .prepare_cached("SELECT DISTINCT document FROM corrections WHERE due = 1 LIMIT ?1")?
        .query_map([limit], |row| row.get(0))?
        .collect()
}
