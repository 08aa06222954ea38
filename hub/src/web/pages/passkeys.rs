//! Passkeys: one is asked for after the password, and they are added and taken away in the settings.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use helhet_shared::web::passkeys_page::{
    ADD, ADDED, ANSWER, AddPage, ELSEWHERE, OWN, REFUSED, REMOVED, UsePage, WHAT,
};
use helhet_shared::web::{Form, Frame, Submitted, Visit, html};

use super::settings::{self, check_current};
use crate::access::passkeys;
use crate::web::state::{Answer, Failure, Screens, Signed, done};
use crate::web::urls::Urls;

/// After the password: the page that asks for the passkey.
pub(super) async fn ask_for(screens: &Screens, visit: &Visit, login: &str) -> Answer {
    if !screens.passkeys.can_be_used_at(&visit.host) {
        return refused(screens, visit, ELSEWHERE).await;
    }
    let asked = login.to_owned();
    let (stamp, kept) = screens.ask(visit, move |hub| passkeys::to_ask_for(hub, &asked)).await?;
    let question = screens.passkeys.begin_entering(visit.visitor(), login, stamp, &kept, visit.now);
    let Some(question) = question.map_err(|error| Failure::logged(visit, error.into()))? else {
        return refused(screens, visit, REFUSED).await;
    };
    let t = visit.texts.clone();
    let title = t.get("passkey-use-title").to_string();
    let frame = Frame { place: screens.hub.office().name.clone(), ..Frame::bare(visit, title) };
    Ok(html(&UsePage { t, frame, question, action: Urls.enter_by_passkey(), with_code: Urls.login() }))
}

/// What the passkey answered; who it is was said before.
pub(crate) async fn enter(
    State(screens): State<Screens>,
    visit: Visit,
    Submitted(form): Submitted,
) -> Answer {
    let answered = screens.passkeys.finish_entering(visit.visitor(), form.exact(ANSWER), visit.now);
    let Ok(answered) = answered else { return refused(&screens, &visit, REFUSED).await };
    let login = answered.login.clone();
    if !screens.ask(&visit, move |hub| passkeys::enter(hub, &answered)).await? {
        return refused(&screens, &visit, REFUSED).await;
    }
    if let Some(attempt) = visit.attempt(&login) {
        attempt.was_right();
    }
    Ok(([screens.sign_in(&visit, &login).await?], Redirect::to(Urls.front())).into_response())
}

/// Adds one, or takes one away, after the password.
pub(crate) async fn change(
    State(screens): State<Screens>,
    signed: Signed,
    Submitted(mut form): Submitted,
) -> Answer {
    check_current(&screens, &signed, &mut form, OWN).await?;
    form.forget(OWN);
    if form.is_refused() {
        return settings::page(&screens, &signed, form).await;
    }
    if form.value(WHAT) == ADD {
        return add_page(&screens, &signed).await;
    }
    let (visit, login, id) = (&signed.visit, signed.login.clone(), form.value(WHAT).to_owned());
    if !screens.ask(visit, move |hub| passkeys::forget(hub, &login, &id)).await? {
        return Err(Failure::not_found(visit));
    }
    visit.end_other_sessions();
    Ok(done(Urls.settings(), REMOVED))
}

async fn add_page(screens: &Screens, signed: &Signed) -> Answer {
    let (visit, asked) = (&signed.visit, signed.login.clone());
    let (_, kept) = screens.ask(visit, move |hub| passkeys::to_ask_for(hub, &asked)).await?;
    let question = screens.passkeys.begin_adding(visit.visitor(), &signed.login, &kept, visit.now);
    let question = question.map_err(|error| Failure::logged(visit, error.into()))?;
    let t = visit.texts.clone();
    let frame = Frame { live: false, ..screens.frame(signed, t.get("passkey-add-title")).await? };
    let name = visit.browser().words(&t);
    Ok(html(&AddPage { t, frame, question, name, action: Urls.keep_passkey(), back: Urls.settings() }))
}

pub(crate) async fn keep(
    State(screens): State<Screens>,
    signed: Signed,
    Submitted(form): Submitted,
) -> Answer {
    let (visit, login) = (&signed.visit, signed.login.clone());
    let new = screens.passkeys.finish_adding(visit.visitor(), &login, form.exact(ANSWER), visit.now);
    let name = form.given("name").unwrap_or_else(|| visit.browser().words(&visit.texts));
    let kept = match new {
        Ok(new) => screens.ask(visit, move |hub| passkeys::keep(hub, &login, &name, &new)).await?,
        Err(_) => false,
    };
    if kept {
        return Ok(done(Urls.settings(), ADDED));
    }
    let mut form = Form::default();
    form.refuse(OWN, REFUSED);
    settings::page(&screens, &signed, form).await
}

async fn refused(screens: &Screens, visit: &Visit, key: &'static str) -> Answer {
    let mut form = Form::default();
    // Elsewhere than where passkeys work, the code is what is missing.
    form.refuse(if key == ELSEWHERE { "code" } else { "login" }, key);
    super::login::page(screens, visit, form).await
}
