//! The chapter key: what a chapter's admin devices hold and certify devices with.
//!
//! It is random, not derived from the phrase, so that it can be replaced without new paper: when an admin device is
//! removed the root certifies a new key with the next serial, and everyone accepts the highest serial only.

use minicbor::{Decode, Encode};

use super::device::CLOCK_SLACK_SECONDS;
use super::{CertificateError, Chapter, PublicKey, Signable, Signed};
use crate::seal::SealPublicKey;

/// The root's statement that `key` speaks for the chapter.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct ChapterKeyCertificate {
    /// The chapter.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub chapter: Chapter,
    /// The chapter key.
    #[n(1)]
    pub key: PublicKey,
    /// The highest wins. The unix second of its signing, so that who restores from paper need not know the last.
    #[n(2)]
    pub serial: u64,
    /// What the recovery phrase opens, so that every device can seal to the paper.
    #[n(3)]
    pub seal: Option<SealPublicKey>,
}

impl Signable for ChapterKeyCertificate {
    const DOMAIN: &'static str = "helhet/1 chapter key";
    const NAME: &'static str = "chapter key certificate";
}

impl ChapterKeyCertificate {
    /// The highest serial that is believed at `now` (unix seconds): one from the future would keep every later one out.
    pub fn latest_serial(now: i64) -> u64 {
        now.saturating_add(CLOCK_SLACK_SECONDS).unsigned_abs()
    }
}

impl Signed<ChapterKeyCertificate> {
    /// What it says, if the chapter's pinned root signed it and no newer serial is known.
    ///
    /// # Errors
    /// Another signer, another chapter, or a serial below `newest` (0 when none is known).
    pub fn verify_for(
        &self,
        chapter: &Chapter,
        root: &PublicKey,
        newest: u64,
    ) -> Result<ChapterKeyCertificate, CertificateError> {
        let what = ChapterKeyCertificate::NAME;
        let certificate = self.verify(root)?;
        if certificate.chapter != *chapter {
            return Err(CertificateError::OtherChapter { what });
        }
        if certificate.serial < newest {
            return Err(CertificateError::Replaced { what, serial: certificate.serial, newest });
        }
        Ok(certificate)
    }
}
