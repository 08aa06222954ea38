//! Comparing two records. [`ExactLinker`] links on verified equality only; probabilistic linkage takes its place
//! behind [`Linker`] without a change to what stands around it.
//! Never guesses: an empty value equals nothing (T34).

use std::collections::BTreeSet;
use std::fmt;

use unicode_normalization::UnicodeNormalization as _;

/// What the linker knows of one record. `Debug` names the record and hides the person.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Comparable {
    /// The record, in any form that sorts: the hub uses the document's id, a file its own identifiers.
    pub record: String,
    /// A person and an organisation are never the same supporter.
    pub organisation: bool,
    /// See [`normalised_name`]; empty where the record has none.
    pub name: String,
    /// Lower-case addresses that parsed as e-mail; a value kept as written is not among them.
    pub emails: BTreeSet<String>,
    pub birth: Option<Birth>,
}

impl fmt::Debug for Comparable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Comparable").field("record", &self.record).finish_non_exhaustive()
    }
}

/// A birth date, or only its year.
#[derive(Clone, PartialEq, Eq)]
pub struct Birth {
    pub year: i32,
    /// (month, day), where the whole date is known.
    pub day: Option<(u32, u32)>,
}

impl fmt::Debug for Birth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Birth(hidden)")
    }
}

impl Birth {
    /// `1963-05-11` or `1963`; anything else is no birth date.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.trim().split('-');
        let year = parts.next()?.parse().ok().filter(|year| (1850..=2200).contains(year))?;
        let day = match (parts.next(), parts.next(), parts.next()) {
            (None, None, None) => None,
            (Some(month), Some(day), None) => Some((month.parse().ok()?, day.parse().ok()?)),
            (_, _, _) => return None,
        };
        Some(Self { year, day })
    }

    /// Two births contradict each other when no one person can have both.
    pub fn contradicts(&self, other: &Self) -> bool {
        self.year != other.year || matches!((self.day, other.day), (Some(a), Some(b)) if a != b)
    }
}

/// What comparing two records says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// Certain enough to link without asking.
    Same,
    /// A person should look at it.
    Doubtful,
    Different,
}

/// Decides about pairs. Implementations are pure and know nothing of storage.
pub trait Linker: Send + Sync {
    /// Keys under which two records must meet to be compared at all. Records that share no key are different.
    fn keys(&self, record: &Comparable) -> BTreeSet<String>;

    fn compare(&self, one: &Comparable, other: &Comparable) -> Likeness;
}

/// Same e-mail and same normalised name and no contradiction in birth date or year.
#[derive(Clone, Copy, Debug, Default)]
pub struct ExactLinker;

impl Linker for ExactLinker {
    fn keys(&self, record: &Comparable) -> BTreeSet<String> {
        if record.name.is_empty() {
            return BTreeSet::new();
        }
        let kind = if record.organisation { 'o' } else { 'p' };
        record.emails.iter().map(|email| format!("{kind}\u{1f}{email}\u{1f}{}", record.name)).collect()
    }

    fn compare(&self, one: &Comparable, other: &Comparable) -> Likeness {
        let meet = one.organisation == other.organisation
            && !one.name.is_empty()
            && one.name == other.name
            && one.emails.intersection(&other.emails).next().is_some();
        let contradiction =
            matches!((&one.birth, &other.birth), (Some(one), Some(other)) if one.contradicts(other));
        match (meet, contradiction) {
            (true, false) => Likeness::Same,
            (true, true) => Likeness::Doubtful,
            (false, _) => Likeness::Different,
        }
    }
}

/// A name as identity: composed, lower-case, single spaces. Letters stay what they are: Müller is not Muller.
pub fn normalised_name(name: &str) -> String {
    let composed: String = name.nfkc().collect::<String>().to_lowercase();
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}
