//! Settings: language, one's own password, the users with their roles, and where the hub is reached.

use askama::Template;
use axum::extract::State;
use helhet_shared::web::design::DesignPage;
use helhet_shared::web::{Form, Frame, Submitted, Texts, html, password};

use super::login::is_right;
use crate::store::settings::{self, Setting};
use crate::store::{StoreError, users};
use crate::web::state::{Answer, Screens, Signed, done};
use crate::web::urls::Urls;

#[derive(Debug, Template)]
#[template(path = "pages/settings.html")]
pub(crate) struct SettingsPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) form: Form,
    /// `host:port` that invites name.
    pub(crate) address: String,
    /// Login and role's code.
    pub(crate) users: Vec<(String, &'static str)>,
}

pub(crate) async fn show(State(screens): State<Screens>, signed: Signed) -> Answer {
    page(&screens, &signed, Form::default()).await
}

async fn page(screens: &Screens, signed: &Signed, form: Form) -> Answer {
    let (address, users) = screens
        .ask(&signed.visit, |hub| {
            hub.database().read(|reader| {
                let address = settings::text(reader, Setting::PublicAddress)?.unwrap_or_default();
                Ok::<_, StoreError>((address, users::list(reader)?))
            })
        })
        .await?;
    let t = signed.visit.texts.clone();
    let frame = Frame { live: false, ..screens.frame(signed, t.get("settings-title")).await? };
    let users = users.into_iter().map(|(login, role)| (login, role.code())).collect();
    Ok(html(&SettingsPage { t, frame, urls: Urls, form, address, users }))
}

pub(crate) async fn change_password(
    State(screens): State<Screens>,
    signed: Signed,
    Submitted(mut form): Submitted,
) -> Answer {
    let visit = &signed.visit;
    let login = signed.login.clone();
    let wanted = form.exact("password").to_owned();
    if let Err(weak) = password::check(&wanted, &login) {
        form.refuse("password", weak.text_key());
    }
    if form.exact("again") != wanted {
        form.refuse("again", "error-again");
    }
    if visit.site().sessions.wait(&login, visit.now) > chrono::Duration::zero() {
        form.refuse("current", "error-login-wait");
    } else if !is_right(&screens, visit, login.clone(), form.exact("current").to_owned()).await? {
        visit.site().sessions.failed(&login, visit.now);
        form.refuse("current", "error-current");
    }
    for field in ["current", "password", "again"] {
        form.forget(field);
    }
    if form.is_refused() {
        return page(&screens, &signed, form).await;
    }
    let changed = login.clone();
    screens.ask(visit, move |hub| hub.set_password(&changed, &wanted)).await?;
    visit.site().sessions.sign_out_everywhere(&login);
    let (name, value) = visit.sign_in(&login);
    let mut answer = done(Urls.settings(), "done-password");
    answer.headers_mut().insert(name, value);
    Ok(answer)
}

/// The page of the building blocks.
pub(crate) async fn design(State(screens): State<Screens>, signed: Signed) -> Answer {
    let title = signed.visit.texts.get("design-title").to_string();
    let frame = Frame { live: false, ..screens.frame(&signed, title).await? };
    Ok(html(&DesignPage::new(&signed.visit, frame)))
}
