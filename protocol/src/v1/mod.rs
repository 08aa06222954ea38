//! The messages of version 1 (ALPN `helhet/1`), one file per exchange. Wire formats live here and in `log/` only.
//!
//! Every message is a CBOR array. A newer minor version may append fields, which are skipped, and may use message
//! types from 128, which are ignored; everything else that is unknown closes the session. `SPEC.md` records a hash of
//! this folder, so that neither changes alone.

pub mod ack;
pub mod close;
pub mod compare;
pub mod entries;
pub mod fork;
pub mod hello;
pub mod retired;
pub mod revoked;
pub mod search;

pub use ack::{Ack, CaughtUp};
pub use close::{Close, CloseCode};
pub use compare::{Check, Checked, Items, Repair, Sums};
pub use entries::Entries;
pub use fork::{Fork, Sample};
pub use hello::{Credential, Hello, Introduction, ZoneFingerprint};
pub use retired::Retired;
pub use revoked::Revoked;
pub use search::{Found, Search};

use minicbor::Decode;

use crate::identity::certificate::to_cbor;

/// The protocol's name in TLS.
pub const ALPN: &[u8] = b"helhet/1";
/// The highest minor version that this program speaks.
pub const MINOR: u16 = 1;
/// The minor version that brought the comparison of contents.
pub(crate) const MINOR_COMPARE: u16 = 1;
/// Message types from here on are ignored when they are unknown.
const FIRST_IGNORABLE: u8 = 128;

/// One message, either way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// Type 1.
    Introduction(Introduction),
    /// Type 2.
    Credential(Credential),
    /// Type 3.
    Hello(Box<Hello>),
    /// Type 4.
    Retired(Retired),
    /// Type 5. Its frame is compressed.
    Entries(Entries),
    /// Type 6.
    Ack(Ack),
    /// Type 7.
    CaughtUp(CaughtUp),
    /// Type 8.
    Fork(Fork),
    /// Type 9.
    Revoked(Revoked),
    /// Type 10.
    Close(Close),
    /// Type 128; since minor version 1, as are those that follow.
    Check(Check),
    /// Type 129.
    Checked(Checked),
    /// Type 130.
    Sums(Sums),
    /// Type 131.
    Items(Items),
    /// Type 132.
    Repair(Repair),
    /// Type 133.
    Search(Search),
    /// Type 134.
    Found(Found),
    /// Of a newer version, to be ignored.
    Ignorable(u8),
}

impl Message {
    /// The type's number in the frame.
    pub fn kind(&self) -> u8 {
        match self {
            Self::Introduction(_) => 1,
            Self::Credential(_) => 2,
            Self::Hello(_) => 3,
            Self::Retired(_) => 4,
            Self::Entries(_) => ENTRIES,
            Self::Ack(_) => 6,
            Self::CaughtUp(_) => 7,
            Self::Fork(_) => 8,
            Self::Revoked(_) => 9,
            Self::Close(_) => 10,
            Self::Check(_) => 128,
            Self::Checked(_) => 129,
            Self::Sums(_) => 130,
            Self::Items(_) => 131,
            Self::Repair(_) => 132,
            Self::Search(_) => 133,
            Self::Found(_) => 134,
            Self::Ignorable(kind) => *kind,
        }
    }

    pub(crate) fn to_cbor(&self) -> Vec<u8> {
        match self {
            Self::Introduction(message) => to_cbor(message),
            Self::Credential(message) => to_cbor(message),
            Self::Hello(message) => to_cbor(message.as_ref()),
            Self::Retired(message) => to_cbor(message),
            Self::Entries(message) => to_cbor(message),
            Self::Ack(message) => to_cbor(message),
            Self::CaughtUp(message) => to_cbor(message),
            Self::Fork(message) => to_cbor(message),
            Self::Revoked(message) => to_cbor(message),
            Self::Close(message) => to_cbor(message),
            Self::Check(message) => to_cbor(message),
            Self::Checked(message) => to_cbor(message),
            Self::Sums(message) => to_cbor(message),
            Self::Items(message) => to_cbor(message),
            Self::Repair(message) => to_cbor(message),
            Self::Search(message) => to_cbor(message),
            Self::Found(message) => to_cbor(message),
            Self::Ignorable(_) => Vec::new(),
        }
    }

    pub(crate) fn from_cbor(kind: u8, bytes: &[u8]) -> Result<Self, Malformed> {
        Ok(match kind {
            1 => Self::Introduction(read(kind, bytes)?),
            2 => Self::Credential(read(kind, bytes)?),
            3 => Self::Hello(Box::new(read(kind, bytes)?)),
            4 => Self::Retired(read(kind, bytes)?),
            ENTRIES => Self::Entries(read(kind, bytes)?),
            6 => Self::Ack(read(kind, bytes)?),
            7 => Self::CaughtUp(read(kind, bytes)?),
            8 => Self::Fork(read(kind, bytes)?),
            9 => Self::Revoked(read(kind, bytes)?),
            10 => Self::Close(read(kind, bytes)?),
            128 => Self::Check(read(kind, bytes)?),
            129 => Self::Checked(read(kind, bytes)?),
            130 => Self::Sums(read(kind, bytes)?),
            131 => Self::Items(read(kind, bytes)?),
            132 => Self::Repair(read(kind, bytes)?),
            133 => Self::Search(read(kind, bytes)?),
            134 => Self::Found(read(kind, bytes)?),
            _ if kind >= FIRST_IGNORABLE => Self::Ignorable(kind),
            _ => return Err(Malformed { kind }),
        })
    }
}

/// The type whose frame is compressed.
pub(crate) const ENTRIES: u8 = 5;

/// A message that cannot be read, or whose type is unknown and not ignorable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("message of type {kind} cannot be read")]
pub struct Malformed {
    /// The type in the frame.
    pub kind: u8,
}

fn read<'b, T: Decode<'b, ()>>(kind: u8, bytes: &'b [u8]) -> Result<T, Malformed> {
    minicbor::decode(bytes).map_err(|_| Malformed { kind })
}

/// An empty array, for messages that say it all by their type.
macro_rules! empty_message {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Encode, Decode)]
        #[cbor(array)]
        pub struct $name {}
    };
}
pub(crate) use empty_message;

#[cfg(test)]
pub(crate) mod tests;
