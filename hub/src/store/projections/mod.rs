//! The projections' rows, and how far the projector has come. Only `project` and the erasure in `ingest` call what
//! writes here.

mod chapter_documents;
mod records;
mod supporters;

use std::collections::BTreeSet;

use helhet_shared::sqlite::Id;
use rusqlite::{Connection, Transaction};

pub use chapter_documents::{ChapterDocumentRow, chapter_documents, put_chapter_document};
pub use records::{
    RecordRow, clear_doubtful, delete_record, documents_under, doubtful, keys_of, put_doubtful, put_record,
    record, records_of, records_of_chapter,
};
pub use supporters::{
    Filter, RoleRow, SupporterRow, count, delete_supporter, put_supporter, role_counts, supporter, supporters,
};

/// Where the projector stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The last change taken in.
    pub change: i64,
    /// Raised by whatever a plan rests on besides new changes: an erasure, a document put into the queue (with what it
    /// was put there for, such as a person's decision), a step that another has stored.
    pub edition: i64,
}

pub fn cursor(connection: &Connection) -> rusqlite::Result<Cursor> {
    connection
        .prepare_cached("SELECT change, edition FROM projected")?
        .query_row([], |row| Ok(Cursor { change: row.get(0)?, edition: row.get(1)? }))
}

pub fn move_cursor(transaction: &Transaction<'_>, change: i64) -> rusqlite::Result<()> {
    transaction.execute("UPDATE projected SET change = ?1", [change])?;
    raise_edition(transaction)
}

/// Makes every plan void that was computed before this transaction.
pub fn raise_edition(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    transaction.prepare_cached("UPDATE projected SET edition = edition + 1")?.execute([])?;
    Ok(())
}

/// How many changes wait to be projected: the lag that screens show.
pub fn lag(connection: &Connection) -> rusqlite::Result<u64> {
    connection
        .query_row(
            "SELECT (SELECT count(*) FROM changes WHERE id > (SELECT change FROM projected))
                  + (SELECT count(*) FROM to_project)",
            [],
            |row| row.get::<_, i64>(0),
        )
        .map(i64::unsigned_abs)
}

/// Whether a document of this zone has changed since it was last projected.
pub fn lags_in_zone(connection: &Connection, zone: u8) -> rusqlite::Result<bool> {
    connection
        .prepare_cached(
            "SELECT 1 FROM changes JOIN held_documents ON held_documents.document = changes.document
             WHERE changes.id > (SELECT change FROM projected) AND held_documents.zone = ?1",
        )?
        .exists([zone])
}

/// What waits: documents in order of arrival, and how far that is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    pub documents: BTreeSet<Id>,
    /// The cursor after these.
    pub change: i64,
    /// The queue's rows among them.
    pub queued: Vec<i64>,
}

pub fn waiting(connection: &Connection, after: i64, changes_max: u32) -> rusqlite::Result<Waiting> {
    let mut waiting = Waiting { change: after, ..Waiting::default() };
    let mut statement = connection.prepare_cached(
        "SELECT id, iif(kind = 0 AND sealed = 0, document, NULL) FROM changes WHERE id > ?1 ORDER BY id LIMIT ?2",
    )?;
    let mut rows = statement.query((after, changes_max))?;
    while let Some(row) = rows.next()? {
        waiting.change = row.get(0)?;
        waiting.documents.extend(row.get::<_, Option<Id>>(1)?);
    }
    let mut statement =
        connection.prepare_cached("SELECT id, document FROM to_project ORDER BY id LIMIT ?1")?;
    let mut rows = statement.query([changes_max])?;
    while let Some(row) = rows.next()? {
        waiting.queued.push(row.get(0)?);
        waiting.documents.insert(row.get(1)?);
    }
    Ok(waiting)
}

/// To be projected anew, for another reason than a new change. That reason was written in the same transaction, so a
/// plan that was computed before knows nothing of it.
pub fn queue(transaction: &Transaction<'_>, document: &Id) -> rusqlite::Result<()> {
    transaction.prepare_cached("INSERT INTO to_project (document) VALUES (?1)")?.execute([document])?;
    raise_edition(transaction)
}

pub fn unqueue(transaction: &Transaction<'_>, rows: &[i64]) -> rusqlite::Result<()> {
    let mut statement = transaction.prepare_cached("DELETE FROM to_project WHERE id = ?1")?;
    for row in rows {
        statement.execute([row])?;
    }
    Ok(())
}

/// Empties every projection and puts the cursor at the beginning.
pub fn clear(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    transaction.execute_batch(
        "DELETE FROM records; DELETE FROM record_keys; DELETE FROM doubtful_pairs; DELETE FROM supporters;
         DELETE FROM supporter_roles; DELETE FROM chapter_documents; DELETE FROM to_project;
         UPDATE projected SET change = 0, edition = edition + 1;",
    )
}

/// Every row of every projection as text, in order: two stores are alike when these are.
pub fn dump(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut lines = Vec::new();
    for table in
        ["records", "record_keys", "doubtful_pairs", "supporters", "supporter_roles", "chapter_documents"]
    {
        let mut statement = connection.prepare(&format!("SELECT * FROM {table}"))?;
        let columns = statement.column_count();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let values: Result<Vec<String>, _> =
                (0..columns).map(|column| row.get_ref(column).map(|value| format!("{value:?}"))).collect();
            lines.push(format!("{table}: {}", values?.join(" | ")));
        }
    }
    lines.sort();
    Ok(lines)
}
