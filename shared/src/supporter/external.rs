//! Where a supporter came from and what it accepted.

use super::{
    register::Reading,
    value::{Line, Moment},
};
use crate::id::EntryKey;

/// Who a supporter is in another register: by a number, else by the imported line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct External {
    pub key: EntryKey,
    pub source: Reading<Line>,
    pub number: Reading<Line>,
    /// SHA-256 of the folded line, lower-case hex.
    pub line: Reading<Line>,
}

/// A declaration text that a supporter accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    pub key: EntryKey,
    pub version: Reading<Line>,
    pub accepted_at: Reading<Moment>,
}
