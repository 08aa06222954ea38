//! Everything about one supporter beyond the national record: where its records differ, why they count as one, who was
//! kept apart from it, and what became of the office's corrections. For [`take_out`](super::take_out) only.

use std::collections::{BTreeMap, BTreeSet};

use helhet_shared::document::Value;
use helhet_shared::id::{ChapterId, DocumentId};
use helhet_shared::sqlite::Id;
use rusqlite::Connection;
use serde_json::Value as Json;

use crate::linking::Decision;
use crate::log::NO_CHAPTER;
use crate::national::Holder;
use crate::project::materialise::Told;
use crate::store::projections::{self, RecordRow};
use crate::store::{StoreError, chapters, corrections, links};

/// One supporter, whole.
#[derive(Clone)]
pub struct SupporterFile {
    /// The national record with the gifts, as [`supporter`](super::supporter) gives it.
    pub national: Json,
    pub differences: Vec<Difference>,
    pub records: Vec<LinkedRecord>,
    /// Records that a person said are somebody else.
    pub apart: Vec<Apart>,
    pub corrections: Vec<PastCorrection>,
}

impl std::fmt::Debug for SupporterFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SupporterFile({} records)", self.records.len())
    }
}

/// One detail of which the records say different things.
#[derive(Clone)]
pub struct Difference {
    /// The key, an entry's own part as `*`.
    pub field: String,
    /// Value, who says so, when (unix seconds).
    pub values: Vec<(String, Holder, i64)>,
}

impl std::fmt::Debug for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Difference({})", self.field)
    }
}

/// A record and why it is part of this supporter.
#[derive(Clone, Debug)]
pub struct LinkedRecord {
    pub id: DocumentId,
    pub holder: Holder,
    /// Who said that it is the same as another record here, and when; `None` where the linker found it.
    pub said: Option<(String, i64)>,
}

/// A record of somebody else, by a person's word.
#[derive(Clone, Debug)]
pub struct Apart {
    pub own: DocumentId,
    pub other: DocumentId,
    pub login: String,
    /// Unix seconds.
    pub at: i64,
}

/// A correction by the office.
#[derive(Clone, Debug)]
pub struct PastCorrection {
    pub chapter: String,
    /// The fields' keys, an entry's own part as `*`.
    pub fields: Vec<String>,
    pub login: String,
    pub source: String,
    /// Unix seconds.
    pub at: i64,
    /// `None` while it waits; `shown`, `rejected` or `gone`.
    pub outcome: Option<String>,
}

/// The file of the supporter that has this record.
pub fn supporter_file(connection: &Connection, id: DocumentId) -> Result<Option<SupporterFile>, StoreError> {
    let Some(national) = super::supporter(connection, id)? else { return Ok(None) };
    let Some(record) = projections::record(connection, id.as_bytes())? else { return Ok(None) };
    let rows = projections::records_of(connection, &record.supporter)?;
    let names = chapter_names(connection)?;
    let own: BTreeSet<Id> = rows.iter().map(|row| row.document).collect();
    let (mut records, mut apart, mut past) = (Vec::new(), Vec::new(), Vec::new());
    for row in &rows {
        let mut said = None;
        for decision in links::told_of(connection, &row.document)? {
            let other = if decision.one == row.document { decision.other } else { decision.one };
            match Decision::from_code(&decision.decision) {
                Some(Decision::Same) if own.contains(&other) => said = Some((decision.login, decision.at)),
                Some(Decision::Same) | None => {}
                Some(Decision::NotSame) => apart.push(Apart {
                    own: DocumentId::from_bytes(row.document),
                    other: DocumentId::from_bytes(other),
                    login: decision.login,
                    at: decision.at,
                }),
            }
        }
        records.push(LinkedRecord {
            id: DocumentId::from_bytes(row.document),
            holder: holder(row, &names),
            said,
        });
        past.extend(corrections_of(connection, row, &names)?);
    }
    past.sort_by_key(|correction: &PastCorrection| std::cmp::Reverse(correction.at));
    Ok(Some(SupporterFile {
        national,
        differences: differences(&rows, &names)?,
        records,
        apart,
        corrections: past,
    }))
}

/// Both sides of every pair that a person should look at; a pair of which one is gone is left out.
pub fn doubtful_files(connection: &Connection) -> Result<Vec<(Json, Json)>, StoreError> {
    let mut pairs = Vec::new();
    for (one, other) in super::doubtful(connection)? {
        let sides = (super::supporter(connection, one)?, super::supporter(connection, other)?);
        if let (Some(left), Some(right)) = sides {
            pairs.push((with_record(left, one), with_record(right, other)));
        }
    }
    Ok(pairs)
}

/// Says of a national record by which of its records it was asked for.
fn with_record(mut national: Json, record: DocumentId) -> Json {
    if let Some(object) = national.as_object_mut() {
        object.insert("record".into(), record.to_string().into());
    }
    national
}

type Names = BTreeMap<Id, String>;

fn chapter_names(connection: &Connection) -> Result<Names, StoreError> {
    Ok(chapters::list(connection)?
        .into_iter()
        .map(|chapter| (*chapter.id.as_bytes(), chapter.name))
        .collect())
}

fn name_of(chapter: &Id, names: &Names) -> String {
    names.get(chapter).cloned().unwrap_or_else(|| ChapterId::from_bytes(*chapter).to_string())
}

fn holder(row: &RecordRow, names: &Names) -> Holder {
    if row.chapter == NO_CHAPTER { Holder::Office } else { Holder::Chapter(name_of(&row.chapter, names)) }
}

fn corrections_of(
    connection: &Connection,
    row: &RecordRow,
    names: &Names,
) -> Result<Vec<PastCorrection>, StoreError> {
    let rows = corrections::of_record(connection, &row.document)?;
    let past = rows.into_iter().map(|(correction, outcome)| PastCorrection {
        chapter: name_of(&correction.chapter, names),
        fields: corrected_fields(&correction.edits),
        login: correction.login,
        source: correction.source,
        at: correction.at,
        outcome,
    });
    Ok(past.collect())
}

/// The fields of a correction as it is kept.
pub fn corrected_fields(edits: &str) -> Vec<String> {
    let rows: Vec<(String, Option<String>)> = serde_json::from_str(edits).unwrap_or_default();
    rows.into_iter().map(|(key, _)| pattern(&key)).collect()
}

/// Details that have one value by nature, over all records; and within one record every key with several values.
fn differences(rows: &[RecordRow], names: &Names) -> Result<Vec<Difference>, StoreError> {
    let mut found: BTreeMap<String, Vec<(String, Holder, i64)>> = BTreeMap::new();
    let mut inner: Vec<Difference> = Vec::new();
    for row in rows {
        let own = holder(row, names);
        for (key, said) in Told::from_json(&row.content)?.0 {
            let values = said.iter().map(|(value, moment)| {
                let holder = if moment.by_office { Holder::Office } else { own.clone() };
                (shown(value), holder, moment.at.timestamp())
            });
            if SINGLE.contains(&key.as_str()) {
                found.entry(key).or_default().extend(values);
            } else if said.len() > 1 {
                inner.push(Difference { field: pattern(&key), values: values.collect() });
            }
        }
    }
    let mut all: Vec<Difference> = found
        .into_iter()
        .filter(|(_, values)| {
            values.iter().map(|(value, ..)| value.to_lowercase()).collect::<BTreeSet<_>>().len() > 1
        })
        .map(|(field, values)| Difference { field, values })
        .collect();
    all.append(&mut inner);
    for difference in &mut all {
        difference.values.sort_by_key(|(_, _, at)| std::cmp::Reverse(*at));
    }
    Ok(all)
}

const SINGLE: [&str; 6] =
    ["name/given", "name/family", "name/legal", "birth/date", "birth/year", "organisation_number"];

/// A key without its entry's own part.
fn pattern(key: &str) -> String {
    helhet_shared::supporter::Field::of_key(key)
        .map_or_else(|| key.to_owned(), |(field, _)| field.pattern().to_owned())
}

fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Int(number) => number.to_string(),
        Value::Bool(yes) => yes.to_string(),
    }
}
