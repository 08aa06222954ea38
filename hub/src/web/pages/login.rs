//! Signing in and out; before there is anybody who could, which command makes a user.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use helhet_shared::web::{Form, Frame, Submitted, Texts, Visit, html, password};
use zeroize::Zeroizing;

use crate::access::{self, Entry};
use crate::store::{StoreError, users};
use crate::web::state::{Answer, Screens, done};
use crate::web::urls::Urls;

/// What to type on the machine that the hub runs on; the same in every language.
const FIRST_USER: &str = "helhet-hub user add kari --role administrator --data DIR";

#[derive(Debug, Template)]
#[template(path = "pages/login.html")]
pub(crate) struct LoginPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) form: Form,
    /// The command that makes the first user, when there is none.
    pub(crate) command: Option<&'static str>,
    /// What people call the provider by which they may sign in too.
    pub(crate) elsewhere: Option<String>,
    /// The key of what is to be said about a sign-in there.
    pub(crate) notice: Option<&'static str>,
}

impl LoginPage {
    pub(crate) fn new(visit: &Visit, place: String, form: Form, without_user: bool) -> Self {
        let t = visit.texts.clone();
        let frame = Frame { place, ..Frame::bare(visit, t.get("login-button").to_string()) };
        let command = without_user.then_some(FIRST_USER);
        Self { t, frame, urls: Urls, form, command, elsewhere: None, notice: None }
    }

    /// With another provider by which people may sign in, and what is to be said about that.
    pub(crate) fn with_elsewhere(self, name: Option<String>, notice: Option<&'static str>) -> Self {
        Self { elsewhere: name, notice, ..self }
    }
}

pub(crate) async fn ask(State(screens): State<Screens>, visit: Visit) -> Answer {
    if visit.login.is_some() {
        return Ok(Redirect::to(Urls.front()).into_response());
    }
    page(&screens, &visit, Form::default()).await
}

pub(super) async fn page(screens: &Screens, visit: &Visit, form: Form) -> Answer {
    page_saying(screens, visit, form, None).await
}

/// The same, with a sentence about a sign-in elsewhere.
pub(super) async fn page_saying(
    screens: &Screens,
    visit: &Visit,
    form: Form,
    notice: Option<&'static str>,
) -> Answer {
    let users = screens
        .ask(visit, |hub| hub.database().read(|reader| users::count(reader).map_err(StoreError::from)))
        .await?;
    let page = LoginPage::new(visit, screens.hub.office().name.clone(), form, users == 0);
    let elsewhere = super::elsewhere::offered(screens, visit).map(|elsewhere| elsewhere.name().to_owned());
    Ok(html(&page.with_elsewhere(elsewhere, notice)))
}

pub(crate) async fn sign_in(
    State(screens): State<Screens>,
    visit: Visit,
    Submitted(mut form): Submitted,
) -> Answer {
    let login = form.value("login").to_owned();
    let Some(attempt) = visit.attempt(&login) else {
        form.forget("password");
        form.refuse("login", "error-login-wait");
        return page(&screens, &visit, form).await;
    };
    let asked = login.clone();
    let typed = Zeroizing::new(form.exact("password").to_owned());
    let code = Zeroizing::new(form.value("code").to_owned());
    match screens.ask(&visit, move |hub| access::enter(hub, &asked, &typed, &code)).await? {
        Entry::Signed(remark) => {
            attempt.was_right();
            let (name, value) = screens.sign_in(&visit, &login).await?;
            let mut answer = match remark {
                Some(key) => done(Urls.front(), key),
                None => Redirect::to(Urls.front()).into_response(),
            };
            answer.headers_mut().insert(name, value);
            Ok(answer)
        }
        Entry::AsksForPasskey => super::passkeys::ask_for(&screens, &visit, &login).await,
        Entry::Refused => {
            for field in ["password", "code"] {
                form.forget(field);
            }
            form.refuse("login", password::WRONG);
            page(&screens, &visit, form).await
        }
    }
}

pub(crate) async fn sign_out(visit: Visit, _: Submitted) -> Response {
    (visit.sign_out(), Redirect::to(Urls.login())).into_response()
}
