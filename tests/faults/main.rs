//! Real faults with the real programs: each file does one thing to a hub and its chapters that happens in offices and
//! basements, and then asks the checkers (C1 …) whether anything was lost, doubled or half done.
//!
//! How often is drawn by seed and set from outside, so that a handful runs with every change and hundreds by hand:
//! `HELHET_DEATHS=200`, `HELHET_NETWORKS=50`, `HELHET_IMAGES=100`, `HELHET_CROWD=300`.

#![allow(clippy::unwrap_used, reason = "a test may fall over")]

mod busy;
mod crowd;
mod deaths;
mod dropped;
mod full_disk;
mod list;
mod moments;
mod network;
mod power_loss;
mod stopped;
mod strangers;

/// A number set from outside, or the one that is used where none is set.
fn from_outside(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().map_or(usual, |number| {
        number.parse().unwrap_or_else(|_| panic!("{name} is a number, not {number:?}"))
    })
}
