//! The projections' rows. Only `project` and the erasure in `ingest` call what writes here.

use std::collections::BTreeSet;

use helhet_shared::sqlite::Id;
use rusqlite::{Connection, OptionalExtension, Transaction, named_params};

/// Where the projector stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The last change taken in.
    pub change: i64,
    /// How many erasures there have been.
    pub erasures: i64,
}

pub fn cursor(connection: &Connection) -> rusqlite::Result<Cursor> {
    connection
        .prepare_cached("SELECT change, erasures FROM projected")?
        .query_row([], |row| Ok(Cursor { change: row.get(0)?, erasures: row.get(1)? }))
}

pub fn move_cursor(transaction: &Transaction<'_>, change: i64) -> rusqlite::Result<()> {
    transaction.execute("UPDATE projected SET change = ?1", [change])?;
    Ok(())
}

pub fn note_erasure(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    transaction.execute("UPDATE projected SET erasures = erasures + 1", [])?;
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
        "SELECT id, iif(kind = 0, document, NULL) FROM changes WHERE id > ?1 ORDER BY id LIMIT ?2",
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

pub fn queue(transaction: &Transaction<'_>, document: &Id) -> rusqlite::Result<()> {
    transaction.prepare_cached("INSERT INTO to_project (document) VALUES (?1)")?.execute([document])?;
    Ok(())
}

pub fn unqueue(transaction: &Transaction<'_>, rows: &[i64]) -> rusqlite::Result<()> {
    let mut statement = transaction.prepare_cached("DELETE FROM to_project WHERE id = ?1")?;
    for row in rows {
        statement.execute([row])?;
    }
    Ok(())
}

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

/// One line of the national list.
#[derive(Clone, PartialEq, Eq)]
pub struct SupporterRow {
    pub id: Id,
    pub kind: String,
    pub display_name: String,
    pub sort_name: String,
    /// Folded.
    pub search_text: String,
    /// The national record as JSON.
    pub national: String,
}

impl std::fmt::Debug for SupporterRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SupporterRow(hidden)")
    }
}

pub fn put_supporter(
    transaction: &Transaction<'_>,
    supporter: &SupporterRow,
    roles: &BTreeSet<String>,
) -> rusqlite::Result<()> {
    delete_supporter(transaction, &supporter.id)?;
    transaction
        .prepare_cached(
            "INSERT INTO supporters (id, kind, display_name, sort_name, search_text, national)
             VALUES (:id, :kind, :display_name, :sort_name, :search_text, :national)",
        )?
        .execute(named_params! {
            ":id": supporter.id,
            ":kind": supporter.kind,
            ":display_name": supporter.display_name,
            ":sort_name": supporter.sort_name,
            ":search_text": supporter.search_text,
            ":national": supporter.national,
        })?;
    let mut statement =
        transaction.prepare_cached("INSERT INTO supporter_roles (supporter, role) VALUES (?1, ?2)")?;
    for role in roles {
        statement.execute((supporter.id, role))?;
    }
    Ok(())
}

pub fn delete_supporter(transaction: &Transaction<'_>, id: &Id) -> rusqlite::Result<()> {
    transaction.prepare_cached("DELETE FROM supporters WHERE id = ?1")?.execute([id])?;
    transaction.prepare_cached("DELETE FROM supporter_roles WHERE supporter = ?1")?.execute([id])?;
    Ok(())
}

pub fn supporter(connection: &Connection, id: &Id) -> rusqlite::Result<Option<SupporterRow>> {
    connection
        .prepare_cached(
            "SELECT id, kind, display_name, sort_name, search_text, national FROM supporters WHERE id = ?1",
        )?
        .query_row([id], supporter_from_row)
        .optional()
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Folded words, all of which must occur.
    pub words: Vec<String>,
    pub role: Option<String>,
}

/// The national list by name. `limit` of `None` gives it whole.
pub fn supporters(
    connection: &Connection,
    filter: &Filter,
    limit: Option<u32>,
    offset: u32,
) -> rusqlite::Result<Vec<SupporterRow>> {
    let mut sql = String::from(
        "SELECT id, kind, display_name, sort_name, search_text, national FROM supporters WHERE 1",
    );
    let mut values: Vec<rusqlite::types::Value> = Vec::new();
    for word in &filter.words {
        sql.push_str(" AND instr(search_text, ?) > 0");
        values.push(word.clone().into());
    }
    if let Some(role) = &filter.role {
        sql.push_str(" AND id IN (SELECT supporter FROM supporter_roles WHERE role = ?)");
        values.push(role.clone().into());
    }
    sql.push_str(" ORDER BY sort_name, id LIMIT ? OFFSET ?");
    values.push(limit.map_or(-1, i64::from).into());
    values.push(i64::from(offset).into());
    connection
        .prepare_cached(&sql)?
        .query_map(rusqlite::params_from_iter(values), supporter_from_row)?
        .collect()
}

/// How many supporters there are under a filter.
pub fn count(connection: &Connection, filter: &Filter) -> rusqlite::Result<u64> {
    if filter.words.is_empty() && filter.role.is_none() {
        let count = connection.query_row("SELECT count(*) FROM supporters", [], |row| row.get::<_, i64>(0));
        return count.map(i64::unsigned_abs);
    }
    Ok(supporters(connection, filter, None, 0)?.len() as u64)
}

fn supporter_from_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<SupporterRow> {
    Ok(SupporterRow {
        id: row.get(0)?,
        kind: row.get(1)?,
        display_name: row.get(2)?,
        sort_name: row.get(3)?,
        search_text: row.get(4)?,
        national: row.get(5)?,
    })
}

/// How many supporters hold each role, the most frequent first.
pub fn role_counts(connection: &Connection) -> rusqlite::Result<Vec<(String, u64)>> {
    connection
        .prepare_cached("SELECT role, count(*) FROM supporter_roles GROUP BY role ORDER BY 2 DESC, 1")?
        .query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs())))?
        .collect()
}

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

/// Empties every projection and puts the cursor at the beginning.
pub fn clear(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    transaction.execute_batch(
        "DELETE FROM records; DELETE FROM record_keys; DELETE FROM doubtful_pairs; DELETE FROM supporters;
         DELETE FROM supporter_roles; DELETE FROM chapter_documents; DELETE FROM to_project;
         UPDATE projected SET change = 0, erasures = erasures + 1;",
    )
}

/// Every row of every projection as text, in order: two stores are alike when these are.
pub fn dump(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut lines = Vec::new();
    for table in
        ["records", "record_keys", "doubtful_pairs", "supporters", "supporter_roles", "chapter_documents"]
    {
        let mut statement = connection.prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2"))?;
        let columns = statement.column_count();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let values: Result<Vec<String>, _> =
                (0..columns).map(|column| row.get_ref(column).map(|value| format!("{value:?}"))).collect();
            lines.push(format!("{table}: {}", values?.join(" | ")));
        }
    }
    Ok(lines)
}
