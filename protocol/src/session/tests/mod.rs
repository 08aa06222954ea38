//! Two sessions joined in memory.

use std::collections::{BTreeSet, VecDeque};

use super::*;
use crate::frame::{FrameReader, encode};
use crate::identity::JoinRequest;
use crate::memory_store::{MemoryStore, credential};
use crate::v1::Message;

mod admission;
mod contents;
mod exchange;
mod out_of_turn;
mod schedules;

const EXPORTER: [u8; 32] = [5; 32];

/// One end: its session, what it still has to carry out, and what is on its way to it.
struct End<'a> {
    store: &'a MemoryStore,
    session: Session,
    actions: VecDeque<Action>,
    inbox: FrameReader,
    waiting: VecDeque<Message>,
    heard: Vec<Message>,
    ended: Option<Outcome>,
    caught_up: usize,
    woken: bool,
}

impl<'a> End<'a> {
    fn new(store: &'a MemoryStore, peer: &MemoryStore, opening: Option<Opening>) -> Self {
        let config = Config {
            credential: credential(store.key.public()),
            store: store.key.public().0[..16].try_into().unwrap(),
            peer_key: peer.key.public(),
            exporter: EXPORTER,
            opening,
        };
        let mut end = Self {
            store,
            session: Session::new(config),
            actions: VecDeque::new(),
            inbox: FrameReader::default(),
            waiting: VecDeque::new(),
            heard: Vec::new(),
            ended: None,
            caught_up: 0,
            woken: false,
        };
        end.take(Event::Start);
        end
    }

    fn take(&mut self, event: Event) {
        self.actions.extend(self.session.handle(event));
    }

    /// Carries one action out.
    fn act(&mut self, peer: &mut Self) -> bool {
        let Some(action) = self.actions.pop_front() else { return false };
        match action {
            Action::Send(message) => {
                peer.inbox.push(&encode(&message).unwrap());
                peer.waiting.push_back(peer.inbox.next_message().unwrap().unwrap());
            }
            Action::Close(outcome) => self.ended = Some(outcome),
            Action::CaughtUp => self.caught_up += 1,
            other @ (Action::Authorize(_)
            | Action::ReadRetired { .. }
            | Action::StoreRetired(_)
            | Action::Compare(_)
            | Action::ReadEntries(_)
            | Action::Store(_)
            | Action::Acknowledged { .. }
            | Action::Agreed
            | Action::Diverged(_)
            | Action::Reconciled(_)
            | Action::ReadStanding
            | Action::ReadSums(_)
            | Action::CompareSums { .. }
            | Action::CompareItems { .. }
            | Action::Fill { .. }
            | Action::Forked(_)
            | Action::SampleLog(_)
            | Action::Search(_)
            | Action::Found(_)
            | Action::Revoked(_)) => {
                if let Some(event) = self.store.carry_out(other) {
                    self.take(event);
                }
            }
        }
        true
    }

    /// Takes what comes from outside, once every action is carried out, as `transport::drive` does.
    fn hear(&mut self) -> bool {
        if !self.actions.is_empty() {
            return false;
        }
        if std::mem::take(&mut self.woken) {
            self.take(Event::Wake);
            return true;
        }
        let Some(message) = self.waiting.pop_front() else { return false };
        self.heard.push(message.clone());
        self.take(Event::Received(message));
        true
    }
}

struct Pair<'a> {
    node: End<'a>,
    hub: End<'a>,
}

impl<'a> Pair<'a> {
    fn new(node: &'a MemoryStore, hub: &'a MemoryStore) -> Self {
        Self::opened(node, hub, true, None)
    }

    fn opened(node: &'a MemoryStore, hub: &'a MemoryStore, known: bool, join: Option<JoinRequest>) -> Self {
        let opening = Opening { peer_is_known: known, join, search: None, standing: node.standing() };
        Self { node: End::new(node, hub, Some(opening)), hub: End::new(hub, node, None) }
    }

    fn step(&mut self, choice: u8) -> bool {
        match choice % 4 {
            0 => self.node.act(&mut self.hub),
            1 => self.hub.act(&mut self.node),
            2 => self.node.hear(),
            _ => self.hub.hear(),
        }
    }

    fn run(&mut self) {
        while (0..4).any(|choice| self.step(choice)) {}
    }
}

fn entries(store: &MemoryStore) -> BTreeSet<Position> {
    store.inner().entries.iter().map(|(_, position)| *position).collect()
}

fn synced(node: &MemoryStore, hub: &MemoryStore) -> (Counts, Counts) {
    let mut pair = Pair::new(node, hub);
    pair.run();
    assert!(pair.node.session.is_quiet() && pair.hub.session.is_quiet());
    (pair.node.session.counts(), pair.hub.session.counts())
}
