//! What stays of something erased or narrowed: a signed row without personal data, kept for ever.
//!
//! It names a document by hash only, so it says nothing to who does not hold the id. Sets merge by the highest floor
//! of each document; they travel before any entry and are applied before any entry.

use minicbor::{Decode, Encode};

use super::{Document, Fingerprint, Hash};
use crate::identity::certificate::hash;
use crate::identity::{CertificateError, Chapter, KeyPair, PublicKey, Signable, Signed};

/// The floor of a document that is gone in every generation.
pub const ERASED: u32 = u32::MAX;

/// Why a floor was raised: the closed list of [`Tombstone::reason`]. Signed and kept for ever, so a number never changes
/// its meaning.
pub mod reason {
    /// Less may be shared than before: what is left has a new generation.
    pub const NARROWED: u8 = 1;
    /// The supporter was erased.
    pub const ERASED: u8 = 2;
    /// The supporter is not to be erased after all: it raises no floor, and takes back what waits for a second word.
    pub const KEPT: u8 = 3;
}

/// Generations of the document below `floor` are dropped wherever they appear.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Tombstone {
    /// See [`document_hash`].
    #[cbor(n(0), with = "minicbor::bytes")]
    pub document_hash: Hash,
    /// The chapter whose documents it binds.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub chapter: Chapter,
    /// The lowest generation number that may live; [`ERASED`] for none.
    #[n(2)]
    pub floor: u32,
    /// The zone's code.
    #[n(3)]
    pub zone: u8,
    /// Days since 1970-01-01; no finer, on purpose.
    #[n(4)]
    pub day: u32,
    /// One of [`reason`]; no words.
    #[n(5)]
    pub reason: u8,
    /// Who raises the floor.
    #[n(6)]
    pub authority: PublicKey,
    /// Of what erasure this is a part; none of a narrowing.
    #[n(7)]
    pub erasure: Option<Erasure>,
}

/// The erasure of one supporter, which has a tombstone for each of the supporter's documents.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Erasure {
    /// Random, the same in all of its tombstones: what people call it by, since a name is not kept.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub number: ErasureNumber,
    /// The devices that may hold the supporter, as far as the authority knows: each owes a receipt. Named in one of the
    /// tombstones, [`MAX_HOLDERS`] at most.
    #[n(1)]
    pub holders: Vec<PublicKey>,
}

/// Most devices that an erasure names. Every store keeps the list for as long as it keeps the tombstone, so that no device may
/// make it long.
pub const MAX_HOLDERS: usize = 256;

/// See [`Erasure::number`].
pub type ErasureNumber = [u8; 16];

impl Signable for Tombstone {
    const DOMAIN: &'static str = "helhet/1 tombstone";
    const NAME: &'static str = "tombstone";
}

impl Tombstone {
    /// Signs it; `authority` is set to the signing key.
    pub fn sign(mut self, key: &KeyPair) -> Signed<Self> {
        self.authority = key.public();
        Signed::sign(&self, key)
    }
}

impl Signed<Tombstone> {
    /// What it says, if the authority that it names signed it. Whether that authority has the right is the store's
    /// to know.
    ///
    /// # Errors
    /// When it cannot be read, names more than [`MAX_HOLDERS`], or another key signed it.
    pub fn verify_own(&self) -> Result<Tombstone, CertificateError> {
        let unreadable = CertificateError::Unreadable { what: Tombstone::NAME };
        let Ok(claimed) = self.unverified() else { return Err(unreadable) };
        if claimed.erasure.as_ref().is_some_and(|erasure| erasure.holders.len() > MAX_HOLDERS) {
            return Err(unreadable);
        }
        self.verify(&claimed.authority)
    }
}

/// How a tombstone names a document.
pub fn document_hash(document: &Document) -> Hash {
    hash("helhet/1 document", document)
}

/// Count and digest of a store's floors, revocations and devices: equal digests mean that nothing has to travel.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct RetiredDigest {
    /// All of them together.
    #[n(0)]
    pub count: u64,
    /// A set hash; see [`Fingerprint`].
    #[n(1)]
    pub digest: Fingerprint,
}

impl RetiredDigest {
    /// A document's floor joins. Only the winning floor of each document counts, whoever signed it.
    pub fn add_floor(&mut self, document_hash: &Hash, floor: u32) {
        let item = [document_hash.as_slice(), &floor.to_be_bytes()].concat();
        self.add(&hash("helhet/1 floor", &item));
    }

    /// A revoked device's key joins.
    pub fn add_revoked(&mut self, key: &PublicKey) {
        self.add(&hash("helhet/1 revoked", &key.0));
    }

    /// A device's newest certificate joins: by the chapter key of that serial, with that serial of its own.
    pub fn add_device(&mut self, key: &PublicKey, chapter_key_serial: u64, serial: u64) {
        let item = [key.0.as_slice(), &chapter_key_serial.to_be_bytes(), &serial.to_be_bytes()].concat();
        self.add(&hash("helhet/1 certified", &item));
    }

    /// A word on an erasure that waits for a second one joins: whose it is, of what document, and whether it takes it back.
    pub fn add_held(&mut self, document_hash: &Hash, authority: &PublicKey, takes_back: bool) {
        let item = [document_hash.as_slice(), &authority.0, &[u8::from(takes_back)]].concat();
        self.add(&hash("helhet/1 held", &item));
    }

    fn add(&mut self, item: &Hash) {
        self.count = self.count.saturating_add(1);
        self.digest.add_hash(item);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // What is signed says the same for ever, see SPEC.md section 1.
    #[test]
    fn reasons_keep_their_numbers() {
        assert_eq!((reason::NARROWED, reason::ERASED, reason::KEPT), (1, 2, 3));
    }

    #[test]
    fn a_tombstone_holds_under_its_own_authority_only() {
        let key = KeyPair::from_seed(&[1; 32]);
        let tombstone = Tombstone {
            document_hash: document_hash(&[2; 16]),
            chapter: [3; 16],
            floor: ERASED,
            zone: 3,
            day: 20_000,
            reason: reason::ERASED,
            authority: key.public(),
            erasure: Some(Erasure { number: [4; 16], holders: Vec::new() }),
        };
        let signed = tombstone.clone().sign(&key);
        assert_eq!(signed.verify_own(), Ok(tombstone.clone()));
        let forged = Signed::sign(&tombstone, &KeyPair::from_seed(&[9; 32]));
        assert!(forged.verify_own().is_err());
        assert!(signed.to_bytes().len() < 200, "small: they are kept for ever");
    }

    // A list that every store keeps for ever is not for its sender to make long.
    #[test]
    fn a_tombstone_that_names_too_many_devices_is_none() {
        let key = KeyPair::from_seed(&[1; 32]);
        let naming = |holders: usize| Tombstone {
            document_hash: document_hash(&[2; 16]),
            chapter: [3; 16],
            floor: ERASED,
            zone: 3,
            day: 20_000,
            reason: reason::ERASED,
            authority: key.public(),
            erasure: Some(Erasure { number: [4; 16], holders: vec![key.public(); holders] }),
        };
        assert!(naming(MAX_HOLDERS).sign(&key).verify_own().is_ok());
        let refused = CertificateError::Unreadable { what: Tombstone::NAME };
        assert_eq!(naming(MAX_HOLDERS + 1).sign(&key).verify_own(), Err(refused));
    }

    #[test]
    fn the_digest_knows_floors_and_not_signers_or_order() {
        let (mut one, mut other) = (RetiredDigest::default(), RetiredDigest::default());
        one.add_floor(&[1; 32], 2);
        one.add_revoked(&PublicKey([3; 32]));
        other.add_revoked(&PublicKey([3; 32]));
        assert_ne!(one, other);
        other.add_floor(&[1; 32], 2);
        assert_eq!(one, other);
    }
}
