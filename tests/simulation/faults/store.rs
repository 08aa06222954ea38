//! A store in memory that keeps every rule that the programs' stores keep: order of arrival, floors, revocations, set
//! hashes. An image of it costs little, so that it can be thrown back to any moment.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use helhet_protocol::identity::{Chapter, KeyPair, PublicKey, Signed};
use helhet_protocol::log::tombstone::{ERASED, RetiredDigest, document_hash};
use helhet_protocol::log::{
    Body, Change, Document, Entry, Fingerprint, Hash, LogId, Position, Revocation, Tombstone, position_of,
};
use helhet_protocol::v1::{Fork, Sample};

use super::papers::{CHAPTER, Planted};

/// An entry as stored.
#[derive(Clone)]
pub(crate) struct Row {
    pub(crate) arrival: u64,
    pub(crate) position: Position,
    pub(crate) previous: Hash,
    pub(crate) entry: Entry,
    pub(crate) commitments: Vec<Hash>,
}

/// A floor or a revocation as stored.
#[derive(Clone)]
pub(crate) enum Gone {
    Floor(Hash, Signed<Tombstone>),
    Device(Signed<Revocation>),
}

#[derive(Clone)]
pub(crate) struct Store {
    pub(crate) id: [u8; 16],
    pub(crate) incarnation: u64,
    pub(crate) rows: Vec<Rc<Row>>,
    pub(crate) newest: u64,
    /// Every position of a log, from its first on.
    pub(crate) logs: BTreeMap<LogId, Vec<Position>>,
    pub(crate) floors: BTreeMap<(Chapter, Hash), u32>,
    pub(crate) gone: Vec<(u64, Chapter, Gone)>,
    pub(crate) newest_gone: u64,
    pub(crate) revoked: BTreeMap<PublicKey, Revocation>,
    pub(crate) fingerprints: BTreeMap<(u8, Chapter), Fingerprint>,
    /// Changes whose bodies rotted away: log, sequence number, place in the entry.
    pub(crate) lost: BTreeSet<(LogId, u64, usize)>,
    /// How far the hub holds this device's logs, as far as the device knows.
    pub(crate) acknowledged: BTreeMap<LogId, u64>,
    /// The hub's store when it was last seen.
    pub(crate) peer_store: Option<[u8; 16]>,
    planted: Option<Planted>,
}

impl Store {
    pub(crate) fn new(id: [u8; 16], incarnation: u64, planted: Option<Planted>) -> Self {
        Self {
            id,
            incarnation,
            rows: Vec::new(),
            newest: 0,
            logs: BTreeMap::new(),
            floors: BTreeMap::new(),
            gone: Vec::new(),
            newest_gone: 0,
            revoked: BTreeMap::new(),
            fingerprints: BTreeMap::new(),
            lost: BTreeSet::new(),
            acknowledged: BTreeMap::new(),
            peer_store: None,
            planted,
        }
    }

    pub(crate) fn has(&self, bug: Planted) -> bool {
        self.planted == Some(bug)
    }

    pub(crate) fn last(&self, log: &LogId) -> Option<Position> {
        self.logs.get(log).and_then(|log| log.last()).copied()
    }

    pub(crate) fn hash_at(&self, log: &LogId, sequence: u64) -> Option<Hash> {
        let place = usize::try_from(sequence.checked_sub(1)?).ok()?;
        self.logs.get(log)?.get(place).map(|position| position.hash)
    }

    pub(crate) fn positions(&self, zone: u8, chapter: &Chapter) -> Vec<Position> {
        let of = self.logs.iter().filter(|(log, _)| log.zone == zone && log.chapter == *chapter);
        of.filter_map(|(_, positions)| positions.last().copied()).collect()
    }

    pub(crate) fn fingerprint(&self, zone: u8, chapter: &Chapter) -> Fingerprint {
        self.fingerprints.get(&(zone, *chapter)).copied().unwrap_or_default()
    }

    pub(crate) fn floor(&self, chapter: &Chapter, document: &Document) -> u32 {
        self.floors.get(&(*chapter, document_hash(document))).copied().unwrap_or(0)
    }

    /// Signs and stores an entry of this store's own.
    pub(crate) fn write(
        &mut self,
        zone: u8,
        chapter: Chapter,
        key: &KeyPair,
        time: i64,
        changes: Vec<Change>,
    ) {
        let log = LogId { chapter, zone, author: key.public(), incarnation: self.incarnation };
        let previous = self.last(&log);
        let entry = Entry::sign(log, previous.as_ref(), time, changes, key);
        let position = position_of(&entry).unwrap();
        self.append(entry, position, previous.map_or([0; 32], |previous| previous.hash));
    }

    /// A change is not taken, or its author has learned that it was not: its body goes.
    pub(crate) fn refuse(&mut self, log: &LogId, sequence: u64, index: usize, name: &str) {
        let is_it = |row: &Rc<Row>| row.position.log == *log && row.position.sequence == sequence;
        let Some(row) = self.rows.iter_mut().rfind(|row| is_it(row)) else { return };
        let Row { entry, commitments, .. } = Rc::make_mut(row);
        let (Some(change), Some(commitment)) = (entry.changes.get_mut(index), commitments.get(index)) else {
            return;
        };
        self.lost.remove(&(*log, sequence, index));
        // In a log that has forked another change may stand in that place.
        if !matches!(change.body, Body::Absent { .. }) && name_of(change, log) == name {
            let fingerprint = self.fingerprints.entry((log.zone, log.chapter)).or_default();
            fingerprint.remove(&change.document, change.generation, commitment);
            change.body = Body::Absent { commitment: *commitment };
        }
    }

    /// The one lowest write: what lies under a floor loses its body here.
    pub(crate) fn append(&mut self, mut entry: Entry, position: Position, previous: Hash) {
        let log = position.log;
        let commitments: Vec<Hash> = entry.changes.iter().map(|change| change.commitment(&log)).collect();
        let of_hub = self.incarnation % 2 == 1;
        let drops = self.has(Planted::DropsAChange) && of_hub && position.sequence % 8 == 5;
        for (place, (change, commitment)) in entry.changes.iter_mut().zip(&commitments).enumerate() {
            let floor = self.floor(&log.chapter, &change.document);
            if change.generation.number < floor && !self.has(Planted::ForgetsTheFloorGate)
                || drops && place == 0
            {
                prune(change, *commitment, floor);
            }
            if !matches!(change.body, Body::Absent { .. }) {
                let zone = self.fingerprints.entry((log.zone, log.chapter)).or_default();
                zone.add(&change.document, change.generation, commitment);
            } else if log.zone == CHAPTER && change.generation.number >= floor && change.document != [0; 16] {
                // Nobody but another device can say what it was.
                self.lost.insert((log, position.sequence, place));
            }
        }
        if self.has(Planted::DamagesABody)
            && position.sequence % 8 == 5
            && let Body::Open(body) = &mut entry.changes[0].body
        {
            body[0] ^= 1;
        }
        self.newest += 1;
        let row = Row { arrival: self.newest, position, previous, entry, commitments };
        self.logs.entry(log).or_default().push(position);
        self.rows.push(Rc::new(row));
    }

    /// True if it is news.
    pub(crate) fn raise(&mut self, signed: &Signed<Tombstone>) -> bool {
        let tombstone = signed.unverified().unwrap();
        let Tombstone { document_hash: hash, chapter, floor, .. } = tombstone;
        let known = self.floors.get(&(chapter, hash)).copied().unwrap_or(0);
        if floor == known || floor < known && !self.has(Planted::LowersFloors) {
            return false;
        }
        self.floors.insert((chapter, hash), floor);
        self.gone.retain(|(_, of, gone)| {
            *of != chapter || !matches!(gone, Gone::Floor(other, _) if *other == hash)
        });
        self.newest_gone += 1;
        self.gone.push((self.newest_gone, chapter, Gone::Floor(hash, signed.clone())));
        if !self.has(Planted::ForgetsToPrune) {
            self.prune(chapter, hash, floor);
        }
        true
    }

    fn prune(&mut self, chapter: Chapter, hash: Hash, floor: u32) {
        for row in self.rows.iter_mut().filter(|row| row.position.log.chapter == chapter) {
            let falls =
                |change: &Change| change.generation.number < floor && document_hash(&change.document) == hash;
            if !row.entry.changes.iter().any(falls) {
                continue;
            }
            let zone = (row.position.log.zone, chapter);
            let fingerprint = self.fingerprints.entry(zone).or_default();
            let Row { entry, commitments, .. } = Rc::make_mut(row);
            for (change, commitment) in entry.changes.iter_mut().zip(commitments) {
                if falls(change) {
                    if !matches!(change.body, Body::Absent { .. }) {
                        fingerprint.remove(&change.document, change.generation, commitment);
                    }
                    prune(change, *commitment, floor);
                }
            }
        }
    }

    /// True if it is news.
    pub(crate) fn revoke(&mut self, signed: &Signed<Revocation>) -> bool {
        let revocation = signed.unverified().unwrap();
        if self.revoked.contains_key(&revocation.device) {
            return false;
        }
        self.newest_gone += 1;
        self.gone.push((self.newest_gone, revocation.chapter, Gone::Device(signed.clone())));
        self.cut_beyond(&revocation);
        self.revoked.insert(revocation.device, revocation);
        true
    }

    /// What a removed device wrote after what counts of it goes, where it had come already: a hub that was restored may name
    /// less than a sibling holds.
    fn cut_beyond(&mut self, revocation: &Revocation) {
        let counts = |log: &LogId| {
            let last = revocation.last_accepted.iter().find(|last| last.log == *log);
            last.map_or(0, |last| last.sequence)
        };
        let goes = |log: &LogId, sequence: u64| log.author == revocation.device && sequence > counts(log);
        for row in self.rows.iter().filter(|row| goes(&row.position.log, row.position.sequence)) {
            let log = row.position.log;
            let fingerprint = self.fingerprints.entry((log.zone, log.chapter)).or_default();
            for (change, commitment) in row.entry.changes.iter().zip(&row.commitments) {
                if !matches!(change.body, Body::Absent { .. }) {
                    fingerprint.remove(&change.document, change.generation, commitment);
                }
            }
        }
        self.rows.retain(|row| !goes(&row.position.log, row.position.sequence));
        self.lost.retain(|(log, sequence, _)| !goes(log, *sequence));
        for (log, positions) in &mut self.logs {
            positions.retain(|position| !goes(log, position.sequence));
        }
        self.logs.retain(|_, positions| !positions.is_empty());
    }

    pub(crate) fn digest(&self, chapter: &Chapter) -> RetiredDigest {
        let mut digest = RetiredDigest::default();
        for ((of, hash), floor) in &self.floors {
            if of == chapter {
                digest.add_floor(hash, *floor);
                if self.has(Planted::MiscountsFloors) && self.incarnation % 2 == 1 {
                    digest.add_floor(hash, *floor);
                }
            }
        }
        for (device, revocation) in &self.revoked {
            if revocation.chapter == *chapter {
                digest.add_revoked(device);
            }
        }
        digest
    }

    pub(crate) fn samples(&self, log: &LogId) -> Fork {
        let last = self.last(log).map_or(0, |position| position.sequence);
        let sample = |sequence| self.hash_at(log, sequence).map(|hash| Sample { sequence, hash });
        Fork { log: *log, samples: Fork::sequences(last).into_iter().filter_map(sample).collect() }
    }

    /// Opens a new incarnation after the last sample that is held here too, and signs there again what came after it.
    /// Gives the sequence number up to which the log is common.
    pub(crate) fn mend(&mut self, fork: &Fork, key: &KeyPair, incarnation: u64, time: i64) -> u64 {
        let common =
            fork.samples.iter().find(|sample| self.hash_at(&fork.log, sample.sequence) == Some(sample.hash));
        let common = common.map_or(0, |sample| sample.sequence);
        let beyond = |row: &Rc<Row>| row.position.log == fork.log && row.position.sequence > common;
        let mut again: Vec<Rc<Row>> = self.rows.iter().filter(|row| beyond(row)).cloned().collect();
        self.rows.retain(|row| !beyond(row));
        if let Some(log) = self.logs.get_mut(&fork.log) {
            log.truncate(common as usize);
            if log.is_empty() {
                self.logs.remove(&fork.log);
            }
        }
        self.acknowledged.entry(fork.log).and_modify(|held| *held = common.min(*held));
        self.incarnation = incarnation;
        if self.has(Planted::ForgetsItsOwnLife) {
            again.clear();
        }
        for row in again {
            let fingerprint = self.fingerprints.entry((fork.log.zone, fork.log.chapter)).or_default();
            for (change, commitment) in row.entry.changes.iter().zip(&row.commitments) {
                if !matches!(change.body, Body::Absent { .. }) {
                    fingerprint.remove(&change.document, change.generation, commitment);
                }
            }
            self.write(fork.log.zone, fork.log.chapter, key, time, row.entry.changes.clone());
        }
        common
    }
}

/// What a refusal names a change by, beside its place.
pub(crate) fn name_of(change: &Change, log: &LogId) -> String {
    change.commitment(log).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn prune(change: &mut Change, commitment: Hash, floor: u32) {
    change.body = Body::Absent { commitment };
    if floor == ERASED {
        change.document = [0; 16];
    }
}
