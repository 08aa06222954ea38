//! A backup is one consistent file; a restore is a new store that knows it may lack what came after.

use std::path::{Path, PathBuf};

use helhet_shared::private_file;
use rand::CryptoRng;

use crate::hub::Hub;
use crate::office::{self, make_private};
use crate::store::{self, StoreError};

/// Writes the whole database to a new file, readable by its owner alone.
pub fn backup(hub: &Hub, target: &Path) -> Result<(), BackupError> {
    if target.exists() {
        return Err(BackupError::Exists { path: target.to_owned() });
    }
    let failed = |source| BackupError::File { path: target.to_owned(), source };
    private_file::make(target, |beside| Ok(hub.database().copy_to(beside).map_err(StoreError::from)?), failed)
}

/// Makes a data folder from a backup. The store gets a new id and its logs a new incarnation: peers see that it may
/// lack entries and send them again, their tombstones first, so that nobody who was erased since comes back.
pub fn restore(source: &Path, folder: &Path, rng: &mut impl CryptoRng) -> Result<(), BackupError> {
    let target = folder.join(store::DATABASE_FILE);
    if target.exists() {
        return Err(BackupError::Exists { path: target });
    }
    let failed = |source_error| BackupError::File { path: source.to_owned(), source: source_error };
    std::fs::create_dir_all(folder).map_err(failed)?;
    let part = folder.join("restoring.part");
    std::fs::copy(source, &part).map_err(failed)?;
    make_private(&part).map_err(failed)?;
    std::fs::File::open(&part).and_then(|file| file.sync_all()).map_err(failed)?;
    prepare(&part, rng)?;
    std::fs::rename(&part, &target).map_err(failed)
}

fn prepare(part: &Path, rng: &mut impl CryptoRng) -> Result<(), BackupError> {
    let database = helhet_shared::sqlite::Database::open(part, None).map_err(StoreError::from)?;
    if !database.damage().map_err(StoreError::from)?.is_empty() {
        return Err(BackupError::Damaged { path: part.to_owned() });
    }
    store::bring_up_to_date(&database)?;
    database.write(|transaction| {
        office::renew_store_id(transaction, rng)?;
        store::feed::forget_all_acknowledged(transaction)?;
        helhet_shared::sqlite::documents::renew_actors(transaction)?;
        Ok::<_, StoreError>(())
    })?;
    database.checkpoint().map_err(StoreError::from)?;
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
    #[error(transparent)]
    Store(#[from] StoreError),
}
