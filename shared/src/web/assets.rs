//! The style sheet, the scripts and the icon, built into the program.

use std::sync::OnceLock;

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

const CSS: &str = concat!(
    include_str!("../../static/tokens.css"),
    include_str!("../../static/page.css"),
    include_str!("../../static/components.css")
);
const SCRIPT: &str = include_str!("../../static/live.js");
const PASSKEY_SCRIPT: &str = include_str!("../../static/passkey.js");
const ICON: &str = include_str!("../../static/favicon.svg");

/// The routes of the assets; the pages ask for them with `?v=` and [`version`].
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/static/helhet.css", get(|| async { ([(CONTENT_TYPE, "text/css; charset=utf-8")], CSS) }))
        .route(
            "/static/live.js",
            get(|| async { ([(CONTENT_TYPE, "text/javascript; charset=utf-8")], SCRIPT) }),
        )
        .route(
            "/static/passkey.js",
            get(|| async { ([(CONTENT_TYPE, "text/javascript; charset=utf-8")], PASSKEY_SCRIPT) }),
        )
        .route("/static/favicon.svg", get(|| async { ([(CONTENT_TYPE, "image/svg+xml")], ICON) }))
}

/// Twelve hex digits that change when an asset does.
pub fn version() -> &'static str {
    static VERSION: OnceLock<String> = OnceLock::new();
    VERSION.get_or_init(|| {
        let mut hash = Sha256::new();
        hash.update(CSS);
        hash.update(SCRIPT);
        hash.update(PASSKEY_SCRIPT);
        HEXLOWER.encode(&hash.finalize()[..6])
    })
}
