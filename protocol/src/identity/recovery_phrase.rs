//! The recovery phrase: 24 English words on paper, from which a root key can always be made again.
//!
//! English because BIP-39 has no Norwegian, Swedish or Dutch list; the checksum finds a mistyped word. Keys come
//! from the entropy by HKDF-SHA-256, not by BIP-39's slow seed: 256 random bits need no stretching.

use bip39::{Language, Mnemonic};
use hkdf::Hkdf;
use rand::CryptoRng;
use sha2::Sha256;
use zeroize::Zeroizing;

use super::{KeyPair, RootKey};
use crate::seal::SealKey;

/// The secret behind a root key. Wiped when dropped; `Debug` does not show it.
#[derive(Clone)]
pub struct RecoveryPhrase(Zeroizing<[u8; 32]>);

impl RecoveryPhrase {
    /// Draws a fresh phrase.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        let mut entropy = Zeroizing::new([0u8; 32]);
        rng.fill_bytes(entropy.as_mut_slice());
        Self(entropy)
    }

    /// Reads what a person typed: any case, any white space, numbers of a numbered list left out.
    ///
    /// # Errors
    /// Says which word is wrong, or that the words do not fit together.
    pub fn parse(text: &str) -> Result<Self, RecoveryPhraseError> {
        let words: Zeroizing<Vec<String>> = Zeroizing::new(
            text.split(|c: char| !c.is_alphabetic())
                .filter(|word| !word.is_empty())
                .map(str::to_lowercase)
                .collect(),
        );
        if words.len() != 24 {
            return Err(RecoveryPhraseError::Count { found: words.len() });
        }
        let phrase = Zeroizing::new(words.join(" "));
        let mnemonic =
            Mnemonic::parse_in_normalized(Language::English, &phrase).map_err(|error| match error {
                bip39::Error::UnknownWord(index) => RecoveryPhraseError::UnknownWord { number: index + 1 },
                bip39::Error::BadWordCount(found) => RecoveryPhraseError::Count { found },
                bip39::Error::BadEntropyBitCount(_)
                | bip39::Error::InvalidChecksum
                | bip39::Error::AmbiguousLanguages(_) => RecoveryPhraseError::Checksum,
            })?;
        let (bytes, length) = mnemonic.to_entropy_array();
        let bytes = Zeroizing::new(bytes);
        let mut entropy = Zeroizing::new([0u8; 32]);
        let read =
            bytes.get(..length).filter(|read| read.len() == 32).ok_or(RecoveryPhraseError::Checksum)?;
        entropy.copy_from_slice(read);
        Ok(Self(entropy))
    }

    /// The 24 words with single spaces: to be shown once and printed.
    pub fn words(&self) -> Zeroizing<String> {
        let mnemonic = Mnemonic::from_entropy_in(Language::English, self.0.as_slice());
        Zeroizing::new(mnemonic.expect("32 bytes are a length that BIP-39 knows").to_string())
    }

    /// The root key, to sign with.
    pub fn root(&self) -> RootKey {
        RootKey::new(KeyPair::from_seed(&self.derive("helhet/1 root sign")), self.seal_key().public())
    }

    /// Opens what the chapter's devices sealed to the paper.
    pub fn seal_key(&self) -> SealKey {
        SealKey::from_seed(&self.derive("helhet/1 root seal"))
    }

    fn derive(&self, purpose: &str) -> Zeroizing<[u8; 32]> {
        let mut key = Zeroizing::new([0u8; 32]);
        let hkdf = Hkdf::<Sha256>::new(Some(b"helhet/1 recovery phrase"), self.0.as_slice());
        hkdf.expand(purpose.as_bytes(), key.as_mut_slice()).expect("32 bytes are within what HKDF gives");
        key
    }
}

impl std::fmt::Debug for RecoveryPhrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecoveryPhrase(hidden)")
    }
}

/// Why a typed phrase is none. Never names a word: the message may land in a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RecoveryPhraseError {
    /// Too few or too many words.
    #[error("a recovery phrase has 24 words, this one has {found}")]
    Count { found: usize },
    /// Not in the word list.
    #[error("word number {number} of the recovery phrase is not in the word list: compare it with the paper")]
    UnknownWord { number: usize },
    /// All words exist, but one is another than on the paper, or two have changed places.
    #[error("the recovery phrase does not fit together: a word is wrong or in the wrong place")]
    Checksum,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrase() -> RecoveryPhrase {
        RecoveryPhrase(Zeroizing::new([5; 32]))
    }

    #[test]
    fn a_phrase_survives_paper_and_typing() {
        let words = phrase().words();
        assert_eq!(words.split(' ').count(), 24);
        let typed: String = words
            .split(' ')
            .enumerate()
            .map(|(index, word)| format!("{}. {}\r\n", index + 1, word.to_uppercase()))
            .collect();
        let read = RecoveryPhrase::parse(&typed).unwrap();
        assert_eq!(read.root().public(), phrase().root().public());
        assert_eq!(*read.seal_key().seed(), *phrase().seal_key().seed());
        assert_ne!(*read.seal_key().seed(), *read.root().seed());
    }

    #[test]
    fn the_derivation_is_fixed_for_ever() {
        // A changed value here would lock every chapter out of its own paper.
        assert_eq!(
            phrase().root().public().to_string(),
            "2c1684af786565bde12c11f13c34786e9bb7dad2253738da6d11c4fc0e1d6c0e"
        );
    }

    #[test]
    fn a_wrong_phrase_says_what_is_wrong() {
        let words = phrase().words();
        let list: Vec<&str> = words.split(' ').collect();
        let error = |text: &str| RecoveryPhrase::parse(text).unwrap_err();
        assert_eq!(error(&list[..23].join(" ")), RecoveryPhraseError::Count { found: 23 });
        let mut unknown = list.clone();
        unknown[2] = "lokallag";
        assert_eq!(error(&unknown.join(" ")), RecoveryPhraseError::UnknownWord { number: 3 });
        let mut swapped = list.clone();
        swapped[23] = "zoo";
        assert_eq!(error(&swapped.join(" ")), RecoveryPhraseError::Checksum);
        assert_eq!(format!("{:?}", phrase()), "RecoveryPhrase(hidden)");
    }
}
