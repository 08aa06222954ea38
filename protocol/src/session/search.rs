//! Before any hello: which chapter does this root belong to? Whoever holds the recovery phrase may ask, and is told no more.

use super::{Action, Phase, Session};
use crate::v1::{CloseCode, Found, Message, Search};

impl Session {
    /// The peer is the office: ask.
    pub(super) fn search(&mut self, search: Search, actions: &mut Vec<Action>) {
        self.phase = Phase::Searching;
        self.send(Message::Search(search), actions);
    }

    pub(super) fn search_arrived(
        &mut self,
        search: &Search,
        actions: &mut Vec<Action>,
    ) -> Result<(), CloseCode> {
        if self.config.opening.is_some() || !search.holds(&self.config.exporter) {
            return Err(CloseCode::InviteMismatch);
        }
        self.phase = Phase::Searching;
        actions.push(Action::Search(search.root));
        Ok(())
    }

    /// Our store has looked.
    pub(super) fn searched(
        &mut self,
        found: Option<Found>,
        actions: &mut Vec<Action>,
    ) -> Result<(), CloseCode> {
        if !matches!(self.phase, Phase::Searching) || self.config.opening.is_some() {
            return Err(CloseCode::Unexpected);
        }
        self.send(Message::Found(found.ok_or(CloseCode::UnknownChapter)?), actions);
        Err(CloseCode::Done)
    }

    /// The office has answered.
    pub(super) fn found(&mut self, found: Found, actions: &mut Vec<Action>) -> Result<(), CloseCode> {
        if self.config.opening.is_none() {
            return Err(CloseCode::Unexpected);
        }
        actions.push(Action::Found(found));
        Err(CloseCode::Done)
    }
}
