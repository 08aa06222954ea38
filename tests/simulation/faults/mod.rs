//! Ring one: sessions over stores in memory, with no socket, no sleep and no clock. A schedule is made of its seed alone:
//! one hub and up to four chapters, some with two devices, write, dial, ask, are cut off, lose power, are thrown back to old
//! images, doubled, revoked and lied to; then comes quiet time, and the checkers look at what every store holds.
//!
//! `HELHET_SCHEDULES=20000 cargo nextest run -p helhet-tests --test simulation faults` runs as many schedules;
//! `HELHET_SEED=7` runs one. A seed that failed once stays here as a test with a name.

mod checkers;
mod contents;
mod desk;
mod end;
mod hostile;
mod link;
mod machine;
mod papers;
mod planted;
mod schedule;
mod store;
mod storing;
mod world;

use std::collections::BTreeMap;

use schedule::run;

/// As many as a change is tried with.
const SCHEDULES: u64 = 2_000;

/// What must happen somewhere among them, or they try nothing.
const HAPPENS: [&str; 22] = [
    "Cut",
    "CutOneWay",
    "CrashHub",
    "crash after commit",
    "Restore",
    "RestoreHub",
    "Clone",
    "ThrowBack",
    "Clock",
    "RevokeTelephone",
    "HostileAtHub",
    "HostileAtNode",
    "mended",
    "Rot",
    "filled",
    "answered",
    "reconciled",
    "said fork",
    "said revoked",
    "said not-allowed",
    "said unexpected",
    "said retired-refused",
];

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|text| text.parse().ok())
}

/// The seeds are dealt to two tests, so that two cores have work.
fn run_schedules(hand: u64) {
    let seeds = match number("HELHET_SEED") {
        Some(seed) => seed..=seed,
        None => 1..=number("HELHET_SCHEDULES").unwrap_or(SCHEDULES),
    };
    let mut failed = Vec::new();
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    let mut ran = 0;
    for seed in seeds.filter(|seed| seed % 2 == hand) {
        ran += 1;
        let Ok((violations, happened)) = std::panic::catch_unwind(|| run(seed, None)) else {
            failed.push(seed);
            eprintln!("seed {seed}: fell over");
            continue;
        };
        happened.into_iter().for_each(|(what, times)| *counts.entry(what).or_default() += times);
        if !violations.is_empty() {
            failed.push(seed);
            violations.iter().for_each(|found| eprintln!("seed {seed}: {}: {}", found.checker, found.what));
        }
    }
    assert!(failed.is_empty(), "failing seeds, replay one with HELHET_SEED=N: {failed:?}");
    let missing: Vec<_> = HAPPENS.into_iter().filter(|what| !counts.contains_key(*what)).collect();
    assert!(ran < SCHEDULES / 2 || missing.is_empty(), "never happened: {missing:?}, only {counts:?}");
}

/// A schedule in which something was wrong once.
fn holds(seed: u64) {
    let (violations, _) = run(seed, None);
    assert!(violations.is_empty(), "{violations:?}");
}

// C1: the notice of a refusal rotted away at the hub, and the device was restored from before it had it.
#[test]
fn what_was_refused_is_refused_again_when_both_have_lost_the_notice() {
    holds(58_552);
    holds(103_252);
}

// C1, C3: a chapter's other device narrowed while entries were on their way, and then the hub was restored.
#[test]
fn an_entry_that_a_floor_has_emptied_waits_for_the_floor() {
    holds(153_661);
}

#[test]
fn whatever_happens_nothing_is_lost_and_all_agree_odd_seeds() {
    run_schedules(1);
}

#[test]
fn whatever_happens_nothing_is_lost_and_all_agree_even_seeds() {
    run_schedules(0);
}
