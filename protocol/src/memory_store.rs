//! A store in memory, for this crate's tests: keeps every rule that a real one must keep, and panics when the session
//! breaks one.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard};

use crate::identity::{KeyPair, PublicKey, Signed};
use crate::log::chain::position_of;
use crate::log::contents::{Contents, Difference, short};
use crate::log::fingerprint::item;
use crate::log::tombstone::{RetiredDigest, reason};
use crate::log::{Body, Change, ChangeKind, Entry, Generation, Hash, LogId, Position, Tombstone};
use crate::session::{
    Action, Authorization, Authors, Batch, Comparison, Event, Missing, Peer, ReadEntries, RetiredRows, Scope,
    Standing,
};
use crate::transport::{EntriesRead, Next, Notice, Store};
use crate::v1::compare::Short;
use crate::v1::{CloseCode, Fork, Sample};

pub(crate) const CHAPTER: [u8; 16] = [7; 16];
pub(crate) const ZONE: u8 = 3;

pub(crate) struct MemoryStore {
    pub(crate) key: KeyPair,
    /// Changes that one round of a comparison gives at most.
    pub(crate) round: usize,
    pub(crate) inner: Mutex<Inner>,
}

#[derive(Clone)]
pub(crate) struct Inner {
    pub(crate) entries: Vec<(Entry, Position)>,
    pub(crate) tombstones: Vec<Signed<Tombstone>>,
    pub(crate) floors: BTreeMap<Hash, u32>,
    pub(crate) acknowledged: BTreeMap<LogId, u64>,
    pub(crate) forks: Vec<Fork>,
    pub(crate) notices: Vec<Notice>,
    pub(crate) incarnation: u64,
    pub(crate) answer: Answer,
    pub(crate) next: Next,
    pub(crate) fingerprint: u8,
    pub(crate) takes: Authors,
    pub(crate) peers: Vec<Peer>,
}

#[derive(Clone)]
pub(crate) enum Answer {
    Accept,
    Refuse(CloseCode),
    Revoke(Signed<crate::log::Revocation>),
}

impl MemoryStore {
    pub(crate) fn new(seed: u8) -> Self {
        let inner = Inner {
            entries: Vec::new(),
            tombstones: Vec::new(),
            floors: BTreeMap::new(),
            acknowledged: BTreeMap::new(),
            forks: Vec::new(),
            notices: Vec::new(),
            incarnation: 1,
            answer: Answer::Accept,
            next: Next::Stay,
            fingerprint: 0,
            takes: Authors::Any,
            peers: Vec::new(),
        };
        Self { key: KeyPair::from_seed(&[seed; 32]), round: 3, inner: Mutex::new(inner) }
    }

    pub(crate) fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap()
    }

    pub(crate) fn write(&self, text: &[u8]) {
        self.write_many(text, 1);
    }

    pub(crate) fn write_many(&self, text: &[u8], changes: usize) {
        let mut inner = self.inner();
        let log =
            LogId { chapter: CHAPTER, zone: ZONE, author: self.key.public(), incarnation: inner.incarnation };
        let previous = inner.last(&log);
        let change = Change {
            kind: ChangeKind::Automerge,
            document: [1; 16],
            generation: Generation { number: 0, random: 1 },
            body: Body::Open(text.to_vec()),
        };
        let entry = Entry::sign(log, previous.as_ref(), 1000, vec![change; changes], &self.key);
        let position = position_of(&entry).unwrap();
        inner.entries.push((entry, position));
    }

    pub(crate) fn erase(&self, document: u8) {
        let tombstone = Tombstone {
            document_hash: [document; 32],
            chapter: CHAPTER,
            floor: u32::MAX,
            zone: ZONE,
            day: 1,
            reason: reason::ERASED,
            authority: self.key.public(),
            erasure: None,
        };
        self.inner().keep(tombstone.sign(&self.key));
    }

    pub(crate) fn standing(&self) -> Standing {
        let inner = self.inner();
        let mut retired = RetiredDigest::default();
        for (document, floor) in &inner.floors {
            retired.add_floor(document, *floor);
        }
        Standing {
            scopes: vec![Scope { zone: ZONE, chapter: CHAPTER, sends: true, takes: inner.takes.clone() }],
            positions: inner.positions(),
            retired,
            fingerprints: vec![crate::v1::ZoneFingerprint {
                zone: ZONE,
                fingerprint: match inner.fingerprint {
                    0 => inner.contents().fingerprint(),
                    made_up => crate::log::Fingerprint([made_up; 32]),
                },
            }],
            arrival: inner.entries.len() as u64,
            retired_arrival: inner.tombstones.len() as u64,
        }
    }

    /// Carries an action out at once, as `transport::drive` does.
    pub(crate) fn carry_out(&self, action: Action) -> Option<Event> {
        let event = match action {
            Action::Authorize(peer) => Ok(Event::Authorized(self.authorize(&peer))),
            Action::ReadRetired { after } => self.read_retired(after).map(Event::RetiredRead),
            Action::StoreRetired(rows) => self.store_retired(rows).map(|()| Event::RetiredStored),
            Action::Compare(positions) => self.compare(&positions).map(Event::Compared),
            Action::ReadEntries(request) => {
                let read = self.read_entries(&request).unwrap();
                Ok(Event::EntriesRead { entries: read.entries, arrival: read.arrival, more: read.more })
            }
            Action::Store(batch) => self.store(batch).map(|refused| Event::Stored { refused }),
            Action::SampleLog(log) => self.sample_log(&log).map(Event::Sampled),
            Action::Acknowledged { positions, refused } => {
                self.acknowledged(&positions, refused).unwrap();
                return None;
            }
            Action::Forked(fork) => {
                self.forked(&fork).unwrap();
                return None;
            }
            Action::ReadStanding => Ok(Event::StandingRead(self.standing())),
            Action::ReadSums(scope) => self.sums(&scope).map(Event::SumsRead),
            Action::CompareSums { scope, sums } => {
                let differing = self.differing(&scope, &sums);
                differing.map(|(ranges, items)| Event::SumsCompared { ranges, items })
            }
            Action::CompareItems { scope, ranges, items } => {
                self.missing(&scope, &ranges, &items).map(Event::ItemsCompared)
            }
            Action::Fill { scope, changes, wanted } => {
                let filled = self.fill(&scope, changes, &wanted);
                filled.map(|(filled, given)| Event::Filled { filled, given })
            }
            Action::Agreed => {
                self.notice(Notice::Agreed);
                return None;
            }
            Action::Diverged(scope) => {
                self.notice(Notice::Diverged(scope));
                return None;
            }
            Action::Reconciled(reconciled) => {
                self.notice(Notice::Reconciled(reconciled));
                return None;
            }
            Action::Revoked(revocation) => {
                self.notice(Notice::Revoked(revocation));
                return None;
            }
            Action::Search(root) => self.search(&root).map(Event::Searched),
            Action::Found(found) => {
                self.found(found);
                return None;
            }
            Action::Send(_) | Action::CaughtUp | Action::Close(_) => return None,
        };
        Some(event.unwrap_or_else(Event::Failed))
    }
}

impl Inner {
    pub(crate) fn last(&self, log: &LogId) -> Option<Position> {
        self.entries.iter().map(|(_, position)| *position).rfind(|position| position.log == *log)
    }

    pub(crate) fn positions(&self) -> Vec<Position> {
        let last: BTreeMap<LogId, Position> =
            self.entries.iter().map(|(_, position)| (position.log, *position)).collect();
        last.into_values().collect()
    }

    pub(crate) fn contents(&self) -> Contents {
        self.live().map(|(item, _)| item).collect()
    }

    fn live(&self) -> impl Iterator<Item = (Hash, Change)> {
        let changes = self.entries.iter().flat_map(|(entry, position)| {
            entry.changes.iter().map(move |change| (change, change.commitment(&position.log)))
        });
        let live = changes.filter(|(change, _)| !matches!(change.body, Body::Absent { .. }));
        live.map(|(change, commitment)| {
            (item(&change.document, change.generation, &commitment), change.clone())
        })
    }

    /// The body of a change rots away.
    pub(crate) fn lose(&mut self, entry: usize, change: usize) {
        let (entry, position) = &mut self.entries[entry];
        let commitment = entry.changes[change].commitment(&position.log);
        entry.changes[change].body = Body::Absent { commitment };
    }

    fn keep(&mut self, row: Signed<Tombstone>) {
        let tombstone = row.verify_own().unwrap();
        let floor = self.floors.entry(tombstone.document_hash).or_insert(0);
        if tombstone.floor > *floor {
            *floor = tombstone.floor;
            self.tombstones.push(row);
        }
    }

    fn samples(&self, log: &LogId) -> Fork {
        let last = self.last(log).map_or(0, |position| position.sequence);
        let wanted = Fork::sequences(last);
        let of_log = self.entries.iter().rev().map(|(_, position)| position);
        let samples = of_log
            .filter(|position| position.log == *log && wanted.contains(&position.sequence))
            .map(|position| Sample { sequence: position.sequence, hash: position.hash })
            .collect();
        Fork { log: *log, samples }
    }
}

impl Store for MemoryStore {
    fn authorize(&self, peer: &Peer) -> Authorization {
        self.inner().peers.push(peer.clone());
        let answer = self.inner().answer.clone();
        match answer {
            Answer::Accept => Authorization::Accepted(self.standing()),
            Answer::Refuse(code) => Authorization::Refused(code),
            Answer::Revoke(revocation) => Authorization::Revoked(revocation),
        }
    }

    fn read_retired(&self, after: u64) -> Result<RetiredRows, CloseCode> {
        let inner = self.inner();
        let tombstones = inner.tombstones[after as usize..].to_vec();
        Ok(RetiredRows { tombstones, arrival: inner.tombstones.len() as u64, ..RetiredRows::default() })
    }

    fn store_retired(&self, rows: RetiredRows) -> Result<(), CloseCode> {
        let mut inner = self.inner();
        rows.tombstones.into_iter().for_each(|row| inner.keep(row));
        Ok(())
    }

    fn compare(&self, positions: &[Position]) -> Result<Comparison, CloseCode> {
        let inner = self.inner();
        let peer: BTreeMap<LogId, Position> =
            positions.iter().map(|position| (position.log, *position)).collect();
        let forks = inner.entries.iter().filter(|(_, ours)| {
            peer.get(&ours.log)
                .is_some_and(|theirs| theirs.sequence == ours.sequence && theirs.hash != ours.hash)
        });
        let forks = forks.map(|(_, ours)| inner.samples(&ours.log)).collect();
        let lacking = inner
            .entries
            .iter()
            .position(|(_, ours)| peer.get(&ours.log).is_none_or(|theirs| theirs.sequence < ours.sequence));
        Ok(Comparison { arrival: lacking.unwrap_or(inner.entries.len()) as u64, forks })
    }

    fn read_entries(&self, request: &ReadEntries) -> Result<EntriesRead, CloseCode> {
        let inner = self.inner();
        let mut read = EntriesRead { arrival: request.after, ..EntriesRead::default() };
        let (mut changes, mut bytes) = (0, 0);
        for (entry, position) in inner.entries.iter().skip(request.after as usize) {
            if changes >= request.changes || bytes >= request.bytes {
                read.more = true;
                break;
            }
            read.arrival += 1;
            if request.held_by_peer.get(&position.log).is_none_or(|held| *held < position.sequence) {
                changes += entry.changes.len();
                bytes += entry.body_bytes();
                read.entries.push(entry.clone());
            }
        }
        Ok(read)
    }

    fn store(&self, batch: Batch) -> Result<u64, CloseCode> {
        let mut inner = self.inner();
        for entry in batch.entries {
            let position = entry.position();
            let last = inner.last(&position.log);
            // C2: nothing twice, nothing out of order.
            assert_eq!(last.map_or(1, |last| last.sequence + 1), position.sequence);
            assert_eq!(last.map_or([0; 32], |last| last.hash), entry.header().previous);
            inner.entries.push((entry.into_entry(), position));
        }
        Ok(0)
    }

    fn acknowledged(&self, positions: &[Position], _: u64) -> Result<(), CloseCode> {
        let mut inner = self.inner();
        for position in positions {
            let last = inner.last(&position.log).expect("only what we have is acknowledged");
            assert!(position.sequence <= last.sequence);
            inner.acknowledged.insert(position.log, position.sequence);
        }
        Ok(())
    }

    fn sample_log(&self, log: &LogId) -> Result<Fork, CloseCode> {
        Ok(self.inner().samples(log))
    }

    fn forked(&self, fork: &Fork) -> Result<(), CloseCode> {
        let mut inner = self.inner();
        inner.incarnation += 1;
        inner.forks.push(fork.clone());
        Ok(())
    }

    fn standing(&self) -> Result<Standing, CloseCode> {
        Ok(Self::standing(self))
    }

    fn sums(&self, _: &Scope) -> Result<Vec<u8>, CloseCode> {
        // Who looks finds that the running fingerprint was wrong.
        self.inner().fingerprint = 0;
        Ok(self.inner().contents().sums())
    }

    fn differing(&self, _: &Scope, sums: &[u8]) -> Result<(Vec<u8>, Vec<u8>), CloseCode> {
        self.inner().fingerprint = 0;
        Ok(self.inner().contents().differing(sums))
    }

    fn missing(&self, _: &Scope, ranges: &[u8], items: &[u8]) -> Result<Missing, CloseCode> {
        let inner = self.inner();
        let Difference { there, mut here } = inner.contents().difference(ranges, items);
        let given = inner.live().filter(|(item, _)| there.contains(item)).map(|(_, change)| change);
        let given = given.take(self.round).collect();
        here.truncate(self.round);
        Ok(Missing { wanted: here, given })
    }

    fn fill(
        &self,
        _: &Scope,
        changes: Vec<Change>,
        wanted: &[Short],
    ) -> Result<(u64, Vec<Change>), CloseCode> {
        let mut inner = self.inner();
        let mut filled = 0;
        for change in changes {
            for (entry, position) in &mut inner.entries {
                let commitment = change.commitment(&position.log);
                for place in &mut entry.changes {
                    if place.body == (Body::Absent { commitment }) {
                        *place = change.clone();
                        filled += 1;
                    }
                }
            }
        }
        let given = inner.live().filter(|(item, _)| wanted.contains(&short(item)));
        Ok((filled, given.map(|(_, change)| change).collect()))
    }

    fn notice(&self, notice: Notice) {
        self.inner().notices.push(notice);
    }

    fn caught_up(&self) -> Next {
        self.inner().next
    }
}

/// A device's or hub's credential that claims `key`; the memory store does not look closer.
pub(crate) fn credential(key: PublicKey) -> crate::v1::Credential {
    let root = crate::identity::RootKey::from_seed(&[99; 32]);
    crate::v1::Credential::Hub(root.certify_hub(key, i64::MAX, 1))
}
