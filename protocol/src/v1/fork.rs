//! Fork: one log, two histories (a restored disk image, a cloned laptop).
//!
//! Who is not the author names entries of the log as it knows it; the author finds the last one that both hold,
//! opens a new incarnation and signs there again what the other lacks. The author asks with no samples.

use minicbor::{Decode, Encode};

use crate::log::{Hash, LogId};

/// Samples in a message: the last 64, then ever wider.
pub const SAMPLES_MAX: usize = 128;

/// A log that has forked.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Fork {
    /// Which.
    #[n(0)]
    pub log: LogId,
    /// Descending; none when the author asks.
    #[n(1)]
    pub samples: Vec<Sample>,
}

/// One entry as the sender knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Sample {
    /// From 1.
    #[n(0)]
    pub sequence: u64,
    /// The entry's hash.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub hash: Hash,
}

impl Fork {
    /// The sequence numbers to sample of a log known up to `last`: the last 64, then doubling steps down to 1.
    pub fn sequences(last: u64) -> Vec<u64> {
        let near = (0..64).map_while(|back| last.checked_sub(back)).filter(|sequence| *sequence > 0);
        let far = (6..63).map_while(|power| last.checked_sub(1 << power)).filter(|sequence| *sequence > 0);
        let mut sequences: Vec<u64> = near.chain(far).chain((last > 0).then_some(1)).collect();
        sequences.dedup();
        sequences
    }
}
