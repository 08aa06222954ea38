//! The two of a release meet, brought up to date both: what was written and not sent then arrives now.
//!
//! Through the programs' libraries, because a certificate of then has to hold: the clock stands an hour after the folders
//! were written.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use chrono::TimeDelta;
use helhet_hub::{Config, Hub, ServeConfig};
use helhet_node::Node;
use helhet_shared::clock::TestClock;
use helhet_tests::{checkers, logs};
use serde_json::json;
use tokio::runtime::Runtime;

use crate::story::{card, healthy, texts};
use crate::{Golden, all};

#[test]
fn what_was_not_sent_then_arrives_now_and_both_agree() {
    for golden in all() {
        let release = &golden.release;
        meet(&golden);

        let new = card(&golden.hub, "sanne.devries");
        assert_eq!(new["name"]["family"], "de Vries", "{release}");
        let liv = card(&golden.hub, "liv.dahl");
        assert_eq!(liv["addresses"][0]["value"]["street"], "Nygata 3", "{release}: {liv}");
        let aase = card(&golden.node, "aase.moen");
        assert_eq!(aase["addresses"][0]["street"], "Øvregaten 12", "{release}: {aase}");
        let outcomes = texts(&card(&golden.hub, "aase.moen")["corrections"], "/outcome");
        assert_eq!(outcomes, ["shown", "shown"], "{release}");
        let notes = &card(&golden.node, "sanne.devries")["notes"];
        assert_eq!(notes[0]["text"], "Not sent yet.", "{release}");

        for gone in ["gone.forgotten", "Forgotten"] {
            for at in [&golden.node, &golden.hub] {
                let found = at.run(&["supporters", "--search", gone, "--json"]).json();
                assert_eq!(found, json!([]), "{release}: who was erased stays so");
            }
        }
        logs::are_the_same(&golden.node, &golden.hub);
        checkers::rebuild_changes_nothing(&golden.node);
        checkers::rebuild_changes_nothing(&golden.hub);
        healthy(&golden, 0);
    }
}

/// Meets until neither has anything more to say, and both know that they hold the same.
fn meet(golden: &Golden) {
    let clock = Arc::new(TestClock::at(golden.made + TimeDelta::hours(1)));
    let runtime = Runtime::new().unwrap();
    let hub = Hub::open(&Config { data: golden.hub.data().to_owned(), clock: clock.clone() }).unwrap();
    let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let config = ServeConfig { http: any, quic: any, public: None, reach: Default::default(), metrics: None };
    let serving = runtime.block_on(helhet_hub::serve(&hub, &config, helhet_hub::screens)).unwrap();
    let node = Node::open(golden.node.data(), clock).unwrap();
    let address = serving.quic.to_string();
    let pass = || runtime.block_on(node.sync_with(Some(&address), None)).unwrap().0;

    let first = pass();
    assert!(first.entries_out >= 2 && first.entries_in >= 1, "{}: {first:?}", golden.release);
    assert_eq!(first.refused, 0, "{}: {first:?}", golden.release);
    let quiet = (0..10).map(|_| pass()).find(|pass| pass.entries_out + pass.entries_in == 0);
    let quiet = quiet.unwrap_or_else(|| panic!("{}: the two never come to rest", golden.release));
    assert_eq!((quiet.round_trips, quiet.copy_met), (1, false), "{}: {quiet:?}", golden.release);
    hub.project().unwrap();
    runtime.block_on(serving.stop());
}
