//! What a program brings to a session: its store.

use crate::identity::{PublicKey, Signed};
use crate::log::{Change, Entry, LogId, Position, Revocation};
use crate::session::{
    Authorization, Batch, Comparison, Missing, Peer, ReadEntries, Reconciled, RetiredRows, Scope, Standing,
};
use crate::v1::compare::Short;
use crate::v1::{CloseCode, Fork, Found};

/// What a program does for one session: one value per session, so that it can keep what `authorize` found out.
///
/// Every call may block. An `Err` ends the session with that code; the store logs what really happened.
pub trait Store: Send + Sync + 'static {
    /// Decides whether the peer may come in: its chain of certificates against the pinned root, its revocation, its
    /// invite. On acceptance also what we have for it, read in one transaction.
    fn authorize(&self, peer: &Peer) -> Authorization;
    /// Floors and revocations that concern the peer, with numbers above `after`, oldest first.
    fn read_retired(&self, after: u64) -> Result<RetiredRows, CloseCode>;
    /// Checks rights and applies, in one transaction.
    fn store_retired(&self, rows: RetiredRows) -> Result<(), CloseCode>;
    /// Where to start reading for a peer with these positions, and which logs have forked.
    fn compare(&self, positions: &[Position]) -> Result<Comparison, CloseCode>;
    /// The next entries in order of arrival.
    fn read_entries(&self, request: &ReadEntries) -> Result<EntriesRead, CloseCode>;
    /// Stores a batch with its positions in one transaction, durably; gives the number of changes refused.
    fn store(&self, batch: Batch) -> Result<u64, CloseCode>;
    /// The peer holds these durably.
    fn acknowledged(&self, positions: &[Position], refused: u64) -> Result<(), CloseCode>;
    /// What we know of a log, at [`Fork::sequences`] of its last one.
    fn sample_log(&self, log: &LogId) -> Result<Fork, CloseCode>;
    /// A log of ours has forked: open a new incarnation after the last sample that we hold too.
    fn forked(&self, fork: &Fork) -> Result<(), CloseCode>;
    /// What we have for this peer, as of now; read in one transaction.
    fn standing(&self) -> Result<Standing, CloseCode>;
    /// Looks at what is really held of a zone, gives up what its commitment does not promise, and sums it up: the
    /// sums of [`crate::log::Contents`].
    fn sums(&self, scope: &Scope) -> Result<Vec<u8>, CloseCode>;
    /// Looks likewise; gives ranges and items by [`crate::log::Contents::differing`].
    fn differing(&self, scope: &Scope, sums: &[u8]) -> Result<(Vec<u8>, Vec<u8>), CloseCode>;
    /// What either side lacks, by [`crate::log::Contents::difference`], within the limits of a batch.
    fn missing(&self, scope: &Scope, ranges: &[u8], items: &[u8]) -> Result<Missing, CloseCode>;
    /// Puts changes where an entry promises them and they are missing, durably; gives how many, and of what the peer
    /// would have what there is, within the limits of a batch.
    fn fill(
        &self,
        scope: &Scope,
        changes: Vec<Change>,
        wanted: &[Short],
    ) -> Result<(u64, Vec<Change>), CloseCode>;
    /// Whose chapter this root is pinned for; nobody's where chapters are not kept.
    fn search(&self, _root: &PublicKey) -> Result<Option<Found>, CloseCode> {
        Ok(None)
    }
    /// The peer's answer to what was asked instead of saying hello.
    fn found(&self, _found: Found) {}
    /// Something for people to know.
    fn notice(&self, notice: Notice);
    /// Both sides have said all they had and all is acknowledged; called again after each later exchange, and when somebody
    /// asked.
    fn caught_up(&self) -> Next;
}

/// What a store read.
#[derive(Debug, Clone, Default)]
pub struct EntriesRead {
    /// Whole entries, none that the peer holds; at most what was asked for, and one entry more.
    pub entries: Vec<Entry>,
    /// The number of the last entry looked at, sent or not; the next request comes with it.
    pub arrival: u64,
    /// False once the end was reached.
    pub more: bool,
}

/// Something for people to know.
#[derive(Debug, Clone)]
pub enum Notice {
    /// Positions and contents agree.
    Agreed,
    /// Positions agree and contents do not.
    Diverged(Scope),
    /// Contents differed and were compared change by change.
    Reconciled(Reconciled),
    /// The peer says that this device is revoked; to be believed if the chapter key signed it.
    Revoked(Signed<Revocation>),
}

/// What follows after catching up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Keep the session open and push what is new.
    Stay,
    /// Something turned up meanwhile, and the session was woken for it: all is not said yet.
    Again,
    /// One pass was asked for: end it.
    Close,
}
