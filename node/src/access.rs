//! Who gets in: users, their passwords, and with these what opens the database. Every change of a user comes through here,
//! so that the rows and the slots of the passphrases never part.
//!
//! Each of these takes a noticeable moment (argon2id): call it off the async threads.

pub mod lending;
pub mod peer_support;
pub mod second_factor;

use helhet_protocol::seal::{SealError, SealKey};
use helhet_shared::rights::{Action, UserRole, may};
use helhet_shared::second_factor::passkeys::PasskeyError;
use helhet_shared::second_factor::{SecondFactorError, remove as remove_second_factor};
use helhet_shared::web::password::{self, HashError, Weak};

use crate::store::slots::Slot;
use crate::store::{SlotsError, Store, StoreError, lent_lists, lock, user_keys, users};

/// Adds a user, and a slot where the folder opens by passphrase. The first user of a folder that was set up in the browser
/// locks it. `by` is the peer-support key of who adds, which the new user is given where the role asks for it.
pub fn add_user(
    store: &Store,
    login: &str,
    password: &str,
    role: UserRole,
    now: i64,
    by: Option<&SealKey>,
) -> Result<(), AccessError> {
    password::check(password, login)?;
    let hash = password::hash(password, &mut rand::rng())?;
    let wanted = |connection: &rusqlite::Connection| {
        Ok::<_, StoreError>(lock::is_by_slots(connection)? || lock::is_to_be_locked(connection)?)
    };
    let slot = match store.database().read(|connection| wanted(connection))? {
        true => Some(slot(store, password)?),
        false => None,
    };
    let made = if peer_support::holds(role) { Some(peer_support::make(password)?) } else { None };
    store.database().write(|transaction| -> Result<(), AccessError> {
        if users::by_login(transaction, login)?.is_some() {
            return Err(AccessError::Taken);
        }
        let user = users::add(transaction, login, &hash, role, now)?;
        if let Some(slot) = slot {
            users::set_slot(transaction, user, &slot.id())?;
            lock::put(store, transaction, slot)?;
            lock::is_locked_now(transaction)?;
        }
        match &made {
            Some(made) => peer_support::enter(transaction, user, made, by),
            None => Ok(()),
        }
    })?;
    Ok(lock::sweep(store)?)
}

/// Whether this is the user's password. Nobody of that name takes as long as a wrong password. A user who was there
/// before the folder was locked gets a slot now, the password being known.
pub fn is_right(store: &Store, login: &str, typed: &str) -> Result<bool, AccessError> {
    let (user, by_slots) = store.database().read(|connection| {
        Ok::<_, StoreError>((users::by_login(connection, login)?, lock::is_by_slots(connection)?))
    })?;
    if !password::verify(typed, user.as_ref().map(|user| user.password_hash.as_str())) {
        return Ok(false);
    }
    if by_slots && user.is_some_and(|user| user.slot.is_none()) {
        give_slot(store, login, typed)?;
    }
    Ok(true)
}

/// Gives a user a new password, whose slot takes the place of the old one's. `by` is the peer-support key of who does it: the
/// user's own.
pub fn change_password(
    store: &Store,
    login: &str,
    password: &str,
    by: Option<&SealKey>,
) -> Result<(), AccessError> {
    password::check(password, login)?;
    let hash = password::hash(password, &mut rand::rng())?;
    let made = peer_support::make(password)?;
    let by_slots = store.database().read(|connection| Ok::<_, StoreError>(lock::is_by_slots(connection)?))?;
    let slot = if by_slots { Some(slot(store, password)?) } else { None };
    store.database().write(|transaction| -> Result<(), AccessError> {
        let user = users::by_login(transaction, login)?.ok_or(AccessError::Nobody)?;
        users::set_password_hash(transaction, user.id, &hash)?;
        if let Some(slot) = slot {
            users::set_slot(transaction, user.id, &slot.id())?;
            lock::put(store, transaction, slot)?;
        }
        if !peer_support::holds(user.role) {
            return Ok(());
        }
        let was_held = user_keys::is_held(transaction)?;
        peer_support::enter(transaction, user.id, &made, by)?;
        peer_support::is_still_held(transaction, was_held)
    })?;
    Ok(lock::sweep(store)?)
}

/// Gives a user another role; never the last who may look after the users one that may not.
pub fn change_role(
    store: &Store,
    login: &str,
    role: UserRole,
    by: Option<&SealKey>,
) -> Result<(), AccessError> {
    store.database().write(|transaction| {
        let user = users::by_login(transaction, login)?.ok_or(AccessError::Nobody)?;
        let was_held = user_keys::is_held(transaction)?;
        users::set_role(transaction, user.id, role)?;
        peer_support::change(transaction, user.id, role, by)?;
        peer_support::is_still_held(transaction, was_held)?;
        // What was lent was lent to who the user was.
        lent_lists::remove_of(transaction, user.id)?;
        let keeper = |role: UserRole| may(role, Action::LookAfterUsers);
        let has_keeper = users::all(transaction)?.iter().any(|(_, role)| keeper(*role));
        if keeper(user.role) && !has_keeper { Err(AccessError::Last) } else { Ok(()) }
    })
}

/// Removes a user and the slot; never the last who can get in, nor the last who may look after the users.
pub fn remove_user(store: &Store, login: &str) -> Result<(), AccessError> {
    store.database().write(|transaction| -> Result<(), AccessError> {
        let user = users::by_login(transaction, login)?.ok_or(AccessError::Nobody)?;
        let by_slots = lock::is_by_slots(transaction)?;
        let was_held = user_keys::is_held(transaction)?;
        users::remove(transaction, user.id)?;
        remove_second_factor(transaction, &user.login)?;
        let nobody_left = users::count(transaction)? == 0 || (by_slots && !lock::is_by_slots(transaction)?);
        let left = users::all(transaction)?;
        let keeper = |role: UserRole| may(role, Action::LookAfterUsers);
        let without_keeper = keeper(user.role) && !left.iter().any(|(_, role)| keeper(*role));
        if nobody_left || without_keeper {
            return Err(AccessError::Last);
        }
        peer_support::is_still_held(transaction, was_held)
    })?;
    Ok(lock::sweep(store)?)
}

/// From here on this user's passphrase opens the folder, and the key file is gone. The password must be the user's.
pub fn lock_for(store: &Store, login: &str, password: &str) -> Result<(), AccessError> {
    give_slot(store, login, password)
}

/// From here on this passphrase, which is no user's, opens the folder, and the key file is gone.
pub fn lock_by(store: &Store, passphrase: &str) -> Result<(), AccessError> {
    password::check(passphrase, "")?;
    let slot = slot(store, passphrase)?;
    store.database().write(|transaction| -> Result<(), AccessError> {
        lock::name_first(transaction, slot.id())?;
        Ok(lock::put(store, transaction, slot)?)
    })?;
    Ok(lock::sweep(store)?)
}

/// The passphrase that the folder was made with opens it no longer; some user's must.
pub fn forget_first_passphrase(store: &Store) -> Result<(), AccessError> {
    store.database().write(|transaction| -> Result<(), AccessError> {
        lock::forget_first(transaction)?;
        if lock::is_by_slots(transaction)? { Ok(()) } else { Err(AccessError::Last) }
    })?;
    Ok(lock::sweep(store)?)
}

fn give_slot(store: &Store, login: &str, password: &str) -> Result<(), AccessError> {
    let slot = slot(store, password)?;
    store.database().write(|transaction| -> Result<(), AccessError> {
        let user = users::by_login(transaction, login)?.ok_or(AccessError::Nobody)?;
        users::set_slot(transaction, user.id, &slot.id())?;
        lock::put(store, transaction, slot)?;
        Ok(lock::is_locked_now(transaction)?)
    })?;
    Ok(lock::sweep(store)?)
}

fn slot(store: &Store, passphrase: &str) -> Result<Slot, SlotsError> {
    Slot::seal(store.key(), passphrase, &mut rand::rng())
}

/// Why a user was not added, changed or removed.
#[derive(Debug, thiserror::Error)]
pub enum AccessError {
    #[error(
        "the passphrase is too short, too long or too easy to guess: take a few words that belong together for you alone"
    )]
    Weak(#[from] Weak),
    #[error("there is such a user already")]
    Taken,
    #[error("there is no such user")]
    Nobody,
    #[error("nobody could get in, or look after the users, any more: add another chapter leader first")]
    Last,
    #[error(
        "nobody at this computer could read the notes on health any more: first let another chapter leader, or who looks after peer support, sign in on the screens after one who reads them; passwords are changed there, too"
    )]
    LastHolder,
    #[error("the key to what only peer support reads cannot be sealed")]
    NotSealed(#[source] SealError),
    #[error(transparent)]
    Hash(#[from] HashError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    SecondFactor(#[from] SecondFactorError),
    #[error(transparent)]
    Passkey(#[from] PasskeyError),
}

impl From<rusqlite::Error> for AccessError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

impl From<SlotsError> for AccessError {
    fn from(error: SlotsError) -> Self {
        Self::Store(error.into())
    }
}

#[cfg(test)]
pub(crate) mod tests;
