//! Bad lines, drawn by seed: both sides edit while packets are lost, late, out of order, doubled, throttled, too large or
//! cut one way, and the hub dies now and then. Once the lines are mended all are in step (C1, C2, C9).
//!
//! One chapter's program stays connected; the other is asked to sync by its users. `HELHET_NETWORKS` says how many
//! scenarios, `HELHET_NETWORK` names the one seed to try again.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use helhet_protocol::identity::Invite;
use helhet_tests::checkers;
use helhet_tests::line::{Line, Weather};
use helhet_tests::logs::{self, Log};
use helhet_tests::people::{Person, marker, people};
use helhet_tests::process::{Installation, Town, join, wait_until};
use helhet_tests::running::Running;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

use crate::from_outside;
use crate::list::{cards, email, list_of};

/// QUIC asks for packets of 1,200 bytes of any way, and we send no larger ones.
const NARROWEST: usize = 1_200;
const STEPS: u32 = 4;
/// Members that a chapter's list grows by at a time.
const A_FEW: usize = 4;

// C1, C2, C9
#[test]
fn whatever_the_lines_do_all_are_in_step_once_they_are_mended() {
    let seeds = match std::env::var("HELHET_NETWORK") {
        Ok(one) => vec![one.parse().unwrap()],
        Err(_) => (0..from_outside("HELHET_NETWORKS", 4)).collect(),
    };
    for seed in seeds {
        let began = Instant::now();
        let mut scenario = Scenario::new(seed);
        (0..STEPS).for_each(|_| scenario.step());
        let (deaths, failed) = (scenario.deaths, scenario.failed);
        scenario.mend();
        let took = began.elapsed();
        println!("HELHET_NETWORK={seed}: {took:.1?}, {deaths} deaths of the hub, {failed} syncs that failed");
    }
}

// C9: a way that carries no packet of the size that QUIC asks for leads nowhere, and the user is told so.
#[test]
fn a_line_too_narrow_for_any_session_is_an_error_and_no_endless_wait() {
    let town = Town::new();
    let remote = Remote::new(&town, "Bergen", 0);
    remote.line.set(Weather { largest: NARROWEST - 1, ..Weather::FAIR });
    says_what_to_do(&remote.node.run(&["sync"]).refused(1));
    remote.line.set(Weather { largest: NARROWEST, ..Weather::FAIR });
    remote.node.run(&["sync"]).done();
}

/// What a line does next.
fn weather(rng: &mut StdRng) -> Weather {
    let ms = Duration::from_millis;
    match rng.random_range(0..11) {
        0 => Weather::FAIR,
        1 => Weather { lost: 0.2, ..Weather::FAIR },
        2 => Weather { delay: ms(250), ..Weather::FAIR },
        3 => Weather { delay: ms(20), jitter: ms(60), ..Weather::FAIR },
        4 => Weather { doubled: 0.4, jitter: ms(5), ..Weather::FAIR },
        5 => Weather { rate: Some(12_000), ..Weather::FAIR },
        6 => Weather { largest: NARROWEST, lost: 0.05, ..Weather::FAIR },
        7 => Weather { out: false, ..Weather::FAIR },
        8 => Weather { back: false, ..Weather::FAIR },
        9 => Weather { out: false, back: false, ..Weather::FAIR },
        _ => Weather {
            lost: 0.1,
            doubled: 0.1,
            delay: ms(60),
            jitter: ms(80),
            rate: Some(60_000),
            largest: NARROWEST,
            ..Weather::FAIR
        },
    }
}

fn says_what_to_do(message: &str) {
    assert!(message.contains("try again"), "no advice: {message}");
}

/// A chapter behind a bad line.
struct Remote {
    node: Installation,
    line: Line,
    members: Vec<Person>,
    imported: usize,
    /// What the chapter wrote last, by e-mail address.
    phones: BTreeMap<String, String>,
    /// What the office wrote last, by e-mail address.
    families: BTreeMap<String, String>,
    /// The chapter's ids, by e-mail address.
    ids: BTreeMap<String, String>,
    /// What a finished sync has said is at the hub.
    acknowledged: Log,
}

impl Remote {
    fn new(town: &Town, name: &str, seed: u64) -> Self {
        let line = Line::to(town.hub.quic_address(), seed);
        let now = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap().as_secs();
        let mut invite = Invite::parse(&town.invite(name), now.try_into().unwrap()).unwrap();
        invite.hub_address = line.address().to_string();
        let node = Installation::node(town.folder(), &name.to_lowercase());
        join(&node, &invite.to_string()).done();
        Self {
            node,
            line,
            members: people(seed, 100),
            imported: 0,
            phones: BTreeMap::new(),
            families: BTreeMap::new(),
            ids: BTreeMap::new(),
            acknowledged: Log::new(),
        }
    }

    /// The list grows.
    fn import(&mut self, town: &Town) {
        let some = &self.members[self.imported..self.imported + A_FEW];
        self.node.run(&["import", &list_of(town, some)]).done();
        self.imported += A_FEW;
        self.phones.extend(some.iter().map(|person| (person.email.clone(), person.phone.clone())));
        for card in cards(&self.node) {
            self.ids.insert(email(&card), card["id"].as_str().unwrap().to_owned());
        }
    }

    /// The chapter changes somebody's phone number.
    fn edit(&mut self, rng: &mut StdRng) {
        let whom = &self.members[rng.random_range(0..self.imported)].email;
        let phone = format!("+479{:07}", rng.random_range(0..10_000_000));
        self.node.run(&["edit", &self.ids[whom], "--phone", &phone]).done();
        self.phones.insert(whom.clone(), phone);
    }

    /// The office changes somebody's name, if it knows any of this chapter.
    fn correct(&mut self, town: &Town, rng: &mut StdRng) {
        let known = cards(&town.hub);
        let mine = |card: &&serde_json::Value| self.ids.contains_key(&email(card));
        let known: Vec<_> = known.iter().filter(mine).collect();
        if known.is_empty() {
            return;
        }
        let card = known[rng.random_range(0..known.len())];
        let family = marker(rng);
        let id = card["id"].as_str().unwrap();
        town.hub.run(&["correct", id, "family", &family, "--source", "supporter"]).done();
        self.families.insert(email(card), family);
    }

    /// Both sides say of everybody what was written last.
    fn holds_all_that_was_written(&self, town: &Town) {
        for side in [&self.node, &town.hub] {
            let cards: BTreeMap<_, _> =
                cards(side).iter().map(|card| (email(card), card.to_string())).collect();
            for written in [&self.phones, &self.families] {
                for (whom, value) in written {
                    let card = cards.get(whom).unwrap_or_else(|| panic!("{whom} is gone"));
                    assert!(card.contains(value.as_str()), "{value} of {whom} is lost: {card}");
                }
            }
        }
    }
}

struct Scenario {
    rng: StdRng,
    town: Town,
    /// Its program stays connected.
    live: Remote,
    /// Its users ask for a sync.
    asked: Remote,
    deaths: u32,
    failed: u32,
}

impl Scenario {
    fn new(seed: u64) -> Self {
        let town = Town::new();
        let mut live = Remote::new(&town, "Bergen", 2 * seed + 1000);
        let mut asked = Remote::new(&town, "Oslo", 2 * seed + 1001);
        live.import(&town);
        asked.import(&town);
        live.node.serve();
        Self { rng: StdRng::seed_from_u64(seed), town, live, asked, deaths: 0, failed: 0 }
    }

    fn step(&mut self) {
        let Self { rng, town, live, asked, .. } = self;
        for remote in [&mut *live, &mut *asked] {
            remote.line.set(weather(rng));
            match rng.random_range(0..4) {
                0 => remote.import(town),
                1 => remote.correct(town, rng),
                _ => remote.edit(rng),
            }
        }
        let before = logs::of_node(&self.asked.node);
        let sync = self.asked.node.start(&["sync", "--json"]);
        let run = self.weather_until_it_ends(sync);
        match run.code {
            Some(0) => self.asked.acknowledged.extend(before.held),
            _ => {
                self.failed += 1;
                says_what_to_do(&run.refused(1));
            }
        }
        let at_hub = logs::of_hub(&self.town.hub, &before.chapter);
        logs::all_there(&self.asked.acknowledged, &at_hub, "the hub lost what a sync had said is there");
        for remote in [&self.live, &self.asked] {
            logs::nothing_acknowledged_is_lost(&remote.node, &self.town.hub);
        }
    }

    /// The weather changes a few times while a sync runs, and then is fair until it has ended.
    fn weather_until_it_ends(&mut self, mut sync: Running) -> helhet_tests::process::Run {
        for _ in 0..self.rng.random_range(1..4) {
            let packets = self.asked.line.offered() + self.rng.random_range(2..60);
            let began = Instant::now();
            while !sync.has_ended()
                && self.asked.line.offered() < packets
                && began.elapsed() < Duration::from_secs(1)
            {
                std::thread::sleep(Duration::from_millis(2));
            }
            if self.rng.random_bool(0.1) {
                self.town.hub.kill();
                self.town.hub.serve();
                self.deaths += 1;
            }
            for remote in [&self.live, &self.asked] {
                remote.line.set(weather(&mut self.rng));
                if self.rng.random_bool(0.2) {
                    remote.line.forget();
                }
            }
        }
        self.asked.line.set(Weather::FAIR);
        sync.end()
    }

    /// The lines are good again: all that was ever written arrives, and then nobody has anything more to say.
    fn mend(mut self) {
        let Self { rng, town, live, asked, .. } = &mut self;
        for remote in [&*live, &*asked] {
            remote.line.set(Weather::FAIR);
        }
        asked.node.run(&["sync"]).done();
        // Somebody at work is worth a try sooner than the growing pauses would have it.
        live.edit(rng);
        wait_until("what the chapter wrote is at the hub", || {
            let own = logs::of_node(&live.node);
            own.held.keys().all(|place| logs::of_hub(&town.hub, &own.chapter).contains_key(place))
        });
        assert!(live.node.stop().success());
        for remote in [&*live, &*asked] {
            checkers::sync_until_quiet(&remote.node);
            remote.holds_all_that_was_written(town);
        }
        checkers::all_are_in_step(&town.hub, &[&live.node, &asked.node]);
    }
}
