//! A person's word about two records. It stands until a person takes it back; no linker overrules it (T32).

use std::collections::{BTreeMap, BTreeSet};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    Same,
    NotSame,
}

impl Decision {
    /// As stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::NotSame => "not_same",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "same" => Some(Self::Same),
            "not_same" => Some(Self::NotSame),
            _ => None,
        }
    }
}

/// Decisions by pair; a pair has no order.
#[derive(Clone, Debug, Default)]
pub struct Decisions {
    pairs: BTreeMap<(String, String), Decision>,
}

impl Decisions {
    pub fn put(&mut self, one: &str, other: &str, decision: Decision) {
        if one != other {
            self.pairs.insert(pair(one, other), decision);
        }
    }

    pub fn of(&self, one: &str, other: &str) -> Option<Decision> {
        self.pairs.get(&pair(one, other)).copied()
    }

    /// The pairs called the same, in order.
    pub(super) fn same(&self) -> impl Iterator<Item = &(String, String)> {
        self.pairs.iter().filter(|(_, decision)| **decision == Decision::Same).map(|(pair, _)| pair)
    }

    /// True where somebody said that a record of the one group is not the same as a record of the other.
    pub(super) fn part(&self, one: &BTreeSet<String>, other: &BTreeSet<String>) -> bool {
        one.iter().any(|a| other.iter().any(|b| self.of(a, b) == Some(Decision::NotSame)))
    }
}

fn pair(one: &str, other: &str) -> (String, String) {
    if one <= other { (one.into(), other.into()) } else { (other.into(), one.into()) }
}
