//! More comes in at the hub than its disk takes: it says so at once to who dials, and who came with a list comes back until
//! it gets through (T21, C2, C9).

use std::time::Duration;

use helhet_tests::people::people;
use helhet_tests::process::{Town, wait_until};
use helhet_tests::{checkers, logs};

use crate::list::list_of;

/// Longer than a hub lets those wait whom it has let in before it lets nobody else in.
const OVERRUN: Duration = Duration::from_millis(2_500);

#[test]
fn a_sync_comes_back_to_a_busy_hub_until_it_gets_through() {
    let town = Town::new();
    let [mut bergen, oslo] = ["Bergen", "Oslo"].map(|name| {
        let node = town.chapter(name);
        node.run(&["sync"]).done();
        node
    });
    bergen.serve();
    bergen.run(&["import", &list_of(&town, &people(60, 20))]).done();
    bergen.run(&["sync"]).done();
    oslo.run(&["import", &list_of(&town, &people(61, 30))]).done();

    // Something else has the hub's disk, and Bergen waits for it.
    let disk = rusqlite::Connection::open(town.hub.data().join(helhet_hub::store::DATABASE_FILE)).unwrap();
    disk.execute_batch("BEGIN IMMEDIATE").unwrap();
    let id = bergen.run(&["supporters", "--json"]).json()[0]["id"].as_str().unwrap().to_owned();
    bergen.run(&["edit", &id, "--phone", "+4791122334"]).done();
    std::thread::sleep(OVERRUN);
    let mut sync = oslo.start(&["sync"]);
    wait_until("Oslo is told to come back, twice", || {
        town.hub.log().matches("told to come back").count() > 1
    });
    assert!(!sync.has_ended(), "it gave up");
    disk.execute_batch("ROLLBACK").unwrap();
    drop(disk);
    sync.end().done();
    logs::are_the_same(&oslo, &town.hub);

    bergen.run(&["sync"]).done();
    bergen.stop();
    let nodes = [&bergen, &oslo];
    nodes.iter().for_each(|node| checkers::sync_until_quiet(node));
    checkers::all_are_in_step(&town.hub, &nodes);
}
