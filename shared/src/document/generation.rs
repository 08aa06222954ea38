//! When a document has grown so old that a new life begins for it.
//!
//! A document is reborn when less may be seen than before (the old values must not travel on in its history) and when it
//! has grown old. Nothing can be cut out of a document; a fresh one of current values takes its place.

use chrono::{DateTime, TimeDelta, Utc};

use super::Document;

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
    use rand::{SeedableRng, rngs::StdRng};

    use super::*;
    use crate::{document::Edit, id::ActorId};

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
