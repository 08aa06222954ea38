//! Imports of the office's own files: what each made and changed, so that it can be taken back, and whom its lines
//! might be besides.

use helhet_shared::sqlite::Id;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};

/// An import as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportRow {
    pub id: String,
    /// What the file was called.
    pub file: String,
    pub kind: ImportKind,
    /// Unix seconds.
    pub imported_at: i64,
    /// Supporters it made and changed, gifts it brought.
    pub made: u64,
    pub changed: u64,
    pub gifts: u64,
    pub undone_at: Option<i64>,
}

/// What the lines of a file were.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportKind {
    Gifts,
    Supporters,
}

/// What an import did to one supporter.
#[derive(Clone, PartialEq, Eq)]
pub struct ChangeRow {
    pub id: i64,
    pub supporter: Id,
    /// The way back; see [`helhet_shared::import::reverse`].
    pub reverse: String,
}

impl std::fmt::Debug for ChangeRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ChangeRow").field("id", &self.id).finish_non_exhaustive()
    }
}

/// What taking an import back does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Undone {
    /// Supporters that are erased.
    pub erased: u64,
    /// Supporters that it made and that stay, because another file's gift or change rests on them.
    pub kept: u64,
    /// Supporters that are put back to what they were.
    pub reversed: u64,
    /// Gifts that are reversed in the ledger.
    pub gifts: u64,
}

const COLUMNS: &str = "id, file, kind, imported_at, made, changed, gifts, undone_at";

/// Notes an import that was carried out; what it did is added by [`add_made`] and [`add_change`], after it.
pub fn add(transaction: &Transaction<'_>, row: &ImportRow) -> rusqlite::Result<()> {
    transaction.execute(
        "INSERT INTO imports (id, file, kind, imported_at, made, changed, gifts)
         VALUES (:id, :file, :kind, :imported_at, :made, :changed, :gifts)",
        named_params! {
            ":id": row.id,
            ":file": row.file,
            ":kind": row.kind.code(),
            ":imported_at": row.imported_at,
            ":made": row.made.cast_signed(),
            ":changed": row.changed.cast_signed(),
            ":gifts": row.gifts.cast_signed(),
        },
    )?;
    Ok(())
}

/// All, newest first.
pub fn all(connection: &Connection) -> rusqlite::Result<Vec<ImportRow>> {
    connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM imports ORDER BY imported_at DESC, id"))?
        .query_map([], from_row)?
        .collect()
}

pub fn find(connection: &Connection, id: &str) -> rusqlite::Result<Option<ImportRow>> {
    connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM imports WHERE id = ?1"))?
        .query_row([id], from_row)
        .optional()
}

pub fn add_made(transaction: &Transaction<'_>, import: &str, supporter: &Id) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "INSERT INTO import_changes (import, supporter, made, reverse) VALUES (?1, ?2, 1, '[]')",
        )?
        .execute((import, supporter))?;
    Ok(())
}

pub fn add_change(
    transaction: &Transaction<'_>,
    import: &str,
    supporter: &Id,
    reverse: &str,
) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "INSERT INTO import_changes (import, supporter, made, reverse) VALUES (?1, ?2, 0, ?3)",
        )?
        .execute((import, supporter, reverse))?;
    Ok(())
}

/// What an import changed and did not make, newest first: the order to take it back in.
pub fn changes(connection: &Connection, import: &str) -> rusqlite::Result<Vec<ChangeRow>> {
    connection
        .prepare_cached(
            "SELECT id, supporter, reverse FROM import_changes WHERE import = ?1 AND NOT made ORDER BY id DESC",
        )?
        .query_map([import], |row| {
            Ok(ChangeRow { id: row.get(0)?, supporter: row.get(1)?, reverse: row.get(2)? })
        })?
        .collect()
}

/// A change was taken back.
pub fn forget_change(transaction: &Transaction<'_>, id: i64) -> rusqlite::Result<()> {
    transaction.execute("DELETE FROM import_changes WHERE id = ?1", [id])?;
    Ok(())
}

pub fn mark_undone(transaction: &Transaction<'_>, id: &str, now: i64) -> rusqlite::Result<()> {
    transaction.execute("UPDATE imports SET undone_at = ?2 WHERE id = ?1", (id, now))?;
    Ok(())
}

/// Nothing but an import that is not taken back rests on these: no gift of theirs stands, no change.
const ALONE: &str = "NOT EXISTS (
        SELECT 1 FROM gifts WHERE gifts.donor = own.supporter AND gifts.batch <> :import AND gifts.reverses IS NULL
            AND NOT EXISTS (SELECT 1 FROM gifts AS later WHERE later.reverses = gifts.id))
    AND NOT EXISTS (
        SELECT 1 FROM import_changes AS other JOIN imports ON imports.id = other.import
        WHERE other.supporter = own.supporter AND NOT other.made AND other.import <> :import
            AND imports.undone_at IS NULL)";

/// Whom an import made that can be erased with it, and whom earlier ones made that were kept for its sake alone.
pub fn erasable(connection: &Connection, import: &str) -> rusqlite::Result<Vec<Id>> {
    connection
        .prepare_cached(&format!(
            "SELECT own.supporter FROM import_changes AS own JOIN imports AS maker ON maker.id = own.import
             WHERE own.made AND (own.import = :import OR maker.undone_at IS NOT NULL) AND {ALONE}
             ORDER BY own.id"
        ))?
        .query_map(named_params! { ":import": import }, |row| row.get(0))?
        .collect()
}

/// What taking an import back would do now; `None` where there is none or it was taken back before.
pub fn would_undo(connection: &Connection, import: &str) -> rusqlite::Result<Option<Undone>> {
    if find(connection, import)?.is_none_or(|row| row.undone_at.is_some()) {
        return Ok(None);
    }
    let count = |sql: &str| {
        let count = connection
            .prepare_cached(sql)?
            .query_row(named_params! { ":import": import }, |row| row.get::<_, i64>(0));
        count.map(i64::unsigned_abs)
    };
    Ok(Some(Undone {
        erased: erasable(connection, import)?.len() as u64,
        kept: count(&format!(
            "SELECT count(*) FROM import_changes AS own WHERE own.import = :import AND own.made AND NOT ({ALONE})"
        ))?,
        reversed: count(
            "SELECT count(DISTINCT supporter) FROM import_changes WHERE import = :import AND NOT made",
        )?,
        gifts: count(
            "SELECT count(*) FROM gifts WHERE batch = :import AND reverses IS NULL
             AND NOT EXISTS (SELECT 1 FROM gifts AS later WHERE later.reverses = gifts.id)",
        )?,
    }))
}

/// Notes that two of the office's own supporters might be one.
pub fn add_possible_double(transaction: &Transaction<'_>, one: &Id, other: &Id) -> rusqlite::Result<()> {
    if one == other {
        return Ok(());
    }
    transaction
        .prepare_cached("INSERT INTO possible_doubles (one, other) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?
        .execute((one.min(other), one.max(other)))?;
    Ok(())
}

/// The pairs that imports noted, that are still two, and of which nobody has said anything yet.
pub fn possible_doubles(connection: &Connection) -> rusqlite::Result<Vec<(Id, Id)>> {
    connection
        .prepare_cached(
            "SELECT pair.one, pair.other FROM possible_doubles AS pair
             JOIN records AS a ON a.document = pair.one JOIN records AS b ON b.document = pair.other
             WHERE a.supporter <> b.supporter AND NOT EXISTS (
                 SELECT 1 FROM link_decisions AS said WHERE said.one = pair.one AND said.other = pair.other)
             ORDER BY 1, 2",
        )?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

impl ImportKind {
    fn code(self) -> &'static str {
        match self {
            Self::Gifts => "gifts",
            Self::Supporters => "supporters",
        }
    }
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<ImportRow> {
    let kind: String = row.get(2)?;
    Ok(ImportRow {
        id: row.get(0)?,
        file: row.get(1)?,
        kind: if kind == ImportKind::Gifts.code() { ImportKind::Gifts } else { ImportKind::Supporters },
        imported_at: row.get(3)?,
        made: row.get::<_, i64>(4)?.unsigned_abs(),
        changed: row.get::<_, i64>(5)?.unsigned_abs(),
        gifts: row.get::<_, i64>(6)?.unsigned_abs(),
        undone_at: row.get(7)?,
    })
}
