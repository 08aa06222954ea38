//! Who gets in at the office: a password and, always, a second factor. Each of these takes a noticeable moment: call it off
//! the async threads.

pub mod elsewhere;
pub mod passkeys;

use data_encoding::BASE32_NOPAD;
use helhet_shared::rights::{Action, UserRole, may};
use helhet_shared::second_factor::passkeys::PasskeyError;
use helhet_shared::second_factor::{self, Passage, SecondFactorError, Secret};
use helhet_shared::web::password;
use rand::Rng as _;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::hub::{Hub, HubError};
use crate::store::{StoreError, access_codes, identities, users};

/// How long a code for who cannot get in any more is good.
const ACCESS_CODE_SECONDS: i64 = 24 * 60 * 60;

/// Whether somebody gets in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// One answer for a wrong login, a wrong password and a wrong code, and it takes as long.
    Refused,
    /// The password was right, and no code was typed: a passkey is to be asked for in its place.
    AsksForPasskey,
    /// In, and what is to be said about the code.
    Signed(Option<&'static str>),
}

/// Password and code of a login. Who has no second factor yet gets in by the password alone, and no further than to where one is
/// set up.
pub fn enter(hub: &Hub, login: &str, typed: &str, code: &str) -> Result<Entry, AccessError> {
    if !is_password(hub, login, typed)? {
        second_factor::pass_in_vain(code);
        return Ok(Entry::Refused);
    }
    let passage = second_factor::pass(hub.database(), login, code, hub.now())?;
    Ok(match passage {
        Passage::Refused => Entry::Refused,
        Passage::AsksForPasskey => Entry::AsksForPasskey,
        Passage::NotSetUp | Passage::Passed { .. } | Passage::PassedByPaper { .. } => {
            Entry::Signed(passage.remark())
        }
    })
}

/// Whether this is the user's password; nobody of that name takes as long.
pub fn is_password(hub: &Hub, login: &str, typed: &str) -> Result<bool, AccessError> {
    let user = hub.database().read(|reader| users::find(reader, login).map_err(StoreError::from))?;
    Ok(password::verify(typed, user.as_ref().map(|user| user.password_hash.as_str())))
}

/// The secret for the app of a user who has none yet.
pub fn begin_second_factor(hub: &Hub, login: &str) -> Result<Option<Secret>, AccessError> {
    let begun = hub.database().write(|transaction| {
        second_factor::begin(transaction, login, &mut rand::rng()).map_err(StoreError::from)
    });
    Ok(begun?)
}

/// From here on the code is asked for; gives the codes for paper, or nothing where the code was wrong.
pub fn confirm_second_factor(
    hub: &Hub,
    login: &str,
    code: &str,
) -> Result<Option<Vec<Zeroizing<String>>>, AccessError> {
    Ok(second_factor::confirm(hub.database(), login, code, hub.now(), &mut rand::rng())?)
}

/// The second factor goes, and a new one is set up at once: nothing else works before that.
pub fn drop_second_factor(hub: &Hub, login: &str) -> Result<(), AccessError> {
    let dropped = hub
        .database()
        .write(|transaction| second_factor::remove(transaction, login).map_err(StoreError::from));
    Ok(dropped?)
}

/// A code by which this user gets in once more, to be handed over by a person who knows the user.
pub fn let_in_again(hub: &Hub, login: &str) -> Result<Zeroizing<String>, AccessError> {
    let mut bytes = Zeroizing::new([0; 15]);
    rand::rng().fill_bytes(bytes.as_mut_slice());
    let letters = Zeroizing::new(BASE32_NOPAD.encode(bytes.as_slice()).to_lowercase());
    let expires_at = hub.now().timestamp() + ACCESS_CODE_SECONDS;
    hub.database().write(|transaction| {
        if users::find(transaction, login)?.is_none() {
            return Err(AccessError::Nobody);
        }
        Ok(access_codes::set(transaction, login, &hash(&letters), expires_at)?)
    })?;
    let groups: Vec<&str> =
        (0..letters.len()).step_by(6).map(|at| &letters[at..letters.len().min(at + 6)]).collect();
    Ok(Zeroizing::new(groups.join("-")))
}

/// Takes such a code: the password is the new one, and a second factor is to be set up anew. What else let the user in is gone:
/// whoever had taken the account over may have added it. False where the code is not right (any more).
pub fn recover(hub: &Hub, login: &str, code: &str, new_password: &str) -> Result<bool, AccessError> {
    password::check(new_password, login).map_err(|weak| HubError::Password { why: weak.text_key() })?;
    // Hashed whether it is needed or not, so that a wrong code takes as long.
    let password_hash = password::hash(new_password, &mut rand::rng())
        .map_err(|_| HubError::Password { why: "not hashed" })?;
    let letters: Zeroizing<String> = Zeroizing::new(
        code.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>().to_lowercase(),
    );
    let now = hub.now().timestamp();
    let done = hub.database().write(|transaction| -> Result<bool, StoreError> {
        let kept = access_codes::hash(transaction, login, now)?.unwrap_or_default();
        if !bool::from(kept.ct_eq(&hash(&letters))) {
            return Ok(false);
        }
        access_codes::remove(transaction, login)?;
        second_factor::remove(transaction, login)?;
        identities::remove(transaction, login)?;
        Ok(users::set_password(transaction, login, &password_hash)?)
    });
    Ok(done?)
}

/// The same from the machine's own command line, which needs no code.
pub fn reset(hub: &Hub, login: &str, new_password: &str) -> Result<(), AccessError> {
    let code = let_in_again(hub, login)?;
    recover(hub, login, &code, new_password)?;
    Ok(())
}

/// Gives a user another role; never the last who may look after the users one that may not.
pub fn change_role(hub: &Hub, login: &str, role: UserRole) -> Result<(), AccessError> {
    hub.database().write(|transaction| {
        let user = users::find(transaction, login)?.ok_or(AccessError::Nobody)?;
        users::set_role(transaction, login, role)?;
        let keeper = |role: UserRole| may(role, Action::LookAfterOfficeUsers);
        let has_keeper = users::list(transaction)?.iter().any(|(_, role)| keeper(*role));
        if keeper(user.role) && !has_keeper { Err(AccessError::Last) } else { Ok(()) }
    })
}

/// Removes a user with everything that let the user in; never the last who may look after the users.
pub fn remove_user(hub: &Hub, login: &str) -> Result<(), AccessError> {
    hub.database().write(|transaction| {
        let user = users::find(transaction, login)?.ok_or(AccessError::Nobody)?;
        identities::remove(transaction, login)?;
        users::remove(transaction, login)?;
        access_codes::remove(transaction, login)?;
        second_factor::remove(transaction, login)?;
        let keeper = |role: UserRole| may(role, Action::LookAfterOfficeUsers);
        let left = users::list(transaction)?;
        let without_keeper = keeper(user.role) && !left.iter().any(|(_, role)| keeper(*role));
        if without_keeper { Err(AccessError::Last) } else { Ok(()) }
    })
}

fn hash(letters: &str) -> [u8; 32] {
    Sha256::digest(letters).into()
}

/// Why nobody was let in, or could not be looked at.
#[derive(Debug, thiserror::Error)]
pub enum AccessError {
    #[error("there is no such user")]
    Nobody,
    #[error("nobody could look after the users any more: add another administrator first")]
    Last,
    #[error(transparent)]
    Hub(#[from] HubError),
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
