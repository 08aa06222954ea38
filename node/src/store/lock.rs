//! What opens a folder's database: a key file, or the slots of its users' passphrases. Which it is can be seen from
//! outside; which slots count is said by the database, so that a slot of an older passphrase opens nothing.
//!
//! Where two files and a database must change together, the order is such that a crash between two steps leaves
//! a folder that opens, and the next opening finishes what was begun.
use std::path::Path;

use rusqlite::{Connection, Transaction};
use zeroize::Zeroizing;

use super::slots::{self, Slot, SlotId, Slots};
use super::{Store, StoreError, key_file, settings, users};

/// The slot of the passphrase given when the folder was made from the command line; no user's.
const FIRST_SLOT: &str = "first_slot";
/// Set while the first user is still to be made who will lock the folder.
const TO_BE_LOCKED: &str = "to_be_locked";

/// How the key of a folder that is being made is kept.
#[derive(Clone)]
pub enum Keeping {
    /// In a file of the folder, for good.
    KeyFile,
    /// In a file of the folder until the first user is made, whose passphrase then takes its place.
    UntilFirstUser,
    /// In a slot that this passphrase opens.
    Passphrase(Zeroizing<String>),
}

impl std::fmt::Debug for Keeping {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Keeping::KeyFile => "KeyFile",
            Keeping::UntilFirstUser => "UntilFirstUser",
            Keeping::Passphrase(_) => "Passphrase(…)",
        })
    }
}

/// Whether nothing but a passphrase opens this folder.
pub fn is_locked(folder: &Path) -> bool {
    !key_file::path(folder).exists() && slots::path(folder).exists()
}

/// Makes a folder's store, or opens the one that a broken-off join left there, as that one is kept.
pub fn make(folder: &Path, keeping: &Keeping, rng: &mut impl rand::Rng) -> Result<Store, StoreError> {
    match keeping {
        Keeping::Passphrase(passphrase) if is_locked(folder) => unlock(folder, passphrase),
        Keeping::KeyFile | Keeping::UntilFirstUser if is_locked(folder) => Err(StoreError::Locked),
        Keeping::Passphrase(passphrase) if !key_file::path(folder).exists() => {
            let key = helhet_shared::sqlite::DatabaseKey::random(rng);
            let slot = Slot::seal(&key, passphrase, rng)?;
            let mut slots = Slots::default();
            slots.add(slot.clone())?;
            slots.write(&slots::path(folder))?;
            let store = Store::open(folder, key)?;
            store.database().write(|transaction| settings::write(transaction, FIRST_SLOT, &slot.id()))?;
            Ok(store)
        }
        Keeping::KeyFile | Keeping::UntilFirstUser | Keeping::Passphrase(_) => {
            let fresh = !key_file::path(folder).exists();
            let store = Store::open(folder, key_file::make(folder, rng)?)?;
            if fresh && matches!(keeping, Keeping::UntilFirstUser) {
                store.database().write(|transaction| settings::write(transaction, TO_BE_LOCKED, b"1"))?;
            }
            Ok(store)
        }
    }
}

/// Opens a folder by a passphrase that counts. Tries every slot: some tenths of a second for each.
pub fn unlock(folder: &Path, passphrase: &str) -> Result<Store, StoreError> {
    let slots = Slots::read(&slots::path(folder))?;
    let (opened, key) = slots.open(passphrase)?.ok_or(StoreError::WrongPassphrase)?;
    let store = Store::open(folder, key)?;
    let known = store.database().read(|connection| Ok::<_, StoreError>(known(connection)?))?;
    if known.is_empty() {
        // The making of the folder was broken off before the database learnt of its slot.
        store.database().write(|transaction| settings::write(transaction, FIRST_SLOT, &opened))?;
    } else if !known.contains(&opened) {
        return Err(StoreError::WrongPassphrase);
    }
    sweep(&store)?;
    Ok(store)
}

/// Whether users of this store need a slot to open it.
pub fn is_by_slots(connection: &Connection) -> rusqlite::Result<bool> {
    Ok(!known(connection)?.is_empty())
}

/// Whether the folder is to be locked by the first user that is made.
pub fn is_to_be_locked(connection: &Connection) -> rusqlite::Result<bool> {
    Ok(settings::read(connection, TO_BE_LOCKED)?.is_some())
}

/// Whether the passphrase of the folder's making still opens it.
pub fn has_first_slot(connection: &Connection) -> rusqlite::Result<bool> {
    Ok(settings::read(connection, FIRST_SLOT)?.is_some())
}

/// Puts a slot into the file. In the transaction that names it, so that nobody else writes the file meanwhile; one whose
/// transaction fails is swept away later.
pub fn put(store: &Store, _: &Transaction<'_>, slot: Slot) -> Result<(), StoreError> {
    let path = slots::path(store.folder());
    let mut slots = match Slots::read(&path) {
        Err(slots::SlotsError::Missing { .. }) if key_file::path(store.folder()).exists() => Slots::default(),
        read => read?,
    };
    slots.add(slot)?;
    Ok(slots.write(&path)?)
}

/// The first user has locked the folder.
pub fn is_locked_now(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    settings::remove(transaction, TO_BE_LOCKED)
}

/// Makes this the slot of no user in particular.
pub fn name_first(transaction: &Transaction<'_>, slot: SlotId) -> rusqlite::Result<()> {
    settings::write(transaction, FIRST_SLOT, &slot)
}

/// The passphrase of the folder's making opens it no longer; call [`sweep`] after the commit.
pub fn forget_first(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    settings::remove(transaction, FIRST_SLOT)
}

/// Takes out of the file what the database does not name (any more), and the key file where slots have taken its place.
pub fn sweep(store: &Store) -> Result<(), StoreError> {
    let (path, key_file) = (slots::path(store.folder()), key_file::path(store.folder()));
    let due = |connection: &Connection| -> Result<Option<(Slots, bool)>, StoreError> {
        let known = known(connection)?;
        let read = if known.is_empty() { Ok(Slots::default()) } else { Slots::read(&path) };
        let slots = match read {
            // Somebody has put an old key file back, which is then what opens the folder.
            Err(_) if key_file.exists() => return Ok(None),
            read => read?,
        };
        let mut kept = slots.clone();
        kept.keep(&known);
        let replaced = kept != Slots::default() && key_file.exists();
        Ok((kept != slots || replaced).then_some((kept, replaced)))
    };
    if store.database().read(|connection| due(connection))?.is_none() {
        return Ok(());
    }
    store.database().write(|transaction| {
        let Some((kept, replaced)) = due(transaction)? else { return Ok(()) };
        kept.write(&path)?;
        if replaced {
            key_file::destroy(store.folder())?;
        }
        Ok(())
    })
}

/// From here on a key file opens the folder, and no passphrase does: what `restore --key-file` asks for.
pub fn keep_in_file(store: &Store) -> Result<(), StoreError> {
    key_file::write_new(store.folder(), store.key())?;
    store.database().write(|transaction| -> Result<(), StoreError> {
        users::forget_slots(transaction)?;
        Ok(forget_first(transaction)?)
    })?;
    let path = slots::path(store.folder());
    match std::fs::remove_file(&path) {
        Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
            Err(slots::SlotsError::Io { path, source }.into())
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

fn known(connection: &Connection) -> rusqlite::Result<Vec<SlotId>> {
    let first = settings::read(connection, FIRST_SLOT)?.and_then(|id| id.try_into().ok());
    Ok(users::slots(connection)?.into_iter().chain(first).collect())
}
