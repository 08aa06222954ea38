//! Passkeys: one is asked for after the password, and they are added and taken away in the settings.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use helhet_shared::second_factor::passkeys::PasskeyError;
use helhet_shared::web::passkeys_page::{
    ADD, ADDED, ANSWER, AddPage, ELSEWHERE, OWN, REFUSED, REMOVED, UsePage, WHAT,
};
use helhet_shared::web::{Form, Frame, Submitted, Visit, html};

use super::settings::{self, check_current};
use crate::web::desk::DeskError;
use crate::web::state::{Answer, Failure, Screens, done};
use crate::web::urls::Urls;

/// After the password: the page that asks for the passkey.
pub(super) async fn ask_for(screens: &Screens, visit: &Visit, login: &str) -> Answer {
    if !screens.passkeys.can_be_used_at(&visit.host) {
        return refused(screens, visit, ELSEWHERE).await;
    }
    let asked = login.to_owned();
    let (user, kept) = screens
        .ask(visit, move |desk| {
            let user = desk.user(&asked)?.ok_or(DeskError::NotFound)?;
            let kept = desk.passkeys_to_ask_for(&user.login)?;
            Ok((user, kept))
        })
        .await?;
    let question =
        screens.passkeys.begin_entering(visit.visitor(), &user.login, user.stamp, &kept, visit.now);
    let Some(question) = question.map_err(|error| failed(visit, error))? else {
        return refused(screens, visit, REFUSED).await;
    };
    let t = visit.texts.clone();
    let frame = Frame::bare(visit, t.get("passkey-use-title").to_string());
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
    let is_in = screens
        .ask(&visit, move |desk| {
            // Whose password was changed meanwhile has to give it again.
            let same = desk.user(&answered.login)?.is_some_and(|user| user.stamp == answered.stamp);
            Ok(same && desk.passkey_used(&answered)?)
        })
        .await?;
    if !is_in {
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
    visit: Visit,
    Submitted(mut form): Submitted,
) -> Answer {
    check_current(&screens, &visit, &mut form, OWN).await?;
    if form.is_refused() {
        return settings::page(&screens, &visit, form).await;
    }
    let login = visit.who();
    if form.value(WHAT) == ADD {
        return add_page(&screens, &visit, login).await;
    }
    let id = form.value(WHAT).to_owned();
    if !screens.ask(&visit, move |desk| desk.forget_passkey(&login, &id)).await? {
        return Err(Failure::not_found(&visit));
    }
    visit.end_other_sessions();
    Ok(done(Urls.settings(), REMOVED))
}

async fn add_page(screens: &Screens, visit: &Visit, login: String) -> Answer {
    let asked = login.clone();
    let kept = screens.ask(visit, move |desk| desk.passkeys_to_ask_for(&asked)).await?;
    let question = screens.passkeys.begin_adding(visit.visitor(), &login, &kept, visit.now);
    let question = question.map_err(|error| failed(visit, error))?;
    let t = visit.texts.clone();
    let frame = Frame { live: false, ..screens.frame(visit, t.get("passkey-add-title")).await? };
    let name = visit.browser().words(&t);
    Ok(html(&AddPage { t, frame, question, name, action: Urls.keep_passkey(), back: Urls.settings() }))
}

pub(crate) async fn keep(State(screens): State<Screens>, visit: Visit, Submitted(form): Submitted) -> Answer {
    let login = visit.who();
    let new = screens.passkeys.finish_adding(visit.visitor(), &login, form.exact(ANSWER), visit.now);
    let name = form.given("name").unwrap_or_else(|| visit.browser().words(&visit.texts));
    let kept = match new {
        Ok(new) => screens.ask(&visit, move |desk| desk.keep_passkey(&login, &name, &new)).await?,
        Err(_) => false,
    };
    if kept {
        return Ok(done(Urls.settings(), ADDED));
    }
    let mut form = Form::default();
    form.refuse(OWN, REFUSED);
    settings::page(&screens, &visit, form).await
}

async fn refused(screens: &Screens, visit: &Visit, key: &'static str) -> Answer {
    let mut form = Form::default();
    // Elsewhere than where passkeys work, the code is what is missing.
    form.refuse(if key == ELSEWHERE { "code" } else { "login" }, key);
    super::login::page(screens, visit, form).await
}

fn failed(visit: &Visit, error: PasskeyError) -> Failure {
    Failure::of(visit, DeskError::Failed(Box::new(error)))
}
