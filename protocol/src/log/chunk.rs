//! The first eight bytes of an automerge change say nothing that the others do not: four that are always the same, and the
//! beginning of the SHA-256 of all that follows them. They do not travel. What follows them is nobody's business here.

use sha2::{Digest as _, Sha256};

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];

/// What follows those bytes, where they are what they have to be.
pub(super) fn without_beginning(body: &[u8]) -> Option<&[u8]> {
    let (beginning, rest) = body.split_first_chunk()?;
    (*beginning == beginning_of(rest)).then_some(rest)
}

/// The change whole again.
pub(super) fn with_beginning(rest: &[u8]) -> Vec<u8> {
    [beginning_of(rest).as_slice(), rest].concat()
}

fn beginning_of(rest: &[u8]) -> [u8; 8] {
    let hash = Sha256::digest(rest);
    let [a, b, c, d] = MAGIC;
    [a, b, c, d, hash[0], hash[1], hash[2], hash[3]]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::identity::certificate::to_cbor;
    use crate::log::Body;

    proptest! {
        #[test]
        fn a_body_comes_out_as_it_went_in(rest in prop::collection::vec(any::<u8>(), 0..40), altered in 0_usize..9) {
            let mut body = with_beginning(&rest);
            let whole = to_cbor(&Body::Open(body.clone()));
            prop_assert_eq!(whole.len(), rest.len() + 3 + usize::from(rest.len() >= 24), "{:?}", whole);
            if let Some(byte) = body.get_mut(altered).filter(|_| altered < 8) {
                *byte ^= 1;
            }
            let sent = to_cbor(&Body::Open(body.clone()));
            prop_assert_eq!(minicbor::decode::<Body>(&sent).unwrap(), Body::Open(body));
        }
    }
}
