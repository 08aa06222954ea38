//! The federation harness: what the tests, the benchmarks and the demo share.
//!
//! `process` runs the real programs as their users do; `people` makes people up, with a marker in every field that must
//! stay in the chapter; `checkers` holds the invariants of the fault tests (C1 converged, C4 no leak). Nothing here is
//! part of a program, and nothing waits for a length of time: every wait is for a condition, with a limit.

pub mod cable;
pub mod checkers;
pub mod deeds;
pub mod ear;
pub mod federation;
pub mod model;
pub mod people;
pub mod process;
pub mod samples;
pub mod visitor;
