//! What must hold after every schedule, whatever happened in it. What was promised is written down here, outside the
//! stores, so that a store that forgets cannot make us forget too.

use std::collections::{BTreeMap, BTreeSet};

use helhet_protocol::identity::{Chapter, PublicKey, Signature};
use helhet_protocol::log::tombstone::document_hash;
use helhet_protocol::log::{
    Body, Change, ChangeKind, Entry, Fingerprint, Hash, LogId, Position, position_of, verify,
};
use helhet_protocol::session::Outcome;
use helhet_protocol::v1::Message;
use rand::RngExt as _;
use rand::rngs::StdRng;
use sha2::{Digest as _, Sha256};

use super::machine::Machine;
use super::papers::{CHAPTER, NO_CHAPTER, PUBLISHED, Papers, SHARED};
use super::store::{Row, Store};

/// Messages that a hostile peer may have overheard.
const OVERHEARD_MAX: usize = 24;

/// One thing that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Violation {
    pub(crate) checker: &'static str,
    pub(crate) what: String,
}

/// What a store held when it was last looked at.
#[derive(Clone, Default)]
struct Seen {
    positions: BTreeMap<LogId, u64>,
    floors: BTreeMap<(Chapter, Hash), u32>,
}

#[derive(Default)]
pub(crate) struct Ledger {
    pub(crate) violations: Vec<Violation>,
    /// What each machine has said that it holds.
    promised: BTreeMap<(usize, LogId), Position>,
    seen: BTreeMap<usize, Seen>,
    /// Every change that was written, and by whom, until it was lost with a disk that alone held it.
    written: BTreeMap<Hash, PublicKey>,
    /// Entries whose signature was checked once.
    genuine: BTreeSet<(Hash, [u8; 64])>,
    pub(crate) overheard: Vec<Message>,
    /// A disk has lost a body: contents may differ, until a session mends it.
    pub(crate) rotted: bool,
    /// How often what happened.
    pub(crate) counts: BTreeMap<String, u64>,
}

impl Ledger {
    pub(crate) fn report(&mut self, checker: &'static str, what: String) {
        if self.violations.len() < 20 {
            self.violations.push(Violation { checker, what });
        }
    }

    pub(crate) fn count(&mut self, what: &str) {
        *self.counts.entry(what.to_owned()).or_default() += 1;
    }

    pub(crate) fn times(&self, what: &str) -> u64 {
        self.counts.get(what).copied().unwrap_or_default()
    }

    pub(crate) fn count_code(&mut self, outcome: Outcome) {
        let by = if outcome.by_peer { "heard" } else { "said" };
        self.count(&format!("{by} {}", outcome.code.word()));
    }

    /// A machine tells another one that it holds these.
    pub(crate) fn promised(&mut self, machine: usize, positions: &[Position]) {
        for position in positions {
            let known = self.promised.entry((machine, position.log)).or_insert(*position);
            if position.sequence > known.sequence {
                *known = *position;
            }
        }
    }

    pub(crate) fn overhear(&mut self, message: &Message, rng: &mut StdRng) {
        if matches!(message, Message::CaughtUp(_) | Message::Close(_) | Message::Ignorable(_)) {
            return;
        }
        if self.overheard.len() < OVERHEARD_MAX {
            self.overheard.push(message.clone());
        } else if rng.random_bool(0.2) {
            let place = rng.random_range(0..OVERHEARD_MAX);
            self.overheard[place] = message.clone();
        }
    }

    /// A disk was thrown back, or a fork mended: what is not there any more was not promised.
    pub(crate) fn rewound(&mut self, machine: usize, store: &Store) {
        self.promised.retain(|(of, log), position| {
            if *of != machine {
                return true;
            }
            let Some(last) = store.last(log) else { return false };
            if last.sequence < position.sequence {
                *position = last;
            }
            store.hash_at(log, position.sequence) == Some(position.hash)
        });
        self.seen.remove(&machine);
    }

    /// Disks were thrown back: what nobody holds any more is lost by right.
    pub(crate) fn forget_lost(&mut self, machines: &[Machine]) {
        let held: BTreeSet<Hash> = machines
            .iter()
            .flat_map(|machine| &machine.store.rows)
            .flat_map(|row| row.commitments.iter().copied())
            .collect();
        self.written.retain(|change, _| held.contains(change));
    }

    /// After each commit: C2 (what was promised is there), C5 (nothing goes back).
    pub(crate) fn observe(&mut self, place: usize, machine: &Machine) {
        let store = &machine.store;
        let mut broken = Vec::new();
        for ((_, log), position) in self.promised.range((place, LOWEST)..(place + 1, LOWEST)) {
            // What a removed device wrote last is cut.
            let is_cut = store.revoked.contains_key(&log.author);
            if !is_cut && store.hash_at(log, position.sequence) != Some(position.hash) {
                broken.push(("C2", format!("machine {place} lost what it acknowledged: {position:?}")));
            }
        }
        let seen = self.seen.entry(place).or_default();
        for (log, sequence) in &seen.positions {
            let is_cut = store.revoked.contains_key(&log.author);
            if !is_cut && store.last(log).map_or(0, |last| last.sequence) < *sequence {
                broken.push(("C5", format!("machine {place} went back below {sequence} in {log:?}")));
            }
        }
        for (document, floor) in &seen.floors {
            if store.floors.get(document).is_none_or(|now| now < floor) {
                broken.push(("C5", format!("machine {place} lowered a floor from {floor}")));
            }
        }
        let own =
            store.rows.iter().rev().take(4).filter(|row| row.position.log.author == machine.key.public());
        for row in own {
            self.written.extend(row.commitments.iter().map(|change| (*change, machine.key.public())));
        }
        seen.positions =
            store.logs.iter().filter_map(|(log, all)| Some((*log, all.last()?.sequence))).collect();
        seen.floors.clone_from(&store.floors);
        broken.into_iter().for_each(|(checker, what)| self.report(checker, what));
    }

    /// What holds for one store at any time: C2 (once each, in order), C3, C7, and the set hash against what is there.
    pub(crate) fn check_store(&mut self, place: usize, machine: &Machine, papers: &Papers) {
        let store = &machine.store;
        let mut last: BTreeMap<LogId, Position> = BTreeMap::new();
        let mut fingerprints: BTreeMap<(u8, Chapter), Fingerprint> = BTreeMap::new();
        let mut once = BTreeSet::new();
        for row in &store.rows {
            let log = row.position.log;
            let before = last.insert(log, row.position);
            if row.position.sequence != before.map_or(1, |before| before.sequence + 1) {
                self.report(
                    "C2",
                    format!("machine {place}: {:?} follows {before:?} in {log:?}", row.position.sequence),
                );
            }
            self.check_genuine((place, machine.chapter), row, before, papers);
            for (change, commitment) in row.entry.changes.iter().zip(&row.commitments) {
                // Who mends a fork signs again, and an image from before that may come back; a restored hub refuses
                // again what it refused.
                let may_be_twice = change.kind == ChangeKind::Refusal || self.counts.contains_key("mended");
                if !once.insert(*commitment) && !may_be_twice {
                    self.report("C2", format!("machine {place} holds a change twice, in {log:?}"));
                }
                if matches!(change.body, Body::Absent { .. }) {
                    continue;
                }
                let zone = fingerprints.entry((log.zone, log.chapter)).or_default();
                zone.add(&change.document, change.generation, commitment);
                let floor = store.floors.get(&(log.chapter, document_hash(&change.document)));
                if floor.is_some_and(|floor| change.generation.number < *floor) {
                    self.report("C3", format!("machine {place} holds a body under its floor, in {log:?}"));
                }
            }
        }
        let held: BTreeMap<LogId, Position> =
            store.logs.iter().filter_map(|(log, all)| Some((*log, *all.last()?))).collect();
        if held != last {
            self.report("C2", format!("machine {place}: positions say more than there is"));
        }
        for (zone, fingerprint) in &store.fingerprints {
            if *fingerprint != fingerprints.get(zone).copied().unwrap_or_default() {
                self.report(
                    "C1",
                    format!("machine {place}: the set hash of {zone:?} is not that of its changes"),
                );
            }
        }
    }

    fn check_genuine(
        &mut self,
        (place, place_of_own): (usize, Option<usize>),
        row: &Row,
        before: Option<Position>,
        papers: &Papers,
    ) {
        let Position { log, sequence, hash } = row.position;
        let Signature(signature) = row.entry.signed.signature;
        if self.genuine.insert((hash, signature)) {
            let verified = verify(row.entry.clone(), |_| before);
            let is_next = verified.is_ok_and(|verified| verified.position() == row.position);
            if !is_next || !is_signed(&row.entry, &log) {
                self.report("C7", format!("machine {place}: entry {sequence} of {log:?} does not verify"));
            }
        }
        if position_of(&row.entry).ok() != Some(row.position)
            || row.previous != before.map_or([0; 32], |before| before.hash)
        {
            self.report("C7", format!("machine {place}: entry {sequence} of {log:?} is not what was signed"));
        }
        let hub = papers.hub.public();
        let may = match papers.place_of(&log.chapter) {
            Some(chapter) => {
                let is_device = papers.chapters[chapter].devices().contains(&log.author);
                log.zone == SHARED && (is_device || log.author == hub) || log.zone == CHAPTER && is_device
            }
            None => log.zone == PUBLISHED && log.chapter == NO_CHAPTER && log.author == hub,
        };
        let is_ours = place_of_own
            .is_none_or(|own| log.chapter == NO_CHAPTER || log.chapter == papers.chapters[own].id);
        if !is_ours {
            self.report("C4", format!("machine {place} holds another chapter's {log:?}"));
        }
        let is_open = |change: &Change| matches!(change.body, Body::Open(_));
        if log.zone == CHAPTER && place_of_own.is_none() && row.entry.changes.iter().any(is_open) {
            self.report("C4", format!("the hub can read {log:?}"));
        }
        if !may {
            self.report("C7", format!("machine {place}: the author of {log:?} has no right there"));
        }
    }

    /// C7: what a revoked device wrote later is not at the hub.
    pub(crate) fn check_revoked(&mut self, hub: &Store, revoked: &BTreeMap<PublicKey, Vec<Position>>) {
        for row in &hub.rows {
            let position = row.position;
            let Some(last) = revoked.get(&position.log.author) else { continue };
            let last = last.iter().find(|last| last.log == position.log).map_or(0, |last| last.sequence);
            if position.sequence > last {
                self.report("C7", format!("the hub holds {position:?} of a revoked device"));
            }
        }
    }

    /// After quiet time: C1 (both hold the same), C2 (nothing that was written is missing).
    pub(crate) fn check_agreement(
        &mut self,
        hub: &Machine,
        node: (usize, &Machine),
        papers: &Papers,
        hub_was_restored: bool,
    ) {
        let (place, node) = node;
        let Some(chapter) = node.chapter.map(|chapter| papers.chapters[chapter].id) else { return };
        let (hub, key, node) = (&hub.store, node.key.public(), &node.store);
        for zone in [SHARED, CHAPTER] {
            if hub.positions(zone, &chapter) != node.positions(zone, &chapter) {
                self.report("C1", format!("hub and machine {place} hold different positions in zone {zone}"));
            }
            if hub.fingerprint(zone, &chapter) != node.fingerprint(zone, &chapter) {
                self.report("C1", format!("hub and machine {place} hold different changes in zone {zone}"));
            }
        }
        if hub.digest(&chapter) != node.digest(&chapter) {
            self.report("C1", format!("hub and machine {place} hold different floors"));
        }
        // What a restored hub published and forgot nobody gives back to it.
        let published = hub.positions(PUBLISHED, &NO_CHAPTER);
        let has = |position: &Position| node.hash_at(&position.log, position.sequence) == Some(position.hash);
        if !published.iter().all(has)
            || !hub_was_restored && published != node.positions(PUBLISHED, &NO_CHAPTER)
        {
            self.report("C1", format!("machine {place} lacks what is published"));
        }
        let written = [SHARED, CHAPTER].into_iter().flat_map(|zone| node.positions(zone, &chapter));
        for position in written {
            if position.log.author == key && node.acknowledged.get(&position.log) != Some(&position.sequence)
            {
                self.report("C2", format!("machine {place} still waits for {position:?}"));
            }
        }
    }

    /// C2: every change that was written, and not lost with the only disk that had it, is at the hub. What a removed device wrote
    /// is cut after what counts of it.
    pub(crate) fn check_nothing_lost(
        &mut self,
        hub: &Store,
        left_out: &BTreeSet<Hash>,
        revoked: &BTreeMap<PublicKey, Vec<Position>>,
    ) {
        let held: BTreeSet<Hash> = hub.rows.iter().flat_map(|row| row.commitments.iter().copied()).collect();
        let lost = self.written.iter().filter(|(change, author)| {
            !held.contains(*change) && !left_out.contains(*change) && !revoked.contains_key(*author)
        });
        let lost = lost.count();
        if lost > 0 {
            self.report("C2", format!("{lost} changes are nowhere"));
        }
    }
}

/// As SPEC.md says it, and not with the code that is being tried.
fn is_signed(entry: &Entry, log: &LogId) -> bool {
    let head = &entry.signed.header;
    let mut signed = (head.len() as u32).to_be_bytes().to_vec();
    signed.extend(head);
    for change in &entry.changes {
        let (form, body) = match &change.body {
            Body::Open(body) => (0, body),
            Body::Sealed(body) => (1, body),
            Body::Absent { commitment } => {
                signed.extend(commitment);
                continue;
            }
        };
        let mut commitment = Sha256::new();
        commitment.update(b"helhet/1 change\0");
        commitment.update(log.chapter);
        commitment.update([log.zone, change.kind.code(), form]);
        commitment.update(change.document);
        commitment.update(change.generation.number.to_be_bytes());
        commitment.update(change.generation.random.to_be_bytes());
        commitment.update(body);
        signed.extend(commitment.finalize());
    }
    log.author.verify("helhet/1 entry", &signed, &entry.signed.signature)
}

const LOWEST: LogId = LogId { chapter: [0; 16], zone: 0, author: PublicKey([0; 32]), incarnation: 0 };
