//! Comparing contents: minor version 1. Where positions agree and fingerprints do not, the two sides find out which
//! changes differ, in ranges of their items, and give each other what is missing.
//!
//! An item is a SHA-256 (see [`crate::log::fingerprint`]); a range is all items with the same first byte.

use std::collections::BTreeSet;

use minicbor::{Decode, Encode};

use crate::identity::certificate::{hash, to_cbor};
use crate::log::contents::short;
use crate::log::tombstone::RetiredDigest;
use crate::log::{Change, Position};

/// Ranges of a zone: one per first byte of an item.
pub const RANGES: usize = 256;
/// Items in one message; what is left is for the next round.
pub const ITEMS_MAX: usize = 65_536;
/// Changes asked for in one message.
pub const WANTED_MAX: usize = 1_000;

/// The last 16 bytes of a range's sum, or the first 16 of an item.
pub type Short = [u8; 16];

/// "This is what I hold now." Sent by the side that dialled once all is exchanged, if the hellos could not be compared.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Check {
    /// One per zone exchanged.
    #[n(0)]
    pub zones: Vec<ZoneCheck>,
}

/// A zone in few bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct ZoneCheck {
    /// The zone's code.
    #[n(0)]
    pub zone: u8,
    /// See [`ZoneCheck::held`]: the same where both sides hold all logs of the zone equally far and what is retired is
    /// the same.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub held: Short,
    /// The last 16 bytes of its fingerprint.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub contents: Short,
}

impl ZoneCheck {
    /// The first 16 bytes of `H("helhet/1 held", [retired, [* position]])`, for the positions of one zone.
    pub fn held(retired: RetiredDigest, positions: &BTreeSet<Position>) -> Short {
        let positions: Vec<&Position> = positions.iter().collect();
        short(&hash("helhet/1 held", &to_cbor(&(retired, positions))))
    }
}

/// Answers a [`Check`].
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Checked {
    /// The zones that both hold equally far, and whether their fingerprints are the same. None while the digests differ.
    #[n(0)]
    pub zones: Vec<(u8, bool)>,
}

/// A zone's ranges at the side that dialled.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Sums {
    /// The zone's code.
    #[n(0)]
    pub zone: u8,
    /// [`RANGES`] times the last 16 bytes of the sum of that range's items.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub sums: Vec<u8>,
}

/// Answers [`Sums`]: all items of the ranges that differ.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Items {
    /// The zone's code.
    #[n(0)]
    pub zone: u8,
    /// First bytes of the ranges, ascending.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub ranges: Vec<u8>,
    /// The first 16 bytes of each item in these ranges, ascending.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub items: Vec<u8>,
}

/// What the other side lacks, and what this side would have. Sent by the side that dialled, and answered by the other.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Repair {
    /// The zone's code.
    #[n(0)]
    pub zone: u8,
    /// The first 16 bytes of each item that this side lacks.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub wanted: Vec<u8>,
    /// With their bodies: who lacks one knows its entry and computes its commitment.
    #[n(2)]
    pub changes: Vec<Change>,
    /// In an answer: how many of the changes sent were put in their places.
    #[n(3)]
    pub filled: u64,
}
