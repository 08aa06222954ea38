//! A document as it would be if some of its changes had never been made.

use std::collections::BTreeSet;

use automerge::Automerge;

use super::{ChangeBody, Document, DocumentError, automerge_actor};
use crate::id::ActorId;

/// What is left of a document.
#[derive(Debug)]
pub struct Remainder {
    pub document: Document,
    /// The changes that are not in it any more, in the order in which they were made.
    pub dropped: Vec<ChangeBody>,
}

impl Document {
    /// The document without the changes that `is_gone` names, and without what builds on them; to be edited by `actor`.
    pub fn without(
        &self,
        is_gone: impl Fn(&ChangeBody) -> bool,
        actor: ActorId,
    ) -> Result<Remainder, DocumentError> {
        let (mut gone, mut dropped, mut kept) = (BTreeSet::new(), Vec::new(), Vec::new());
        for change in self.automerge.get_changes(&[]) {
            let body = ChangeBody(change.raw_bytes().to_vec());
            if change.deps().iter().any(|before| gone.contains(before)) || is_gone(&body) {
                gone.insert(change.hash());
                dropped.push(body);
            } else {
                kept.push(change);
            }
        }
        let mut automerge = Automerge::new().with_actor(automerge_actor(actor));
        automerge.apply_changes(kept).map_err(DocumentError::Refused)?;
        Ok(Remainder { document: Document { automerge }, dropped })
    }

    /// Whether nothing was ever written in it.
    pub fn is_blank(&self) -> bool {
        self.automerge.get_heads().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use rand::{SeedableRng, rngs::StdRng};

    use super::*;
    use crate::document::{Edit, Value};

    // T21: what one life wrote goes, and so does what builds on it; what others wrote meanwhile stays.
    #[test]
    fn what_builds_on_a_change_goes_with_it() {
        let mut rng = StdRng::seed_from_u64(5);
        let now = DateTime::UNIX_EPOCH;
        let mut document = Document::new(ActorId::random(&mut rng));
        document.edit(&[Edit::set("a", "common")], now).unwrap();
        let mut other = Document::load(&document.save(), ActorId::random(&mut rng)).unwrap();
        let gone = document.edit(&[Edit::set("a", "mine")], now).unwrap();
        let on_it = document.edit(&[Edit::set("b", "on it")], now).unwrap();
        let beside = other.edit(&[Edit::set("c", "beside")], now).unwrap();
        document.apply(std::slice::from_ref(&beside)).unwrap();

        let rest = document.without(|body| *body == gone, ActorId::random(&mut rng)).unwrap();
        assert_eq!(rest.dropped, [gone, on_it]);
        assert_eq!(rest.document.values("a"), [Value::from("common")]);
        assert_eq!(rest.document.values("c"), [Value::from("beside")]);
        assert!(rest.document.values("b").is_empty() && !rest.document.is_blank());
        assert_eq!(rest.document.heads(), other.heads());
        let nothing = document.without(|_| true, ActorId::random(&mut rng)).unwrap();
        assert!(nothing.document.is_blank());
    }
}
