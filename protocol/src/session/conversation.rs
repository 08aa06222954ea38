//! Which message or answer may come in which phase. Whatever is not listed here closes the session.

use super::answering::are_within_limits;
use super::{Action, Event, Outcome, Phase, Session};
use crate::v1::{CloseCode, Message, Revoked};

impl Session {
    pub(super) fn dispatch(&mut self, event: Event, actions: &mut Vec<Action>) -> Result<(), CloseCode> {
        match event {
            Event::Start => self.start(actions),
            Event::Received(message) => self.hear(message, actions),
            Event::Authorized(authorization) => self.decided(authorization, actions),
            Event::RetiredRead(rows) => self.retired_read(rows, actions),
            Event::RetiredStored => self.retired_stored(actions),
            Event::Compared(comparison) => self.compared(comparison, actions),
            Event::EntriesRead { entries, arrival, more } => {
                self.entries_read(entries, arrival, more, actions)
            }
            Event::Stored { refused } => self.stored(refused, actions),
            Event::Sampled(fork) => self.sampled(fork, actions),
            Event::StandingRead(standing) => self.standing_read(standing, actions),
            Event::SumsRead(sums) => self.sums_read(sums, actions),
            Event::SumsCompared { ranges, items } => self.sums_compared(ranges, items, actions),
            Event::ItemsCompared(missing) => self.items_compared(missing, actions),
            Event::Filled { filled, given } => match self.config.opening {
                Some(_) => self.round_filled(filled, actions),
                None => self.repaired(filled, given, actions),
            },
            Event::Failed(code) | Event::Close(code) => Err(code),
            Event::Searched(found) => self.searched(found, actions),
            Event::Wake => self.wake(actions),
            Event::Ask => self.ask(actions),
            Event::Revoke(revocation) => {
                self.tell_revoked(revocation, actions);
                Ok(())
            }
        }
    }

    fn hear(&mut self, message: Message, actions: &mut Vec<Action>) -> Result<(), CloseCode> {
        self.count_round_trip(&message);
        match (&self.phase, message) {
            (_, Message::Ignorable(_)) => Ok(()),
            (_, Message::Close(close)) => {
                self.phase = Phase::Closed;
                actions.push(Action::Close(Outcome { code: close.code, by_peer: true }));
                Ok(())
            }
            (_, Message::Revoked(Revoked { revocation })) => {
                actions.push(Action::Revoked(revocation));
                self.phase = Phase::Closed;
                actions.push(Action::Close(Outcome { code: CloseCode::Revoked, by_peer: true }));
                Ok(())
            }
            (Phase::AwaitingHello { .. }, Message::Introduction(_)) => self.introduce(actions),
            (Phase::Introducing, Message::Credential(credential)) => self.introduced(credential, actions),
            (Phase::AwaitingHello { .. }, Message::Search(search)) => self.search_arrived(&search, actions),
            (Phase::Searching, Message::Found(found)) => self.found(found, actions),
            (Phase::AwaitingHello { authorized }, Message::Hello(hello)) => {
                let authorized = *authorized;
                self.hello_arrived(*hello, authorized, actions)
            }
            (Phase::Meeting | Phase::Exchanging, Message::Retired(rows)) => {
                self.retired_arrived(rows, actions)
            }
            (Phase::Meeting | Phase::Exchanging, Message::Entries(batch)) => {
                self.batch_arrived(batch, actions)
            }
            (Phase::Exchanging, Message::Ack(ack)) => self.acknowledged(ack, actions),
            (Phase::Meeting | Phase::Exchanging, Message::CaughtUp(_)) => {
                self.receiving.peer_caught_up = true;
                Ok(())
            }
            (Phase::Meeting | Phase::Exchanging | Phase::AwaitingSamples, Message::Fork(fork)) => {
                self.fork_arrived(fork, actions)
            }
            // What was on its way when we saw the fork; the next session brings it again.
            (
                Phase::AwaitingSamples,
                Message::Entries(_) | Message::Retired(_) | Message::CaughtUp(_) | Message::Ack(_),
            ) => Ok(()),
            (Phase::Exchanging, message) => self.hear_of_contents(message, actions),
            (_, _) => Err(CloseCode::Unexpected),
        }
    }

    /// The side that dialled asks, the other answers.
    fn hear_of_contents(&mut self, message: Message, actions: &mut Vec<Action>) -> Result<(), CloseCode> {
        match (message, self.config.opening.is_some()) {
            (Message::Check(check), false) => self.check_arrived(check, actions),
            (Message::Sums(sums), false) => self.sums_arrived(sums, actions),
            (Message::Repair(repair), false) if are_within_limits(&repair.changes) => {
                self.repair_arrived(repair, actions)
            }
            (Message::Checked(answer), true) => self.checked(&answer, actions),
            (Message::Items(items), true) => self.items_arrived(items, actions),
            (Message::Repair(repair), true) if are_within_limits(&repair.changes) => {
                self.repair_answered(repair, actions)
            }
            (_, _) => Err(CloseCode::Unexpected),
        }
    }

    /// Counts what this side had to wait for: an answer to what it had said, not what was on its way anyway.
    fn count_round_trip(&mut self, message: &Message) {
        let dialled = self.config.opening.is_some();
        let is_answer = match message {
            Message::Credential(_) | Message::Hello(_) => dialled,
            Message::Entries(_) | Message::CaughtUp(_) => dialled && self.retired.is_answered(),
            Message::Ack(ack) => self.sending.is_answered(ack.number),
            Message::Checked(_) | Message::Items(_) | Message::Repair(_) => dialled,
            Message::Found(_) => dialled,
            Message::Introduction(_)
            | Message::Search(_)
            | Message::Check(_)
            | Message::Sums(_)
            | Message::Retired(_)
            | Message::Fork(_)
            | Message::Revoked(_)
            | Message::Close(_)
            | Message::Ignorable(_) => false,
        };
        self.counts.round_trips += u64::from(is_answer);
    }
}
