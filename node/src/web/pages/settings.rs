//! Settings: language, this computer, the password.

use super::setup::check_new_password;
use crate::web::desk::DeskError;
use crate::web::state::{Answer, Screens, done};
use askama::Template;
use axum::extract::State;
use axum::response::IntoResponse;
use helhet_shared::web::{Form, Frame, Texts};
use helhet_shared::web::{Submitted, Visit, html, password};

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
    let login = visit.login.clone().unwrap_or_default();
    let (name, current) = (login.clone(), form.exact("current").to_owned());
    let right = screens
        .ask(&visit, move |desk| Ok(password::verify(&current, desk.password_hash(&name)?.as_deref())))
        .await?;
    if !right {
        form.refuse("current", "error-current");
    }
    check_new_password(&mut form, &login);
    if form.is_refused() {
        return page(&screens, &visit, form).await;
    }
    let (name, typed) = (login.clone(), form.exact("password").to_owned());
    screens
        .ask(&visit, move |desk| {
            let hash = password::hash(&typed, &mut rand::rng())
                .map_err(|error| DeskError::Failed(Box::new(error)))?;
            desk.set_password_hash(&name, &hash)
        })
        .await?;
    visit.site().sessions.sign_out_everywhere(&login);
    Ok(([visit.sign_in(&login)], done(Urls.settings(), "done-password")).into_response())
}

async fn page(screens: &Screens, visit: &Visit, form: Form) -> Answer {
    let t = visit.texts.clone();
    let frame = screens.frame(visit, t.get("settings-title")).await?;
    let place = screens.ask(visit, |desk| desk.place()).await?;
    Ok(html(&SettingsPage { t, frame, urls: Urls, form, device: place.device, folder: place.folder }))
}
