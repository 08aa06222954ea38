//! What happens in a schedule. The weather is drawn first, so that some schedules are storms of one kind.

use std::collections::BTreeMap;

use helhet_protocol::identity::{KeyPair, PublicKey, Signed};
use helhet_protocol::log::{Position, Revocation};
use rand::RngExt as _;

use super::checkers::Violation;
use super::desk::standing;
use super::machine::Machine;
use super::papers::{BEGIN, CHAPTER, Planted, SHARED};
use super::world::{HUB, Party, World};

/// Years, in seconds: how wrong a clock may be. Certificates are the hub's to judge, and its clock is right.
const CLOCKS: [i64; 5] = [0, -40 * 31_557_600, 7 * 31_557_600, 900 * 31_557_600, i64::MAX / 2];
const IMAGES_MAX: usize = 4;

/// What may go wrong in this schedule, each with its weight.
struct Weather {
    faults: Vec<(Fault, u32)>,
    steps: u32,
    /// The size of a body, in bytes.
    body: usize,
    /// Changes in an entry, at most.
    changes: usize,
}

#[derive(Clone, Copy, Debug)]
enum Fault {
    Cut,
    CutOneWay,
    Crash,
    CrashHub,
    Image,
    Restore,
    RestoreHub,
    Clone,
    ThrowBack,
    Clock,
    Revoke,
    RevokeTelephone,
    HostileAtHub,
    HostileAtNode,
    Leave,
    Rot,
}

const FAULTS: [(Fault, u32); 16] = [
    (Fault::Cut, 12),
    (Fault::CutOneWay, 8),
    (Fault::Crash, 8),
    (Fault::CrashHub, 4),
    (Fault::Image, 12),
    (Fault::Restore, 5),
    (Fault::RestoreHub, 3),
    (Fault::Clone, 3),
    (Fault::ThrowBack, 3),
    (Fault::Clock, 3),
    (Fault::Revoke, 1),
    (Fault::RevokeTelephone, 2),
    (Fault::HostileAtHub, 6),
    (Fault::HostileAtNode, 4),
    (Fault::Leave, 4),
    (Fault::Rot, 3),
];

/// Runs one schedule and says what did not hold, and how often what happened.
pub(crate) fn run(seed: u64, planted: Option<Planted>) -> (Vec<Violation>, BTreeMap<String, u64>) {
    let mut world = World::new(seed, planted);
    let weather = world.weather();
    for _ in 0..weather.steps {
        world.happen(&weather);
        world.observe();
    }
    let World { machines, ledger, papers, .. } = &mut world;
    for (place, machine) in machines.iter().enumerate() {
        ledger.check_store(place, machine, papers);
    }
    world.quiet();
    world.check();
    world.lively();
    world.violations()
}

impl World {
    fn weather(&mut self) -> Weather {
        let faults = FAULTS.into_iter().filter(|_| self.rng.random_bool(0.6)).collect();
        let steps = self.rng.random_range(100..=400);
        let body = if self.rng.random_bool(0.03) { 30_000 } else { 24 };
        let changes = if body > 24 || self.rng.random_bool(0.8) { 4 } else { 40 };
        Weather { faults, steps, body, changes }
    }

    fn happen(&mut self, weather: &Weather) {
        if self.papers.has_siblings && self.rng.random_bool(0.05) {
            return self.ask();
        }
        match self.rng.random_range(0..100) {
            0..60 => self.go_on(),
            60..68 => {
                if let Some(node) = self.any_node(|machine| machine.is_up) {
                    self.edit(node, weather);
                }
            }
            68..72 => {
                if self.machines[HUB].is_up {
                    self.edit(HUB, weather);
                }
            }
            72..75 => {
                if let Some(node) = self.any_node(|machine| machine.is_up) {
                    let Self { machines, papers, rng, .. } = self;
                    machines[node].raise(papers, rng);
                }
            }
            75..82 => self.dial(),
            82..86 => {
                let down: Vec<usize> =
                    (0..self.machines.len()).filter(|at| !self.machines[*at].is_up).collect();
                if !down.is_empty() {
                    let at = down[self.rng.random_range(0..down.len())];
                    self.machines[at].is_up = true;
                }
            }
            _ => {
                let total: u32 = weather.faults.iter().map(|(_, weight)| weight).sum();
                let mut left = self.rng.random_range(0..total.max(1) * 2);
                for (fault, weight) in &weather.faults {
                    if left < *weight {
                        self.suffer(*fault);
                        return;
                    }
                    left -= weight;
                }
                self.go_on();
            }
        }
    }

    fn any_node(&mut self, fits: impl Fn(&Machine) -> bool) -> Option<usize> {
        let nodes: Vec<usize> = (1..self.machines.len()).filter(|at| fits(&self.machines[*at])).collect();
        (!nodes.is_empty()).then(|| nodes[self.rng.random_range(0..nodes.len())])
    }

    fn edit(&mut self, at: usize, weather: &Weather) {
        let Self { machines, papers, rng, .. } = self;
        let machine = &mut machines[at];
        if machine.is_hub() && rng.random_bool(0.3) {
            return machine.publish(rng);
        }
        let place = machine.chapter.unwrap_or_else(|| rng.random_range(0..papers.hostile()));
        let changes = rng.random_range(1..=weather.changes);
        machine.edit(place, papers, (changes, weather.body), rng);
    }

    fn dial(&mut self) {
        let free = |at: usize| !self.connections.iter().any(|connection| connection.is_of(at));
        let free: Vec<usize> = (1..self.machines.len())
            .filter(|at| self.machines[*at].is_up && self.machines[HUB].is_up && free(*at))
            .collect();
        if !free.is_empty() {
            let node = free[self.rng.random_range(0..free.len())];
            let closes = self.rng.random_bool(0.3);
            self.connect(node, closes);
            // People work on while a session begins.
            if self.rng.random_bool(0.2) {
                let Self { machines, papers, rng, .. } = self;
                machines[node].raise(papers, rng);
            }
        }
    }

    fn suffer(&mut self, fault: Fault) {
        self.ledger.count(&format!("{fault:?}"));
        match fault {
            Fault::Cut => {
                let Self { connections, rng, .. } = self;
                if !connections.is_empty() {
                    let at = rng.random_range(0..connections.len());
                    connections[at].wires.iter_mut().for_each(|wire| wire.cut(rng));
                }
            }
            Fault::CutOneWay => {
                let Self { connections, rng, .. } = self;
                if !connections.is_empty() {
                    let at = rng.random_range(0..connections.len());
                    connections[at].wires[rng.random_range(0..2)].swallow(rng);
                }
            }
            Fault::Crash => match self.until_somebody_stores() {
                Some(machine) => self.crash(machine),
                None => {
                    if let Some(node) = self.any_node(|machine| machine.is_up) {
                        self.crash(node);
                    }
                }
            },
            Fault::CrashHub => self.crash(HUB),
            Fault::Image => {
                let at = self.rng.random_range(0..self.machines.len());
                let machine = &mut self.machines[at];
                if machine.images.len() < IMAGES_MAX {
                    machine.images.push(machine.store.clone());
                }
            }
            Fault::Restore => {
                if let Some(node) = self.any_node(|machine| !machine.images.is_empty()) {
                    self.throw_back(node, true);
                }
            }
            Fault::RestoreHub => {
                if !self.machines[HUB].images.is_empty() && !self.has_doubled_siblings() {
                    self.throw_back(HUB, true);
                    self.hub_was_restored = true;
                    // The office is told again who is out before it opens its door.
                    let rows = self.revocations.clone();
                    for row in &rows {
                        self.machines[HUB].store.revoke(row);
                    }
                }
            }
            Fault::Clone | Fault::ThrowBack => self.double(fault),
            Fault::Clock => {
                let at = self.any_node(|_| true).unwrap_or(HUB);
                self.machines[at].clock = CLOCKS[self.rng.random_range(0..CLOCKS.len())];
            }
            Fault::Revoke => {
                if let (Some(node), true) =
                    (self.any_node(|machine| !machine.is_out), self.machines[HUB].is_up)
                {
                    self.revoke(node);
                }
            }
            Fault::RevokeTelephone => {
                let Some(node) = self.any_node(|machine| machine.is_up) else { return };
                let place = self.machines[node].chapter.unwrap();
                let lost = self.papers.chapters[place].lost.public();
                let row = self.revocation(place, lost, Vec::new());
                if self.machines[node].store.revoke(&row) {
                    self.machines[node].has_news(place);
                }
            }
            Fault::HostileAtHub => {
                if self.machines[HUB].is_up {
                    self.meet_hostile(None);
                }
            }
            Fault::HostileAtNode => {
                let free = |at: usize| !self.connections.iter().any(|connection| connection.is_of(at));
                let free: Vec<bool> = (0..self.machines.len()).map(free).collect();
                let nodes: Vec<usize> =
                    (1..self.machines.len()).filter(|at| self.machines[*at].is_up && free[*at]).collect();
                if !nodes.is_empty() {
                    let node = nodes[self.rng.random_range(0..nodes.len())];
                    self.meet_hostile(Some(node));
                }
            }
            Fault::Rot => self.rot(),
            Fault::Leave => {
                if !self.connections.is_empty() {
                    let at = self.rng.random_range(0..self.connections.len());
                    self.lose(at);
                }
            }
        }
    }

    /// The power likes to go when a batch is about to be stored.
    fn until_somebody_stores(&mut self) -> Option<usize> {
        (0..20).find_map(|_| {
            self.go_on();
            let parties = self.connections.iter().flat_map(|connection| &connection.parties);
            parties.into_iter().find_map(|party| match party {
                Party::End(end) if end.is_about_to_store() => Some(end.desk.machine),
                Party::End(_) | Party::Hostile(_) | Party::Gone => None,
            })
        })
    }

    /// A body rots away at a device or at the hub, and the other of the two still has it.
    fn rot(&mut self) {
        let Some(node) = self.any_node(|machine| !machine.is_out) else { return };
        let place = self.machines[node].chapter.unwrap();
        // Who forks signs again what it has lost itself, and that is lost for good: it is one or the other here.
        if self.doubled.contains(&place) && !self.rotten.contains(&place) {
            return;
        }
        let of_hub = self.rng.random_bool(0.5);
        let mut scopes = standing(&self.machines[node].store, &self.papers, place, false).scopes;
        // Of two devices one may hand on, or be handed, what is shared without its body: then it is refused, and another
        // generation made. That is not played here.
        let own = match (scopes.len() > 2, self.papers.chapters[place].sibling.is_some()) {
            (true, true) => 2,
            (true, false) => self.rng.random_range(1..scopes.len()),
            (false, _) => 1,
        };
        let scope = scopes.swap_remove(own);
        let (whose, other) = if of_hub { (HUB, node) } else { (node, HUB) };
        let other = self.machines[other].store.clone();
        if self.machines[whose].store.rot(&other, &scope, &mut self.rng) {
            self.machines[whose].committed();
            self.ledger.rotted = true;
            self.rotten.insert(place);
        }
    }

    fn throw_back(&mut self, at: usize, renewed: bool) {
        self.crash(at);
        let Self { machines, papers, rng, ledger, .. } = self;
        let image = rng.random_range(0..machines[at].images.len());
        machines[at].throw_back(image, renewed, papers, rng);
        ledger.rewound(at, &machines[at].store);
        ledger.forget_lost(machines);
    }

    /// Two lives of one store that do not know of each other; once per chapter.
    fn double(&mut self, fault: Fault) {
        let Some(node) = self.any_node(|machine| machine.is_up) else { return };
        let place = self.machines[node].chapter.unwrap();
        if self.hub_was_restored && self.papers.chapters[place].sibling.is_some() {
            return;
        }
        let has_image = !self.machines[node].images.is_empty();
        let Fault::Clone = fault else {
            if has_image && !self.rotten.contains(&place) && self.doubled.insert(place) {
                self.throw_back(node, false);
            }
            return;
        };
        if !self.rotten.contains(&place) && self.doubled.insert(place) {
            let key = self.machines[node].key.clone();
            let mut double = Machine::with_key(key, Some(place), &self.papers, &mut self.rng);
            double.store = self.machines[node].store.clone();
            self.machines.push(double);
        }
    }

    /// Two lives of one device, of which a sibling holds one: if the hub then forgets which it knew, it may be told the other
    /// one first, and hub and sibling differ over a log that neither has written.
    fn has_doubled_siblings(&self) -> bool {
        self.doubled.iter().any(|place| self.papers.chapters[*place].sibling.is_some())
    }

    /// The chapter key puts its device out, and the hub hears of it first.
    fn revoke(&mut self, node: usize) {
        let place = self.machines[node].chapter.unwrap();
        let device = self.machines[node].key.public();
        if self.revoked.contains_key(&device) {
            return;
        }
        let (hub, chapter) = (&self.machines[HUB].store, self.papers.chapters[place].id);
        let held = [SHARED, CHAPTER].into_iter().flat_map(|zone| hub.positions(zone, &chapter));
        let last: Vec<Position> = held.filter(|position| position.log.author == device).collect();
        let row = self.revocation(place, device, last.clone());
        self.machines[HUB].store.revoke(&row);
        self.machines[HUB].has_news(place);
        self.revoked.insert(device, last);
        self.revocations.push(row.clone());
        if self.papers.has(Planted::TakesTheRevoked) {
            return;
        }
        for party in self.connections.iter_mut().flat_map(|connection| &mut connection.parties) {
            if let Party::End(end) = party
                && (end.desk.machine, end.peer_key) == (HUB, device)
            {
                end.revocation = Some(row.clone());
            }
        }
    }

    fn revocation(
        &self,
        place: usize,
        device: PublicKey,
        last_accepted: Vec<Position>,
    ) -> Signed<Revocation> {
        let chapter = &self.papers.chapters[place];
        let key: &KeyPair = &chapter.key;
        let authority = key.public();
        Signed::sign(&Revocation { chapter: chapter.id, device, last_accepted, time: BEGIN, authority }, key)
    }
}
