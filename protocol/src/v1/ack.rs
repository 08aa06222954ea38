//! Acknowledgement: these batches are durable here. And: I have sent all I had.

use minicbor::{Decode, Encode};

/// Sent only after the commit that made the batch durable.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Ack {
    /// Every batch up to this number.
    #[n(0)]
    pub number: u64,
    /// Changes of the newly acknowledged batches that were not taken; refusals say which and why.
    #[n(1)]
    pub refused: u64,
}

super::empty_message! {
    /// "I have sent all I had when you said hello." Once per session and direction.
    CaughtUp
}
