//! The key slots of a folder that opens by passphrase: a small file beside the encrypted database, in which every user's
//! passphrase wraps the same random database key. Login is unlock: without a passphrase nobody reads a byte.
//!
//! What it tells who steals it: how many passphrases open the folder, and what trying one costs (64 MiB of memory each).
//! No names and no hints; a guess must be tried on each slot by itself, since each has a salt of its own.
use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use helhet_shared::private_file;
use helhet_shared::sqlite::DatabaseKey;

mod slot;

pub use slot::{Cost, Slot, SlotId};

const HEADING: &str = "helhet key slots 1";
/// More than any chapter has users; a larger file is no slots file.
const SLOTS_MAX: usize = 64;
const BYTES_MAX: u64 = 64 * 1024;

/// The slots of one folder, in the order in which they were made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Slots(Vec<Slot>);

impl Slots {
    /// The slots in this file.
    pub fn read(path: &Path) -> Result<Slots, SlotsError> {
        let mut text = String::new();
        let read = File::open(path).and_then(|file| file.take(BYTES_MAX).read_to_string(&mut text));
        match read {
            Ok(_) => Slots::parse(&text).ok_or_else(|| SlotsError::Damaged { path: path.to_owned() }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(SlotsError::Missing { path: path.to_owned() })
            }
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                Err(SlotsError::Damaged { path: path.to_owned() })
            }
            Err(source) => Err(SlotsError::Io { path: path.to_owned(), source }),
        }
    }

    /// Writes them whole or not at all: beside the old file, through to the disk, and then over it.
    pub fn write(&self, path: &Path) -> Result<(), SlotsError> {
        let failed = |source| SlotsError::Io { path: path.to_owned(), source };
        private_file::write(path, self.to_text().as_bytes()).map_err(failed)?;
        sync_folder(path).map_err(failed)
    }

    /// Reads what [`to_text`](Self::to_text) wrote, and nothing else.
    pub fn parse(text: &str) -> Option<Slots> {
        let lines = text.strip_suffix('\n')?.strip_prefix(HEADING)?;
        let slots: Option<Vec<Slot>> = lines.split('\n').skip(1).map(Slot::parse).collect();
        slots.map(Slots).filter(|slots| slots.0.len() <= SLOTS_MAX && slots.to_text() == text)
    }

    /// A heading and one line for each slot.
    pub fn to_text(&self) -> String {
        let lines = self.0.iter().map(Slot::to_line);
        std::iter::once(HEADING.to_owned()).chain(lines).map(|line| line + "\n").collect()
    }

    /// The key, and by which slot it came, if one of them is this passphrase's.
    pub fn open(&self, passphrase: &str) -> Result<Option<(SlotId, DatabaseKey)>, SlotsError> {
        for slot in &self.0 {
            if let Some(key) = slot.open(passphrase)? {
                return Ok(Some((slot.id, key)));
            }
        }
        Ok(None)
    }

    /// Takes one more in.
    pub fn add(&mut self, slot: Slot) -> Result<(), SlotsError> {
        if self.0.len() >= SLOTS_MAX {
            return Err(SlotsError::Full);
        }
        self.0.push(slot);
        Ok(())
    }

    /// Those of `other` that are not here come too.
    pub fn join(&mut self, other: Slots) {
        let new = other.0.into_iter().filter(|slot| !self.has(&slot.id)).collect::<Vec<_>>();
        self.0.extend(new);
    }

    /// Leaves these alone.
    pub fn keep(&mut self, ids: &[SlotId]) {
        self.0.retain(|slot| ids.contains(&slot.id));
    }

    pub fn has(&self, id: &SlotId) -> bool {
        self.0.iter().any(|slot| &slot.id == id)
    }
}

/// Where a folder keeps its slots.
pub fn path(folder: &Path) -> PathBuf {
    folder.join("helhet.slots")
}

/// A name in a folder is on the disk when the folder is; systems without that have nothing to do.
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        File::open(folder)?.sync_all()?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

#[derive(Debug, thiserror::Error)]
pub enum SlotsError {
    #[error(
        "{path} is missing: it holds what passphrases open, and without it nobody can read this folder; put it back, or restore a backup"
    )]
    Missing { path: PathBuf },
    #[error(
        "{path} is damaged: it holds what passphrases open; put an undamaged copy in its place, or restore a backup"
    )]
    Damaged { path: PathBuf },
    #[error("no more than {SLOTS_MAX} passphrases can open one folder: remove a user first")]
    Full,
    #[error("the passphrase cannot be worked on: there may be too little memory")]
    NotMade,
    #[error("{path} cannot be read or written")]
    Io {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
}

#[cfg(test)]
mod tests;
