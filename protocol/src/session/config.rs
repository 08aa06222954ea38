//! What a session has to know beforehand, and what its driver tells it once the peer is known.

use std::collections::BTreeSet;

use crate::identity::{Chapter, JoinRequest, PublicKey};
use crate::log::tombstone::RetiredDigest;
use crate::log::{LogId, Position};
use crate::v1::{Credential, Search, ZoneFingerprint};

/// What a session knows from the start.
#[derive(Debug, Clone)]
pub struct Config {
    /// Who we are.
    pub credential: Credential,
    /// Our store's id; new when the store is made or restored.
    pub store: [u8; 16],
    /// The key that the peer proved in TLS.
    pub peer_key: PublicKey,
    /// The connection's TLS exporter value (`transport::Link::exporter`).
    pub exporter: [u8; 32],
    /// What the side that dialled says first; `None` for the side that was dialled.
    pub opening: Option<Opening>,
}

/// What the side that dialled says first.
#[derive(Debug, Clone)]
pub struct Opening {
    /// True if a session with this TLS key was authorized before. If not, the peer's certificate is asked for first.
    pub peer_is_known: bool,
    /// An invite to redeem.
    pub join: Option<JoinRequest>,
    /// What is asked instead of saying hello.
    pub search: Option<Search>,
    /// What we have, as of now.
    pub standing: Standing,
}

/// What a store has, as far as it concerns one peer.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    /// What may be exchanged, in the order in which it is sent.
    pub scopes: Vec<Scope>,
    /// Every log of these scopes, ours and others', that has an entry here.
    pub positions: Vec<Position>,
    /// Of the floors and revocations that concern this peer.
    pub retired: RetiredDigest,
    /// One per scope, at these positions.
    pub fingerprints: Vec<ZoneFingerprint>,
    /// The store's number of its newest entry, read together with the positions.
    pub arrival: u64,
    /// The store's number of its newest floor or revocation, read together with the digest.
    pub retired_arrival: u64,
}

impl Standing {
    /// Positions of other zones and chapters are nobody's business; they are left out whatever the store gave.
    pub(super) fn within_scopes(mut self) -> Self {
        let positions = std::mem::take(&mut self.positions);
        let within = positions.into_iter().filter(|position| self.scope_of(&position.log).is_some());
        Self { positions: within.collect(), ..self }
    }

    /// The scopes that both hold equally far, and whether their contents are the same. None where the digests of what is
    /// retired differ: what one side has erased and the other has not heard of yet is missing there by right.
    pub(super) fn compared(&self, theirs: &Standing) -> Vec<(Scope, bool)> {
        if self.retired != theirs.retired {
            return Vec::new();
        }
        let positions = |list: &[Position], scope: &Scope| -> BTreeSet<Position> {
            let of_scope = |log: &LogId| log.zone == scope.zone && log.chapter == scope.chapter;
            list.iter().filter(|position| of_scope(&position.log)).copied().collect()
        };
        let of = |list: &[ZoneFingerprint], zone: u8| {
            list.iter().find(|item| item.zone == zone).map(|item| item.fingerprint)
        };
        let compared = self.scopes.iter().filter_map(|scope| {
            let (ours, others) = (of(&self.fingerprints, scope.zone), of(&theirs.fingerprints, scope.zone));
            let as_far = positions(&self.positions, scope) == positions(&theirs.positions, scope);
            ours.zip(others).filter(|_| as_far).map(|(ours, others)| (scope.clone(), ours == others))
        });
        compared.collect()
    }

    pub(super) fn scope_of(&self, log: &LogId) -> Option<&Scope> {
        self.scopes.iter().find(|scope| scope.zone == log.zone && scope.chapter == log.chapter)
    }
}

/// One zone that may be exchanged with this peer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// The zone's code.
    pub zone: u8,
    /// The chapter; zeros in the `published` zone.
    pub chapter: Chapter,
    /// Whether this side sends what it has.
    pub sends: bool,
    /// Whose entries this side takes.
    pub takes: Authors,
}

/// Whose entries are taken in a scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Authors {
    /// Nobody's.
    Nobody,
    /// These keys'.
    Only(Vec<PublicKey>),
    /// Any author's; the store knows who has the right.
    Any,
}

impl Authors {
    pub(super) fn contain(&self, author: &PublicKey) -> bool {
        match self {
            Self::Nobody => false,
            Self::Only(keys) => keys.contains(author),
            Self::Any => true,
        }
    }
}
