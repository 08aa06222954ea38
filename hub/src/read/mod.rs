//! Questions that screens and commands ask. Whatever shows supporters goes through [`take_out`], the one door that
//! writes the report history.

mod chapters;
mod file;
pub mod metrics;
mod overview;
mod register;

pub use chapters::{ChapterCard, ChapterFile, DeviceCard, chapter_card, chapter_cards, chapter_file};
pub use file::{
    Apart, Difference, LinkedRecord, PastCorrection, SupporterFile, corrected_fields, doubtful_files,
    supporter_file,
};
pub use overview::{ChapterNeed, Overview, overview};
pub use register::{WaitingErasure, register, waiting};

use std::collections::BTreeSet;

use chrono::NaiveDate;
use helhet_shared::id::DocumentId;
use helhet_shared::sqlite::{Database, Id};
use helhet_shared::supporter::RoleDays;
use rusqlite::Connection;
use serde_json::Value as Json;

use crate::store::projections::{self, Filter};
use crate::store::reports::{self, ReportRow};
use crate::store::{StoreError, gifts, imports};

/// Who takes something out, what, and why.
#[derive(Clone, Debug)]
pub struct Extraction {
    pub login: String,
    /// `list`, `card <id>`, `export csv` …: never a name.
    pub what: String,
    pub why: String,
}

/// The one door: nothing personal is read without a row in the report history, and no row says more or less than what
/// went out.
pub fn take_out<T>(
    database: &Database,
    extraction: &Extraction,
    now: i64,
    question: impl FnOnce(&Connection) -> Result<Vec<T>, StoreError>,
) -> Result<Vec<T>, StoreError> {
    let found = database.read(|connection| question(connection))?;
    let row = extraction.row(now, found.len());
    // Written before anything is handed out: if it cannot be, nothing is.
    database.write(|transaction| reports::add(transaction, &row).map_err(StoreError::from))?;
    Ok(found)
}

/// How many changes wait to be projected, to be shown beside every list.
pub fn lag(connection: &Connection) -> Result<u64, StoreError> {
    Ok(projections::lag(connection)?)
}

/// How long one user's look at the same thing counts as one: pages come anew with every change, lists with every letter.
const ONE_LOOK_SECONDS: i64 = 15 * 60;

/// The same door for screens that stand open: a look that repeats what the user saw a quarter of an hour ago, and shows
/// no more, is the same look.
pub fn look<T>(
    database: &Database,
    extraction: &Extraction,
    now: i64,
    question: impl FnOnce(&Connection) -> Result<Vec<T>, StoreError>,
) -> Result<Vec<T>, StoreError> {
    let (found, row, told) = database.read(|connection| {
        let found = question(connection)?;
        let row = extraction.row(now, found.len());
        let told = reports::is_told(connection, &row, now - ONE_LOOK_SECONDS)?;
        Ok::<_, StoreError>((found, row, told))
    })?;
    if !told && !found.is_empty() {
        database.write(|transaction| reports::add(transaction, &row).map_err(StoreError::from))?;
    }
    Ok(found)
}

impl Extraction {
    fn row(&self, now: i64, how_many: usize) -> ReportRow {
        ReportRow {
            at: now,
            login: self.login.clone(),
            what: self.what.clone(),
            why: self.why.clone(),
            how_many: how_many as u64,
        }
    }
}

/// One line of a list.
#[derive(Clone, serde::Serialize)]
pub struct Listed {
    pub id: DocumentId,
    pub kind: String,
    pub display_name: String,
    /// The whole national record, as JSON.
    pub national: Json,
}

impl std::fmt::Debug for Listed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Listed({})", self.id)
    }
}

/// A role's code, and the day on which those who are asked for hold it.
#[derive(Clone, Copy, Debug)]
pub struct Held<'a> {
    pub role: &'a str,
    pub on: NaiveDate,
}

/// The codes of the roles in a national record that hold on `day`.
pub fn current_roles(national: &Json, day: NaiveDate) -> BTreeSet<&str> {
    let holds = |role: &&Json| RoleDays::written(role["from"].as_str(), role["to"].as_str()).current(day);
    let roles = national["roles"].as_array().into_iter().flatten();
    roles.filter(holds).filter_map(|role| role["role"].as_str()).collect()
}

/// The national list, by name. For [`take_out`].
pub fn supporters(
    connection: &Connection,
    search: &str,
    role: Option<Held<'_>>,
    limit: Option<u32>,
    offset: u32,
) -> Result<Vec<Listed>, StoreError> {
    let rows = projections::supporters(connection, &filter(search, role), limit, offset)?;
    rows.into_iter()
        .map(|row| {
            Ok(Listed {
                id: DocumentId::from_bytes(row.id),
                kind: row.kind,
                display_name: row.display_name,
                national: parse(&row.national)?,
            })
        })
        .collect()
}

/// How many a list has in all.
pub fn count(connection: &Connection, search: &str, role: Option<Held<'_>>) -> Result<u64, StoreError> {
    Ok(projections::count(connection, &filter(search, role))?)
}

/// One supporter's national record with the office's gifts, by the id of any of its records. For [`take_out`].
pub fn supporter(connection: &Connection, id: DocumentId) -> Result<Option<Json>, StoreError> {
    let Some(record) = projections::record(connection, id.as_bytes())? else { return Ok(None) };
    let Some(row) = projections::supporter(connection, &record.supporter)? else { return Ok(None) };
    let mut national = parse(&row.national)?;
    if let Some(object) = national.as_object_mut() {
        object.insert("gifts".into(), gifts_of(connection, &record.supporter)?);
    }
    Ok(Some(national))
}

/// The sums of a supporter's gifts per currency, in minor units, over all its records.
fn gifts_of(connection: &Connection, supporter: &Id) -> Result<Json, StoreError> {
    let mut sums: std::collections::BTreeMap<String, i64> = std::collections::BTreeMap::new();
    let mut ledger = Vec::new();
    for record in projections::records_of(connection, supporter)? {
        for (currency, sum) in gifts::sums(connection, &record.document)? {
            *sums.entry(currency).or_default() += sum;
        }
        ledger.extend(gifts::of_donor(connection, &record.document)?);
    }
    let unserialisable = |_| StoreError::Damaged { what: "a gift" };
    Ok(serde_json::json!({
        "sums_minor": sums,
        "ledger": serde_json::to_value(ledger).map_err(unserialisable)?,
    }))
}

/// Pairs of records that a person should look at: those of the linker and those of the office's imports.
pub fn doubtful(connection: &Connection) -> Result<Vec<(DocumentId, DocumentId)>, StoreError> {
    let mut pairs: BTreeSet<(Id, Id)> = projections::doubtful(connection)?.into_iter().collect();
    pairs.extend(imports::possible_doubles(connection)?);
    let id = DocumentId::from_bytes;
    Ok(pairs.into_iter().map(|(one, other)| (id(one), id(other))).collect())
}

fn parse(json: &str) -> Result<Json, StoreError> {
    serde_json::from_str(json).map_err(|_| StoreError::Damaged { what: "a national record" })
}

fn filter(search: &str, role: Option<Held<'_>>) -> Filter {
    let words = folded(search).split_whitespace().map(str::to_owned).collect();
    Filter { words, role: role.map(|held| (held.role.to_owned(), held.on)) }
}

/// Text as searched: what people type finds what is written (å/aa, ø/o, é/e).
pub fn folded(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    let mut folded = String::with_capacity(text.len());
    for letter in text.nfd().flat_map(char::to_lowercase) {
        match letter {
            '\u{300}'..='\u{36f}' => {}
            'ø' => folded.push('o'),
            'æ' => folded.push_str("ae"),
            'đ' | 'ð' => folded.push('d'),
            'ł' => folded.push('l'),
            'ß' => folded.push_str("ss"),
            letter => folded.push(letter),
        }
    }
    folded.replace("aa", "a").replace("oe", "o")
}

/// Whether a text is an e-mail address that linking may rest on.
pub fn is_email(text: &str) -> bool {
    helhet_shared::supporter::value::Email::parse(text).is_ok()
}
