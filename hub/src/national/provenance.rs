//! Where a value came from: which chapter (or the office), and when it was first seen there (N4).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, SecondsFormat, Utc};
use helhet_shared::document::{Content, Value};
use helhet_shared::id::DocumentId;
use serde::Serialize;
use serde::ser::SerializeStruct as _;

/// Key and value → when the change that set it was made or, where that is earlier, received, and who said so: the
/// record's holder, or the office where it corrected the value.
pub type Moments = BTreeMap<(String, Value), (DateTime<Utc>, Holder)>;

/// Who holds a record: the chapter's name as the office knows it, or the office itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holder {
    Chapter(String),
    Office,
}

impl Holder {
    /// As shown and as written to JSON.
    pub fn name(&self) -> &str {
        match self {
            Self::Chapter(name) => name,
            Self::Office => "office",
        }
    }
}

/// One linked record, with the moments of its values.
#[derive(Clone, Debug)]
pub struct Part {
    pub record: DocumentId,
    pub holder: Holder,
    pub content: Content,
    pub moments: Moments,
}

impl Part {
    /// The source of one value of this part; a value without a moment (there is none in practice) counts as oldest.
    pub(super) fn source(&self, key: &str, value: &Value) -> Source {
        match self.moments.get(&(key.to_owned(), value.clone())) {
            Some((at, holder)) => Source { at: *at, holder: holder.clone() },
            None => Source { at: DateTime::UNIX_EPOCH, holder: self.holder.clone() },
        }
    }
}

/// Who said so, and when.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Source {
    pub at: DateTime<Utc>,
    pub holder: Holder,
}

impl Serialize for Source {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Source", 2)?;
        object.serialize_field("chapter", self.holder.name())?;
        object.serialize_field("at", &self.at.to_rfc3339_opts(SecondsFormat::Secs, true))?;
        object.end()
    }
}

/// A value with everybody who said it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sourced<T> {
    pub value: T,
    pub sources: Vec<Source>,
}

impl<T> Sourced<T> {
    pub(super) fn newest(&self) -> DateTime<Utc> {
        self.sources.iter().map(|source| source.at).max().unwrap_or(DateTime::UNIX_EPOCH)
    }

    /// How many different chapters (or the office) hold the value.
    pub(super) fn holders(&self) -> usize {
        self.sources.iter().map(|source| &source.holder).collect::<BTreeSet<_>>().len()
    }
}

/// Gathers equal values from many parts under one entry, with all their sources; `same` is the form in which values
/// are compared.
pub(super) fn gather<T: Clone>(
    values: impl IntoIterator<Item = (T, Source)>,
    same: impl Fn(&T) -> String,
) -> Vec<Sourced<T>> {
    let mut gathered: BTreeMap<String, Sourced<T>> = BTreeMap::new();
    for (value, source) in values {
        let entry = gathered
            .entry(same(&value))
            .or_insert_with(|| Sourced { value: value.clone(), sources: Vec::new() });
        match entry.sources.iter_mut().find(|known| known.holder == source.holder) {
            Some(known) => known.at = known.at.max(source.at),
            None => entry.sources.push(source),
        }
    }
    let mut gathered: Vec<_> = gathered.into_values().collect();
    for entry in &mut gathered {
        entry.sources.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.holder.cmp(&b.holder)));
    }
    gathered
}
