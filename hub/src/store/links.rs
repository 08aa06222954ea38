//! People's decisions about pairs of records. Never a projection.

use std::collections::BTreeSet;

use helhet_shared::sqlite::Id;
use rusqlite::{Connection, Transaction};

/// Keeps a decision's code in place of an earlier one about the same pair; `None` takes it back.
pub fn decide(
    transaction: &Transaction<'_>,
    pair: (&Id, &Id),
    decision: Option<&str>,
    login: &str,
    now: i64,
) -> rusqlite::Result<()> {
    let (one, other) = if pair.0 < pair.1 { pair } else { (pair.1, pair.0) };
    transaction.execute("DELETE FROM link_decisions WHERE one = ?1 AND other = ?2", (one, other))?;
    if let Some(decision) = decision {
        transaction.execute(
            "INSERT INTO link_decisions (one, other, decision, login, at) VALUES (?1, ?2, ?3, ?4, ?5)",
            (one, other, decision, login, now),
        )?;
    }
    Ok(())
}

/// A decision with who made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionRow {
    pub one: Id,
    pub other: Id,
    /// The decision's code.
    pub decision: String,
    pub login: String,
    /// Unix seconds.
    pub at: i64,
}

/// The decisions that name a record, newest first.
pub fn told_of(connection: &Connection, document: &Id) -> rusqlite::Result<Vec<DecisionRow>> {
    connection
        .prepare_cached(
            "SELECT one, other, decision, login, at FROM link_decisions WHERE one = ?1 OR other = ?1 ORDER BY at DESC",
        )?
        .query_map([document], |row| {
            Ok(DecisionRow {
                one: row.get(0)?,
                other: row.get(1)?,
                decision: row.get(2)?,
                login: row.get(3)?,
                at: row.get(4)?,
            })
        })?
        .collect()
}

/// Every decision that names one of `documents`.
pub fn decisions_of(
    connection: &Connection,
    documents: &BTreeSet<Id>,
) -> rusqlite::Result<Vec<(Id, Id, String)>> {
    let mut statement = connection.prepare_cached(
        "SELECT one, other, decision FROM link_decisions WHERE one = ?1
         UNION SELECT one, other, decision FROM link_decisions WHERE other = ?1",
    )?;
    let mut found = Vec::new();
    for document in documents {
        let rows = statement.query_map([document], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        for row in rows {
            found.push(row?);
        }
    }
    Ok(found)
}
