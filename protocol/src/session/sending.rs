//! Our entries go out: batch after batch in order of arrival, a window of them unacknowledged, and after catching up
//! whatever is new, at once.

use std::collections::{BTreeMap, VecDeque};

use super::packing::{Names, pack};
use super::{Action, Comparison, Phase, ReadEntries, Session};
use crate::log::limits::{BATCH_BYTES, BATCH_CHANGES};
use crate::log::{Entry, LogId, Position, position_of};
use crate::v1::{Ack, CaughtUp, CloseCode, Message};

/// Batches that may be on their way unacknowledged.
const WINDOW: usize = 4;

/// How far sending is.
#[derive(Debug, Default)]
pub(super) struct Sending {
    /// Per scope: entries up to this number are sent, or held by the peer.
    cursors: Vec<u64>,
    /// The scope being read; past the end when all is sent.
    scope: usize,
    /// A read is under way.
    reading: bool,
    /// Something new may be there since the scopes were read.
    look_again: bool,
    /// Floors are being read first.
    paused: bool,
    number: u64,
    /// Batches that were on their way when the last answer came.
    answered: u64,
    unacknowledged: VecDeque<Sent>,
    caught_up: bool,
    comparing: bool,
    names: Names,
}

#[derive(Debug)]
struct Sent {
    number: u64,
    entries: u64,
    changes: u64,
    /// Its last entry in each log.
    ends: Vec<Position>,
}

impl Sending {
    pub(super) fn begin(&mut self, arrival: u64, scopes: usize, names: Names) {
        self.cursors = vec![arrival; scopes];
        self.names = names;
    }

    pub(super) fn is_quiet(&self) -> bool {
        self.caught_up
            && self.unacknowledged.is_empty()
            && !self.reading
            && !self.paused
            && !self.look_again
            && self.scope >= self.cursors.len()
    }

    /// True if this acknowledges a batch that was sent after the last answer had come.
    pub(super) fn is_answered(&mut self, number: u64) -> bool {
        let is_answer = number > self.answered;
        if is_answer {
            self.answered = self.number;
        }
        is_answer
    }

    pub(super) fn pause(&mut self) {
        self.paused = true;
        self.look_again = true;
    }

    pub(super) fn resume(&mut self) {
        self.paused = false;
    }
}

impl Session {
    /// What is gone is applied on both sides. If the peer has all that we have there is nothing to look up.
    pub(super) fn compare(&mut self, actions: &mut Vec<Action>) -> Result<(), CloseCode> {
        if self.sending.comparing {
            // A floor that the peer pushed in the meantime: the comparison is under way already.
            return Ok(());
        }
        if self.agrees_with_peer() {
            self.phase = Phase::Exchanging;
            self.sending.scope = self.sending.cursors.len();
            self.shown_to_be_held(actions);
            return self.begin_exchange(actions);
        }
        self.sending.comparing = true;
        actions.push(Action::Compare(self.peer_positions.clone()));
        Ok(())
    }

    /// A peer whose acknowledgement was lost on the way says in its hello that it holds what it stored then.
    fn shown_to_be_held(&self, actions: &mut Vec<Action>) {
        if !self.peer_positions.is_empty() {
            let positions = self.peer_positions.clone();
            actions.push(Action::Acknowledged { positions, refused: 0 });
        }
    }

    pub(super) fn compared(
        &mut self,
        comparison: Comparison,
        actions: &mut Vec<Action>,
    ) -> Result<(), CloseCode> {
        if !std::mem::take(&mut self.sending.comparing) {
            return Err(CloseCode::Unexpected);
        }
        if let Some(fork) = comparison.forks.into_iter().next() {
            return self.fork_found(fork, actions);
        }
        self.phase = Phase::Exchanging;
        self.sending.cursors.fill(comparison.arrival);
        self.begin_exchange(actions)
    }

    fn begin_exchange(&mut self, actions: &mut Vec<Action>) -> Result<(), CloseCode> {
        if std::mem::take(&mut self.woken) {
            return self.wake(actions);
        }
        self.pump(actions)
    }

    /// Reads on if there is something to read and room in the window; says so when all is sent.
    pub(super) fn pump(&mut self, actions: &mut Vec<Action>) -> Result<(), CloseCode> {
        if !matches!(self.phase, Phase::Exchanging) || self.sending.reading || self.sending.paused {
            return Ok(());
        }
        loop {
            while let Some(scope) = self.standing.scopes.get(self.sending.scope) {
                if !scope.sends {
                    self.sending.scope += 1;
                    continue;
                }
                if self.sending.unacknowledged.len() >= WINDOW {
                    return Ok(());
                }
                self.sending.reading = true;
                actions.push(Action::ReadEntries(ReadEntries {
                    scope: scope.clone(),
                    held_by_peer: self.held_by_peer.clone(),
                    after: self.sending.cursors.get(self.sending.scope).copied().unwrap_or(0),
                    changes: BATCH_CHANGES,
                    bytes: BATCH_BYTES,
                }));
                return Ok(());
            }
            if !self.sending.caught_up {
                self.sending.caught_up = true;
                self.send(Message::CaughtUp(CaughtUp {}), actions);
            }
            if !std::mem::take(&mut self.sending.look_again) {
                return Ok(());
            }
            self.sending.scope = 0;
        }
    }

    pub(super) fn entries_read(
        &mut self,
        mut entries: Vec<Entry>,
        arrival: u64,
        more: bool,
        actions: &mut Vec<Action>,
    ) -> Result<(), CloseCode> {
        let scope = self.standing.scopes.get(self.sending.scope).filter(|_| self.sending.reading);
        let (zone, chapter) = scope.map(|scope| (scope.zone, scope.chapter)).ok_or(CloseCode::Unexpected)?;
        self.sending.reading = false;
        for entry in &entries {
            // The store filters by scope. If it ever fails to, nothing leaves.
            let log = entry.header().map_err(|_| CloseCode::StoreFailed)?.log;
            if log.zone != zone || log.chapter != chapter {
                return Err(CloseCode::StoreFailed);
            }
        }
        entries.retain(|entry| {
            entry.header().is_ok_and(|header| {
                self.held_by_peer.get(&header.log).is_none_or(|held| *held < header.sequence)
            })
        });
        if let Some(cursor) = self.sending.cursors.get_mut(self.sending.scope) {
            *cursor = (*cursor).max(arrival);
        }
        if !more {
            self.sending.scope += 1;
        }
        if !entries.is_empty() {
            self.send_batch(entries, actions)?;
        }
        self.pump(actions)
    }

    fn send_batch(&mut self, entries: Vec<Entry>, actions: &mut Vec<Action>) -> Result<(), CloseCode> {
        self.sending.number += 1;
        let mut last: BTreeMap<LogId, &Entry> = BTreeMap::new();
        for entry in &entries {
            let header = entry.header().map_err(|_| CloseCode::StoreFailed)?;
            self.held_by_peer.insert(header.log, header.sequence);
            last.insert(header.log, entry);
        }
        let ends = last.into_values().map(position_of).collect::<Result<_, _>>();
        let sent = Sent {
            number: self.sending.number,
            entries: entries.len() as u64,
            changes: entries.iter().map(|entry| entry.changes.len() as u64).sum(),
            ends: ends.map_err(|_| CloseCode::StoreFailed)?,
        };
        self.sending.unacknowledged.push_back(sent);
        let batch = pack(self.sending.number, entries, &mut self.sending.names);
        self.send(Message::Entries(batch), actions);
        Ok(())
    }

    pub(super) fn acknowledged(&mut self, ack: Ack, actions: &mut Vec<Action>) -> Result<(), CloseCode> {
        // What was not sent cannot be acknowledged: a false "sent" would be believed for ever.
        let acknowledged = || self.sending.unacknowledged.iter().take_while(|sent| sent.number <= ack.number);
        let known = acknowledged().last().is_some_and(|sent| sent.number == ack.number);
        let changes: u64 = acknowledged().map(|sent| sent.changes).sum();
        if !known || ack.refused > changes {
            return Err(CloseCode::Unexpected);
        }
        // Batches go out in order, so that the later end of a log is the further one.
        let mut ends = BTreeMap::new();
        while self.sending.unacknowledged.front().is_some_and(|sent| sent.number <= ack.number) {
            let Some(sent) = self.sending.unacknowledged.pop_front() else { break };
            self.counts.entries_out += sent.entries;
            self.counts.changes_out += sent.changes;
            ends.extend(sent.ends.into_iter().map(|end| (end.log, end)));
        }
        self.counts.refused = self.counts.refused.saturating_add(ack.refused);
        actions.push(Action::Acknowledged { positions: ends.into_values().collect(), refused: ack.refused });
        self.pump(actions)
    }
}
