//! What this node does for one session, with the hub or with another device of the chapter: sends what that one may have,
//! takes in what it may say. One value per session.
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use helhet_protocol::log::{Body, Change, ChangeKind, Entry, LogId, Position};
use helhet_protocol::session::{
    Authorization, Batch, Comparison, Missing, Peer, ReadEntries, Reconciled, RetiredRows, Scope, Standing,
};
use helhet_protocol::transport::{EntriesRead, Handle, Next, Notice, Store};
use helhet_protocol::v1::compare::Short;
use helhet_protocol::v1::{CloseCode, Fork};
use helhet_shared::document::DocumentError;
use helhet_shared::sqlite::{comparisons, members};
use helhet_shared::zone::Zone;

use super::arrivals::Arriving;
use super::other::{self, Met};
use crate::store::exchange::{self, HUB, Other};
use crate::store::{StoreError, arrived, contents, keyring, owed};
use crate::write::sealed::SEALED;
use crate::write::{WriteError, Writer};

/// When a session is to end.
pub(super) enum Until {
    /// Everything said, acknowledged and receipted, or this moment.
    Quiet { receipts_by: Instant },
    /// Never by itself: new entries are pushed as they are made. `met` is called when each side knows the other.
    Stopped { met: Box<dyn Fn() + Send + Sync> },
}

/// The store as a session uses it.
pub(super) struct Conversation {
    writer: Writer,
    handle: Handle,
    until: Until,
    arriving: Arriving,
    /// This side was dialled.
    answers: bool,
    /// Once its hello was accepted.
    other: Mutex<Option<Other>>,
    /// The newest entry that the session knows to look at.
    looked_at: AtomicU64,
    /// The newest floor that the session has told the peer.
    told_floors: AtomicU64,
    /// A floor was raised while entries were being read: it goes first.
    floor_waits: AtomicBool,
    /// A copy of this store has written too, and what both wrote is being put together: the next session does.
    parted: AtomicBool,
    /// Why what arrived could not be brought in.
    failure: Mutex<Option<WriteError>>,
    /// Told whenever all is said.
    pub(super) caught_up: tokio::sync::watch::Sender<u64>,
}

impl Conversation {
    /// `opening` is what the session was opened with, where this side dialled: what was written after that was read is
    /// looked at again. Who was dialled says what there is when it answers.
    pub(super) fn new(
        writer: Writer,
        handle: Handle,
        until: Until,
        arriving: Arriving,
        opening: Option<&Standing>,
    ) -> Conversation {
        Conversation {
            writer,
            handle,
            until,
            arriving,
            other: Mutex::new(None),
            answers: opening.is_none(),
            looked_at: AtomicU64::new(opening.map_or(0, |opening| opening.arrival)),
            told_floors: AtomicU64::new(opening.map_or(0, |opening| opening.retired_arrival)),
            floor_waits: AtomicBool::new(false),
            parted: AtomicBool::new(false),
            failure: Mutex::new(None),
            caught_up: tokio::sync::watch::Sender::new(0),
        }
    }

    fn read<T>(
        &self,
        question: impl FnOnce(&rusqlite::Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, CloseCode> {
        self.writer.store().database().read(question).map_err(|error| failed(&error))
    }

    fn write<T>(
        &self,
        deed: impl FnOnce(&rusqlite::Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, CloseCode> {
        self.writer.store().database().write(deed).map_err(|error| failed(&error))
    }

    fn chapter(&self) -> [u8; 16] {
        *self.writer.identity().chapter.as_bytes()
    }

    fn now(&self) -> i64 {
        self.writer.clock().now().timestamp()
    }

    /// Whom this session is with, from its hello on.
    pub(super) fn other(&self) -> Option<Other> {
        *self.other.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn known(&self) -> Result<Other, CloseCode> {
        self.other().ok_or(CloseCode::Unexpected)
    }

    /// Brings in what arrived, now that all is here; true when that, or somebody beside us, made entries that the
    /// session has not looked at. What it looked at and could not send is no reason to look again.
    fn settle(&self) -> Result<bool, WriteError> {
        let database = self.writer.store().database();
        let mut adopted = false;
        let all_came = self.arriving.end();
        // Few deeds: each is a commit that somebody waits for.
        while all_came
            && !database.read(|connection| -> Result<_, StoreError> { Ok(is_settled(connection)?) })?
        {
            self.writer.act(|deed| {
                if deed.open_some()? > 0 {
                    return Ok(());
                }
                if !std::mem::replace(&mut adopted, true) {
                    deed.adopt_agreement()?;
                }
                deed.bring_in_some().map(|_| ())
            })?;
        }
        if all_came && let Err(error) = self.writer.sign_due() {
            tracing::warn!(%error, "what was erased is not out of the files yet, and not signed for");
        }
        let newest = database
            .read(|connection| -> Result<_, StoreError> { Ok(exchange::newest_entry(connection)?) })?;
        Ok(newest > self.looked_at.fetch_max(newest, Ordering::Relaxed))
    }

    /// Why what arrived could not be brought in, if so.
    pub(super) fn failure(&self) -> Option<WriteError> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Whether this session ended because a copy of this store has written too, and the next one may go on from there.
    pub(super) fn has_parted(&self) -> bool {
        self.parted.load(Ordering::Relaxed)
    }

    /// What is really held of a zone.
    fn look<T>(
        &self,
        scope: &Scope,
        question: impl FnOnce(&rusqlite::Transaction<'_>, &contents::Held) -> Result<T, StoreError>,
    ) -> Result<T, CloseCode> {
        self.write(|transaction| {
            let held = contents::look(transaction, &scope.chapter, scope.zone)?;
            question(transaction, &held)
        })
    }

    /// Remembers what came of comparing with the hub; that it cannot is told, and ends nothing.
    fn compared(&self, note: impl FnOnce(&rusqlite::Transaction<'_>) -> Result<(), StoreError>) {
        // The failure was logged where it was found.
        let _ = self.write(note);
    }

    fn receipts_are_owed(&self) -> bool {
        self.read(|connection| Ok(owed::count(connection)? > 0)).unwrap_or(false)
    }
}

impl Store for Conversation {
    fn authorize(&self, peer: &Peer) -> Authorization {
        let met =
            self.write(|transaction| other::meet(transaction, self.writer.identity(), peer, self.now()));
        match met {
            Ok(Met::Known(other, standing)) => {
                *self.other.lock().unwrap_or_else(PoisonError::into_inner) = Some(other);
                // The other side says hello only to who may come in.
                if let (Some(_), Until::Stopped { met }) = (peer.store, &self.until) {
                    met();
                }
                if self.answers {
                    self.looked_at.fetch_max(standing.arrival, Ordering::Relaxed);
                    self.told_floors.fetch_max(standing.retired_arrival, Ordering::Relaxed);
                }
                Authorization::Accepted(standing)
            }
            Ok(Met::Refused(code)) | Err(code) => Authorization::Refused(code),
            Ok(Met::Out(proof)) => Authorization::Revoked(proof),
        }
    }

    fn read_retired(&self, after: u64) -> Result<RetiredRows, CloseCode> {
        let rows = self.read(|connection| exchange::retired_rows(connection, &self.chapter(), after))?;
        self.told_floors.fetch_max(rows.arrival, Ordering::Relaxed);
        // One that is raised from here on says so again when entries are read.
        self.floor_waits.store(false, Ordering::Relaxed);
        Ok(rows)
    }

    fn store_retired(&self, rows: RetiredRows) -> Result<(), CloseCode> {
        let taken = self.writer.take_in(|deed| {
            deed.receive_devices(&rows.devices)?;
            deed.receive_revocations(&rows.revocations)?;
            deed.receive_floors(&rows.tombstones, &rows.held)
        });
        taken.map_err(|error| refused(&error))
    }

    fn compare(&self, positions: &[Position]) -> Result<Comparison, CloseCode> {
        let other = self.known()?;
        self.write(|transaction| {
            exchange::compare(transaction, &self.chapter(), &other, positions, self.now())
        })
    }

    fn read_entries(&self, request: &ReadEntries) -> Result<EntriesRead, CloseCode> {
        // Beside the session's own scopes: what is not meant for the peer is not read for it.
        let zone = Zone::from_code(request.scope.zone);
        let is_sealed = zone.is_some_and(|zone| SEALED.contains(&zone));
        let is_passed_on = zone == Some(Zone::Published) && self.known()?.is_sibling();
        if zone != Some(Zone::Shared) && !is_sealed && !is_passed_on {
            return Ok(EntriesRead { arrival: request.after, ..EntriesRead::default() });
        }
        let read = self.read(|connection| {
            // Entries of what was withdrawn since have no bodies any more, and mean nothing without their floor.
            if members::newest(connection)? > self.told_floors.load(Ordering::Relaxed) {
                self.floor_waits.store(true, Ordering::Relaxed);
                self.handle.wake();
                return Ok(EntriesRead { arrival: request.after, ..EntriesRead::default() });
            }
            exchange::entries(connection, request)
        })?;
        if is_sealed && read.entries.iter().any(is_open) {
            // Whatever went wrong before: what only the chapter reads does not leave so that others can.
            tracing::error!("something of the chapter's own was to be sent unsealed");
            return Err(CloseCode::StoreFailed);
        }
        Ok(read)
    }

    fn store(&self, batch: Batch) -> Result<u64, CloseCode> {
        let other = self.known()?;
        self.arriving.begin();
        let received = self.writer.take_in(|deed| deed.receive(&other, &batch.entries));
        received.map(|received| received.refused).map_err(|error| refused(&error))
    }

    fn acknowledged(&self, positions: &[Position], _refused: u64) -> Result<(), CloseCode> {
        let other = self.known()?;
        if self.write(|transaction| exchange::acknowledge(transaction, &other, positions, self.now()))? {
            self.writer.announce();
        }
        Ok(())
    }

    fn sample_log(&self, log: &LogId) -> Result<Fork, CloseCode> {
        self.read(|connection| exchange::samples(connection, log))
    }

    fn forked(&self, fork: &Fork) -> Result<(), CloseCode> {
        match self.writer.act(|deed| deed.part_from_copy(fork)) {
            Ok(true) => {
                tracing::warn!(
                    "a copy of this device's data has written too: what both wrote is put together"
                );
                self.parted.store(true, Ordering::Relaxed);
                Ok(())
            }
            Ok(false) => {
                tracing::error!(
                    "the other side says that a copy of this device's data has written, and names nothing of it"
                );
                Err(CloseCode::Fork)
            }
            Err(error) => Err(refused(&error)),
        }
    }

    fn standing(&self) -> Result<Standing, CloseCode> {
        let other = self.known()?;
        self.read(|connection| exchange::standing(connection, &self.chapter(), &other))
    }

    fn sums(&self, scope: &Scope) -> Result<Vec<u8>, CloseCode> {
        self.look(scope, |_, held| Ok(held.contents.sums()))
    }

    fn differing(&self, scope: &Scope, sums: &[u8]) -> Result<(Vec<u8>, Vec<u8>), CloseCode> {
        self.look(scope, |_, held| Ok(held.contents.differing(sums)))
    }

    fn missing(&self, scope: &Scope, ranges: &[u8], items: &[u8]) -> Result<Missing, CloseCode> {
        self.look(scope, |transaction, held| held.missing(transaction, ranges, items))
    }

    fn fill(
        &self,
        scope: &Scope,
        changes: Vec<Change>,
        wanted: &[Short],
    ) -> Result<(u64, Vec<Change>), CloseCode> {
        self.look(scope, |transaction, held| {
            let filled = contents::fill(transaction, &scope.chapter, scope.zone, &changes)?;
            Ok((filled.len() as u64, held.given(transaction, wanted)?))
        })
    }

    fn notice(&self, notice: Notice) {
        let now = self.now();
        let other = self.other();
        // Contents are compared with who said hello; that this device is out may be heard instead of it.
        let peer = other.as_ref().map_or(HUB, Other::name);
        match notice {
            Notice::Agreed => self.compared(|transaction| {
                if comparisons::of(transaction, peer)?.is_news(now) {
                    comparisons::agreed(transaction, peer, now)?;
                }
                Ok(())
            }),
            Notice::Diverged(scope) => {
                tracing::error!(zone = scope.zone, "positions agree and contents do not");
                self.compared(|transaction| Ok(comparisons::diverged(transaction, peer, now)?));
            }
            Notice::Reconciled(Reconciled { scope, filled_here, filled_there, left }) => {
                tracing::warn!(zone = scope.zone, filled_here, filled_there, left, "contents were compared");
                self.compared(|transaction| {
                    Ok(comparisons::mended(transaction, peer, filled_here, filled_there, left)?)
                });
            }
            Notice::Revoked(proof) => match self.writer.act(|deed| deed.hear_of_removal(&proof)) {
                Ok(true) => tracing::error!("this device is no longer one of its chapter's"),
                Ok(false) => tracing::warn!(
                    "somebody says that this device is no longer its chapter's, and cannot prove it"
                ),
                Err(error) => tracing::error!(%error, "the store failed"),
            },
        }
    }

    fn caught_up(&self) -> Next {
        // The wake is on its way that reads the floor, and then all that follows is said again.
        if self.floor_waits.load(Ordering::Relaxed) {
            return Next::Again;
        }
        let is_hub = !self.other().is_some_and(|other| other.is_sibling());
        match self.settle() {
            Ok(false) => {}
            Ok(true) => {
                self.handle.wake();
                return Next::Again;
            }
            Err(error) => {
                tracing::error!(%error, "what was received could not be brought in");
                *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
            }
        }
        self.caught_up.send_modify(|count| *count += 1);
        match self.until {
            Until::Stopped { .. } => Next::Stay,
            // They are the office's.
            Until::Quiet { receipts_by }
                if is_hub && self.receipts_are_owed() && Instant::now() < receipts_by =>
            {
                Next::Stay
            }
            Until::Quiet { .. } => Next::Close,
        }
    }
}

/// Whether anybody could read what an entry says of documents.
fn is_open(entry: &Entry) -> bool {
    entry
        .changes
        .iter()
        .any(|change| change.kind == ChangeKind::Automerge && matches!(change.body, Body::Open(_)))
}

fn failed(error: &StoreError) -> CloseCode {
    tracing::error!(%error, "the store failed");
    CloseCode::StoreFailed
}

fn refused(error: &WriteError) -> CloseCode {
    if let WriteError::Document(error) = error
        && matches!(**error, DocumentError::MissingDependency)
    {
        return CloseCode::MissingDependency;
    }
    if matches!(error, WriteError::Stranger) {
        tracing::error!("the peer brought entries of a device that is none of this chapter's");
        return CloseCode::NotAllowed;
    }
    if matches!(error, WriteError::Store(StoreError::OutOfOrder)) {
        return CloseCode::BrokenChain;
    }
    tracing::error!(%error, "what the hub sent could not be stored");
    CloseCode::StoreFailed
}

/// Whether anything is left to bring in.
pub(super) fn is_settled(connection: &rusqlite::Connection) -> rusqlite::Result<bool> {
    Ok(arrived::some(connection, 1)?.is_empty() && !keyring::has_untried(connection)?)
}

#[cfg(test)]
mod tests;
