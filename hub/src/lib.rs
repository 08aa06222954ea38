//! Helhet's national office program.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod linking;
