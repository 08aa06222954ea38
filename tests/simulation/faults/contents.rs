//! Comparing contents, as the programs do it: what is really held, and what is given back where it rotted away.

use helhet_protocol::log::contents::{Contents, Difference, short};
use helhet_protocol::log::fingerprint::item;
use helhet_protocol::log::limits::BATCH_CHANGES;
use helhet_protocol::log::{Body, Change, Hash};
use helhet_protocol::session::{Missing, Scope};
use helhet_protocol::v1::compare::{Short, WANTED_MAX};
use rand::RngExt as _;
use rand::rngs::StdRng;
use std::rc::Rc;

use super::store::Store;

/// Every live change of a zone.
fn live<'s>(store: &'s Store, scope: &Scope) -> impl Iterator<Item = (Hash, &'s Change)> {
    let (zone, chapter) = (scope.zone, scope.chapter);
    let of_zone = store
        .rows
        .iter()
        .filter(move |row| row.position.log.zone == zone && row.position.log.chapter == chapter);
    let changes = of_zone.flat_map(|row| row.entry.changes.iter().zip(&row.commitments));
    changes
        .filter(|(change, _)| !matches!(change.body, Body::Absent { .. }))
        .map(|(change, commitment)| (item(&change.document, change.generation, commitment), change))
}

pub(crate) fn contents(store: &Store, scope: &Scope) -> Contents {
    live(store, scope).map(|(item, _)| item).collect()
}

pub(crate) fn missing(store: &Store, scope: &Scope, ranges: &[u8], items: &[u8]) -> Missing {
    let Difference { there, mut here } = contents(store, scope).difference(ranges, items);
    here.truncate(WANTED_MAX);
    let given = live(store, scope).filter(|(item, _)| there.contains(item));
    Missing { wanted: here, given: given.map(|(_, change)| change.clone()).take(BATCH_CHANGES).collect() }
}

pub(crate) fn given(store: &Store, scope: &Scope, wanted: &[Short]) -> Vec<Change> {
    let given = live(store, scope).filter(|(item, _)| wanted.contains(&short(item)));
    given.map(|(_, change)| change.clone()).take(BATCH_CHANGES).collect()
}

impl Store {
    /// A body that somebody else holds too rots away, and a look at the disk finds that it has. True if there was one.
    pub(crate) fn rot(&mut self, other: &Store, scope: &Scope, rng: &mut StdRng) -> bool {
        let theirs: Vec<Hash> = live(other, scope).map(|(item, _)| item).collect();
        let ours: Vec<Hash> =
            live(self, scope).map(|(item, _)| item).filter(|item| theirs.contains(item)).collect();
        if ours.is_empty() {
            return false;
        }
        let rotten = ours[rng.random_range(0..ours.len())];
        for row in &mut self.rows {
            let log = row.position.log;
            if (log.zone, log.chapter) != (scope.zone, scope.chapter) {
                continue;
            }
            let places: Vec<usize> = (0..row.entry.changes.len())
                .filter(|place| {
                    let change = &row.entry.changes[*place];
                    let is_live = !matches!(change.body, Body::Absent { .. });
                    is_live && item(&change.document, change.generation, &row.commitments[*place]) == rotten
                })
                .collect();
            for place in places {
                let row = Rc::make_mut(row);
                let (change, commitment) = (&mut row.entry.changes[place], row.commitments[place]);
                let fingerprint = self.fingerprints.entry((log.zone, log.chapter)).or_default();
                fingerprint.remove(&change.document, change.generation, &commitment);
                change.body = Body::Absent { commitment };
                self.lost.insert((log, row.position.sequence, place));
            }
        }
        true
    }

    /// Puts a body back where it was lost; false where an entry promises nothing like it, or a floor forbids it.
    pub(crate) fn fill(&mut self, scope: &Scope, change: &Change) -> bool {
        if change.generation.number < self.floor(&scope.chapter, &change.document) {
            return false;
        }
        for row in &mut self.rows {
            let Some(place) =
                row.commitments.iter().position(|known| *known == change.commitment(&row.position.log))
            else {
                continue;
            };
            if self.lost.remove(&(row.position.log, row.position.sequence, place)) {
                let log = row.position.log;
                let row = Rc::make_mut(row);
                let fingerprint = self.fingerprints.entry((log.zone, log.chapter)).or_default();
                fingerprint.add(&change.document, change.generation, &row.commitments[place]);
                row.entry.changes[place] = change.clone();
                return true;
            }
        }
        false
    }
}
