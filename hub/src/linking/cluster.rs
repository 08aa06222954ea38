//! From pairs to clusters. A cluster never holds two records that somebody called different, nor, unless a person
//! joined them, two whose birth dates contradict each other by way of a third that has none.

use std::collections::{BTreeMap, BTreeSet};

use super::candidates::candidates;
use super::compare::{Comparable, Likeness, Linker};
use super::decisions::Decisions;

/// The outcome of one run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clustering {
    /// Every record once; the records of a cluster in order, the clusters by their first record.
    pub clusters: Vec<BTreeSet<String>>,
    /// Pairs in different clusters that a person should look at.
    pub doubtful: BTreeSet<(String, String)>,
}

/// Clusters `records`, which must be closed: every record that shares a key or a decision with one of them is there.
/// The order of `records` does not matter.
pub fn cluster(linker: &dyn Linker, mut records: Vec<Comparable>, decisions: &Decisions) -> Clustering {
    records.sort_by(|a, b| a.record.cmp(&b.record));
    records.dedup_by(|a, b| a.record == b.record);
    let mut groups = Groups::new(&records);
    for (one, other) in decisions.same() {
        groups.join_by_decision(one, other);
    }
    let mut doubtful = Vec::new();
    for (one, other) in candidates(linker, &records) {
        match linker.compare(&records[one], &records[other]) {
            Likeness::Same if !groups.join_by_linker(one, other, &records, linker, decisions) => {
                doubtful.push((one, other));
            }
            Likeness::Same | Likeness::Different => {}
            Likeness::Doubtful => doubtful.push((one, other)),
        }
    }
    let doubtful = doubtful
        .into_iter()
        .filter(|(one, other)| groups.of[*one] != groups.of[*other])
        .map(|(one, other)| (records[one].record.clone(), records[other].record.clone()))
        .filter(|(one, other)| decisions.of(one, other).is_none())
        .collect();
    Clustering { clusters: groups.clusters(), doubtful }
}

struct Groups {
    /// Record → its index.
    index: BTreeMap<String, usize>,
    /// Index → its group.
    of: Vec<usize>,
    /// Group → its records.
    members: BTreeMap<usize, BTreeSet<String>>,
}

impl Groups {
    fn new(records: &[Comparable]) -> Self {
        let index =
            records.iter().enumerate().map(|(index, record)| (record.record.clone(), index)).collect();
        let members = records
            .iter()
            .enumerate()
            .map(|(index, record)| (index, [record.record.clone()].into()))
            .collect();
        Self { index, of: (0..records.len()).collect(), members }
    }

    /// A person's word needs no proof; a record that is gone is passed over.
    fn join_by_decision(&mut self, one: &str, other: &str) {
        if let (Some(one), Some(other)) = (self.index.get(one), self.index.get(other)) {
            self.join(self.of[*one], self.of[*other]);
        }
    }

    /// False where joining the two groups would put together what a person parted or what contradicts itself.
    fn join_by_linker(
        &mut self,
        one: usize,
        other: usize,
        records: &[Comparable],
        linker: &dyn Linker,
        decisions: &Decisions,
    ) -> bool {
        let (one, other) = (self.of[one], self.of[other]);
        if one == other {
            return true;
        }
        let (left, right) = (&self.members[&one], &self.members[&other]);
        let contradict = left.iter().any(|a| {
            right.iter().any(|b| {
                linker.compare(&records[self.index[a]], &records[self.index[b]]) == Likeness::Doubtful
            })
        });
        if contradict || decisions.part(left, right) {
            return false;
        }
        self.join(one, other);
        true
    }

    fn join(&mut self, one: usize, other: usize) {
        if one == other {
            return;
        }
        let (keep, drop) = (one.min(other), one.max(other));
        let moved = self.members.remove(&drop).unwrap_or_default();
        for record in &moved {
            self.of[self.index[record]] = keep;
        }
        self.members.entry(keep).or_default().extend(moved);
    }

    fn clusters(self) -> Vec<BTreeSet<String>> {
        let mut clusters: Vec<_> = self.members.into_values().collect();
        clusters.sort();
        clusters
    }
}
