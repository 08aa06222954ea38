//! Setting up the code besides the password, without which nothing else at the office opens.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use helhet_shared::web::second_factor_page::{CodesPage, SetUpPage, WRONG_CODE};
use helhet_shared::web::{Form, Frame, Submitted, Visit, html};
use zeroize::Zeroizing;

use crate::access;
use crate::web::state::{Answer, Entered, Screens, Signed};
use crate::web::urls::Urls;

pub(crate) async fn show(State(screens): State<Screens>, Entered { visit, login, .. }: Entered) -> Answer {
    page(&screens, &visit, login, Form::default()).await
}

async fn page(screens: &Screens, visit: &Visit, login: String, form: Form) -> Answer {
    let asked = login.clone();
    let secret = screens.ask(visit, move |hub| access::begin_second_factor(hub, &asked)).await?;
    let Some(secret) = secret else { return Ok(Redirect::to(Urls.front()).into_response()) };
    let office = screens.hub.office().name.clone();
    let title = visit.texts.get("factor-title").to_string();
    let url = secret.url(&format!("Helhet {office}"), &login);
    let frame = Frame { place: office, ..Frame::bare(visit, title) };
    let page = SetUpPage::new(visit, frame, form, Urls.second_factor(), &url, &secret.to_text());
    Ok(html(&page.mandatory()))
}

pub(crate) async fn confirm(
    State(screens): State<Screens>,
    Entered { visit, login, .. }: Entered,
    Submitted(mut form): Submitted,
) -> Answer {
    let Some(attempt) = visit.attempt(&login) else {
        form.refuse("code", "error-login-wait");
        return page(&screens, &visit, login, form).await;
    };
    let (asked, code) = (login.clone(), Zeroizing::new(form.value("code").to_owned()));
    let codes = screens.ask(&visit, move |hub| access::confirm_second_factor(hub, &asked, &code)).await?;
    let Some(codes) = codes else {
        form.refuse("code", WRONG_CODE);
        return page(&screens, &visit, login, form).await;
    };
    attempt.was_right();
    Ok(codes_page(&screens, &visit, codes))
}

fn codes_page(screens: &Screens, visit: &Visit, codes: Vec<Zeroizing<String>>) -> Response {
    let title = visit.texts.get("factor-codes-title").to_string();
    let frame = Frame { place: screens.hub.office().name.clone(), ..Frame::bare(visit, title) };
    let codes = codes.iter().map(|code| code.to_string()).collect();
    html(&CodesPage { t: visit.texts.clone(), frame, codes, onward: Urls.front() })
}

/// A new phone: who gives the password again sets up a new second factor, before anything else.
pub(crate) async fn again(
    State(screens): State<Screens>,
    signed: Signed,
    Submitted(mut form): Submitted,
) -> Answer {
    super::settings::check_current(&screens, &signed, &mut form, "own").await?;
    if form.is_refused() {
        return super::settings::page(&screens, &signed, form).await;
    }
    let login = signed.login.clone();
    let dropped = login.clone();
    screens.ask(&signed.visit, move |hub| access::drop_second_factor(hub, &dropped)).await?;
    // Whoever else is in by this login would otherwise be the first at the page that sets one up.
    signed.visit.site().sessions.sign_out_everywhere(&login);
    Ok(([screens.sign_in(&signed.visit, &login).await?], Redirect::to(Urls.second_factor())).into_response())
}
