//! The hub goes in the middle of a sync: it lets the connection fall without a word, as one does that is overrun, or it is
//! asked to stop and says so.

use std::sync::Arc;

use helhet_hub::{Config, Hub};
use helhet_protocol::transport;
use helhet_shared::clock::SystemClock;
use helhet_tests::people::people;
use helhet_tests::process::Town;
use helhet_tests::{checkers, logs};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use tokio::runtime::Runtime;

use crate::list::list_of;
use crate::moments::grown_by;

// T20: a sync that sent nothing never says that it has.
#[test]
fn a_connection_that_falls_without_a_word_is_no_success() {
    let mut town = Town::new();
    let node = town.chapter("Bergen");
    node.run(&["sync"]).done();
    node.run(&["import", &list_of(&town, &people(80, 5))]).done();
    let address = town.hub.quic_address();
    town.hub.kill();

    let config = Config { data: town.hub.data().to_owned(), clock: Arc::new(SystemClock) };
    let key = Hub::open(&config).unwrap().office().key.clone();
    let runtime = Runtime::new().unwrap();
    let endpoint = runtime.block_on(async { transport::listening_endpoint(&key, address).unwrap() });
    let accepting = endpoint.clone();
    runtime.spawn(async move {
        while let Some(incoming) = accepting.accept().await {
            if let Ok(connection) = incoming.await {
                let _ = connection.accept_bi().await;
            }
        }
    });
    let told = node.run(&["sync", "--json"]).refused(1);
    assert!(told.contains("the hub ended the session; nothing is lost"), "no advice: {told}");
    drop(runtime);
    drop(endpoint);

    town.hub.serve();
    checkers::sync_until_quiet(&node);
    checkers::all_are_in_step(&town.hub, &[&node]);
}

// T20, C2
#[test]
fn a_hub_that_is_asked_to_stop_in_the_middle_leaves_no_false_success() {
    let mut town = Town::new();
    let node = town.chapter("Bergen");
    node.run(&["sync"]).done();
    let mut rng = StdRng::seed_from_u64(9);
    let members = people(81, 500);
    let mut told = 0;
    for some in members.chunks(100) {
        node.run(&["import", &list_of(&town, some)]).done();
        let mut sync = node.start(&["sync"]);
        grown_by(rng.random_range(1..4_000), town.hub.data(), &mut sync);
        assert!(town.hub.stop().success());
        let run = sync.end();
        if run.code == Some(0) {
            logs::are_the_same(&node, &town.hub);
        } else {
            told += 1;
            // And not after the time that silence may last.
            let said = run.refused(1);
            assert!(said.contains("the hub ended the session"), "the hub went without a word: {said}");
        }
        logs::nothing_acknowledged_is_lost(&node, &town.hub);
        town.hub.serve();
    }
    println!("{told} of 5 syncs were told that the hub stops");
    checkers::sync_until_quiet(&node);
    checkers::all_are_in_step(&town.hub, &[&node]);
}
