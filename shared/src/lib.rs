//! Helhet's domain: supporters as documents in zones, commands, the gate, and what both programs need around them.
//!
//! Pure: no network, no HTTP, no SQL of a program's own, no randomness and no time but what is handed in.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod clock;
pub mod command;
pub mod document;
pub mod erasures;
pub mod export;
pub mod gate;
pub mod id;
pub mod import;
#[cfg(feature = "planted-bug")]
pub mod planted_bug;
pub mod private_file;
pub mod projection;
pub mod rights;
pub mod schema;
#[cfg(feature = "second-factor")]
pub mod second_factor;
#[cfg(feature = "sqlite")]
pub mod sqlite;
pub mod supporter;
#[cfg(feature = "web")]
pub mod web;
pub mod zone;
