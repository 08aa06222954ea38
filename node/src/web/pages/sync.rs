//! The page behind the light: what the office has confirmed, what waits, what it refused and why.

use crate::web::state::{Answer, Screens, light};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use helhet_shared::web::{Frame, Texts};
use helhet_shared::web::{Submitted, Visit, html};

use super::front::Mention;
use crate::web::urls::Urls;

/// For how long it is said that another copy of the data was met.
const COPY_IS_NEWS: chrono::TimeDelta = chrono::TimeDelta::days(30);

#[derive(Debug, Template)]
#[template(path = "pages/sync.html")]
pub(crate) struct SyncPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) words: String,
    pub(crate) connection: String,
    /// Whether both hold the same; empty before that was ever looked at.
    pub(crate) compared: String,
    /// That another copy of this data was met lately; else empty.
    pub(crate) copy: String,
    pub(crate) refused: Vec<Mention>,
    pub(crate) waiting: Vec<Mention>,
    pub(crate) waiting_count: usize,
}

pub(crate) async fn show(State(screens): State<Screens>, visit: Visit) -> Answer {
    let t = visit.texts.clone();
    let frame = screens.frame(&visit, t.get("sync-title")).await?;
    let (figures, state) = screens.ask(&visit, |desk| Ok((desk.light()?, desk.waiting()?))).await?;
    let words = light(&visit, &figures).words;
    let connection = match (figures.connected, figures.said) {
        (true, _) => "sync-connected",
        (false, Some(refusal)) => refusal,
        (false, None) => "sync-offline",
    };
    let connection = t.get(connection).to_string();
    let compared = match (state.differs, state.same_at) {
        (true, _) => t.get("sync-differs").to_string(),
        (false, Some(at)) => t.get("sync-same").arg("ago", t.ago(at, visit.now)).to_string(),
        (false, None) => String::new(),
    };
    let lately = state.copy_met_at.filter(|at| visit.now - *at < COPY_IS_NEWS);
    let copy = lately.map_or_else(String::new, |at| {
        let ago = t.ago(at, visit.now);
        t.get("sync-copy").arg("ago", ago).to_string()
    });
    let refused =
        state.refused.iter().map(|(named, key)| Mention::new(named, t.get(key).to_string())).collect();
    let waiting = state.waiting.first.iter().map(|named| Mention::new(named, String::new())).collect();
    let waiting_count = state.waiting.count;
    Ok(html(&SyncPage {
        t,
        frame,
        urls: Urls,
        words,
        connection,
        compared,
        copy,
        refused,
        waiting,
        waiting_count,
    }))
}

/// Asks for a try at once. The page that follows says what came of it, not this.
pub(crate) async fn now(State(screens): State<Screens>, visit: Visit, _: Submitted) -> Answer {
    screens.ask(&visit, |desk| desk.sync_now()).await?;
    Ok(Redirect::to(Urls.sync()).into_response())
}
