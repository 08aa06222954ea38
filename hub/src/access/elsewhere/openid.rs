//! A provider of OpenID Connect, over the network: the flow by code, with PKCE, state and nonce. What it signs is checked by the
//! library (issuer, audience, signature, nonce, time); how strong the sign-in was, in [`super::rules`].
//!
//! What a provider says of itself is asked for when it is first needed, and anew after a while, since keys change. One that is
//! down is asked again a moment later.

use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreJwsSigningAlgorithm, CoreProviderMetadata,
};
use openidconnect::reqwest::{Client, redirect};
use openidconnect::{
    AuthenticationContextClass, AuthorizationCode, ClientId, ClientSecret, CsrfToken, IssuerUrl, Nonce,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError, TokenResponse as _,
};
use tokio::sync::Mutex;
use zeroize::Zeroizing;

use super::begun::Secrets;
use super::config::{Config, is_this_machine};
use super::provider::Asked;
use super::rules::{self, SIGNED_IN_WITHIN};
use super::{ElsewhereError, Identity};

const ANSWERS_WITHIN: Duration = Duration::from_secs(5);
const KNOWN_FOR: Duration = Duration::from_secs(10 * 60);
/// So that many who ask at once do not wait one after another for who does not answer.
const ASKED_AGAIN_AFTER: Duration = Duration::from_secs(2);

/// Those by which a provider alone can sign; what is signed by a secret that the hub has too proves nothing.
const SIGNED_BY: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

pub(super) struct OpenId {
    config: Config,
    issuer: IssuerUrl,
    back: RedirectUrl,
    http: Client,
    known: Mutex<Known>,
}

enum Known {
    Nothing,
    Failed(Instant),
    Told(Instant, Box<CoreProviderMetadata>),
}

impl OpenId {
    /// Asks nobody anything yet. `back` is where people are sent back to.
    pub(super) fn new(config: Config, back: String) -> Result<Self, ElsewhereError> {
        let wrong = |_| ElsewhereError::Refused("address");
        let issuer = IssuerUrl::new(config.issuer.clone()).map_err(wrong)?;
        let back = RedirectUrl::new(back).map_err(wrong)?;
        // Redirects would lead requests with our secret to where nobody named.
        let http = Client::builder().redirect(redirect::Policy::none()).timeout(ANSWERS_WITHIN);
        let http = match is_plain(&issuer) {
            true => http.no_proxy(),
            false => http.https_only(true),
        };
        let http = http.build().map_err(|_| ElsewhereError::Refused("no_client"))?;
        Ok(Self { config, issuer, back, http, known: Mutex::new(Known::Nothing) })
    }

    pub(super) async fn begin(&self) -> Result<Asked, ElsewhereError> {
        let metadata = self.metadata().await?;
        let over_tls = metadata.authorization_endpoint().url().scheme() == "https";
        if !over_tls && !is_plain(&self.issuer) {
            return Err(ElsewhereError::Refused("without_tls"));
        }
        let client = CoreClient::from_provider_metadata(metadata, self.client_id(), Some(self.secret()))
            .set_redirect_uri(self.back.clone());
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let asked = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .set_pkce_challenge(challenge)
            .set_max_age(SIGNED_IN_WITHIN.to_std().unwrap_or_default());
        let (address, state, nonce) = self
            .config
            .acr_values
            .iter()
            .fold(asked, |asked, value| {
                asked.add_auth_context_value(AuthenticationContextClass::new(value.clone()))
            })
            .url();
        let secret = |text: &str| Zeroizing::new(text.to_owned());
        let secrets = Secrets { nonce: secret(nonce.secret()), verifier: secret(verifier.secret()) };
        Ok(Asked { address: address.to_string(), state: secret(state.secret()), secrets })
    }

    pub(super) async fn finish(
        &self,
        code: &str,
        secrets: &Secrets,
        now: DateTime<Utc>,
    ) -> Result<Identity, ElsewhereError> {
        let metadata = self.metadata().await?;
        let client = CoreClient::from_provider_metadata(metadata, self.client_id(), Some(self.secret()))
            .set_redirect_uri(self.back.clone());
        let tokens = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|_| ElsewhereError::Refused("no_token_address"))?
            .set_pkce_verifier(PkceCodeVerifier::new(secrets.verifier.to_string()))
            .request_async(&self.http)
            .await
            .map_err(|error| match error {
                RequestTokenError::Request(_) => ElsewhereError::Unreachable,
                RequestTokenError::ServerResponse(_) => ElsewhereError::Refused("code"),
                RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
                    ElsewhereError::Refused("answer")
                }
            })?;
        let token = tokens.id_token().ok_or(ElsewhereError::Refused("no_token"))?;
        let verifier = client.id_token_verifier().set_allowed_algs(SIGNED_BY).set_time_fn(move || now);
        let Ok(claims) = token.claims(&verifier, &Nonce::new(secrets.nonce.to_string())) else {
            // It may have new keys.
            *self.known.lock().await = Known::Nothing;
            return Err(ElsewhereError::Refused("token"));
        };
        let acr = claims.auth_context_ref().map(|acr| acr.as_str());
        rules::check(acr, claims.auth_time(), &self.config.acr_values, now)?;
        let subject = claims.subject().as_str().to_owned();
        Ok(Identity { issuer: claims.issuer().as_str().to_owned(), subject })
    }

    /// What the provider says of itself: its addresses and keys.
    async fn metadata(&self) -> Result<CoreProviderMetadata, ElsewhereError> {
        let mut known = self.known.lock().await;
        match &*known {
            Known::Told(at, metadata) if at.elapsed() < KNOWN_FOR => return Ok(*metadata.clone()),
            Known::Failed(at) if at.elapsed() < ASKED_AGAIN_AFTER => return Err(ElsewhereError::Unreachable),
            Known::Nothing | Known::Failed(_) | Known::Told(..) => {}
        }
        let Ok(metadata) = CoreProviderMetadata::discover_async(self.issuer.clone(), &self.http).await else {
            *known = Known::Failed(Instant::now());
            return Err(ElsewhereError::Unreachable);
        };
        *known = Known::Told(Instant::now(), Box::new(metadata.clone()));
        Ok(metadata)
    }

    fn client_id(&self) -> ClientId {
        ClientId::new(self.config.client_id.clone())
    }

    fn secret(&self) -> ClientSecret {
        ClientSecret::new(self.config.client_secret.to_string())
    }
}

/// Without TLS, which is for this machine alone.
fn is_plain(issuer: &IssuerUrl) -> bool {
    issuer.url().scheme() == "http" && issuer.url().host_str().is_some_and(is_this_machine)
}
