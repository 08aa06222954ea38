//! Random schedules by seed: chapters and the office work apart, meet, and must agree with the plain model.
//!
//! `HELHET_SEEDS=200 cargo nextest run -p helhet-tests --test simulation` runs as many seeds; `HELHET_SEED=7` runs one.

#![allow(clippy::unwrap_used, reason = "a test may fall over")]

mod faults;
mod midnight;
mod three_chapters;
