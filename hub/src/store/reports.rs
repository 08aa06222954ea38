//! The report history: who took out what, when, why and how much of it.

use rusqlite::{Connection, Transaction, named_params};
use serde::Serialize;

/// One extraction. `what` names a report or a card's id, never a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReportRow {
    /// Unix seconds.
    pub at: i64,
    pub login: String,
    pub what: String,
    pub why: String,
    pub how_many: u64,
}

pub fn add(transaction: &Transaction<'_>, row: &ReportRow) -> rusqlite::Result<()> {
    transaction.execute(
        "INSERT INTO report_history (at, login, what, why, how_many)
         VALUES (:at, :login, :what, :why, :how_many)",
        named_params! {
            ":at": row.at,
            ":login": row.login,
            ":what": row.what,
            ":why": row.why,
            ":how_many": row.how_many.cast_signed(),
        },
    )?;
    Ok(())
}

/// The newest `limit` rows.
pub fn newest(connection: &Connection, limit: u32) -> rusqlite::Result<Vec<ReportRow>> {
    connection
        .prepare_cached(
            "SELECT at, login, what, why, how_many FROM report_history ORDER BY id DESC LIMIT ?1",
        )?
        .query_map([limit], |row| {
            Ok(ReportRow {
                at: row.get(0)?,
                login: row.get(1)?,
                what: row.get(2)?,
                why: row.get(3)?,
                how_many: row.get::<_, i64>(4)?.cast_unsigned(),
            })
        })?
        .collect()
}

/// Whether the same user took out the same, and no less of it, since a moment.
pub fn is_told(connection: &Connection, row: &ReportRow, since: i64) -> rusqlite::Result<bool> {
    connection
        .prepare_cached(
            "SELECT 1 FROM report_history WHERE login = ?1 AND what = ?2 AND how_many >= ?3 AND at >= ?4",
        )?
        .exists((&row.login, &row.what, row.how_many.cast_signed(), since))
}
