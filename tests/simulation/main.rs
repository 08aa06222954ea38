//! Random schedules by seed. `three_chapters`: chapters and the office work apart, meet, and must agree with the plain
//! model. `faults`: whatever goes wrong under the session, nothing is lost and all agree.
//!
//! `HELHET_SEEDS=200 cargo nextest run -p helhet-tests --test simulation three` runs as many seeds of the former,
//! `HELHET_SCHEDULES=20000 … faults` of the latter; `HELHET_SEED=7` runs one.

#![allow(clippy::unwrap_used, reason = "a test may fall over")]

mod faults;
mod midnight;
mod three_chapters;
