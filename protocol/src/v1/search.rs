//! Which chapter is it? Asked by who has a recovery phrase and nothing else.

use minicbor::{Decode, Encode};

use crate::identity::{Chapter, PublicKey, RootKey, Signature};

const DOMAIN: &str = "helhet/1 search";

/// "I hold this root: whose is it?"
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Search {
    /// The chapter's root.
    #[n(0)]
    pub root: PublicKey,
    #[n(1)]
    proof: Signature,
}

/// The answer: what to restore.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Found {
    /// The chapter that this root is pinned for.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub chapter: Chapter,
    /// As the office calls it.
    #[n(1)]
    pub name: String,
    /// The newest chapter key that is known of it: the next one is higher.
    #[n(2)]
    pub chapter_key_serial: u64,
}

impl Search {
    /// Asks on the channel of this exporter value.
    pub fn new(root: &RootKey, exporter: &[u8; 32]) -> Self {
        Self { root: root.public(), proof: root.key().sign(DOMAIN, exporter) }
    }

    /// True if the root's holder asks on this channel.
    pub fn holds(&self, exporter: &[u8; 32]) -> bool {
        self.root.verify(DOMAIN, exporter, &self.proof)
    }
}
