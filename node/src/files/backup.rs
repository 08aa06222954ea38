//! Backups: one encrypted file, and what opens it beside it in a file of its own: the key (`.key`), to be kept apart, or
//! the slots of the passphrases (`.slots`), which need not be.
//!
//! A restored store is a new store: it gets a new id and a new incarnation of its logs, and takes the hub's floors
//! before it sends anything, so that nobody who was erased since comes back.
use std::path::{Path, PathBuf};

use helhet_shared::private_file;
use zeroize::Zeroizing;

use crate::access::{self, AccessError};
use crate::store::lock::{self, Keeping};
use crate::store::slots::{self, Slots};
use crate::store::{self, Store, StoreError, identity, key_file};

/// What lies beside a backup and opens it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opener {
    /// Whoever has it has the backup: to be kept apart.
    Key(PathBuf),
    /// The passphrases of the day of the backup open it.
    Slots(PathBuf),
}

impl Opener {
    fn path(&self) -> &Path {
        let (Opener::Key(path) | Opener::Slots(path)) = self;
        path
    }
}

/// What opens the backup in this file.
pub fn opener(backup: &Path) -> Result<Opener, BackupError> {
    let all = [Opener::Slots(beside(backup, ".slots")), Opener::Key(beside(backup, ".key"))];
    let found = all.into_iter().find(|opener| opener.path().is_file());
    found.ok_or_else(|| BackupError::Missing { path: beside(backup, ".key") })
}

/// Writes a backup to `out` and what opens it beside it, both their owner's alone. The backup is there last.
pub fn backup(store: &Store, out: &Path) -> Result<Opener, BackupError> {
    let opener = match lock::is_locked(store.folder()) {
        true => Opener::Slots(beside(out, ".slots")),
        false => Opener::Key(beside(out, ".key")),
    };
    for path in [out, opener.path()] {
        if path.exists() {
            return Err(BackupError::Exists { path: path.to_owned() });
        }
    }
    let made = match &opener {
        Opener::Key(key_out) => {
            let key = key_file::path(store.folder());
            let key = Zeroizing::new(std::fs::read(&key).map_err(|source| failed(&key, source))?);
            private_file::write(key_out, &key).map_err(|source| failed(key_out, source))?;
            copy(store, out)
        }
        Opener::Slots(slots_out) => {
            let here = slots::path(store.folder());
            let mut slots = Slots::read(&here).map_err(StoreError::from)?;
            copy(store, out).and_then(|()| {
                // A password may have been changed while the database was copied: one of the two is the copy's.
                slots.join(Slots::read(&here).map_err(StoreError::from)?);
                Ok(slots.write(slots_out).map_err(StoreError::from)?)
            })
        }
    };
    if made.is_err() {
        let _ = std::fs::remove_file(opener.path());
        let _ = std::fs::remove_file(out);
    }
    made.map(|()| opener)
}

fn copy(store: &Store, out: &Path) -> Result<(), BackupError> {
    let copy = |beside: &Path| Ok(store.database().copy_to(beside).map_err(StoreError::from)?);
    private_file::make(out, copy, |source| failed(out, source))
}

/// Makes a folder's store from a backup and what opens it. `passphrase` opens a backup with slots; the new folder keeps
/// its key as `keeping` says, and where both are by passphrase, the slots of the backup stay.
pub fn restore(
    folder: &Path,
    from: &Path,
    passphrase: Option<&str>,
    keeping: &Keeping,
) -> Result<(), BackupError> {
    if store::exists(folder) {
        return Err(BackupError::Exists { path: store::database_path(folder) });
    }
    if !from.is_file() {
        return Err(BackupError::Missing { path: from.to_owned() });
    }
    let opener = opener(from)?;
    std::fs::create_dir_all(folder).map_err(|source| failed(folder, source))?;
    let same = |path: &Path| std::fs::read(path).ok() == std::fs::read(opener.path()).ok();
    for path in [key_file::path(folder), slots::path(folder)] {
        if path.exists() && !same(&path) {
            return Err(BackupError::Exists { path });
        }
    }
    // Made ready in a folder of its own and then moved into place: a copy under the original's names would go on in the
    // original's logs, so there must be no moment in which it can be opened.
    let unfinished = folder.join("restoring");
    let _ = std::fs::remove_dir_all(&unfinished);
    let ready = make_ready(&unfinished, from, &opener, passphrase, keeping);
    let moved = ready.and_then(|()| {
        for path in [key_file::path, slots::path, store::database_path] {
            if path(&unfinished).exists() {
                move_in(&path(&unfinished), &path(folder))?;
            }
        }
        Ok(())
    });
    let _ = std::fs::remove_dir_all(&unfinished);
    moved
}

fn make_ready(
    unfinished: &Path,
    from: &Path,
    opener: &Opener,
    passphrase: Option<&str>,
    keeping: &Keeping,
) -> Result<(), BackupError> {
    std::fs::create_dir_all(unfinished).map_err(|source| failed(unfinished, source))?;
    let opener_here = match opener {
        Opener::Key(_) => key_file::path(unfinished),
        Opener::Slots(_) => slots::path(unfinished),
    };
    copy_private(opener.path(), &opener_here)?;
    let database = store::database_path(unfinished);
    std::fs::copy(from, &database).map_err(|source| failed(&database, source))?;
    let store = match opener {
        Opener::Key(_) => Store::open_existing(unfinished)?,
        Opener::Slots(_) => Store::unlock(unfinished, passphrase.ok_or(StoreError::Locked)?)?,
    };
    match (opener, keeping) {
        (Opener::Key(_), Keeping::Passphrase(passphrase)) => access::lock_by(&store, passphrase)?,
        (Opener::Slots(_), Keeping::KeyFile | Keeping::UntilFirstUser) => lock::keep_in_file(&store)?,
        (Opener::Key(_), Keeping::KeyFile | Keeping::UntilFirstUser)
        | (Opener::Slots(_), Keeping::Passphrase(_)) => {}
    }
    renew(&store)
}

fn move_in(from: &Path, to: &Path) -> Result<(), BackupError> {
    let synced = std::fs::File::open(from).and_then(|file| file.sync_all());
    synced.and_then(|()| std::fs::rename(from, to)).map_err(|source| failed(to, source))
}

/// A copy must not go on in the original's logs. Empties the WAL, so that all is in the one file.
fn renew(store: &Store) -> Result<(), BackupError> {
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

fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
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
    #[error("{path} is missing: a backup is a file and what opens it, with .key or .slots after its name")]
    Missing { path: PathBuf },
    #[error("{path} cannot be read or written")]
    Io {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Access(#[from] AccessError),
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
        let Opener::Key(key_out) = backup(&store, &out).unwrap() else { panic!("the key lies in a file") };
        #[cfg(unix)]
        for path in [&out, &key_out] {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(std::fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600, "{path:?}");
        }
        assert!(matches!(backup(&store, &out), Err(BackupError::Exists { .. })));
        let restored = folder.path().join("restored");
        restore(&restored, &out, None, &Keeping::KeyFile).unwrap();
        Store::open_existing(&restored).unwrap();

        std::fs::remove_file(key_file::path(&data)).unwrap();
        let half = folder.path().join("half.db");
        assert!(backup(&store, &half).is_err(), "there is no key to go with it");
        assert!(!half.exists());
    }
}
