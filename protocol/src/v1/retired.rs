//! What is gone, and who writes: floors, revocations and the chapter's devices. Travels before any entry, and only where
//! the digests differ.

use minicbor::{Decode, Encode};

use crate::identity::{DeviceChain, Signed};
use crate::log::{Revocation, Tombstone};

/// Rows in one message.
pub const RETIRED_ROWS_MAX: usize = 1_000;

/// A part of the set; in the live phase, what is new.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Retired {
    /// Floors.
    #[n(0)]
    pub tombstones: Vec<Signed<Tombstone>>,
    /// Devices that are out.
    #[n(1)]
    pub revocations: Vec<Signed<Revocation>>,
    /// Nothing follows.
    #[n(2)]
    pub last: bool,
    /// The chapter's devices, as certified last.
    #[n(3)]
    pub devices: Vec<DeviceChain>,
    /// Erasures that wait for a second word, and words that take one back; absent where there are none.
    #[n(4)]
    pub held: Option<Vec<Signed<Tombstone>>>,
}
