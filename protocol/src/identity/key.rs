//! Ed25519 keys and signatures. Every signature is made over `domain ‖ 0 ‖ message`, so that a signature for one
//! purpose is worth nothing for another, and is checked strictly (no weak keys, no malleable forms).

use std::{fmt, str::FromStr};

use data_encoding::{BASE32_NOPAD, HEXLOWER};
use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};
use hkdf::Hkdf;
use minicbor::{Decode, Encode};
use rand::CryptoRng;
use sha2::Sha256;
use zeroize::Zeroizing;

use super::Unreadable;
use crate::seal::SealKey;

/// A secret key with its public half. The secret is wiped when this is dropped, and `Debug` does not show it.
#[derive(Clone)]
pub struct KeyPair(SigningKey);

impl KeyPair {
    /// Draws a fresh key.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        let mut seed = Zeroizing::new([0u8; 32]);
        rng.fill_bytes(seed.as_mut_slice());
        Self::from_seed(&seed)
    }

    /// The key that belongs to 32 secret bytes.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    /// The 32 secret bytes, to be stored where only this device reads them.
    pub fn seed(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0.to_bytes())
    }

    /// The half that everyone may know.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key().to_bytes())
    }

    /// The key that others seal to for the holder of this one (HKDF-SHA-256): a device has one secret to keep.
    pub fn seal_key(&self) -> SealKey {
        let mut seed = Zeroizing::new([0; 32]);
        let hkdf = Hkdf::<Sha256>::new(Some(b"helhet/1 device"), self.0.as_bytes());
        hkdf.expand(b"helhet/1 device seal", seed.as_mut_slice())
            .expect("32 bytes are within what HKDF gives");
        SealKey::from_seed(&seed)
    }

    /// Signs `message` for the purpose `domain`.
    pub fn sign(&self, domain: &str, message: &[u8]) -> Signature {
        Signature(self.0.sign(&in_domain(domain, message)).to_bytes())
    }
}

impl fmt::Debug for KeyPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyPair({})", self.public())
    }
}

/// An ed25519 public key, printed as lower-case hex.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct PublicKey(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 32]);

impl PublicKey {
    /// True if the holder of this key signed `message` for the purpose `domain`.
    pub fn verify(&self, domain: &str, message: &[u8], signature: &Signature) -> bool {
        let Ok(key) = VerifyingKey::from_bytes(&self.0) else { return false };
        let signature = ed25519_dalek::Signature::from_bytes(&signature.0);
        key.verify_strict(&in_domain(domain, message), &signature).is_ok()
    }

    /// True for a key that can be signed with at all: a point on the curve, and not one of the few weak ones.
    pub fn is_sound(&self) -> bool {
        VerifyingKey::from_bytes(&self.0).is_ok_and(|key| !key.is_weak())
    }

    /// What people compare by eye: 25 characters in groups of five, from the key's hash (125 bits).
    pub fn fingerprint(&self) -> String {
        let hash = super::certificate::hash("helhet/1 fingerprint", &self.0);
        let text = BASE32_NOPAD.encode(&hash);
        let groups: Vec<&str> = (0..5).map(|group| &text[group * 5..group * 5 + 5]).collect();
        groups.join("-")
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&HEXLOWER.encode(&self.0))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({self})")
    }
}

impl FromStr for PublicKey {
    type Err = Unreadable;

    fn from_str(text: &str) -> Result<Self, Unreadable> {
        let bytes = HEXLOWER.decode(text.as_bytes()).ok().and_then(|bytes| bytes.try_into().ok());
        bytes.map(Self).ok_or(Unreadable { what: "public key" })
    }
}

/// An ed25519 signature.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct Signature(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 64]);

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signature({}…)", HEXLOWER.encode(&self.0[..4]))
    }
}

fn in_domain(domain: &str, message: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(domain.len() + 1 + message.len());
    bytes.extend_from_slice(domain.as_bytes());
    bytes.push(0);
    bytes.extend_from_slice(message);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_holds_for_its_purpose_and_message_only() {
        let key = KeyPair::from_seed(&[7; 32]);
        let signature = key.sign("a", b"message");
        assert!(key.public().verify("a", b"message", &signature));
        assert!(!key.public().verify("b", b"message", &signature));
        assert!(!key.public().verify("a", b"massage", &signature));
        assert!(!KeyPair::from_seed(&[8; 32]).public().verify("a", b"message", &signature));
    }

    #[test]
    fn a_weak_key_verifies_nothing() {
        let weak = PublicKey([0; 32]);
        assert!(!weak.is_sound());
        assert!(!weak.verify("a", b"message", &Signature([0; 64])));
    }

    #[test]
    fn keys_print_and_parse_and_their_secret_is_not_shown() {
        let key = KeyPair::from_seed(&[7; 32]);
        assert_eq!(key.public().to_string().parse::<PublicKey>().unwrap(), key.public());
        assert!("xyz".parse::<PublicKey>().is_err());
        assert_eq!(key.public().fingerprint().len(), 29);
        assert!(!format!("{key:?}").contains(&HEXLOWER.encode(&[7; 32])));
    }
}
