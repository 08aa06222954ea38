//! A disk loses what it was given. `doctor` finds it, the next session gives it back, and both hold the same again.

use helhet_node::store::{Store, StoreError};
use helhet_tests::checkers;
use helhet_tests::people::{member_file, people};
use helhet_tests::process::Town;
use rusqlite::Connection;
use serde_json::Value;

use crate::a_second_laptop::{ask, let_in};
use crate::story::{holds, import, supporters, sync};

/// The bodies of three shared changes are not what they were.
const ROT: &str = "UPDATE changes SET body = zeroblob(length(body)) WHERE id IN
    (SELECT changes.id FROM changes JOIN entries ON entries.id = changes.entry
     WHERE zone = 3 AND state = 0 AND kind = 0 ORDER BY changes.id LIMIT 3)";

/// A town whose chapter and office hold the same of ten members.
fn in_step(seed: u64) -> (Town, helhet_tests::process::Installation) {
    let town = Town::new();
    let bergen = town.chapter("Bergen");
    import(&bergen, &town.file("medlemmer.csv", &member_file(&people(seed, 10))), &[]);
    sync(&bergen);
    sync(&bergen);
    (town, bergen)
}

fn idle(report: &Value) {
    assert_eq!(
        (&report["round_trips"], &report["entries_out"]),
        (&Value::from(1), &Value::from(0)),
        "{report}"
    );
}

// N16, C1
#[test]
fn the_office_gets_back_what_its_disk_lost() {
    let (town, bergen) = in_step(30);
    idle(&bergen.run(&["sync", "--json"]).json());
    let rotten = Connection::open(town.hub.data().join("hub.sqlite")).unwrap().execute(ROT, []).unwrap();
    assert_eq!(rotten, 3);

    let said = town.hub.run(&["doctor"]).refused(1);
    assert!(said.contains("3 changes lack their contents"), "{said}");
    // What was damaged is changed in the chapter before anybody could give it back.
    for supporter in supporters(&bergen, "") {
        let id = supporter["id"].as_str().unwrap();
        bergen.run(&["edit", id, "--phone", "+4790000001"]).done();
    }
    sync(&bergen);
    town.hub.run(&["doctor", "--rebuild"]).done();
    assert!(supporters(&town.hub, "").iter().all(|card| holds(card, "+4790000001")));
    idle(&bergen.run(&["sync", "--json"]).json());
    checkers::rebuild_changes_nothing(&town.hub);
}

// N16, C1
#[test]
fn the_chapter_gets_back_what_its_disk_lost() {
    let (town, bergen) = in_step(31);
    let store = Store::open_existing(bergen.data()).unwrap();
    let rotten = store.database().write(|transaction| Ok::<_, StoreError>(transaction.execute(ROT, [])?));
    assert_eq!(rotten.unwrap(), 3);
    drop(store);

    let said = bergen.run(&["doctor"]).refused(1);
    assert!(said.contains("3 changes are damaged"), "{said}");
    sync(&bergen);
    bergen.run(&["doctor"]).done();
    idle(&bergen.run(&["sync", "--json"]).json());
    town.hub.run(&["doctor"]).done();
}

// N16, C1, T24: what the office's disk had lost when a further computer came is on that one too once the first has given it back.
#[test]
fn a_further_computer_gets_what_the_office_had_lost_when_it_came() {
    let (town, bergen) = in_step(32);
    for supporter in supporters(&bergen, "") {
        bergen.run(&["edit", supporter["id"].as_str().unwrap(), "--phone", "+4790000001"]).done();
    }
    sync(&bergen);
    let gone = "UPDATE changes SET body = NULL, state = 3 WHERE id IN
        (SELECT changes.id FROM changes JOIN entries ON entries.id = changes.entry
         WHERE zone = 2 AND state = 0 AND kind = 0 ORDER BY changes.id LIMIT 4)";
    assert_eq!(Connection::open(town.hub.data().join("hub.sqlite")).unwrap().execute(gone, []).unwrap(), 4);

    let (second, waiting) = ask(&town, &bergen, "stand", &[]);
    let_in(&bergen, waiting, &[]);
    let said = second.run(&["doctor"]).refused(1);
    assert!(said.contains("4 changes are damaged"), "{said}");
    sync(&bergen);
    sync(&second);
    second.run(&["doctor"]).done();
    assert_eq!(second.run(&["supporters", "--json"]).json(), bergen.run(&["supporters", "--json"]).json());
    for computer in [&second, &bergen, &second] {
        checkers::sync_until_quiet(computer);
    }
    assert!(supporters(&town.hub, "").iter().all(|card| holds(card, "+4790000001")));
    checkers::all_are_in_step(&town.hub, &[&bergen, &second]);
}
