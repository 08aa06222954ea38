//! The chapter's screens. Pages are rendered here, on this computer, and every page works without script.
//!
//! A handler takes, checks, makes one call and shows; what is decided is decided below the [`desk::Desk`].

pub mod access_desk;
mod asked;
pub mod chapter;
mod chapter_access;
mod chapter_computers;
mod chapter_deeds;
mod chapter_desk;
mod chapter_holders;
mod chapter_import;
mod chapter_lending;
mod chapter_meeting;
mod chapter_passkeys;
pub mod desk;
mod door;
pub mod lending_desk;
pub(crate) mod pages;
pub mod passkey_desk;
mod state;
pub(crate) mod urls;

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use helhet_shared::clock::Clock;
use helhet_shared::rights::Action;
use helhet_shared::second_factor::passkeys::Passkeys;
use helhet_shared::web::attempts::Attempts;
use helhet_shared::web::guard::Hosts;
use helhet_shared::web::live::Live;
use helhet_shared::web::reach::Reach;
use helhet_shared::web::session::{Limits, Sessions};
use helhet_shared::web::texts::TranslationError;
use helhet_shared::web::{
    Doors, Language, Needs, SHARED_TEXTS, Site, Translations, Visit, design, html,
    with_frame_of_every_program,
};

use asked::Asked;
use desk::Desk;
use door::Door;
use pages::{
    add, agreement, certificate, computers, doubles, edit, erase, erasures, erasures_waiting, front, import,
    lending, lent, login, meeting, office, passkeys, removed, second_factor, sessions, settings, setup,
    setup_paper, setup_waiting, supporter, supporters, sync, unlock, users,
};
use state::{Answer, Screens};

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
        sessions: Sessions::new(Limits::CHAPTER),
        attempts: Attempts::default(),
        cookie: format!("helhet_{port}").into(),
        language: Language::Bokmal,
        reach: Reach::default(),
        now: Arc::new(move || clock.now()),
    };
    let passkeys = Passkeys::at(&site.reach.origin(port));
    let waker = live.clone();
    desk.watch(Box::new(move || waker.changed()));
    let screens = Screens { desk, live, asked: Asked::default(), passkeys };
    let (pages, named) = doors().named();
    let door = Door { screens: screens.clone(), named };
    let pages = pages.layer(from_fn_with_state(door, door::pass)).with_state(screens);
    Ok(with_frame_of_every_program(pages, site, Hosts::local(port)))
}

/// Every address there is, besides `/static/…` and `/language/…`, and what each asks of who opens it.
fn doors() -> Doors<Screens> {
    use Action::*;
    use Needs::{Nobody, Who};
    Doors::new()
        .page("/", Who(LookIn), front::show)
        .page("/login", Nobody, login::show)
        .deed("/login", Nobody, login::sign_in)
        .deed("/logout", Nobody, login::sign_out)
        .deed("/login/passkey", Nobody, passkeys::enter)
        .page("/unlock", Nobody, unlock::show)
        .deed("/unlock", Nobody, unlock::unlock)
        .page("/setup", Nobody, setup::show_invite)
        .deed("/setup", Nobody, setup::open_invite)
        .page("/setup/paper", Nobody, setup_paper::show)
        .deed("/setup/paper", Nobody, setup_paper::restore)
        .page("/setup/waiting", Nobody, setup_waiting::show)
        .page("/setup/agreement", Nobody, setup::show_agreement)
        .deed("/setup/agreement", Nobody, setup::join)
        .page("/setup/phrase", Nobody, setup::show_phrase)
        .deed("/setup/phrase", Nobody, setup::keep_phrase)
        .page("/setup/user", Nobody, setup::show_user)
        .deed("/setup/user", Nobody, setup::add_user)
        .page("/supporters", Who(ReadSupporters), supporters::show)
        .deed("/supporters", Who(ReadSupporters), supporters::search)
        .page("/supporters/add", Who(AddSupporter), add::show_person)
        .deed("/supporters/add", Who(AddSupporter), add::add_person)
        .page("/supporters/add-organisation", Who(AddSupporter), add::show_organisation)
        .deed("/supporters/add-organisation", Who(AddSupporter), add::add_organisation)
        .page("/supporters/{id}", Who(ReadSupporters), supporter::show)
        .page("/supporters/{id}/edit", Who(ChangeSupporter), edit::show)
        .deed("/supporters/{id}/edit", Who(ChangeSupporter), edit::save)
        .page("/supporters/{id}/erase", Who(EraseSupporter), erase::show)
        .deed("/supporters/{id}/erase", Who(EraseSupporter), erase::erase)
        .page("/supporters/{id}/office", Who(ReadWhatOfficeSees), office::show_supporter)
        .deed("/supporters/{id}/pick", Who(ChangeSupporter), supporter::pick)
        .deed("/supporters/{id}/grant", Who(RecordConsent), supporter::grant)
        .deed("/supporters/{id}/withdraw", Who(RecordConsent), supporter::withdraw)
        .deed("/supporters/{id}/withheld", Who(RecordConsent), supporter::confirm_or_take_back)
        .deed("/supporters/{id}/roles", Who(ChangeSupporter), supporter::add_role)
        .deed("/supporters/{id}/roles/end", Who(ChangeSupporter), supporter::end_role)
        .deed("/supporters/{id}/notes", Who(ChangeSupporter), supporter::add_note)
        .deed("/supporters/{id}/notes/remove", Who(ChangeSupporter), supporter::remove_note)
        .deed("/supporters/{id}/health-notes", Who(WriteHealth), supporter::add_health_note)
        .deed("/supporters/{id}/health-notes/remove", Who(WriteHealth), supporter::remove_health_note)
        .deed("/supporters/{id}/tags", Who(ChangeSupporter), supporter::add_tag)
        .deed("/supporters/{id}/tags/remove", Who(ChangeSupporter), supporter::remove_tag)
        .deed("/supporters/{id}/protect", Who(ChangeSupporter), supporter::protect)
        .page("/lending", Who(LendList), lending::show)
        .deed("/lending", Who(LendList), lending::lend)
        .deed("/lending/take-back", Who(LendList), lending::take_back)
        .page("/lent/{lent}", Who(SeeLentList), lent::show)
        .deed("/lent/{lent}", Who(SeeLentList), lent::search)
        .page("/lent/{lent}/add", Who(SeeLentList), add::show_to_lent)
        .deed("/lent/{lent}/add", Who(SeeLentList), add::add_to_lent)
        .deed("/supporters/{id}/keep", Who(EraseSupporter), supporter::keep)
        .page("/doubles", Who(DecideDoubles), doubles::show)
        .deed("/doubles/apart", Who(DecideDoubles), doubles::tell_apart)
        .page("/doubles/{kept}/{gone}", Who(DecideDoubles), doubles::show_merge)
        .deed("/doubles/{kept}/{gone}", Who(DecideDoubles), doubles::merge)
        .page("/import", Who(BringInFile), import::show)
        .deed_with_file("/import", Who(BringInFile), UPLOAD_BYTES_MAX, import::look_at)
        .page("/import/{batch}", Who(BringInFile), import::show_result)
        .page("/import/{batch}/columns", Who(BringInFile), import::show_columns)
        .page("/import/{batch}/preview", Who(BringInFile), import::show_preview)
        .deed("/import/{batch}/preview", Who(BringInFile), import::preview)
        .deed("/import/{batch}/run", Who(BringInFile), import::run)
        .page("/import/{batch}/left-out.csv", Who(BringInFile), import::download_left_out)
        .page("/import/{batch}/undo", Who(BringInFile), import::show_undo)
        .deed("/import/{batch}/undo", Who(BringInFile), import::undo)
        .page("/office", Who(ReadWhatOfficeSees), office::show)
        .page("/agreement", Who(ReadWhatOfficeSees), agreement::show)
        .deed("/agreement", Who(AcceptAgreement), agreement::accept)
        .page("/erasures", Who(ReadWhatOfficeSees), erasures::show)
        .page("/erasures/waiting", Who(EraseSupporter), erasures_waiting::show)
        .deed("/erasures/waiting", Who(EraseSupporter), erasures_waiting::answer)
        .page("/erasures/{number}/certificate.pdf", Who(ReadWhatOfficeSees), certificate::download)
        .page("/sync", Who(FollowSending), sync::show)
        .deed("/sync", Who(FollowSending), sync::now)
        .page("/computers", Who(LookAfterComputers), computers::show)
        .page("/removed", Who(LookAfterComputers), removed::show)
        .deed("/removed", Who(LookAfterComputers), removed::wipe)
        .page("/computers/meet", Who(FollowSending), meeting::show)
        .deed("/computers/meet", Who(FollowSending), meeting::go)
        .deed("/computers/meet/here", Who(FollowSending), meeting::wait_here)
        .deed("/computers/invite", Who(LookAfterComputers), computers::invite)
        .deed("/computers/answer", Who(LookAfterComputers), computers::answer)
        .deed("/computers/{key}/admit", Who(LookAfterComputers), computers::admit)
        .page("/computers/{key}/remove", Who(LookAfterComputers), computers::show_remove)
        .deed("/computers/{key}/remove", Who(LookAfterComputers), computers::remove)
        .page("/settings", Who(OwnAccess), settings::show)
        .deed("/settings", Who(OwnAccess), settings::change_password)
        .page("/settings/code", Who(OwnAccess), second_factor::show)
        .deed("/settings/code", Who(OwnAccess), second_factor::begin)
        .deed("/settings/code/confirm", Who(OwnAccess), second_factor::confirm)
        .deed("/settings/code/forget", Who(OwnAccess), second_factor::forget)
        .deed("/settings/passkeys", Who(OwnAccess), passkeys::change)
        .deed("/settings/passkeys/keep", Who(OwnAccess), passkeys::keep)
        .deed("/settings/sessions", Who(OwnAccess), sessions::end)
        .deed("/settings/lock", Who(OwnAccess), settings::lock)
        .deed("/settings/lock/first", Who(LookAfterComputers), settings::forget_first)
        .page("/live", Who(OwnAccess), listen)
        .page("/design", Nobody, show_design)
        .page("/users", Who(LookAfterUsers), users::show)
        .deed("/users", Who(LookAfterUsers), users::add)
        .deed("/users/remove", Who(LookAfterUsers), users::remove)
        .deed("/users/sign-out", Who(LookAfterUsers), users::sign_out)
}

async fn listen(State(screens): State<Screens>) -> Response {
    screens.live.stream().into_response()
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
