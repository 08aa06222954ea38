//! The power goes, again and again, in the middle of an import and in the middle of a sync (C1, C2).
//!
//! What was acknowledged is kept outside the programs: what a finished command said is done. The moment of a death is
//! drawn by seed as a number of bytes that the store has written since the command began.

#![allow(clippy::unwrap_used, reason = "a test may fall over")]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Child;
use std::time::{Duration, Instant};

use helhet_tests::checkers;
use helhet_tests::people::{Person, member_file, people};
use helhet_tests::process::{Installation, Town};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use serde_json::Value;

const DEATHS: u64 = 20;

fn bytes_below(folder: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    let sizes = entries.flatten().map(|entry| {
        let path = entry.path();
        if path.is_dir() { bytes_below(&path) } else { entry.metadata().map_or(0, |known| known.len()) }
    });
    sizes.sum()
}

/// Kills the child once the store has grown by so many bytes; whether it died before its work was done.
fn kill_after_growth(child: &mut Child, store: &Path, growth: u64, mut kill: impl FnMut(&mut Child)) -> bool {
    let before = bytes_below(store);
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            assert!(status.success(), "the command failed of itself: {status}");
            return false;
        }
        if bytes_below(store) >= before + growth {
            kill(child);
            return true;
        }
        std::thread::sleep(Duration::from_micros(500));
    }
}

fn kill(child: &mut Child) {
    child.kill().unwrap();
    child.wait().unwrap();
}

fn cards(at: &Installation) -> Vec<Value> {
    at.run(&["supporters", "--json"]).json().as_array().cloned().unwrap()
}

fn emails(at: &Installation) -> BTreeSet<String> {
    let all: Vec<String> = cards(at)
        .iter()
        .map(|card| {
            let email = &card["emails"][0];
            email
                .as_str()
                .or(email["value"].as_str())
                .unwrap_or_else(|| panic!("half a supporter: {card}"))
                .to_owned()
        })
        .collect();
    let distinct: BTreeSet<String> = all.iter().cloned().collect();
    assert_eq!(all.len(), distinct.len(), "a supporter stands twice");
    distinct
}

/// A file of the next few members, and how many there are by then.
fn lines_of_round(town: &Town, members: &[Person], round: u64) -> (String, usize) {
    let each = members.len() / DEATHS as usize;
    let from = each * round as usize;
    (town.file("medlemmer.csv", &member_file(&members[from..from + each])), from + each)
}

/// Every supporter that is there is there with all that its line says.
fn nothing_is_half_done(node: &Installation, members: &[Person]) {
    for card in cards(node) {
        let person = members.iter().find(|person| card["emails"][0] == person.email.as_str());
        let person = person.unwrap_or_else(|| panic!("half a supporter: {card}"));
        for value in [&person.phone, &person.street, &person.family, &person.city] {
            assert!(card.to_string().contains(value.as_str()), "{value} is missing: {card}");
        }
        assert_eq!(card["roles"][0]["role"], "member", "{card}");
    }
}

// C2
#[test]
fn a_node_that_dies_while_it_imports_has_whole_lines_and_finishes_later() {
    let town = Town::new();
    let node = town.chapter("Bergen");
    let mut rng = StdRng::seed_from_u64(1);
    let members = people(20, 600);
    let mut deaths = 0;
    let mut known = BTreeSet::new();
    for round in 0..DEATHS {
        let (file, upto) = lines_of_round(&town, &members, round);
        let mut import = node.spawn(&["import", &file]);
        let growth = rng.random_range(1..60_000);
        deaths += u64::from(kill_after_growth(&mut import, node.data(), growth, kill));

        nothing_is_half_done(&node, &members);
        let now = emails(&node);
        assert!(known.is_subset(&now), "an acknowledged import lost a line at death {round}");
        node.run(&["import", &file]).done();
        known = emails(&node);
        assert_eq!(known.len(), upto, "the import was finished after death {round}");
    }
    assert!(deaths * 2 > DEATHS, "only {deaths} of {DEATHS} imports were interrupted");
    checkers::rebuild_changes_nothing(&node);
    node.run(&["doctor"]).done();
}

// C1, C2
#[test]
fn a_node_that_dies_while_it_syncs_loses_nothing_and_sends_nothing_twice() {
    let town = Town::new();
    let node = town.chapter("Bergen");
    let mut rng = StdRng::seed_from_u64(2);
    let members = people(21, 600);
    let mut deaths = 0;
    for round in 0..DEATHS {
        let (file, _) = lines_of_round(&town, &members, round);
        node.run(&["import", &file]).done();
        let before = emails(&town.hub);
        let mut sync = node.spawn(&["sync"]);
        let growth = rng.random_range(1..20_000);
        deaths += u64::from(kill_after_growth(&mut sync, town.hub.data(), growth, kill));
        assert!(before.is_subset(&emails(&town.hub)), "the hub lost what it had at death {round}");
    }
    assert!(deaths > 0, "no sync was interrupted");
    node.run(&["sync"]).done();
    assert_eq!(emails(&town.hub), emails(&node));
    let idle = node.run(&["sync", "--json"]).json();
    assert_eq!(idle["entries_out"], 0, "{idle}");
    checkers::rebuild_changes_nothing(&town.hub);
    checkers::rebuild_changes_nothing(&node);
}

// C1, C2
#[test]
fn a_hub_that_dies_keeps_all_that_it_acknowledged() {
    let mut town = Town::new();
    let node = town.chapter("Bergen");
    let mut rng = StdRng::seed_from_u64(3);
    let members = people(22, 600);
    for round in 0..DEATHS {
        let (file, _) = lines_of_round(&town, &members, round);
        node.run(&["import", &file]).done();
        // Every second death comes in the midst of a sync; the command may then fail, and is asked again.
        if round % 2 == 0 {
            let hub = town.hub.data().to_owned();
            let growth = rng.random_range(1..20_000);
            let before = bytes_below(&hub);
            let mut sync = node.spawn(&["sync"]);
            while sync.try_wait().unwrap().is_none() && bytes_below(&hub) < before + growth {
                std::thread::sleep(Duration::from_micros(500));
            }
            town.hub.kill();
            town.hub.serve();
            sync.wait().unwrap();
        }
        node.run(&["sync"]).done();
        let acknowledged = emails(&node);
        town.hub.kill();
        assert_eq!(emails(&town.hub), acknowledged, "acknowledged and gone after death {round}");
        town.hub.serve();
    }
    let idle = node.run(&["sync", "--json"]).json();
    assert_eq!(idle["entries_out"], 0, "{idle}");
    checkers::rebuild_changes_nothing(&town.hub);
}

// C2
#[test]
fn a_hub_that_dies_while_it_imports_has_all_of_a_file_or_nothing() {
    let town = Town::new();
    let mut rng = StdRng::seed_from_u64(4);
    let all = include_str!("../demo/national_gifts.csv");
    let (heading, gifts) = all.split_once('\n').unwrap();
    let gifts: Vec<&str> = gifts.lines().collect();
    let mut deaths = 0;
    for (round, some) in gifts.chunks(gifts.len().div_ceil(DEATHS as usize)).enumerate() {
        let file = town.file("gaver.csv", &format!("{heading}\n{}\n", some.join("\n")));
        // The file is one transaction, and most of its bytes come at once: the moment is drawn from the time it takes.
        let began = Instant::now();
        town.hub.run(&["import", &file, "--dry-run"]).done();
        let moment = began.elapsed().mul_f64(rng.random_range(0.3..1.1));
        let mut import = town.hub.spawn(&["import", &file]);
        std::thread::sleep(moment);
        deaths += u64::from(import.try_wait().unwrap().is_none());
        kill(&mut import);
        let now = town.hub.run(&["import", &file, "--dry-run", "--json"]).json();
        let there = now["same"] == now["lines"];
        assert!(there || now["same"] == 0, "half of the file is there after death {round}: {now}");
        town.hub.run(&["import", &file]).done();
        let again = town.hub.run(&["import", &file, "--json"]).json();
        assert_eq!(again["same"], again["lines"], "death {round} cost something: {again}");
    }
    assert!(deaths * 2 > DEATHS, "only {deaths} of {DEATHS} imports were interrupted");
    checkers::rebuild_changes_nothing(&town.hub);
    town.hub.run(&["doctor"]).done();
}
