//! One hub, some chapters, and what lies between them. Every step is a small one, and chance says which is next.

use std::collections::{BTreeMap, BTreeSet};

use helhet_protocol::identity::{PublicKey, Signed};
use helhet_protocol::log::{Hash, Position, Revocation};
use helhet_protocol::session::{Config, Opening};
use helhet_protocol::v1::{CloseCode, Credential};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

use super::checkers::{Ledger, Violation};
use super::desk::{Desk, standing};
use super::end::{End, Ended};
use super::hostile::Hostile;
use super::link::Wire;
use super::machine::Machine;
use super::papers::{Papers, Planted};

pub(crate) const HUB: usize = 0;
/// Kinds of small steps: acting, listening and hearing, at either end.
const CHOICES: u8 = 6;
/// Small steps after which a session that is not over never will be.
const STEPS_MAX: usize = 40_000;
/// Sessions of each device within which all must have come to rest.
const ROUNDS_MAX: usize = 10;
/// What an idle session may cost, both ways.
const IDLE_BYTES_MAX: usize = 6_000;

pub(crate) enum Party {
    End(Box<End>),
    Hostile(Box<Hostile>),
    Gone,
}

pub(crate) struct Connection {
    pub(crate) parties: [Party; 2],
    /// The first carries what the first party says.
    pub(crate) wires: [Wire; 2],
    ended: [Option<Ended>; 2],
}

impl Connection {
    fn is_over(&self) -> bool {
        self.parties.iter().all(|party| matches!(party, Party::Gone))
    }

    pub(crate) fn is_of(&self, machine: usize) -> bool {
        self.parties.iter().any(|party| matches!(party, Party::End(end) if end.desk.machine == machine))
    }

    fn end(&self, side: usize) -> Option<&End> {
        match &self.parties[side] {
            Party::End(end) => Some(end),
            Party::Hostile(_) | Party::Gone => None,
        }
    }
}

pub(crate) struct World {
    pub(crate) papers: Papers,
    /// The hub is the first.
    pub(crate) machines: Vec<Machine>,
    pub(crate) connections: Vec<Connection>,
    pub(crate) ledger: Ledger,
    pub(crate) rng: StdRng,
    /// Devices that were revoked, and up to where their logs stand.
    pub(crate) revoked: BTreeMap<PublicKey, Vec<Position>>,
    pub(crate) revocations: Vec<Signed<Revocation>>,
    pub(crate) hub_was_restored: bool,
    /// Chapters whose device has a double, or was thrown back without knowing it.
    pub(crate) doubled: BTreeSet<usize>,
    /// Chapters in which a body rotted away.
    pub(crate) rotten: BTreeSet<usize>,
}

impl World {
    pub(crate) fn new(seed: u64, planted: Option<Planted>) -> Self {
        let mut rng = StdRng::seed_from_u64(seed);
        let chapters = rng.random_range(1..=4);
        // Drawn apart, so that a schedule without them is what it was.
        let mut siblings = seed.is_multiple_of(3).then(|| StdRng::seed_from_u64(!seed));
        let papers = Papers::draw(chapters, planted, &mut rng, siblings.as_mut());
        let places = std::iter::once(None).chain((0..chapters).map(Some));
        let mut machines: Vec<Machine> = places.map(|place| Machine::new(place, &papers, &mut rng)).collect();
        for (place, chapter) in papers.chapters.iter().enumerate() {
            if let (Some((key, _)), Some(rng)) = (&chapter.sibling, &mut siblings) {
                machines.push(Machine::with_key(key.clone(), Some(place), &papers, rng));
            }
        }
        Self {
            papers,
            machines,
            connections: Vec::new(),
            ledger: Ledger::default(),
            rng,
            revoked: BTreeMap::new(),
            revocations: Vec::new(),
            hub_was_restored: false,
            doubled: BTreeSet::new(),
            rotten: BTreeSet::new(),
        }
    }

    /// The device dials the hub.
    pub(crate) fn connect(&mut self, node: usize, closes_when_quiet: bool) {
        let Self { papers, machines, rng, .. } = self;
        let place = machines[node].chapter.unwrap();
        let (hub_key, exporter) = (papers.hub.public(), rng.random());
        let hub = Self::dialled_hub(papers, machines, machines[node].key.public(), exporter, rng);
        let dialler = Self::dialler(papers, machines, (node, place), hub_key, exporter, rng);
        let mut dialler = dialler;
        dialler.closes_when_quiet = closes_when_quiet;
        self.join(Party::End(Box::new(dialler)), Party::End(Box::new(hub)));
    }

    fn dialler(
        papers: &Papers,
        machines: &[Machine],
        (node, place): (usize, usize),
        peer_key: PublicKey,
        exporter: [u8; 32],
        rng: &mut StdRng,
    ) -> End {
        let machine = &machines[node];
        let opening = Opening {
            peer_is_known: machine.store.peer_store.is_some() && rng.random_bool(0.9),
            join: None,
            search: None,
            standing: standing(&machine.store, papers, place, false),
        };
        let chain = papers.chapters[place].chain_of(&machine.key.public());
        let credential = Credential::Device(chain.clone());
        let store = machine.store.id;
        let config = Config { credential, store, peer_key, exporter, opening: Some(opening) };
        let desk = Desk::new(node, Some(place), machine.store.newest_gone, at_once(rng));
        End::new(config, desk, machine.news[place])
    }

    fn dialled_hub(
        papers: &Papers,
        machines: &[Machine],
        peer_key: PublicKey,
        exporter: [u8; 32],
        rng: &mut StdRng,
    ) -> End {
        let (credential, store) = (papers.hub_credential(), machines[HUB].store.id);
        let config = Config { credential, store, peer_key, exporter, opening: None };
        End::new(config, Desk::new(HUB, None, 0, at_once(rng)), 0)
    }

    /// Somebody who means no good dials the hub, or is dialled by a device.
    pub(crate) fn meet_hostile(&mut self, node: Option<usize>) {
        let Self { papers, machines, rng, .. } = self;
        let exporter = rng.random();
        match node {
            None => {
                let hostile = Hostile::dialling(papers, rng);
                let mut hub = Self::dialled_hub(papers, machines, hostile.key(), exporter, rng);
                hub.desk.peer_is_hostile = true;
                self.join(Party::Hostile(Box::new(hostile)), Party::End(Box::new(hub)));
            }
            Some(node) => {
                let place = machines[node].chapter.unwrap();
                let hostile = Hostile::dialled(papers, rng);
                let mut end = Self::dialler(papers, machines, (node, place), hostile.key(), exporter, rng);
                end.desk.peer_is_hostile = true;
                self.join(Party::End(Box::new(end)), Party::Hostile(Box::new(hostile)));
            }
        }
    }

    fn join(&mut self, first: Party, second: Party) {
        let wires = [Wire::new(), Wire::new()];
        self.connections.push(Connection { parties: [first, second], wires, ended: [None; 2] });
    }

    /// One small step of one connection; false when there is nothing of that kind to do.
    fn small_step(&mut self, at: usize, choice: u8) -> bool {
        let Self { papers, machines, connections, ledger, rng, .. } = self;
        let connection = &mut connections[at];
        let side = usize::from(choice % 2);
        let [first, second] = &mut connection.wires;
        let (out, back) = if side == 0 { (first, second) } else { (second, first) };
        let party = &mut connection.parties[side];
        let done = match party {
            Party::Gone => {
                let _ = back.drain();
                return false;
            }
            Party::Hostile(hostile) => {
                let did = hostile.act(papers, &ledger.overheard, out, back, rng);
                if !did {
                    out.end();
                    *party = Party::Gone;
                }
                return did;
            }
            Party::End(end) => {
                let machine = &mut machines[end.desk.machine];
                match choice / 2 {
                    0 => end.act(machine, papers, out, ledger, rng),
                    1 => return end.listen(back, papers, ledger, rng),
                    _ => end.hear(machine, back, ledger, rng),
                }
            }
        };
        if let Some(Some(ended)) = done {
            connection.ended[side] = Some(ended);
            *party = Party::Gone;
            out.end();
        }
        self.observe();
        done.is_some()
    }

    /// What was committed is held against what was promised.
    pub(crate) fn observe(&mut self) {
        for (place, machine) in self.machines.iter_mut().enumerate() {
            if std::mem::take(&mut machine.is_dirty) {
                self.ledger.observe(place, machine);
            }
        }
    }

    /// Somebody at a device wants to know whether both have the same now.
    pub(crate) fn ask(&mut self) {
        if self.connections.is_empty() {
            return;
        }
        let at = self.rng.random_range(0..self.connections.len());
        if let Party::End(end) = &mut self.connections[at].parties[0] {
            end.asked = true;
        }
    }

    /// A few small steps of any connection.
    pub(crate) fn go_on(&mut self) {
        if self.connections.is_empty() {
            return;
        }
        let at = self.rng.random_range(0..self.connections.len());
        for _ in 0..self.rng.random_range(1..=24) {
            let choice = self.rng.random_range(0..CHOICES);
            self.small_step(at, choice);
        }
        let connection = &mut self.connections[at];
        // Nobody waits for ever for a line that swallows what is said.
        if connection.wires.iter().any(Wire::swallows) && self.rng.random_bool(0.1) {
            self.lose(at);
        }
        if self.connections[at].is_over() {
            self.connections.swap_remove(at);
        }
    }

    /// Both ends find that there is no connection.
    pub(crate) fn lose(&mut self, at: usize) {
        let connection = &mut self.connections[at];
        connection.parties = [Party::Gone, Party::Gone];
    }

    /// The power goes: before a batch is stored, or after, with nobody told.
    pub(crate) fn crash(&mut self, place: usize) {
        let Self { papers, machines, connections, ledger, rng, .. } = self;
        for connection in connections.iter_mut() {
            for side in 0..2 {
                let wire = &mut connection.wires[side];
                let Party::End(end) = &mut connection.parties[side] else { continue };
                if end.desk.machine != place {
                    continue;
                }
                if end.is_about_to_store() && rng.random_bool(0.5) {
                    ledger.count("crash after commit");
                    let _ = end.act(&mut machines[place], papers, wire, ledger, rng);
                }
                connection.parties[side] = Party::Gone;
                wire.cut(rng);
            }
        }
        self.observe();
        let machine = &mut self.machines[place];
        machine.is_up = false;
        if let Some(store) = machine.without_last.take() {
            machine.store = *store;
            machine.is_dirty = true;
        }
        self.observe();
    }

    /// A fair network, everybody up, and nobody writes: all must come to rest and agree.
    pub(crate) fn quiet(&mut self) {
        (0..self.connections.len()).for_each(|at| self.lose(at));
        self.connections.clear();
        for machine in &mut self.machines {
            machine.is_up = true;
            machine.is_tended = true;
        }
        let nodes: Vec<usize> = (1..self.machines.len()).collect();
        let mut rest = false;
        for _ in 0..ROUNDS_MAX {
            let (news, filled) = (self.news(), self.ledger.times("filled"));
            let mut forked = false;
            for node in nodes.iter().filter(|node| !self.machines[**node].is_out).copied().collect::<Vec<_>>()
            {
                let ended = self.session(node);
                forked |= ended.is_some_and(|ended| {
                    ended.outcome.is_some_and(|outcome| outcome.code == CloseCode::Fork)
                });
            }
            // What one device gave back to the hub, another may lack.
            rest = news == self.news() && filled == self.ledger.times("filled") && !forked;
            if rest {
                break;
            }
        }
        if !rest {
            self.ledger.report("C9", format!("not at rest after {ROUNDS_MAX} sessions each"));
        }
        for node in nodes {
            if !self.machines[node].is_out {
                self.idle(node);
            }
        }
    }

    fn news(&self) -> Vec<u64> {
        self.machines.iter().flat_map(|machine| machine.news.iter().copied()).collect()
    }

    /// One session of a device alone, to its end. Gives how it ended for the device.
    fn session(&mut self, node: usize) -> Option<Ended> {
        self.connect(node, true);
        self.rest();
        let connection = self.connections.pop()?;
        if !connection.is_over() {
            self.ledger.report("C9", format!("a session of machine {node} neither rests nor ends"));
        }
        let ended = connection.ended[0];
        let code = ended.and_then(|ended| ended.outcome).map(|outcome| outcome.code);
        if !matches!(code, Some(CloseCode::Done | CloseCode::Fork | CloseCode::Revoked)) {
            self.ledger.report("C9", format!("a session of machine {node} ended with {code:?}"));
        }
        ended
    }

    /// C9: once both have the same, a session is one round trip and says nothing more.
    fn idle(&mut self, node: usize) {
        self.connect(node, false);
        let introduces = self.connections[0].end(0).is_some_and(|end| end.introduces);
        self.rest();
        let Some(connection) = self.connections.pop() else { return };
        let bytes: usize = connection.wires.iter().map(Wire::sent).sum();
        let trips = connection.end(0).map(|end| (end.is_quiet(), end.counts()));
        let hub_rests = connection.end(1).is_some_and(End::is_quiet);
        let Some((true, counts)) = trips.filter(|_| hub_rests) else {
            let codes = connection.ended.map(|ended| ended.and_then(|ended| ended.outcome));
            self.ledger.report("C9", format!("machine {node} does not come to rest: {codes:?}"));
            return;
        };
        // Sometimes a device asks the hub once more who it is.
        if counts.round_trips > 2
            || counts.round_trips > 1 && !introduces
            || counts.entries_in + counts.entries_out > 0
        {
            self.ledger.report("C9", format!("an idle session of machine {node} took {counts:?}"));
        }
        if bytes > IDLE_BYTES_MAX {
            self.ledger.report("C9", format!("an idle session of machine {node} took {bytes} bytes"));
        }
    }

    /// People write on while a session begins and after it has come to rest: all of it goes over that session.
    pub(crate) fn lively(&mut self) {
        for node in 1..self.machines.len() {
            let place = self.machines[node].chapter.unwrap();
            if self.machines[node].is_out || self.doubled.contains(&place) {
                continue;
            }
            self.connect(node, false);
            for _ in 0..4 {
                for _ in 0..self.rng.random_range(0..60) {
                    let choice = self.rng.random_range(0..CHOICES);
                    self.small_step(0, choice);
                }
                let Self { machines, papers, rng, .. } = self;
                match rng.random_range(0..3) {
                    0 => machines[node].raise(papers, rng),
                    1 => machines[node].edit(place, papers, (2, 24), rng),
                    _ => machines[HUB].edit(place, papers, (2, 24), rng),
                }
                self.observe();
            }
            self.rest();
            let connection = self.connections.pop();
            let rests = |side| connection.as_ref().and_then(|of| of.end(side)).is_some_and(End::is_quiet);
            if !rests(0) || !rests(1) {
                self.ledger.report("C9", format!("a lively session of machine {node} does not come to rest"));
            }
            let Self { machines, ledger, papers, .. } = self;
            let node = (node, &machines[node]);
            ledger.check_agreement(&machines[HUB], node, papers, self.hub_was_restored);
        }
        for (place, machine) in self.machines.iter().enumerate().filter(|(_, machine)| machine.echoes > 0) {
            self.ledger
                .report("C9", format!("machine {place} was sent {} entries that it held", machine.echoes));
        }
    }

    /// The one connection goes on until neither end has anything to do.
    fn rest(&mut self) {
        for _ in 0..STEPS_MAX {
            let choice = self.rng.random_range(0..CHOICES);
            if !self.small_step(0, choice) && !(0..CHOICES).any(|choice| self.small_step(0, choice)) {
                return;
            }
        }
    }

    /// Everything that must hold now that all is quiet.
    pub(crate) fn check(&mut self) {
        let Self { machines, ledger, papers, .. } = self;
        for (place, machine) in machines.iter().enumerate() {
            ledger.check_store(place, machine, papers);
        }
        let (hub, nodes) = machines.split_first().unwrap();
        ledger.check_revoked(&hub.store, &self.revoked);
        let mut left_out = BTreeSet::<Hash>::new();
        for (place, node) in nodes.iter().enumerate() {
            if self.revoked.contains_key(&node.key.public()) {
                // What a revoked device wrote later, or knew alone, stays with it.
                let rows = node.store.rows.iter();
                left_out.extend(rows.flat_map(|row| row.commitments.iter().copied()));
            } else {
                ledger.check_agreement(hub, (place + 1, node), papers, self.hub_was_restored);
            }
        }
        // A restored hub does not get back what it had published.
        for row in nodes.iter().flat_map(|node| &node.store.rows) {
            if row.position.log.zone == super::papers::PUBLISHED {
                left_out.extend(row.commitments.iter().copied());
            }
        }
        ledger.check_nothing_lost(&hub.store, &left_out, &self.revoked);
    }

    pub(crate) fn violations(self) -> (Vec<Violation>, BTreeMap<String, u64>) {
        (self.ledger.violations, self.ledger.counts)
    }
}

fn at_once(rng: &mut StdRng) -> usize {
    if rng.random_bool(0.5) { usize::MAX } else { rng.random_range(1..20) }
}
