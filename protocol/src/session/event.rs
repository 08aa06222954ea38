//! What comes into a session and what comes out of it.

use std::collections::BTreeMap;

use super::{Scope, Standing};
use crate::identity::{DeviceChain, PublicKey, Signed};
use crate::log::{Change, Entry, LogId, Position, Revocation, Tombstone, VerifiedEntry};
use crate::v1::compare::Short;
use crate::v1::{CloseCode, Credential, Fork, Found, Message};

/// What happened.
#[derive(Debug)]
pub enum Event {
    /// The stream is open.
    Start,
    /// A message arrived.
    Received(Message),
    /// Answers [`Action::Authorize`].
    Authorized(Authorization),
    /// Answers [`Action::ReadRetired`].
    RetiredRead(RetiredRows),
    /// Answers [`Action::StoreRetired`].
    RetiredStored,
    /// Answers [`Action::Compare`].
    Compared(Comparison),
    /// Answers [`Action::ReadEntries`]: entries in order of arrival, the number of the last one looked at, and
    /// whether there is more to read after it.
    EntriesRead {
        /// Whole entries, none that the peer holds.
        entries: Vec<Entry>,
        /// To read after, next time.
        arrival: u64,
        /// False once the store's end was reached.
        more: bool,
    },
    /// Answers [`Action::Store`] once the batch is durable.
    Stored {
        /// Changes of the batch that were not taken.
        refused: u64,
    },
    /// Answers [`Action::SampleLog`].
    Sampled(Fork),
    /// Answers [`Action::ReadStanding`].
    StandingRead(Standing),
    /// Answers [`Action::ReadSums`]; see [`crate::log::Contents::sums`].
    SumsRead(Vec<u8>),
    /// Answers [`Action::CompareSums`]: ranges and items, see [`crate::log::Contents::differing`].
    SumsCompared {
        /// First bytes of the ranges that differ.
        ranges: Vec<u8>,
        /// What this side holds there.
        items: Vec<u8>,
    },
    /// Answers [`Action::CompareItems`].
    ItemsCompared(Missing),
    /// Answers [`Action::Fill`].
    Filled {
        /// Changes that were put in their places.
        filled: u64,
        /// What the peer would have.
        given: Vec<Change>,
    },
    /// Any action failed: the session says so and ends.
    Failed(CloseCode),
    /// The store has something new: entries, floors or revocations.
    Wake,
    /// Somebody wants to know that both sides have the same now. Answered by [`Action::CaughtUp`], after a look at the store
    /// and a question to the peer where it understands one.
    Ask,
    /// The peer's device was revoked just now.
    Revoke(Signed<Revocation>),
    /// Answers [`Action::Search`].
    Searched(Option<Found>),
    /// Our side wants to stop.
    Close(CloseCode),
}

/// What to do, in order.
#[derive(Debug)]
pub enum Action {
    /// Put it on the stream.
    Send(Message),
    /// Decide whether this peer may come in. Answered by [`Event::Authorized`].
    Authorize(Peer),
    /// Read floors and revocations with a number above this, oldest first. Answered by [`Event::RetiredRead`].
    ReadRetired {
        /// 0 for all.
        after: u64,
    },
    /// Apply, durably. Signatures hold; rights are the store's to check. Answered by [`Event::RetiredStored`].
    StoreRetired(RetiredRows),
    /// Find where to start reading for a peer that has these positions. Answered by [`Event::Compared`].
    Compare(Vec<Position>),
    /// Read the next batch to send. Answered by [`Event::EntriesRead`].
    ReadEntries(ReadEntries),
    /// Store in one transaction with its positions. Signatures and chains hold; rights beyond the scope's authors,
    /// floors, and what is inside the bodies are the store's. Answered by [`Event::Stored`].
    Store(Batch),
    /// The peer holds these durably: it acknowledged them just now, or its hello shows it.
    Acknowledged {
        /// How far.
        positions: Vec<Position>,
        /// Changes among them that it did not take.
        refused: u64,
    },
    /// Positions agree but the contents of this zone do not.
    Diverged(Scope),
    /// Positions and contents agree, or positions did and contents do again.
    Agreed,
    /// Contents differed and were compared change by change.
    Reconciled(Reconciled),
    /// Read what we have for this peer, as of now. Answered by [`Event::StandingRead`].
    ReadStanding,
    /// Look at what is really held of a zone, and sum it up. Answered by [`Event::SumsRead`].
    ReadSums(Scope),
    /// Look at what is really held of a zone, and find the ranges that differ. Answered by [`Event::SumsCompared`].
    CompareSums {
        /// The zone.
        scope: Scope,
        /// The peer's.
        sums: Vec<u8>,
    },
    /// Find what either side lacks. Answered by [`Event::ItemsCompared`].
    CompareItems {
        /// The zone.
        scope: Scope,
        /// The ranges that differ.
        ranges: Vec<u8>,
        /// What the peer holds there.
        items: Vec<u8>,
    },
    /// Put changes in the places where they are missing, durably, and read what the peer would have: within the limits
    /// of a batch. Answered by [`Event::Filled`].
    Fill {
        /// The zone.
        scope: Scope,
        /// The peer's; nothing of them is believed that an entry here does not promise.
        changes: Vec<Change>,
        /// What the peer would have.
        wanted: Vec<Short>,
    },
    /// A log of ours has forked: open a new incarnation after the last sample that we hold too.
    Forked(Fork),
    /// Tell what we know of this log up to here. Answered by [`Event::Sampled`].
    SampleLog(LogId),
    /// The peer says that we are revoked. Check the signature against the chapter key before believing it.
    Revoked(Signed<Revocation>),
    /// Whose is this root? Answered by [`Event::Searched`].
    Search(PublicKey),
    /// The peer knows whose our root is.
    Found(Found),
    /// Both sides have said all they had, and all is acknowledged. Said again after each later exchange, and to who asked.
    CaughtUp,
    /// Flush, then close the connection with this code.
    Close(Outcome),
}

/// Who is there.
#[derive(Debug, Clone)]
pub struct Peer {
    /// What it shows. It certifies [`Peer::key`]; whether it holds is to be decided.
    pub credential: Credential,
    /// The key that it proved in TLS.
    pub key: PublicKey,
    /// Its store's id, once it has said hello.
    pub store: Option<[u8; 16]>,
    /// What it redeems; its proof holds on this connection.
    pub join: Option<crate::identity::JoinRequest>,
    /// The six digits that both sides show when an invite is redeemed.
    pub join_code: Option<String>,
}

/// The driver's decision.
#[derive(Debug)]
pub enum Authorization {
    /// Come in: what we have for this peer, as of now.
    Accepted(Standing),
    /// Stay out, and why.
    Refused(CloseCode),
    /// Stay out, and here is the proof.
    Revoked(Signed<Revocation>),
}

/// Floors, what waits to be one, revocations and devices.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RetiredRows {
    /// Floors.
    pub tombstones: Vec<Signed<Tombstone>>,
    /// Devices that are out.
    pub revocations: Vec<Signed<Revocation>>,
    /// The chapter's devices, as certified last.
    pub devices: Vec<DeviceChain>,
    /// Erasures that wait for a second word, and words that take one back.
    pub held: Vec<Signed<Tombstone>>,
    /// The store's number of the last row read.
    pub arrival: u64,
}

impl RetiredRows {
    pub(super) fn is_empty(&self) -> bool {
        self.tombstones.is_empty()
            && self.revocations.is_empty()
            && self.devices.is_empty()
            && self.held.is_empty()
    }
}

/// Where to start reading for a peer.
#[derive(Debug, Clone, Default)]
pub struct Comparison {
    /// Every entry up to this number is held by the peer.
    pub arrival: u64,
    /// Logs that both sides know, whose entry at the peer's position is another one here; with what we know of them.
    pub forks: Vec<Fork>,
}

/// What to read.
#[derive(Debug, Clone)]
pub struct ReadEntries {
    /// Of this zone and chapter.
    pub scope: Scope,
    /// Leave out what the peer holds: per log, up to this sequence number.
    pub held_by_peer: BTreeMap<LogId, u64>,
    /// Numbers above this.
    pub after: u64,
    /// Stop after the entry that reaches this many changes …
    pub changes: usize,
    /// … or this many bytes of bodies.
    pub bytes: usize,
}

/// What two sides lack of each other's contents.
#[derive(Debug, Clone, Default)]
pub struct Missing {
    /// What this side lacks, at most [`crate::v1::compare::WANTED_MAX`].
    pub wanted: Vec<Short>,
    /// What the peer lacks, with bodies: within the limits of a batch.
    pub given: Vec<Change>,
}

/// What came of comparing a zone change by change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reconciled {
    /// The zone.
    pub scope: Scope,
    /// Changes that this side got back.
    pub filled_here: u64,
    /// Changes that the peer got back.
    pub filled_there: u64,
    /// Changes that still differ: nobody could give them, or they may not be taken.
    pub left: u64,
}

/// What arrived together, to be stored together.
#[derive(Debug)]
pub struct Batch {
    /// In the peer's order of arrival, which is causal.
    pub entries: Vec<VerifiedEntry>,
    /// The last position of each log in it.
    pub positions: Vec<Position>,
    /// The peer that sent it.
    pub from: PublicKey,
}

/// How a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// Why.
    pub code: CloseCode,
    /// True if the peer said so.
    pub by_peer: bool,
}

/// What `sync --json` counts. Entries and changes count as out once acknowledged, as in once durable here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Entries that the peer acknowledged.
    pub entries_out: u64,
    /// Entries stored here.
    pub entries_in: u64,
    /// Changes in the former.
    pub changes_out: u64,
    /// Changes in the latter.
    pub changes_in: u64,
    /// Changes that were not taken, either way.
    pub refused: u64,
    /// Times that this side had said something and then heard something.
    pub round_trips: u64,
}
