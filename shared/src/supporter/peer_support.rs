//! A peer supporter: a trained person with own experience. Often data on health (GDPR Art. 9); stays in the chapter.

use chrono::NaiveDate;

use super::{
    entry::Entry,
    register::Reading,
    value::{Line, codes},
};

codes! {
    /// Whose illness a peer supporter knows.
    Experience {
        Own = "own",
        Relative = "relative",
        Both = "both",
    }
}

/// A supporter as a peer supporter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PeerSupport {
    pub themes: Vec<Entry<Line>>,
    pub experience: Reading<Experience>,
    pub languages: Vec<Entry<Line>>,
    pub course_on: Reading<NaiveDate>,
    pub approved_from: Reading<NaiveDate>,
    /// The day on which the approval no longer holds.
    pub approved_to: Reading<NaiveDate>,
    /// How many people at once.
    pub capacity: Reading<u32>,
}

impl PeerSupport {
    /// Whether nothing is kept.
    pub fn is_empty(&self) -> bool {
        *self == PeerSupport::default()
    }

    /// Whether the approval holds on `day`.
    pub fn approved(&self, day: NaiveDate) -> bool {
        self.approved_from.all_known().any(|&from| from <= day)
            && self.approved_to.as_written().next().is_none()
            && self.approved_to.all_known().all(|&to| day < to)
    }
}
