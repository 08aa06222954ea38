//! What a document's history allows: whether a change continues it as automerge's own writer would have.
//!
//! automerge trusts that of a change which it has parsed: a sequence number out of turn or a counter out of order
//! makes it panic, and a replaced value that was never there makes a document that can be saved but never loaded.

use std::collections::{BTreeMap, BTreeSet};

use automerge::{Automerge, ChangeHash, ObjId, ROOT, ReadDoc};

use super::{
    DocumentError,
    decoder::{DecodedChange, DecodedOperation},
};
use crate::id::ActorId;

/// The changes of a document, as far as the next one must fit them.
pub(super) struct History {
    /// Each change's highest operation counter.
    highest: BTreeMap<[u8; 32], u64>,
    /// Each actor's last sequence number and change.
    last: BTreeMap<ActorId, (u64, [u8; 32])>,
}

impl History {
    pub(super) fn of(automerge: &Automerge) -> History {
        let mut history = History { highest: BTreeMap::new(), last: BTreeMap::new() };
        for change in automerge.get_changes_meta(&[]) {
            if let Ok(actor) = ActorId::try_from(change.actor.to_bytes()) {
                history.add(change.hash.0, actor, change.seq, change.max_op);
            }
        }
        history
    }

    pub(super) fn contains(&self, hash: &[u8; 32]) -> bool {
        self.highest.contains_key(hash)
    }

    /// Records a change that was applied.
    pub(super) fn record(&mut self, change: &DecodedChange) {
        let highest = change.start_op + change.operations.len() as u64 - 1;
        self.add(change.hash, change.actor, change.seq, highest);
    }

    fn add(&mut self, hash: [u8; 32], actor: ActorId, seq: u64, highest: u64) {
        self.highest.insert(hash, highest);
        let last = self.last.entry(actor).or_insert((seq, hash));
        if seq > last.0 {
            *last = (seq, hash);
        }
    }

    /// Whether `change` can be applied to `automerge` now.
    pub(super) fn check(&self, change: &DecodedChange, automerge: &Automerge) -> Result<(), DocumentError> {
        let mut newest = 0;
        for dependency in &change.dependencies {
            newest = newest.max(*self.highest.get(dependency).ok_or(DocumentError::MissingDependency)?);
        }
        if change.message_present || change.extra_bytes > 0 {
            return Err(DocumentError::Contradiction("it carries a message or more"));
        }
        let continues = match self.last.get(&change.actor) {
            None => change.seq == 1,
            Some((seq, hash)) => change.seq == seq + 1 && change.dependencies.contains(hash),
        };
        if !continues {
            return Err(DocumentError::Contradiction("its sequence number is out of turn"));
        }
        if change.start_op != newest + 1 {
            return Err(DocumentError::Contradiction("its operations are numbered out of turn"));
        }
        let dependencies: Vec<_> = change.dependencies.iter().copied().map(ChangeHash).collect();
        let at_heads = dependencies.iter().collect::<BTreeSet<_>>() == automerge.get_heads().iter().collect();
        let replaces_what_it_saw = change.operations.iter().all(|operation| {
            let there = if at_heads {
                automerge.get_all(ROOT, operation.key.as_str())
            } else {
                automerge.get_all_at(ROOT, operation.key.as_str(), &dependencies)
            };
            there.is_ok_and(|there| replaces(operation, there.iter().map(|(_, id)| id)))
        });
        if !replaces_what_it_saw {
            return Err(DocumentError::Contradiction("it replaces a value that was not there"));
        }
        Ok(())
    }
}

/// Whether an operation replaces only values that its author had before it, and a deletion at least one.
fn replaces<'a>(operation: &DecodedOperation, there: impl Iterator<Item = &'a ObjId>) -> bool {
    let there: BTreeSet<(u64, &[u8])> = there
        .filter_map(|id| match id {
            ObjId::Id(counter, actor, _) => Some((*counter, actor.to_bytes())),
            ObjId::Root => None,
        })
        .collect();
    let mut replaced = operation.predecessors.iter();
    (operation.value.is_some() || replaced.len() > 0)
        && replaced.all(|(counter, actor)| there.contains(&(*counter, actor.as_bytes().as_slice())))
}
