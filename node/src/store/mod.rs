//! The node's only SQL: one file per table family, over the storage that both programs share.
//!
//! One database, encrypted, in the data folder. One writer, a few readers; nothing here decides anything.
use std::path::{Path, PathBuf};

use helhet_shared::sqlite::{
    Database, DatabaseKey, FINGERPRINTS, MEMBERS, MigrateError, Migration, OpenError, RETIRED, STORAGE,
    migrate,
};

pub mod applicants;
pub mod arrived;
pub mod contents;
pub mod copies;
pub mod entries;
pub mod exchange;
pub mod identity;
pub mod imports;
pub mod key_file;
pub mod keyring;
pub mod members;
pub mod owed;
pub mod refusals;
pub mod settings;
pub mod setup;
pub mod supporters;
pub mod users;
pub mod waiting;

pub use key_file::KeyFileError;

/// All migrations, oldest first. The number of those applied is the database's `user_version`.
pub const MIGRATIONS: &[Migration] = &[
    STORAGE,
    Migration::new("0002_node", include_str!("../../migrations/0002_node.sql")),
    Migration::new("0003_decided", include_str!("../../migrations/0003_decided.sql")),
    Migration::new("0004_withheld", include_str!("../../migrations/0004_withheld.sql")),
    FINGERPRINTS,
    Migration::new("0005_counted", include_str!("../../migrations/0005_counted.sql")),
    MEMBERS,
    Migration::new("0006_sealed", include_str!("../../migrations/0006_sealed.sql")),
    Migration::new("0007_devices", include_str!("../../migrations/0007_devices.sql")),
    RETIRED,
];

/// The data folder and the database in it.
#[derive(Debug)]
pub struct Store {
    folder: PathBuf,
    database: Database,
}

impl Store {
    /// Opens the store of a folder that has been joined (or is being joined: `key` is then new).
    pub fn open(folder: &Path, key: DatabaseKey) -> Result<Self, StoreError> {
        let database = Database::open(&database_path(folder), Some(key))?;
        migrate(&database, MIGRATIONS)?;
        Ok(Self { folder: folder.to_owned(), database })
    }

    /// Opens an existing store with the key in its folder.
    pub fn open_existing(folder: &Path) -> Result<Self, StoreError> {
        if !exists(folder) {
            return Err(StoreError::NothingHere { folder: folder.to_owned() });
        }
        Self::open(folder, key_file::read(folder)?)
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub fn database(&self) -> &Database {
        &self.database
    }
}

/// Whether the folder holds a node's database.
pub fn exists(folder: &Path) -> bool {
    database_path(folder).is_file()
}

/// Where a folder's database lies.
pub fn database_path(folder: &Path) -> PathBuf {
    folder.join("helhet.db")
}

/// Why a store cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("there is no chapter in {folder}: join one first (helhet-node join)")]
    NothingHere { folder: PathBuf },
    #[error(
        "joining was broken off here: repeat `helhet-node join` with the invite, or a new one of the same chapter"
    )]
    HalfJoined,
    #[error(
        "this chapter's records are not all here yet: repeat the `helhet-node join` or `helhet-node restore` that began it"
    )]
    HalfRestored,
    #[error(transparent)]
    Key(#[from] KeyFileError),
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Migrate(#[from] MigrateError),
    #[error("the database answered with an error")]
    Sqlite(#[from] rusqlite::Error),
    #[error("an entry does not follow the one before it")]
    OutOfOrder,
    #[error("the database holds something that cannot be read: {what}")]
    Damaged { what: &'static str },
}

#[cfg(test)]
mod tests {
    use super::MIGRATIONS;

    /// Databases count how many of these they have, so this list grows at its end and changes nowhere else: a step that
    /// is put in before others is never carried out where those are in, and theirs again.
    #[test]
    fn migrations_keep_their_places() {
        let names: Vec<&str> = MIGRATIONS.iter().map(|migration| migration.name).collect();
        let known = [
            "0001_storage",
            "0002_node",
            "0003_decided",
            "0004_withheld",
            "0002_fingerprints",
            "0005_counted",
            "0003_members",
            "0006_sealed",
            "0007_devices",
            "0004_retired",
        ];
        assert_eq!(names, known);
    }
}
