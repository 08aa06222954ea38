//! Each checker is shown a bug that it must see; else it tests nothing. The same small story is played by the programs as
//! they are, where the checker is silent, and with its bug, where it is not.

use std::fs;

use helhet_node::store::{Store, StoreError, peer_support};
use helhet_protocol::identity::DeviceRole;
use helhet_protocol::log::tombstone::ERASED;
use helhet_protocol::v1::Retired;
use helhet_shared::zone::Zone;
use helhet_tests::opened;
use helhet_tests::people::{Person, member_file, people, volunteer_file};
use helhet_tests::process::{Installation, Town, join, wait_until};
use helhet_tests::rogue::{Rogue, Subject, Talk};
use helhet_tests::{checkers, invariants};
use serde_json::Value;
use tempfile::TempDir;

use crate::sent::sent_to_the_office;

/// What nobody may find after it was erased.
const CANARY: &str = "vkanarifuglvbk";

/// Plays the story twice; the checker is named by what it must say.
#[track_caller]
fn is_seen(bug: &'static str, checker: &str, story: fn(&Stage) -> Vec<String>) {
    let as_it_is = story(&Stage { bug: "" });
    assert!(as_it_is.is_empty(), "{checker} is red without a bug: {as_it_is:#?}");
    let broken = story(&Stage { bug });
    assert!(broken.iter().any(|what| what.contains(checker)), "{checker} did not see {bug}: {broken:#?}");
}

/// Programs that all have one bug, or none.
struct Stage {
    bug: &'static str,
}

impl Stage {
    fn with_bug(&self, program: Installation) -> Installation {
        if self.bug.is_empty() { program } else { program.with("HELHET_PLANTED_BUG", self.bug) }
    }

    fn town(&self) -> Town {
        let folder = TempDir::new().unwrap();
        let hub = self.with_bug(Installation::hub_of("planted-hub", folder.path()));
        Town::of(folder, hub)
    }

    fn node(&self, town: &Town) -> Installation {
        let node = self.with_bug(Installation::node_of("planted-node", town.folder(), "bergen"));
        join(&node, &town.invite("Bergen")).done();
        node
    }

    fn rogue(&self, town: &Town) -> Rogue {
        Rogue::found(town.hub.quic_address(), &town.invite("Bergen"))
    }
}

/// What is broken at the end.
fn ended(town: Town, mut broken: Vec<String>) -> Vec<String> {
    broken.extend(invariants::broken(town.folder(), &town.hub));
    town.leave_broken();
    broken
}

fn receipts_are_in(town: &Town) {
    wait_until("the receipts are signed", || {
        let register = town.hub.run(&["erasures", "--json"]).json();
        register.as_array().unwrap().iter().all(|one| one["receipt_at"] != Value::Null)
    });
}

fn found(checker: &str, places: Vec<String>) -> Vec<String> {
    places.into_iter().map(|place| format!("{checker}: {place}")).collect()
}

/// Somebody is erased, and told of once more by who does not keep to it.
fn told_of_after_the_erasure(stage: &Stage) -> Vec<String> {
    let town = stage.town();
    let mut rogue = stage.rogue(&town);
    let (subject, first) = Subject::member(CANARY);
    rogue.say(vec![first.clone()]).unwrap();
    rogue.raise(&[subject.id], ERASED).unwrap();
    receipts_are_in(&town);
    rogue.say(vec![first]).unwrap();
    let back = found("C3", checkers::places_of(&[CANARY], town.hub.data()));
    ended(town, back)
}

// C3
#[test]
fn c3_sees_a_floor_gate_that_is_off() {
    is_seen("floor_gate_is_off", "C3", told_of_after_the_erasure);
}

// C5
#[test]
fn c5_sees_floors_that_are_not_compared() {
    is_seen("floors_are_not_compared", "C5", |stage| {
        let town = stage.town();
        let mut rogue = stage.rogue(&town);
        let (subject, first) = Subject::member("Kari");
        rogue.say(vec![first]).unwrap();
        rogue.raise(&[subject.id], 5).unwrap();
        rogue.raise(&[subject.id], 2).unwrap();
        ended(town, Vec::new())
    });
}

/// Somebody is erased, and the receipt is believed.
fn receipted(stage: &Stage) -> Vec<String> {
    let town = stage.town();
    let mut rogue = stage.rogue(&town);
    let (subject, first) = Subject::member(CANARY);
    rogue.say(vec![first]).unwrap();
    wait_until("the office sees the supporter", || {
        !checkers::places_of(&[CANARY], town.hub.data()).is_empty()
    });
    rogue.raise(&[subject.id], ERASED).unwrap();
    receipts_are_in(&town);
    let left = found("C6", checkers::places_of(&[CANARY], town.hub.data()));
    ended(town, left)
}

// C6
#[test]
fn c6_sees_a_database_that_leaves_what_was_deleted() {
    is_seen("secure_delete_is_off", "C6", receipted);
}

// C6
#[test]
fn c6_sees_a_receipt_that_is_early() {
    is_seen("receipt_is_early", "C6", receipted);
}

/// Somebody is erased at a chapter's computer, and its receipt is believed.
fn receipted_by_a_computer(stage: &Stage) -> Vec<String> {
    let town = stage.town();
    let mut node = stage.node(&town);
    // Who closes a database last empties its write-ahead file, whatever the bug.
    node.serve();
    let words = ["add", "--given", CANARY, "--family", "Nordmann", "--role", "member"];
    let id = node.run(&words).done();
    assert!(!opened::places(&[CANARY], node.data()).is_empty(), "it holds the supporter");
    node.run(&["erase", id.trim()]).done();
    let register = node.run(&["erasures", "--json"]).json();
    let own = register[0]["stores"].as_array().unwrap().iter().find(|store| store["device"] == "laptop");
    assert_eq!(own.unwrap()["state"], "confirmed");
    let left = found("C6", opened::places(&[CANARY], node.data()));
    ended(town, left)
}

// C6
#[test]
fn c6_sees_a_computer_that_signs_early() {
    is_seen("receipt_is_early", "C6", receipted_by_a_computer);
}

// C6
#[test]
fn c6_sees_a_computer_that_leaves_what_was_deleted() {
    is_seen("secure_delete_is_off", "C6", receipted_by_a_computer);
}

// C7
#[test]
fn c7_sees_what_a_revoked_device_wrote() {
    is_seen("revoked_is_taken", "C7", |stage| {
        let town = stage.town();
        let mut rogue = stage.rogue(&town);
        let mut lost = rogue.sibling(DeviceRole::Editor);
        lost.say(vec![Subject::member("Kari").1]).unwrap();
        let unsent = lost.reborn().entry(Zone::Shared, vec![Subject::member("Ola").1]);
        let revocations = vec![rogue.revocation(&lost)];
        rogue.retire(Retired { revocations, last: true, ..Retired::default() }).unwrap();
        // Carried by one that is in.
        let _ = rogue.send(&[unsent]);
        ended(town, Vec::new())
    });
}

// C8
#[test]
fn c8_sees_what_is_inflated_without_bound() {
    is_seen("inflates_without_bound", "C8", |stage| {
        let town = stage.town();
        let rogue = stage.rogue(&town);
        let nothing = std::io::Read::take(std::io::repeat(0), 400 << 20);
        let bomb = zstd::encode_all(nothing, 1).unwrap();
        let payload = [&[5, 0][..], &bomb[4..]].concat();
        let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
        let mut talk = Talk::begin(&rogue).unwrap();
        talk.say_bytes(&[&length[..], &payload].concat());
        let _ = talk.ends();
        ended(town, Vec::new())
    });
}

/// What volunteers who said yes to nothing have, as far as it is sent.
fn heard(stage: &Stage) -> Vec<String> {
    let mut town = stage.town();
    let node = stage.node(&town);
    let volunteers = people(31, 3);
    node.run(&["import", &town.file("frivillige.csv", &volunteer_file(&volunteers))]).done();
    let sent = sent_to_the_office(&mut town, &node);
    let names = volunteers.iter().map(|volunteer| volunteer.email.split('@').next().unwrap());
    let withheld: Vec<&str> = volunteers.iter().flat_map(Person::withheld).chain(names).collect();
    let out = found("C4", checkers::found_in(&withheld, &sent));
    ended(town, out)
}

// C4
#[test]
fn c4_sees_a_gate_that_lets_tasks_out() {
    is_seen("gate_lets_tasks_out", "C4", heard);
}

// C4
#[test]
fn c4_sees_a_gate_that_opens_on_error() {
    is_seen("gate_opens_on_error", "C4", heard);
}

/// A computer has a user who reads the notes on health, and another opens its database.
fn opened_by_another(stage: &Stage) -> Vec<String> {
    let town = stage.town();
    let node = stage.node(&town);
    let password = town.folder().join("password");
    fs::write(&password, "ekorn under brygga").unwrap();
    node.run(&["user", "add", "kari", "--password-file", password.to_str().unwrap()]).done();
    let store = Store::open_existing(node.data()).unwrap();
    let open = store.database().read(|connection| Ok::<_, StoreError>(peer_support::waiting(connection)?));
    let key = open.unwrap().map(|_| "the peer-support key stands open in the database".to_owned());
    drop(store);
    ended(town, found("C4", key.into_iter().collect()))
}

// C4
#[test]
fn c4_sees_a_peer_support_key_that_stays_open() {
    is_seen("peer_support_stays_open", "C4", opened_by_another);
}

// C2
#[test]
fn c2_sees_that_what_one_of_two_lives_wrote_is_dropped() {
    is_seen("other_life_is_dropped", "C2", |stage| {
        let town = stage.town();
        let node = stage.node(&town);
        node.run(&["import", &town.file("medlemmer.csv", &member_file(&people(74, 2)))]).done();
        node.run(&["sync"]).done();
        let image = town.folder().join("image");
        let copy = |from: &std::path::Path, to: &std::path::Path| {
            fs::create_dir_all(to).unwrap();
            for file in fs::read_dir(from).unwrap().flatten() {
                fs::copy(file.path(), to.join(file.file_name())).unwrap();
            }
        };
        copy(node.data(), &image);
        let add = |name: &str| {
            node.run(&["add", "--given", name, "--family", "Ny", "--role", "member"]).done();
        };
        add("Xenia");
        node.run(&["sync"]).done();
        fs::remove_dir_all(node.data()).unwrap();
        copy(&image, node.data());
        add("Yngve");
        for _ in 0..3 {
            let _ = node.run(&["sync"]);
        }
        let listing = town.hub.run(&["supporters", "--json"]).done();
        let missing = ["Xenia", "Yngve"].into_iter().filter(|name| !listing.contains(name));
        let missing = missing.map(|name| format!("C2: {name} is lost")).collect();
        ended(town, missing)
    });
}
