//! Signing in.

use crate::web::state::{Answer, Screens};
use crate::web::urls::Urls;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use helhet_shared::web::{Form, Frame, Texts};
use helhet_shared::web::{Submitted, Visit, html};
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
    let sessions = visit.site().sessions.clone();
    if sessions.wait(&login, visit.now) > chrono::Duration::zero() {
        form.refuse("password", "error-login-wait");
        return page(&screens, &visit, form).await;
    }
    let (name, typed) = (login.clone(), Zeroizing::new(form.exact("password").to_owned()));
    let right = screens.ask(&visit, move |desk| desk.is_right(&name, &typed)).await?;
    if !right {
        sessions.failed(&login, visit.now);
        form.refuse("login", "error-login");
        return page(&screens, &visit, form).await;
    }
    Ok(([visit.sign_in(&login)], Redirect::to(Urls.front())).into_response())
}

pub(crate) async fn sign_out(visit: Visit, _: Submitted) -> Answer {
    Ok(([visit.sign_out()], Redirect::to(Urls.login())).into_response())
}

async fn page(screens: &Screens, visit: &Visit, form: Form) -> Answer {
    let place = screens.ask(visit, |desk| desk.place()).await?;
    let title = visit.texts.get("login-button").to_string();
    let frame = Frame { place: place.chapter, ..Frame::bare(visit, title) };
    Ok(html(&LoginPage { t: visit.texts.clone(), frame, form }))
}
