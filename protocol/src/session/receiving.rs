//! The peer's entries come in: each is verified against its log before the store sees it, and acknowledged only after
//! the store has made it durable.

use std::collections::{BTreeMap, VecDeque};

use super::packing::Names;
use super::{Action, Batch, Session};
use crate::log::limits::BATCH_CHANGES_MAX;
use crate::log::{LogId, Position, VerifiedEntry, verify};
use crate::v1::{Ack, CloseCode, Entries, Message};

/// How far receiving is.
#[derive(Debug, Default)]
pub(super) struct Receiving {
    /// How far each log is verified here: stored, or given to the store.
    known: BTreeMap<LogId, Position>,
    pub(super) names: Names,
    number: u64,
    storing: VecDeque<Storing>,
    pub(super) peer_caught_up: bool,
}

#[derive(Debug)]
struct Storing {
    number: u64,
    entries: u64,
    changes: u64,
}

impl Receiving {
    pub(super) fn know(&mut self, positions: &[Position]) {
        self.known = positions.iter().map(|position| (position.log, *position)).collect();
        self.names = Names::of(positions);
    }

    pub(super) fn is_quiet(&self) -> bool {
        self.peer_caught_up && self.storing.is_empty()
    }
}

impl Session {
    pub(super) fn batch_arrived(
        &mut self,
        batch: Entries,
        actions: &mut Vec<Action>,
    ) -> Result<(), CloseCode> {
        if self.retired.is_awaited() || batch.number != self.receiving.number + 1 || batch.entries.is_empty()
        {
            return Err(CloseCode::Unexpected);
        }
        self.receiving.number = batch.number;
        let changes: usize = batch.entries.iter().map(|entry| entry.changes.len()).sum();
        if changes > BATCH_CHANGES_MAX {
            return Err(CloseCode::OverLimit);
        }
        let mut unpacking = self.unpacking(batch.runs)?;
        let entries = batch.entries.into_iter().map(|sent| {
            let entry = unpacking.entry(sent, |log| self.receiving.known.get(log).copied())?;
            self.verified(entry)
        });
        let entries = entries.collect::<Result<Vec<VerifiedEntry>, CloseCode>>()?;
        let last: BTreeMap<LogId, Position> =
            entries.iter().map(|entry| (entry.header().log, entry.position())).collect();
        let positions: Vec<Position> = last.into_values().collect();
        self.receiving.storing.push_back(Storing {
            number: batch.number,
            entries: entries.len() as u64,
            changes: changes as u64,
        });
        actions.push(Action::Store(Batch { entries, positions, from: self.config.peer_key }));
        Ok(())
    }

    fn verified(&mut self, entry: crate::log::Entry) -> Result<VerifiedEntry, CloseCode> {
        let log = entry.header().map_err(|_| CloseCode::Malformed)?.log;
        let scope = self.standing.scope_of(&log);
        if !scope.is_some_and(|scope| scope.takes.contain(&log.author)) {
            return Err(CloseCode::NotAllowed);
        }
        let verified = verify(entry, |log| self.receiving.known.get(log).copied());
        let verified = verified.map_err(|error| CloseCode::from(&error))?;
        self.receiving.known.insert(log, verified.position());
        // Who sent it holds it.
        self.held_by_peer.insert(log, verified.header().sequence);
        Ok(verified)
    }

    pub(super) fn stored(&mut self, refused: u64, actions: &mut Vec<Action>) -> Result<(), CloseCode> {
        let stored = self.receiving.storing.pop_front().ok_or(CloseCode::Unexpected)?;
        self.counts.entries_in += stored.entries;
        self.counts.changes_in += stored.changes;
        self.counts.refused = self.counts.refused.saturating_add(refused);
        self.send(Message::Ack(Ack { number: stored.number, refused }), actions);
        Ok(())
    }
}
