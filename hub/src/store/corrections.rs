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

/// Waiting, or taken with something new in the record since.
const OPEN: &str = "(outcome IS NULL OR outcome = 'shown' AND EXISTS (
    SELECT 1 FROM changes WHERE changes.document = corrections.document AND changes.id > corrections.looked_at))";

/// The corrections of a record to be looked at, oldest first; each with what it was found to be so far.
pub fn open(
    connection: &Connection,
    document: &Id,
) -> rusqlite::Result<Vec<(CorrectionRow, Option<String>)>> {
    connection
        .prepare_cached(&format!(
            "SELECT {COLUMNS}, outcome FROM corrections WHERE document = ?1 AND {OPEN} ORDER BY id"
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
    transaction.execute(
        "UPDATE corrections SET outcome = ?2, looked_at = (SELECT coalesce(max(id), 0) FROM changes) WHERE id = ?1",
        (id, outcome),
    )?;
    Ok(())
}

/// The records that have a correction to be looked at.
pub fn documents_open(connection: &Connection) -> rusqlite::Result<Vec<Id>> {
    connection
        .prepare_cached(&format!("SELECT DISTINCT document FROM corrections WHERE {OPEN}"))?
        .query_map([], |row| row.get(0))?
        .collect()
}
