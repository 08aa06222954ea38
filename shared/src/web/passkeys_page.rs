//! The pages on which a passkey is added or used, and the list of one's own, as both programs show them.

use askama::Template;

use super::{Frame, Texts, Visit};
use crate::second_factor::passkeys::{KeptPasskey, Passkeys};

/// The field of the password, which is asked for before anything of this changes.
pub const OWN: &str = "passkey_own";
/// The field that says what is to be done: [`ADD`], or the id of the one to take away.
pub const WHAT: &str = "passkey";
pub const ADD: &str = "add";
/// The field of what the browser said.
pub const ANSWER: &str = "answer";
/// The keys of what is said afterwards, and of what went wrong.
pub const ADDED: &str = "done-passkey-added";
pub const REMOVED: &str = "done-passkey-removed";
pub const REFUSED: &str = "error-passkey";
pub const ELSEWHERE: &str = "error-passkey-elsewhere";

/// The page after the password, of somebody who has a passkey.
#[derive(Debug, Template)]
#[template(path = "passkey_use.html")]
pub struct UsePage {
    pub t: Texts,
    pub frame: Frame,
    /// What the browser is to ask for.
    pub question: String,
    /// Where the answer goes, and where a code is typed instead.
    pub action: &'static str,
    pub with_code: &'static str,
}

/// The page on which one is added.
#[derive(Debug, Template)]
#[template(path = "passkey_add.html")]
pub struct AddPage {
    pub t: Texts,
    pub frame: Frame,
    pub question: String,
    /// What it will be called, if nobody writes anything else.
    pub name: String,
    pub action: &'static str,
    pub back: &'static str,
}

/// One's own passkeys, in the settings.
#[derive(Debug, Clone, Default)]
pub struct PasskeysCard {
    pub lines: Vec<PasskeyLine>,
    /// Whether there is an app for codes, beside which they stand.
    pub ready: bool,
    /// Where they can be used, if that is not here.
    pub elsewhere: Option<String>,
}

#[derive(Debug, Clone)]
pub struct PasskeyLine {
    pub id: String,
    pub name: String,
    pub added: String,
    pub used: Option<String>,
}

impl PasskeysCard {
    pub fn new(visit: &Visit, passkeys: &Passkeys, kept: Vec<KeptPasskey>, ready: bool) -> Self {
        let ago = |at| visit.texts.ago(at, visit.now);
        let line = |kept: KeptPasskey| PasskeyLine {
            id: kept.id,
            name: kept.name,
            added: ago(kept.added),
            used: kept.used.map(ago),
        };
        let here = passkeys.can_be_used_at(&visit.host);
        Self {
            lines: kept.into_iter().map(line).collect(),
            ready,
            elsewhere: (!here).then(|| passkeys.origin().to_owned()),
        }
    }
}
