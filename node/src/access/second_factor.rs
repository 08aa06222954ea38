//! The code besides the password, for users who want one. It keeps out who has seen a password; against who has the computer,
//! the password alone protects, since it alone opens the database.

use chrono::{DateTime, Utc};
use helhet_shared::second_factor::{self, Passage, Secret};
use zeroize::Zeroizing;

use super::{AccessError, is_right};
use crate::store::{Store, StoreError, users};

/// Password and code of a login: one answer for a wrong login, a wrong password and a wrong code, and it takes as long.
pub fn enter(
    store: &Store,
    login: &str,
    typed: &str,
    code: &str,
    now: DateTime<Utc>,
) -> Result<Passage, AccessError> {
    if !is_right(store, login, typed)? {
        second_factor::pass_in_vain(code);
        return Ok(Passage::Refused);
    }
    Ok(second_factor::pass(store.database(), &spelling(store, login)?, code, now)?)
}

/// How many codes on paper a user has left; none if no code is asked for.
pub fn codes_left(store: &Store, login: &str) -> Result<Option<u32>, AccessError> {
    let login = spelling(store, login)?;
    let left = store.database().read(|connection| -> Result<Option<u32>, StoreError> {
        let set_up = second_factor::is_set_up(connection, &login)?;
        Ok(if set_up { Some(second_factor::codes_left(connection, &login)?) } else { None })
    });
    Ok(left?)
}

/// Makes a secret for the app; nothing happens where a code is asked for already.
pub fn begin(store: &Store, login: &str) -> Result<(), AccessError> {
    let login = spelling(store, login)?;
    store.database().write(|transaction| {
        second_factor::begin(transaction, &login, &mut rand::rng())?;
        Ok(())
    })
}

/// The secret that waits for the app's first code, and the login in the user's own spelling.
pub fn begun(store: &Store, login: &str) -> Result<Option<(Secret, String)>, AccessError> {
    let login = spelling(store, login)?;
    let secret =
        store.database().read(|connection| Ok::<_, StoreError>(second_factor::begun(connection, &login)?))?;
    Ok(secret.map(|secret| (secret, login)))
}

/// From here on the code is asked for; gives the codes for paper, or nothing where the code was wrong.
pub fn confirm(
    store: &Store,
    login: &str,
    code: &str,
    now: DateTime<Utc>,
) -> Result<Option<Vec<Zeroizing<String>>>, AccessError> {
    let login = spelling(store, login)?;
    Ok(second_factor::confirm(store.database(), &login, code, now, &mut rand::rng())?)
}

/// No code is asked for any more.
pub fn forget(store: &Store, login: &str) -> Result<(), AccessError> {
    let login = spelling(store, login)?;
    store.database().write(|transaction| Ok(second_factor::remove(transaction, &login)?))
}

/// A login as the store has it: people write theirs in any case.
pub(crate) fn spelling(store: &Store, login: &str) -> Result<String, AccessError> {
    let user =
        store.database().read(|connection| Ok::<_, StoreError>(users::by_login(connection, login)?))?;
    Ok(user.ok_or(AccessError::Nobody)?.login)
}
