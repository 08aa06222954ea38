//! One visit: who asks, in which language, with which form token. A middleware opens it, once per request; pages take it as an
//! extractor. The program's door says which role the visitor has; a page asks here what that role may.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRequestParts, Query, Request, State};
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE, HOST, SET_COOKIE, USER_AGENT};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use chrono::{DateTime, Utc};

use super::attempts::{Attempt, Attempts};
use super::browser::Browser;
use super::onward::{OnwardPage, followed_from_elsewhere};
use super::reach::Reach;
use super::session::{Asker, OpenSession, SecretId, Sessions, Stamp};
use super::{CsrfToken, Language, Texts, Translations};
use crate::rights::{self, Action, UserRole};

/// What a program gives the shared web pieces. Cheap to clone.
#[derive(Clone)]
pub struct Site {
    pub translations: Arc<Translations>,
    pub sessions: Sessions,
    pub attempts: Attempts,
    /// The cookie's name on this machine. Cookies are shared by all ports of a host, so each program on a machine needs a name of
    /// its own. Over TLS cookies have names that no other site can set.
    pub cookie: Arc<str>,
    /// For visitors who have chosen none and whose browser asks for none of ours.
    pub language: Language,
    /// How browsers reach the program.
    pub reach: Reach,
    pub now: Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>,
}

impl fmt::Debug for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Site").field("cookie", &self.cookie).finish_non_exhaustive()
    }
}

/// One request's visitor.
#[derive(Debug, Clone)]
pub struct Visit {
    pub texts: Texts,
    pub csrf: CsrfToken,
    /// The login name, when somebody is signed in.
    pub login: Option<String>,
    /// What the user is, as the program's door found it for this request.
    pub role: Option<UserRole>,
    /// The path asked for, to mark where we are.
    pub path: String,
    /// By which name the program was asked: `host` or `host:port`.
    pub host: String,
    pub now: DateTime<Utc>,
    query: Vec<(String, String)>,
    browser: Browser,
    network: Option<IpAddr>,
    id: SecretId,
    site: Site,
}

impl Visit {
    /// A visit that came through no request: for tests and for pages rendered to a file.
    pub fn opened(site: Site, language: Language, path: &str, login: Option<String>) -> Self {
        let id = SecretId::random(&mut rand::rng());
        Self::new(site, id, language, path, login)
    }

    fn new(site: Site, id: SecretId, language: Language, path: &str, login: Option<String>) -> Self {
        Self {
            texts: Texts::new(site.translations.clone(), language),
            csrf: CsrfToken::of(&id),
            login,
            role: None,
            path: path.to_owned(),
            host: String::new(),
            now: (site.now)(),
            query: Vec::new(),
            browser: Browser::default(),
            network: None,
            id,
            site,
        }
    }

    /// The same visit with the role that the program's door found.
    pub fn with_role(self, role: UserRole) -> Self {
        Self { role: Some(role), ..self }
    }

    /// Whether the visitor may do this: for pages that hide what their reader may not.
    pub fn may(&self, action: Action) -> bool {
        self.role.is_some_and(|role| rights::may(role, action))
    }

    /// A value of the address's query; `None` if it is not there or empty.
    pub fn query(&self, name: &str) -> Option<&str> {
        let found = self.query.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// Begins an attempt to get in as `login`; none where the visitor has to wait first.
    pub fn attempt(&self, login: &str) -> Option<Attempt> {
        self.site.attempts.begin(login, self.network, self.now).ok()
    }

    /// Opens a session for a login whose password was right. The answer must carry the header that this gives.
    pub fn sign_in(&self, login: &str, stamp: Stamp) -> (HeaderName, HeaderValue) {
        self.site.sessions.sign_out(&self.id);
        let id = self.site.sessions.sign_in(login, stamp, self.browser, self.now, &mut rand::rng());
        (SET_COOKIE, self.site.cookie_header(&id))
    }

    /// Whether the session still stands on what the user has now.
    pub fn stands_on(&self, stamp: &Stamp) -> bool {
        self.site.sessions.stands_on(&self.id, stamp)
    }

    /// Ends the session; the visitor gets a new, empty id, and the browser forgets what it kept of our pages.
    pub fn sign_out(&self) -> [(HeaderName, HeaderValue); 2] {
        self.site.sessions.sign_out(&self.id);
        let id = SecretId::random(&mut rand::rng());
        // Not `"cookies"`: on this machine they are shared with other programs, and ours is replaced here.
        let forget = HeaderValue::from_static("\"cache\", \"storage\"");
        [(SET_COOKIE, self.site.cookie_header(&id)), (HeaderName::from_static("clear-site-data"), forget)]
    }

    /// The visitor's login; empty where nobody is signed in.
    pub fn who(&self) -> String {
        self.login.clone().unwrap_or_default()
    }

    /// The visitor's open sessions, this one first.
    pub fn sessions(&self) -> Vec<OpenSession> {
        let login = self.login.as_deref().unwrap_or_default();
        self.site.sessions.of(login, &self.id, self.now)
    }

    /// Ends all of the visitor's sessions but this one.
    pub fn end_other_sessions(&self) {
        if let Some(login) = &self.login {
            self.site.sessions.end_others(login, &self.id);
        }
    }

    /// Knows the visitor's browser again, and gives nobody a session.
    pub fn visitor(&self) -> [u8; 32] {
        self.id.hash()
    }

    pub fn browser(&self) -> Browser {
        self.browser
    }

    pub fn site(&self) -> &Site {
        &self.site
    }
}

/// Middleware: reads the visitor's cookies and language, gives a new visitor an id, and hands a [`Visit`] to the page. Who comes
/// from another site is no new visitor, only one whose browser has kept our cookies back ([`super::onward`]).
pub async fn open_visit(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    let headers = request.headers();
    let known = cookie(headers, site.session_cookie()).and_then(SecretId::parse);
    let language = wanted_language(headers, &site);
    if known.is_none()
        && let Some(address) = followed_from_elsewhere(&request)
    {
        return OnwardPage::to(Texts::new(site.translations.clone(), language), address).into_response();
    }
    let id = known.clone().unwrap_or_else(|| SecretId::random(&mut rand::rng()));
    let login = site.sessions.login(&id, asker(&request), (site.now)());
    let mut visit = Visit::new(site.clone(), id.clone(), language, request.uri().path(), login);
    let said = headers.get(USER_AGENT).and_then(|value| value.to_str().ok());
    visit.browser = said.map(Browser::of).unwrap_or_default();
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
    let host = headers.get(HOST).and_then(|value| value.to_str().ok());
    visit.host = host.unwrap_or_default().to_owned();
    visit.network = site.reach.network(peer, headers);
    visit.query = Query::try_from_uri(request.uri()).map(|Query(pairs)| pairs).unwrap_or_default();
    request.extensions_mut().insert(visit);
    let mut response = next.run(request).await;
    if known.is_none() && !response.headers().contains_key(SET_COOKIE) {
        response.headers_mut().append(SET_COOKIE, site.cookie_header(&id));
    }
    response
}

/// The header by which our script says that it asks for parts of a page, and whether a person made it do so.
pub const PART: &str = "x-helhet-part";

/// What an open page does by itself is no use of it: it listens, and asks for its parts anew.
fn asker(request: &Request) -> Asker {
    let by_itself = request.headers().get(PART).is_some_and(|why| why == "live");
    if by_itself || request.uri().path() == "/live" { Asker::Page } else { Asker::Person }
}

const LANGUAGE_COOKIE: &str = "helhet_language";
/// Over TLS: a name that a browser takes from this very host alone, with `Secure` and for all its pages (RFC 6265bis).
const SECURE_COOKIE: &str = "__Host-helhet";
const SECURE_LANGUAGE_COOKIE: &str = "__Host-helhet_language";

impl Site {
    fn session_cookie(&self) -> &str {
        if self.reach.is_secure() { SECURE_COOKIE } else { &self.cookie }
    }

    fn language_cookie(&self) -> &'static str {
        if self.reach.is_secure() { SECURE_LANGUAGE_COOKIE } else { LANGUAGE_COOKIE }
    }

    fn cookie_header(&self, id: &SecretId) -> HeaderValue {
        self.header(format!("{}={}; Path=/", self.session_cookie(), id.cookie_value()))
    }

    /// The header that remembers a chosen language for a year.
    pub fn language_header(&self, language: Language) -> HeaderValue {
        self.header(format!("{}={language}; Path=/; Max-Age=31536000", self.language_cookie()))
    }

    fn header(&self, cookie: String) -> HeaderValue {
        let secure = if self.reach.is_secure() { "; Secure" } else { "" };
        HeaderValue::from_str(&format!("{cookie}; HttpOnly; SameSite=Strict{secure}"))
            .unwrap_or_else(|_| HeaderValue::from_static(""))
    }
}

fn wanted_language(headers: &HeaderMap, site: &Site) -> Language {
    let asked = || headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    cookie(headers, site.language_cookie())
        .and_then(Language::from_code)
        .or_else(|| Language::accepted(asked()?))
        .unwrap_or(site.language)
}

fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        // Only a route mounted outside `open_visit` can come without one: an error of the program.
        parts.extensions.get::<Visit>().cloned().ok_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}
