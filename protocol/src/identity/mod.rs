//! Who is who: keys, the certificates that one key gives another, invites, and what people compare by eye.
//!
//! ```text
//! recovery phrase ─▶ chapter root ─▶ chapter key ─▶ device          (a device speaks for its chapter)
//! office phrase   ─▶ office root  ─▶ hub key                        (a hub can be replaced)
//! ```
//! A root key is pinned once and never changes; what it certifies carries a serial, and the highest serial wins.
//! Nothing here asks the time or draws a random number by itself: both come in as arguments.

pub mod admission;
pub mod certificate;
pub mod chapter_key;
pub mod device;
pub mod hub_certificate;
pub mod invite;
pub mod join;
pub mod key;
pub mod office;
pub mod recovery_phrase;
pub mod root;

pub use admission::{Admission, AdmissionChain, Application};
pub use certificate::{CertificateError, Signable, Signed};
pub use chapter_key::ChapterKeyCertificate;
pub use device::{DeviceCertificate, DeviceChain, DeviceRole};
pub use hub_certificate::{HubCertificate, HubChain, office_root_hash};
pub use invite::{Invite, InviteError};
pub use join::JoinRequest;
pub use key::{KeyPair, PublicKey, Signature};
pub use office::OfficeAddress;
pub use recovery_phrase::{RecoveryPhrase, RecoveryPhraseError};
pub use root::RootKey;

/// A chapter as the wire names it: 128 random bits.
pub type Chapter = [u8; 16];

/// A certificate or signed row whose bytes cannot be read at all.
#[derive(Debug, thiserror::Error)]
#[error("cannot read this as a {what}")]
pub struct Unreadable {
    /// What was expected, in our own words.
    pub what: &'static str,
}
