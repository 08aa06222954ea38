//! Signing in elsewhere: by a provider that the office trusts (OpenID Connect), such as one that asks for a BankID. It counts as
//! password and second factor in one, for users who have connected their identity there with their login here; it makes nobody
//! a user. What speaks with a provider is built in by the feature `oidc` alone.

mod begun;
pub mod config;
#[cfg(feature = "oidc")]
mod openid;
mod provider;
pub mod rules;

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use helhet_shared::supporter::value::{Country, holds_national_number};

use self::begun::Begun;
pub use self::begun::Purpose;
pub use self::config::{Config, ConfigError};
#[cfg(test)]
pub(crate) use self::provider::Played;
use self::provider::Provider;
use self::rules::TooWeak;
use super::AccessError;
use crate::hub::Hub;
use crate::store::{StoreError, identities};

/// Where the provider sends people back to, at the address by which they reach the hub.
pub const BACK: &str = "/login/elsewhere/back";
/// What its specification allows.
const SUBJECT_LETTERS_MAX: usize = 255;

/// The provider, and who was sent there. Cheap to clone.
#[derive(Clone)]
pub struct Elsewhere(Arc<Inner>);

struct Inner {
    name: String,
    issuer: String,
    origin: String,
    provider: Provider,
    begun: Begun,
}

impl fmt::Debug for Elsewhere {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Elsewhere").field("name", &self.0.name).finish_non_exhaustive()
    }
}

/// Who somebody is, by the word of an issuer. Another issuer's same word is somebody else.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    pub issuer: String,
    pub subject: String,
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Identity(…)")
    }
}

/// What an address says by which the provider sent somebody back.
#[derive(Clone, Copy)]
pub struct Returned<'a> {
    pub state: &'a str,
    pub code: Option<&'a str>,
    /// The provider's word for why there is no code.
    pub error: Option<&'a str>,
}

impl fmt::Debug for Returned<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Returned(…)")
    }
}

/// Why nobody came in, in codes that may stand in the log: they name nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ElsewhereError {
    /// Nothing was asked in this browser, or it was answered already, or too long ago.
    #[error("not_asked")]
    NotAsked,
    #[error("stopped")]
    Stopped,
    #[error("unreachable")]
    Unreachable,
    #[error("too_weak/{0}")]
    TooWeak(#[from] TooWeak),
    /// The provider refused, or what it said does not hold.
    #[error("refused/{0}")]
    Refused(&'static str),
}

impl Elsewhere {
    /// By this provider, for who reaches the hub at `origin`.
    #[cfg(feature = "oidc")]
    pub fn at(config: Config, origin: &str) -> Result<Self, ElsewhereError> {
        let (name, issuer) = (config.name.clone(), config.issuer.clone());
        let provider = Provider::OpenId(Box::new(openid::OpenId::new(config, format!("{origin}{BACK}"))?));
        Ok(Self::new(name, issuer, origin, provider))
    }

    /// A provider that says what a test tells it to.
    #[cfg(test)]
    pub(crate) fn played(name: &str, origin: &str, played: Played) -> Self {
        Self::new(name.to_owned(), Played::ISSUER.to_owned(), origin, Provider::Played(played))
    }

    #[cfg(any(feature = "oidc", test))]
    fn new(name: String, issuer: String, origin: &str, provider: Provider) -> Self {
        let begun = Begun::default();
        Self(Arc::new(Inner { name, issuer, origin: origin.to_owned(), provider, begun }))
    }

    /// What people call the provider.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// Whether who came by this name (`host` or `host:port`) is sent back to it; a cookie of another name would not be there.
    pub fn can_be_used_at(&self, host: &str) -> bool {
        self.0.origin.split_once("://").is_some_and(|(_, own)| own.eq_ignore_ascii_case(host))
    }

    /// The provider's address to which the visitor goes on.
    pub async fn begin(
        &self,
        visitor: [u8; 32],
        purpose: Purpose,
        now: DateTime<Utc>,
    ) -> Result<String, ElsewhereError> {
        let asked = self.0.provider.begin().await?;
        self.0.begun.keep(visitor, purpose, asked.state, asked.secrets, now);
        Ok(asked.address)
    }

    /// Who the visitor is, as the provider says. One answer is taken.
    pub async fn finish(
        &self,
        visitor: [u8; 32],
        purpose: &Purpose,
        returned: Returned<'_>,
        now: DateTime<Utc>,
    ) -> Result<Identity, ElsewhereError> {
        let secrets = self.0.begun.take(visitor, purpose, returned.state, now);
        let secrets = secrets.ok_or(ElsewhereError::NotAsked)?;
        let code = match (returned.error, returned.code) {
            (Some("access_denied"), _) => return Err(ElsewhereError::Stopped),
            (Some("unmet_authentication_requirements"), _) => return Err(TooWeak::Level.into()),
            (Some(_), _) | (None, None) => return Err(ElsewhereError::Refused("no_code")),
            (None, Some(code)) => code,
        };
        let identity = self.0.provider.finish(code, &secrets, now).await?;
        fit_to_be_kept(&identity)?;
        Ok(identity)
    }
}

/// A national identity number is no name for anybody here: a provider that gives one has to be told to give another.
fn fit_to_be_kept(identity: &Identity) -> Result<(), ElsewhereError> {
    let subject = identity.subject.as_str();
    if subject.is_empty() || subject.chars().count() > SUBJECT_LETTERS_MAX {
        return Err(ElsewhereError::Refused("subject"));
    }
    match holds_national_number(subject, &Country::norway()) {
        true => Err(ElsewhereError::Refused("national_number")),
        false => Ok(()),
    }
}

/// Whose identity it is; nobody's, where it was never connected.
pub fn whose(hub: &Hub, identity: &Identity) -> Result<Option<String>, AccessError> {
    let key = (identity.issuer.as_str(), identity.subject.as_str());
    Ok(hub.database().read(|reader| identities::login(reader, key).map_err(StoreError::from))?)
}

/// Since when a login is connected with this provider.
pub fn since(hub: &Hub, elsewhere: &Elsewhere, login: &str) -> Result<Option<DateTime<Utc>>, AccessError> {
    let since = hub
        .database()
        .read(|reader| identities::since(reader, login, &elsewhere.0.issuer).map_err(StoreError::from))?;
    Ok(since.and_then(|seconds| DateTime::from_timestamp(seconds, 0)))
}

/// Connects a login; false where the identity is somebody's already, or the login has one.
pub fn connect(hub: &Hub, login: &str, identity: &Identity) -> Result<bool, AccessError> {
    let key = (identity.issuer.as_str(), identity.subject.as_str());
    let now = hub.now().timestamp();
    hub.database().write(|transaction| Ok(identities::add(transaction, key, login, now)?))
}

/// Takes away what a login is connected with; false where there is nothing.
pub fn take_away(hub: &Hub, login: &str) -> Result<bool, AccessError> {
    hub.database().write(|transaction| Ok(identities::remove(transaction, login)?))
}

#[cfg(test)]
mod tests;
