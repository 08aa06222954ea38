//! A backup is one consistent file; a restore is a new store that knows it may lack what came after. The keys of what
//! the chapters keep sealed are not in it: they have a file of their own, of which there is one, always the newest.

use std::path::{Path, PathBuf};

use helhet_shared::private_file;
use helhet_shared::sqlite::Database;
use rand::CryptoRng;

use crate::hub::Hub;
use crate::office::{self, make_private};
use crate::store::{self, StoreError, keyring};

/// Writes the database to a new file, readable by its owner alone, without the keys of the chapters' sealed documents.
pub fn backup(hub: &Hub, target: &Path) -> Result<(), BackupError> {
    if target.exists() {
        return Err(BackupError::Exists { path: target.to_owned() });
    }
    let failed = |source| BackupError::File { path: target.to_owned(), source };
    let copy = |beside: &Path| {
        hub.database().copy_to(beside).map_err(StoreError::from)?;
        let copy = open(beside)?;
        keyring::take_out(&copy)?;
        Ok(copy.checkpoint().map_err(StoreError::from)?)
    };
    private_file::make(target, copy, failed)
}

/// Writes the keys to a file of their own, readable by its owner alone, over the one of before: an older one would open what
/// was erased since.
pub fn backup_keys(hub: &Hub, target: &Path) -> Result<(), BackupError> {
    let failed = |source| BackupError::File { path: target.to_owned(), source };
    let fill = |beside: &Path| {
        let keys = open(beside)?;
        keyring::write_apart(hub.database(), &keys)?;
        Ok(keys.checkpoint().map_err(StoreError::from)?)
    };
    private_file::make(target, fill, failed)
}

fn open(path: &Path) -> Result<Database, StoreError> {
    Ok(Database::open(path, None)?)
}

/// Makes a data folder from a backup. The store gets a new id and its logs a new incarnation: peers see that it may
/// lack entries and send them again, their tombstones first, so that nobody who was erased since comes back. Without the file
/// of keys the chapters give back theirs.
pub fn restore(
    source: &Path,
    keys: Option<&Path>,
    folder: &Path,
    rng: &mut impl CryptoRng,
) -> Result<(), BackupError> {
    let target = folder.join(store::DATABASE_FILE);
    if target.exists() {
        return Err(BackupError::Exists { path: target });
    }
    let failed = |error| BackupError::File { path: source.to_owned(), source: error };
    std::fs::create_dir_all(folder).map_err(failed)?;
    // In a folder of its own, which goes whatever happens: half a restored hub is nothing to leave lying about.
    let unfinished = folder.join("restoring");
    let _ = std::fs::remove_dir_all(&unfinished);
    std::fs::create_dir(&unfinished).map_err(failed)?;
    let ready = make_ready(&unfinished, source, keys, rng);
    let moved = ready.and_then(|part| std::fs::rename(part, &target).map_err(failed));
    let _ = std::fs::remove_dir_all(&unfinished);
    moved
}

fn make_ready(
    unfinished: &Path,
    source: &Path,
    keys: Option<&Path>,
    rng: &mut impl CryptoRng,
) -> Result<PathBuf, BackupError> {
    let part = unfinished.join(store::DATABASE_FILE);
    copy_in(source, &part)?;
    let database = open(&part)?;
    prepare(&part, &database, rng)?;
    if let Some(keys) = keys {
        let here = unfinished.join("keys");
        copy_in(keys, &here)?;
        match open(&here) {
            Ok(here) if keyring::are_here(&here)? => drop(keyring::put_back(&database, &here)?),
            Ok(_) | Err(_) => return Err(BackupError::NotKeys { path: keys.to_owned() }),
        }
    }
    database.checkpoint().map_err(StoreError::from)?;
    Ok(part)
}

/// What is opened is a copy: opening may write.
fn copy_in(from: &Path, to: &Path) -> Result<(), BackupError> {
    let copied = std::fs::copy(from, to).and_then(|_| make_private(to));
    let synced = copied.and_then(|()| std::fs::File::open(to)?.sync_all());
    synced.map_err(|source| BackupError::File { path: from.to_owned(), source })
}

fn prepare(part: &Path, database: &Database, rng: &mut impl CryptoRng) -> Result<(), BackupError> {
    if !database.damage().map_err(StoreError::from)?.is_empty() {
        return Err(BackupError::Damaged { path: part.to_owned() });
    }
    store::bring_up_to_date(database)?;
    database.write(|transaction| {
        office::renew_store_id(transaction, rng)?;
        store::feed::forget_all_acknowledged(transaction)?;
        helhet_shared::sqlite::documents::renew_actors(transaction)?;
        Ok::<_, StoreError>(())
    })?;
    Ok(())
}

/// Why there is no backup, or nothing was restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error("{path} is there already; nothing was written over it")]
    Exists { path: PathBuf },
    #[error("{path} cannot be read or written")]
    File {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("{path} is damaged")]
    Damaged { path: PathBuf },
    #[error("{path} is not a file that `backup --keys` wrote")]
    NotKeys { path: PathBuf },
    #[error(transparent)]
    Store(#[from] StoreError),
}
