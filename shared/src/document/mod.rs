//! Documents: flat keys with scalar values, merged by automerge. The only folder that imports it.
//!
//! A document holds one subject in one zone. Its keys lie at the root: no nested object is ever made, since two
//! devices that each make the same map hide one side's contents. There are no counters and no keys that change all
//! the time. Nothing from the wire may reach automerge but through this folder's own bounded reader, and no change
//! is kept whose dependencies are missing.

use std::{collections::BTreeMap, fmt};

use automerge::{
    Automerge, AutomergeError, ROOT, ReadDoc, SaveOptions, ScalarValue,
    transaction::{CommitOptions, Transactable},
};
use chrono::{DateTime, Utc};

mod decoder;
mod generation;
mod history;
mod value;
mod without;

use self::history::History;
pub use self::{
    decoder::{DecodeError, DecodedChange, DecodedOperation, Limits, decode},
    value::{ChangeBody, Content, Edit, Value},
    without::Remainder,
};
use crate::id::ActorId;

/// One subject's document in one zone and generation.
#[derive(Clone)]
pub struct Document {
    automerge: Automerge,
}

/// What applying changes did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// Changes that the document did not have.
    pub new: usize,
    /// Changes that it had already.
    pub known: usize,
}

/// One change of a document, as far as a person asks for it. Its keys say nothing of the values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    pub at: DateTime<Utc>,
    pub keys: Vec<String>,
}

/// Why a document could not be loaded or changes not be applied. The document is then as it was before.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// The change builds on one that is not here (or stored bytes do). Ask for what lies before it.
    #[error("a change that this one builds on is missing")]
    MissingDependency,
    #[error("the stored document cannot be read")]
    Damaged(#[source] AutomergeError),
    #[error("the change cannot be read")]
    Unreadable(#[from] DecodeError),
    /// The change is none that an honest program could have made after what is here.
    #[error("the change does not fit the document: {0}")]
    Contradiction(&'static str),
    #[error("the change does not fit the document")]
    Refused(#[source] AutomergeError),
}

impl Document {
    /// An empty document, to be edited by `actor`.
    pub fn new(actor: ActorId) -> Document {
        Document { automerge: Automerge::new().with_actor(automerge_actor(actor)) }
    }

    /// A document as [`Document::save`] wrote it, to be edited by `actor`. Only for bytes of one's own store.
    pub fn load(bytes: &[u8], actor: ActorId) -> Result<Document, DocumentError> {
        let automerge = Automerge::load(bytes).map_err(DocumentError::Damaged)?;
        if !automerge.get_missing_deps(&[]).is_empty() {
            return Err(DocumentError::MissingDependency);
        }
        Ok(Document { automerge: automerge.with_actor(automerge_actor(actor)) })
    }

    /// The whole document with its history. Not deflated, so that a search for bytes finds what is in there.
    pub fn save(&self) -> Vec<u8> {
        self.automerge.save_with_options(SaveOptions { deflate: false, retain_orphans: false })
    }

    /// The hashes of the changes that nothing builds on yet, sorted.
    pub fn heads(&self) -> Vec<[u8; 32]> {
        let mut heads: Vec<_> = self.automerge.get_heads().into_iter().map(|hash| hash.0).collect();
        heads.sort_unstable();
        heads
    }

    /// All keys with all their concurrent values.
    pub fn content(&self) -> Content {
        let items = self.automerge.map_range(ROOT, ..);
        items
            .map(|item| {
                // To seek each key costs far more than to walk over all of them, and few are in conflict.
                let values = match item.value.into_value().as_scalar() {
                    Some(value) if !item.conflict => from_automerge(value).into_iter().collect(),
                    Some(_) | None => self.values(&item.key),
                };
                (item.key.into_owned(), values)
            })
            .filter(|(_, values)| !values.is_empty())
            .collect()
    }

    /// All concurrent values of `key`, sorted, equal ones once; empty when it is not set.
    pub fn values(&self, key: &str) -> Vec<Value> {
        let all = self.automerge.get_all(ROOT, key).unwrap_or_default();
        let mut values: Vec<_> =
            all.iter().filter_map(|(value, _)| from_automerge(value.as_scalar()?)).collect();
        values.sort_unstable();
        values.dedup();
        values
    }

    /// The text of `key`, if it holds one value and that is a text.
    pub fn text(&self, key: &str) -> Option<String> {
        match self.values(key).as_slice() {
            [Value::Text(text)] => Some(text.clone()),
            _ => None,
        }
    }

    /// Changes the document and gives the change to sign and send; `None` when nothing differs. The last edit of a
    /// key counts, and an edit over concurrent values settles them. The change carries no message, and `now` only to
    /// the minute.
    pub fn edit(&mut self, edits: &[Edit], now: DateTime<Utc>) -> Option<ChangeBody> {
        let last: BTreeMap<&str, Option<&Value>> =
            edits.iter().map(|edit| (edit.key.as_str(), edit.value.as_ref())).collect();
        let differing: Vec<_> = last
            .into_iter()
            .filter(|(key, value)| !self.values(key).iter().eq(value.iter().copied()))
            .collect();
        if differing.is_empty() {
            return None;
        }
        let mut transaction = self.automerge.transaction();
        for (key, value) in differing {
            match value {
                Some(value) => transaction.put(ROOT, key, to_automerge(value)),
                None => transaction.delete(ROOT, key),
            }
            .expect("the root of a document is a map, and a map takes any key");
        }
        let minute = now.timestamp() - now.timestamp().rem_euclid(60);
        transaction.commit_with(CommitOptions::default().with_time(minute)).0?;
        let change = self.automerge.get_last_local_change()?;
        Some(ChangeBody(change.raw_bytes().to_vec()))
    }

    /// All its changes, each after those that it builds on.
    pub fn changes(&self) -> Vec<ChangeBody> {
        let changes = self.automerge.get_changes(&[]);
        changes.iter().map(|change| ChangeBody(change.raw_bytes().to_vec())).collect()
    }

    /// What was changed when: the minute and the keys of each change, the oldest first.
    pub fn past(&self) -> Vec<Past> {
        let changes = self.automerge.get_changes(&[]);
        let decoded = changes.iter().filter_map(|change| decode(change.raw_bytes(), &Limits::OWN).ok());
        let past = decoded.filter_map(|change| {
            let at = DateTime::from_timestamp(change.time, 0)?;
            Some(Past { at, keys: change.operations.into_iter().map(|operation| operation.key).collect() })
        });
        past.collect()
    }

    /// Takes in changes of one's own store or log, all or none of them. For a change from the wire use [`decode`] and
    /// [`Document::apply_decoded`], which lets the schema look at it in between.
    pub fn apply(&mut self, bodies: &[ChangeBody]) -> Result<Applied, DocumentError> {
        let decoded: Vec<_> =
            bodies.iter().map(|body| decode(body.as_bytes(), &Limits::OWN)).collect::<Result<_, _>>()?;
        self.apply_decoded(&decoded)
    }

    /// Takes in changes that were read, all or none of them. Each must follow those it builds on.
    pub fn apply_decoded<'a>(
        &mut self,
        changes: impl IntoIterator<Item = &'a DecodedChange>,
    ) -> Result<Applied, DocumentError> {
        let mut changes = changes.into_iter().peekable();
        let mut history = History::of(&self.automerge);
        let mut before = None;
        let mut applied = Applied::default();
        while let Some(change) = changes.next() {
            if history.contains(&change.hash) {
                applied.known += 1;
                continue;
            }
            let more_follow = changes.peek().is_some();
            if more_follow && before.is_none() {
                before = Some(self.automerge.clone());
            }
            let result = history.check(change, &self.automerge).and_then(|()| {
                self.automerge.apply_changes([change.to_automerge()?]).map_err(DocumentError::Refused)
            });
            if let Err(error) = result {
                if let Some(before) = before {
                    self.automerge = before;
                }
                return Err(error);
            }
            history.record(change);
            applied.new += 1;
        }
        Ok(applied)
    }
}

/// The content is personal; what may be shown is how much there is.
impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Document({} keys)", self.automerge.length(ROOT))
    }
}

fn automerge_actor(actor: ActorId) -> automerge::ActorId {
    automerge::ActorId::from(actor.as_bytes().as_slice())
}

fn to_automerge(value: &Value) -> ScalarValue {
    match value {
        Value::Text(text) => ScalarValue::Str(text.as_str().into()),
        Value::Int(number) => ScalarValue::Int(*number),
        Value::Bool(yes) => ScalarValue::Boolean(*yes),
    }
}

/// `None` for kinds of values that documents never hold.
fn from_automerge(value: &ScalarValue) -> Option<Value> {
    match value {
        ScalarValue::Str(text) => Some(Value::Text(text.to_string())),
        ScalarValue::Int(number) => Some(Value::Int(*number)),
        ScalarValue::Uint(number) => i64::try_from(*number).ok().map(Value::Int),
        ScalarValue::Boolean(yes) => Some(Value::Bool(*yes)),
        ScalarValue::Bytes(_)
        | ScalarValue::F64(_)
        | ScalarValue::Counter(_)
        | ScalarValue::Timestamp(_)
        | ScalarValue::Unknown { .. }
        | ScalarValue::Null => None,
    }
}

#[cfg(test)]
mod tests;
