//! What hangs on a supporter's row: roles, numbers elsewhere, imports, marks of a double.
use helhet_shared::id::SupporterId;
use rusqlite::{Connection, Params, Row, Transaction};

use crate::store::settings;

/// What hangs on a supporter's row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SupporterFacts {
    /// Role, from, to (ISO days).
    pub roles: Vec<(String, Option<String>, Option<String>)>,
    /// Source, number, line hash; empty where there is none.
    pub externals: Vec<(String, String, String)>,
    /// Ids of the imports that made or changed it.
    pub imports: Vec<String>,
    /// Folded marks; equal ones hint at a double.
    pub marks: Vec<String>,
    /// Those who look alike and are somebody else.
    pub apart: Vec<SupporterId>,
}

/// Puts them in place of what was there, list by list, and leaves a list alone that is the same.
pub(super) fn put(
    transaction: &Transaction<'_>,
    number: i64,
    facts: &SupporterFacts,
) -> rusqlite::Result<()> {
    let SupporterFacts { roles, externals, imports, marks, apart } = facts;
    let put = Put { transaction, number };
    let roles_differ = put.list(
        "supporter_roles",
        "role, from_day, to_day",
        roles,
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        |(role, from, to)| (number, role, from, to),
    )?;
    if roles_differ {
        change_edition(transaction)?;
    }
    put.list(
        "supporter_externals",
        "source, number, line",
        externals,
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        |(source, external, line)| (number, source, external, line),
    )?;
    put.list("supporter_imports", "batch", imports, |row| row.get(0), |batch| (number, batch))?;
    put.list("supporter_marks", "mark", marks, |row| row.get(0), |mark| (number, mark))?;
    put.list(
        "supporter_apart",
        "other",
        apart,
        |row| row.get(0).map(SupporterId::from_bytes),
        |other| (number, *other.as_bytes()),
    )?;
    Ok(())
}

const ROLES: &str = "edition_of_roles";

/// Another whenever somebody was added, removed, or given other roles: what was counted before may be so no more.
pub fn edition_of_roles(connection: &Connection) -> rusqlite::Result<u64> {
    let edition = settings::read_text(connection, ROLES)?;
    Ok(edition.and_then(|edition| edition.parse().ok()).unwrap_or_default())
}

pub(super) fn change_edition(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    let next = edition_of_roles(transaction)? + 1;
    settings::write(transaction, ROLES, next.to_string().as_bytes())
}

struct Put<'t> {
    transaction: &'t Transaction<'t>,
    number: i64,
}

impl Put<'_> {
    /// True when the list is another than before.
    fn list<'l, T: PartialEq, P: Params>(
        &self,
        table: &str,
        columns: &str,
        list: &'l [T],
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
        write: impl Fn(&'l T) -> P,
    ) -> rusqlite::Result<bool> {
        let there: Vec<T> = self
            .transaction
            .prepare_cached(&format!("SELECT {columns} FROM {table} WHERE supporter = ?1 ORDER BY rowid"))?
            .query_map([self.number], read)?
            .collect::<Result<_, _>>()?;
        if there == list {
            return Ok(false);
        }
        let delete = format!("DELETE FROM {table} WHERE supporter = ?1");
        self.transaction.prepare_cached(&delete)?.execute([self.number])?;
        let places = ", ?".repeat(columns.split(',').count());
        let insert = format!("INSERT INTO {table} (supporter, {columns}) VALUES (?{places})");
        let mut insert = self.transaction.prepare_cached(&insert)?;
        for one in list {
            insert.execute(write(one))?;
        }
        Ok(true)
    }
}
