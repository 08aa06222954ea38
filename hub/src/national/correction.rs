//! A contact detail that the office corrects goes back to each chapter that holds the supporter: as a change in that
//! chapter's shared document, by the hub's own actor, in the hub's log for that chapter. A chapter never learns of the
//! others: nothing here copies a value from one chapter's document into another's, only what an office user entered.
//!
//! A correction is kept in the office until the chapter's part shows or rejects it, and written again when the chapter
//! opens a new generation before it has done either.

use chrono::{DateTime, Utc};
use helhet_protocol::log::{Body, Change, ChangeKind};
use helhet_shared::document::{ChangeBody, Document, Edit, Value};
use helhet_shared::id::{ActorId, DocumentId, EntryKey};
use helhet_shared::sqlite::documents::StoredDocument;
use helhet_shared::sqlite::{Id, StoredGeneration, documents as snapshots};
use helhet_shared::zone::Zone;
use rand::Rng;
use rusqlite::{Connection, Transaction};

use crate::log::{self as own_log, LogError, NO_CHAPTER, from_stored};
use crate::office::Office;
use crate::store::corrections::{self, CorrectionRow};
use crate::store::{StoreError, documents, projections};

/// Who told the office. Without one of these there is no correction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CorrectionSource {
    Supporter,
    ReturnedPost,
}

impl CorrectionSource {
    pub fn code(self) -> &'static str {
        match self {
            Self::Supporter => "supporter",
            Self::ReturnedPost => "returned_post",
        }
    }

    /// As typed: `supporter`, `returned-post`.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "supporter" => Some(Self::Supporter),
            "returned-post" | "returned_post" => Some(Self::ReturnedPost),
            _ => None,
        }
    }
}

/// What the office corrects.
#[derive(Clone)]
pub struct Correction {
    /// One of [`FIELDS`].
    pub field: String,
    pub value: String,
    /// The value that it takes the place of, where a record holds several.
    pub replaces: Option<String>,
    pub source: CorrectionSource,
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
    let value = read_value(&correction.field, &correction.value)?;
    let record = projections::record(transaction, id.as_bytes())?.ok_or(CorrectionError::Unknown)?;
    let mut outcome = CorrectionOutcome::default();
    let mut several = false;
    for record in projections::records_of(transaction, &record.supporter)? {
        let mut open = match OpenRecord::open(transaction, &record.document, rng)? {
            Some(open) => open,
            None => continue,
        };
        let edits = match edits(&open.document, correction, &value, rng) {
            Ok(edits) => edits,
            Err(WhichOne) => {
                several = true;
                continue;
            }
        };
        match open.edit(transaction, office, record.chapter, &edits, now)? {
            false => outcome.same += 1,
            true if record.chapter == NO_CHAPTER => outcome.office += 1,
            true => {
                keep(transaction, &open, record.chapter, &edits, correction, now)?;
                outcome.chapters.push(record.chapter);
            }
        }
    }
    if several && outcome == CorrectionOutcome::default() {
        return Err(CorrectionError::WhichOne);
    }
    Ok(outcome)
}

/// After the chapter opened a new generation: what it has neither shown nor rejected is written again. Called when the
/// document's new generation is projected.
pub fn reapply(
    transaction: &Transaction<'_>,
    office: &Office,
    document: &Id,
    now: DateTime<Utc>,
    rng: &mut impl Rng,
) -> Result<Option<Id>, CorrectionError> {
    let mut grown = None;
    for row in corrections::waiting(transaction, document)? {
        let Some(mut open) = OpenRecord::open(transaction, document, rng)? else {
            corrections::settle(transaction, row.id, "gone")?;
            continue;
        };
        let edits = read_edits(&row.edits)?;
        if open.document_says(&edits) {
            // In the generation that the correction was written to, its own change says it, not the chapter.
            if open.generation != row.generation {
                corrections::settle(transaction, row.id, "shown")?;
            }
            continue;
        }
        if open.generation == row.generation && open.document_holds(&edits) {
            // Something else was said at the same time: a person at the chapter has yet to pick.
            continue;
        }
        if open.generation == row.generation {
            // The chapter has set something else over it: its person's pick counts.
            corrections::settle(transaction, row.id, "rejected")?;
            continue;
        }
        if open.edit(transaction, office, row.chapter, &edits, now)? {
            corrections::moved(transaction, row.id, open.generation)?;
            grown = Some(row.chapter);
        }
    }
    Ok(grown)
}

fn keep(
    transaction: &Transaction<'_>,
    open: &OpenRecord,
    chapter: Id,
    edits: &[Edit],
    correction: &Correction,
    now: DateTime<Utc>,
) -> Result<(), CorrectionError> {
    let row = CorrectionRow {
        id: 0,
        document: open.id,
        chapter,
        edits: write_edits(edits),
        source: correction.source.code().to_owned(),
        login: correction.login.clone(),
        at: now.timestamp(),
        generation: open.generation,
    };
    Ok(corrections::add(transaction, &row)?)
}

/// The live generation of a record, ready to be edited by the hub.
struct OpenRecord {
    id: Id,
    generation: StoredGeneration,
    zone: u8,
    chapter: Id,
    actor: ActorId,
    document: Document,
}

impl OpenRecord {
    /// `None` for a document without a live, unfrozen generation, or with two: the chapter must settle that first.
    fn open(connection: &Connection, id: &Id, rng: &mut impl Rng) -> Result<Option<Self>, CorrectionError> {
        let Some(held) = documents::held(connection, id)? else { return Ok(None) };
        let generations = documents::generations(connection, id)?;
        let Some(generation) = generations.last().copied() else { return Ok(None) };
        let rivals = generations.iter().filter(|other| other.number == generation.number).count();
        if rivals > 1 || documents::is_frozen(connection, id, generation)? {
            return Ok(None);
        }
        let actor = match snapshots::load(connection, id, generation)? {
            Some(own) => ActorId::from_bytes(own.actor),
            None => ActorId::random(rng),
        };
        let mut document = Document::new(actor);
        let bodies: Vec<ChangeBody> = documents::said(connection, id, generation)?
            .into_iter()
            .map(|said| ChangeBody(said.body))
            .collect();
        document.apply(&bodies).map_err(|_| CorrectionError::Damaged)?;
        Ok(Some(Self { id: *id, generation, zone: held.zone, chapter: held.chapter, actor, document }))
    }

    fn document_says(&self, edits: &[Edit]) -> bool {
        edits.iter().all(|edit| match &edit.value {
            Some(value) => self.document.values(&edit.key) == [value.clone()],
            None => self.document.values(&edit.key).is_empty(),
        })
    }

    fn document_holds(&self, edits: &[Edit]) -> bool {
        edits.iter().all(|edit| match &edit.value {
            Some(value) => self.document.values(&edit.key).contains(value),
            None => self.document.values(&edit.key).is_empty(),
        })
    }

    /// Writes the edits to the document and the hub's log; false when nothing differs.
    fn edit(
        &mut self,
        transaction: &Transaction<'_>,
        office: &Office,
        chapter: Id,
        edits: &[Edit],
        now: DateTime<Utc>,
    ) -> Result<bool, CorrectionError> {
        let Some(body) = self.document.edit(edits, now) else { return Ok(false) };
        let zone = Zone::from_code(self.zone).ok_or(CorrectionError::Damaged)?;
        let change = Change {
            kind: ChangeKind::Automerge,
            document: self.id,
            generation: from_stored(self.generation),
            body: Body::Open(body.0),
        };
        own_log::append(transaction, office, chapter, zone, vec![change], now.timestamp())?;
        let snapshot = StoredDocument {
            document: self.id,
            generation: self.generation,
            zone: self.zone,
            chapter: self.chapter,
            actor: *self.actor.as_bytes(),
            bytes: self.document.save(),
            heads: self.document.heads(),
            frozen: false,
        };
        let hash = helhet_protocol::log::tombstone::document_hash(&self.id);
        snapshots::save(transaction, &snapshot, &hash)?;
        Ok(true)
    }
}

/// A record holds several values of the field, and nobody said which is meant.
struct WhichOne;

fn edits(
    document: &Document,
    correction: &Correction,
    value: &Value,
    rng: &mut impl Rng,
) -> Result<Vec<Edit>, WhichOne> {
    let plain = |key: &str| vec![Edit::set(key, value.clone())];
    let (list, suffix) = match correction.field.as_str() {
        "given" => return Ok(plain("name/given")),
        "family" => return Ok(plain("name/family")),
        "legal" => return Ok(plain("name/legal")),
        "email" => ("email/", ""),
        "phone" => ("phone/", ""),
        field => ("address/", field),
    };
    let suffix = if suffix.is_empty() { String::new() } else { format!("/{suffix}") };
    let content = document.content();
    let mut keys: Vec<String> = content
        .keys()
        .filter_map(|key| key.strip_prefix(list))
        .filter_map(|rest| rest.split('/').next())
        .map(|entry| format!("{list}{entry}{suffix}"))
        .collect();
    keys.dedup();
    if content.iter().any(|(key, values)| keys.contains(key) && values == &[value.clone()]) {
        return Ok(Vec::new());
    }
    let replaced = correction.replaces.as_ref().map(|text| Value::Text(text.clone()));
    let meant: Vec<&String> = match &replaced {
        Some(old) => {
            keys.iter().filter(|key| content.get(*key).is_some_and(|now| now.contains(old))).collect()
        }
        None => keys.iter().collect(),
    };
    match meant.as_slice() {
        [key] => Ok(plain(key)),
        [] if replaced.is_none() => Ok(plain(&format!("{list}{}{suffix}", EntryKey::random(rng)))),
        [] => Ok(Vec::new()),
        _ => Err(WhichOne),
    }
}

/// Parsed as its field is: what cannot be read is not sent to anybody.
fn read_value(field: &str, text: &str) -> Result<Value, CorrectionError> {
    use helhet_shared::supporter::value::{Email, Line};
    let text = text.trim();
    let invalid = || CorrectionError::Value { field: field.to_owned() };
    if !FIELDS.contains(&field) {
        return Err(CorrectionError::Field);
    }
    Ok(Value::Text(match field {
        "email" => Email::parse(text).map_err(|_| invalid())?.to_string(),
        "phone" => phone(text).ok_or_else(invalid)?,
        _ => Line::parse(text).map_err(|_| invalid())?.to_string(),
    }))
}

/// E.164, or as written in one of the countries that chapters are in.
fn phone(text: &str) -> Option<String> {
    use helhet_shared::supporter::value::{Country, Phone};
    let countries = ["NO", "SE", "NL"].into_iter().filter_map(|country| Country::parse(country).ok());
    countries.filter_map(|country| Phone::parse(text, &country).ok()).map(|phone| phone.to_string()).next()
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

fn read_edits(json: &str) -> Result<Vec<Edit>, CorrectionError> {
    let rows: Vec<(String, Option<String>)> =
        serde_json::from_str(json).map_err(|_| StoreError::Damaged { what: "a correction" })?;
    Ok(rows.into_iter().map(|(key, value)| Edit { key, value: value.map(Value::Text) }).collect())
}

/// Why nothing was corrected.
#[derive(Debug, thiserror::Error)]
pub enum CorrectionError {
    #[error("no supporter has this id; `supporters --json` gives ids")]
    Unknown,
    #[error("the office corrects names and contact details only: {}", FIELDS.join(", "))]
    Field,
    #[error("this is no readable {field}; nothing was sent")]
    Value { field: String },
    #[error("the record holds several: say with --replaces which one is meant")]
    WhichOne,
    #[error("the record's changes do not fit together; `doctor` says more")]
    Damaged,
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
