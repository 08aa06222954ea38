//! The key of one generation of a document in one epoch, and its row in the keyring.

use std::fmt;

use minicbor::{Decode, Encode};
use rand::CryptoRng;
use zeroize::Zeroizing;

use super::{ALGORITHM, EpochId, EpochSecret, Place, SealError, aead};
use crate::identity::certificate::to_cbor;

/// A document's key. `Debug` shows nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub struct DocumentKey(pub(super) Zeroizing<[u8; 32]>);

impl DocumentKey {
    /// A new one.
    pub fn random(rng: &mut impl CryptoRng) -> Self {
        let mut key = Zeroizing::new([0; 32]);
        rng.fill_bytes(key.as_mut_slice());
        Self(key)
    }

    /// For the keyring.
    pub fn wrap(
        &self,
        place: &Place,
        epoch: EpochId,
        secret: &EpochSecret,
        rng: &mut impl CryptoRng,
    ) -> WrappedKey {
        let wrapped = aead::seal(&secret.0, self.0.as_slice(), &place.bytes(WHAT, &epoch), rng);
        WrappedKey { algorithm: ALGORITHM, epoch, wrapped }
    }
}

impl fmt::Debug for DocumentKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DocumentKey(hidden)")
    }
}

const WHAT: &str = "helhet/1 document key";

/// The body of a change of kind 3. Document and generation are the change's; several authors may each have made one for
/// the same epoch, and all are good.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct WrappedKey {
    #[n(0)]
    algorithm: u8,
    /// Under whose secret it is wrapped.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub epoch: EpochId,
    #[cbor(n(2), with = "minicbor::bytes")]
    wrapped: Vec<u8>,
}

impl WrappedKey {
    /// The key.
    ///
    /// # Errors
    /// When this secret is not the epoch's, or the row belongs to another document.
    pub fn unwrap(&self, place: &Place, secret: &EpochSecret) -> Result<DocumentKey, SealError> {
        let opened = aead::open(&secret.0, &self.wrapped, &place.bytes(WHAT, &self.epoch))?;
        let key = opened.as_slice().try_into().map_err(|_| SealError::Malformed)?;
        Ok(DocumentKey(Zeroizing::new(key)))
    }

    /// As the body of a change.
    pub fn to_body(&self) -> Vec<u8> {
        to_cbor(self)
    }

    /// Reads the body of a change.
    ///
    /// # Errors
    /// When it is none, or of a newer algorithm.
    pub fn read(body: &[u8]) -> Result<Self, SealError> {
        let row: Self = minicbor::decode(body).map_err(|_| SealError::Malformed)?;
        match row.algorithm {
            ALGORITHM => Ok(row),
            _ => Err(SealError::Algorithm),
        }
    }
}
