//! What this node does for one session with the hub: knows the office again, sends the shared zone, takes in what the
//! hub may say. One value per session.
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use helhet_protocol::identity::{CertificateError, HubCertificate, PublicKey};
use helhet_protocol::log::{Body, Change, ChangeKind, Entry, LogId, Position};
use helhet_protocol::session::{
    Authorization, Batch, Comparison, Missing, Peer, ReadEntries, Reconciled, RetiredRows, Scope, Standing,
};
use helhet_protocol::transport::{EntriesRead, Handle, Next, Notice, Store};
use helhet_protocol::v1::compare::Short;
use helhet_protocol::v1::{CloseCode, Credential, Fork};
use helhet_shared::document::DocumentError;
use helhet_shared::sqlite::{comparisons, log, members};
use helhet_shared::zone::Zone;

use crate::store::exchange::{self, HUB};
use crate::store::{StoreError, arrived, contents, keyring, owed, settings};
use crate::write::sealed::SEALED;
use crate::write::{WriteError, Writer};

/// By which a command asks the process that has the session, and by which that answers.
pub(super) const ASKED: &str = "sync_asked";
pub(super) const ANSWERED: &str = "sync_answered";

/// When a session is to end.
pub(super) enum Until {
    /// Everything said, acknowledged and receipted, or this moment.
    Quiet { receipts_by: Instant },
    /// Never by itself: new entries are pushed as they are made. `met` is called when each side knows the other.
    Stopped { met: Box<dyn Fn() + Send + Sync> },
}

/// The store as the hub's session uses it.
pub(super) struct Conversation {
    writer: Writer,
    handle: Handle,
    until: Until,
    hub: Mutex<Option<PublicKey>>,
    /// The newest entry that the session knows to look at.
    looked_at: AtomicU64,
    /// The newest floor that the session has told the hub.
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
    /// `opening` is what the session was opened with: what was written after that was read is looked at again.
    pub(super) fn new(writer: Writer, handle: Handle, until: Until, opening: &Standing) -> Conversation {
        Conversation {
            writer,
            handle,
            until,
            hub: Mutex::new(None),
            looked_at: AtomicU64::new(opening.arrival),
            told_floors: AtomicU64::new(opening.retired_arrival),
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

    /// The office again? Its hub's key and store are remembered; a new store has acknowledged nothing.
    fn recognise(&self, peer: &Peer, hub: &HubCertificate) -> Result<Standing, CloseCode> {
        let standing = self.write(|transaction| {
            settings::write(transaction, "hub_key", &hub.key.0)?;
            settings::write(transaction, "hub_serial", &hub.serial.to_be_bytes())?;
            if let Some(store) = peer.store {
                if settings::read(transaction, "hub_store")?.is_some_and(|known| known != store) {
                    log::forget_acknowledged(transaction, HUB)?;
                }
                settings::write(transaction, "hub_store", &store)?;
            }
            exchange::standing(transaction, &self.chapter(), hub.key)
        })?;
        *self.hub.lock().unwrap_or_else(PoisonError::into_inner) = Some(hub.key);
        // The hub says hello only to who may come in.
        if let (Some(_), Until::Stopped { met }) = (peer.store, &self.until) {
            met();
        }
        Ok(standing)
    }

    fn verify(&self, peer: &Peer) -> Result<HubCertificate, CloseCode> {
        let Credential::Hub(chain) = &peer.credential else { return Err(CloseCode::CertificateInvalid) };
        let newest = self.read(|connection| Ok(settings::read(connection, "hub_serial")?))?;
        let newest = newest.and_then(|bytes| bytes.try_into().ok()).map_or(0, u64::from_be_bytes);
        let office = &self.writer.identity().office;
        chain
            .verify(office, newest, &peer.key, self.now())
            .map_err(|error: CertificateError| CloseCode::from(&error))
    }

    /// Brings in what arrived, now that all is here; true when that, or somebody beside us, made entries that the
    /// session has not looked at. What it looked at and could not send is no reason to look again.
    fn settle(&self) -> Result<bool, WriteError> {
        let database = self.writer.store().database();
        let mut adopted = false;
        // Few deeds: each is a commit that somebody waits for.
        while !database.read(|connection| -> Result<_, StoreError> { Ok(is_settled(connection)?) })? {
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

    /// Tells the commands that wait for this session that it has got through.
    fn answer_who_asked(&self) -> Result<(), CloseCode> {
        let asked = self.read(|connection| Ok(settings::read(connection, ASKED)?))?;
        let answered = self.read(|connection| Ok(settings::read(connection, ANSWERED)?))?;
        match asked {
            Some(asked) if answered.as_ref() != Some(&asked) => {
                self.write(|transaction| Ok(settings::write(transaction, ANSWERED, &asked)?))
            }
            Some(_) | None => Ok(()),
        }
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
        match self.verify(peer).and_then(|hub| self.recognise(peer, &hub)) {
            Ok(standing) => Authorization::Accepted(standing),
            Err(code) => Authorization::Refused(code),
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
        let taken = self.writer.act(|deed| {
            deed.receive_devices(&rows.devices)?;
            deed.receive_revocations(&rows.revocations)?;
            deed.receive_floors(&rows.tombstones)
        });
        taken.map_err(|error| refused(&error))
    }

    fn compare(&self, positions: &[Position]) -> Result<Comparison, CloseCode> {
        self.write(|transaction| exchange::compare(transaction, &self.chapter(), positions, self.now()))
    }

    fn read_entries(&self, request: &ReadEntries) -> Result<EntriesRead, CloseCode> {
        // Beside the session's own scopes: what is not meant for the hub is not read for it.
        let zone = Zone::from_code(request.scope.zone);
        let is_sealed = zone.is_some_and(|zone| SEALED.contains(&zone));
        if zone != Some(Zone::Shared) && !is_sealed {
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
        let hub = self.hub.lock().unwrap_or_else(PoisonError::into_inner).ok_or(CloseCode::Unexpected)?;
        let received = self.writer.act(|deed| deed.receive(hub, &batch.entries));
        received.map(|received| received.refused).map_err(|error| refused(&error))
    }

    fn acknowledged(&self, positions: &[Position], _refused: u64) -> Result<(), CloseCode> {
        if self.write(|transaction| exchange::acknowledge(transaction, positions, self.now()))? {
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
                    "the hub says that a copy of this device's data has written, and names nothing of it"
                );
                Err(CloseCode::Fork)
            }
            Err(error) => Err(refused(&error)),
        }
    }

    fn standing(&self) -> Result<Standing, CloseCode> {
        let hub = self.hub.lock().unwrap_or_else(PoisonError::into_inner).ok_or(CloseCode::Unexpected)?;
        self.read(|connection| exchange::standing(connection, &self.chapter(), hub))
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
        match notice {
            Notice::Agreed => self.compared(|transaction| {
                if comparisons::of(transaction, HUB)?.is_news(now) {
                    comparisons::agreed(transaction, HUB, now)?;
                }
                Ok(())
            }),
            Notice::Diverged(scope) => {
                tracing::error!(zone = scope.zone, "positions agree and contents do not");
                self.compared(|transaction| Ok(comparisons::diverged(transaction, HUB, now)?));
            }
            Notice::Reconciled(Reconciled { scope, filled_here, filled_there, left }) => {
                tracing::warn!(zone = scope.zone, filled_here, filled_there, left, "contents were compared");
                self.compared(|transaction| {
                    Ok(comparisons::mended(transaction, HUB, filled_here, filled_there, left)?)
                });
            }
            Notice::Revoked(_) => tracing::error!("this device is no longer one of its chapter's"),
        }
    }

    fn caught_up(&self) -> Next {
        // The wake is on its way that reads the floor, and then all that follows is said again.
        if self.floor_waits.load(Ordering::Relaxed) {
            return Next::Stay;
        }
        match self.settle() {
            Ok(false) => {}
            Ok(true) => {
                self.handle.wake();
                return Next::Stay;
            }
            Err(error) => {
                tracing::error!(%error, "what the office sent could not be brought in");
                *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
            }
        }
        // Who asked waits on, and says so, if this fails.
        let _ = self.answer_who_asked();
        self.caught_up.send_modify(|count| *count += 1);
        match self.until {
            Until::Stopped { .. } => Next::Stay,
            Until::Quiet { receipts_by } if self.receipts_are_owed() && Instant::now() < receipts_by => {
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
