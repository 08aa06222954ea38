//! What every handler holds, who asks and with which role, and the three things each handler does: ask the hub off the
//! async threads, put a frame around a page, and turn what went wrong into a page.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use helhet_shared::id::DocumentId;
use helhet_shared::rights::Action;
use helhet_shared::second_factor::passkeys::{PasskeyError, Passkeys};
use helhet_shared::web::live::Live;
use helhet_shared::web::passkeys_page;
use helhet_shared::web::session::Stamp;
use helhet_shared::web::sessions_card::ENDED;
use helhet_shared::web::{ErrorPage, Frame, Light, LightState, Link, Problem, Visit};

use super::pages::import::Uploads;
use super::urls::Urls;
use crate::access::AccessError;
use crate::access::elsewhere::Elsewhere;
use crate::hub::{Hub, HubError};
use crate::national::CorrectionError;
use crate::read::{self, Extraction};
use crate::store::{StoreError, projections, users};

/// The state of the office's screens. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Screens {
    pub(crate) hub: Hub,
    pub(crate) live: Live,
    pub(crate) uploads: Uploads,
    pub(crate) passkeys: Passkeys,
    /// The provider by which users may sign in too.
    pub(crate) elsewhere: Option<Elsewhere>,
}

/// A page, or the page of what went wrong.
pub(crate) type Answer = Result<Response, Failure>;

/// What went wrong, as a page.
#[derive(Debug)]
pub(crate) struct Failure(Box<ErrorPage>);

impl Failure {
    pub(crate) fn of(visit: &Visit, problem: Problem) -> Self {
        Self(Box::new(ErrorPage::of(visit, problem)))
    }

    /// A fault of the program: into its log, and a plain sentence to the visitor.
    pub(crate) fn logged(visit: &Visit, error: AskError) -> Self {
        let source = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
        tracing::error!(%error, %source, "a screen could not be made");
        Self::of(visit, Problem::Failed)
    }

    pub(crate) fn not_found(visit: &Visit) -> Self {
        Self::of(visit, Problem::NotFound)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        self.0.into_response()
    }
}

/// Why the hub did not answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AskError {
    #[error(transparent)]
    Hub(#[from] HubError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Chapter(#[from] crate::chapters::ChapterError),
    #[error(transparent)]
    Correction(#[from] CorrectionError),
    #[error(transparent)]
    Import(#[from] crate::files::ImportError),
    #[error(transparent)]
    Access(#[from] crate::access::AccessError),
    #[error(transparent)]
    Passkey(#[from] PasskeyError),
    #[error("the thread that asked has stopped")]
    Stopped,
}

impl Screens {
    pub(crate) fn new(hub: Hub, passkeys: Passkeys) -> Self {
        Self { hub, live: Live::default(), uploads: Uploads::default(), passkeys, elsewhere: None }
    }

    /// Asks the hub on a thread that may wait for the disk; an error is logged and becomes a page.
    pub(crate) async fn ask<T: Send + 'static, E: Into<AskError> + Send + 'static>(
        &self,
        visit: &Visit,
        question: impl FnOnce(&Hub) -> Result<T, E> + Send + 'static,
    ) -> Result<T, Failure> {
        self.try_to(question).await.map_err(|error| Failure::logged(visit, error))
    }

    /// As [`Screens::ask`], for those who have something to say about the error.
    pub(crate) async fn try_to<T: Send + 'static, E: Into<AskError> + Send + 'static>(
        &self,
        question: impl FnOnce(&Hub) -> Result<T, E> + Send + 'static,
    ) -> Result<T, AskError> {
        let hub = self.hub.clone();
        match tokio::task::spawn_blocking(move || question(&hub)).await {
            Ok(answer) => answer.map_err(Into::into),
            Err(_) => Err(AskError::Stopped),
        }
    }

    /// Signs in whom the hub let in: the header that the answer must carry.
    pub(crate) async fn sign_in(
        &self,
        visit: &Visit,
        login: &str,
    ) -> Result<(HeaderName, HeaderValue), Failure> {
        let asked = login.to_owned();
        let user = self
            .ask(visit, move |hub| {
                hub.database()
                    .read(|reader| users::find(reader, &asked).map_err(StoreError::from))?
                    .ok_or(AccessError::Nobody)
            })
            .await?;
        Ok(visit.sign_in(login, Stamp::of(&user.password_hash)))
    }

    /// The frame of a page of somebody who is signed in.
    pub(crate) async fn frame(&self, signed: &Signed, title: impl ToString) -> Result<Frame, Failure> {
        let visit = &signed.visit;
        let lag = self
            .ask(visit, |hub| {
                hub.database().read(|reader| projections::lag(reader).map_err(StoreError::from))
            })
            .await?;
        let t = &visit.texts;
        Ok(Frame {
            place: self.hub.office().name.clone(),
            links: navigation()
                .into_iter()
                .filter(|(action, ..)| visit.may(*action))
                .map(|(_, href, key)| Link::new(visit, href, t.get(key)))
                .collect(),
            light: Some(light(visit, lag)),
            live: true,
            done: visit.query("done").and_then(done_key),
            ..Frame::bare(visit, title.to_string())
        })
    }
}

/// The way around, each for who may go there.
fn navigation() -> [(Action, &'static str, &'static str); 6] {
    [
        (Action::LookInAtOffice, Urls.front(), "nav-front"),
        (Action::ReadNational, Urls.supporters(), "nav-supporters"),
        (Action::ReadChapters, Urls.chapters(), "nav-chapters"),
        (Action::BringInOfficeFile, Urls.import(), "nav-import"),
        (Action::ReadHistory, Urls.reports(), "nav-reports"),
        (Action::OwnOfficeAccess, Urls.settings(), "nav-settings"),
    ]
}

/// The light in true words: whether what the chapters sent is in the lists (N16).
fn light(visit: &Visit, lag: u64) -> Light {
    let t = &visit.texts;
    let (state, words) = match lag {
        0 => (LightState::Sent, t.get("light-all-in").to_string()),
        lag => (LightState::Waiting, t.get("light-coming").arg("count", lag).to_string()),
    };
    Light { state, words, href: Some(Urls.chapters().to_owned()) }
}

/// What a page may say about the deed that led to it.
const DONE: [&str; 17] = [
    passkeys_page::ADDED,
    passkeys_page::REMOVED,
    ENDED,
    "done-user-added",
    "done-user-removed",
    "done-elsewhere-connected",
    "done-elsewhere-removed",
    "done-clock",
    "done-by-paper",
    "done-corrected",
    "done-same-already",
    "done-parted",
    "done-joined",
    "done-taken-back",
    "done-undone",
    "done-undone-kept",
    "done-password",
];

fn done_key(code: &str) -> Option<&'static str> {
    DONE.into_iter().find(|key| key.strip_prefix("done-") == Some(code))
}

/// After a deed: on to the page that shows it, with a sentence.
pub(crate) fn done(address: impl AsRef<str>, key: &'static str) -> Response {
    let code = key.strip_prefix("done-").unwrap_or_default();
    Redirect::to(&format!("{}?done={code}", address.as_ref())).into_response()
}

/// A visitor whose login and password were right, and who may still have to set up a second factor: for the page of
/// that alone.
#[derive(Debug, Clone)]
pub(crate) struct Entered {
    pub(crate) visit: Visit,
    pub(crate) login: String,
}

/// A visitor who is signed in, and whom the door has let in with the role that the user has now.
#[derive(Debug, Clone)]
pub(crate) struct Signed {
    pub(crate) visit: Visit,
    pub(crate) login: String,
    /// Whether a page that stands open asks for parts of itself anew.
    pub(crate) part: bool,
}

impl Signed {
    /// What goes into the report history for a look at a screen.
    pub(crate) fn looks_at(&self, what: impl Into<String>) -> Extraction {
        Extraction { login: self.login.clone(), what: what.into(), why: "screen".into() }
    }

    /// The id in an address.
    pub(crate) fn id(&self, text: &str) -> Result<DocumentId, Failure> {
        text.parse().map_err(|_| Failure::not_found(&self.visit))
    }
}

impl FromRequestParts<Screens> for Signed {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &Screens) -> Result<Self, StatusCode> {
        // Only an address that asks for nobody comes here without one: an error of the program.
        parts.extensions.get::<Self>().cloned().ok_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl FromRequestParts<Screens> for Entered {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &Screens) -> Result<Self, StatusCode> {
        parts.extensions.get::<Self>().cloned().ok_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

/// One thing from the door for looks, by the hub's own clock.
pub(crate) fn look<T>(
    hub: &Hub,
    extraction: &Extraction,
    question: impl FnOnce(&rusqlite::Connection) -> Result<Vec<T>, StoreError>,
) -> Result<Vec<T>, StoreError> {
    read::look(hub.database(), extraction, hub.now().timestamp(), question)
}
