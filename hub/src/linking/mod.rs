//! Who is the same real supporter. Everything here is pure: records in, clusters out; storing is `store/links.rs`.
//!
//! A link is a statement about two records, never a change to either of them: taking it back loses nothing (N9).
//! A person's decision stands above any [`Linker`]: a pair that somebody called different is never put together again,
//! a pair that somebody called the same is never taken apart (design §7).
//!
//! The clusters are a function of the records and the decisions alone, whatever the order of their arrival, so that
//! an incremental run and a rebuild give equal tables.

mod candidates;
mod cluster;
mod compare;
mod decisions;
#[cfg(test)]
mod tests;

pub use cluster::{Clustering, cluster};
pub use compare::{Birth, Comparable, ExactLinker, Likeness, Linker, normalised_name};
pub use decisions::{Decision, Decisions};
