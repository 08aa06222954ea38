//! Passkeys of the office's users, beside their app for codes.

use helhet_shared::second_factor::passkeys::{self, Answered, KeptPasskey, NewPasskey};
use helhet_shared::sqlite::passkeys::PasskeyRow;
use helhet_shared::web::session::Stamp;

use super::AccessError;
use crate::hub::Hub;
use crate::store::{StoreError, users};

/// One's own, to be shown.
pub fn list(hub: &Hub, login: &str) -> Result<Vec<KeptPasskey>, AccessError> {
    Ok(hub.database().read(|reader| passkeys::list(reader, login).map_err(StoreError::from))?)
}

/// A login's, to be asked for, and what the user's sessions stand on now.
pub fn to_ask_for(hub: &Hub, login: &str) -> Result<(Stamp, Vec<PasskeyRow>), AccessError> {
    let (user, kept) = hub
        .database()
        .read(|reader| Ok::<_, StoreError>((users::find(reader, login)?, passkeys::of(reader, login)?)))?;
    let user = user.ok_or(AccessError::Nobody)?;
    Ok((Stamp::of(&user.password_hash), kept))
}

/// Whether somebody is in by an answer that was right: not where the password was changed meanwhile, or the passkey taken away.
pub fn enter(hub: &Hub, answered: &Answered) -> Result<bool, AccessError> {
    hub.database().write(|transaction| {
        let user = users::find(transaction, &answered.login)?;
        if !user.is_some_and(|user| Stamp::of(&user.password_hash) == answered.stamp) {
            return Ok(false);
        }
        Ok(passkeys::used(transaction, &answered.login, answered, hub.now())?)
    })
}

/// Keeps a new one; false where it is somebody's already.
pub fn keep(hub: &Hub, login: &str, name: &str, new: &NewPasskey) -> Result<bool, AccessError> {
    hub.database().write(|transaction| Ok(passkeys::keep(transaction, login, name, new, hub.now())?))
}

/// Takes one away; false where there is no such.
pub fn forget(hub: &Hub, login: &str, id: &str) -> Result<bool, AccessError> {
    hub.database().write(|transaction| Ok(passkeys::remove(transaction, login, id)?))
}
