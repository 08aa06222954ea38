//! Keys to seal to: X25519, used by HPKE (RFC 9180) in base mode. Who sealed is said by the signed entry around it.

use std::fmt;

use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable as _, Kem as _, OpModeR, OpModeS, Serializable as _};
use minicbor::{Decode, Encode};
use zeroize::Zeroizing;

use super::SealError;

type Kem = X25519HkdfSha256;

/// The secret half. `Debug` shows nothing of it.
#[derive(Clone)]
pub struct SealKey {
    seed: Zeroizing<[u8; 32]>,
}

/// The public half, in a device's certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct SealPublicKey(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 32]);

impl SealKey {
    /// From 32 secret bytes: random ones, or those of a recovery phrase.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self { seed: Zeroizing::new(*seed) }
    }

    /// What to keep.
    pub fn seed(&self) -> Zeroizing<[u8; 32]> {
        self.seed.clone()
    }

    /// The public half.
    pub fn public(&self) -> SealPublicKey {
        let (_, public) = Kem::derive_keypair(self.seed.as_slice());
        SealPublicKey(public.to_bytes().into())
    }

    pub(super) fn open(&self, sealed: &[u8], what: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let (encapsulated, sealed) = sealed.split_first_chunk::<32>().ok_or(SealError::Malformed)?;
        let encapsulated =
            <Kem as hpke::Kem>::EncappedKey::from_bytes(encapsulated).map_err(|_| SealError::Malformed)?;
        let (secret, _) = Kem::derive_keypair(self.seed.as_slice());
        hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, Kem>(
            &OpModeR::Base,
            &secret,
            &encapsulated,
            what,
            sealed,
            b"",
        )
        .map(Zeroizing::new)
        .map_err(|_| SealError::WrongKey)
    }
}

impl fmt::Debug for SealKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealKey(hidden)")
    }
}

impl SealPublicKey {
    /// `encapsulated key (32) ‖ ciphertext ‖ tag (16)`.
    ///
    /// # Errors
    /// When this is no key that anything can be sealed to.
    pub(super) fn seal(&self, plain: &[u8], what: &[u8]) -> Result<Vec<u8>, SealError> {
        let key = <Kem as hpke::Kem>::PublicKey::from_bytes(&self.0).map_err(|_| SealError::Malformed)?;
        let (encapsulated, sealed) = hpke::single_shot_seal::<ChaCha20Poly1305, HkdfSha256, Kem>(
            &OpModeS::Base,
            &key,
            what,
            plain,
            b"",
        )
        .map_err(|_| SealError::Malformed)?;
        Ok([encapsulated.to_bytes().as_slice(), &sealed].concat())
    }
}
