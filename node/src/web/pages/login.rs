//! Signing in.

use crate::web::desk::Entry;
use crate::web::state::{Answer, Screens, done};
use crate::web::urls::Urls;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use helhet_shared::web::{Form, Frame, Submitted, Texts, Visit, html, password};
use zeroize::Zeroizing;

#[derive(Debug, Template)]
#[template(path = "pages/login.html")]
pub(crate) struct LoginPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) form: Form,
}

pub(crate) async fn show(State(screens): State<Screens>, visit: Visit) -> Answer {
    page(&screens, &visit, Form::default()).await
}

/// Checks the password off the async threads; a wrong name takes as long as a wrong password.
pub(crate) async fn sign_in(
    State(screens): State<Screens>,
    visit: Visit,
    Submitted(mut form): Submitted,
) -> Answer {
    let login = form.value("login").to_lowercase();
    let Some(attempt) = visit.attempt(&login) else {
        form.refuse("password", "error-login-wait");
        return page(&screens, &visit, form).await;
    };
    let (name, typed) = (login.clone(), Zeroizing::new(form.exact("password").to_owned()));
    let code = Zeroizing::new(form.value("code").to_owned());
    match screens.ask(&visit, move |desk| desk.enter(&name, &typed, &code)).await? {
        Entry::Signed(remark) => {
            attempt.was_right();
            welcome(&screens, &visit, &login, remark).await
        }
        Entry::AsksForPasskey => super::passkeys::ask_for(&screens, &visit, &login).await,
        Entry::WithoutUser => Ok(Redirect::to(Urls.front()).into_response()),
        Entry::Refused => {
            refused(&mut form);
            page(&screens, &visit, form).await
        }
    }
}

/// Signs in, and says what is to be said about the code.
pub(super) async fn welcome(
    screens: &Screens,
    visit: &Visit,
    login: &str,
    remark: Option<&'static str>,
) -> Answer {
    let onward = match remark {
        Some(key) => done(Urls.front(), key),
        None => Redirect::to(Urls.front()).into_response(),
    };
    Ok(([screens.sign_in(visit, login).await?], onward).into_response())
}

/// One sentence, whatever was wrong.
pub(super) fn refused(form: &mut Form) {
    form.refuse("login", password::WRONG);
    for field in ["password", "code"] {
        form.forget(field);
    }
}

pub(crate) async fn sign_out(visit: Visit, _: Submitted) -> Answer {
    Ok((visit.sign_out(), Redirect::to(Urls.login())).into_response())
}

pub(super) async fn page(screens: &Screens, visit: &Visit, form: Form) -> Answer {
    let place = screens.ask(visit, |desk| desk.place()).await?;
    let title = visit.texts.get("login-button").to_string();
    let frame = Frame { place: place.chapter, ..Frame::bare(visit, title) };
    Ok(html(&LoginPage { t: visit.texts.clone(), frame, form }))
}
