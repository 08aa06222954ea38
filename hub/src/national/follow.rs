//! What becomes of a correction at the chapter.
//!
//! A chapter that takes a correction over writes nothing: its part says it already. So it is taken when a device of the
//! chapter has acknowledged the hub's entry and the part says the value and no other. What a chapter wrote before it
//! had the correction may arrive after that acknowledgement: then two values stand, and a person there has yet to pick.
//! A correction is written again when the chapter opens a new generation without it before it was taken.

use chrono::{DateTime, Utc};
use helhet_shared::document::{Content, Edit, Value};
use helhet_shared::sqlite::{Id, StoredGeneration};
use rand::Rng;
use rusqlite::{Connection, Transaction};

use super::correction::{CorrectionError, send};
use super::open_record::OpenRecord;
use crate::log::{header, to_stored_log};
use crate::office::Office;
use crate::store::corrections::{self, CorrectionRow};
use crate::store::{StoreError, documents, feed};

const SHOWN: &str = "shown";
const REJECTED: &str = "rejected";
const GONE: &str = "gone";

/// What looking at corrections came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Followed {
    /// One was written again.
    pub written: bool,
    /// Of one it is known now what became of it, or no more.
    pub settled: bool,
}

impl std::ops::BitOrAssign for Followed {
    fn bitor_assign(&mut self, other: Self) {
        self.written |= other.written;
        self.settled |= other.settled;
    }
}

/// Looks at the corrections of a record that are due. What comes of that is due again when something new arrives.
pub fn follow(
    transaction: &Transaction<'_>,
    office: &Office,
    document: &Id,
    now: DateTime<Utc>,
    rng: &mut impl Rng,
) -> Result<Followed, CorrectionError> {
    let mut followed = Followed::default();
    for (row, before) in corrections::open(transaction, document)? {
        let Some(mut open) = OpenRecord::open(transaction, document, rng)? else {
            // Frozen, or of two generations: the chapter opens a new one. With none at all it was erased.
            if documents::generations(transaction, document)?.is_empty() {
                corrections::settle(transaction, row.id, Some(GONE))?;
                followed.settled = true;
            }
            continue;
        };
        let edits = read_edits(&row.edits)?;
        match Standing::of(transaction, office, &open, &row, &edits, before.as_deref())? {
            Standing::Lost => {
                if send(transaction, office, &mut open, row.chapter, &edits, now)? {
                    corrections::moved(transaction, row.id, open.generation)?;
                    followed.written = true;
                }
            }
            Standing::Found(outcome) if outcome != before.as_deref() => {
                corrections::settle(transaction, row.id, outcome)?;
                followed.settled = true;
            }
            Standing::Found(_) => {}
        }
    }
    corrections::looked_at(transaction, document)?;
    Ok(followed)
}

/// How a correction stands in its record.
enum Standing {
    /// A new generation never had it.
    Lost,
    /// What became of it; `None` while it waits.
    Found(Option<&'static str>),
}

impl Standing {
    fn of(
        connection: &Connection,
        office: &Office,
        open: &OpenRecord,
        row: &CorrectionRow,
        edits: &[Edit],
        before: Option<&str>,
    ) -> Result<Self, StoreError> {
        let content = open.content();
        let in_its_generation = open.generation == row.generation;
        Ok(Self::Found(if says(&content, edits) {
            // In its own generation the hub's change alone may say so. What was taken stays so, also while a later
            // correction of the record is on its way.
            let taken = before == Some(SHOWN)
                || !in_its_generation
                || has_arrived(connection, office, &row.document, open.generation)?;
            taken.then_some(SHOWN)
        } else if in_its_generation && holds(&content, edits) {
            // Something else was said at the same time: a person at the chapter has yet to pick.
            None
        } else if before == Some(SHOWN) {
            // The chapter took it, and went on from there.
            Some(SHOWN)
        } else if in_its_generation {
            // The chapter has set something else over it: its person's pick counts.
            Some(REJECTED)
        } else {
            return Ok(Self::Lost);
        }))
    }
}

/// Whether a device of the chapter has acknowledged the hub's last change of this generation.
fn has_arrived(
    connection: &Connection,
    office: &Office,
    document: &Id,
    generation: StoredGeneration,
) -> Result<bool, StoreError> {
    let own = office.key.public().0;
    let said = documents::said(connection, document, generation)?;
    let Some(last) = said.iter().rfind(|said| said.author == own) else { return Ok(false) };
    let header = header(&last.header).ok_or(StoreError::Damaged { what: "an entry of the hub's own log" })?;
    Ok(feed::acknowledged_up_to(connection, &to_stored_log(&header.log))? >= header.sequence)
}

/// Whether the record says this and nothing else.
fn says(content: &Content, edits: &[Edit]) -> bool {
    edits.iter().all(|edit| {
        let values = content.get(&edit.key).map(Vec::as_slice).unwrap_or_default();
        values == edit.value.as_slice()
    })
}

/// Whether the record says this, perhaps among other things.
fn holds(content: &Content, edits: &[Edit]) -> bool {
    edits.iter().all(|edit| {
        let values = content.get(&edit.key).map(Vec::as_slice).unwrap_or_default();
        edit.value.as_ref().map_or(values.is_empty(), |value| values.contains(value))
    })
}

fn read_edits(json: &str) -> Result<Vec<Edit>, CorrectionError> {
    let rows: Vec<(String, Option<String>)> =
        serde_json::from_str(json).map_err(|_| StoreError::Damaged { what: "a correction" })?;
    Ok(rows.into_iter().map(|(key, value)| Edit { key, value: value.map(Value::Text) }).collect())
}
