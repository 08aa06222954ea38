//! A further computer of a chapter waits to be let in: six digits to compare.

use askama::Template;
use axum::extract::State;
use axum::http::HeaderName;
use axum::response::{IntoResponse, Redirect};
use helhet_shared::web::{Frame, Texts, Visit, html};

use crate::web::state::{Answer, Screens};
use crate::web::urls::Urls;

/// Seconds until the page looks again by itself.
const LOOK_AGAIN: &str = "5";

#[derive(Debug, Template)]
#[template(path = "pages/setup_waiting.html")]
pub(crate) struct WaitingPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) chapter: String,
    pub(crate) code: String,
}

pub(crate) async fn show(State(screens): State<Screens>, visit: Visit) -> Answer {
    let Some(knock) = screens.ask(&visit, |desk| desk.knock()).await? else {
        return Ok(Redirect::to(Urls.front()).into_response());
    };
    let t = visit.texts.clone();
    let frame = Frame::bare(&visit, t.get("waiting-title").to_string());
    let page = html(&WaitingPage { t, frame, chapter: knock.chapter, code: knock.code });
    Ok(([(HeaderName::from_static("refresh"), LOOK_AGAIN)], page).into_response())
}
