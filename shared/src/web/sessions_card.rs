//! The list of one's own open sessions, as the settings of both programs show it.

use super::Visit;
use super::session::OpenSession;

/// The field of the password, which is asked for before a session is ended.
pub const OWN: &str = "session_own";
/// The field that says which one, by its number, or [`OTHERS`].
pub const WHICH: &str = "session";
pub const OTHERS: &str = "others";
/// The key of what is said afterwards.
pub const ENDED: &str = "done-sessions-ended";

/// What the card shows.
#[derive(Debug, Clone)]
pub struct SessionsCard {
    pub lines: Vec<SessionLine>,
    /// How long without use a session stays open, in words.
    pub idle: String,
    /// How long in any case.
    pub longest: String,
}

#[derive(Debug, Clone)]
pub struct SessionLine {
    pub number: String,
    /// The browser, in plain words.
    pub browser: String,
    pub since: String,
    pub used: String,
    /// That of the visitor.
    pub own: bool,
}

impl SessionsCard {
    pub fn of(visit: &Visit) -> Self {
        let limits = visit.site().sessions.limits();
        let line = |session: OpenSession| SessionLine {
            browser: session.browser.words(&visit.texts),
            since: visit.texts.ago(session.opened, visit.now).to_string(),
            used: visit.texts.ago(session.used, visit.now).to_string(),
            number: session.number,
            own: session.own,
        };
        Self {
            lines: visit.sessions().into_iter().map(line).collect(),
            idle: visit.texts.span(limits.idle),
            longest: visit.texts.span(limits.longest),
        }
    }

    /// Whether there is another than the visitor's.
    pub fn has_others(&self) -> bool {
        self.lines.iter().any(|line| !line.own)
    }
}

/// Ends what the form names; the password was asked for. False where there is no such session (any more).
pub fn end(visit: &Visit, which: &str) -> bool {
    let Some(login) = &visit.login else { return false };
    if which == OTHERS {
        visit.end_other_sessions();
        return true;
    }
    visit.site().sessions.end(login, which)
}
