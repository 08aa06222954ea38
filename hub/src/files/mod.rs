//! Files in and out: exports, backups, the linker on its own. Imports stand on [`OfficeBatch`].

mod backup;
mod export;
mod import;
mod link_file;
mod office_batch;
#[cfg(test)]
mod tests;

pub use backup::{BackupError, backup, restore};
pub use export::{ExportFormat, export};
pub use import::{GiftImport, ImportError, import_gifts};
pub use link_file::{LinkFileError, link_file};
pub use office_batch::{OfficeBatch, OfficeBatchError};
