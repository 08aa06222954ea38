//! Every chapter at once: all laptops are opened on the evening of the same circular. A few here; `HELHET_CROWD=300` with
//! `HELHET_CROWD_CHANGES=500` for the whole country (T21, C1, C9).
//!
//! The hub is the real program; the chapters' programs are their library, all in this process, since hundreds of
//! processes measure the machine and not the hub.

use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use helhet_node::Node;
use helhet_node::join::join;
use helhet_node::sync::Pass;
use helhet_node::write::IMPORT_LINES_PER_ENTRY;
use helhet_shared::clock::SystemClock;
use helhet_shared::command::SupporterInput;
use helhet_tests::deeds::input;
use helhet_tests::federation::accept_the_agreement;
use helhet_tests::invariants::HUB_MEMORY_MAX;
use helhet_tests::logs;
use helhet_tests::people::people;
use helhet_tests::process::{Town, wait_until};
use helhet_tests::running::peak_memory;
use tokio::runtime::Runtime;
use tokio::sync::Barrier;

use crate::from_outside;
use crate::list::cards;

// T21, C1, C9
#[test]
fn all_chapters_at_once_are_in_step_and_none_waits_for_ever() {
    let chapters = from_outside("HELHET_CROWD", 12);
    let changes = from_outside("HELHET_CROWD_CHANGES", 20);
    let mut town = Town::new();
    let runtime = Runtime::new().unwrap();
    more_files_than_usual();
    let nodes = found(&town, &runtime, chapters, changes);

    let at_once = Arc::new(Barrier::new(nodes.len()));
    let began = Instant::now();
    let meeting: Vec<_> = nodes
        .iter()
        .map(|node| {
            let (node, at_once) = (node.clone(), at_once.clone());
            runtime.spawn(async move {
                at_once.wait().await;
                let began = Instant::now();
                let (pass, again) = until_it_gets_through(&node).await;
                (pass, again, began.elapsed())
            })
        })
        .collect();
    let mut took: Vec<Duration> = Vec::new();
    let mut again = 0;
    for met in meeting {
        let (pass, times, time) = runtime.block_on(met).unwrap();
        assert!(times > 0 || pass.changes_out >= changes, "{pass:?}");
        assert_eq!(pass.refused, 0);
        again += times;
        took.push(time);
    }
    let all = began.elapsed();
    took.sort();
    let hub = town.hub.process().unwrap();
    println!(
        "{chapters} chapters of {changes}: all in {all:.1?}; one took {:.1?} (median), {:.1?} (slowest), {again} tries failed; hub's memory {} MiB at most",
        took[took.len() / 2],
        took[took.len() - 1],
        peak_memory(hub) >> 20,
    );

    for node in &nodes {
        let idle = runtime.block_on(node.sync()).unwrap();
        assert_eq!((idle.entries_out, idle.entries_in, idle.round_trips), (0, 0, 1), "{idle:?}");
        let held = logs::of_store(node.store());
        assert_eq!(held.held, logs::of_hub(&town.hub, &held.chapter));
    }
    let began = Instant::now();
    let mut left = u64::MAX;
    while left > 0 {
        // However many there are: the office gets on.
        wait_until("the office projects what is left", || {
            let now = town.hub.run(&["doctor", "--json"]).json()["changes_to_project"].as_u64().unwrap();
            let fewer = now < left;
            left = left.min(now);
            fewer
        });
    }
    println!("the office had projected all of it {:.1?} later", began.elapsed());
    assert_eq!(cards(&town.hub).len() as u64, chapters * changes);
    town.hub.run(&["doctor"]).done();
    // C8, of a crowd: besides what the hub needs, what each session may have on its way, four batches of 256 KiB.
    let most = HUB_MEMORY_MAX.max((64 + chapters) << 20);
    assert!(peak_memory(town.hub.process().unwrap()) < most);
    town.hub.stop();
}

/// As users do, and programs that stay connected: a hub that is overrun is asked again. How often that was.
async fn until_it_gets_through(node: &Node) -> (Pass, usize) {
    for failed in 0..10 {
        match node.sync().await {
            Ok(pass) => return (pass, failed),
            Err(error) => println!("asked again: {error:?}"),
        }
    }
    panic!("{} never gets through", node.identity().chapter_name);
}

/// All chapters, some at a time.
fn found(town: &Town, runtime: &Runtime, chapters: u64, changes: u64) -> Vec<Node> {
    const HANDS: usize = 4;
    std::thread::scope(|scope| {
        let hands: Vec<_> = (0..HANDS as u64)
            .map(|hand| {
                let numbers = (hand..chapters).step_by(HANDS);
                scope.spawn(move || numbers.map(|number| chapter(town, runtime, number, changes)).collect())
            })
            .collect();
        hands.into_iter().flat_map(|hand| -> Vec<Node> { hand.join().unwrap() }).collect()
    })
}

/// A chapter that has joined, with members whom the hub does not know.
fn chapter(town: &Town, runtime: &Runtime, number: u64, changes: u64) -> Node {
    let name = format!("Lokallag {number}");
    let (folder, invite) = (town.folder().join(&name), town.invite(&name));
    let joined = runtime.block_on(join(&folder, &invite, "laptop", Arc::new(SystemClock)));
    let node = joined.unwrap_or_else(|error| panic!("{name} could not join: {error}")).node;
    accept_the_agreement(&node);
    let members: Vec<SupporterInput> = people(1_000 + number, u32::try_from(changes).unwrap())
        .iter()
        .map(|person| input(person, true))
        .collect();
    for some in members.chunks(IMPORT_LINES_PER_ENTRY) {
        let registered =
            node.writer().act(|deed| some.iter().try_for_each(|one| deed.register(one).map(drop)));
        registered.unwrap();
    }
    node
}

/// Hundreds of stores in one process are thousands of open files.
fn more_files_than_usual() {
    let own = std::process::id().to_string();
    // Where it is not allowed, few chapters do without.
    let _ = Command::new("prlimit").args(["--pid", &own, "--nofile=20000:"]).status();
}
