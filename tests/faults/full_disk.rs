//! The disk is full: in a chapter, at the hub. What cannot be stored is said in plain words and left undone, nothing is
//! acknowledged that is not durable, and all goes on when there is room again (C1, C2, C8).

use helhet_tests::disk::{self, Disk};
use helhet_tests::people::{Person, people};
use helhet_tests::process::{Installation, Run, Town, wait_until};
use helhet_tests::{checkers, logs};
use tempfile::TempDir;

use crate::list::{emails, list_of, nothing_is_half_done};

/// What is left of the disk when a command begins, in KiB: too little to open the store, to begin, or to finish.
const LEFT: [u64; 10] = [0, 4, 16, 36, 48, 64, 96, 140, 220, 400];
const A_FEW: usize = 12;

/// Done, or refused with words that say why and what to do.
fn done_or_told(run: Run) -> bool {
    if run.code == Some(0) {
        return true;
    }
    let said = run.refused(1);
    assert!(said.contains("disk is full"), "not in plain words: {said}");
    false
}

// C2
#[test]
fn a_chapter_with_a_full_disk_is_told_so_and_does_nothing_by_halves() {
    if !disk::alone("full_disk::a_chapter_with_a_full_disk_is_told_so_and_does_nothing_by_halves") {
        return;
    }
    let town = Town::new();
    let disk = Disk::mount(&town.folder().join("bergen"), 32);
    let node = town.chapter("Bergen");
    let members = people(30, 200);
    let mut upto = A_FEW;
    node.run(&["import", &list_of(&town, &members[..upto])]).done();
    let own = |who: usize| {
        let card = node.run(&["supporters", "--search", &members[who].email, "--json"]).json();
        card[0]["id"].as_str().unwrap().to_owned()
    };
    let first = own(0);
    let mut told = [0; 3];
    for left in LEFT {
        let known = emails(&node);
        let before = logs::of_node(&node);
        let file = list_of(&town, &members[upto..upto + A_FEW]);
        let phone = format!("+4791{left:06}");
        let mut written = Vec::new();
        for (index, words) in
            [vec!["import", &file], vec!["edit", &first, "--phone", &phone], vec!["sync"]].iter().enumerate()
        {
            disk.fill_but(left * 1024);
            written.push(done_or_told(node.run(words)));
            told[index] += u32::from(!written[index]);
            disk.make_room();
            node.run(&["doctor"]).done();
        }
        nothing_is_half_done_but(&node, &members, &first);
        let now = emails(&node);
        assert_eq!(now.len(), known.len() + if written[0] { A_FEW } else { 0 }, "with {left} KiB left");
        let after = logs::of_node(&node);
        logs::all_there(&before.held, &after.held, "the chapter lost what it had");
        logs::nothing_acknowledged_is_lost(&node, &town.hub);
        if written[2] {
            logs::are_the_same(&node, &town.hub);
        }

        node.run(&["import", &file]).done();
        upto += A_FEW;
        assert_eq!(emails(&node).len(), upto);
        node.run(&["edit", &first, "--phone", &members[0].phone]).done();
    }
    assert!(told.iter().all(|count| *count > 1), "the disk was not full often enough: {told:?}");
    checkers::sync_until_quiet(&node);
    assert_eq!(emails(&town.hub), emails(&node));
    checkers::all_are_in_step(&town.hub, &[&node]);
}

/// The phone number of one is being changed.
fn nothing_is_half_done_but(node: &Installation, members: &[Person], edited: &str) {
    let card = node.run(&["supporter", edited, "--json"]).json();
    let mut members = members.to_vec();
    members[0].phone = card["phones"][0].as_str().unwrap().to_owned();
    nothing_is_half_done(node, &members);
}

// C2: who works at the screens meanwhile is told, and what waits is sent without anybody's doing when there is room.
#[test]
fn a_chapters_program_that_serves_outlives_a_full_disk() {
    if !disk::alone("full_disk::a_chapters_program_that_serves_outlives_a_full_disk") {
        return;
    }
    let town = Town::new();
    let disk = Disk::mount(&town.folder().join("bergen"), 32);
    let mut node = town.chapter("Bergen");
    let members = people(31, 60);
    node.run(&["import", &list_of(&town, &members[..20])]).done();
    node.serve();
    wait_until("the office has the list", || emails(&town.hub).len() == 20);
    let mut upto = 20;
    for left in [0, 64, 200] {
        let file = list_of(&town, &members[upto..upto + A_FEW]);
        disk.fill_but(left * 1024);
        let written = done_or_told(node.run(&["import", &file]));
        assert!(node.answers(), "the screens are gone");
        disk.make_room();
        if !written {
            node.run(&["import", &file]).done();
        }
        upto += A_FEW;
        wait_until("the office has what was added", || emails(&town.hub).len() == upto);
    }
    assert!(node.answers());
    node.stop();
    checkers::sync_until_quiet(&node);
    checkers::all_are_in_step(&town.hub, &[&node]);
}

// C2, C8
#[test]
fn a_hub_with_a_full_disk_acknowledges_nothing_that_it_has_not_stored() {
    if !disk::alone("full_disk::a_hub_with_a_full_disk_acknowledges_nothing_that_it_has_not_stored") {
        return;
    }
    let folder = TempDir::new().unwrap();
    let disk = Disk::mount(&folder.path().join("hub"), 48);
    let mut town = Town::in_folder(folder);
    let node = town.chapter("Bergen");
    let members = people(32, 400);
    let (mut upto, mut told) = (0, 0);
    for (round, left) in LEFT.into_iter().enumerate() {
        let file = list_of(&town, &members[upto..upto + 30]);
        upto += 30;
        node.run(&["import", &file]).done();
        let own = logs::of_node(&node);
        disk.fill_but(left * 1024);
        let run = node.run(&["sync", "--json"]);
        let sent = run.code == Some(0);
        if !sent {
            told += 1;
            let said = run.refused(1);
            assert!(said.contains("could not store") && said.contains("disk"), "not in plain words: {said}");
        }
        assert!(town.hub.answers(), "the office's screens are gone with {left} KiB left");
        let acknowledged = logs::of_node(&node).acknowledged;
        // The power goes while the disk is full.
        if round % 2 == 0 {
            town.hub.kill();
            disk.make_room();
            town.hub.serve();
        } else {
            disk.make_room();
        }
        let held = logs::of_hub(&town.hub, &own.chapter);
        logs::all_there(&acknowledged, &held, "the hub acknowledged what it has not stored");
        if sent {
            logs::all_there(&own.held, &held, "a sync said that all is sent");
        }
        town.hub.run(&["doctor"]).done();
        // The same program goes on, and has all of it now.
        node.run(&["sync"]).done();
        logs::nothing_acknowledged_is_lost(&node, &town.hub);
        assert_eq!(emails(&town.hub).len(), upto);
    }
    assert!(told > 3, "the disk was not full often enough: {told}");
    checkers::sync_until_quiet(&node);
    checkers::all_are_in_step(&town.hub, &[&node]);
}
