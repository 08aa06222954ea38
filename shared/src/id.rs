//! The names of things: random, so that they say nothing about whom they name.
//!
//! Parsed and printed here and nowhere else. An id is never derived from a person, a device or a name.

use std::{fmt, str::FromStr};

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use rand::Rng;
use serde::{Deserialize, Serialize, de};

/// A text is not an id of the kind that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not {expected}")]
pub struct IdError {
    expected: &'static str,
}

macro_rules! random_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; 16]);

        impl $name {
            /// The id of these bytes, as a store or the wire has them.
            pub const fn from_bytes(bytes: [u8; 16]) -> $name {
                $name(bytes)
            }

            /// The id's bytes.
            pub const fn as_bytes(&self) -> &[u8; 16] {
                &self.0
            }

            /// A new id, 128 random bits.
            pub fn random(rng: &mut (impl Rng + ?Sized)) -> $name {
                let mut bytes = [0; 16];
                rng.fill_bytes(&mut bytes);
                $name(bytes)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&HEXLOWER.encode(&self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<$name, IdError> {
                parse_hex(text).map($name)
            }
        }

        impl TryFrom<&[u8]> for $name {
            type Error = IdError;

            fn try_from(bytes: &[u8]) -> Result<$name, IdError> {
                let bytes = bytes.try_into().map_err(|_| IdError { expected: "an id of 16 bytes" })?;
                Ok($name(bytes))
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<$name, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
            }
        }
    };
}

random_id! {
    /// A local chapter.
    ChapterId
}
random_id! {
    /// One document in one zone.
    DocumentId
}
random_id! {
    /// A supporter: the id of the supporter's document in the chapter zone.
    SupporterId
}
random_id! {
    /// Who changes a document, for automerge. Random per device, document, zone and generation, and forgotten with
    /// the document: it salts the change hashes that are kept after an erasure, so that they cannot be guessed back.
    ActorId
}

impl From<DocumentId> for SupporterId {
    fn from(document: DocumentId) -> SupporterId {
        SupporterId(document.0)
    }
}

impl From<SupporterId> for DocumentId {
    fn from(supporter: SupporterId) -> DocumentId {
        DocumentId(supporter.0)
    }
}

fn parse_hex(text: &str) -> Result<[u8; 16], IdError> {
    HEXLOWER
        .decode(text.as_bytes())
        .ok()
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or(IdError { expected: "an id of 32 lower-case hexadecimal characters" })
}

/// The key of one entry within a document (one e-mail address, one role): random, so that two devices that add one
/// each add two. 8 characters of base64url.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryKey([u8; 6]);

impl EntryKey {
    /// A new key, 48 random bits: enough within one document.
    pub fn random(rng: &mut (impl Rng + ?Sized)) -> EntryKey {
        let mut bytes = [0; 6];
        rng.fill_bytes(&mut bytes);
        EntryKey(bytes)
    }

    /// The key of these bytes.
    pub const fn from_bytes(bytes: [u8; 6]) -> EntryKey {
        EntryKey(bytes)
    }
}

impl fmt::Display for EntryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&BASE64URL_NOPAD.encode(&self.0))
    }
}

impl fmt::Debug for EntryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EntryKey({self})")
    }
}

impl FromStr for EntryKey {
    type Err = IdError;

    fn from_str(text: &str) -> Result<EntryKey, IdError> {
        BASE64URL_NOPAD
            .decode(text.as_bytes())
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .map(EntryKey)
            .ok_or(IdError { expected: "an entry key of 8 characters" })
    }
}

impl Serialize for EntryKey {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for EntryKey {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<EntryKey, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// Which life of a document: a fresh one, without history, is made whenever less may be seen than before.
///
/// The number counts up. The random part tells apart two that were made while their devices were out of touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Generation {
    pub number: u32,
    pub random: u64,
}

impl Generation {
    /// The first generation of a new document, number 1 (a floor of 0 lies under every generation).
    pub fn first(rng: &mut (impl Rng + ?Sized)) -> Generation {
        Generation { number: 1, random: rng.next_u64() }
    }

    /// A generation after this one.
    pub fn next(self, rng: &mut (impl Rng + ?Sized)) -> Generation {
        Generation { number: self.number.saturating_add(1), random: rng.next_u64() }
    }
}

#[cfg(test)]
mod tests {
    use rand::{SeedableRng, rngs::StdRng};

    use super::*;

    #[test]
    fn ids_are_printed_and_parsed_as_lower_case_hex() {
        let id = DocumentId::from_bytes([0xab; 16]);
        assert_eq!(id.to_string(), "ab".repeat(16));
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(serde_json::to_string(&id).unwrap(), format!("\"{id}\""));
        assert_eq!(serde_json::from_str::<DocumentId>(&format!("\"{id}\"")).unwrap(), id);
        for wrong in ["", "ab", &"AB".repeat(16), &"ab".repeat(17), &"gg".repeat(16)] {
            assert!(wrong.parse::<DocumentId>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_supporter_is_named_by_its_chapter_document() {
        let document = DocumentId::random(&mut StdRng::seed_from_u64(1));
        assert_eq!(DocumentId::from(SupporterId::from(document)), document);
    }

    #[test]
    fn entry_keys_are_eight_characters_without_a_slash() {
        let mut rng = StdRng::seed_from_u64(2);
        for _ in 0..100 {
            let key = EntryKey::random(&mut rng);
            let text = key.to_string();
            assert_eq!(text.len(), 8);
            assert!(!text.contains('/'));
            assert_eq!(text.parse(), Ok(key));
        }
        assert!("abc".parse::<EntryKey>().is_err());
        assert!("abcd/efg".parse::<EntryKey>().is_err());
    }

    #[test]
    fn generations_are_ordered_by_number_first() {
        let low = Generation { number: 1, random: u64::MAX };
        let high = Generation { number: 2, random: 0 };
        assert!(low < high);
        assert!(low.next(&mut StdRng::seed_from_u64(3)) > low);
    }
}
