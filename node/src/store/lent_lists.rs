//! Lists that are lent to event helpers of this computer.
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction};

/// A list as lent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LentRow {
    pub id: String,
    /// The helper's login.
    pub helper: String,
    /// `role:…` or `tag:…`.
    pub list: String,
    /// The last day on which it is lent, ISO.
    pub until: String,
    /// The login of who lent it.
    pub lent_by: String,
}

/// Lends one to the user of this number.
pub fn add(transaction: &Transaction<'_>, row: &LentRow, helper: i64, now: i64) -> rusqlite::Result<()> {
    transaction.execute(
        "INSERT INTO lent_lists (id, helper, list, until, lent_by, lent_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        (&row.id, helper, &row.list, &row.until, &row.lent_by, now),
    )?;
    Ok(())
}

/// All that are lent on a day, by helper and end.
pub fn all(connection: &Connection, today: &str) -> rusqlite::Result<Vec<LentRow>> {
    connection
        .prepare_cached(&format!("{SELECT} WHERE until >= ?1 ORDER BY login, until, list"))?
        .query_map([today], from_row)?
        .collect()
}

/// One, if it is lent on a day.
pub fn one(connection: &Connection, id: &str, today: &str) -> rusqlite::Result<Option<LentRow>> {
    connection
        .prepare_cached(&format!("{SELECT} WHERE lent_lists.id = ?1 AND until >= ?2"))?
        .query_row([id, today], from_row)
        .optional()
}

/// Takes one back.
pub fn remove(transaction: &Transaction<'_>, id: &str) -> rusqlite::Result<()> {
    transaction.execute("DELETE FROM lent_lists WHERE id = ?1", [id])?;
    Ok(())
}

/// Takes back all that a user has.
pub fn remove_of(transaction: &Transaction<'_>, helper: i64) -> rusqlite::Result<()> {
    transaction.execute("DELETE FROM lent_lists WHERE helper = ?1", [helper])?;
    Ok(())
}

/// Forgets those that have ended before a day: a clock that is set back brings none again.
pub fn sweep(transaction: &Transaction<'_>, today: &str) -> rusqlite::Result<()> {
    transaction.execute("DELETE FROM lent_lists WHERE until < ?1", [today])?;
    Ok(())
}

/// Whether one has ended before a day.
pub fn has_ended(connection: &Connection, today: &str) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM lent_lists WHERE until < ?1)")?
        .query_row([today], |row| row.get(0))
}

const SELECT: &str = "SELECT lent_lists.id, login, list, until, lent_by
                      FROM lent_lists JOIN users ON users.id = helper";

fn from_row(row: &Row<'_>) -> rusqlite::Result<LentRow> {
    Ok(LentRow {
        id: row.get(0)?,
        helper: row.get(1)?,
        list: row.get(2)?,
        until: row.get(3)?,
        lent_by: row.get(4)?,
    })
}
