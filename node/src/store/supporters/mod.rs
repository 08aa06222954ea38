//! The tables that lists and pages read. Written by `project.rs` alone.
use helhet_shared::id::{DocumentId, SupporterId};
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, named_params};

mod facts;

pub use facts::{SupporterFacts, edition_of_roles};

/// A supporter as screens and lists read it.
#[derive(Clone, PartialEq, Eq)]
pub struct SupporterRow {
    pub id: SupporterId,
    pub shared_document: Option<DocumentId>,
    pub confidential_document: Option<DocumentId>,
    /// `person` or `organisation`.
    pub kind: String,
    pub sort_name: String,
    pub display_name: String,
    pub search_text: String,
    /// As the command line prints it.
    pub json: String,
    /// How many of its values are in conflict.
    pub disputed: u32,
    /// How many of its values cannot be read.
    pub unreadable: u32,
    /// Whether it said no to being known to the office.
    pub said_no: bool,
    /// Whether its accepted declaration is on record.
    pub declared: bool,
    /// Whether the office is given nothing until a person confirms.
    pub withheld: bool,
}

impl std::fmt::Debug for SupporterRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SupporterRow({})", self.id)
    }
}

/// Puts a supporter's rows in place of what was there. What is there already is not written again: each page that is
/// written is encrypted and flushed, and most edits touch one field.
pub fn put(
    transaction: &Transaction<'_>,
    row: &SupporterRow,
    facts: &SupporterFacts,
) -> rusqlite::Result<()> {
    let number: i64 = transaction
        .prepare_cached(
            "INSERT INTO supporters (id, shared_document, confidential_document, kind, sort_name, display_name,
                                     search_text, json, disputed, unreadable, said_no, declared, withheld)
             VALUES (:id, :shared, :confidential, :kind, :sort_name, :display_name, :search_text, :json, :disputed,
                     :unreadable, :said_no, :declared, :withheld)
             ON CONFLICT (id) DO UPDATE SET
                 confidential_document = excluded.confidential_document, kind = excluded.kind,
                 display_name = excluded.display_name, search_text = excluded.search_text, json = excluded.json,
                 disputed = excluded.disputed, unreadable = excluded.unreadable, said_no = excluded.said_no,
                 declared = excluded.declared, withheld = excluded.withheld
             RETURNING row",
        )?
        .query_row(
            named_params! {
                ":id": row.id.as_bytes(),
                ":shared": row.shared_document.as_ref().map(DocumentId::as_bytes),
                ":confidential": row.confidential_document.as_ref().map(DocumentId::as_bytes),
                ":kind": row.kind,
                ":sort_name": row.sort_name,
                ":display_name": row.display_name,
                ":search_text": row.search_text,
                ":json": row.json,
                ":disputed": row.disputed,
                ":unreadable": row.unreadable,
                ":said_no": row.said_no,
                ":declared": row.declared,
                ":withheld": row.withheld,
            },
            |row| row.get(0),
        )?;
    // A row that was made, and not found, is the newest.
    if transaction.last_insert_rowid() == number {
        facts::change_edition(transaction)?;
    }
    // Apart from the others because they are indexed.
    let shared = row.shared_document.as_ref().map(DocumentId::as_bytes);
    transaction
        .prepare_cached(
            "UPDATE supporters SET shared_document = ?2, sort_name = ?3
             WHERE row = ?1 AND (shared_document IS NOT ?2 OR sort_name IS NOT ?3)",
        )?
        .execute((number, shared, &row.sort_name))?;
    facts::put(transaction, number, facts)
}

/// Removes a supporter's rows.
pub fn remove(transaction: &Transaction<'_>, id: SupporterId) -> rusqlite::Result<()> {
    transaction.prepare_cached("DELETE FROM supporters WHERE id = ?1")?.execute([id.as_bytes()])?;
    facts::change_edition(transaction)
}

/// Empties the tables, for a rebuild.
pub fn clear(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    transaction.execute_batch("DELETE FROM supporters; DELETE FROM refusals;")
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Folded words, all of which must occur.
    pub words: Vec<String>,
    /// A role held on `day`.
    pub role: Option<String>,
    /// An ISO day.
    pub day: String,
    /// A tag that they carry.
    pub tag: Option<String>,
    /// At most this many, after `offset`; None for all.
    pub limit: Option<u32>,
    pub offset: u32,
}

/// Supporters by name.
pub fn list(connection: &Connection, filter: &Filter) -> rusqlite::Result<Vec<SupporterRow>> {
    let (condition, values) = condition(filter);
    let sql = format!(
        "SELECT {COLUMNS} FROM supporters WHERE {condition} ORDER BY sort_name, id LIMIT {} OFFSET {}",
        filter.limit.map_or(-1, i64::from),
        filter.offset,
    );
    let mut statement = connection.prepare_cached(&sql)?;
    statement.query_map(rusqlite::params_from_iter(values), from_row)?.collect()
}

/// How many a filter lets through.
pub fn count(connection: &Connection, filter: &Filter) -> rusqlite::Result<u32> {
    let (condition, values) = condition(filter);
    let sql = format!("SELECT count(*) FROM supporters WHERE {condition}");
    connection.prepare_cached(&sql)?.query_row(rusqlite::params_from_iter(values), |row| row.get(0))
}

/// The WHERE clause of a filter, made of fixed pieces, and its values.
fn condition(filter: &Filter) -> (String, Vec<String>) {
    let mut sql = "1".to_owned();
    let mut values = Vec::new();
    for word in &filter.words {
        sql.push_str(" AND instr(search_text, ?) > 0");
        values.push(word.clone());
    }
    if let Some(role) = &filter.role {
        sql.push_str(
            " AND row IN (SELECT supporter FROM supporter_roles
                          WHERE role = ? AND (from_day IS NULL OR from_day <= ?) AND (to_day IS NULL OR to_day > ?))",
        );
        values.extend([role.clone(), filter.day.clone(), filter.day.clone()]);
    }
    if let Some(tag) = &filter.tag {
        sql.push_str(" AND EXISTS (SELECT 1 FROM json_each(supporters.json, '$.tags') WHERE value = ?)");
        values.push(tag.clone());
    }
    (sql, values)
}

/// Every tag that somebody carries.
pub fn tags(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    connection
        .prepare_cached(
            "SELECT DISTINCT tag.value FROM supporters, json_each(supporters.json, '$.tags') AS tag ORDER BY 1",
        )?
        .query_map([], |row| row.get(0))?
        .collect()
}

/// One supporter.
pub fn one(connection: &Connection, id: SupporterId) -> rusqlite::Result<Option<SupporterRow>> {
    connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM supporters WHERE id = ?1"))?
        .query_row([id.as_bytes()], from_row)
        .optional()
}

/// The supporter whose shared or confidential document this is.
pub fn of_document(connection: &Connection, document: DocumentId) -> rusqlite::Result<Option<SupporterId>> {
    connection
        .prepare_cached("SELECT id FROM supporters WHERE shared_document = ?1")?
        .query_row([document.as_bytes()], |row| row.get(0).map(SupporterId::from_bytes))
        .optional()
}

/// The ids between two bounds, at most two: enough to know whether a prefix is unique.
pub fn between(
    connection: &Connection,
    low: &[u8; 16],
    high: &[u8; 16],
) -> rusqlite::Result<Vec<SupporterId>> {
    connection
        .prepare_cached("SELECT id FROM supporters WHERE id BETWEEN ?1 AND ?2 LIMIT 2")?
        .query_map((low, high), |row| row.get(0).map(SupporterId::from_bytes))?
        .collect()
}

/// How many there are, how many have a shared document, how many said no to it, and how many are members on `day`
/// without a recorded declaration.
pub fn office_counts(connection: &Connection, day: &str) -> rusqlite::Result<(u32, u32, u32, u32)> {
    connection
        .prepare_cached(
            "SELECT count(*),
                    count(*) FILTER (WHERE EXISTS (SELECT 1 FROM documents WHERE document = shared_document)),
                    count(*) FILTER (WHERE said_no),
                    count(*) FILTER (WHERE NOT declared AND row IN
                        (SELECT supporter FROM supporter_roles WHERE role = 'member'
                         AND (from_day IS NULL OR from_day <= ?1) AND (to_day IS NULL OR to_day > ?1)))
             FROM supporters",
        )?
        .query_row([day], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
}

/// Who is known under a number of a source.
pub fn by_external_number(
    connection: &Connection,
    source: &str,
    number: &str,
) -> rusqlite::Result<Vec<SupporterId>> {
    connection
        .prepare_cached(
            "SELECT DISTINCT id FROM supporter_externals JOIN supporters ON row = supporter
             WHERE source = ?1 AND number = ?2",
        )?
        .query_map((source, number), |row| row.get(0).map(SupporterId::from_bytes))?
        .collect()
}

/// Whom a line of a source made or changed.
pub fn by_line(connection: &Connection, source: &str, line: &str) -> rusqlite::Result<Option<SupporterId>> {
    connection
        .prepare_cached(
            "SELECT id FROM supporter_externals JOIN supporters ON row = supporter
             WHERE source = ?1 AND line = ?2 LIMIT 1",
        )?
        .query_row((source, line), |row| row.get(0).map(SupporterId::from_bytes))
        .optional()
}

/// Pairs with a mark in common, each pair once, but for those that were told apart.
pub fn sharing_a_mark(connection: &Connection) -> rusqlite::Result<Vec<(SupporterId, SupporterId)>> {
    connection
        .prepare_cached(
            "SELECT DISTINCT one.id, other.id
             FROM supporter_marks AS mine
             JOIN supporter_marks AS theirs ON theirs.mark = mine.mark AND theirs.supporter > mine.supporter
             JOIN supporters AS one ON one.row = mine.supporter
             JOIN supporters AS other ON other.row = theirs.supporter
             WHERE NOT EXISTS (SELECT 1 FROM supporter_apart AS apart
                               WHERE (apart.supporter = one.row AND apart.other = other.id)
                                  OR (apart.supporter = other.row AND apart.other = one.id))
             ORDER BY one.sort_name, other.sort_name",
        )?
        .query_map([], |row| {
            Ok((SupporterId::from_bytes(row.get(0)?), SupporterId::from_bytes(row.get(1)?)))
        })?
        .collect()
}

/// Everybody whom an import made or changed.
pub fn of_import(connection: &Connection, batch: &str) -> rusqlite::Result<Vec<SupporterId>> {
    connection
        .prepare_cached(
            "SELECT DISTINCT id FROM supporter_imports JOIN supporters ON row = supporter WHERE batch = ?1",
        )?
        .query_map([batch], |row| row.get(0).map(SupporterId::from_bytes))?
        .collect()
}

/// Those with values in conflict.
pub fn disputed(connection: &Connection) -> rusqlite::Result<Vec<SupporterRow>> {
    connection
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM supporters WHERE disputed > 0 ORDER BY sort_name, id"
        ))?
        .query_map([], from_row)?
        .collect()
}

/// Those of whom the office is given nothing until a person confirms.
pub fn withheld(connection: &Connection) -> rusqlite::Result<Vec<SupporterRow>> {
    connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM supporters WHERE withheld ORDER BY sort_name, id"))?
        .query_map([], from_row)?
        .collect()
}

/// Every supporter's shared document, out or not.
pub fn shared_documents(connection: &Connection) -> rusqlite::Result<Vec<(SupporterId, DocumentId)>> {
    connection
        .prepare_cached("SELECT id, shared_document FROM supporters WHERE shared_document IS NOT NULL")?
        .query_map([], |row| Ok((SupporterId::from_bytes(row.get(0)?), DocumentId::from_bytes(row.get(1)?))))?
        .collect()
}

const COLUMNS: &str =
    "id, shared_document, confidential_document, kind, sort_name, display_name, search_text, json,
                       disputed, unreadable, said_no, declared, withheld";

fn from_row(row: &Row<'_>) -> rusqlite::Result<SupporterRow> {
    Ok(SupporterRow {
        id: SupporterId::from_bytes(row.get(0)?),
        shared_document: row.get::<_, Option<[u8; 16]>>(1)?.map(DocumentId::from_bytes),
        confidential_document: row.get::<_, Option<[u8; 16]>>(2)?.map(DocumentId::from_bytes),
        kind: row.get(3)?,
        sort_name: row.get(4)?,
        display_name: row.get(5)?,
        search_text: row.get(6)?,
        json: row.get(7)?,
        disputed: row.get(8)?,
        unreadable: row.get(9)?,
        said_no: row.get(10)?,
        declared: row.get(11)?,
        withheld: row.get(12)?,
    })
}

/// Everybody.
pub fn ids(connection: &Connection) -> rusqlite::Result<Vec<SupporterId>> {
    connection
        .prepare_cached("SELECT id FROM supporters ORDER BY row")?
        .query_map([], |row| row.get(0).map(SupporterId::from_bytes))?
        .collect()
}

/// Who has a role that begins or ends after day `since` and not after day `until`.
pub fn whose_roles_turn(
    connection: &Connection,
    since: &str,
    until: &str,
) -> rusqlite::Result<Vec<SupporterId>> {
    connection
        .prepare_cached(
            "SELECT DISTINCT id FROM supporter_roles JOIN supporters ON row = supporter
             WHERE (from_day > ?1 AND from_day <= ?2) OR (to_day > ?1 AND to_day <= ?2)",
        )?
        .query_map((since, until), |row| row.get(0).map(SupporterId::from_bytes))?
        .collect()
}

/// How many supporters there are, and how many hold each role on a day: the days as [`RoleDays`] reads them.
///
/// [`RoleDays`]: helhet_shared::supporter::RoleDays
pub fn figures(connection: &Connection, today: &str) -> rusqlite::Result<(u32, Vec<(String, u32)>)> {
    let all = connection.query_row("SELECT count(*) FROM supporters", [], |row| row.get(0))?;
    let holding = connection
        .prepare_cached(
            "SELECT role, count(DISTINCT supporter) FROM supporter_roles
             WHERE (from_day IS NULL OR from_day <= ?1) AND (to_day IS NULL OR to_day > ?1)
             GROUP BY role ORDER BY role",
        )?
        .query_map([today], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    Ok((all, holding))
}
