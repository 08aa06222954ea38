//! The chapters the office knows, with the key that each is pinned to.

use helhet_shared::id::ChapterId;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};

/// One chapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChapterRow {
    pub id: ChapterId,
    pub name: String,
    /// Unix seconds.
    pub added_at: i64,
    /// Pinned at the first join.
    pub root_key: Option<[u8; 32]>,
    /// Highest serial seen of the chapter's key; 0 before the first join.
    pub chapter_key_serial: u64,
    pub joined_at: Option<i64>,
    /// Six digits that the chapter's screen shows too.
    pub join_code: Option<String>,
}

const COLUMNS: &str = "id, name, added_at, root_key, chapter_key_serial, joined_at, join_code";

/// Adds a chapter. False when the name is taken.
pub fn add(transaction: &Transaction<'_>, id: ChapterId, name: &str, now: i64) -> rusqlite::Result<bool> {
    let added = transaction.execute(
        "INSERT INTO chapters (id, name, added_at) VALUES (?1, ?2, ?3) ON CONFLICT (name) DO NOTHING",
        (id.as_bytes(), name, now),
    )?;
    Ok(added == 1)
}

pub fn find(connection: &Connection, id: ChapterId) -> rusqlite::Result<Option<ChapterRow>> {
    connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM chapters WHERE id = ?1"))?
        .query_row([id.as_bytes()], from_row)
        .optional()
}

/// Whose root this is.
pub fn find_by_root(connection: &Connection, root: &[u8; 32]) -> rusqlite::Result<Option<ChapterRow>> {
    connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM chapters WHERE root_key = ?1"))?
        .query_row([root], from_row)
        .optional()
}

/// By name, upper and lower case alike.
pub fn find_by_name(connection: &Connection, name: &str) -> rusqlite::Result<Option<ChapterRow>> {
    let name = name.trim().to_lowercase();
    Ok(list(connection)?.into_iter().find(|chapter| chapter.name.to_lowercase() == name))
}

/// All, by name.
pub fn list(connection: &Connection) -> rusqlite::Result<Vec<ChapterRow>> {
    connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM chapters ORDER BY name"))?
        .query_map([], from_row)?
        .collect()
}

/// Pins the root of a chapter that joins. False when another root is pinned already.
pub fn pin_root(
    transaction: &Transaction<'_>,
    id: ChapterId,
    root: &[u8; 32],
    code: &str,
    now: i64,
) -> rusqlite::Result<bool> {
    let pinned = transaction.execute(
        "UPDATE chapters SET root_key = :root, join_code = :code, joined_at = coalesce(joined_at, :now)
         WHERE id = :id AND (root_key IS NULL OR root_key = :root)",
        named_params! { ":root": root, ":code": code, ":now": now, ":id": id.as_bytes() },
    )?;
    Ok(pinned == 1)
}

/// Remembers the chapter key with the highest serial.
pub fn raise_chapter_key(
    transaction: &Transaction<'_>,
    id: ChapterId,
    key: &[u8; 32],
    serial: u64,
) -> rusqlite::Result<()> {
    transaction.execute(
        "UPDATE chapters SET chapter_key = ?2, chapter_key_serial = ?3 WHERE id = ?1 AND chapter_key_serial < ?3",
        (id.as_bytes(), key, serial.cast_signed()),
    )?;
    Ok(())
}

/// The key that a serial was first seen with, if it is the highest: one serial never names two keys.
pub fn chapter_key(connection: &Connection, id: ChapterId) -> rusqlite::Result<Option<[u8; 32]>> {
    connection
        .prepare_cached("SELECT chapter_key FROM chapters WHERE id = ?1")?
        .query_row([id.as_bytes()], |row| row.get(0))
        .optional()
        .map(Option::flatten)
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<ChapterRow> {
    Ok(ChapterRow {
        id: ChapterId::from_bytes(row.get(0)?),
        name: row.get(1)?,
        added_at: row.get(2)?,
        root_key: row.get(3)?,
        chapter_key_serial: row.get::<_, i64>(4)?.cast_unsigned(),
        joined_at: row.get(5)?,
        join_code: row.get(6)?,
    })
}
