//! Helhet's chapter program: the full record of a chapter's supporters, at work with or without a network.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod files;
pub mod project;
pub mod store;
pub mod sync;
pub mod web;
pub mod write;
