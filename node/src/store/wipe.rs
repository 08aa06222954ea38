//! A computer that its chapter has removed is asked to wipe what it holds. What opens the database goes first: from then on the
//! rest says nothing to anybody, whether or not a flash disk really lets go of it.
use std::io;
use std::path::{Path, PathBuf};

use helhet_protocol::log::Revocation;
use rusqlite::{Connection, Transaction};

use super::{StoreError, database_path, key_file, settings, slots};

const REMOVED: &str = "removed";

/// The chapter said so, and its key stands behind it.
pub fn note_removed(transaction: &Transaction<'_>, revocation: &Revocation) -> rusqlite::Result<()> {
    settings::write(transaction, REMOVED, &revocation.time.to_be_bytes())
}

/// Whether the chapter has removed this computer.
pub fn is_removed(connection: &Connection) -> Result<bool, StoreError> {
    Ok(settings::read(connection, REMOVED)?.is_some())
}

/// Wipes all that this program keeps in a folder; what else lies there stays.
///
/// # Errors
/// When a file cannot be removed, for instance because a program has it open. What opens the database is gone by then, or it
/// is the first that could not be removed.
pub fn wipe(folder: &Path) -> Result<(), WipeError> {
    for path in [slots::path(folder), key_file::path(folder)] {
        if path.exists() {
            key_file::overwrite_and_remove(&path)
                .map_err(|source| WipeError { path: path.clone(), source })?;
        }
    }
    let database = database_path(folder);
    for ending in ["", "-wal", "-shm"] {
        let mut name = database.clone().into_os_string();
        name.push(ending);
        remove(PathBuf::from(name))?;
    }
    remove(folder.join("sync.lock"))
}

fn remove(path: PathBuf) -> Result<(), WipeError> {
    match std::fs::remove_file(&path) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(source) => Err(WipeError { path, source }),
    }
}

/// A file is left.
#[derive(Debug, thiserror::Error)]
#[error(
    "{path} could not be removed: close what has it open, and remove it; nothing in it can be read any more once helhet.key and helhet.slots are gone"
)]
pub struct WipeError {
    path: PathBuf,
    #[source]
    source: io::Error,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_opens_it_goes_and_what_is_not_ours_stays() {
        // N8, T17
        let folder = tempfile::tempdir().unwrap();
        for name in ["helhet.db", "helhet.db-wal", "helhet.key", "helhet.slots", "sync.lock", "holiday.jpg"] {
            std::fs::write(folder.path().join(name), "x".repeat(70)).unwrap();
        }
        wipe(folder.path()).unwrap();
        wipe(folder.path()).unwrap();
        let left: Vec<_> =
            std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["holiday.jpg"]);
    }
}
