//! A planned line → edits of a supporter's chapter document. Pure: ids come from the random source handed in.
//!
//! The rule for a changed line: a value of the list replaces what stands in the record only where the record still
//! holds what the same list's earlier line had put there. What the chapter edited since stays; an empty cell removes
//! nothing; a consent never comes back by import once it was refused or withdrawn, a refusal always comes through.

mod change;

use chrono::{DateTime, Utc};
use rand::Rng;

use super::{
    imported::{Imported, ImportedFact},
    remembered::Remembered,
};
use crate::{
    command::Registration,
    document::{Edit, Value},
    id::{DocumentId, EntryKey, SupporterId},
    supporter::value::Moment,
};

pub use change::{Change, change};

/// Where lines come from and when.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// The list's name; see [`super::mapping::Mapping::source`].
    pub source: &'a str,
    /// The import batch, by which it can be undone.
    pub batch: &'a str,
    /// The time of the import.
    pub now: DateTime<Utc>,
}

/// The edits that make a new supporter of a line: what it says, where it came from, and the ids of the supporter's
/// documents in the other zones.
pub fn register(
    imported: &Imported,
    remembered: &Remembered,
    origin: Origin<'_>,
    rng: &mut (impl Rng + ?Sized),
) -> Registration {
    let (shared, confidential) = (DocumentId::random(rng), DocumentId::random(rng));
    let mut edits = vec![Edit::set("type", "supporter")];
    for fact in &imported.facts {
        add(&mut edits, fact, origin.now, rng);
    }
    let key = EntryKey::random(rng);
    edits.push(Edit::set(format!("external/{key}/source"), origin.source));
    if !imported.number.is_empty() {
        edits.push(Edit::set(format!("external/{key}/number"), imported.number.as_str()));
    }
    edits.push(Edit::set(format!("external/{key}/line"), imported.line_hash.as_str()));
    edits.push(Edit::set(format!("external/{key}/set"), remembered.to_text()));
    edits.push(Edit::set(format!("import/{}", EntryKey::random(rng)), origin.batch));
    edits.push(Edit::set("document/shared", shared.to_string()));
    edits.push(Edit::set("document/confidential", confidential.to_string()));
    Registration { id: SupporterId::random(rng), shared, confidential, edits }
}

/// Adds a fact as something new.
fn add(edits: &mut Vec<Edit>, fact: &ImportedFact, now: DateTime<Utc>, rng: &mut (impl Rng + ?Sized)) {
    match fact {
        ImportedFact::Single { key, value } => edits.push(Edit::set(key.as_str(), value.clone())),
        ImportedFact::Entry { list, parts } => {
            let key = EntryKey::random(rng);
            for (suffix, value) in parts {
                edits.push(Edit::set(format!("{list}/{key}{suffix}"), value.clone()));
            }
            if *list == "note" {
                edits.push(Edit::set(format!("note/{key}/at"), Moment(now)));
            }
        }
        ImportedFact::Consent { purpose, given: true, wording } => {
            let key = EntryKey::random(rng);
            let parts: [(&str, Value); 5] = [
                ("purpose", (*purpose).into()),
                ("basis", "consent".into()),
                ("given_at", Moment(now).into()),
                ("wording", wording.as_str().into()),
                ("channel", "import".into()),
            ];
            edits.extend(parts.map(|(part, value)| Edit::set(format!("grant/{key}/{part}"), value)));
        }
        ImportedFact::Consent { purpose, given: false, .. } => {
            let key = EntryKey::random(rng);
            edits.push(Edit::set(format!("withdrawal/{key}/purpose"), *purpose));
            edits.push(Edit::set(format!("withdrawal/{key}/at"), Moment(now)));
            edits.push(Edit::set(format!("withdrawal/{key}/refused"), true));
        }
    }
}
