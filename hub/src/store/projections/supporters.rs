//! The national list: one row per real supporter, put together from its records.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use helhet_shared::sqlite::Id;
use helhet_shared::supporter::RoleDays;
use rusqlite::{Connection, OptionalExtension, Transaction, named_params};

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

/// A role with its days. Whether it holds is asked when one looks: the rows know nothing of what day it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RoleRow {
    pub role: String,
    pub days: RoleDays,
}

/// [`RoleDays::current`] on the day `?`, twice.
const HOLDS: &str = "(from_day IS NULL OR from_day <= ?) AND (to_day IS NULL OR to_day > ?)";

pub fn put_supporter(
    transaction: &Transaction<'_>,
    supporter: &SupporterRow,
    roles: &BTreeSet<RoleRow>,
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
    let mut statement = transaction.prepare_cached(
        "INSERT INTO supporter_roles (supporter, role, from_day, to_day) VALUES (?1, ?2, ?3, ?4)",
    )?;
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
    for RoleRow { role, days } in roles {
        statement.execute((supporter.id, role, day(days.from), day(days.to)))?;
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
    /// A role, and the day on which it should hold.
    pub role: Option<(String, NaiveDate)>,
}

/// The national list by name. `limit` of `None` gives it whole.
pub fn supporters(
    connection: &Connection,
    filter: &Filter,
    limit: Option<u32>,
    offset: u32,
) -> rusqlite::Result<Vec<SupporterRow>> {
    let (condition, mut values) = condition(filter);
    values.push(limit.map_or(-1, i64::from).into());
    values.push(i64::from(offset).into());
    connection
        .prepare_cached(&format!(
            "SELECT id, kind, display_name, sort_name, search_text, national
             FROM (SELECT sort_name AS name, id AS found FROM supporters WHERE {condition}
                   ORDER BY sort_name, id LIMIT ? OFFSET ?)
             JOIN supporters ON id = found ORDER BY name, found"
        ))?
        .query_map(rusqlite::params_from_iter(values), supporter_from_row)?
        .collect()
}

/// How many supporters there are under a filter.
pub fn count(connection: &Connection, filter: &Filter) -> rusqlite::Result<u64> {
    let (condition, values) = condition(filter);
    connection
        .prepare_cached(&format!("SELECT count(*) FROM supporters WHERE {condition}"))?
        .query_row(rusqlite::params_from_iter(values), |row| row.get::<_, i64>(0))
        .map(i64::unsigned_abs)
}

/// The WHERE clause of a filter, made of fixed pieces, and its values.
fn condition(filter: &Filter) -> (String, Vec<rusqlite::types::Value>) {
    let mut sql = "1".to_owned();
    let mut values = Vec::new();
    for word in &filter.words {
        sql.push_str(" AND instr(search_text, ?) > 0");
        values.push(word.clone().into());
    }
    if let Some((role, day)) = &filter.role {
        sql.push_str(&format!(
            " AND id IN (SELECT supporter FROM supporter_roles WHERE role = ? AND {HOLDS})"
        ));
        values.extend([role.clone(), day.to_string(), day.to_string()].map(Into::into));
    }
    (sql, values)
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

/// How many supporters hold each role on `day`, the most frequent first.
pub fn role_counts(connection: &Connection, day: NaiveDate) -> rusqlite::Result<Vec<(String, u64)>> {
    connection
        .prepare_cached(&format!(
            "SELECT role, count(DISTINCT supporter) FROM supporter_roles WHERE {HOLDS} GROUP BY role ORDER BY 2 DESC, 1"
        ))?
        .query_map([day.to_string(), day.to_string()], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs())))?
        .collect()
}
