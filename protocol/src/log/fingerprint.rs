//! A set hash: two stores that hold the same live changes have the same fingerprint, whatever the order.
//!
//! The sum modulo 2^256 of the items' SHA-256: adding and removing cost one hash, and nothing is read. Items contain a
//! commitment, itself a hash over random ids and the body, which keeps items from being chosen to cancel out cheaply;
//! it finds accidents, it is no proof against a peer who lies about its own store.

use std::fmt;

use minicbor::{Decode, Encode};
use sha2::{Digest as _, Sha256};

use super::{Document, Generation, Hash};
use crate::v1::compare::Short;

/// The running fingerprint of one zone of one chapter.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct Fingerprint(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 32]);

impl Fingerprint {
    /// A live change joins the set.
    pub fn add(&mut self, document: &Document, generation: Generation, commitment: &Hash) {
        self.add_hash(&item(document, generation, commitment));
    }

    /// A change leaves the set: erased, refused, or under its document's floor.
    pub fn remove(&mut self, document: &Document, generation: Generation, commitment: &Hash) {
        let mut negative = item(document, generation, commitment).map(|byte| !byte);
        // Two's complement: the bytes' complement and one.
        for byte in negative.iter_mut().rev() {
            let (sum, carry) = byte.overflowing_add(1);
            *byte = sum;
            if !carry {
                break;
            }
        }
        self.add_hash(&negative);
    }

    /// Its last 16 bytes.
    pub fn short(&self) -> Short {
        let mut short = [0; 16];
        short.copy_from_slice(&self.0[16..]);
        short
    }

    /// An item joins the set.
    pub fn add_hash(&mut self, hash: &Hash) {
        let mut carry = 0u16;
        for (sum, byte) in self.0.iter_mut().zip(hash).rev() {
            let total = u16::from(*sum) + u16::from(*byte) + carry;
            [_, *sum] = total.to_be_bytes();
            carry = total >> 8;
        }
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fingerprint({})", data_encoding::HEXLOWER.encode(&self.0[..8]))
    }
}

/// What stands for a live change in set hashes.
pub fn item(document: &Document, generation: Generation, commitment: &Hash) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update(b"helhet/1 fingerprint item\0");
    hasher.update(document);
    hasher.update(generation.number.to_be_bytes());
    hasher.update(generation.random.to_be_bytes());
    hasher.update(commitment);
    hasher.finalize().into()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn order_does_not_matter_and_removing_undoes_adding(items in prop::collection::vec((any::<[u8; 16]>(), any::<u32>(), any::<[u8; 32]>()), 0..20), left_out in any::<u64>()) {
            let of = |number| Generation { number, random: 1 };
            let (mut forward, mut backward, mut fewer) = <(Fingerprint, Fingerprint, Fingerprint)>::default();
            for (document, number, commitment) in &items {
                forward.add(document, of(*number), commitment);
            }
            for (document, number, commitment) in items.iter().rev() {
                backward.add(document, of(*number), commitment);
            }
            prop_assert_eq!(forward, backward);
            for (index, (document, number, commitment)) in items.iter().enumerate() {
                if left_out >> index & 1 == 1 {
                    forward.remove(document, of(*number), commitment);
                } else {
                    fewer.add(document, of(*number), commitment);
                }
            }
            prop_assert_eq!(forward, fewer);
        }
    }
}
