//! A page that leads on by itself, for two ways that a browser does not go in one step.
//!
//! Who comes to our pages from somebody else's (a link in a webmail, another provider's sign-in) comes without our cookies, since
//! these are `SameSite=Strict`. To take such a visitor for a new one would give the browser another id, and so sign out whoever was
//! signed in. So the first answer is this page: it sets no cookie, and from it, a page of ours, the browser asks again with
//! its cookies. And a form of ours may lead to our own pages alone, so that what follows it elsewhere begins here.

use askama::Template;
use axum::extract::Request;
use axum::http::{HeaderMap, Method, Uri};
use axum::response::{IntoResponse, Response};

use super::Texts;

/// The page itself: without script, and without anything else that the browser would have to ask for.
#[derive(Debug, Template)]
#[template(path = "onward.html")]
pub struct OnwardPage {
    t: Texts,
    address: String,
}

impl OnwardPage {
    /// `address` is one of ours, or one that the program was told to lead to; never what a visitor brought unchecked.
    pub fn to(texts: Texts, address: String) -> Self {
        Self { t: texts, address }
    }
}

impl IntoResponse for OnwardPage {
    fn into_response(self) -> Response {
        super::html(&self)
    }
}

/// Our own address, of somebody who follows a link or a redirect of another site's. Of nobody else: what this page leads to
/// comes from our own origin, so it leads there once.
pub(super) fn followed_from_elsewhere(request: &Request) -> Option<String> {
    let headers = request.headers();
    let elsewhere = ["cross-site", "same-site"].contains(&said(headers, "sec-fetch-site"));
    let follows = request.method() == Method::GET && said(headers, "sec-fetch-mode") == "navigate";
    (elsewhere && follows).then(|| own_address(request.uri()))
}

fn said<'h>(headers: &'h HeaderMap, name: &str) -> &'h str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// Path and query. What begins with two slashes, which may lean either way, would be another host's.
fn own_address(uri: &Uri) -> String {
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let own = path.starts_with('/') && !path[1..].starts_with(['/', '\\']);
    if own { path.to_owned() } else { "/".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_another_host_is_not_led_to() {
        for (asked, led_to) in [
            ("/", "/"),
            ("/login/elsewhere/back?code=a;b&state=c", "/login/elsewhere/back?code=a;b&state=c"),
            ("//evil.example/x", "/"),
            ("/\\evil.example", "/"),
            ("http://evil.example/x?y", "/x?y"),
            ("http://evil.example//x", "/"),
        ] {
            assert_eq!(own_address(&asked.parse().unwrap()), led_to, "{asked}");
        }
    }
}
