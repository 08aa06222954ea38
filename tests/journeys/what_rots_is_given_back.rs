//! A disk loses what it was given. `doctor` finds it, the next session gives it back, and both hold the same again.

use helhet_node::store::{Store, StoreError};
use helhet_tests::checkers;
use helhet_tests::people::{member_file, people};
use helhet_tests::process::Town;
use rusqlite::Connection;
use serde_json::Value;

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
    assert!(said.contains("3 changes are damaged"), "{said}");
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
