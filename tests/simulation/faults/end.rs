//! One end of a connection: a session and what drives it, as `transport/drive.rs` does, one small step at a time.

use std::collections::VecDeque;

use helhet_protocol::frame::{FRAME_BYTES_MAX, FrameError, FrameReader, encode};
use helhet_protocol::identity::{PublicKey, Signed};
use helhet_protocol::log::Revocation;
use helhet_protocol::session::{Action, Config, Counts, Event, Outcome, Session};
use helhet_protocol::v1::{CloseCode, Message};
use rand::RngExt as _;
use rand::rngs::StdRng;

use super::checkers::Ledger;
use super::desk::Desk;
use super::link::Wire;
use super::machine::Machine;
use super::papers::{Papers, Planted};

/// Messages that the driver reads ahead of the session.
const READ_AHEAD: usize = 8;
/// Frames that may wait to be written before the driver ends the session.
const UNWRITTEN_MAX: usize = 1_024;
/// What an honest session ever has on its way to an honest peer: a window of batches, answers to the peer's window, and
/// what is said once.
const ON_ITS_WAY_MAX: usize = 40;
/// The longest portion that arrives at once.
const PORTION_MAX: usize = 64 * 1024;

/// What drives a session and what it has not carried out yet.
pub(crate) struct End {
    pub(crate) desk: Desk,
    pub(crate) peer_key: PublicKey,
    session: Session,
    actions: VecDeque<Action>,
    reader: FrameReader,
    /// Bytes in the reader.
    unread: usize,
    read: VecDeque<Message>,
    broken: Option<CloseCode>,
    seen: u64,
    /// It asks who is there before it says anything.
    pub(crate) introduces: bool,
    pub(crate) closes_when_quiet: bool,
    pub(crate) revocation: Option<Signed<Revocation>>,
}

/// How it ended.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ended {
    /// `None` when the connection was lost.
    pub(crate) outcome: Option<Outcome>,
}

impl End {
    pub(crate) fn new(config: Config, desk: Desk, seen: u64) -> Self {
        let mut end = Self {
            desk,
            peer_key: config.peer_key,
            introduces: config.opening.as_ref().is_some_and(|opening| !opening.peer_is_known),
            session: Session::new(config),
            actions: VecDeque::new(),
            reader: FrameReader::default(),
            unread: 0,
            read: VecDeque::new(),
            broken: None,
            seen,
            closes_when_quiet: false,
            revocation: None,
        };
        end.take(Event::Start);
        end
    }

    fn take(&mut self, event: Event) {
        self.actions.extend(self.session.handle(event));
    }

    /// True if a batch is to be stored next.
    pub(crate) fn is_about_to_store(&self) -> bool {
        matches!(self.actions.front(), Some(Action::Store(_)))
    }

    pub(crate) fn is_quiet(&self) -> bool {
        self.session.is_quiet() && self.actions.is_empty()
    }

    pub(crate) fn counts(&self) -> Counts {
        self.session.counts()
    }

    /// Carries the next action out. `None` when there is none.
    pub(crate) fn act(
        &mut self,
        machine: &mut Machine,
        papers: &Papers,
        out: &mut Wire,
        ledger: &mut Ledger,
        rng: &mut StdRng,
    ) -> Option<Option<Ended>> {
        match self.actions.pop_front()? {
            Action::Send(message) => {
                if out.on_its_way() >= UNWRITTEN_MAX {
                    let outcome = Outcome { code: CloseCode::OverLimit, by_peer: false };
                    return Some(Some(Ended { outcome: Some(outcome) }));
                }
                self.send(&message, out, ledger, rng);
            }
            Action::Close(outcome) => {
                ledger.count_code(outcome);
                return Some(Some(Ended { outcome: Some(outcome) }));
            }
            Action::CaughtUp => {
                if std::mem::take(&mut self.desk.floor_waits) {
                    self.take(Event::Wake);
                } else if self.closes_when_quiet && self.news(machine) == self.seen {
                    self.take(Event::Close(CloseCode::Done));
                }
            }
            other @ (Action::Authorize(_)
            | Action::ReadRetired { .. }
            | Action::StoreRetired(_)
            | Action::Compare(_)
            | Action::ReadEntries(_)
            | Action::Store(_)
            | Action::Acknowledged { .. }
            | Action::Diverged(_)
            | Action::Forked(_)
            | Action::SampleLog(_)
            | Action::Revoked(_)) => {
                let is_first = matches!(other, Action::Authorize(_));
                if let Some(event) = self.desk.answer(other, machine, papers, ledger, rng) {
                    if let (true, Some(place)) = (is_first && machine.is_hub(), self.desk.chapter) {
                        self.seen = machine.news[place];
                    }
                    self.take(event);
                }
            }
        }
        Some(None)
    }

    fn send(&mut self, message: &Message, out: &mut Wire, ledger: &mut Ledger, rng: &mut StdRng) {
        match message {
            Message::Ack(ack) => ledger.promised(self.desk.machine, &ack.positions),
            Message::Hello(hello) => ledger.promised(self.desk.machine, &hello.positions),
            Message::Introduction(_)
            | Message::Credential(_)
            | Message::Retired(_)
            | Message::Entries(_)
            | Message::CaughtUp(_)
            | Message::Fork(_)
            | Message::Revoked(_)
            | Message::Close(_)
            | Message::Ignorable(_) => {}
        }
        match encode(message) {
            Ok(frame) => {
                ledger.overhear(message, rng);
                out.send(&frame);
                if !self.desk.peer_is_hostile && out.on_its_way() > ON_ITS_WAY_MAX {
                    ledger.report("C8", format!("{} frames on their way", out.on_its_way()));
                }
            }
            Err(_) => self.take(Event::Failed(CloseCode::OverLimit)),
        }
    }

    /// Takes a portion of bytes in and cuts messages out of it; false when there was nothing to do.
    pub(crate) fn listen(
        &mut self,
        wire: &mut Wire,
        papers: &Papers,
        ledger: &mut Ledger,
        rng: &mut StdRng,
    ) -> bool {
        let is_full = self.read.len() >= READ_AHEAD && !papers.has(Planted::ReadsAheadWithoutLimit);
        if is_full || self.broken.is_some() || wire.is_empty() && self.unread == 0 {
            return false;
        }
        let before = (self.unread, self.read.len());
        let portion = wire.portion(rng);
        self.unread += portion.len();
        self.reader.push(&portion);
        if self.unread > FRAME_BYTES_MAX + 4 + PORTION_MAX {
            ledger.report("C8", format!("{} bytes in the frame reader", self.unread));
        }
        while self.read.len() < READ_AHEAD || papers.has(Planted::ReadsAheadWithoutLimit) {
            match self.reader.next_message() {
                Ok(Some(message)) => {
                    self.unread -= wire.is_read();
                    self.read.push_back(message);
                }
                Ok(None) => break,
                Err(error) => {
                    self.broken = Some(code_of(error));
                    break;
                }
            }
        }
        if self.read.len() > READ_AHEAD {
            ledger.report("C8", format!("{} messages read ahead", self.read.len()));
        }
        (self.unread, self.read.len()) != before || self.broken.is_some()
    }

    /// Takes what comes from outside, once every action is carried out. `None` when there is nothing.
    pub(crate) fn hear(&mut self, machine: &Machine, wire: &Wire, rng: &mut StdRng) -> Option<Option<Ended>> {
        if !self.actions.is_empty() {
            return None;
        }
        if let Some(revocation) = self.revocation.take() {
            self.take(Event::Revoke(revocation));
            return Some(None);
        }
        let news = self.news(machine);
        if news != self.seen && (self.read.is_empty() || rng.random_bool(0.5)) {
            self.seen = news;
            self.take(Event::Wake);
            return Some(None);
        }
        if let Some(message) = self.read.pop_front() {
            self.take(Event::Received(message));
            return Some(None);
        }
        if let Some(code) = self.broken.take() {
            self.take(Event::Failed(code));
            return Some(None);
        }
        if !wire.is_over() {
            return None;
        }
        if let Ok(Some(message)) = self.reader.next_message() {
            self.take(Event::Received(message));
            return Some(None);
        }
        Some(Some(Ended { outcome: None }))
    }

    fn news(&self, machine: &Machine) -> u64 {
        self.desk.chapter.map_or(self.seen, |place| machine.news[place])
    }
}

fn code_of(error: FrameError) -> CloseCode {
    match error {
        FrameError::TooLarge { .. } => CloseCode::OverLimit,
        FrameError::Compressed | FrameError::Malformed(_) => CloseCode::Malformed,
    }
}
