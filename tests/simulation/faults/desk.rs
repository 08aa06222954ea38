//! What a program does for one session: who may come in, what is read for it, what is stored. As the hub and the node do
//! it, over a store of the simulator's own.

use helhet_protocol::identity::{PublicKey, Signed};
use helhet_protocol::log::{Entry, LogId, Position, Revocation, Tombstone};
use helhet_protocol::session::{
    Action, Authorization, Authors, Comparison, Event, Peer, ReadEntries, RetiredRows, Scope, Standing,
};
use helhet_protocol::v1::{CloseCode, Credential, ZoneFingerprint};
use rand::rngs::StdRng;

use super::checkers::Ledger;
use super::contents;
use super::machine::{Machine, incarnation};
use super::papers::{BEGIN, CHAPTER, NO_CHAPTER, PUBLISHED, Papers, Planted, SHARED};
use super::store::{Gone, Store};

pub(crate) struct Desk {
    /// The machine whose store it is.
    pub(crate) machine: usize,
    /// Whose session it is; the hub knows once it has let somebody in.
    pub(crate) chapter: Option<usize>,
    /// The newest floor that the session has told the peer.
    told: u64,
    /// A floor was raised while entries were read; it goes first.
    pub(crate) floor_waits: bool,
    /// A store may give less than was asked for.
    pub(crate) changes_at_once: usize,
    /// What may be exchanged, as it was decided.
    scopes: Vec<Scope>,
    /// Nobody opens a new incarnation because a stranger says so.
    pub(crate) peer_is_hostile: bool,
}

impl Desk {
    pub(crate) fn new(machine: usize, chapter: Option<usize>, told: u64, changes_at_once: usize) -> Self {
        Self {
            machine,
            chapter,
            told,
            floor_waits: false,
            changes_at_once,
            scopes: Vec::new(),
            peer_is_hostile: false,
        }
    }

    /// Carries an action out at once.
    pub(crate) fn answer(
        &mut self,
        action: Action,
        machine: &mut Machine,
        papers: &Papers,
        ledger: &mut Ledger,
        rng: &mut StdRng,
    ) -> Option<Event> {
        let event = match action {
            Action::Authorize(peer) => {
                let decided = self.authorize(&peer, machine, papers);
                if let Authorization::Accepted(standing) = &decided {
                    self.scopes.clone_from(&standing.scopes);
                }
                Ok(Event::Authorized(decided))
            }
            Action::ReadRetired { after } => {
                self.read_retired(after, &machine.store, papers).map(Event::RetiredRead)
            }
            Action::StoreRetired(rows) => {
                let own = self.chapter.map(|place| papers.chapters[place].id);
                let of_others = |row: &Signed<Tombstone>| {
                    row.unverified().is_ok_and(|row| Some(row.chapter) != own && row.chapter != NO_CHAPTER)
                };
                if rows.tombstones.iter().any(of_others) {
                    ledger.report("C7", "the session hands over another chapter's floor".to_owned());
                }
                self.store_retired(&rows, machine, papers).map(|()| Event::RetiredStored)
            }
            Action::Compare(positions) => self.compare(&positions, machine, papers).map(Event::Compared),
            Action::ReadEntries(request) => Ok(self.read_entries(&request, machine, papers)),
            Action::Store(batch) => {
                if !batch.entries.iter().all(|entry| self.takes(&entry.header().log)) {
                    ledger.report("C7", "the session hands over what is outside its scopes".to_owned());
                }
                self.store(batch, machine, papers).map(|refused| Event::Stored { refused })
            }
            Action::SampleLog(log) => Ok(Event::Sampled(machine.store.samples(&log))),
            Action::Acknowledged { positions, .. } => {
                let holds = |held: &Position| {
                    let is_cut = machine.store.revoked.contains_key(&held.log.author);
                    is_cut || machine.store.hash_at(&held.log, held.sequence) == Some(held.hash)
                };
                if !positions.iter().all(holds) {
                    let what = format!("machine {} takes for sent what it does not hold", self.machine);
                    ledger.report("C2", what);
                }
                acknowledge(&mut machine.store, &positions);
                return None;
            }
            Action::Forked(fork) => {
                ledger.count("fork");
                let is_own = fork.log.author == machine.key.public();
                let may_mend = !machine.is_hub() && is_own && !self.peer_is_hostile;
                if may_mend && (papers.mends || machine.is_tended) {
                    let (new, time) = (incarnation(false, rng), machine.now());
                    machine.store.mend(&fork, &machine.key, new, time);
                    ledger.count("mended");
                    machine.committed();
                    ledger.rewound(self.machine, &machine.store);
                }
                return None;
            }
            Action::ReadStanding => self
                .place()
                .map(|place| Event::StandingRead(standing(&machine.store, papers, place, machine.is_hub()))),
            Action::ReadSums(scope) => Ok(Event::SumsRead(contents::contents(&machine.store, &scope).sums())),
            Action::CompareSums { scope, sums } => {
                let (ranges, items) = contents::contents(&machine.store, &scope).differing(&sums);
                Ok(Event::SumsCompared { ranges, items })
            }
            Action::CompareItems { scope, ranges, items } => {
                Ok(Event::ItemsCompared(contents::missing(&machine.store, &scope, &ranges, &items)))
            }
            Action::Fill { scope, changes, wanted } => {
                let filled = changes.iter().filter(|change| machine.store.fill(&scope, change)).count();
                if filled > 0 {
                    ledger.count("filled");
                    machine.committed();
                }
                if machine.is_hub() {
                    self.refuse_again(&scope, &changes, machine, papers);
                }
                let given = contents::given(&machine.store, &scope, &wanted);
                Ok(Event::Filled { filled: filled as u64, given })
            }
            Action::Search(_) => Ok(Event::Searched(None)),
            Action::Agreed | Action::Found(_) => {
                ledger.count("agreed");
                return None;
            }
            Action::Reconciled(told) => {
                ledger.count(if told.left == 0 { "reconciled" } else { "left" });
                return None;
            }
            // Who lies about what it holds has diverged indeed, and so has whose disk rots.
            Action::Diverged(_) if self.peer_is_hostile || ledger.rotted => return None,
            Action::Diverged(scope) => {
                ledger.report("C1", format!("divergence of zone {} was reported", scope.zone));
                return None;
            }
            Action::Revoked(revocation) => {
                let own = machine.chapter.map(|place| papers.chapters[place].key.public());
                let holds = own.is_some_and(|key| revocation.verify(&key).is_ok());
                machine.is_out |=
                    holds && revocation.unverified().is_ok_and(|row| row.device == machine.key.public());
                return None;
            }
            Action::Send(_) | Action::CaughtUp | Action::Close(_) => return None,
        };
        Some(event.unwrap_or_else(Event::Failed))
    }

    fn takes(&self, log: &LogId) -> bool {
        let scope = self.scopes.iter().find(|scope| (scope.zone, scope.chapter) == (log.zone, log.chapter));
        scope.is_some_and(|scope| match &scope.takes {
            Authors::Nobody => false,
            Authors::Only(keys) => keys.contains(&log.author),
            Authors::Any => true,
        })
    }

    pub(super) fn place(&self) -> Result<usize, CloseCode> {
        self.chapter.ok_or(CloseCode::Unexpected)
    }

    fn authorize(&mut self, peer: &Peer, machine: &mut Machine, papers: &Papers) -> Authorization {
        match &peer.credential {
            Credential::Device(chain) if machine.is_hub() => {
                let place = chain.claimed_chapter().ok().and_then(|chapter| papers.place_of(&chapter));
                let Some(place) = place else { return Authorization::Refused(CloseCode::UnknownChapter) };
                let chapter = &papers.chapters[place];
                if let Err(error) = chain.verify(&chapter.id, &chapter.root, 1, &peer.key, BEGIN) {
                    return Authorization::Refused(CloseCode::from(&error));
                }
                if let Some(revocation) = revocation_of(&machine.store, &peer.key)
                    && !papers.has(Planted::TakesTheRevoked)
                {
                    return Authorization::Revoked(revocation);
                }
                self.chapter = Some(place);
                self.told = machine.store.newest_gone;
                let mut standing = standing(&machine.store, papers, place, true);
                if !chapter.devices().contains(&peer.key) && !papers.has(Planted::ForgetsRights) {
                    // Nobody brings another device's entries.
                    for scope in &mut standing.scopes[1..] {
                        scope.takes = Authors::Only(vec![papers.hub.public()]);
                    }
                }
                Authorization::Accepted(standing)
            }
            Credential::Hub(chain) if !machine.is_hub() => {
                let pinned = helhet_protocol::identity::hub_certificate::office_root_hash(&papers.office);
                if let Err(error) = chain.verify(&pinned, 0, &peer.key, machine.now()) {
                    return Authorization::Refused(CloseCode::from(&error));
                }
                if peer.store.is_some() && machine.store.peer_store != peer.store {
                    machine.store.peer_store = peer.store;
                    // A new store has acknowledged nothing.
                    machine.store.acknowledged.clear();
                }
                let place = machine.chapter.unwrap();
                Authorization::Accepted(standing(&machine.store, papers, place, false))
            }
            Credential::Device(_) | Credential::Hub(_) | Credential::Applicant(_) => {
                Authorization::Refused(CloseCode::CertificateInvalid)
            }
        }
    }

    fn read_retired(&mut self, after: u64, store: &Store, papers: &Papers) -> Result<RetiredRows, CloseCode> {
        let chapter = papers.chapters[self.place()?].id;
        let mut rows = RetiredRows { arrival: store.newest_gone, ..RetiredRows::default() };
        for (_, _, gone) in store.gone.iter().filter(|(number, of, _)| *number > after && *of == chapter) {
            match gone {
                Gone::Floor(_, signed) => rows.tombstones.push(signed.clone()),
                Gone::Device(signed) => rows.revocations.push(signed.clone()),
            }
        }
        self.told = self.told.max(store.newest_gone);
        Ok(rows)
    }

    fn store_retired(
        &self,
        rows: &RetiredRows,
        machine: &mut Machine,
        papers: &Papers,
    ) -> Result<(), CloseCode> {
        let place = self.place()?;
        let chapter = &papers.chapters[place];
        for row in &rows.tombstones {
            let tombstone = row.unverified().map_err(|_| CloseCode::RetiredRefused)?;
            let mut authorities = chapter.devices();
            authorities.push(chapter.key.public());
            let authority = authorities.contains(&tombstone.authority);
            if tombstone.chapter != chapter.id || !authority {
                return Err(CloseCode::RetiredRefused);
            }
        }
        for row in &rows.revocations {
            let revocation = row.verify(&chapter.key.public()).map_err(|_| CloseCode::RetiredRefused)?;
            if revocation.chapter != chapter.id {
                return Err(CloseCode::RetiredRefused);
            }
        }
        let mut news = false;
        rows.tombstones.iter().for_each(|row| news |= machine.store.raise(row));
        rows.revocations.iter().for_each(|row| news |= machine.store.revoke(row));
        machine.committed();
        if news {
            machine.has_news(place);
        }
        Ok(())
    }

    fn compare(
        &self,
        theirs: &[Position],
        machine: &mut Machine,
        papers: &Papers,
    ) -> Result<Comparison, CloseCode> {
        let chapter = papers.chapters[self.place()?].id;
        let store = &mut machine.store;
        let concerns = |log: &LogId| {
            [SHARED, CHAPTER].contains(&log.zone) && log.chapter == chapter
                || log.zone == PUBLISHED && log.chapter == NO_CHAPTER
        };
        let held = |log: &LogId| {
            theirs.iter().rfind(|position| position.log == *log).map_or(0, |position| position.sequence)
        };
        let lacking = store
            .rows
            .iter()
            .find(|row| concerns(&row.position.log) && held(&row.position.log) < row.position.sequence);
        let arrival = lacking.map_or(store.newest, |row| row.arrival - 1);
        let mut forks = Vec::new();
        let mut same = Vec::new();
        for position in theirs.iter().filter(|position| concerns(&position.log)) {
            match store.hash_at(&position.log, position.sequence) {
                Some(hash) if hash == position.hash => same.push(*position),
                Some(_) => forks.push(store.samples(&position.log)),
                None => {}
            }
        }
        acknowledge(store, &same);
        Ok(Comparison { arrival, forks })
    }

    fn read_entries(&mut self, request: &ReadEntries, machine: &Machine, papers: &Papers) -> Event {
        let store = &machine.store;
        // Entries whose bodies went since mean nothing without their floor.
        let place = self.chapter.map(|place| papers.chapters[place].id);
        let is_news = |(number, of, gone): &(u64, _, Gone)| {
            *number > self.told
                && (!machine.is_hub() || Some(*of) == place && matches!(gone, Gone::Floor(..)))
        };
        if !store.has(Planted::LetsFloorsWait) && store.gone.iter().any(is_news) {
            self.floor_waits = true;
            return Event::EntriesRead { entries: Vec::new(), arrival: request.after, more: false };
        }
        let enough = request.changes.min(self.changes_at_once);
        let (mut entries, mut arrival, mut changes, mut bytes) = (Vec::<Entry>::new(), request.after, 0, 0);
        let begin = store.rows.partition_point(|row| row.arrival <= request.after);
        for row in &store.rows[begin..] {
            if changes >= enough || bytes >= request.bytes {
                return Event::EntriesRead { entries, arrival, more: true };
            }
            arrival = row.arrival;
            let log = &row.position.log;
            let concerns = log.zone == request.scope.zone && log.chapter == request.scope.chapter;
            if concerns && request.held_by_peer.get(log).is_none_or(|held| *held < row.position.sequence) {
                changes += row.entry.changes.len();
                bytes += row.entry.body_bytes();
                entries.push(row.entry.clone());
            }
        }
        Event::EntriesRead { entries, arrival, more: false }
    }
}

/// What a revoked device wrote up to the named positions stands.
pub(super) fn stands(store: &Store, position: &Position) -> bool {
    store.revoked.get(&position.log.author).is_none_or(|revocation| {
        let last = revocation.last_accepted.iter().find(|last| last.log == position.log);
        last.is_some_and(|last| position.sequence <= last.sequence)
    })
}

pub(crate) fn revocation_of(store: &Store, device: &PublicKey) -> Option<Signed<Revocation>> {
    store.gone.iter().find_map(|(_, _, gone)| match gone {
        Gone::Device(signed) if signed.unverified().is_ok_and(|row| row.device == *device) => {
            Some(signed.clone())
        }
        Gone::Device(_) | Gone::Floor(..) => None,
    })
}

pub(super) fn acknowledge(store: &mut Store, positions: &[Position]) {
    for position in positions {
        let held = store.acknowledged.entry(position.log).or_insert(0);
        *held = position.sequence.max(*held);
    }
}

/// What there is for the peer of a session about this chapter.
pub(crate) fn standing(store: &Store, papers: &Papers, place: usize, of_hub: bool) -> Standing {
    let chapter = &papers.chapters[place];
    let hub = papers.hub.public();
    let published = if of_hub { Authors::Nobody } else { Authors::Only(vec![hub]) };
    let mut devices = chapter.devices();
    if of_hub && papers.has(Planted::ForgetsSiblings) {
        devices.truncate(1);
    }
    let shared = if of_hub && papers.has(Planted::ForgetsRights) {
        Authors::Any
    } else {
        Authors::Only(devices.iter().copied().chain([hub]).collect())
    };
    let mut zones = vec![(PUBLISHED, NO_CHAPTER), (SHARED, chapter.id)];
    let mut scopes = vec![
        Scope { zone: PUBLISHED, chapter: NO_CHAPTER, sends: of_hub, takes: published },
        Scope { zone: SHARED, chapter: chapter.id, sends: true, takes: shared },
    ];
    if papers.has_siblings {
        zones.push((CHAPTER, chapter.id));
        let takes = Authors::Only(devices);
        scopes.push(Scope { zone: CHAPTER, chapter: chapter.id, sends: true, takes });
    }
    if of_hub && papers.has(Planted::OffersAnotherChapter) {
        scopes.push(Scope { chapter: papers.chapters[0].id, ..scopes[1].clone() });
    }
    Standing {
        scopes,
        positions: zones.iter().flat_map(|(zone, chapter)| store.positions(*zone, chapter)).collect(),
        retired: store.digest(&chapter.id),
        fingerprints: zones
            .iter()
            .map(|(zone, chapter)| ZoneFingerprint {
                zone: *zone,
                fingerprint: store.fingerprint(*zone, chapter),
            })
            .collect(),
        arrival: store.newest,
        retired_arrival: store.newest_gone,
    }
}
