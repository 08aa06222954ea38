//! The web pieces that both programs share: languages and texts, forms that keep what was typed, sessions, passwords, the guards in
//! front of every request, live updates, and the design system (templates, one style sheet, one small script).
//!
//! It knows no page of either program and no supporter; a program brings its own texts, routes and pages. No sentence stands in code
//! or template, only keys of the language files (`locales/`).

pub mod assets;
pub mod attempts;
pub mod browser;
pub mod csrf;
pub mod design;
pub mod doors;
pub mod error_page;
pub mod form;
pub mod frame;
pub mod guard;
pub mod language;
pub mod live;
pub mod log_lines;
pub mod onward;
#[cfg(feature = "second-factor")]
pub mod passkeys_page;
pub mod password;
pub mod picture;
pub mod reach;
pub mod second_factor_page;
pub mod session;
pub mod sessions_card;
pub mod texts;
pub mod tidy;
pub mod visit;

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::middleware::from_fn_with_state;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;

pub use csrf::CsrfToken;
pub use doors::{Doors, Named, Needs};
pub use error_page::{ErrorPage, Problem};
pub use form::{Choice, Form, Submitted, Upload};
pub use frame::{Frame, Light, LightState, Link};
pub use language::Language;
pub use texts::{Texts, Translations};
pub use visit::{Site, Visit};

/// The shared texts of each language, to be merged with a program's own: the design system's, the words of the domain (roles,
/// purposes), and what fields, reasons, refusals and columns are called.
pub const SHARED_TEXTS: [(Language, &str); 12] = [
    (Language::Bokmal, include_str!("../../locales/nb/shared.ftl")),
    (Language::Swedish, include_str!("../../locales/sv/shared.ftl")),
    (Language::Dutch, include_str!("../../locales/nl/shared.ftl")),
    (Language::English, include_str!("../../locales/en/shared.ftl")),
    (Language::Bokmal, include_str!("../../locales/nb/words.ftl")),
    (Language::Swedish, include_str!("../../locales/sv/words.ftl")),
    (Language::Dutch, include_str!("../../locales/nl/words.ftl")),
    (Language::English, include_str!("../../locales/en/words.ftl")),
    (Language::Bokmal, include_str!("../../locales/nb/codes.ftl")),
    (Language::Swedish, include_str!("../../locales/sv/codes.ftl")),
    (Language::Dutch, include_str!("../../locales/nl/codes.ftl")),
    (Language::English, include_str!("../../locales/en/codes.ftl")),
];

/// Puts what every program has around its own pages: assets, the choice of language, a page for unknown addresses, the visit of each
/// request and the guard in front of all.
pub fn with_frame_of_every_program(pages: Router, site: Site, hosts: guard::Hosts) -> Router {
    pages
        .merge(assets::routes())
        .route("/language/{code}", get(choose_language))
        .fallback(async |visit: Visit| ErrorPage::of(&visit, Problem::NotFound))
        .layer(from_fn_with_state(site, visit::open_visit))
        .layer(from_fn_with_state(hosts, guard::guard))
}

/// Remembers the language and goes back to where the visitor was, on our own pages only.
async fn choose_language(visit: Visit, Path(code): Path<String>, headers: HeaderMap) -> Response {
    let Some(language) = Language::from_code(&code) else {
        return ErrorPage::of(&visit, Problem::NotFound).into_response();
    };
    let referer = headers.get(header::REFERER).and_then(|value| value.to_str().ok());
    let back = referer
        .and_then(|address| address.parse::<Uri>().ok())
        .and_then(|address| Some(address.path_and_query()?.as_str().to_owned()))
        .filter(|path| path.starts_with('/') && !path.starts_with("//"))
        .unwrap_or_else(|| "/".to_owned());
    ([(header::SET_COOKIE, visit.site().language_header(language))], Redirect::to(&back)).into_response()
}

/// A rendered template as a response; a template that cannot be rendered is an error of the program, shown without its details.
pub fn html(template: &impl askama::Template) -> Response {
    match template.render() {
        Ok(text) => Html(text).into_response(),
        Err(error) => {
            tracing::error!(%error, "a template could not be rendered");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

#[cfg(test)]
mod tests;
