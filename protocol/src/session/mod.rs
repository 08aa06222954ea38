//! The conversation, without IO: an [`Event`] in, [`Action`]s out. The same machine at both ends.
//!
//! ```text
//! (introduction) ─▶ hello ─▶ deciding ─▶ retired ─▶ comparing ─▶ exchanging ─▶ … live … ─▶ closed
//! ```
//! Who drives it (`transport/drive.rs`, or a test) carries the actions out in order and brings their answers back as
//! events; what comes from outside (a message, a wake, a wish to stop) waits until every action is carried out, which is
//! also what slows a peer down. The session asks no clock, draws no random number and keeps no more than one
//! window of batches; it never sends an entry of a zone outside the scopes that were authorized.

mod answering;
mod comparing;
mod config;
mod conversation;
mod event;
mod fork;
mod hello;
mod receiving;
mod retired;
mod search;
mod sending;

use std::collections::{BTreeMap, BTreeSet};

pub use config::{Authors, Config, Opening, Scope, Standing};
pub use event::{
    Action, Authorization, Batch, Comparison, Counts, Event, Missing, Outcome, Peer, ReadEntries, Reconciled,
    RetiredRows,
};

use crate::identity::Signed;
use crate::log::{LogId, Position, Revocation};
use crate::v1::{Close, CloseCode, Message, Revoked};
use answering::Answering;
use comparing::Comparing;
use receiving::Receiving;
use retired::RetiredExchange;
use sending::Sending;

/// One conversation with one peer.
#[derive(Debug)]
pub struct Session {
    config: Config,
    phase: Phase,
    /// What this side and its peer may exchange; empty until authorized.
    standing: Standing,
    /// How far the peer is known to hold each log.
    held_by_peer: BTreeMap<LogId, u64>,
    peer_positions: Vec<Position>,
    retired: RetiredExchange,
    sending: Sending,
    receiving: Receiving,
    comparing: Comparing,
    answering: Answering,
    counts: Counts,
    /// We have shown our credential, which is done once.
    introduced: bool,
    /// The store had something new before the exchange began.
    woken: bool,
    was_quiet: bool,
}

/// Where the conversation stands.
#[derive(Debug)]
enum Phase {
    /// Nothing was said yet.
    Fresh,
    /// We dialled a key that we have never met, and wait to see its certificate.
    Introducing,
    /// We wait for the peer's hello. If we dialled, ours is out; `authorized` if the peer was met by introduction.
    AwaitingHello { authorized: bool },
    /// One side asks whose a root is, the other looks it up.
    Searching,
    /// We have seen who the peer is, and the driver decides.
    Deciding(hello::Question),
    /// Both are known. What is gone travels first, then our log is compared with the peer's positions.
    Meeting,
    /// Entries flow both ways; after catching up, as they are made.
    Exchanging,
    /// A log of ours has forked, and we wait for what the peer knows of it.
    AwaitingSamples,
    /// It is over.
    Closed,
}

impl Session {
    /// A session on a fresh connection. Nothing happens before [`Event::Start`].
    pub fn new(config: Config) -> Self {
        Self {
            config,
            phase: Phase::Fresh,
            standing: Standing::default(),
            held_by_peer: BTreeMap::new(),
            peer_positions: Vec::new(),
            retired: RetiredExchange::default(),
            sending: Sending::default(),
            receiving: Receiving::default(),
            comparing: Comparing::default(),
            answering: Answering::default(),
            counts: Counts::default(),
            introduced: false,
            woken: false,
            was_quiet: false,
        }
    }

    /// What `sync --json` counts, so far.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// True once both sides have said all they had and every batch is acknowledged.
    pub fn is_quiet(&self) -> bool {
        matches!(self.phase, Phase::Exchanging)
            && self.sending.is_quiet()
            && self.receiving.is_quiet()
            && self.comparing.is_quiet()
    }

    /// True while we were dialled and nobody has said who it is.
    pub fn awaits_first_hello(&self) -> bool {
        self.config.opening.is_none() && matches!(self.phase, Phase::AwaitingHello { .. })
    }

    /// True once nothing more will happen.
    pub fn is_closed(&self) -> bool {
        matches!(self.phase, Phase::Closed)
    }

    /// Takes what happened and says what to do about it, in order.
    pub fn handle(&mut self, event: Event) -> Vec<Action> {
        let mut actions = Vec::new();
        if self.is_closed() {
            return actions;
        }
        if let Err(code) = self.dispatch(event, &mut actions) {
            self.close(code, &mut actions);
        }
        self.compare_contents(&mut actions);
        let quiet = self.is_quiet();
        if quiet && !self.was_quiet {
            actions.push(Action::CaughtUp);
        }
        self.was_quiet = quiet;
        actions
    }

    fn send(&self, message: Message, actions: &mut Vec<Action>) {
        actions.push(Action::Send(message));
    }

    /// Says why and ends it.
    fn close(&mut self, code: CloseCode, actions: &mut Vec<Action>) {
        self.send(Message::Close(Close { code }), actions);
        self.phase = Phase::Closed;
        actions.push(Action::Close(Outcome { code, by_peer: false }));
    }

    /// The proof, and not a word more.
    fn tell_revoked(&mut self, revocation: Signed<Revocation>, actions: &mut Vec<Action>) {
        self.send(Message::Revoked(Revoked { revocation }), actions);
        self.phase = Phase::Closed;
        actions.push(Action::Close(Outcome { code: CloseCode::Revoked, by_peer: false }));
    }

    /// The positions of ours that concern this peer, as a set.
    fn agrees_with_peer(&self) -> bool {
        let ours: BTreeSet<&Position> = self.standing.positions.iter().collect();
        ours == self.peer_positions.iter().collect()
    }
}

#[cfg(test)]
mod tests;
