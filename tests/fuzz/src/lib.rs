//! What the targets share. Each target says in its first lines what must hold for any input.
//!
//! `tests/fuzz/run` builds and runs all of them; see there. What a target finds becomes a test of the crate concerned
//! before it is mended.

pub mod memory;

use helhet_shared::document::ChangeBody;
use sha2::{Digest, Sha256};

/// The body of a change chunk with a right header and checksum around it. Few inputs would pass the checksum alone.
pub fn chunk(body: &[u8]) -> Vec<u8> {
    let mut hashed = vec![1];
    let mut length = body.len();
    while length >= 0x80 {
        hashed.push(length as u8 | 0x80);
        length >>= 7;
    }
    hashed.push(length as u8);
    hashed.extend_from_slice(body);
    let hash = Sha256::digest(&hashed);
    [&[0x85, 0x6f, 0x4a, 0x83], &hash[..4], &hashed].concat()
}

/// What [`chunk`] was put around.
pub fn inside(body: &ChangeBody) -> &[u8] {
    let behind_kind = &body.as_bytes()[9..];
    let length_bytes = behind_kind.iter().take_while(|byte| **byte >= 0x80).count() + 1;
    &behind_kind[length_bytes..]
}

/// SHA-256 over `domain ‖ 0 ‖ bytes`, as the protocol names things.
pub fn hash(domain: &str, bytes: &[u8]) -> [u8; 32] {
    Sha256::digest([domain.as_bytes(), &[0], bytes].concat()).into()
}
