//! What two people wrote at once: a key of one record with several values. The office shows all of them and decides
//! nothing; somebody at the chapter picks.

use helhet_shared::id::DocumentId;
use helhet_shared::supporter::Field;
use serde::Serialize;

use super::provenance::{Part, Sourced, gather};
use super::rules::{newest_first, shown};

/// A key of one record that holds several values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Conflict {
    /// The field's pattern, as in a chapter's own JSON: `address/*/street`.
    pub field: String,
    /// The key within the record.
    pub key: String,
    pub record: DocumentId,
    /// The one said last comes first.
    pub values: Vec<Sourced<Said>>,
}

/// A disputed value as it is shown.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Said(pub String);

impl std::fmt::Debug for Said {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Said(hidden)")
    }
}

/// Every conflict within one record, in the order of their keys. What two records say apart is none.
pub(super) fn conflicts(parts: &[Part]) -> Vec<Conflict> {
    let mut conflicts = Vec::new();
    for part in parts {
        for (key, values) in part.content.iter().filter(|(_, values)| values.len() > 1) {
            let said = values.iter().map(|value| (Said(shown(value)), part.source(key, value)));
            conflicts.push(Conflict {
                field: Field::of_key(key)
                    .map_or_else(|| key.clone(), |(field, _)| field.pattern().to_owned()),
                key: key.clone(),
                record: part.record,
                values: newest_first(gather(said, |said| said.0.clone())),
            });
        }
    }
    conflicts.sort_by(|a, b| (&a.key, a.record).cmp(&(&b.key, b.record)));
    conflicts
}
