//! The chapter's screens. Pages are rendered here, on this computer, and every page works without script.
//!
//! A handler takes, checks, makes one call and shows; what is decided is decided below the [`desk::Desk`].

mod asked;
pub mod chapter;
mod chapter_computers;
mod chapter_desk;
mod chapter_import;
mod chapter_meeting;
pub mod desk;
pub(crate) mod pages;
mod state;
pub(crate) mod urls;

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use helhet_shared::clock::Clock;
use helhet_shared::web::guard::Hosts;
use helhet_shared::web::live::Live;
use helhet_shared::web::session::Sessions;
use helhet_shared::web::texts::TranslationError;
use helhet_shared::web::{
    Language, SHARED_TEXTS, Site, Translations, Visit, design, html, with_frame_of_every_program,
};

use asked::Asked;
use desk::{Desk, Standing};
use pages::{
    add, agreement, computers, doubles, edit, erase, front, import, login, meeting, office, removed,
    second_factor, settings, setup, setup_waiting, supporter, supporters, sync, unlock,
};
use state::{Answer, Screens};
use urls::Urls;

/// Larger than any list a chapter has; the reader of lists has the same limit.
const UPLOAD_BYTES_MAX: usize = 32 * 1024 * 1024;

/// The node's own texts; the shared ones come from [`SHARED_TEXTS`].
const TEXTS: [(Language, &str); 4] = [
    (Language::Bokmal, include_str!("../../locales/nb/node.ftl")),
    (Language::Swedish, include_str!("../../locales/sv/node.ftl")),
    (Language::Dutch, include_str!("../../locales/nl/node.ftl")),
    (Language::English, include_str!("../../locales/en/node.ftl")),
];

/// All language files of the chapter's screens.
pub fn texts() -> impl Iterator<Item = (Language, &'static str)> {
    SHARED_TEXTS.into_iter().chain(TEXTS)
}

/// The chapter's screens as a service on a port of this machine. `live` wakes open pages; close it before the program stops.
pub fn screens(
    desk: Arc<dyn Desk>,
    live: Live,
    port: u16,
    clock: Arc<dyn Clock>,
) -> Result<Router, TranslationError> {
    let site = Site {
        translations: Arc::new(Translations::new(texts())?),
        sessions: Sessions::default(),
        cookie: format!("helhet_{port}").into(),
        language: Language::Bokmal,
        secure: false,
        now: Arc::new(move || clock.now()),
    };
    let waker = live.clone();
    desk.watch(Box::new(move || waker.changed()));
    let screens = Screens { desk, live, asked: Asked::default() };
    let pages = routes().layer(from_fn_with_state(screens.clone(), let_in)).with_state(screens);
    Ok(with_frame_of_every_program(pages, site, Hosts::local(port)))
}

/// Every address there is, besides `/static/…` and `/language/…`.
fn routes() -> Router<Screens> {
    Router::new()
        .route("/", get(front::show))
        .route("/login", get(login::show).post(login::sign_in))
        .route("/logout", post(login::sign_out))
        .route("/unlock", get(unlock::show).post(unlock::unlock))
        .route("/setup", get(setup::show_invite).post(setup::open_invite))
        .route("/setup/waiting", get(setup_waiting::show))
        .route("/setup/agreement", get(setup::show_agreement).post(setup::join))
        .route("/setup/phrase", get(setup::show_phrase).post(setup::keep_phrase))
        .route("/setup/user", get(setup::show_user).post(setup::add_user))
        .route("/supporters", get(supporters::show).post(supporters::search))
        .route("/supporters/add", get(add::show_person).post(add::add_person))
        .route("/supporters/add-organisation", get(add::show_organisation).post(add::add_organisation))
        .route("/supporters/{id}", get(supporter::show))
        .route("/supporters/{id}/edit", get(edit::show).post(edit::save))
        .route("/supporters/{id}/erase", get(erase::show).post(erase::erase))
        .route("/supporters/{id}/office", get(office::show_supporter))
        .route("/supporters/{id}/pick", post(supporter::pick))
        .route("/supporters/{id}/grant", post(supporter::grant))
        .route("/supporters/{id}/withdraw", post(supporter::withdraw))
        .route("/supporters/{id}/withheld", post(supporter::confirm_or_take_back))
        .route("/supporters/{id}/roles", post(supporter::add_role))
        .route("/supporters/{id}/roles/end", post(supporter::end_role))
        .route("/supporters/{id}/notes", post(supporter::add_note))
        .route("/supporters/{id}/notes/remove", post(supporter::remove_note))
        .route("/supporters/{id}/health-notes", post(supporter::add_health_note))
        .route("/supporters/{id}/health-notes/remove", post(supporter::remove_health_note))
        .route("/supporters/{id}/tags", post(supporter::add_tag))
        .route("/supporters/{id}/tags/remove", post(supporter::remove_tag))
        .route("/supporters/{id}/protect", post(supporter::protect))
        .route("/doubles", get(doubles::show))
        .route("/doubles/apart", post(doubles::tell_apart))
        .route("/doubles/{kept}/{gone}", get(doubles::show_merge).post(doubles::merge))
        .route(
            "/import",
            get(import::show).post(import::look_at).layer(DefaultBodyLimit::max(UPLOAD_BYTES_MAX)),
        )
        .route("/import/{batch}", get(import::show_result))
        .route("/import/{batch}/columns", get(import::show_columns))
        .route("/import/{batch}/preview", get(import::show_preview).post(import::preview))
        .route("/import/{batch}/run", post(import::run))
        .route("/import/{batch}/left-out.csv", get(import::download_left_out))
        .route("/import/{batch}/undo", get(import::show_undo).post(import::undo))
        .route("/office", get(office::show))
        .route("/agreement", get(agreement::show).post(agreement::accept))
        .route("/sync", get(sync::show).post(sync::now))
        .route("/computers", get(computers::show))
        .route("/removed", get(removed::show).post(removed::wipe))
        .route("/computers/meet", get(meeting::show).post(meeting::go))
        .route("/computers/meet/here", post(meeting::wait_here))
        .route("/computers/invite", post(computers::invite))
        .route("/computers/answer", post(computers::answer))
        .route("/computers/{key}/admit", post(computers::admit))
        .route("/computers/{key}/remove", get(computers::show_remove).post(computers::remove))
        .route("/settings", get(settings::show).post(settings::change_password))
        .route("/settings/code", get(second_factor::show).post(second_factor::begin))
        .route("/settings/code/confirm", post(second_factor::confirm))
        .route("/settings/code/forget", post(second_factor::forget))
        .route("/settings/lock", post(settings::lock))
        .route("/settings/lock/first", post(settings::forget_first))
        .route("/live", get(async |State(screens): State<Screens>| screens.live.stream()))
        .route("/design", get(show_design))
}

/// Middleware: first the unlocking, then the set-up, then the login, then the page.
async fn let_in(State(screens): State<Screens>, visit: Visit, request: Request, next: Next) -> Answer {
    let path = visit.path.as_str();
    if path == "/design" {
        return Ok(next.run(request).await);
    }
    let setting_up = path.starts_with(Urls.setup());
    let before_login = setting_up || path == Urls.unlock();
    let next_step = match screens.ask(&visit, |desk| desk.standing()).await? {
        Standing::Locked => Some(Urls.unlock()),
        Standing::NotJoined if [Urls.setup(), "/setup/agreement"].contains(&path) => None,
        Standing::NotJoined => Some(Urls.setup()),
        Standing::Knocking => Some("/setup/waiting"),
        Standing::WordsShown => Some("/setup/phrase"),
        Standing::WithoutUser => Some("/setup/user"),
        Standing::Ready if before_login => Some(Urls.front()),
        Standing::Ready if visit.login.is_none() => Some(Urls.login()),
        Standing::Ready => None,
    };
    Ok(match next_step.filter(|step| *step != path) {
        Some(step) => Redirect::to(step).into_response(),
        None => next.run(request).await,
    })
}

async fn show_design(State(screens): State<Screens>, visit: Visit) -> Answer {
    let title = visit.texts.get("design-title").to_string();
    let mut frame = helhet_shared::web::Frame::bare(&visit, title);
    if visit.login.is_some() {
        frame = screens.frame(&visit, visit.texts.get("design-title")).await?;
        frame.live = false;
    }
    let page: Response = html(&design::DesignPage::new(&visit, frame));
    Ok(page)
}

#[cfg(test)]
mod tests;
