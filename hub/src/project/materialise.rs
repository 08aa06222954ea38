//! From the changes of a document to what it says now, and when each value came.
//!
//! Changes are read from the log, never from a snapshot, so that a rebuild gives the same. Changes that do not fit are
//! handed back to be refused: one damaged document must not stop the others.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeZone as _, Utc};
use helhet_shared::document::{ChangeBody, Content, Document, Limits, Value, decode};
use helhet_shared::id::ActorId;
use helhet_shared::sqlite::{Id, StoredGeneration};
use rusqlite::Connection;
use serde_json::json;

use crate::store::StoreError;
use crate::store::documents::{self, Said};

/// When a value was said, and whether the office said it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    pub at: DateTime<Utc>,
    pub by_office: bool,
}

/// What a document says: per key its values, each with its moment.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Told(pub BTreeMap<String, Vec<(Value, Moment)>>);

impl std::fmt::Debug for Told {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Told({} keys)", self.0.len())
    }
}

impl Told {
    pub fn text(&self, key: &str) -> Option<&str> {
        self.0.get(key)?.iter().find_map(|(value, _)| value.as_text())
    }

    /// The values alone.
    pub fn content(&self) -> Content {
        let values = |said: &[(Value, Moment)]| said.iter().map(|(value, _)| value.clone()).collect();
        self.0.iter().map(|(key, said)| (key.clone(), values(said))).collect()
    }

    /// The form that `records.content` has.
    pub fn to_json(&self) -> String {
        let rows: Vec<_> = self
            .0
            .iter()
            .flat_map(|(key, said)| said.iter().map(move |(value, moment)| (key, value, moment)))
            .map(|(key, value, moment)| {
                let value = match value {
                    Value::Text(text) => json!(text),
                    Value::Int(number) => json!(number),
                    Value::Bool(yes) => json!(yes),
                };
                json!([key, value, moment.at.timestamp(), moment.by_office])
            })
            .collect();
        serde_json::Value::Array(rows).to_string()
    }

    /// Reads what [`to_json`](Self::to_json) wrote.
    pub fn from_json(text: &str) -> Result<Self, StoreError> {
        let damaged = StoreError::Damaged { what: "a record's content" };
        let Ok(rows) = serde_json::from_str::<Vec<(String, serde_json::Value, i64, bool)>>(text) else {
            return Err(damaged);
        };
        let mut told = Self::default();
        for (key, value, at, by_office) in rows {
            let value = match value {
                serde_json::Value::String(text) => Value::Text(text),
                serde_json::Value::Bool(yes) => Value::Bool(yes),
                serde_json::Value::Number(number) => Value::Int(number.as_i64().unwrap_or_default()),
                serde_json::Value::Null | serde_json::Value::Array(_) | serde_json::Value::Object(_) => {
                    return Err(damaged);
                }
            };
            told.0.entry(key).or_default().push((value, Moment { at: moment(at), by_office }));
        }
        Ok(told)
    }
}

/// Changes of one generation that cannot be merged, to be refused after all.
#[derive(Debug)]
pub struct Unfit {
    pub document: Id,
    pub generation: StoredGeneration,
    /// From the first that does not fit on, the hub's own left out.
    pub changes: Vec<Said>,
}

/// What the live generation of a document says; `None` when there is none. Of two with the same number only what both
/// say is shown.
///
/// Changes that passed every check at their arrival and still do not fit into the document go to `unfit`; what came
/// before them is told.
pub fn tell(
    connection: &Connection,
    document: &Id,
    office: &[u8; 32],
    unfit: &mut Vec<Unfit>,
) -> Result<Option<Told>, StoreError> {
    let generations = documents::generations(connection, document)?;
    let Some(highest) = generations.last().map(|generation| generation.number) else { return Ok(None) };
    let mut told: Option<Told> = None;
    for generation in generations.into_iter().filter(|generation| generation.number == highest) {
        let Some(next) = tell_generation(connection, document, generation, office, unfit)? else { continue };
        told = Some(match told {
            None => next,
            Some(before) => in_both(before, &next),
        });
    }
    Ok(told)
}

fn in_both(mut one: Told, other: &Told) -> Told {
    one.0.retain(|key, said| {
        let there = other.0.get(key).map(Vec::as_slice).unwrap_or_default();
        said.retain(|(value, _)| there.iter().any(|(known, _)| known == value));
        !said.is_empty()
    });
    one
}

fn tell_generation(
    connection: &Connection,
    document: &Id,
    generation: StoredGeneration,
    office: &[u8; 32],
    unfit: &mut Vec<Unfit>,
) -> Result<Option<Told>, StoreError> {
    let said = documents::said(connection, document, generation)?;
    let mut moments: BTreeMap<(String, Value), Moment> = BTreeMap::new();
    for change in &said {
        note_moments(&mut moments, change, office);
    }
    let mut merged = Document::new(ActorId::from_bytes([0; 16]));
    let bodies: Vec<_> = said.iter().map(|change| ChangeBody(change.body.clone())).collect();
    if merged.apply(&bodies).is_err() {
        let fitting =
            bodies.iter().take_while(|body| merged.apply(std::slice::from_ref(body)).is_ok()).count();
        let changes = said.into_iter().skip(fitting).filter(|change| change.author != *office).collect();
        unfit.push(Unfit { document: *document, generation, changes });
    }
    let unknown = Moment { at: DateTime::UNIX_EPOCH, by_office: false };
    let with_moment = |key: &str, value: Value| {
        let moment = moments.get(&(key.to_owned(), value.clone())).copied().unwrap_or(unknown);
        (value, moment)
    };
    let told = merged.content().into_iter().map(|(key, values)| {
        let values = values.into_iter().map(|value| with_moment(&key, value)).collect();
        (key, values)
    });
    Ok(Some(Told(told.collect())))
}

fn note_moments(moments: &mut BTreeMap<(String, Value), Moment>, change: &Said, office: &[u8; 32]) {
    let Ok(decoded) = decode(&change.body, &Limits::default()) else { return };
    let claimed = crate::log::header(&change.header).map_or(change.received_at, |header| header.time);
    // Clocks decide nothing: what claims to be later than its arrival is as old as its arrival.
    let at = moment(claimed.min(change.received_at));
    let by_office = change.author == *office;
    for operation in decoded.operations {
        if let Some(value) = operation.value {
            moments.insert((operation.key, value), Moment { at, by_office });
        }
    }
}

fn moment(seconds: i64) -> DateTime<Utc> {
    Utc.timestamp_opt(seconds, 0).single().unwrap_or(DateTime::UNIX_EPOCH)
}
