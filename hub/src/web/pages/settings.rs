//! Settings: language, one's own password, and where the hub is reached.

use askama::Template;
use axum::extract::State;
use helhet_shared::second_factor;
use helhet_shared::web::design::DesignPage;
use helhet_shared::web::passkeys_page::PasskeysCard;
use helhet_shared::web::sessions_card::SessionsCard;
use helhet_shared::web::{Form, Frame, Submitted, Texts, html, password};
use zeroize::Zeroizing;

use super::elsewhere::ElsewhereCard;
use crate::access;
use crate::store::StoreError;
use crate::store::settings::{self, Setting};
use crate::web::state::{Answer, Failure, Screens, Signed, done};
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
    /// How many codes on paper the visitor has left.
    pub(crate) codes_left: u32,
    pub(crate) sessions: SessionsCard,
    pub(crate) passkeys: PasskeysCard,
    pub(crate) elsewhere: Option<ElsewhereCard>,
    /// The key of what is to be said about connecting that.
    pub(crate) notice: Option<&'static str>,
}

pub(crate) async fn show(State(screens): State<Screens>, signed: Signed) -> Answer {
    page(&screens, &signed, Form::default()).await
}

pub(super) async fn page(screens: &Screens, signed: &Signed, form: Form) -> Answer {
    page_saying(screens, signed, form, None).await
}

/// The same, with a sentence about connecting a sign-in elsewhere.
pub(super) async fn page_saying(
    screens: &Screens,
    signed: &Signed,
    form: Form,
    notice: Option<&'static str>,
) -> Answer {
    let login = signed.login.clone();
    let (address, codes_left) = screens
        .ask(&signed.visit, move |hub| {
            hub.database().read(|reader| {
                let address = settings::text(reader, Setting::PublicAddress)?.unwrap_or_default();
                Ok::<_, StoreError>((address, second_factor::codes_left(reader, &login)?))
            })
        })
        .await?;
    let t = signed.visit.texts.clone();
    let sessions = SessionsCard::of(&signed.visit);
    let asked = signed.login.clone();
    let kept = screens.ask(&signed.visit, move |hub| access::passkeys::list(hub, &asked)).await?;
    let passkeys = PasskeysCard::new(&signed.visit, &screens.passkeys, kept, true);
    let elsewhere = ElsewhereCard::of(screens, signed).await?;
    let frame = Frame { live: false, ..screens.frame(signed, t.get("settings-title")).await? };
    let page = SettingsPage {
        t,
        frame,
        urls: Urls,
        form,
        address,
        codes_left,
        sessions,
        passkeys,
        elsewhere,
        notice,
    };
    Ok(html(&page))
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
    check_current(&screens, &signed, &mut form, "current").await?;
    for field in ["current", "password", "again"] {
        form.forget(field);
    }
    if form.is_refused() {
        return page(&screens, &signed, form).await;
    }
    let changed = login.clone();
    screens.ask(visit, move |hub| hub.set_password(&changed, &wanted)).await?;
    visit.site().sessions.sign_out_everywhere(&login);
    let (name, value) = screens.sign_in(visit, &login).await?;
    let mut answer = done(Urls.settings(), "done-password");
    answer.headers_mut().insert(name, value);
    Ok(answer)
}

/// Who changes what lets people in says who they are once more; guessing here is as slow as at the door.
pub(super) async fn check_current(
    screens: &Screens,
    signed: &Signed,
    form: &mut Form,
    field: &str,
) -> Result<(), Failure> {
    let (visit, login) = (&signed.visit, signed.login.clone());
    let Some(attempt) = visit.attempt(&login) else {
        form.refuse(field, "error-login-wait");
        return Ok(());
    };
    let typed = Zeroizing::new(form.exact(field).to_owned());
    match screens.ask(visit, move |hub| access::is_password(hub, &login, &typed)).await? {
        true => attempt.was_right(),
        false => form.refuse(field, "error-current"),
    }
    Ok(())
}

/// The page of the building blocks.
pub(crate) async fn design(State(screens): State<Screens>, signed: Signed) -> Answer {
    let title = signed.visit.texts.get("design-title").to_string();
    let frame = Frame { live: false, ..screens.frame(&signed, title).await? };
    Ok(html(&DesignPage::new(&signed.visit, frame)))
}
