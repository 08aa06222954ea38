//! Hello: who I am, what I have. Sent first by the side that dialled, together with its positions, so that an idle
//! session costs one round trip.
//!
//! A side that dialled a key it has never met sends an [`Introduction`] first and learns the peer's [`Credential`]
//! before it shows anything of its own: an invite's token must not reach a stranger.

use minicbor::{Decode, Encode};

use crate::identity::{Application, DeviceChain, HubChain, JoinRequest, PublicKey};
use crate::log::tombstone::RetiredDigest;
use crate::log::{Fingerprint, Position};

super::empty_message! {
    /// "Show me who you are before I say anything."
    Introduction
}

/// Who speaks.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub enum Credential {
    /// A chapter's device.
    #[n(0)]
    Device(#[n(0)] DeviceChain),
    /// The office's hub.
    #[n(1)]
    Hub(#[n(0)] HubChain),
    /// Who would be a chapter's device: it waits until one of the chapter's admin devices has certified it.
    #[n(2)]
    Applicant(#[n(0)] Box<Application>),
}

impl Credential {
    /// The key that it says it certifies; compared with the TLS key before anybody decides anything.
    pub fn claimed_key(&self) -> Option<PublicKey> {
        match self {
            Self::Device(chain) => chain.device.unverified().ok().map(|device| device.key),
            Self::Applicant(application) => Some(application.key),
            Self::Hub(chain) => chain.certificate.unverified().ok().map(|hub| hub.key),
        }
    }
}

/// Who I am, what I have, and, once, an invite to redeem.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Hello {
    /// Highest minor version spoken.
    #[n(0)]
    pub minor: u16,
    /// Random; new when a store is made or restored.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub store: [u8; 16],
    /// Who speaks.
    #[n(2)]
    pub credential: Credential,
    /// Of the floors and revocations that concern this peer.
    #[n(3)]
    pub retired: RetiredDigest,
    /// Every log of the zones exchanged with this peer.
    #[n(4)]
    pub positions: Vec<Position>,
    /// One per zone exchanged.
    #[n(5)]
    pub fingerprints: Vec<ZoneFingerprint>,
    /// An invite to redeem.
    #[n(6)]
    pub join: Option<JoinRequest>,
}

/// The fingerprint of a zone's live changes at the positions named beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct ZoneFingerprint {
    /// The zone's code.
    #[n(0)]
    pub zone: u8,
    /// Its fingerprint.
    #[n(1)]
    pub fingerprint: Fingerprint,
}
