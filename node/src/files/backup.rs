//! Backups: one encrypted file, and its key beside it in a file of its own, to be kept apart.
//!
//! A restored store is a new store: it gets a new id and a new incarnation of its logs, and takes the hub's floors
//! before it sends anything, so that nobody who was erased since comes back.
use std::path::{Path, PathBuf};

use helhet_shared::private_file;
use helhet_shared::sqlite::DatabaseKey;
use zeroize::Zeroizing;

use crate::store::{self, Store, StoreError, identity, key_file};

/// Writes a backup to `out` and its key to `out` with `.key` after it, both their owner's alone. The backup is there last.
pub fn backup(store: &Store, out: &Path) -> Result<PathBuf, BackupError> {
    let key_out = key_beside(out);
    for path in [out, &key_out] {
        if path.exists() {
            return Err(BackupError::Exists { path: path.to_owned() });
        }
    }
    let key = key_file::path(store.folder());
    let key = Zeroizing::new(std::fs::read(&key).map_err(|source| failed(&key, source))?);
    private_file::write(&key_out, &key).map_err(|source| failed(&key_out, source))?;
    let copy = |beside: &Path| Ok(store.database().copy_to(beside).map_err(StoreError::from)?);
    let made = private_file::make(out, copy, |source| failed(out, source));
    if made.is_err() {
        let _ = std::fs::remove_file(&key_out);
    }
    made.map(|()| key_out)
}

/// Makes a folder's store from a backup and its key.
pub fn restore(folder: &Path, from: &Path) -> Result<(), BackupError> {
    if store::exists(folder) {
        return Err(BackupError::Exists { path: store::database_path(folder) });
    }
    let key_from = key_beside(from);
    for path in [from, &key_from] {
        if !path.is_file() {
            return Err(BackupError::Missing { path: path.to_owned() });
        }
    }
    std::fs::create_dir_all(folder).map_err(|source| failed(folder, source))?;
    let key_here = key_file::path(folder);
    let same_key = |path: &Path| std::fs::read(path).ok() == std::fs::read(&key_from).ok();
    if key_here.exists() && !same_key(&key_here) {
        return Err(BackupError::Exists { path: key_here });
    }
    // Made ready in a folder of its own and then moved into place: a copy under the original's names would go on in the
    // original's logs, so there must be no moment in which it can be opened.
    let unfinished = folder.join("restoring");
    let _ = std::fs::remove_dir_all(&unfinished);
    let ready = make_ready(&unfinished, from, &key_from);
    let moved = ready.and_then(|()| {
        move_in(&key_file::path(&unfinished), &key_file::path(folder))?;
        move_in(&store::database_path(&unfinished), &store::database_path(folder))
    });
    let _ = std::fs::remove_dir_all(&unfinished);
    moved
}

fn make_ready(unfinished: &Path, from: &Path, key_from: &Path) -> Result<(), BackupError> {
    std::fs::create_dir_all(unfinished).map_err(|source| failed(unfinished, source))?;
    copy_private(key_from, &key_file::path(unfinished))?;
    let database = store::database_path(unfinished);
    std::fs::copy(from, &database).map_err(|source| failed(&database, source))?;
    renew(unfinished)
}

fn move_in(from: &Path, to: &Path) -> Result<(), BackupError> {
    let synced = std::fs::File::open(from).and_then(|file| file.sync_all());
    synced.and_then(|()| std::fs::rename(from, to)).map_err(|source| failed(to, source))
}

/// A copy must not go on in the original's logs. Closes the store, so that all is in its one file.
fn renew(folder: &Path) -> Result<(), BackupError> {
    let key: DatabaseKey = key_file::read(folder).map_err(StoreError::from)?;
    let store = Store::open(folder, key)?;
    store.database().write(|transaction| -> Result<(), StoreError> {
        if let Some(mut identity) = identity::read(transaction)? {
            identity.store = rand::random();
            identity::write(transaction, &identity)?;
        }
        identity::begin_life(transaction)?;
        Ok(())
    })?;
    store.database().checkpoint().map_err(StoreError::from)?;
    Ok(())
}

fn key_beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".key");
    name.into()
}

fn copy_private(from: &Path, to: &Path) -> Result<(), BackupError> {
    // The mode travels with the copy on systems that have modes.
    std::fs::copy(from, to).map_err(|source| failed(to, source))?;
    Ok(())
}

fn failed(path: &Path, source: std::io::Error) -> BackupError {
    BackupError::Io { path: path.to_owned(), source }
}

/// Why there is no backup, or nothing was restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error("{path} exists already; nothing was overwritten")]
    Exists { path: PathBuf },
    #[error("{path} is missing: a backup is a file and its key, with .key after its name")]
    Missing { path: PathBuf },
    #[error("{path} cannot be read or written")]
    Io {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error(transparent)]
    Store(#[from] StoreError),
}

#[cfg(test)]
mod tests {
    use super::*;

    // S2.7: a backup and its key are their owner's alone, and there is no half one.
    #[test]
    fn a_backup_is_private_and_whole() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        std::fs::create_dir(&data).unwrap();
        let key = key_file::make(&data, &mut rand::rng()).unwrap();
        let store = Store::open(&data, key).unwrap();
        let out = folder.path().join("backup.db");
        let key_out = backup(&store, &out).unwrap();
        #[cfg(unix)]
        for path in [&out, &key_out] {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(std::fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600, "{path:?}");
        }
        assert!(matches!(backup(&store, &out), Err(BackupError::Exists { .. })));
        let restored = folder.path().join("restored");
        restore(&restored, &out).unwrap();
        Store::open_existing(&restored).unwrap();

        std::fs::remove_file(key_file::path(&data)).unwrap();
        let half = folder.path().join("half.db");
        assert!(backup(&store, &half).is_err(), "there is no key to go with it");
        assert!(!half.exists());
    }
}
