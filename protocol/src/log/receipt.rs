//! A store's signed statement that it has removed something: the body of a change of kind 2.
//!
//! It is signed by itself too, so that it stands alone on a supporter's certificate of erasure.

use minicbor::{Decode, Encode};

use super::Hash;
use crate::identity::{KeyPair, PublicKey, Signable, Signed};

/// What was cleaned, as bits of [`Receipt::cleaned`].
pub mod cleaned {
    /// Log bodies.
    pub const LOG: u8 = 1;
    /// The tables that screens read.
    pub const PROJECTIONS: u8 = 2;
    /// Full-text index.
    pub const INDEX: u8 = 4;
    /// Wrapped keys.
    pub const KEYS: u8 = 8;
    /// Free pages and WAL: the checkpoint went through.
    pub const CHECKPOINT: u8 = 16;
}

/// "I have removed what this tombstone names."
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Receipt {
    /// [`Signed::hash`] of the tombstone.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub tombstone: Hash,
    /// The store that signs.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub store: [u8; 16],
    /// Bits of [`cleaned`].
    #[n(2)]
    pub cleaned: u8,
    /// Days since 1970-01-01.
    #[n(3)]
    pub finished_day: u32,
    /// The day on which it is gone from this store's backups too.
    #[n(4)]
    pub backup_until_day: u32,
    /// The device or hub that signs.
    #[n(5)]
    pub signer: PublicKey,
    /// The document, by the hash that tombstones name it by. Two devices may have erased one supporter while apart, and
    /// who removed it by the one tombstone may never hear of the other.
    #[cbor(n(6), with = "minicbor::bytes")]
    pub document_hash: Option<Hash>,
}

impl Signable for Receipt {
    const DOMAIN: &'static str = "helhet/1 receipt";
    const NAME: &'static str = "erasure receipt";
}

impl Receipt {
    /// Signs it and gives the body of a change; `signer` is set to the signing key.
    pub fn sign(mut self, key: &KeyPair) -> Vec<u8> {
        self.signer = key.public();
        Signed::sign(&self, key).to_bytes()
    }

    /// Reads the body of a change, if the signer that it names signed it.
    ///
    /// # Errors
    /// When it is no receipt, or another key signed it.
    pub fn read(body: &[u8]) -> Result<Self, crate::identity::CertificateError> {
        let unreadable = |_| crate::identity::CertificateError::Unreadable { what: Self::NAME };
        let signed = Signed::<Self>::from_bytes(body).map_err(unreadable)?;
        let claimed = signed.unverified().map_err(unreadable)?;
        signed.verify(&claimed.signer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_is_its_signers() {
        let key = KeyPair::from_seed(&[1; 32]);
        let receipt = Receipt {
            tombstone: [2; 32],
            store: [3; 16],
            cleaned: cleaned::LOG | cleaned::CHECKPOINT,
            finished_day: 20_000,
            backup_until_day: 20_030,
            signer: key.public(),
            document_hash: Some([4; 32]),
        };
        assert_eq!(Receipt::read(&receipt.clone().sign(&key)), Ok(receipt.clone()));
        assert!(Receipt::read(&Signed::sign(&receipt, &KeyPair::from_seed(&[9; 32])).to_bytes()).is_err());
        assert!(Receipt::read(b"no").is_err());
    }
}
