//! The one place where a program's addresses are named, each with what it asks of who opens it. A router made here has no
//! address without that, and what stands in front of it (the program's door) asks for it before any handler runs.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request};
use axum::handler::Handler;
use axum::http::Method;
use axum::routing::{MethodRouter, get, post};

use crate::rights::Action;

/// What an address asks of who opens it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Nothing: it stands before the login, or shows nothing of anybody.
    Nobody,
    /// Somebody who is signed in and may do this.
    Who(Action),
}

/// The addresses of a program while they are being named.
#[derive(Debug)]
pub struct Doors<S> {
    router: Router<S>,
    named: BTreeMap<(&'static str, &'static str), Needs>,
}

/// What every address asks, for the program's door.
#[derive(Debug, Clone, Default)]
pub struct Named(Arc<BTreeMap<(&'static str, &'static str), Needs>>);

const GET: &str = "GET";
const POST: &str = "POST";

impl<S: Clone + Send + Sync + 'static> Doors<S> {
    #[expect(clippy::new_without_default, reason = "a program without addresses is none")]
    pub fn new() -> Self {
        Self { router: Router::new(), named: BTreeMap::new() }
    }

    /// A page.
    pub fn page<T: 'static>(self, path: &'static str, needs: Needs, handler: impl Handler<T, S>) -> Self {
        self.add(GET, path, needs, get(handler))
    }

    /// A deed.
    pub fn deed<T: 'static>(self, path: &'static str, needs: Needs, handler: impl Handler<T, S>) -> Self {
        self.add(POST, path, needs, post(handler))
    }

    /// A deed that takes a file of up to this many bytes.
    pub fn deed_with_file<T: 'static>(
        self,
        path: &'static str,
        needs: Needs,
        bytes_max: usize,
        handler: impl Handler<T, S>,
    ) -> Self {
        self.add(POST, path, needs, post(handler).layer(DefaultBodyLimit::max(bytes_max)))
    }

    fn add(
        mut self,
        method: &'static str,
        path: &'static str,
        needs: Needs,
        handler: MethodRouter<S, Infallible>,
    ) -> Self {
        self.named.insert((path, method), needs);
        Self { router: self.router.route(path, handler), named: self.named }
    }

    /// The router, without a door yet, and what the door is to ask.
    pub fn named(self) -> (Router<S>, Named) {
        (self.router, Named(Arc::new(self.named)))
    }
}

impl Named {
    /// What this request asks; nothing where nobody said so, and then nobody gets in. An address that leads nowhere is
    /// not asked about: there is nothing behind it.
    pub fn of(&self, request: &Request) -> Option<Needs> {
        let Some(path) = request.extensions().get::<MatchedPath>() else { return Some(Needs::Nobody) };
        let method = if request.method() == Method::HEAD { GET } else { request.method().as_str() };
        self.0.get(&(path.as_str(), method)).copied()
    }

    /// Whether something of another method was named at this address: a deed's, which somebody opens as if it were a page.
    pub fn knows_address(&self, request: &Request) -> bool {
        let Some(path) = request.extensions().get::<MatchedPath>() else { return false };
        self.0.keys().any(|(named, _)| *named == path.as_str())
    }

    /// Method, address and what it asks, of each.
    pub fn all(&self) -> impl Iterator<Item = (&'static str, &'static str, Needs)> {
        self.0.iter().map(|((path, method), needs)| (*method, *path, *needs))
    }
}
