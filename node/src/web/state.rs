//! What every handler holds, and the three things each does: ask the desk off the async threads, put a frame around a page, and turn
//! what went wrong into a page.

use std::sync::Arc;

use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Redirect, Response};
use helhet_shared::rights::Action;
use helhet_shared::second_factor::passkeys::Passkeys;
use helhet_shared::web::live::Live;
use helhet_shared::web::passkeys_page;
use helhet_shared::web::sessions_card::ENDED;
use helhet_shared::web::{ErrorPage, Form, Frame, Light, LightState, Link, Problem, Texts, Visit};

use super::asked::Asked;
use super::desk::{Desk, DeskError, LightFigures};
use super::urls::Urls;

/// The state of the chapter's screens. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Screens {
    pub(crate) desk: Arc<dyn Desk>,
    pub(crate) live: Live,
    pub(crate) asked: Asked,
    pub(crate) passkeys: Passkeys,
}

/// A page, or the page of what went wrong.
pub(crate) type Answer = Result<Response, Failure>;

/// What went wrong, as a page.
#[derive(Debug)]
pub(crate) struct Failure(Box<ErrorPage>);

impl Failure {
    pub(crate) fn of(visit: &Visit, error: DeskError) -> Self {
        let problem = match error {
            DeskError::NotFound => Problem::NotFound,
            DeskError::Input(_) => Problem::Unreadable,
            DeskError::MayNot | DeskError::Kept | DeskError::Closed => Problem::NotAllowed,
            DeskError::InviteUnreadable
            | DeskError::InviteUsed
            | DeskError::OfficeUnreachable
            | DeskError::NobodyThere
            | DeskError::NotLetIn
            | DeskError::OfficeSaid(_)
            | DeskError::FileUnreadable
            | DeskError::Failed(_) => {
                tracing::error!(%error, source = error_source(&error), "a screen could not be made");
                Problem::Failed
            }
        };
        Self(Box::new(ErrorPage::of(visit, problem)))
    }

    pub(crate) fn not_found(visit: &Visit) -> Self {
        Self::of(visit, DeskError::NotFound)
    }
}

fn error_source(error: &DeskError) -> String {
    std::error::Error::source(error).map(ToString::to_string).unwrap_or_default()
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        self.0.into_response()
    }
}

impl Screens {
    /// Asks the desk on a thread that may wait for the disk.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        visit: &Visit,
        question: impl FnOnce(&dyn Desk) -> Result<T, DeskError> + Send + 'static,
    ) -> Result<T, Failure> {
        self.try_to(question).await.map_err(|error| Failure::of(visit, error))
    }

    /// As [`Screens::ask`], for those who have something to say about the error.
    pub(crate) async fn try_to<T: Send + 'static>(
        &self,
        question: impl FnOnce(&dyn Desk) -> Result<T, DeskError> + Send + 'static,
    ) -> Result<T, DeskError> {
        let desk = self.desk.clone();
        match tokio::task::spawn_blocking(move || question(desk.as_ref())).await {
            Ok(answer) => answer,
            Err(error) => Err(DeskError::Failed(Box::new(error))),
        }
    }

    /// Signs in whom the desk let in: the header that the answer must carry.
    pub(crate) async fn sign_in(
        &self,
        visit: &Visit,
        login: &str,
    ) -> Result<(HeaderName, HeaderValue), Failure> {
        let asked = login.to_owned();
        let user = self.ask(visit, move |desk| desk.user(&asked)?.ok_or(DeskError::NotFound)).await?;
        Ok(visit.sign_in(&user.login, user.stamp))
    }

    /// The frame of a page of somebody who is signed in.
    pub(crate) async fn frame(&self, visit: &Visit, title: impl ToString) -> Result<Frame, Failure> {
        let (place, figures) = self.ask(visit, |desk| Ok((desk.place()?, desk.light()?))).await?;
        let t = &visit.texts;
        Ok(Frame {
            place: place.chapter,
            links: navigation()
                .into_iter()
                .filter(|(action, ..)| visit.may(*action))
                .map(|(_, href, key)| Link::new(visit, href, t.get(key)))
                .collect(),
            light: Some(light(visit, &figures)),
            live: true,
            done: visit
                .query("done")
                .and_then(|code| DONE.into_iter().find(|key| key.strip_prefix("done-") == Some(code))),
            ..Frame::bare(visit, title.to_string())
        })
    }
}

/// The way around, each for who may go there.
fn navigation() -> [(Action, &'static str, &'static str); 6] {
    [
        (Action::LookIn, Urls.front(), "nav-front"),
        (Action::ReadSupporters, Urls.supporters(), "nav-supporters"),
        (Action::BringInFile, Urls.import(), "nav-import"),
        (Action::ReadWhatOfficeSees, Urls.office(), "nav-office"),
        (Action::FollowSending, Urls.sync(), "nav-sync"),
        (Action::OwnAccess, Urls.settings(), "nav-settings"),
    ]
}

/// What a page may say about the deed that led to it.
const DONE: [&str; 39] = [
    passkeys_page::ADDED,
    passkeys_page::REMOVED,
    "done-lent",
    "done-taken-back",
    ENDED,
    "done-waits-here",
    "done-met",
    "done-user-added",
    "done-user-removed",
    "done-clock",
    "done-by-paper",
    "done-factor-removed",
    "done-let-in",
    "done-turned-away",
    "done-removed-computer",
    "done-admitted",
    "done-added",
    "done-saved",
    "done-granted",
    "done-withdrawn",
    "done-sharing-confirmed",
    "done-refused",
    "done-erased",
    "done-erased-soon",
    "done-undone",
    "done-agreed",
    "done-password",
    "done-locked",
    "done-first-forgotten",
    "done-welcome",
    "done-protected",
    "done-unprotected",
    "done-erased-waits",
    "done-here-again",
    "done-confirmed-erasures",
    "done-kept",
    "done-kept-no-longer",
    "done-apart",
    "done-merged",
];

/// After a deed: on to the page that shows it, with a sentence.
pub(crate) fn done(address: impl AsRef<str>, key: &'static str) -> Response {
    let code = key.strip_prefix("done-").unwrap_or_default();
    Redirect::to(&format!("{}?done={code}", address.as_ref())).into_response()
}

/// The light in true words: "sent" is said only for what the office has confirmed (N16, T20).
pub(crate) fn light(visit: &Visit, figures: &LightFigures) -> Light {
    let t = &visit.texts;
    let (state, words) = match (figures.refused, figures.waiting, figures.sent_at) {
        (1.., ..) => (LightState::Refused, t.get("light-refused").arg("count", figures.refused).to_string()),
        (0, 1.., _) => {
            (LightState::Waiting, t.get("light-waiting").arg("count", figures.waiting).to_string())
        }
        (0, 0, Some(at)) => {
            (LightState::Sent, t.get("light-sent").arg("ago", t.ago(at, visit.now)).to_string())
        }
        (0, 0, None) => (LightState::Waiting, t.get("light-nothing-yet").to_string()),
    };
    Light { state, words, href: visit.may(Action::FollowSending).then(|| Urls.sync().to_owned()) }
}

/// A single box to tick, by the keys of its label and hint.
pub(crate) fn ticked(form: &Form, field: &str) -> bool {
    form.is_chosen(field, "yes")
}

/// The keys of the sentences for what a command refused.
pub(crate) fn error_key(
    field: helhet_shared::supporter::Field,
    code: helhet_shared::command::ErrorCode,
) -> String {
    use helhet_shared::command::ErrorCode;
    use helhet_shared::supporter::Field;
    let name = [Field::GivenName, Field::FamilyName, Field::LegalName].contains(&field);
    if name && code == ErrorCode::Missing {
        return "error-name-missing".to_owned();
    }
    if code != ErrorCode::Unreadable {
        return format!("error-{}", code.code().replace('_', "-"));
    }
    let known = [
        (Field::Email, "error-email"),
        (Field::Phone, "error-phone"),
        (Field::BirthDate, "error-birth"),
        (Field::Postcode, "error-postcode"),
        (Field::OrganisationNumber, "error-organisation-number"),
        (Field::RoleFrom, "error-date"),
        (Field::RoleTo, "error-date"),
        (Field::PoliceCertificateShownOn, "error-date"),
        (Field::PeerCourseOn, "error-date"),
        (Field::PeerApprovedFrom, "error-date"),
        (Field::PeerApprovedTo, "error-date"),
        (Field::KeptForBookkeeping, "error-date"),
        (Field::KeptForClaim, "error-date"),
        (Field::Hours, "error-number"),
        (Field::PeerCapacity, "error-number"),
    ];
    known.iter().find(|(of, _)| *of == field).map_or("error-unreadable", |(_, key)| key).to_owned()
}

/// The choices of a role, for a select or boxes.
pub(crate) fn role_choices(
    t: &Texts,
    roles: &[helhet_shared::supporter::Role],
) -> Vec<helhet_shared::web::Choice> {
    roles
        .iter()
        .map(|role| {
            helhet_shared::web::Choice::new(role.code(), t.code("role", role.code()))
                .with_hint(t.code("role-hint", role.code()))
        })
        .collect()
}
