//! XChaCha20-Poly1305 with a random nonce before the ciphertext: `nonce (24) ‖ ciphertext ‖ tag (16)`.

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use rand::CryptoRng;
use zeroize::Zeroizing;

use super::SealError;

/// What sealing adds, in bytes.
pub(super) const OVERHEAD: usize = NONCE + 16;
const NONCE: usize = 24;

/// A random nonce of 192 bits may be drawn for every message of a key's life without a thought of its repeating.
pub(super) fn seal(key: &[u8; 32], plain: &[u8], place: &[u8], rng: &mut impl CryptoRng) -> Vec<u8> {
    let mut nonce = [0; NONCE];
    rng.fill_bytes(&mut nonce);
    let cipher = XChaCha20Poly1305::new(key.into());
    let sealed = cipher
        .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: place })
        .expect("what fits into memory can be sealed");
    [nonce.as_slice(), &sealed].concat()
}

pub(super) fn open(key: &[u8; 32], sealed: &[u8], place: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let (nonce, sealed) = sealed.split_first_chunk::<NONCE>().ok_or(SealError::Malformed)?;
    let cipher = XChaCha20Poly1305::new(key.into());
    let opened = cipher.decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: place });
    opened.map(Zeroizing::new).map_err(|_| SealError::WrongKey)
}
