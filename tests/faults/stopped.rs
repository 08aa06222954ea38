//! A program stands still, as on a laptop whose lid is closed or a machine that swaps: its connections stay open and
//! nothing comes of them. Who waits for it is told so after a while and never waits for ever; who does not need it is
//! not harmed; all goes on when it does (C1, C2, C9).

use std::time::{Duration, Instant};

use helhet_tests::people::people;
use helhet_tests::process::{Installation, Town, wait_until};
use helhet_tests::running::Stopped;
use helhet_tests::{checkers, logs};

use crate::list::{emails, list_of};
use crate::moments::grown_by;

/// Longer than silence may last before a connection counts as broken, or a store as locked.
const LONGEST: Duration = Duration::from_secs(100);
/// What a program notes for itself when all is said takes a moment.
const AFTER_THE_LAST_NOTE: Duration = Duration::from_millis(500);

/// A chapter with a list that the hub has not.
fn with_a_list(town: &Town, name: &str, seed: u64, count: u32) -> Installation {
    let node = town.chapter(name);
    node.run(&["sync"]).done();
    node.run(&["import", &list_of(town, &people(seed, count))]).done();
    node
}

// C2, C9
#[test]
fn a_hub_that_stands_still_is_an_error_in_bounded_time_and_goes_on_later() {
    let town = Town::new();
    let bergen = with_a_list(&town, "Bergen", 40, 300);
    let oslo = with_a_list(&town, "Oslo", 41, 20);
    let mut tromso = with_a_list(&town, "Tromso", 42, 20);
    tromso.serve();
    wait_until("the office has Tromsø's list", || logs_agree(&tromso, &town.hub));

    let mut cut = bergen.start(&["sync"]);
    assert!(grown_by(1, town.hub.data(), &mut cut), "the sync was over before the hub stood still");
    let hub = Stopped::process(town.hub.process().unwrap());
    let began = Instant::now();
    let mut dialling = oslo.start(&["sync"]);
    // Who keeps the connection is asked, and cannot get through either.
    let id = tromso.run(&["supporters", "--json"]).json()[0]["id"].as_str().unwrap().to_owned();
    tromso.run(&["edit", &id, "--phone", "+4791122334"]).done();
    let mut waiting = tromso.start(&["sync"]);
    // Another command of the office on the same folder: it answers, or says that the store is in use.
    let mut office = town.hub.start(&["supporters", "--json"]);
    wait_until_all_end(&mut [&mut cut, &mut dialling, &mut waiting, &mut office], began);
    for told in [cut.end().refused(1), dialling.end().refused(1), waiting.end().refused(1)] {
        assert!(told.contains("nothing is lost"), "no advice: {told}");
    }
    let office = office.end();
    if office.code != Some(0) {
        let told = office.refused(1);
        assert!(told.contains("another program"), "not in plain words: {told}");
    }
    drop(hub);

    // It goes on as if nothing had been.
    for node in [&bergen, &oslo] {
        node.run(&["sync"]).done();
        logs::nothing_acknowledged_is_lost(node, &town.hub);
    }
    wait_until("the program that stays connected gets through by itself", || logs_agree(&tromso, &town.hub));
    tromso.stop();
    let nodes = [&bergen, &oslo, &tromso];
    nodes.iter().for_each(|node| checkers::sync_until_quiet(node));
    assert_eq!(emails(&town.hub).len(), 340);
    checkers::all_are_in_step(&town.hub, &nodes);
}

fn wait_until_all_end(commands: &mut [&mut helhet_tests::running::Running], began: Instant) {
    while !commands.iter_mut().all(|command| command.has_ended()) {
        assert!(began.elapsed() < LONGEST, "somebody waits for ever for a hub that stands still");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn logs_agree(node: &Installation, hub: &Installation) -> bool {
    let own = logs::of_node(node);
    own.held == logs::of_hub(hub, &own.chapter)
}

// C2, C9: neither one in the midst of sending nor one that only keeps its connection is in anybody's way.
#[test]
fn a_chapter_that_stands_still_harms_no_other_and_goes_on_later() {
    let town = Town::new();
    let bergen = with_a_list(&town, "Bergen", 43, 300);
    let oslo = with_a_list(&town, "Oslo", 44, 50);
    let mut tromso = with_a_list(&town, "Tromso", 45, 20);
    tromso.serve();
    wait_until("the office has Tromsø's list", || logs_agree(&tromso, &town.hub));

    let mut slow = bergen.start(&["sync"]);
    assert!(grown_by(1, town.hub.data(), &mut slow), "the sync was over before the chapter stood still");
    let stopped = [Stopped::process(slow.process()), Stopped::process(tromso.process().unwrap())];
    oslo.run(&["sync"]).done();
    logs::are_the_same(&oslo, &town.hub);
    let known = emails(&town.hub);
    assert!(known.len() >= 70, "the office has Oslo's list: {}", known.len());
    drop(stopped);

    // The sync goes on, or says that the connection broke meanwhile.
    let run = slow.end();
    if run.code != Some(0) {
        assert!(run.refused(1).contains("nothing is lost"));
    }
    let id = tromso.run(&["supporters", "--json"]).json()[0]["id"].as_str().unwrap().to_owned();
    tromso.run(&["edit", &id, "--phone", "+4791122334"]).done();
    wait_until("the program that stays connected goes on by itself", || logs_agree(&tromso, &town.hub));
    tromso.stop();
    let nodes = [&bergen, &oslo, &tromso];
    nodes.iter().for_each(|node| checkers::sync_until_quiet(node));
    checkers::all_are_in_step(&town.hub, &nodes);
}

// C9: the chapter's own commands do not wait for ever for its program either.
#[test]
fn a_chapters_program_that_stands_still_is_no_endless_wait_for_its_commands() {
    let town = Town::new();
    let mut node = with_a_list(&town, "Bergen", 46, 20);
    node.serve();
    wait_until("the office has the list", || logs_agree(&node, &town.hub));
    // One that is stopped in the middle of a write holds everybody up; this one has said and noted all that it had.
    node.run(&["sync"]).done();
    std::thread::sleep(AFTER_THE_LAST_NOTE);
    let stopped = Stopped::process(node.process().unwrap());
    let id = node.run(&["supporters", "--json"]).json()[0]["id"].as_str().unwrap().to_owned();
    node.run(&["edit", &id, "--phone", "+4791122334"]).done();
    let began = Instant::now();
    let mut sync = node.start(&["sync"]);
    wait_until_all_end(&mut [&mut sync], began);
    assert!(sync.end().refused(1).contains("nothing is lost"));
    drop(stopped);
    node.run(&["sync"]).done();
    assert!(logs_agree(&node, &town.hub));
}
