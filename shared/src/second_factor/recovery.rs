//! Codes on paper for when the app is lost: shown once, kept as hashes, each good once.

use argon2::{Algorithm, Argon2, Params, Version};
use data_encoding::BASE32_NOPAD;
use zeroize::Zeroizing;

/// How many are given.
pub(super) const CODES: usize = 10;
/// 50 bits each, behind argon2id and the delays of the door.
const CODE_LETTERS: usize = 10;
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 1;

/// New ones, as they are shown: `abcde-fghij`.
pub(super) fn make(rng: &mut impl rand::Rng) -> Vec<Zeroizing<String>> {
    (0..CODES)
        .map(|_| {
            let mut bytes = Zeroizing::new([0; 10]);
            rng.fill_bytes(bytes.as_mut_slice());
            let text = Zeroizing::new(BASE32_NOPAD.encode(bytes.as_slice()).to_lowercase());
            Zeroizing::new(format!("{}-{}", &text[..5], &text[5..CODE_LETTERS]))
        })
        .collect()
}

/// What was typed, without what people put between letters; nothing if it is no such code.
pub(super) fn letters(typed: &str) -> Option<Zeroizing<String>> {
    let text: String = typed.chars().filter(|letter| letter.is_alphanumeric()).collect();
    Some(Zeroizing::new(text.to_lowercase())).filter(|text| text.len() == CODE_LETTERS)
}

/// The hash to keep. Takes a noticeable moment and 64 MiB.
pub(super) fn hash(letters: &str, salt: &[u8; 16]) -> Option<[u8; 32]> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, Some(32)).ok()?;
    let mut hash = [0; 32];
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon.hash_password_into(letters.as_bytes(), salt, &mut hash).ok()?;
    Some(hash)
}
