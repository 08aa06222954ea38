//! Sealing: what a chapter's devices read and the hub only carries.
//!
//! ```text
//! seal key of a device, of the recovery phrase   (X25519; the hub has neither)
//!     └─ epoch secret       sealed to each of them: HPKE, RFC 9180 (base mode, X25519, HKDF-SHA-256, ChaCha20-Poly1305)
//!         └─ document key   per document, generation and epoch; wrapped: XChaCha20-Poly1305
//!             └─ body       packed, padded, sealed: XChaCha20-Poly1305
//! ```
//! An [`Epoch`] and a [`DocumentKey`] row are changes of kinds of their own in the zone that they open, signed with their
//! entry and merged as the log is: concurrent epochs stay valid beside each other, and what is erased takes its keys
//! along. Every sealed thing begins with an algorithm id, so that others can follow.

mod aead;
mod body;
mod document_key;
mod epoch;
mod seal_key;

pub use body::{open_body, seal_body};
pub use document_key::{DocumentKey, WrappedKey};
pub use epoch::{Epoch, EpochId, EpochSecret, Wrap};
pub use seal_key::{SealKey, SealPublicKey};

use crate::identity::Chapter;
use crate::log::{Document, Generation};

/// XChaCha20-Poly1305 under a key that is wrapped likewise, and HPKE as above.
pub const ALGORITHM: u8 = 1;

/// Where a sealed thing belongs. It is authenticated with it, so that nothing opens in another place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Whose.
    pub chapter: Chapter,
    /// The zone's code.
    pub zone: u8,
    /// The document.
    pub document: Document,
    /// Which life of it.
    pub generation: Generation,
}

impl Place {
    fn bytes(&self, what: &str, epoch: &EpochId) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(what.len() + 64);
        bytes.extend_from_slice(what.as_bytes());
        bytes.extend_from_slice(&[0, ALGORITHM]);
        bytes.extend_from_slice(&self.chapter);
        bytes.push(self.zone);
        bytes.extend_from_slice(&self.document);
        bytes.extend_from_slice(&self.generation.number.to_be_bytes());
        bytes.extend_from_slice(&self.generation.random.to_be_bytes());
        bytes.extend_from_slice(epoch);
        bytes
    }
}

/// Why something does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// Not of any form that this version knows.
    #[error("sealed by a newer version: update this program")]
    Algorithm,
    /// Too short, or not what its form says.
    #[error("sealed data that cannot be read")]
    Malformed,
    /// Another key sealed it, or it belongs elsewhere, or it was changed.
    #[error("sealed data that this key does not open")]
    WrongKey,
    /// Nobody has sealed this epoch to this key.
    #[error("the key was not given to this device")]
    NotForUs,
    /// More than a body may hold.
    #[error("more than may be sealed together")]
    TooLarge,
}

#[cfg(test)]
mod tests;
