//! What every request passes before a page sees it: the host must be ours by exact name, a change must come from our own pages, and
//! every answer carries headers that leave a browser no room.
//!
//! The host check is what keeps a foreign site from reaching a program on localhost by a name of its own (DNS rebinding).

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{self, HeaderName};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// The names, with port where it is not the scheme's own, under which the program answers; lower case.
#[derive(Debug, Clone)]
pub struct Hosts {
    names: Arc<[String]>,
    /// Reached over TLS, and not otherwise.
    secure: bool,
}

impl Hosts {
    pub fn new(names: impl IntoIterator<Item = String>) -> Self {
        Self { names: names.into_iter().map(|name| name.to_ascii_lowercase()).collect(), secure: false }
    }

    /// Names that are reached over TLS alone: a page that came without it is no page of ours.
    pub fn secure(names: impl IntoIterator<Item = String>) -> Self {
        Self { secure: true, ..Self::new(names) }
    }

    /// All names by which a program on this machine is reached.
    pub fn local(port: u16) -> Self {
        Self::new(["localhost", "127.0.0.1", "[::1]"].map(|host| format!("{host}:{port}")))
    }

    fn has(&self, name: &str) -> bool {
        self.names.iter().any(|host| host.eq_ignore_ascii_case(name))
    }

    /// Whether a page of this origin is one of `host`, by which we were asked.
    fn is_own(&self, origin: &str, host: &str) -> bool {
        origin.split_once("://").is_some_and(|(scheme, name)| {
            name.eq_ignore_ascii_case(host) && (!self.secure || scheme.eq_ignore_ascii_case("https"))
        })
    }
}

/// Middleware: exact host, own origin, safe headers. The outermost of all.
pub async fn guard(State(hosts): State<Hosts>, request: Request, next: Next) -> Response {
    let asset = request.uri().path().starts_with("/static/");
    let mut response = match refused(&hosts, &request) {
        Some((status, sentence)) => (status, sentence).into_response(),
        None => next.run(request).await,
    };
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if hosts.secure {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    let cache = if asset { "private, max-age=31536000, immutable" } else { "no-store" };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    response
}

const HEADERS: [(HeaderName, &str); 6] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// These answers go to other programs, not to people: no page of ours leads to them. So they are plain and in English.
fn refused(hosts: &Hosts, request: &Request) -> Option<(StatusCode, &'static str)> {
    let headers = request.headers();
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let Some(host) = text(header::HOST).filter(|host| hosts.has(host)) else {
        return Some((StatusCode::MISDIRECTED_REQUEST, "This program does not answer to that address.\n"));
    };
    if [Method::GET, Method::HEAD].contains(request.method()) {
        return None;
    }
    let origin = text(header::ORIGIN).map(|origin| hosts.is_own(origin, host));
    let site = text(HeaderName::from_static("sec-fetch-site")).map(|site| site == "same-origin");
    // A browser sends at least one of the two with every change; what sends neither is no page of ours.
    let own = match (origin, site) {
        (None, None) | (Some(false), _) | (_, Some(false)) => false,
        (Some(true) | None, Some(true) | None) => true,
    };
    (!own).then_some((StatusCode::FORBIDDEN, "Changes are taken from this program's own pages only.\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(method: Method, headers: &[(&str, &str)]) -> Option<StatusCode> {
        check_at(&Hosts::local(7070), method, headers)
    }

    fn check_at(hosts: &Hosts, method: Method, headers: &[(&str, &str)]) -> Option<StatusCode> {
        let mut request = Request::builder().method(method).uri("/");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        refused(hosts, &request.body(axum::body::Body::empty()).unwrap()).map(|(status, _)| status)
    }

    // ASVS 3.4.1, 3.5.3: behind TLS a page of the same name that came without it changes nothing.
    #[test]
    fn over_tls_a_plain_page_is_not_ours() {
        let hosts = Hosts::secure(["helhet.example".to_owned()]);
        let host = ("host", "helhet.example");
        for (origin, expect) in [
            ("https://helhet.example", None),
            ("http://helhet.example", Some(StatusCode::FORBIDDEN)),
            ("https://helhet.example:8443", Some(StatusCode::FORBIDDEN)),
        ] {
            assert_eq!(check_at(&hosts, Method::POST, &[host, ("origin", origin)]), expect, "{origin}");
        }
        let direct = [("host", "127.0.0.1:8080")];
        assert_eq!(check_at(&hosts, Method::GET, &direct), Some(StatusCode::MISDIRECTED_REQUEST));
    }

    #[test]
    fn only_our_own_names_are_answered() {
        assert_eq!(check(Method::GET, &[("host", "localhost:7070")]), None);
        assert_eq!(check(Method::GET, &[("host", "LOCALHOST:7070")]), None);
        for host in ["localhost", "localhost:7071", "evil.example:7070", "localhost:7070.evil.example", ""] {
            assert_eq!(
                check(Method::GET, &[("host", host)]),
                Some(StatusCode::MISDIRECTED_REQUEST),
                "{host}"
            );
        }
        assert_eq!(check(Method::GET, &[]), Some(StatusCode::MISDIRECTED_REQUEST));
    }

    #[test]
    fn changes_come_from_our_own_pages() {
        let host = ("host", "localhost:7070");
        assert_eq!(check(Method::POST, &[host, ("origin", "http://localhost:7070")]), None);
        assert_eq!(check(Method::POST, &[host, ("sec-fetch-site", "same-origin")]), None);
        for other in [
            ("origin", "http://localhost:7071"),
            ("origin", "null"),
            ("origin", "http://evil.example"),
            ("sec-fetch-site", "same-site"),
            ("sec-fetch-site", "cross-site"),
            ("accept", "*/*"),
        ] {
            assert_eq!(check(Method::POST, &[host, other]), Some(StatusCode::FORBIDDEN), "{other:?}");
        }
    }
}
