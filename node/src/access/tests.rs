//! Folders that a passphrase opens: who gets in, who does not any more, and what stands in the files for a thief.
use std::path::Path;
use std::sync::Arc;

use helhet_protocol::identity::{Invite, RecoveryPhrase};
use helhet_shared::clock::{Clock, SystemClock};

use super::*;
use crate::store::lock::Keeping;
use crate::store::slots::{self, Slots};
use crate::store::{identity, key_file, peer_support as stored};
use crate::{Node, join};

pub(crate) const FIRST: &str = "fire blå båter på vannet";
pub(crate) const OWN: &str = "ekorn under brygga";
pub(crate) const OTHER: &str = "sju små mus i låven";

pub(crate) fn keeping(passphrase: &str) -> Keeping {
    Keeping::Passphrase(passphrase.to_owned().into())
}

/// A folder as joining leaves it.
pub(crate) fn joined(folder: &Path, keeping: &Keeping) -> Node {
    let clock = Arc::new(SystemClock);
    let now = clock.now().timestamp();
    let invite = Invite::new("127.0.0.1:1", [1; 32], [2; 16], "Bergen", now, &mut rand::rng());
    let phrase = RecoveryPhrase::generate(&mut rand::rng());
    let store = lock::make(folder, keeping, &mut rand::rng()).unwrap();
    let identity = join::new_identity(&invite, "laptop", &phrase, phrase.seal_key().public(), now);
    store
        .database()
        .write(|transaction| {
            identity::write(transaction, &identity)?;
            stored::public(transaction)?;
            identity::begin_life(transaction)
        })
        .unwrap();
    Node::with(store, identity, clock)
}

/// The peer-support key of who signs in so.
pub(crate) fn key(store: &Store, login: &str, passphrase: &str) -> Option<SealKey> {
    peer_support::open(store, login, passphrase).unwrap()
}

pub(crate) fn opens(folder: &Path, passphrase: &str) -> bool {
    match Store::unlock(folder, passphrase) {
        Ok(_) => true,
        Err(StoreError::WrongPassphrase) => false,
        Err(error) => panic!("{error}"),
    }
}

fn slots_in(folder: &Path) -> usize {
    Slots::read(&slots::path(folder)).unwrap().to_text().lines().count() - 1
}

// N2, T16: a folder opens by the passphrase it was made with, and by nothing else.
#[test]
fn login_is_unlock() {
    let folder = tempfile::tempdir().unwrap();
    drop(joined(folder.path(), &keeping(FIRST)));
    assert!(lock::is_locked(folder.path()) && !key_file::path(folder.path()).exists());
    assert!(opens(folder.path(), FIRST));
    assert!(!opens(folder.path(), OWN));
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    assert!(matches!(Node::open(folder.path(), clock.clone()), Err(StoreError::Locked)));
    Node::unlock(folder.path(), FIRST, clock).unwrap();

    std::fs::rename(slots::path(folder.path()), folder.path().join("away")).unwrap();
    let said = Store::open_existing(folder.path()).unwrap_err().to_string();
    assert!(said.contains("helhet.slots") && said.contains("restore a backup"), "{said}");
}

// A second user's slot is made by who is unlocked; a changed password rewraps it, a removed user loses it.
#[test]
fn every_user_has_a_slot_as_long_as_there_is_a_user() {
    let folder = tempfile::tempdir().unwrap();
    let node = joined(folder.path(), &keeping(FIRST));
    let store = node.store();
    add_user(store, "kari", OWN, UserRole::ChapterLeader, 1, None).unwrap();
    add_user(store, "ola", OTHER, UserRole::ChapterLeader, 1, None).unwrap();
    assert!(matches!(
        add_user(store, "Kari", OWN, UserRole::ChapterLeader, 1, None),
        Err(AccessError::Taken)
    ));
    assert!(matches!(
        add_user(store, "per", "kort", UserRole::ChapterLeader, 1, None),
        Err(AccessError::Weak(_))
    ));
    assert!([FIRST, OWN, OTHER].iter().all(|passphrase| opens(folder.path(), passphrase)));
    assert!(is_right(store, "kari", OWN).unwrap() && !is_right(store, "kari", OTHER).unwrap());
    assert!(!is_right(store, "nobody", OWN).unwrap());

    let changed = "grønne epler i mars";
    change_password(store, "kari", changed, key(store, "kari", OWN).as_ref()).unwrap();
    assert!(opens(folder.path(), changed) && !opens(folder.path(), OWN), "the old password opens nothing");
    remove_user(store, "ola").unwrap();
    assert!(!opens(folder.path(), OTHER));
    forget_first_passphrase(store).unwrap();
    assert!(!opens(folder.path(), FIRST));
    assert_eq!(slots_in(folder.path()), 1);
    assert!(matches!(remove_user(store, "kari"), Err(AccessError::Last)), "nobody could get in any more");
    assert!(opens(folder.path(), changed));
}

// An old slots file beside the database, put back by whoever: a passphrase that was changed since opens nothing.
#[test]
fn an_old_slots_file_brings_no_old_password_back() {
    let folder = tempfile::tempdir().unwrap();
    let node = joined(folder.path(), &keeping(FIRST));
    add_user(node.store(), "kari", OWN, UserRole::ChapterLeader, 1, None).unwrap();
    let old = std::fs::read(slots::path(folder.path())).unwrap();
    change_password(node.store(), "kari", OTHER, key(node.store(), "kari", OWN).as_ref()).unwrap();
    std::fs::write(slots::path(folder.path()), old).unwrap();
    assert!(!opens(folder.path(), OWN), "by this program; its author's door is the slots file itself");
}

// The program is stopped between two steps of a change: the folder opens, and the next opening finishes it.
#[test]
fn a_change_that_was_broken_off_leaves_a_folder_that_opens() {
    let folder = tempfile::tempdir().unwrap();
    let node = joined(folder.path(), &keeping(FIRST));
    add_user(node.store(), "kari", OWN, UserRole::ChapterLeader, 1, None).unwrap();
    // The new slot is in the file, and the database never heard of it.
    let path = slots::path(folder.path());
    let mut slots = Slots::read(&path).unwrap();
    slots.add(Slot::seal(node.store().key(), OTHER, &mut rand::rng()).unwrap()).unwrap();
    slots.write(&path).unwrap();
    assert!(!opens(folder.path(), OTHER));
    assert!(opens(folder.path(), OWN));
    assert_eq!(slots_in(folder.path()), 2, "what nobody names was swept away");

    // Joining was stopped before the database learnt of its first slot.
    let folder = tempfile::tempdir().unwrap();
    let store = lock::make(folder.path(), &keeping(FIRST), &mut rand::rng()).unwrap();
    store.database().write(lock::forget_first).unwrap();
    drop(store);
    drop(lock::make(folder.path(), &keeping(FIRST), &mut rand::rng()).unwrap());
    assert!(opens(folder.path(), FIRST));
    assert!(matches!(
        lock::make(folder.path(), &Keeping::KeyFile, &mut rand::rng()),
        Err(StoreError::Locked)
    ));
}

// A folder with a key file goes on as it is, until somebody lets a passphrase take its place.
#[test]
fn a_key_file_gives_way_to_a_passphrase() {
    let folder = tempfile::tempdir().unwrap();
    let node = joined(folder.path(), &Keeping::KeyFile);
    let store = node.store();
    add_user(store, "kari", OWN, UserRole::ChapterLeader, 1, None).unwrap();
    add_user(store, "ola", OTHER, UserRole::ChapterLeader, 1, None).unwrap();
    assert!(!slots::path(folder.path()).exists() && !lock::is_locked(folder.path()));
    let key = std::fs::read(key_file::path(folder.path())).unwrap();

    lock_for(store, "kari", OWN).unwrap();
    assert!(lock::is_locked(folder.path()));
    assert!(opens(folder.path(), OWN) && !opens(folder.path(), OTHER));
    assert!(is_right(store, "ola", OTHER).unwrap());
    assert!(opens(folder.path(), OTHER), "who was there before gets a slot by signing in");

    // Stopped before the key file was gone: the next opening removes it.
    std::fs::write(key_file::path(folder.path()), &key).unwrap();
    drop(Store::open_existing(folder.path()).unwrap());
    assert!(lock::is_locked(folder.path()));
    // The slots file is lost, and a copy of the key file is found.
    std::fs::remove_file(slots::path(folder.path())).unwrap();
    std::fs::write(key_file::path(folder.path()), &key).unwrap();
    drop(Store::open_existing(folder.path()).unwrap());
}

#[test]
fn the_first_user_of_a_set_up_in_the_browser_locks_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let node = joined(folder.path(), &Keeping::UntilFirstUser);
    assert!(!lock::is_locked(folder.path()));
    add_user(node.store(), "kari", OWN, UserRole::ChapterLeader, 1, None).unwrap();
    assert!(lock::is_locked(folder.path()));
    assert!(opens(folder.path(), OWN));
}
