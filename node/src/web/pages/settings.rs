//! Settings: language, this computer, the password, what opens the folder.

use super::setup::check_new_password;
use crate::web::desk::Lock;
use crate::web::state::{Answer, Failure, Screens, done};
use askama::Template;
use axum::extract::State;
use axum::response::IntoResponse;
use helhet_shared::web::passkeys_page::{self, PasskeysCard};
use helhet_shared::web::sessions_card::{OWN, SessionsCard};
use helhet_shared::web::{Form, Frame, Texts};
use helhet_shared::web::{Submitted, Visit, html};
use zeroize::Zeroizing;

use crate::web::urls::Urls;

#[derive(Debug, Template)]
#[template(path = "pages/settings.html")]
pub(crate) struct SettingsPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) form: Form,
    pub(crate) device: String,
    pub(crate) folder: String,
    pub(crate) lock: Lock,
    /// How many codes on paper the visitor has left; none where no code is asked for.
    pub(crate) codes_left: Option<u32>,
    pub(crate) sessions: SessionsCard,
    pub(crate) passkeys: PasskeysCard,
}

pub(crate) async fn show(State(screens): State<Screens>, visit: Visit) -> Answer {
    page(&screens, &visit, Form::default()).await
}

/// A changed password signs out everywhere else.
pub(crate) async fn change_password(
    State(screens): State<Screens>,
    visit: Visit,
    Submitted(mut form): Submitted,
) -> Answer {
    let login = visit.who();
    check_current(&screens, &visit, &mut form, "current").await?;
    check_new_password(&mut form, &login);
    if form.is_refused() {
        return page(&screens, &visit, form).await;
    }
    let (name, typed) = (login.clone(), Zeroizing::new(form.exact("password").to_owned()));
    screens.ask(&visit, move |desk| desk.change_password(&name, &typed)).await?;
    visit.site().sessions.sign_out_everywhere(&login);
    Ok(([screens.sign_in(&visit, &login).await?], done(Urls.settings(), "done-password")).into_response())
}

/// Lets the visitor's passphrase open the folder, and no key file any more.
pub(crate) async fn lock(
    State(screens): State<Screens>,
    visit: Visit,
    Submitted(mut form): Submitted,
) -> Answer {
    check_current(&screens, &visit, &mut form, "own").await?;
    if form.is_refused() {
        return page(&screens, &visit, form).await;
    }
    let login = visit.who();
    let typed = Zeroizing::new(form.exact("own").to_owned());
    screens.ask(&visit, move |desk| desk.lock_for(&login, &typed)).await?;
    Ok(done(Urls.settings(), "done-locked"))
}

/// The passphrase of the folder's making opens it no longer.
pub(crate) async fn forget_first(
    State(screens): State<Screens>,
    visit: Visit,
    Submitted(_): Submitted,
) -> Answer {
    screens.ask(&visit, |desk| desk.forget_first_passphrase()).await?;
    Ok(done(Urls.settings(), "done-first-forgotten"))
}

/// Who changes what lets people in says who they are once more; guessing here is as slow as at the door.
pub(super) async fn check_current(
    screens: &Screens,
    visit: &Visit,
    form: &mut Form,
    field: &str,
) -> Result<(), Failure> {
    let login = visit.who();
    let Some(attempt) = visit.attempt(&login) else {
        form.refuse(field, "error-login-wait");
        return Ok(());
    };
    let typed = Zeroizing::new(form.exact(field).to_owned());
    match screens.ask(visit, move |desk| desk.is_right(&login, &typed)).await? {
        true => attempt.was_right(),
        false => form.refuse(field, "error-current"),
    }
    Ok(())
}

pub(super) async fn page(screens: &Screens, visit: &Visit, mut form: Form) -> Answer {
    for field in ["current", "password", "again", "own", "factor_own", OWN, passkeys_page::OWN] {
        form.forget(field);
    }
    let login = visit.who();
    let t = visit.texts.clone();
    // The answer to a deed stands at an address that is no page, where nothing can be asked anew.
    let live = !form.is_refused();
    let frame = Frame { live, ..screens.frame(visit, t.get("settings-title")).await? };
    let (place, lock, codes_left, kept) = screens
        .ask(visit, move |desk| {
            Ok((desk.place()?, desk.lock()?, desk.codes_left(&login)?, desk.passkeys(&login)?))
        })
        .await?;
    let sessions = SessionsCard::of(visit);
    let passkeys = PasskeysCard::new(visit, &screens.passkeys, kept, codes_left.is_some());
    let (device, folder) = (place.device, place.folder);
    Ok(html(&SettingsPage {
        t,
        frame,
        urls: Urls,
        form,
        device,
        folder,
        lock,
        codes_left,
        sessions,
        passkeys,
    }))
}
