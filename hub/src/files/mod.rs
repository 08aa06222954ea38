//! Files in and out: imports and their undoing, exports, backups, the linker on its own.

mod backup;
mod export;
mod gift_lines;
mod import;
mod link_file;
mod office_batch;
mod supporter_lines;
#[cfg(test)]
mod tests;
mod undo;

pub use backup::{BackupError, backup, backup_keys, restore};
pub use export::{ExportFormat, export};
pub use import::{ImportError, Imported, ListFile, guess, import, may_mean};
pub use link_file::{LinkFileError, link_file};
pub use office_batch::{OfficeBatch, OfficeBatchError};
pub use undo::{undo, would_undo};
