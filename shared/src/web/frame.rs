//! What stands around every page: its title, the way around, the form token, the sync light, and the sentence about what was just done.

use super::{CsrfToken, Visit, assets};
use crate::rights::{self, Action, UserRole};

/// The frame of one page. Programs fill in name, links and light.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The page's heading in the browser's tab, already in the visitor's language.
    pub title: String,
    /// Whose pages these are: the chapter's or the organisation's name.
    pub place: String,
    pub links: Vec<Link>,
    pub light: Option<Light>,
    pub csrf: CsrfToken,
    /// The login name, when somebody is signed in.
    pub login: Option<String>,
    /// What the user is; a page shows nothing that this role may not.
    pub role: Option<UserRole>,
    /// The key of a sentence about the deed that led here.
    pub done: Option<&'static str>,
    /// Whether the page asks for live updates.
    pub live: bool,
}

/// A link of the main navigation.
#[derive(Debug, Clone)]
pub struct Link {
    pub href: String,
    pub label: String,
    pub here: bool,
}

/// Whether everything is where it should be, in true words.
#[derive(Debug, Clone)]
pub struct Light {
    pub state: LightState,
    pub words: String,
    /// The page that says more, for who may open it.
    pub href: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LightState {
    /// The other side has acknowledged everything.
    Sent,
    /// Something is on its way or waits for the network.
    Waiting,
    /// Something was refused and waits for a person.
    Refused,
}

impl LightState {
    pub fn code(self) -> &'static str {
        match self {
            LightState::Sent => "sent",
            LightState::Waiting => "waiting",
            LightState::Refused => "refused",
        }
    }
}

impl Frame {
    /// A frame with nothing but the title: for set-up, signing in and errors.
    pub fn bare(visit: &Visit, title: String) -> Self {
        Self {
            title,
            place: String::new(),
            links: Vec::new(),
            light: None,
            csrf: visit.csrf.clone(),
            login: visit.login.clone(),
            role: visit.role,
            done: None,
            live: false,
        }
    }

    pub fn may(&self, action: Action) -> bool {
        self.role.is_some_and(|role| rights::may(role, action))
    }

    /// Changes with every build of the assets, so that browsers may keep them.
    pub fn version(&self) -> &'static str {
        assets::version()
    }
}

impl Link {
    /// A link that knows whether the visitor is on its pages.
    pub fn new(visit: &Visit, href: impl Into<String>, label: impl ToString) -> Self {
        let href = href.into();
        let here = visit.path == href || (href != "/" && visit.path.starts_with(&format!("{href}/")));
        Self { href, label: label.to_string(), here }
    }
}
