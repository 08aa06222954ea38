//! The program dies, again and again, in the middle of an import and in the middle of a sync (C1, C2).
//!
//! What was acknowledged is kept outside the programs: what a finished command said is done.

use std::collections::BTreeSet;
use std::time::Instant;

use helhet_tests::people::{Person, people};
use helhet_tests::process::{Installation, Town};
use helhet_tests::{checkers, logs};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

use crate::from_outside;
use crate::list::{emails, list_of, nothing_is_half_done};
use crate::moments::grown_by;

fn deaths() -> u64 {
    from_outside("HELHET_DEATHS", 20)
}

/// A chapter's members, and the few that each round brings in.
struct Rounds {
    members: Vec<Person>,
    each: usize,
}

impl Rounds {
    fn new(seed: u64) -> Self {
        let each = 600 / deaths().clamp(1, 60) as usize;
        let count = u32::try_from(each * deaths() as usize).unwrap();
        Self { members: people(seed, count), each }
    }

    /// A file of the round's members, and how many there are with it.
    fn file(&self, town: &Town, round: u64) -> (String, usize) {
        let from = self.each * round as usize;
        (list_of(town, &self.members[from..from + self.each]), from + self.each)
    }
}

fn doctor(stores: &[&Installation]) {
    for store in stores {
        store.run(&["doctor"]).done();
    }
}

// C2
#[test]
fn a_node_that_dies_while_it_imports_has_whole_lines_and_finishes_later() {
    let town = Town::new();
    let node = town.chapter("Bergen");
    let mut rng = StdRng::seed_from_u64(1);
    let rounds = Rounds::new(20);
    let mut died = 0;
    let mut known = BTreeSet::new();
    for round in 0..deaths() {
        let (file, upto) = rounds.file(&town, round);
        let mut import = node.start(&["import", &file]);
        if grown_by(rng.random_range(1..60_000), node.data(), &mut import) {
            import.kill();
            died += 1;
        } else {
            import.end().done();
        }
        nothing_is_half_done(&node, &rounds.members);
        doctor(&[&node]);
        let now = emails(&node);
        assert!(known.is_subset(&now), "an acknowledged import lost a line at death {round}");
        node.run(&["import", &file]).done();
        known = emails(&node);
        assert_eq!(known.len(), upto, "the import was finished after death {round}");
    }
    assert!(died * 2 > deaths(), "only {died} of {} imports were interrupted", deaths());
    checkers::rebuild_changes_nothing(&node);
}

// C1, C2, C9
#[test]
fn a_node_that_dies_while_it_syncs_loses_nothing_and_sends_nothing_twice() {
    let town = Town::new();
    let node = town.chapter("Bergen");
    let mut rng = StdRng::seed_from_u64(2);
    let rounds = Rounds::new(21);
    let mut died = 0;
    let mut acknowledged = logs::of_node(&node).acknowledged;
    for round in 0..deaths() {
        let (file, _) = rounds.file(&town, round);
        node.run(&["import", &file]).done();
        let before = emails(&town.hub);
        let own = logs::of_node(&node);
        let mut sync = node.start(&["sync"]);
        if grown_by(rng.random_range(1..20_000), town.hub.data(), &mut sync) {
            sync.kill();
            died += 1;
        } else {
            sync.end().done();
            acknowledged = own.held;
        }
        assert!(before.is_subset(&emails(&town.hub)), "the hub lost what it had at death {round}");
        let at_hub = logs::of_hub(&town.hub, &own.chapter);
        logs::all_there(&acknowledged, &at_hub, "the hub lost what a sync had said is there");
        logs::nothing_acknowledged_is_lost(&node, &town.hub);
        doctor(&[&node, &town.hub]);
    }
    assert!(died > 0, "no sync was interrupted");
    checkers::sync_until_quiet(&node);
    assert_eq!(emails(&town.hub), emails(&node));
    checkers::all_are_in_step(&town.hub, &[&node]);
}

// C1, C2, C9
#[test]
fn a_hub_that_dies_keeps_all_that_it_acknowledged() {
    let mut town = Town::new();
    let node = town.chapter("Bergen");
    let mut rng = StdRng::seed_from_u64(3);
    let rounds = Rounds::new(22);
    for round in 0..deaths() {
        let (file, _) = rounds.file(&town, round);
        node.run(&["import", &file]).done();
        // Every second death comes in the midst of a sync; the command may then fail, and is asked again.
        if round % 2 == 0 {
            let mut sync = node.start(&["sync"]);
            grown_by(rng.random_range(1..20_000), town.hub.data(), &mut sync);
            town.hub.kill();
            town.hub.serve();
            sync.end();
            logs::nothing_acknowledged_is_lost(&node, &town.hub);
        }
        node.run(&["sync"]).done();
        let acknowledged = emails(&node);
        let own = logs::of_node(&node);
        town.hub.kill();
        assert_eq!(emails(&town.hub), acknowledged, "acknowledged and gone after death {round}");
        let at_hub = logs::of_hub(&town.hub, &own.chapter);
        logs::all_there(&own.held, &at_hub, "the hub lost what a sync had said is there");
        doctor(&[&node, &town.hub]);
        town.hub.serve();
    }
    checkers::sync_until_quiet(&node);
    checkers::all_are_in_step(&town.hub, &[&node]);
}

// C1, C2: the program that keeps the connection, edited meanwhile, and the hub die in turn.
#[test]
fn programs_that_die_while_they_are_connected_find_each_other_again() {
    let mut town = Town::new();
    let mut node = town.chapter("Bergen");
    let mut rng = StdRng::seed_from_u64(5);
    let rounds = Rounds::new(23);
    node.serve();
    for round in 0..deaths().div_ceil(4) {
        let (file, _) = rounds.file(&town, round);
        let hub = town.hub.data().to_owned();
        let mut import = node.start(&["import", &file]);
        grown_by(rng.random_range(1..60_000), &hub, &mut import);
        let dies = if rng.random_bool(0.5) { &mut town.hub } else { &mut node };
        dies.kill();
        dies.serve();
        import.end().done();
        logs::nothing_acknowledged_is_lost(&node, &town.hub);
    }
    node.kill();
    checkers::sync_until_quiet(&node);
    assert_eq!(emails(&town.hub), emails(&node));
    checkers::all_are_in_step(&town.hub, &[&node]);
}

// C2
#[test]
fn a_hub_that_dies_while_it_imports_has_all_of_a_file_or_nothing() {
    let town = Town::new();
    let mut rng = StdRng::seed_from_u64(4);
    let all = include_str!("../demo/national_gifts.csv");
    let (heading, gifts) = all.split_once('\n').unwrap();
    let gifts: Vec<&str> = gifts.lines().collect();
    let rounds = (deaths() as usize).min(gifts.len());
    let mut died = 0;
    for (round, some) in gifts.chunks(gifts.len().div_ceil(rounds)).enumerate() {
        let file = town.file("gaver.csv", &format!("{heading}\n{}\n", some.join("\n")));
        // The file is one transaction, and most of its bytes come at once: the moment is drawn from the time it takes.
        let began = Instant::now();
        town.hub.run(&["import", &file, "--dry-run"]).done();
        let moment = began.elapsed().mul_f64(rng.random_range(0.3..1.1));
        let mut import = town.hub.start(&["import", &file]);
        std::thread::sleep(moment);
        died += usize::from(!import.has_ended());
        import.kill();
        doctor(&[&town.hub]);
        let now = town.hub.run(&["import", &file, "--dry-run", "--json"]).json();
        let there = now["same"] == now["lines"];
        assert!(there || now["same"] == 0, "half of the file is there after death {round}: {now}");
        town.hub.run(&["import", &file]).done();
        let again = town.hub.run(&["import", &file, "--json"]).json();
        assert_eq!(again["same"], again["lines"], "death {round} cost something: {again}");
    }
    assert!(died * 2 > rounds, "only {died} of {rounds} imports were interrupted");
    checkers::rebuild_changes_nothing(&town.hub);
}
