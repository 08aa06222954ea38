//! A device is a chapter's no longer: what it wrote up to the named positions stands, what lies beyond is refused by
//! whatever route it comes.

use minicbor::{Decode, Encode};

use super::Position;
use crate::identity::{CertificateError, Chapter, PublicKey, Signable, Signed};

/// The chapter key's statement that a device is out.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Revocation {
    /// The chapter.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub chapter: Chapter,
    /// The device.
    #[n(1)]
    pub device: PublicKey,
    /// Its last accepted position in each of its logs; a log not named is refused whole.
    #[n(2)]
    pub last_accepted: Vec<Position>,
    /// Unix seconds, for people.
    #[n(3)]
    pub time: i64,
    /// The chapter key that signs.
    #[n(4)]
    pub authority: PublicKey,
}

impl Signable for Revocation {
    const DOMAIN: &'static str = "helhet/1 revocation";
    const NAME: &'static str = "revocation";
}

impl Signed<Revocation> {
    /// What it says, if the authority that it names signed it. Whether that is the chapter's key is the store's to
    /// know.
    ///
    /// # Errors
    /// When it cannot be read, or another key signed it.
    pub fn verify_own(&self) -> Result<Revocation, CertificateError> {
        let claimed =
            self.unverified().map_err(|_| CertificateError::Unreadable { what: Revocation::NAME })?;
        self.verify(&claimed.authority)
    }
}
