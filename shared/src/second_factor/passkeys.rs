//! Passkeys: a key that a device or a stick keeps for this program alone, and that answers by itself when its owner touches it, in
//! place of a typed code. No other site gets an answer from it, so that nobody is tricked out of it (WebAuthn, level 3).
//!
//! A passkey stands beside the app for codes and goes with it. What was asked of a browser is kept here in memory, for a few
//! minutes, and good for one answer.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Duration, Utc};
use data_encoding::BASE64URL_NOPAD;
use rusqlite::{Connection, Transaction};
use webauthn_rs::prelude::{
    AuthenticationResult, Passkey, PasskeyAuthentication, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Url, Uuid, Webauthn, WebauthnBuilder, WebauthnError,
};

use crate::sqlite::passkeys::{self as rows, PasskeyRow};
use crate::web::session::Stamp;

const ANSWERED_WITHIN: Duration = Duration::minutes(5);
const MOST_BEGUN: usize = 1_000;
/// More than anybody has, and few enough for a page.
const MOST_KEPT: usize = 20;
const NAME_LETTERS_MAX: usize = 40;

/// What a program goes by. Cheap to clone.
#[derive(Clone)]
pub struct Passkeys(Arc<Inner>);

struct Inner {
    /// None where browsers allow no passkeys.
    party: Option<Webauthn>,
    origin: String,
    /// By the hash of the visitor's secret.
    begun: Mutex<Table>,
}

/// When and what, by visitor.
type Table = HashMap<[u8; 32], (DateTime<Utc>, Begun)>;

enum Begun {
    Adding { login: String, state: PasskeyRegistration },
    Entering { login: String, stamp: Stamp, state: PasskeyAuthentication },
}

impl fmt::Debug for Passkeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Passkeys").field("origin", &self.0.origin).finish_non_exhaustive()
    }
}

/// A new passkey, to be kept.
#[derive(Clone)]
pub struct NewPasskey(Passkey);

/// An answer that was right: whose it is, and what it stands on.
#[derive(Clone)]
pub struct Answered {
    pub login: String,
    /// The user's, as it was when the password was right.
    pub stamp: Stamp,
    result: AuthenticationResult,
}

impl fmt::Debug for NewPasskey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NewPasskey(…)")
    }
}

impl fmt::Debug for Answered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Answered(…)")
    }
}

/// One that is kept, as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptPasskey {
    /// In an address or a form.
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    pub added: DateTime<Utc>,
    pub used: Option<DateTime<Utc>>,
}

/// Why a passkey was not taken.
#[derive(Debug, thiserror::Error)]
pub enum PasskeyError {
    #[error("the passkey did not answer what was asked")]
    Refused,
    #[error("nothing was asked, or it was answered already, or too long ago")]
    NotAsked,
    #[error("passkeys cannot be used at this address")]
    Address,
    #[error("a passkey cannot be asked for")]
    NotBegun(#[source] WebauthnError),
    #[error("the question for a passkey cannot be written")]
    Json(#[from] serde_json::Error),
    #[error("the database answered with an error")]
    Sqlite(#[from] rusqlite::Error),
}

impl Passkeys {
    /// For a program at this origin and at no other: `http://localhost:7070`, `https://helhet.example.org`. Browsers allow names
    /// alone, and without TLS `localhost` alone.
    pub fn at(origin: &str) -> Self {
        let party = Url::parse(origin).ok().and_then(|url| {
            let builder = WebauthnBuilder::new(url.domain()?, &url).ok()?;
            builder.rp_name("Helhet").build().ok()
        });
        Self(Arc::new(Inner { party, origin: origin.to_owned(), begun: Mutex::default() }))
    }

    /// Where they can be used.
    pub fn origin(&self) -> &str {
        &self.0.origin
    }

    /// Whether they can be used by who came by this name (`host` or `host:port`).
    pub fn can_be_used_at(&self, host: &str) -> bool {
        let own = self.0.origin.split_once("://").is_some_and(|(_, own)| own.eq_ignore_ascii_case(host));
        own && self.0.party.is_some()
    }

    fn party(&self) -> Result<&Webauthn, PasskeyError> {
        self.0.party.as_ref().ok_or(PasskeyError::Address)
    }

    /// What the browser of a visitor is to ask for, to add one to a login.
    pub fn begin_adding(
        &self,
        visitor: [u8; 32],
        login: &str,
        kept: &[PasskeyRow],
        now: DateTime<Utc>,
    ) -> Result<String, PasskeyError> {
        let known = passkeys(kept)?.iter().map(|key| key.cred_id().clone()).collect();
        // A number of its own for each: the same one would replace the passkey of another program of this machine.
        let number = Uuid::new_v4();
        let (question, state) = self
            .party()?
            .start_passkey_registration(number, login, login, Some(known))
            .map_err(PasskeyError::NotBegun)?;
        self.keep(visitor, now, Begun::Adding { login: login.to_owned(), state });
        Ok(serde_json::to_string(&question)?)
    }

    /// What the browser said. One answer is taken, right or wrong.
    pub fn finish_adding(
        &self,
        visitor: [u8; 32],
        login: &str,
        answer: &str,
        now: DateTime<Utc>,
    ) -> Result<NewPasskey, PasskeyError> {
        let Some(Begun::Adding { login: asked, state }) = self.take(visitor, now) else {
            return Err(PasskeyError::NotAsked);
        };
        if asked != login {
            return Err(PasskeyError::NotAsked);
        }
        let answer: RegisterPublicKeyCredential =
            serde_json::from_str(answer).map_err(|_| PasskeyError::Refused)?;
        let key = self.party()?.finish_passkey_registration(&answer, &state);
        key.map(NewPasskey).map_err(|_| PasskeyError::Refused)
    }

    /// What the browser is to ask for, of a visitor whose login and password were right. None where the login has no passkey.
    pub fn begin_entering(
        &self,
        visitor: [u8; 32],
        login: &str,
        stamp: Stamp,
        kept: &[PasskeyRow],
        now: DateTime<Utc>,
    ) -> Result<Option<String>, PasskeyError> {
        if kept.is_empty() {
            return Ok(None);
        }
        let (question, state) =
            self.party()?.start_passkey_authentication(&passkeys(kept)?).map_err(PasskeyError::NotBegun)?;
        self.keep(visitor, now, Begun::Entering { login: login.to_owned(), stamp, state });
        Ok(Some(serde_json::to_string(&question)?))
    }

    /// What the browser said. One answer is taken, right or wrong; [`used`] must agree too.
    pub fn finish_entering(
        &self,
        visitor: [u8; 32],
        answer: &str,
        now: DateTime<Utc>,
    ) -> Result<Answered, PasskeyError> {
        let Some(Begun::Entering { login, stamp, state }) = self.take(visitor, now) else {
            return Err(PasskeyError::NotAsked);
        };
        let answer: PublicKeyCredential = serde_json::from_str(answer).map_err(|_| PasskeyError::Refused)?;
        let result = self.party()?.finish_passkey_authentication(&answer, &state);
        let result = result.map_err(|_| PasskeyError::Refused)?;
        Ok(Answered { login, stamp, result })
    }

    fn keep(&self, visitor: [u8; 32], now: DateTime<Utc>, begun: Begun) {
        let mut all = self.lock();
        all.retain(|_, (at, _)| now - *at < ANSWERED_WITHIN);
        if all.len() >= MOST_BEGUN
            && let Some(oldest) = all.iter().min_by_key(|(_, (at, _))| *at).map(|(key, _)| *key)
        {
            all.remove(&oldest);
        }
        all.insert(visitor, (now, begun));
    }

    fn take(&self, visitor: [u8; 32], now: DateTime<Utc>) -> Option<Begun> {
        let (at, begun) = self.lock().remove(&visitor)?;
        (now - at < ANSWERED_WITHIN).then_some(begun)
    }

    /// A poisoned table is still a table: each change of it is whole.
    fn lock(&self) -> MutexGuard<'_, Table> {
        self.0.begun.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// All that a login has, for the questions.
pub fn of(connection: &Connection, login: &str) -> rusqlite::Result<Vec<PasskeyRow>> {
    rows::of(connection, login)
}

/// All that a login has, for its owner.
pub fn list(connection: &Connection, login: &str) -> rusqlite::Result<Vec<KeptPasskey>> {
    let moment = |seconds| DateTime::from_timestamp(seconds, 0).unwrap_or_default();
    let kept = |row: PasskeyRow| KeptPasskey {
        id: BASE64URL_NOPAD.encode(&row.id),
        name: row.name,
        added: moment(row.added_at),
        used: row.used_at.map(moment),
    };
    Ok(rows::of(connection, login)?.into_iter().map(kept).collect())
}

/// Keeps one under a name. False where the login has no second factor beside which it could stand, has too many, or where the
/// passkey is somebody's already.
pub fn keep(
    transaction: &Transaction<'_>,
    login: &str,
    name: &str,
    NewPasskey(key): &NewPasskey,
    now: DateTime<Utc>,
) -> Result<bool, PasskeyError> {
    if !super::is_set_up(transaction, login)? || rows::of(transaction, login)?.len() >= MOST_KEPT {
        return Ok(false);
    }
    let row = PasskeyRow {
        id: key.cred_id().to_vec(),
        name: name.trim().chars().take(NAME_LETTERS_MAX).collect(),
        key: serde_json::to_string(key)?,
        added_at: now.timestamp(),
        used_at: None,
    };
    Ok(rows::add(transaction, login, &row)?)
}

/// Notes that one was used. False where it is not the login's (any more).
pub fn used(
    transaction: &Transaction<'_>,
    login: &str,
    answered: &Answered,
    now: DateTime<Utc>,
) -> Result<bool, PasskeyError> {
    let id = answered.result.cred_id();
    let kept = rows::of(transaction, login)?.into_iter().find(|row| row.id.as_slice() == id.as_slice());
    let (Some(kept), true) = (kept, answered.login == login) else { return Ok(false) };
    let mut key: Passkey = serde_json::from_str(&kept.key)?;
    key.update_credential(&answered.result);
    rows::set_used(transaction, &kept.id, &serde_json::to_string(&key)?, now.timestamp())?;
    Ok(true)
}

/// Takes one away, by the id in its owner's list. False where the login has no such.
pub fn remove(transaction: &Transaction<'_>, login: &str, id: &str) -> rusqlite::Result<bool> {
    let Ok(id) = BASE64URL_NOPAD.decode(id.as_bytes()) else { return Ok(false) };
    rows::remove(transaction, login, &id)
}

fn passkeys(kept: &[PasskeyRow]) -> Result<Vec<Passkey>, PasskeyError> {
    Ok(kept.iter().map(|row| serde_json::from_str(&row.key)).collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests;
