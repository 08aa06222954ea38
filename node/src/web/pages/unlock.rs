//! Unlocking: the one page of a folder that a passphrase opens, before somebody has given it.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use helhet_shared::web::{Form, Frame, Submitted, Texts, Visit, html};
use zeroize::Zeroizing;

use super::login::{refused, welcome};
use crate::web::desk::Entry;
use crate::web::state::{Answer, Screens};
use crate::web::urls::Urls;

#[derive(Debug, Template)]
#[template(path = "pages/unlock.html")]
pub(crate) struct UnlockPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) form: Form,
}

pub(crate) async fn show(visit: Visit) -> Answer {
    Ok(page(&visit, Form::default()))
}

/// Tries the passphrase off the async threads; a wrong name takes as long as a wrong passphrase.
pub(crate) async fn unlock(
    State(screens): State<Screens>,
    visit: Visit,
    Submitted(mut form): Submitted,
) -> Answer {
    let login = form.value("login").to_lowercase();
    let Some(attempt) = visit.attempt(&login) else {
        form.refuse("password", "error-login-wait");
        return Ok(page(&visit, form));
    };
    let (name, typed) = (login.clone(), Zeroizing::new(form.exact("password").to_owned()));
    let code = Zeroizing::new(form.value("code").to_owned());
    match screens.ask(&visit, move |desk| desk.unlock(&name, &typed, &code)).await? {
        Entry::Signed(remark) => {
            attempt.was_right();
            welcome(&screens, &visit, &login, remark).await
        }
        Entry::AsksForPasskey => super::passkeys::ask_for(&screens, &visit, &login).await,
        Entry::WithoutUser => Ok(Redirect::to(Urls.front()).into_response()),
        Entry::Refused => {
            refused(&mut form);
            Ok(page(&visit, form))
        }
    }
}

fn page(visit: &Visit, form: Form) -> Response {
    let frame = Frame::bare(visit, visit.texts.get("unlock-title").to_string());
    html(&UnlockPage { t: visit.texts.clone(), frame, urls: Urls, form })
}
