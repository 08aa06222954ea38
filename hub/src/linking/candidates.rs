//! Which pairs are worth comparing: those that share a key. Never all against all.

use std::collections::{BTreeMap, BTreeSet};

use super::compare::{Comparable, Linker};

/// Pairs of indices into `records`, each once, in order. A key that more than [`KEY_SHARED_MAX`] records share says
/// nothing about identity (a board's common mailbox) and makes no pairs.
pub(super) fn candidates(linker: &dyn Linker, records: &[Comparable]) -> BTreeSet<(usize, usize)> {
    let mut by_key: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, record) in records.iter().enumerate() {
        for key in linker.keys(record) {
            by_key.entry(key).or_default().push(index);
        }
    }
    let mut pairs = BTreeSet::new();
    for indices in by_key.into_values().filter(|indices| indices.len() <= KEY_SHARED_MAX) {
        for (at, one) in indices.iter().enumerate() {
            pairs.extend(indices[at + 1..].iter().map(|other| (*one, *other)));
        }
    }
    pairs
}

const KEY_SHARED_MAX: usize = 500;
