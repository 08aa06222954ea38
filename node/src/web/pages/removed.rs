//! The chapter has removed this computer: what is here is to be wiped.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use helhet_shared::web::{Choice, Form, Frame, Submitted, Texts, Visit, html};

use super::setup::tick;
use crate::web::state::{Answer, Failure, Screens, ticked};
use crate::web::urls::Urls;

#[derive(Debug, Template)]
#[template(path = "pages/removed.html")]
pub(crate) struct RemovedPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) form: Form,
    pub(crate) sure: Vec<Choice>,
}

pub(crate) async fn show(State(screens): State<Screens>, visit: Visit) -> Answer {
    page(&screens, &visit, Form::default()).await
}

pub(crate) async fn wipe(
    State(screens): State<Screens>,
    visit: Visit,
    Submitted(mut form): Submitted,
) -> Answer {
    if !ticked(&form, "sure") {
        form.refuse("sure", "error-sure-wiped");
        return page(&screens, &visit, form).await;
    }
    screens.ask(&visit, |desk| desk.wipe()).await?;
    Ok((visit.sign_out(), Redirect::to(Urls.front())).into_response())
}

/// There is no such page as long as the chapter has not said so.
async fn page(screens: &Screens, visit: &Visit, form: Form) -> Answer {
    if !screens.ask(visit, |desk| desk.is_removed()).await? {
        return Err(Failure::not_found(visit));
    }
    let t = visit.texts.clone();
    let frame = screens.frame(visit, t.get("removed-title")).await?;
    let frame = Frame { live: false, ..frame };
    let sure = tick(t.get("removed-sure").to_string(), String::new());
    Ok(html(&RemovedPage { t, frame, urls: Urls, form, sure }))
}
