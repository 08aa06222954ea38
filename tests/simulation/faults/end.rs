//! One end of a connection: a session and what drives it, as `transport/drive.rs` does, one small step at a time.

use std::collections::{BTreeSet, VecDeque};

use helhet_protocol::frame::{FRAME_BYTES_MAX, FrameError, FrameReader, encode};
use helhet_protocol::identity::{PublicKey, Signed};
use helhet_protocol::log::tombstone::{RetiredDigest, document_hash};
use helhet_protocol::log::{Body, Entry, Hash, LogId, Position, Revocation};
use helhet_protocol::session::{Action, Config, Counts, Event, Outcome, Session};
use helhet_protocol::v1::entries::LogName;
use helhet_protocol::v1::{CloseCode, Message};
use rand::RngExt as _;
use rand::rngs::StdRng;

use super::checkers::Ledger;
use super::desk::Desk;
use super::link::Wire;
use super::machine::Machine;
use super::papers::{NO_CHAPTER, Papers, Planted};
use super::store::Gone;

/// Messages that the driver reads ahead of the session.
const READ_AHEAD: usize = 8;
/// Frames that may wait to be written before the driver ends the session.
const UNWRITTEN_MAX: usize = 1_024;
/// What an honest session ever has on its way to an honest peer: a window of batches, answers to the peer's window, and
/// what is said once.
const ON_ITS_WAY_MAX: usize = 40;
/// Batches that may be unacknowledged.
const WINDOW: u64 = 4;
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
    /// Floors that the peer knows: those with a number up to this …
    known_floors: u64,
    /// … and these, which went one way or the other.
    told_floors: BTreeSet<Hash>,
    /// The logs that what is sent here names by number.
    named: Vec<LogId>,
    /// How far the batches that were given to the store go, until each is acknowledged.
    storing: VecDeque<Vec<Position>>,
    /// The newest batch that was sent, and the newest that was acknowledged.
    batches: (u64, u64),
    /// Digests of what is gone, as both hellos named them.
    digests: Vec<RetiredDigest>,
    /// The peer has sent the last of what is gone.
    has_their_floors: bool,
    /// It asks who is there before it says anything.
    pub(crate) introduces: bool,
    pub(crate) closes_when_quiet: bool,
    /// Somebody wants to know whether both have the same, and the session has not been told yet.
    pub(crate) asked: bool,
    /// It has, and has not answered yet.
    waits: bool,
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
        let known_floors = config.opening.as_ref().map_or(0, |opening| opening.standing.retired_arrival);
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
            known_floors,
            told_floors: BTreeSet::new(),
            named: Vec::new(),
            storing: VecDeque::new(),
            batches: (0, 0),
            digests: Vec::new(),
            has_their_floors: false,
            closes_when_quiet: false,
            asked: false,
            waits: false,
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
        self.session.is_quiet() && self.actions.is_empty() && !self.waits
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
                self.send(&message, papers, out, ledger, rng);
            }
            Action::Close(outcome) => {
                ledger.count_code(outcome);
                return Some(Some(Ended { outcome: Some(outcome) }));
            }
            Action::CaughtUp => {
                if std::mem::take(&mut self.waits) {
                    ledger.count("answered");
                }
                if self.batches.0 != self.batches.1 {
                    ledger.report("C9", "a session rests before all is acknowledged".to_owned());
                }
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
            | Action::Search(_)
            | Action::Found(_)
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
            | Action::Revoked(_)) => {
                let is_first = matches!(other, Action::Authorize(_));
                if let Action::StoreRetired(rows) = &other {
                    self.told_floors.extend(rows.tombstones.iter().map(Signed::hash));
                }
                if let Action::Store(batch) = &other {
                    self.storing.push_back(batch.positions.clone());
                }
                if let Some(event) = self.desk.answer(other, machine, papers, ledger, rng) {
                    if let (true, Some(place)) = (is_first && machine.is_hub(), self.desk.chapter) {
                        self.seen = machine.news[place];
                    }
                    if let Event::EntriesRead { entries, .. } = &event {
                        if self.digests.first() != self.digests.last() && !self.has_their_floors {
                            ledger.report(
                                "C3",
                                "entries are read before the peer's floors are here".to_owned(),
                            );
                        }
                        entries.iter().for_each(|entry| self.check_read(entry, machine, ledger));
                    }
                    self.take(event);
                }
            }
        }
        Some(None)
    }

    fn send(
        &mut self,
        message: &Message,
        papers: &Papers,
        out: &mut Wire,
        ledger: &mut Ledger,
        rng: &mut StdRng,
    ) {
        match message {
            Message::Retired(rows) => self.told_floors.extend(rows.tombstones.iter().map(Signed::hash)),
            Message::Entries(batch) => {
                self.batches.0 = batch.number;
                if batch.number > self.batches.1 + WINDOW {
                    ledger.report("C8", format!("batch {} is sent beyond the window", batch.number));
                }
                for run in &batch.runs {
                    let log = match run.log {
                        LogName::Number(number) => self.named.get(number as usize).copied(),
                        LogName::New(log) => {
                            self.named.push(log);
                            Some(log)
                        }
                    };
                    self.check_sent(log, papers, ledger);
                }
            }
            Message::Ack(_) => {
                let positions = self.storing.pop_front().unwrap_or_default();
                ledger.promised(self.desk.machine, &positions);
            }
            Message::Hello(hello) => {
                self.digests.push(hello.retired);
                ledger.promised(self.desk.machine, &hello.positions);
            }
            Message::Introduction(_)
            | Message::Search(_)
            | Message::Found(_)
            | Message::Check(_)
            | Message::Checked(_)
            | Message::Sums(_)
            | Message::Items(_)
            | Message::Repair(_)
            | Message::Credential(_)
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

    /// C4: only what is the peer's to see is sent.
    fn check_sent(&self, log: Option<LogId>, papers: &Papers, ledger: &mut Ledger) {
        let own = self.desk.chapter.map(|place| papers.chapters[place].id);
        if log.is_none_or(|log| log.chapter != NO_CHAPTER && Some(log.chapter) != own) {
            ledger.report("C4", format!("machine {} sends another chapter's entry", self.desk.machine));
        }
    }

    /// C3: what has lost its body to a floor goes after that floor.
    fn check_read(&self, entry: &Entry, machine: &Machine, ledger: &mut Ledger) {
        let (Ok(header), false) = (entry.header(), machine.is_hub()) else { return };
        for change in entry.changes.iter().filter(|change| matches!(change.body, Body::Absent { .. })) {
            let hash = document_hash(&change.document);
            let waits = machine.store.gone.iter().any(|(number, chapter, gone)| match gone {
                Gone::Floor(document, signed) => {
                    (*chapter, *document) == (header.log.chapter, hash)
                        && change.generation.number < machine.store.floor(chapter, &change.document)
                        && *number > self.known_floors
                        && !self.told_floors.contains(&signed.hash())
                }
                Gone::Device(_) => false,
            });
            if waits {
                ledger.report("C3", format!("machine {} sends what lacks its floor", self.desk.machine));
            }
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
    pub(crate) fn hear(
        &mut self,
        machine: &Machine,
        wire: &Wire,
        ledger: &mut Ledger,
        rng: &mut StdRng,
    ) -> Option<Option<Ended>> {
        if !self.actions.is_empty() {
            return None;
        }
        if let Some(revocation) = self.revocation.take() {
            self.take(Event::Revoke(revocation));
            if !self.session.is_closed() {
                ledger.report("C7", "a session goes on with a revoked device".to_owned());
            }
            return Some(None);
        }
        if std::mem::take(&mut self.asked) {
            self.waits = true;
            self.take(Event::Ask);
            return Some(None);
        }
        let news = self.news(machine);
        if news != self.seen && (self.read.is_empty() || rng.random_bool(0.5)) {
            self.seen = news;
            self.take(Event::Wake);
            return Some(None);
        }
        if let Some(message) = self.read.pop_front() {
            if let Message::Hello(hello) = &message {
                self.digests.push(hello.retired);
                self.named = hello.positions.iter().map(|position| position.log).collect();
            }
            if let Message::Ack(ack) = &message {
                self.batches.1 = ack.number.min(self.batches.0);
            }
            self.has_their_floors |= matches!(&message, Message::Retired(rows) if rows.last);
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
