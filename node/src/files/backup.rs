//! Backups: one encrypted file, and its key beside it in a file of its own, to be kept apart.
//!
//! A restored store is a new store: it gets a new id and a new incarnation of its logs, and takes the hub's floors
//! before it sends anything, so that nobody who was erased since comes back.
use std::path::{Path, PathBuf};

use helhet_shared::sqlite::DatabaseKey;

use crate::store::{self, Store, StoreError, identity, key_file};

/// Writes a backup to `out` and its key to `out` with `.key` after it.
pub fn backup(store: &Store, out: &Path) -> Result<PathBuf, BackupError> {
    let key_out = key_beside(out);
    for path in [out, &key_out] {
        if path.exists() {
            return Err(BackupError::Exists { path: path.to_owned() });
        }
    }
    store.database().copy_to(out).map_err(StoreError::from)?;
    copy_private(&key_file::path(store.folder()), &key_out)?;
    Ok(key_out)
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
            identity.incarnation = rand::random();
            identity::write(transaction, &identity)?;
        }
        helhet_shared::sqlite::documents::renew_actors(transaction)?;
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
