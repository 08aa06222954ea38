//! The database's key, random, in a file of the data folder that its owner alone may read (where the system has modes).
//!
//! What it gives up: whoever takes the folder, or the whole computer unlocked, takes the key too. It protects copies of
//! the database alone. A folder that opens by passphrase has [`slots`](super::slots) in its place.
use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use helhet_shared::sqlite::DatabaseKey;
use zeroize::Zeroizing;

/// The key of the store in `folder`.
pub fn read(folder: &Path) -> Result<DatabaseKey, KeyFileError> {
    let path = path(folder);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => Zeroizing::new(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(KeyFileError::Missing { path }),
        Err(source) => return Err(KeyFileError::Io { path, source }),
    };
    DatabaseKey::from_hex(&text).ok_or(KeyFileError::Damaged { path })
}

/// Makes a key file; one that is there already is taken as it is, so that a broken-off join can be repeated.
pub fn make(folder: &Path, rng: &mut impl rand::Rng) -> Result<DatabaseKey, KeyFileError> {
    let path = path(folder);
    if path.exists() {
        return read(folder);
    }
    let key = DatabaseKey::random(rng);
    write(&path, &key).map_err(|source| KeyFileError::Io { path, source })?;
    Ok(key)
}

/// Writes this key to a folder that has no key file.
pub fn write_new(folder: &Path, key: &DatabaseKey) -> Result<(), KeyFileError> {
    let path = path(folder);
    write(&path, key).map_err(|source| KeyFileError::Io { path, source })
}

/// Overwrites the key and removes its file. A flash disk may keep the old bytes for a while where only its maker's tools
/// find them, and a copy of the file that somebody took stays good.
pub fn destroy(folder: &Path) -> Result<(), KeyFileError> {
    let path = path(folder);
    overwrite_and_remove(&path).map_err(|source| KeyFileError::Io { path, source })
}

/// For whatever small file opens a database.
pub(super) fn overwrite_and_remove(path: &Path) -> io::Result<()> {
    let length = std::fs::metadata(path)?.len();
    let mut file = OpenOptions::new().write(true).open(path)?;
    file.write_all(&vec![0; usize::try_from(length).unwrap_or(usize::MAX).min(1 << 20)])?;
    file.sync_all()?;
    drop(file);
    std::fs::remove_file(path)?;
    super::slots::sync_folder(path)
}

/// Where a folder keeps its key.
pub fn path(folder: &Path) -> PathBuf {
    folder.join("helhet.key")
}

fn write(path: &Path, key: &DatabaseKey) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(key.to_hex().as_bytes())?;
    file.write_all(b"\n")?;
    file.sync_all()
}

#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    #[error(
        "the key file {path} is missing: without it the database cannot be opened; put it back or restore a backup"
    )]
    Missing { path: PathBuf },
    #[error("the key file {path} does not hold a key: put the right one back or restore a backup")]
    Damaged { path: PathBuf },
    #[error("the key file {path} cannot be used")]
    Io {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_only_its_owner_may_read_it() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(read(folder.path()), Err(KeyFileError::Missing { .. })));
        let made = make(folder.path(), &mut rand::rng()).unwrap();
        assert_eq!(make(folder.path(), &mut rand::rng()).unwrap().to_hex(), made.to_hex());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = std::fs::metadata(path(folder.path())).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        std::fs::write(path(folder.path()), "no key").unwrap();
        assert!(matches!(read(folder.path()), Err(KeyFileError::Damaged { .. })));
        destroy(folder.path()).unwrap();
        assert!(!path(folder.path()).exists());
    }
}
