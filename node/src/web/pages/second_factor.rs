//! Setting up the code besides the password, which a chapter's users may have or not, and taking it away.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use helhet_shared::web::second_factor_page::{CodesPage, SetUpPage, WRONG_CODE};
use helhet_shared::web::{Form, Frame, Submitted, Visit, html};
use zeroize::Zeroizing;

use super::settings::{self, check_current};
use crate::web::state::{Answer, Screens, done};
use crate::web::urls::Urls;

/// The field of the password, which is asked for before anything of this changes.
const OWN: &str = "factor_own";

pub(crate) async fn show(State(screens): State<Screens>, visit: Visit) -> Answer {
    page(&screens, &visit, Form::default()).await
}

async fn page(screens: &Screens, visit: &Visit, form: Form) -> Answer {
    let login = visit.who();
    let Some(app) = screens.ask(visit, move |desk| desk.begun_code(&login)).await? else {
        return Ok(Redirect::to(Urls.settings()).into_response());
    };
    let title = visit.texts.get("factor-title").to_string();
    let frame = Frame { live: false, ..screens.frame(visit, title).await? };
    Ok(html(&SetUpPage::new(visit, frame, form, Urls.confirm_code(), &app.url, &app.secret)))
}

pub(crate) async fn begin(
    State(screens): State<Screens>,
    visit: Visit,
    Submitted(mut form): Submitted,
) -> Answer {
    check_current(&screens, &visit, &mut form, OWN).await?;
    if form.is_refused() {
        return settings::page(&screens, &visit, form).await;
    }
    let login = visit.who();
    screens.ask(&visit, move |desk| desk.begin_code(&login)).await?;
    Ok(Redirect::to(Urls.code()).into_response())
}

pub(crate) async fn confirm(
    State(screens): State<Screens>,
    visit: Visit,
    Submitted(mut form): Submitted,
) -> Answer {
    let login = visit.who();
    let Some(attempt) = visit.attempt(&login) else {
        form.refuse("code", "error-login-wait");
        return page(&screens, &visit, form).await;
    };
    let (asked, code) = (login, Zeroizing::new(form.value("code").to_owned()));
    let Some(codes) = screens.ask(&visit, move |desk| desk.confirm_code(&asked, &code)).await? else {
        form.refuse("code", WRONG_CODE);
        return page(&screens, &visit, form).await;
    };
    attempt.was_right();
    // Who got in by the password alone is not in by it any more.
    visit.end_other_sessions();
    let title = visit.texts.get("factor-codes-title").to_string();
    let frame = Frame { live: false, ..screens.frame(&visit, title).await? };
    Ok(html(&CodesPage { t: visit.texts.clone(), frame, codes, onward: Urls.settings() }))
}

pub(crate) async fn forget(
    State(screens): State<Screens>,
    visit: Visit,
    Submitted(mut form): Submitted,
) -> Answer {
    check_current(&screens, &visit, &mut form, OWN).await?;
    if form.is_refused() {
        return settings::page(&screens, &visit, form).await;
    }
    let login = visit.who();
    screens.ask(&visit, move |desk| desk.forget_code(&login)).await?;
    visit.end_other_sessions();
    Ok(done(Urls.settings(), "done-factor-removed"))
}
