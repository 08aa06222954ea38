//! A new life for a document: its current values, and nothing of how they came about.
//!
//! A document is reborn when less may be seen than before (the old values must not travel on in its history) and
//! when it has grown old. Nothing can be cut out of a document; a fresh one takes its place.

use chrono::{DateTime, TimeDelta, Utc};
use rand::Rng;

use super::{ChangeBody, Content, Document, Edit};
use crate::id::ActorId;

/// A fresh document and the changes that make it, in order.
#[derive(Debug)]
pub struct Fresh {
    pub document: Document,
    pub changes: Vec<ChangeBody>,
}

/// Bytes of keys and values that one change of a fresh document takes, well under what the wire lets through.
const CHANGE_BYTES: usize = 16 << 10;
/// Operations that one change of a fresh document takes.
const CHANGE_OPERATIONS: usize = 500;

/// Makes a document of these values, without history. Concurrent values stay concurrent: each further one is set by
/// an actor of its own that has not seen the others.
pub fn fresh(content: &Content, actor: ActorId, rng: &mut (impl Rng + ?Sized), now: DateTime<Utc>) -> Fresh {
    let mut made = Fresh { document: Document::new(actor), changes: Vec::new() };
    let most = content.values().map(Vec::len).max().unwrap_or(0);
    for place in 0..most {
        let edits = content
            .iter()
            .filter_map(|(key, values)| Some(Edit::set(key.as_str(), values.get(place)?.clone())));
        let changes = if place == 0 {
            write(&mut made.document, edits, now)
        } else {
            write(&mut Document::new(ActorId::random(rng)), edits, now)
        };
        if place > 0 {
            made.document.apply(&changes).expect("changes that build on each other alone fit any document");
        }
        made.changes.extend(changes);
    }
    made
}

/// Makes the edits in changes of bounded size.
fn write(document: &mut Document, edits: impl Iterator<Item = Edit>, now: DateTime<Utc>) -> Vec<ChangeBody> {
    let mut changes = Vec::new();
    let mut pending = Vec::new();
    let mut bytes = 0;
    for edit in edits {
        let size = edit.key.len() + edit.value.as_ref().and_then(|value| value.as_text()).map_or(8, str::len);
        if bytes + size > CHANGE_BYTES || pending.len() == CHANGE_OPERATIONS {
            changes.extend(document.edit(&pending, now));
            pending.clear();
            bytes = 0;
        }
        bytes += size;
        pending.push(edit);
    }
    changes.extend(document.edit(&pending, now));
    changes
}

impl Document {
    /// Whether the document has grown so old that it should be reborn: a thousand changes, or ten years since the
    /// first. A wrong clock can only make that happen early or late.
    pub fn is_old(&self, now: DateTime<Utc>) -> bool {
        const CHANGES: usize = 1_000;
        const AGE: TimeDelta = TimeDelta::days(3_652);
        let changes = self.automerge.get_changes_meta(&[]);
        let first = changes.iter().map(|change| change.timestamp).min();
        let old = first.is_some_and(|first| now.timestamp().saturating_sub(first) >= AGE.num_seconds());
        old || changes.len() >= CHANGES
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rand::{SeedableRng, rngs::StdRng};

    use super::*;
    use crate::document::{Limits, Value, decode};

    fn any_content() -> impl Strategy<Value = Content> {
        let value = prop_oneof![
            "[a-zæøå ]{0,30}".prop_map(Value::Text),
            any::<i64>().prop_map(Value::Int),
            any::<bool>().prop_map(Value::Bool),
        ];
        let values = prop::collection::btree_set(value, 1..4).prop_map(Vec::from_iter);
        prop::collection::btree_map("[a-z/]{1,12}", values, 0..12)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn a_fresh_document_has_the_same_content_everywhere(content in any_content(), seed in any::<u64>()) {
            let mut rng = StdRng::seed_from_u64(seed);
            let fresh = fresh(&content, ActorId::random(&mut rng), &mut rng, DateTime::UNIX_EPOCH);
            prop_assert!(fresh.document.content() == content);
            let mut elsewhere = Document::new(ActorId::random(&mut rng));
            elsewhere.apply(&fresh.changes).unwrap();
            prop_assert!(elsewhere.content() == content);
        }
    }

    #[test]
    fn nothing_of_the_old_generation_is_in_the_fresh_one() {
        // Design, section 4: narrowing opens a new generation.
        let mut rng = StdRng::seed_from_u64(1);
        let mut old = Document::new(ActorId::random(&mut rng));
        let canary = "canary-of-a-withdrawn-address";
        old.edit(&[Edit::set("email/a", canary), Edit::set("name/given", canary)], DateTime::UNIX_EPOCH);
        old.edit(&[Edit::delete("email/a"), Edit::set("name/given", "Kari")], DateTime::UNIX_EPOCH);
        let holds_canary =
            |bytes: &[u8]| bytes.windows(canary.len()).any(|window| window == canary.as_bytes());
        assert!(holds_canary(&old.save()));
        let fresh = fresh(&old.content(), ActorId::random(&mut rng), &mut rng, DateTime::UNIX_EPOCH);
        assert!(!holds_canary(&fresh.document.save()));
        assert!(fresh.changes.iter().all(|change| !holds_canary(change.as_bytes())));
        assert!(!fresh.document.save().windows(7).any(|window| window == b"email/a"));
    }

    #[test]
    fn a_large_document_is_reborn_in_changes_that_may_travel() {
        let mut rng = StdRng::seed_from_u64(2);
        let content: Content =
            (0..1_200).map(|n| (format!("note/{n:08}/text"), vec![Value::Text("x".repeat(100))])).collect();
        let fresh = fresh(&content, ActorId::random(&mut rng), &mut rng, DateTime::UNIX_EPOCH);
        assert!(fresh.changes.len() > 1);
        assert!(fresh.changes.iter().all(|change| decode(change.as_bytes(), &Limits::WIRE).is_ok()));
        assert!(fresh.document.content() == content);
    }

    #[test]
    fn a_thousand_changes_or_ten_years_are_old() {
        let mut rng = StdRng::seed_from_u64(3);
        let mut document = Document::new(ActorId::random(&mut rng));
        let start = DateTime::UNIX_EPOCH;
        assert!(!document.is_old(start));
        for n in 0..999 {
            document.edit(&[Edit::set("a", n)], start);
        }
        assert!(!document.is_old(start + TimeDelta::days(3_651)));
        assert!(document.is_old(start + TimeDelta::days(3_652)));
        document.edit(&[Edit::delete("a")], start);
        assert!(document.is_old(start));
    }
}
