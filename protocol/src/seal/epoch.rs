//! An epoch: one random secret under which document keys are wrapped, from one change of who may read to the next.

use std::fmt;

use minicbor::{Decode, Encode};
use rand::CryptoRng;
use zeroize::Zeroizing;

use super::{ALGORITHM, SealError, SealKey, SealPublicKey};
use crate::identity::Chapter;
use crate::identity::certificate::to_cbor;

/// Random.
pub type EpochId = [u8; 16];

/// More devices than any chapter has, with the recovery phrase's key.
const RECIPIENTS_MAX: usize = 64;

/// The secret of an epoch. `Debug` shows nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub struct EpochSecret(pub(super) Zeroizing<[u8; 32]>);

impl EpochSecret {
    /// A new one.
    pub fn random(rng: &mut impl CryptoRng) -> Self {
        let mut secret = Zeroizing::new([0; 32]);
        rng.fill_bytes(secret.as_mut_slice());
        Self(secret)
    }

    /// From where it was kept.
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(Zeroizing::new(*bytes))
    }

    /// What to keep.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for EpochSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EpochSecret(hidden)")
    }
}

/// The body of a change of kind 4: an epoch's secret for whom it is sealed to. Its document is the epoch's id. An epoch
/// may be told by several of these; whoever is named in one can open it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Epoch {
    #[n(0)]
    algorithm: u8,
    /// One per recipient.
    #[n(1)]
    pub wraps: Vec<Wrap>,
}

/// The secret for one of them.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Wrap {
    /// Whose.
    #[n(0)]
    pub to: SealPublicKey,
    #[cbor(n(1), with = "minicbor::bytes")]
    sealed: Vec<u8>,
}

impl Epoch {
    /// Seals a secret to everybody who may read.
    ///
    /// # Errors
    /// When one of them is no key, or they are more than a chapter has devices.
    pub fn seal(
        chapter: &Chapter,
        zone: u8,
        id: &EpochId,
        secret: &EpochSecret,
        to: &[SealPublicKey],
    ) -> Result<Self, SealError> {
        if to.len() > RECIPIENTS_MAX {
            return Err(SealError::TooLarge);
        }
        let what = what(chapter, zone, id);
        let wraps = to.iter().map(|to| Ok(Wrap { to: *to, sealed: to.seal(secret.bytes(), &what)? }));
        Ok(Self { algorithm: ALGORITHM, wraps: wraps.collect::<Result<_, SealError>>()? })
    }

    /// The secret, if it is sealed to this key.
    ///
    /// # Errors
    /// [`SealError::NotForUs`] where it is not; else when it does not open.
    pub fn open(
        &self,
        chapter: &Chapter,
        zone: u8,
        id: &EpochId,
        key: &SealKey,
    ) -> Result<EpochSecret, SealError> {
        let public = key.public();
        let wrap = self.wraps.iter().find(|wrap| wrap.to == public).ok_or(SealError::NotForUs)?;
        let opened = key.open(&wrap.sealed, &what(chapter, zone, id))?;
        let secret = opened.as_slice().try_into().map_err(|_| SealError::Malformed)?;
        Ok(EpochSecret(Zeroizing::new(secret)))
    }

    /// As the body of a change.
    pub fn to_body(&self) -> Vec<u8> {
        to_cbor(self)
    }

    /// Reads the body of a change.
    ///
    /// # Errors
    /// When it is none, or too many, or of a newer algorithm.
    pub fn read(body: &[u8]) -> Result<Self, SealError> {
        let epoch: Self = minicbor::decode(body).map_err(|_| SealError::Malformed)?;
        match epoch {
            Self { algorithm, .. } if algorithm != ALGORITHM => Err(SealError::Algorithm),
            Self { wraps, .. } if wraps.len() > RECIPIENTS_MAX => Err(SealError::TooLarge),
            epoch => Ok(epoch),
        }
    }
}

fn what(chapter: &Chapter, zone: u8, id: &EpochId) -> Vec<u8> {
    [b"helhet/1 epoch\0".as_slice(), &[ALGORITHM], chapter, &[zone], id].concat()
}
