//! The office's screens. Pages are rendered here, and every page works without script.
//!
//! A handler takes, checks, makes one call and shows; what is decided is decided below, in [`crate::hub`] and
//! [`crate::read`]. Whatever shows supporters passes the report history's door.

mod pages;
mod state;
#[cfg(test)]
mod tests;
mod urls;

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use helhet_shared::web::guard::Hosts;
use helhet_shared::web::live::Live;
use helhet_shared::web::session::Sessions;
use helhet_shared::web::texts::TranslationError;
use helhet_shared::web::{Language, SHARED_TEXTS, Site, Translations, with_frame_of_every_program};

use crate::hub::Hub;
use pages::{
    chapters, correct, doubtful, erasures, export, front, import, login, recover, reports, second_factor,
    settings, supporter, supporters,
};
use state::{Screens, Signed};

/// The hub's own texts; the shared ones come from [`SHARED_TEXTS`].
const TEXTS: [(Language, &str); 4] = [
    (Language::Bokmal, include_str!("../../locales/nb/hub.ftl")),
    (Language::Swedish, include_str!("../../locales/sv/hub.ftl")),
    (Language::Dutch, include_str!("../../locales/nl/hub.ftl")),
    (Language::English, include_str!("../../locales/en/hub.ftl")),
];

/// A file may be this large.
const UPLOAD_BYTES_MAX: usize = helhet_shared::import::read::BYTES_MAX + 64 * 1024;

/// The router of the screens, for the address that they answer at and the names that people use besides.
pub(crate) fn router(hub: &Hub, address: SocketAddr, more_names: &[String]) -> Router {
    let site = match site(hub, address) {
        Ok(site) => site,
        Err(error) => {
            // The language files are built in; the tests read them all.
            tracing::error!(%error, "the screens have no texts");
            return Router::new();
        }
    };
    let mut names = vec![address.to_string()];
    names.extend(["localhost", "127.0.0.1", "[::1]"].map(|host| format!("{host}:{}", address.port())));
    names.extend_from_slice(more_names);
    let screens = Screens::new(hub.clone());
    wake_pages(hub, screens.live.clone());
    with_frame_of_every_program(routes(screens), site, Hosts::new(names))
}

fn site(hub: &Hub, address: SocketAddr) -> Result<Site, TranslationError> {
    let clock = hub.clone();
    Ok(Site {
        translations: Arc::new(Translations::new(SHARED_TEXTS.into_iter().chain(TEXTS))?),
        sessions: Sessions::default(),
        cookie: format!("helhet_hub_{}", address.port()).into(),
        language: Language::from_code(&hub.office().language).unwrap_or(Language::Bokmal),
        secure: false,
        now: Arc::new(move || clock.now()),
    })
}

/// Every change that the hub notices wakes the pages that stand open.
fn wake_pages(hub: &Hub, live: Live) {
    let mut changed = hub.changed();
    if tokio::runtime::Handle::try_current().is_err() {
        return;
    }
    tokio::spawn(async move {
        while changed.changed().await.is_ok() {
            live.changed();
        }
        live.close();
    });
}

async fn listen(axum::extract::State(screens): axum::extract::State<Screens>, _: Signed) -> Response {
    screens.live.stream().into_response()
}

fn routes(screens: Screens) -> Router {
    Router::new()
        .route("/", get(front::show))
        .route("/live", get(listen))
        .route("/login", get(login::ask).post(login::sign_in))
        .route("/logout", post(login::sign_out))
        .route("/recover", get(recover::ask).post(recover::recover))
        .route("/second-factor", get(second_factor::show).post(second_factor::confirm))
        .route("/supporters", get(supporters::show).post(supporters::search))
        .route("/supporters/{id}", get(supporter::show))
        .route("/supporters/{id}/correct", get(correct::ask).post(correct::save))
        .route("/supporters/{id}/part", post(supporter::part))
        .route("/doubtful", get(doubtful::show))
        .route("/doubtful/decide", post(doubtful::decide))
        .route("/doubtful/take-back", post(doubtful::take_back))
        .route("/chapters", get(chapters::list))
        .route("/chapters/add", get(chapters::ask).post(chapters::add))
        .route("/chapters/{id}", get(chapters::show))
        .route("/chapters/{id}/invite", post(chapters::invite))
        .route(
            "/import",
            get(import::ask).post(import::look_at).layer(DefaultBodyLimit::max(UPLOAD_BYTES_MAX)),
        )
        .route("/import/{upload}/columns", get(import::columns))
        .route("/import/{upload}/preview", get(import::preview).post(import::correct_columns))
        .route("/import/{upload}/run", post(import::run))
        .route("/import/{upload}", get(import::result))
        .route("/import/{upload}/left-out.csv", get(import::left_out))
        .route("/import/{import}/undo", get(import::ask_undo).post(import::undo))
        .route("/export", get(export::ask).post(export::take))
        .route("/reports", get(reports::show))
        .route("/erasures", get(erasures::show))
        .route("/settings", get(settings::show).post(settings::change_password))
        .route("/settings/second-factor", post(second_factor::again))
        .route("/settings/let-in", post(recover::let_in))
        .route("/design", get(settings::design))
        .with_state(screens)
}
