//! Signed logs: what is written once, verified everywhere, and can later lose a body without losing its proof.
//!
//! A log is (chapter, zone, author, incarnation). An entry is one user action; its signature covers the head and one
//! commitment per change, and a commitment can be computed from the change as it is sent. So bodies travel without
//! their commitments, and a removed body leaves its commitment behind and the chain whole.

mod body;
pub mod chain;
mod chunk;
pub mod contents;
pub mod entry;
pub mod fingerprint;
pub mod limits;
pub mod receipt;
pub mod refusal;
pub mod revocation;
pub mod tombstone;

pub use body::Body;
pub use chain::{ChainError, VerifiedEntry, position_of, verify};
pub use contents::{Contents, Difference};
pub use entry::{Change, ChangeKind, Entry, EntryHeader, Generation, LogId, Position, SignedEntry};
pub use fingerprint::Fingerprint;
pub use receipt::Receipt;
pub use refusal::Refusal;
pub use revocation::Revocation;
pub use tombstone::Tombstone;

/// A SHA-256.
pub type Hash = [u8; 32];
/// A document as the wire names it: 128 random bits.
pub type Document = [u8; 16];
