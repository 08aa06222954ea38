//! A root key: a chapter's or the office's. Made from a recovery phrase, used seldom, stored only if its owner asks.

use zeroize::Zeroizing;

use super::{Chapter, ChapterKeyCertificate, HubCertificate, HubChain, KeyPair, PublicKey, Signed};
use crate::seal::SealPublicKey;

/// The key that others pin. It certifies, and signs nothing else but the redeeming of an invite and the second word on an
/// erasure.
#[derive(Debug, Clone)]
pub struct RootKey {
    key: KeyPair,
    /// Of the phrase: what a chapter seals to it, the paper opens.
    seal: Option<SealPublicKey>,
}

impl RootKey {
    pub(super) fn new(key: KeyPair, seal: SealPublicKey) -> Self {
        Self { key, seal: Some(seal) }
    }

    /// What others pin.
    pub fn public(&self) -> PublicKey {
        self.key.public()
    }

    /// The secret, for a hub that keeps its office's root beside its own key, and for a chapter's second word.
    pub fn seed(&self) -> Zeroizing<[u8; 32]> {
        self.key.seed()
    }

    /// Back from [`RootKey::seed`]: to sign with, nothing is sealed to it.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self { key: KeyPair::from_seed(seed), seal: None }
    }

    /// A chapter's root certifies a chapter key, and names the key of the paper to seal to.
    pub fn certify_chapter_key(
        &self,
        chapter: Chapter,
        key: PublicKey,
        serial: u64,
    ) -> Signed<ChapterKeyCertificate> {
        Signed::sign(&ChapterKeyCertificate { chapter, key, serial, seal: self.seal }, &self.key)
    }

    /// The office's root certifies a hub, until `not_after` (unix seconds).
    pub fn certify_hub(&self, key: PublicKey, not_after: i64, serial: u64) -> HubChain {
        let certificate = Signed::sign(&HubCertificate { key, not_after, serial }, &self.key);
        HubChain { office_root: self.public(), certificate }
    }

    pub(crate) fn key(&self) -> &KeyPair {
        &self.key
    }
}
