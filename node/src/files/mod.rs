//! Files that go in and out: imports, exports, backups.
pub mod backup;
pub mod export;
mod import;

pub use import::{ImportError, Imported, Preview, carry_out, preview, undo};

#[cfg(test)]
mod locked_tests;
