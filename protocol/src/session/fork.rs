//! A log has two histories. Only its author can mend that: it learns the last entry that both sides hold, opens a new
//! incarnation and signs there again what the peer lacks. The session ends; the next one finds nothing amiss.

use super::{Action, Phase, Session};
use crate::v1::fork::SAMPLES_MAX;
use crate::v1::{CloseCode, Credential, Fork, Message};

impl Session {
    pub(super) fn fork_found(&mut self, fork: Fork, actions: &mut Vec<Action>) -> Result<(), CloseCode> {
        let is_ours = self.is_ours(&fork);
        let samples = if is_ours { Vec::new() } else { fork.samples };
        self.send(Message::Fork(Fork { log: fork.log, samples }), actions);
        if is_ours {
            self.phase = Phase::AwaitingSamples;
            return Ok(());
        }
        Err(CloseCode::Fork)
    }

    pub(super) fn fork_arrived(&mut self, fork: Fork, actions: &mut Vec<Action>) -> Result<(), CloseCode> {
        if fork.samples.len() > SAMPLES_MAX || self.standing.scope_of(&fork.log).is_none() {
            return Err(CloseCode::Unexpected);
        }
        if self.is_ours(&fork) {
            if fork.samples.is_empty() {
                // The peer holds nothing of it that could differ.
                return Err(CloseCode::Unexpected);
            }
            actions.push(Action::Forked(fork));
            return Err(CloseCode::Fork);
        }
        if fork.samples.is_empty() && fork.log.author == self.config.peer_key {
            actions.push(Action::SampleLog(fork.log));
            return Ok(());
        }
        Err(CloseCode::Fork)
    }

    pub(super) fn sampled(&mut self, mut fork: Fork, actions: &mut Vec<Action>) -> Result<(), CloseCode> {
        fork.samples.truncate(SAMPLES_MAX);
        self.send(Message::Fork(fork), actions);
        Err(CloseCode::Fork)
    }

    fn is_ours(&self, fork: &Fork) -> bool {
        let own: &Credential = &self.config.credential;
        own.claimed_key() == Some(fork.log.author)
    }
}
