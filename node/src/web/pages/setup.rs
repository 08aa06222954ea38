//! Setting up a chapter's program: the invite, the agreement, the recovery words, the login.

use crate::web::desk::{DeskError, Lock, Recovery};
use crate::web::state::{Answer, Failure, Screens, done, ticked};
use crate::web::urls::Urls;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::response::{IntoResponse, Redirect};
use helhet_shared::web::{Choice, Form, Frame, Texts};
use helhet_shared::web::{Submitted, Visit, html, password};
use zeroize::Zeroizing;

use super::agreement::SharedLine;

/// Step 1: paste the invite.
#[derive(Debug, Template)]
#[template(path = "pages/setup_invite.html")]
pub(crate) struct InvitePage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) form: Form,
    /// The key of what the office said, or that it did not answer.
    pub(crate) refusal: Option<&'static str>,
}

/// Step 2: what the chapter will share, and that its members signed.
#[derive(Debug, Template)]
#[template(path = "pages/setup_agreement.html")]
pub(crate) struct AgreementStep {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) form: Form,
    pub(crate) chapter: String,
    pub(crate) lines: Vec<SharedLine>,
    pub(crate) signed: Vec<Choice>,
    pub(crate) accept: Vec<Choice>,
}

/// Step 3: the recovery words, shown this once, and the code that the office sees too. Its `Debug` hides the words.
#[derive(Template)]
#[template(path = "pages/setup_phrase.html")]
pub(crate) struct PhrasePage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) form: Form,
    pub(crate) chapter: String,
    pub(crate) words: Vec<String>,
    pub(crate) code: String,
    pub(crate) office: String,
    pub(crate) kept: Vec<Choice>,
}

impl std::fmt::Debug for PhrasePage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PhrasePage(…)")
    }
}

/// Step 4: who signs in on this computer.
#[derive(Debug, Template)]
#[template(path = "pages/setup_user.html")]
pub(crate) struct UserPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) form: Form,
    /// Whether the password will be what opens the folder.
    pub(crate) locks: bool,
}

/// A single box to tick.
pub(crate) fn tick(label: String, hint: String) -> Vec<Choice> {
    vec![Choice::new("yes", label).with_hint(hint)]
}

pub(crate) async fn show_invite(visit: Visit) -> Answer {
    Ok(invite_page(&visit, Form::default(), None))
}

pub(crate) async fn open_invite(
    State(screens): State<Screens>,
    visit: Visit,
    Submitted(mut form): Submitted,
) -> Answer {
    if form.value("invite").is_empty() {
        form.refuse("invite", "error-invite-missing");
    }
    if form.value("device").is_empty() {
        form.refuse("device", "error-device-missing");
    }
    if form.is_refused() {
        return Ok(invite_page(&visit, form, None));
    }
    // What mail programs put between the pieces of a long line is no part of the invite.
    let invite: String = form.value("invite").split_whitespace().collect();
    let device = form.value("device").to_owned();
    match screens.try_to(move |desk| desk.open_invite(&invite, &device)).await {
        // Where it waits to be let in by another computer of the chapter, the next page says so.
        Ok(()) => Ok(Redirect::to("/setup/agreement").into_response()),
        Err(error) => {
            let (key, typed_wrong) = invite_error(&visit, error)?;
            if typed_wrong {
                form.refuse("invite", key);
                return Ok(invite_page(&visit, form, None));
            }
            Ok(invite_page(&visit, form, Some(key)))
        }
    }
}

/// The key of the sentence, and whether it belongs to what was pasted.
fn invite_error(visit: &Visit, error: DeskError) -> Result<(&'static str, bool), Failure> {
    match error {
        DeskError::InviteUnreadable => Ok(("error-invite-unreadable", true)),
        DeskError::InviteUsed => Ok(("error-invite-used", true)),
        DeskError::OfficeUnreachable => Ok(("error-office-unreachable", false)),
        DeskError::OfficeSaid(key) => Ok((key, false)),
        other @ (DeskError::NotFound
        | DeskError::MayNot
        | DeskError::Kept
        | DeskError::Closed
        | DeskError::NobodyThere
        | DeskError::NotLetIn
        | DeskError::Input(_)
        | DeskError::FileUnreadable
        | DeskError::Failed(_)) => Err(Failure::of(visit, other)),
    }
}

fn invite_page(visit: &Visit, form: Form, refusal: Option<&'static str>) -> Response {
    let frame = Frame::bare(visit, visit.texts.get("setup-title").to_string());
    html(&InvitePage { t: visit.texts.clone(), frame, urls: Urls, form, refusal })
}

pub(crate) async fn show_agreement(State(screens): State<Screens>, visit: Visit) -> Answer {
    agreement_page(&screens, &visit, Form::default()).await
}

pub(crate) async fn join(
    State(screens): State<Screens>,
    visit: Visit,
    Submitted(mut form): Submitted,
) -> Answer {
    for (field, key) in [("signed", "error-signed"), ("accept", "error-accept")] {
        if !ticked(&form, field) {
            form.refuse(field, key);
        }
    }
    if form.is_refused() {
        return agreement_page(&screens, &visit, form).await;
    }
    match screens.try_to(|desk| desk.join()).await {
        Ok(()) => Ok(Redirect::to("/setup/phrase").into_response()),
        Err(error) => {
            let (key, _) = invite_error(&visit, error)?;
            form.refuse("accept", key);
            agreement_page(&screens, &visit, form).await
        }
    }
}

async fn agreement_page(screens: &Screens, visit: &Visit, form: Form) -> Answer {
    let Some((chapter, agreement)) = screens.ask(visit, |desk| desk.invited()).await? else {
        return Ok(Redirect::to(Urls.setup()).into_response());
    };
    let t = visit.texts.clone();
    let frame = Frame::bare(visit, t.get("setup-agreement-title").to_string());
    let lines = SharedLine::all(&t, &agreement);
    let signed = tick(t.get("setup-signed").to_string(), t.get("setup-signed-hint").to_string());
    let accept = tick(t.get("setup-accept").to_string(), String::new());
    Ok(html(&AgreementStep { t, frame, form, chapter, lines, signed, accept }))
}

pub(crate) async fn show_phrase(State(screens): State<Screens>, visit: Visit) -> Answer {
    phrase_page(&screens, &visit, Form::default()).await
}

pub(crate) async fn keep_phrase(
    State(screens): State<Screens>,
    visit: Visit,
    Submitted(mut form): Submitted,
) -> Answer {
    if !ticked(&form, "kept") {
        form.refuse("kept", "error-kept");
        return phrase_page(&screens, &visit, form).await;
    }
    screens.ask(&visit, |desk| desk.recovery_kept()).await?;
    Ok(Redirect::to("/setup/user").into_response())
}

async fn phrase_page(screens: &Screens, visit: &Visit, form: Form) -> Answer {
    let (recovery, place) = screens.ask(visit, |desk| Ok((desk.recovery()?, desk.place()?))).await?;
    let Some(Recovery { words, code, office }) = recovery else { return Err(Failure::not_found(visit)) };
    let t = visit.texts.clone();
    let frame = Frame::bare(visit, t.get("setup-phrase-title").arg("chapter", &place.chapter).to_string());
    let kept = tick(t.get("setup-kept").to_string(), String::new());
    Ok(html(&PhrasePage { t, frame, form, chapter: place.chapter, words, code, office, kept }))
}

pub(crate) async fn show_user(State(screens): State<Screens>, visit: Visit) -> Answer {
    user_page(&screens, &visit, Form::default()).await
}

/// The first user, who is signed in at once.
pub(crate) async fn add_user(
    State(screens): State<Screens>,
    visit: Visit,
    Submitted(mut form): Submitted,
) -> Answer {
    let login = form.value("login").to_lowercase();
    if login.is_empty() {
        form.refuse("login", "error-login-missing");
    }
    check_new_password(&mut form, &login);
    if form.is_refused() {
        return user_page(&screens, &visit, form).await;
    }
    let (name, typed) = (login.clone(), Zeroizing::new(form.exact("password").to_owned()));
    screens.ask(&visit, move |desk| desk.add_first_user(&name, &typed)).await?;
    Ok(([screens.sign_in(&visit, &login).await?], done(Urls.front(), "done-welcome")).into_response())
}

/// The rules for a new password, typed twice.
pub(crate) fn check_new_password(form: &mut Form, login: &str) {
    if let Err(weak) = password::check(form.exact("password"), login) {
        form.refuse("password", weak.text_key());
    } else if form.exact("password") != form.exact("again") {
        form.refuse("again", "error-again");
    }
}

async fn user_page(screens: &Screens, visit: &Visit, form: Form) -> Answer {
    let lock = screens.ask(visit, |desk| desk.lock()).await?;
    let frame = Frame::bare(visit, visit.texts.get("setup-user-title").to_string());
    let locks = lock != Lock::KeyFile { for_now: false };
    Ok(html(&UserPage { t: visit.texts.clone(), frame, form, locks }))
}
