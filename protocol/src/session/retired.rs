//! What is gone travels before any entry, both ways, and only where the digests differ. Later, as it happens.

use std::collections::BTreeSet;

use super::{Action, Phase, RetiredRows, Session};
use crate::log::Hash;
use crate::log::tombstone::RetiredDigest;
use crate::v1::retired::RETIRED_ROWS_MAX;
use crate::v1::{CloseCode, Message, Retired};

/// How far the exchange of floors and revocations is.
#[derive(Debug, Default)]
pub(super) struct RetiredExchange {
    /// The digests differed, and the peer has not sent its last row yet.
    awaited: bool,
    /// The digests differed.
    exchanged: bool,
    /// The digests differed, and our rows are being read.
    owed: bool,
    /// Rows given to the store, not yet answered.
    storing: usize,
    /// A read is under way.
    reading: bool,
    /// A wake came while a read was under way.
    read_again: bool,
    /// Rows up to here are sent or were there at hello.
    after: u64,
    /// What the peer sent; not to be sent back.
    heard: BTreeSet<Hash>,
    /// The peer waits for our rows before it goes on.
    answer_due: bool,
}

impl RetiredExchange {
    /// Entries may arrive only when the peer has sent its set.
    pub(super) fn is_awaited(&self) -> bool {
        self.awaited
    }

    /// True if the digests differed at hello.
    pub(super) fn were_exchanged(&self) -> bool {
        self.exchanged
    }

    /// True once: what arrives now was sent after the peer had our rows.
    pub(super) fn is_answered(&mut self) -> bool {
        std::mem::take(&mut self.answer_due)
    }
}

impl Session {
    pub(super) fn begin_retired(
        &mut self,
        theirs: RetiredDigest,
        actions: &mut Vec<Action>,
    ) -> Result<(), CloseCode> {
        if theirs == self.standing.retired {
            self.retired.after = self.standing.retired_arrival;
            return self.compare(actions);
        }
        self.retired.exchanged = true;
        self.retired.awaited = true;
        self.retired.owed = true;
        self.read_retired(actions);
        Ok(())
    }

    /// Something is new in our store: what is gone first, then entries.
    pub(super) fn wake(&mut self, actions: &mut Vec<Action>) -> Result<(), CloseCode> {
        match self.phase {
            Phase::Exchanging if self.retired.reading => self.retired.read_again = true,
            Phase::Exchanging => {
                self.sending.pause();
                self.read_retired(actions);
            }
            // Our standing was read before; what is new since is looked for once the exchange has begun.
            Phase::Fresh
            | Phase::Introducing
            | Phase::AwaitingHello { .. }
            | Phase::Searching
            | Phase::Deciding(_)
            | Phase::Meeting
            | Phase::AwaitingSamples
            | Phase::Closed => self.woken = true,
        }
        Ok(())
    }

    fn read_retired(&mut self, actions: &mut Vec<Action>) {
        self.retired.reading = true;
        actions.push(Action::ReadRetired { after: self.retired.after });
    }

    pub(super) fn retired_read(
        &mut self,
        mut rows: RetiredRows,
        actions: &mut Vec<Action>,
    ) -> Result<(), CloseCode> {
        if !std::mem::take(&mut self.retired.reading) {
            return Err(CloseCode::Unexpected);
        }
        self.retired.after = self.retired.after.max(rows.arrival);
        rows.tombstones.retain(|row| !self.retired.heard.contains(&row.hash()));
        rows.held.retain(|row| !self.retired.heard.contains(&row.hash()));
        rows.revocations.retain(|row| !self.retired.heard.contains(&row.hash()));
        rows.devices.retain(|chain| !self.retired.heard.contains(&chain.device.hash()));
        if self.retired.owed || !rows.is_empty() {
            self.retired.answer_due |= std::mem::take(&mut self.retired.owed);
            self.send_retired(rows, actions);
        }
        if matches!(self.phase, Phase::Meeting) {
            return self.retired_done(actions);
        }
        if std::mem::take(&mut self.retired.read_again) {
            self.read_retired(actions);
            return Ok(());
        }
        self.sending.resume();
        self.pump(actions)
    }

    fn send_retired(&mut self, rows: RetiredRows, actions: &mut Vec<Action>) {
        let RetiredRows { mut tombstones, mut revocations, mut devices, mut held, .. } = rows;
        loop {
            let mut room = RETIRED_ROWS_MAX;
            let rest_held = split(&mut held, &mut room);
            let rest = split(&mut tombstones, &mut room);
            let rest_revocations = split(&mut revocations, &mut room);
            let rest_devices = split(&mut devices, &mut room);
            let last = rest.is_empty()
                && rest_held.is_empty()
                && rest_revocations.is_empty()
                && rest_devices.is_empty();
            let held_now = (!held.is_empty()).then_some(held);
            let message = Retired { tombstones, revocations, last, devices, held: held_now };
            self.send(Message::Retired(message), actions);
            if last {
                return;
            }
            (tombstones, revocations, devices, held) = (rest, rest_revocations, rest_devices, rest_held);
        }
    }

    pub(super) fn retired_arrived(
        &mut self,
        message: Retired,
        actions: &mut Vec<Action>,
    ) -> Result<(), CloseCode> {
        let Retired { tombstones, revocations, last, devices, held } = message;
        let held = held.unwrap_or_default();
        if tombstones.len() + revocations.len() + devices.len() + held.len() > RETIRED_ROWS_MAX {
            return Err(CloseCode::OverLimit);
        }
        for row in tombstones.iter().chain(&held) {
            let tombstone = row.verify_own().map_err(|_| CloseCode::RetiredRefused)?;
            if !self.standing.scopes.iter().any(|scope| scope.chapter == tombstone.chapter) {
                return Err(CloseCode::RetiredRefused);
            }
        }
        for row in &revocations {
            let revocation = row.verify_own().map_err(|_| CloseCode::RetiredRefused)?;
            if !self.standing.scopes.iter().any(|scope| scope.chapter == revocation.chapter) {
                return Err(CloseCode::RetiredRefused);
            }
        }
        for chain in &devices {
            let chapter = chain.claimed_chapter().map_err(|_| CloseCode::RetiredRefused)?;
            if !self.standing.scopes.iter().any(|scope| scope.chapter == chapter) {
                return Err(CloseCode::RetiredRefused);
            }
        }
        self.retired.heard.extend(devices.iter().map(|chain| chain.device.hash()));
        self.retired.heard.extend(tombstones.iter().chain(&held).map(crate::identity::Signed::hash));
        self.retired.heard.extend(revocations.iter().map(crate::identity::Signed::hash));
        if last {
            self.retired.awaited = false;
        }
        self.retired.storing += 1;
        actions.push(Action::StoreRetired(RetiredRows {
            tombstones,
            revocations,
            devices,
            held,
            arrival: 0,
        }));
        Ok(())
    }

    pub(super) fn retired_stored(&mut self, actions: &mut Vec<Action>) -> Result<(), CloseCode> {
        let storing = self.retired.storing.checked_sub(1);
        self.retired.storing = storing.ok_or(CloseCode::Unexpected)?;
        if matches!(self.phase, Phase::Meeting) {
            return self.retired_done(actions);
        }
        Ok(())
    }

    fn retired_done(&mut self, actions: &mut Vec<Action>) -> Result<(), CloseCode> {
        let RetiredExchange { awaited, owed, storing, reading, .. } = self.retired;
        if awaited || owed || reading || storing > 0 {
            return Ok(());
        }
        self.compare(actions)
    }
}

/// What does not fit into `room` any more.
fn split<T>(rows: &mut Vec<T>, room: &mut usize) -> Vec<T> {
    let rest = rows.split_off(rows.len().min(*room));
    *room -= rows.len();
    rest
}
