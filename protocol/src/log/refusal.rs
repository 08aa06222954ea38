//! The hub's notice that it did not take one change: the body of a change of kind 1 in the hub's log.

use minicbor::{Decode, Encode};

use super::{Document, Generation, LogId};
use crate::identity::Unreadable;
use crate::identity::certificate::to_cbor;

const CODE_CHARACTERS_MAX: usize = 64;
const KEY_CHARACTERS_MAX: usize = 200;

/// Which change was refused, and by which rule. Holds the rule and the key, never a value.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Refusal {
    /// The log in which the change stands.
    #[n(0)]
    pub log: LogId,
    /// Its entry.
    #[n(1)]
    pub sequence: u64,
    /// Its place in the entry, from 0.
    #[n(2)]
    pub index: u32,
    /// The document that is now frozen in this generation.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub document: Document,
    /// That generation.
    #[n(4)]
    pub generation: Generation,
    /// The rule's stable code.
    #[n(5)]
    pub code: String,
    /// The key inside the document that broke it, where one did.
    #[n(6)]
    pub key: Option<String>,
}

impl Refusal {
    /// The body of a change.
    pub fn to_body(&self) -> Vec<u8> {
        to_cbor(self)
    }

    /// Reads the body of a change.
    ///
    /// # Errors
    /// When it is no refusal, or its texts are longer than a refusal's are.
    pub fn read(body: &[u8]) -> Result<Self, Unreadable> {
        let unreadable = Unreadable { what: "refusal" };
        let Ok(refusal) = minicbor::decode::<Self>(body) else { return Err(unreadable) };
        let key_is_short = refusal.key.as_ref().is_none_or(|key| key.len() <= KEY_CHARACTERS_MAX);
        if refusal.code.len() > CODE_CHARACTERS_MAX || !key_is_short {
            return Err(unreadable);
        }
        Ok(refusal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::PublicKey;

    #[test]
    fn a_refusal_says_which_change_and_which_rule() {
        let refusal = Refusal {
            log: LogId { chapter: [1; 16], zone: 3, author: PublicKey([2; 32]), incarnation: 3 },
            sequence: 4,
            index: 5,
            document: [6; 16],
            generation: Generation { number: 0, random: 7 },
            code: "unknown-key".into(),
            key: Some("note/x/text".into()),
        };
        assert_eq!(Refusal::read(&refusal.to_body()).unwrap(), refusal);
        let long = Refusal { code: "x".repeat(65), ..refusal };
        assert!(Refusal::read(&long.to_body()).is_err());
        assert!(Refusal::read(&[]).is_err());
    }
}
