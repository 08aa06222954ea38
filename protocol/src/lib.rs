//! Helhet's wire: identities, certificates, signed logs, frames and the QUIC session. Knows bytes, not supporters.
//!
//! Read `SPEC.md` first: it is normative. From below to above: [`identity`] says who signs, [`log`] what is signed,
//! [`v1`] how it looks on the wire, [`frame`] how a message is cut out of a stream, [`session`] the conversation
//! without any IO, and [`transport`] runs that conversation over QUIC. [`seal`] is what stands in sealed bodies, for who has
//! the keys.
//!
//! This crate must never look inside a body: it imports none of our other crates, no automerge and no SQL.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod frame;
pub mod identity;
pub mod log;
#[cfg(test)]
mod memory_store;
mod packed;
#[cfg(feature = "planted-bug")]
pub mod planted_bug;
pub mod seal;
pub mod session;
pub mod transport;
pub mod v1;
