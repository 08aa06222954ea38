//! What a volunteer does and can do. Stays in the chapter.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{entry::Entry, register::Reading, value::Line};

/// A supporter as a volunteer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Volunteering {
    pub skills: Vec<Entry<Line>>,
    pub tasks: Vec<Entry<Line>>,
    /// When the volunteer has time, in the volunteer's words.
    pub availability: Reading<Line>,
    /// Hours by year.
    pub hours: BTreeMap<i32, Reading<u32>>,
    /// The day a police certificate was shown; the certificate itself is never kept (P22).
    pub police_certificate_shown_on: Reading<NaiveDate>,
}

impl Volunteering {
    /// Whether nothing is kept.
    pub fn is_empty(&self) -> bool {
        *self == Volunteering::default()
    }
}
