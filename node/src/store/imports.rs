//! What an import made and changed, so that it can be undone.
use helhet_shared::id::SupporterId;
use rusqlite::{Connection, Transaction};

/// An import as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportRow {
    pub id: String,
    /// What the file was called.
    pub file: String,
    pub imported_at: i64,
    pub undone_at: Option<i64>,
}

/// One supporter that an import touched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportChange {
    pub supporter: SupporterId,
    pub made: bool,
    /// JSON, see the table.
    pub reverse: String,
}

/// Opens an import; again is no matter.
pub fn begin(transaction: &Transaction<'_>, id: &str, file: &str, now: i64) -> rusqlite::Result<()> {
    transaction
        .prepare_cached("INSERT OR IGNORE INTO imports (id, file, imported_at) VALUES (?1, ?2, ?3)")?
        .execute((id, file, now))?;
    Ok(())
}

pub fn add_change(
    transaction: &Transaction<'_>,
    import: &str,
    change: &ImportChange,
) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "INSERT INTO import_changes (import, supporter, made, reverse) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute((import, change.supporter.as_bytes(), change.made, &change.reverse))?;
    Ok(())
}

/// What an import did, newest first: the order to undo it in.
pub fn changes(connection: &Connection, import: &str) -> rusqlite::Result<Vec<ImportChange>> {
    connection
        .prepare_cached(
            "SELECT supporter, made, reverse FROM import_changes WHERE import = ?1 ORDER BY id DESC",
        )?
        .query_map([import], |row| {
            Ok(ImportChange {
                supporter: SupporterId::from_bytes(row.get(0)?),
                made: row.get(1)?,
                reverse: row.get(2)?,
            })
        })?
        .collect()
}

/// Marks an import as undone and forgets what it did. False when there is no such import, or it was undone before.
pub fn close(transaction: &Transaction<'_>, import: &str, now: i64) -> rusqlite::Result<bool> {
    transaction.execute("DELETE FROM import_changes WHERE import = ?1", [import])?;
    let changed = transaction
        .execute("UPDATE imports SET undone_at = ?2 WHERE id = ?1 AND undone_at IS NULL", (import, now))?;
    Ok(changed == 1)
}

/// Forgets what imports did to a supporter who is erased.
pub fn forget(transaction: &Transaction<'_>, supporter: SupporterId) -> rusqlite::Result<()> {
    transaction.execute("DELETE FROM import_changes WHERE supporter = ?1", [supporter.as_bytes()])?;
    Ok(())
}

/// All imports, newest first.
pub fn all(connection: &Connection) -> rusqlite::Result<Vec<ImportRow>> {
    connection
        .prepare_cached("SELECT id, file, imported_at, undone_at FROM imports ORDER BY imported_at DESC, id")?
        .query_map([], |row| {
            Ok(ImportRow {
                id: row.get(0)?,
                file: row.get(1)?,
                imported_at: row.get(2)?,
                undone_at: row.get(3)?,
            })
        })?
        .collect()
}
