//! Who at this computer opens what only peer support reads. The computer's key for it is sealed to a key that each holder's
//! passphrase makes, so that whoever has the database open and is no holder has ciphertext. Who is given it, is given it by a
//! holder: by one who adds the user, or by the next who signs in.
use helhet_protocol::seal::{Epoch, EpochSecret, SealError, SealKey, SealPublicKey};
use helhet_shared::rights::{Action, UserRole, may};
use helhet_shared::zone::Zone;
use rusqlite::Transaction;

use super::AccessError;
use crate::store::user_keys::{self, Recipe};
use crate::store::{SlotsError, Store, StoreError, peer_support, users};

/// A key that a passphrase has made.
pub(super) struct Made {
    recipe: Recipe,
    public: SealPublicKey,
}

/// Whether users of this role hold the key.
pub(super) fn holds(role: UserRole) -> bool {
    may(role, Action::ReadHealth)
}

/// Takes a noticeable moment: call it outside a transaction.
pub(super) fn make(passphrase: &str) -> Result<Made, SlotsError> {
    let recipe = Recipe::new(&mut rand::rng());
    let public = recipe.make(passphrase)?.public();
    Ok(Made { recipe, public })
}

/// The peer-support key, for a user who holds it and whose passphrase this is: the caller has seen to that. Others who are to
/// hold it are given it.
pub fn open(store: &Store, login: &str, passphrase: &str) -> Result<Option<SealKey>, AccessError> {
    let known = store.database().read(|connection| -> Result<_, StoreError> {
        let Some(user) = users::by_login(connection, login)?.filter(|user| holds(user.role)) else {
            return Ok(None);
        };
        Ok(Some((user.id, user_keys::of(connection, user.id)?)))
    })?;
    let Some((user, row)) = known else { return Ok(None) };
    let recipe = row.as_ref().map_or_else(|| Recipe::new(&mut rand::rng()), |row| row.recipe);
    let own = recipe.make(passphrase)?;
    if row.as_ref().is_some_and(|row| row.public != own.public()) {
        return Ok(None);
    }
    let key = row.as_ref().and_then(|row| unsealed(row.peer_support.as_ref()?, &own));
    store.database().write(|transaction| {
        if row.is_none() {
            user_keys::replace(transaction, user, &recipe, &own.public())?;
        }
        give(transaction, key.as_ref())
    })
}

/// The peer-support key by the passphrase that opened the folder, where it is a holder's.
pub fn open_by_passphrase(store: &Store, passphrase: &str) -> Result<Option<SealKey>, AccessError> {
    let slots = crate::store::slots::Slots::read(&crate::store::slots::path(store.folder()))?;
    let Some((slot, _)) = slots.open(passphrase)? else { return Ok(None) };
    let login =
        store.database().read(|connection| Ok::<_, StoreError>(users::by_slot(connection, &slot)?))?;
    login.map_or(Ok(None), |login| open(store, &login, passphrase))
}

/// The user has a new passphrase, or is new.
pub(super) fn enter(
    transaction: &Transaction<'_>,
    user: i64,
    made: &Made,
    by: Option<&SealKey>,
) -> Result<(), AccessError> {
    user_keys::replace(transaction, user, &made.recipe, &made.public)?;
    give(transaction, by).map(drop)
}

/// The user's role is another: who is to hold the key has it, as far as somebody is there who can give it, and nobody else.
pub(super) fn change(
    transaction: &Transaction<'_>,
    user: i64,
    role: UserRole,
    by: Option<&SealKey>,
) -> Result<(), AccessError> {
    if !holds(role) {
        user_keys::hold(transaction, user, None)?;
    }
    give(transaction, by).map(drop)
}

/// Seals the key, or the one that waits, to everybody who is to hold it and does not. Gives it back.
fn give(transaction: &Transaction<'_>, key: Option<&SealKey>) -> Result<Option<SealKey>, AccessError> {
    let Some(key) = key.cloned().map_or_else(|| peer_support::waiting(transaction), |key| Ok(Some(key)))?
    else {
        return Ok(None);
    };
    let mut left_out = false;
    for (user, role, public) in user_keys::without(transaction)? {
        match public {
            Some(public) if holds(role) => {
                user_keys::hold(transaction, user, Some(&sealed(&key, public)?))?;
            }
            // Of before there were such keys: what is open stays so until this user has signed in, too.
            None if holds(role) => left_out = true,
            Some(_) | None => {}
        }
    }
    if !left_out && user_keys::is_held(transaction)? {
        peer_support::is_held_now(transaction)?;
    }
    Ok(Some(key))
}

/// Refuses what leaves nobody who could open what is there.
pub(super) fn is_still_held(transaction: &Transaction<'_>, was: bool) -> Result<(), AccessError> {
    let held = user_keys::is_held(transaction)? || peer_support::waiting(transaction)?.is_some();
    if was && !held { Err(AccessError::LastHolder) } else { Ok(()) }
}

/// It never leaves this computer, so it names no chapter.
const NOWHERE: [u8; 16] = [0; 16];
const WHAT: &[u8; 16] = b"peer-support key";

fn sealed(key: &SealKey, to: SealPublicKey) -> Result<Vec<u8>, AccessError> {
    let secret = EpochSecret::from_bytes(&key.seed());
    let row = Epoch::seal(&NOWHERE, Zone::Confidential.code(), WHAT, &secret, &[to]);
    Ok(row.map_err(AccessError::NotSealed)?.to_body())
}

fn unsealed(sealed: &[u8], own: &SealKey) -> Option<SealKey> {
    let opened = |row: Epoch| -> Result<EpochSecret, SealError> {
        row.open(&NOWHERE, Zone::Confidential.code(), WHAT, own)
    };
    Some(SealKey::from_seed(Epoch::read(sealed).and_then(opened).ok()?.bytes()))
}
