//! A signed statement, kept as the bytes that were signed.
//!
//! The bytes are never re-encoded: a field that a newer version appended stays under the signature and travels on.

use std::marker::PhantomData;

use minicbor::{Decode, Encode};
use sha2::{Digest as _, Sha256};

use super::{KeyPair, PublicKey, Signature, Unreadable};

/// What can be signed as a statement: has a CBOR form and a signing domain of its own.
pub trait Signable: Encode<()> + for<'b> Decode<'b, ()> {
    /// The purpose that the signature is bound to.
    const DOMAIN: &'static str;
    /// The statement's name in messages.
    const NAME: &'static str;
}

/// A statement with its signature, unverified: [`Signed::verify`] is the only way to what it says under a key.
#[derive(Encode, Decode)]
#[cbor(array)]
pub struct Signed<T> {
    #[cbor(n(0), with = "minicbor::bytes")]
    bytes: Vec<u8>,
    #[n(1)]
    signature: Signature,
    #[cbor(skip)]
    what: PhantomData<fn() -> T>,
}

impl<T: Signable> Signed<T> {
    /// Signs a statement.
    pub fn sign(statement: &T, key: &KeyPair) -> Self {
        let bytes = to_cbor(statement);
        let signature = key.sign(T::DOMAIN, &bytes);
        Self { bytes, signature, what: PhantomData }
    }

    /// What it says, if `by` signed it.
    ///
    /// # Errors
    /// When the signature is not `by`'s, or the bytes are not such a statement.
    pub fn verify(&self, by: &PublicKey) -> Result<T, CertificateError> {
        if !by.verify(T::DOMAIN, &self.bytes, &self.signature) {
            return Err(CertificateError::WrongSigner { what: T::NAME });
        }
        self.unverified().map_err(|_| CertificateError::Unreadable { what: T::NAME })
    }

    /// What it claims, signature unchecked: to find out which key to verify it under, nothing else.
    ///
    /// # Errors
    /// When the bytes are not such a statement.
    pub fn unverified(&self) -> Result<T, Unreadable> {
        minicbor::decode(&self.bytes).map_err(|_| Unreadable { what: T::NAME })
    }

    /// The whole as bytes, to be stored.
    pub fn to_bytes(&self) -> Vec<u8> {
        to_cbor(self)
    }

    /// Back from [`Signed::to_bytes`].
    ///
    /// # Errors
    /// When the bytes are not a signed statement of this kind.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Unreadable> {
        let signed: Self = minicbor::decode(bytes).map_err(|_| Unreadable { what: T::NAME })?;
        signed.unverified().map(|_| signed)
    }

    /// SHA-256 over the statement's domain and bytes: its name in other statements.
    pub fn hash(&self) -> [u8; 32] {
        hash(T::DOMAIN, &self.bytes)
    }
}

impl<T> Clone for Signed<T> {
    fn clone(&self) -> Self {
        Self { bytes: self.bytes.clone(), signature: self.signature, what: PhantomData }
    }
}

impl<T> PartialEq for Signed<T> {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes && self.signature == other.signature
    }
}

impl<T> Eq for Signed<T> {}

impl<T: Signable> std::fmt::Debug for Signed<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Signed<{}>({} bytes)", T::NAME, self.bytes.len())
    }
}

/// Why a certificate, or a chain of them, does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CertificateError {
    /// The signature is not the expected key's.
    #[error("the {what} is not signed by the key that should have signed it")]
    WrongSigner { what: &'static str },
    /// Signed bytes that are no such statement.
    #[error("the {what} cannot be read")]
    Unreadable { what: &'static str },
    /// It speaks of another chapter.
    #[error("the {what} belongs to another chapter")]
    OtherChapter { what: &'static str },
    /// It certifies another key than the one that speaks.
    #[error("the {what} is for another key than the one that speaks")]
    OtherKey { what: &'static str },
    /// A newer serial is known.
    #[error("the {what} was replaced by a newer one (serial {serial}, newest known {newest})")]
    Replaced { what: &'static str, serial: u64, newest: u64 },
    /// Its time is over.
    #[error("the {what} has expired")]
    Expired { what: &'static str },
    /// Its time has not begun, by the clock of who checks.
    #[error("the {what} is not valid yet: compare the clocks of the two machines")]
    NotYetValid { what: &'static str },
    /// The office root is not the pinned one.
    #[error("this hub belongs to another office than the one that was joined")]
    OtherOffice,
}

/// SHA-256 over `domain ‖ 0 ‖ bytes`.
pub(crate) fn hash(domain: &str, bytes: &[u8]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(domain.as_bytes());
    hasher.update([0]);
    hasher.update(bytes);
    hasher.finalize().into()
}

/// The CBOR form of a value. Writing to memory cannot fail.
pub(crate) fn to_cbor<T: Encode<()>>(value: &T) -> Vec<u8> {
    minicbor::to_vec(value).expect("writing CBOR to memory does not fail")
}
