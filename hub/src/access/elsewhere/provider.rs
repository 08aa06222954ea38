//! Who is asked: a provider over the network, where that is built in, or one that a test plays. Else there is none at all.

use chrono::{DateTime, Utc};
use zeroize::Zeroizing;

use super::begun::Secrets;
use super::{ElsewhereError, Identity};

/// A question to a provider, as a visitor carries it there.
pub(super) struct Asked {
    pub(super) address: String,
    pub(super) state: Zeroizing<String>,
    pub(super) secrets: Secrets,
}

pub(super) enum Provider {
    #[cfg(feature = "oidc")]
    OpenId(Box<super::openid::OpenId>),
    #[cfg(test)]
    Played(Played),
}

impl Provider {
    pub(super) async fn begin(&self) -> Result<Asked, ElsewhereError> {
        match *self {
            #[cfg(feature = "oidc")]
            Self::OpenId(ref provider) => provider.begin().await,
            #[cfg(test)]
            Self::Played(ref played) => played.begin(),
        }
    }

    /// Fetches what the provider says for a code, and believes it if it holds.
    #[cfg_attr(not(feature = "oidc"), expect(unused_variables, reason = "a played provider has no clock"))]
    pub(super) async fn finish(
        &self,
        code: &str,
        secrets: &Secrets,
        now: DateTime<Utc>,
    ) -> Result<Identity, ElsewhereError> {
        match *self {
            #[cfg(feature = "oidc")]
            Self::OpenId(ref provider) => provider.finish(code, secrets, now).await,
            #[cfg(test)]
            Self::Played(ref played) => played.finish(code, secrets),
        }
    }
}

/// A provider of a test: a code is the subject that it vouches for.
#[cfg(test)]
#[derive(Clone, Debug, Default)]
pub(crate) struct Played {
    /// What goes wrong from now on.
    pub(crate) trouble: std::sync::Arc<std::sync::Mutex<Option<ElsewhereError>>>,
}

#[cfg(test)]
impl Played {
    pub(crate) const ISSUER: &str = "https://provider.example";

    fn well(&self) -> Result<(), ElsewhereError> {
        (*self.trouble.lock().unwrap()).map_or(Ok(()), Err)
    }

    fn begin(&self) -> Result<Asked, ElsewhereError> {
        self.well()?;
        let state = format!("{:032x}", rand::random::<u128>());
        let secret = |of: &str| Zeroizing::new(format!("{of} of {state}"));
        let secrets = Secrets { nonce: secret("nonce"), verifier: secret("verifier") };
        let address = format!("{}/authorize?scope=openid&state={state}", Self::ISSUER);
        Ok(Asked { address, state: Zeroizing::new(state), secrets })
    }

    fn finish(&self, code: &str, secrets: &Secrets) -> Result<Identity, ElsewhereError> {
        self.well()?;
        assert!(secrets.nonce.starts_with("nonce") && secrets.verifier.starts_with("verifier"));
        Ok(Identity { issuer: Self::ISSUER.to_owned(), subject: code.to_owned() })
    }
}
