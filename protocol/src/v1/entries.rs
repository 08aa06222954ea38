//! Entries: a batch in the sender's order of arrival. Its frame is compressed as a whole.

use minicbor::{Decode, Encode};

use crate::log::Entry;

/// A batch. The receiver stores it in one transaction with its positions, or not at all.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Entries {
    /// From 1 in each session and direction, without gaps.
    #[n(0)]
    pub number: u64,
    /// Up to [`crate::log::limits::BATCH_CHANGES_MAX`] changes.
    #[n(1)]
    pub entries: Vec<Entry>,
}
