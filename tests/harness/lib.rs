//! The federation harness: what the tests, the benchmarks and the demo share.
//!
//! `process` runs the real programs as their users do; `people` makes people up, with a marker in every field that must
//! stay in the chapter; `canaries` finds them; `checkers` and `logs` hold the invariants of the fault tests (C1 converged, C2 nothing lost or
//! twice, C4 no leak), `opened` looks behind a chapter's key, `invariants` those that hold in every store whatever a test was about (C3, C5, C7, C8), and are
//! looked at when a town is left; `rogue` is a device that keeps no rule; `line`, `disk` and `running` are what may go wrong around a program. Nothing here is
//! part of a program, and nothing waits for a length of time: every wait is for a condition, with a limit.

pub mod cable;
pub mod canaries;
pub mod checkers;
pub mod deeds;
pub mod disk;
pub mod ear;
pub mod federation;
pub mod invariants;
pub mod line;
pub mod logs;
pub mod model;
pub mod opened;
pub mod people;
pub mod process;
pub mod rogue;
pub mod running;
pub mod samples;
pub mod visitor;
