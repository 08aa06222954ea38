//! Redeeming an invite: the token, the root that redeems it, and the six digits that two people compare.
//!
//! The request is bound to the TLS channel by its exporter value, so that who sees it elsewhere can do nothing with
//! it. It is sent only after the hub has shown that its office is the one named in the invite.

use minicbor::{Decode, Encode};

use super::certificate::hash;
use super::{PublicKey, RootKey, Signature};

const DOMAIN: &str = "helhet/1 join";

/// A chapter's first device asks in.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct JoinRequest {
    /// From the invite.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub token: [u8; 16],
    /// The chapter's root, to be pinned.
    #[n(1)]
    pub root: PublicKey,
    /// By the root, over token, root and exporter value.
    #[n(2)]
    proof: Signature,
}

impl JoinRequest {
    /// A request on the channel whose exporter value is `exporter`.
    pub fn new(token: [u8; 16], root: &RootKey, exporter: &[u8; 32]) -> Self {
        let public = root.public();
        Self { token, root: public, proof: root.key().sign(DOMAIN, &proven(&token, &public, exporter)) }
    }

    /// True if the root's holder made this request on this channel.
    pub fn holds(&self, exporter: &[u8; 32]) -> bool {
        self.root.verify(DOMAIN, &proven(&self.token, &self.root, exporter), &self.proof)
    }
}

impl std::fmt::Debug for JoinRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "JoinRequest(by {})", self.root)
    }
}

/// The six digits that both screens show: equal only if both look at the same channel and the same root.
pub fn join_code(exporter: &[u8; 32], root: &PublicKey) -> String {
    let digest = hash("helhet/1 join code", &[exporter.as_slice(), &root.0].concat());
    let number = digest[..8].iter().fold(0u64, |number, byte| number << 8 | u64::from(*byte)) % 1_000_000;
    format!("{number:06}")
}

/// What a hub keeps of a token: it cannot be turned back, and is of no use to who reads the hub's tables.
pub fn token_hash(token: &[u8; 16]) -> [u8; 32] {
    hash("helhet/1 invite token", token)
}

fn proven(token: &[u8; 16], root: &PublicKey, exporter: &[u8; 32]) -> Vec<u8> {
    [token.as_slice(), &root.0, exporter].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_worth_nothing_on_another_channel() {
        let root = RootKey::from_seed(&[1; 32]);
        let request = JoinRequest::new([2; 16], &root, &[3; 32]);
        assert!(request.holds(&[3; 32]));
        assert!(!request.holds(&[4; 32]));
        let stolen = JoinRequest { root: RootKey::from_seed(&[5; 32]).public(), ..request.clone() };
        assert!(!stolen.holds(&[3; 32]));
        assert!(!format!("{request:?}").contains("token"));
    }

    #[test]
    fn the_code_is_six_digits_of_this_channel() {
        let root = RootKey::from_seed(&[1; 32]).public();
        let code = join_code(&[3; 32], &root);
        assert!(code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()));
        assert_ne!(code, join_code(&[4; 32], &root));
    }
}
