//! Getting in again by a code that a colleague who looks after the users has given: a new password, and then a new second
//! factor. There is no way by e-mail.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use helhet_shared::web::{Form, Frame, Submitted, Texts, Visit, html, password};
use zeroize::Zeroizing;

use crate::access;
use crate::web::state::{Answer, Screens, Signed};
use crate::web::urls::Urls;

#[derive(Debug, Template)]
#[template(path = "pages/recover.html")]
pub(crate) struct RecoverPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) form: Form,
}

/// The code that an administrator hands over, shown this once. Its `Debug` hides it.
#[derive(Template)]
#[template(path = "pages/let_in.html")]
pub(crate) struct LetInPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) login: String,
    pub(crate) code: String,
}

impl std::fmt::Debug for LetInPage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LetInPage(…)")
    }
}

pub(crate) async fn ask(State(screens): State<Screens>, visit: Visit) -> Response {
    page(&screens, &visit, Form::default())
}

fn page(screens: &Screens, visit: &Visit, form: Form) -> Response {
    let t = visit.texts.clone();
    let title = t.get("recover-title").to_string();
    let frame = Frame { place: screens.hub.office().name.clone(), ..Frame::bare(visit, title) };
    html(&RecoverPage { t, frame, urls: Urls, form })
}

pub(crate) async fn recover(
    State(screens): State<Screens>,
    visit: Visit,
    Submitted(mut form): Submitted,
) -> Answer {
    let login = form.value("login").to_owned();
    let code = Zeroizing::new(form.value("code").to_owned());
    let wanted = Zeroizing::new(form.exact("password").to_owned());
    if let Err(weak) = password::check(&wanted, &login) {
        form.refuse("password", weak.text_key());
    }
    if form.exact("again") != wanted.as_str() {
        form.refuse("again", "error-again");
    }
    if !form.is_refused() {
        let Some(attempt) = visit.attempt(&login) else {
            form.refuse("login", "error-login-wait");
            return Ok(page(&screens, &visit, without_passwords(form)));
        };
        let asked = login.clone();
        if screens.ask(&visit, move |hub| access::recover(hub, &asked, &code, &wanted)).await? {
            attempt.was_right();
            visit.site().sessions.sign_out_everywhere(&login);
            return Ok(([screens.sign_in(&visit, &login).await?], Redirect::to(Urls.second_factor()))
                .into_response());
        }
        form.refuse("login", "error-recover");
    }
    Ok(page(&screens, &visit, without_passwords(form)))
}

fn without_passwords(mut form: Form) -> Form {
    for field in ["password", "again"] {
        form.forget(field);
    }
    form
}

/// An administrator makes such a code for somebody else.
pub(crate) async fn let_in(
    State(screens): State<Screens>,
    signed: Signed,
    Submitted(form): Submitted,
) -> Answer {
    let login = form.value("login").to_owned();
    if login == signed.login {
        return Ok(Redirect::to(Urls.settings()).into_response());
    }
    let asked = login.clone();
    let code = screens.ask(&signed.visit, move |hub| access::let_in_again(hub, &asked)).await?;
    let t = signed.visit.texts.clone();
    let frame = Frame { live: false, ..screens.frame(&signed, t.get("settings-let-in")).await? };
    Ok(html(&LetInPage { t, frame, urls: Urls, login, code: code.to_string() }))
}
