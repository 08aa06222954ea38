//! A root key: a chapter's or the office's. Made from a recovery phrase, used seldom, stored only if its owner asks.

use zeroize::Zeroizing;

use super::{Chapter, ChapterKeyCertificate, HubCertificate, HubChain, KeyPair, PublicKey, Signed};

/// The key that others pin. It certifies, and signs nothing else but the redeeming of an invite.
#[derive(Debug, Clone)]
pub struct RootKey(KeyPair);

impl RootKey {
    pub(super) fn new(key: KeyPair) -> Self {
        Self(key)
    }

    /// What others pin.
    pub fn public(&self) -> PublicKey {
        self.0.public()
    }

    /// The secret, for a hub that keeps its office's root beside its own key.
    pub fn seed(&self) -> Zeroizing<[u8; 32]> {
        self.0.seed()
    }

    /// Back from [`RootKey::seed`].
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(KeyPair::from_seed(seed))
    }

    /// A chapter's root certifies a chapter key.
    pub fn certify_chapter_key(
        &self,
        chapter: Chapter,
        key: PublicKey,
        serial: u64,
    ) -> Signed<ChapterKeyCertificate> {
        Signed::sign(&ChapterKeyCertificate { chapter, key, serial }, &self.0)
    }

    /// The office's root certifies a hub, until `not_after` (unix seconds).
    pub fn certify_hub(&self, key: PublicKey, not_after: i64, serial: u64) -> HubChain {
        let certificate = Signed::sign(&HubCertificate { key, not_after, serial }, &self.0);
        HubChain { office_root: self.public(), certificate }
    }

    pub(super) fn key(&self) -> &KeyPair {
        &self.0
    }
}
