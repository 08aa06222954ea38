//! The SQLite storage both programs share: how a database is opened, how its schema moves forward, and the four table
//! families that are the same at both ends (signed log, document snapshots, tombstones, peers' positions).
//!
//! Bytes in, bytes out: this module knows neither supporters nor signatures. Its functions take the caller's
//! transaction and never open one, so that one deed is one commit. It must never write a change that lies under its
//! document's floor: [`log::append`] and [`documents::save`] are the only ways in, and both ask [`tombstones`] first.
pub mod comparisons;
pub mod documents;
pub mod erasures;
pub mod fingerprints;
pub mod held;
pub mod log;
pub mod members;
mod migrate;
mod open;
pub mod passkeys;
pub mod retired;
pub mod second_factors;
pub mod tombstones;
mod trouble;

pub use migrate::{MigrateError, Migration, migrate};
pub use open::{Database, DatabaseKey, OpenError};
pub use trouble::advice;

/// The shared tables, to be the first migration of each program. Never edited once released.
pub const STORAGE: Migration = Migration::new("0001_storage", include_str!("0001_storage.sql"));

/// Fingerprints of what is held, for a later migration of each program. Never edited once released.
pub const FINGERPRINTS: Migration = Migration {
    then: Some(fingerprints::count_all),
    ..Migration::new("0002_fingerprints", include_str!("0002_fingerprints.sql"))
};

/// Who writes for a chapter, for a later migration of each program. Never edited once released.
pub const MEMBERS: Migration = Migration::new("0003_members", include_str!("0003_members.sql"));

/// What is retired of each chapter, counted as it grows, for a later migration of each program. Never edited once released.
pub const RETIRED: Migration = Migration {
    then: Some(retired::count_all),
    ..Migration::new("0004_retired", include_str!("0004_retired.sql"))
};
/// What people have beside their passwords, for a later migration of each program. Never edited once released.
pub const SECOND_FACTORS: Migration =
    Migration::new("0005_second_factors", include_str!("0005_second_factors.sql"));

/// Numbers of entries are not given twice, for a later migration of each program. Never edited once released.
pub const NUMBERS: Migration = Migration::new("0006_numbers", include_str!("0006_numbers.sql"));

/// The register of erasures, for a later migration of each program. Never edited once released.
pub const ERASURES: Migration = Migration::new("0007_erasures", include_str!("0007_erasures.sql"));
/// Passkeys beside the second factor, for a later migration of each program. Never edited once released.
pub const PASSKEYS: Migration = Migration::new("0007_passkeys", include_str!("0007_passkeys.sql"));

/// Erasures that wait for a second word, for a later migration of each program. Never edited once released.
pub const HELD: Migration = Migration::new("0008_held", include_str!("0008_held.sql"));

/// Since when each device is known, for a later migration of each program. Never edited once released.
pub const FIRST_HEARD: Migration = Migration::new("0009_first_heard", include_str!("0009_first_heard.sql"));

/// 16 random bytes: a chapter's or a document's id as stored.
pub type Id = [u8; 16];
/// A SHA-256 hash.
pub type Hash = [u8; 32];

/// Which life of a document a row belongs to, as stored: its number and 64 random bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StoredGeneration {
    pub number: u32,
    pub random: u64,
}

#[cfg(test)]
mod tests;
