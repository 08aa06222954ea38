//! The node's only SQL: one file per table family, over the storage that both programs share.
//!
//! One database, encrypted, in the data folder. One writer, a few readers; nothing here decides anything.
use std::path::{Path, PathBuf};

use helhet_shared::sqlite::{
    Database, DatabaseKey, ERASURES, FINGERPRINTS, FIRST_HEARD, HELD, MEMBERS, MigrateError, Migration,
    NUMBERS, OpenError, PASSKEYS, RETIRED, SECOND_FACTORS, STORAGE, migrate,
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
pub mod lent_lists;
pub mod lock;
pub mod members;
pub mod owed;
pub mod peer_support;
pub mod refusals;
pub mod register;
pub mod settings;
pub mod setup;
pub mod slots;
pub mod supporters;
pub mod user_keys;
pub mod users;
pub mod waiting;
pub mod wipe;

pub use key_file::KeyFileError;
pub use slots::SlotsError;

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
    Migration::new("0008_slots", include_str!("../../migrations/0008_slots.sql")),
    SECOND_FACTORS,
    NUMBERS,
    Migration::new("0009_user_roles", include_str!("../../migrations/0009_user_roles.sql")),
    Migration::new("0010_lent_lists", include_str!("../../migrations/0010_lent_lists.sql")),
    ERASURES,
    PASSKEYS,
    HELD,
    FIRST_HEARD,
    Migration::new("0011_user_keys", include_str!("../../migrations/0011_user_keys.sql")),
];

/// The data folder and the database in it.
#[derive(Debug)]
pub struct Store {
    folder: PathBuf,
    database: Database,
    key: DatabaseKey,
}

impl Store {
    /// Opens the store of a folder that has been joined (or is being joined: `key` is then new).
    pub fn open(folder: &Path, key: DatabaseKey) -> Result<Self, StoreError> {
        let database = Database::open(&database_path(folder), Some(key.clone()))?;
        migrate(&database, MIGRATIONS)?;
        Ok(Self { folder: folder.to_owned(), database, key })
    }

    /// Opens an existing store with the key in its folder; [`StoreError::Locked`] where a passphrase has to open it.
    pub fn open_existing(folder: &Path) -> Result<Self, StoreError> {
        if !exists(folder) {
            return Err(StoreError::NothingHere { folder: folder.to_owned() });
        }
        if lock::is_locked(folder) {
            return Err(StoreError::Locked);
        }
        if !key_file::path(folder).exists() {
            return Err(StoreError::Keyless { folder: folder.to_owned() });
        }
        let store = Self::open(folder, key_file::read(folder)?)?;
        lock::sweep(&store)?;
        Ok(store)
    }

    /// Opens an existing store by a passphrase.
    pub fn unlock(folder: &Path, passphrase: &str) -> Result<Self, StoreError> {
        if !exists(folder) {
            return Err(StoreError::NothingHere { folder: folder.to_owned() });
        }
        lock::unlock(folder, passphrase)
    }

    /// What opens the database, for who wraps it anew.
    pub(crate) fn key(&self) -> &DatabaseKey {
        &self.key
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
    #[error("the chapter's data is locked: give a passphrase that opens it, with --passphrase-file FILE")]
    Locked,
    #[error("this passphrase does not open the chapter's data")]
    WrongPassphrase,
    #[error(
        "what opens the database is missing from {folder}: helhet.slots, or helhet.key where the key lies in a file; put it back, or restore a backup"
    )]
    Keyless { folder: PathBuf },
    #[error(transparent)]
    Slots(#[from] SlotsError),
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
            "0008_slots",
            "0005_second_factors",
            "0006_numbers",
            "0009_user_roles",
            "0010_lent_lists",
            "0007_erasures",
            "0007_passkeys",
            "0008_held",
            "0009_first_heard",
            "0011_user_keys",
        ];
        assert_eq!(names, known);
    }
}
