//! The office's screens. Pages are rendered here, and every page works without script.
//!
//! A handler takes, checks, makes one call and shows; what is decided is decided below, in [`crate::hub`] and
//! [`crate::read`]. Whatever shows supporters passes the report history's door.

mod door;
mod pages;
mod state;
#[cfg(test)]
mod tests;
mod urls;

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use helhet_shared::rights::Action;
use helhet_shared::second_factor::passkeys::Passkeys;
use helhet_shared::web::attempts::Attempts;
use helhet_shared::web::live::Live;
use helhet_shared::web::reach::Reach;
use helhet_shared::web::session::{Limits, Sessions};
use helhet_shared::web::texts::TranslationError;
use helhet_shared::web::{
    Doors, Language, Needs, SHARED_TEXTS, Site, Translations, with_frame_of_every_program,
};

use crate::access::elsewhere::{BACK, Elsewhere};
use crate::hub::Hub;
use door::Door;
use pages::{
    chapters, correct, doubtful, elsewhere, erasures, export, front, import, login, passkeys, recover,
    reports, second_factor, sessions, settings, supporter, supporters, users,
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

/// The router of the screens, for the address that they listen at and how people reach them.
pub(crate) fn router(hub: &Hub, address: SocketAddr, reach: &Reach) -> Router {
    router_with(hub, address, reach, None)
}

/// The same, with a provider by which users may sign in too.
pub(crate) fn router_with(
    hub: &Hub,
    address: SocketAddr,
    reach: &Reach,
    elsewhere: Option<Elsewhere>,
) -> Router {
    let site = match site(hub, address, reach) {
        Ok(site) => site,
        Err(error) => {
            // The language files are built in; the tests read them all.
            tracing::error!(%error, "the screens have no texts");
            return Router::new();
        }
    };
    let passkeys = Passkeys::at(&reach.origin(address.port()));
    let screens = Screens { elsewhere, ..Screens::new(hub.clone(), passkeys) };
    wake_pages(hub, screens.live.clone());
    let (pages, named) = doors().named();
    let door = Door { screens: screens.clone(), named };
    let pages = pages.layer(from_fn_with_state(door, door::pass)).with_state(screens);
    with_frame_of_every_program(pages, site, reach.hosts(address))
}

fn site(hub: &Hub, address: SocketAddr, reach: &Reach) -> Result<Site, TranslationError> {
    let clock = hub.clone();
    Ok(Site {
        translations: Arc::new(Translations::new(SHARED_TEXTS.into_iter().chain(TEXTS))?),
        sessions: Sessions::new(Limits::OFFICE),
        attempts: Attempts::default(),
        cookie: format!("helhet_hub_{}", address.port()).into(),
        language: Language::from_code(&hub.office().language).unwrap_or(Language::Bokmal),
        reach: reach.clone(),
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

/// Every address there is, besides `/static/…` and `/language/…`, and what each asks of who opens it.
fn doors() -> Doors<Screens> {
    use Action::*;
    use Needs::{Nobody, Who};
    Doors::new()
        .page("/", Who(LookInAtOffice), front::show)
        .page("/live", Who(OwnOfficeAccess), listen)
        .page("/login", Nobody, login::ask)
        .deed("/login", Nobody, login::sign_in)
        .deed("/logout", Nobody, login::sign_out)
        .deed("/login/passkey", Nobody, passkeys::enter)
        .page("/login/elsewhere", Nobody, elsewhere::begin)
        .page(BACK, Nobody, elsewhere::back)
        .page("/recover", Nobody, recover::ask)
        .deed("/recover", Nobody, recover::recover)
        .page("/second-factor", Who(OwnOfficeAccess), second_factor::show)
        .deed("/second-factor", Who(OwnOfficeAccess), second_factor::confirm)
        .page("/supporters", Who(ReadNational), supporters::show)
        .deed("/supporters", Who(ReadNational), supporters::search)
        .page("/supporters/{id}", Who(ReadNational), supporter::show)
        .page("/supporters/{id}/correct", Who(Correct), correct::ask)
        .deed("/supporters/{id}/correct", Who(Correct), correct::save)
        .deed("/supporters/{id}/part", Who(DecideLinks), supporter::part)
        .page("/doubtful", Who(ReadNational), doubtful::show)
        .deed("/doubtful/decide", Who(DecideLinks), doubtful::decide)
        .deed("/doubtful/take-back", Who(DecideLinks), doubtful::take_back)
        .page("/chapters", Who(ReadChapters), chapters::list)
        .page("/chapters/add", Who(LookAfterChapters), chapters::ask)
        .deed("/chapters/add", Who(LookAfterChapters), chapters::add)
        .page("/chapters/{id}", Who(ReadChapters), chapters::show)
        .deed("/chapters/{id}/invite", Who(LookAfterChapters), chapters::invite)
        .page("/import", Who(BringInOfficeFile), import::ask)
        .deed_with_file("/import", Who(BringInOfficeFile), UPLOAD_BYTES_MAX, import::look_at)
        .page("/import/{upload}/columns", Who(BringInOfficeFile), import::columns)
        .page("/import/{upload}/preview", Who(BringInOfficeFile), import::preview)
        .deed("/import/{upload}/preview", Who(BringInOfficeFile), import::correct_columns)
        .deed("/import/{upload}/run", Who(BringInOfficeFile), import::run)
        .page("/import/{upload}", Who(BringInOfficeFile), import::result)
        .page("/import/{upload}/left-out.csv", Who(BringInOfficeFile), import::left_out)
        .page("/import/{import}/undo", Who(BringInOfficeFile), import::ask_undo)
        .deed("/import/{import}/undo", Who(BringInOfficeFile), import::undo)
        .page("/export", Who(TakeOutList), export::ask)
        .deed("/export", Who(TakeOutList), export::take)
        .page("/reports", Who(ReadHistory), reports::show)
        .page("/erasures", Who(ReadHistory), erasures::show)
        .page("/settings", Who(OwnOfficeAccess), settings::show)
        .deed("/settings", Who(OwnOfficeAccess), settings::change_password)
        .deed("/settings/sessions", Who(OwnOfficeAccess), sessions::end)
        .deed("/settings/passkeys", Who(OwnOfficeAccess), passkeys::change)
        .deed("/settings/passkeys/keep", Who(OwnOfficeAccess), passkeys::keep)
        .deed("/settings/elsewhere", Who(OwnOfficeAccess), elsewhere::change)
        .page("/settings/elsewhere/back", Who(OwnOfficeAccess), elsewhere::connect)
        .deed("/settings/second-factor", Who(OwnOfficeAccess), second_factor::again)
        .deed("/settings/let-in", Who(LookAfterOfficeUsers), recover::let_in)
        .page("/design", Who(OwnOfficeAccess), settings::design)
        .page("/users", Who(LookAfterOfficeUsers), users::show)
        .deed("/users", Who(LookAfterOfficeUsers), users::add)
        .deed("/users/remove", Who(LookAfterOfficeUsers), users::remove)
        .deed("/users/sign-out", Who(LookAfterOfficeUsers), users::sign_out)
}
