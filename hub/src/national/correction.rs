//! A contact detail that the office corrects goes back to each chapter that holds the supporter: as a change in that
//! chapter's shared document, by the hub's own actor, in the hub's log for that chapter. A chapter never learns of the
//! others: nothing here copies a value from one chapter's document into another's, only what an office user entered.
//!
//! A correction is kept in the office until the chapter's part shows or rejects it; see `follow.rs`.

use chrono::{DateTime, Utc};
use helhet_shared::document::{Content, Edit, Value};
use helhet_shared::gate::{self, ForShared as _, Source};
use helhet_shared::id::DocumentId;
use helhet_shared::sqlite::Id;
use helhet_shared::supporter::Field;
use helhet_shared::zone::Zone;
use rand::Rng;
use rusqlite::Transaction;

use super::open_record::{OpenRecord, OpenRecordError};
use crate::log::{self as own_log, LogError, NO_CHAPTER};
use crate::office::Office;
use crate::store::StoreError;
use crate::store::corrections::{self, CorrectionRow};
use crate::store::projections::{self, RecordRow};

/// What the office corrects.
#[derive(Clone)]
pub struct Correction {
    /// One of [`FIELDS`].
    pub field: String,
    pub value: String,
    /// The value that it takes the place of, where a record holds several.
    pub replaces: Option<String>,
    /// Who told the office: without one there is no correction.
    pub source: Source,
    pub login: String,
}

impl std::fmt::Debug for Correction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Correction").field("field", &self.field).finish_non_exhaustive()
    }
}

/// The fields that both sides may edit.
pub const FIELDS: &[&str] =
    &["given", "family", "legal", "email", "phone", "street", "postcode", "city", "country"];

/// What became of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CorrectionOutcome {
    /// Chapters whose log grew: their live sessions are to be woken.
    pub chapters: Vec<Id>,
    /// Records that held the value already.
    pub same: usize,
    /// Records whose chapter does not share the field: what is not shared cannot be corrected.
    pub not_shared: usize,
    /// Records whose own office part was changed.
    pub office: usize,
}

/// Corrects one field in every record of the supporter that `id` is a record of.
pub fn correct(
    transaction: &Transaction<'_>,
    office: &Office,
    id: DocumentId,
    correction: &Correction,
    now: DateTime<Utc>,
    rng: &mut impl Rng,
) -> Result<CorrectionOutcome, CorrectionError> {
    if !FIELDS.contains(&correction.field.as_str()) {
        return Err(CorrectionError::Field);
    }
    let record = projections::record(transaction, id.as_bytes())?.ok_or(CorrectionError::Unknown)?;
    let mut outcome = CorrectionOutcome::default();
    let mut several = false;
    for record in projections::records_of(transaction, &record.supporter)? {
        let mut open = match OpenRecord::open(transaction, &record.document, rng)? {
            Some(open) => open,
            None => continue,
        };
        let content = open.content();
        let Ok(key) = key_of(&content, correction) else {
            several = true;
            continue;
        };
        let Some(key) = key else {
            outcome.not_shared += 1;
            continue;
        };
        let typed = [(key, correction.value.clone())];
        let gated = gate::Correction::new(&content, &typed, correction.source, &office.country())?;
        let edits = gated.edits(&content);
        match send(transaction, office, &mut open, record.chapter, &edits, now)? {
            false => outcome.same += 1,
            true if record.chapter == NO_CHAPTER => outcome.office += 1,
            true => {
                keep(transaction, &open, &record, &edits, correction, now)?;
                outcome.chapters.push(record.chapter);
            }
        }
    }
    if several && outcome.chapters.is_empty() && outcome.office == 0 {
        return Err(CorrectionError::WhichOne);
    }
    Ok(outcome)
}

fn keep(
    transaction: &Transaction<'_>,
    open: &OpenRecord,
    record: &RecordRow,
    edits: &[Edit],
    correction: &Correction,
    now: DateTime<Utc>,
) -> Result<(), CorrectionError> {
    let row = CorrectionRow {
        id: 0,
        document: record.document,
        chapter: record.chapter,
        edits: write_edits(edits),
        source: correction.source.code().to_owned(),
        login: correction.login.clone(),
        at: now.timestamp(),
        generation: open.generation,
    };
    Ok(corrections::add(transaction, &row)?)
}

/// Writes the edits to the record and the hub's log; false when nothing differs.
pub(super) fn send(
    transaction: &Transaction<'_>,
    office: &Office,
    open: &mut OpenRecord,
    chapter: Id,
    edits: &[Edit],
    now: DateTime<Utc>,
) -> Result<bool, CorrectionError> {
    let zone = Zone::from_code(open.zone()).ok_or(StoreError::Damaged { what: "a document's zone" })?;
    let Some(change) = open.edit(transaction, edits, now)? else { return Ok(false) };
    own_log::append(transaction, office, chapter, zone, vec![change], now.timestamp())?;
    Ok(true)
}

/// A record holds several values of the field, and nobody said which is meant.
struct WhichOne;

/// The key that a correction means in one shared document; `None` where it has no such field.
fn key_of(content: &Content, correction: &Correction) -> Result<Option<String>, WhichOne> {
    let field = match correction.field.as_str() {
        "given" => Field::GivenName,
        "family" => Field::FamilyName,
        "legal" => Field::LegalName,
        "email" => Field::Email,
        "phone" => Field::Phone,
        "street" => Field::Street,
        "postcode" => Field::Postcode,
        "city" => Field::City,
        _ => Field::Country,
    };
    let keys: Vec<&String> =
        content.keys().filter(|key| Field::of_key(key).is_some_and(|(found, _)| found == field)).collect();
    let replaced = correction.replaces.as_ref().map(|text| Value::Text(text.clone()));
    let says = |key: &String, value: &Value| content.get(key).is_some_and(|values| values.contains(value));
    let meant: Vec<&String> = match &replaced {
        Some(old) => keys.into_iter().filter(|key| says(key, old)).collect(),
        None => keys,
    };
    match meant.as_slice() {
        [] => Ok(None),
        [key] => Ok(Some((*key).clone())),
        _ => Err(WhichOne),
    }
}

fn write_edits(edits: &[Edit]) -> String {
    let rows: Vec<_> = edits
        .iter()
        .map(|edit| {
            let text = edit.value.as_ref().and_then(Value::as_text);
            serde_json::json!([edit.key, text])
        })
        .collect();
    serde_json::Value::Array(rows).to_string()
}

/// Why nothing was corrected.
#[derive(Debug, thiserror::Error)]
pub enum CorrectionError {
    #[error("no supporter has this id; `supporters --json` gives ids")]
    Unknown,
    #[error("the office corrects names and contact details only: {}", FIELDS.join(", "))]
    Field,
    #[error("nothing was sent")]
    Gate(#[from] gate::CorrectionError),
    #[error("the record holds several: say with --replaces which one is meant")]
    WhichOne,
    #[error(transparent)]
    Record(#[from] OpenRecordError),
    #[error("the hub's log could not be written")]
    Log(#[from] LogError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for CorrectionError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}
