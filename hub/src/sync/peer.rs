//! What the hub does for one session: lets the device in or not, stores what it brings, gives what it lacks.
//! The device sees its own chapter's `shared` zone and the `published` zone, and nothing else ever.

use std::collections::BTreeMap;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use helhet_protocol::identity::{PublicKey, Signature, Signed};
use helhet_protocol::log::tombstone::RetiredDigest;
use helhet_protocol::log::{Body, Change, ChangeKind, Entry, LogId, Position, SignedEntry, Tombstone};
use helhet_protocol::session::{
    Authorization, Authors, Batch, Comparison, Peer, ReadEntries, RetiredRows, Scope, Standing,
};
use helhet_protocol::transport::{EntriesRead, Handle, Link, Next, Notice, Store};
use helhet_protocol::v1::fork::Sample;
use helhet_protocol::v1::{CloseCode, Credential, Fork};
use helhet_shared::sqlite::log::{self as stored, LogPosition, StoredEntry};
use helhet_shared::sqlite::{Id, tombstones};
use helhet_shared::zone::Zone;
use rusqlite::Connection;

use super::writer::Writer;
use super::{Connected, Sessions};
use crate::chapters::{self, AdmitError, Admitted};
use crate::hub::Hub;
use crate::ingest::{self, IngestError};
use crate::log::{NO_CHAPTER, from_stored, from_stored_log, to_stored_log};
use crate::store::{StoreError, feed};

static SESSIONS: AtomicU64 = AtomicU64::new(1);

/// The store as one device sees it.
pub(super) struct PeerStore {
    hub: Hub,
    exporter: [u8; 32],
    sessions: Sessions,
    writer: Writer,
    handle: Handle,
    number: u64,
    admitted: OnceLock<Admitted>,
}

impl PeerStore {
    pub(super) fn new(hub: Hub, link: &Link, sessions: Sessions, writer: Writer, handle: Handle) -> Self {
        let number = SESSIONS.fetch_add(1, Ordering::Relaxed);
        Self { hub, exporter: link.exporter, sessions, writer, handle, number, admitted: OnceLock::new() }
    }

    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// Whether its hello was accepted.
    pub(super) fn is_admitted(&self) -> bool {
        self.admitted.get().is_some()
    }

    fn admitted(&self) -> Result<&Admitted, CloseCode> {
        self.admitted.get().ok_or(CloseCode::Unexpected)
    }

    fn admit(&self, peer: &Peer) -> Result<(Admitted, Standing), AdmitError> {
        let Credential::Device(chain) = &peer.credential else { return Err(AdmitError::Unreadable) };
        let now = self.hub.now().timestamp();
        self.hub.database().write(|transaction| {
            let join = peer.join.as_ref();
            let admitted = chapters::admit(transaction, chain, join, &peer.key, &self.exporter, now)?;
            let standing = standing(transaction, &admitted, self.hub.office().key.public())?;
            Ok((admitted, standing))
        })
    }

    fn read<T>(
        &self,
        question: impl FnOnce(&rusqlite::Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, CloseCode> {
        self.hub.database().read(question).map_err(failed)
    }
}

impl Store for PeerStore {
    fn authorize(&self, peer: &Peer) -> Authorization {
        match self.admit(peer) {
            Ok((admitted, standing)) => {
                let chapter = *admitted.author.chapter.as_bytes();
                tracing::info!(chapter = %admitted.author.chapter, device = peer.key.fingerprint(), "a device is in");
                let _ = self.admitted.set(admitted);
                let connected = Connected { chapter, number: self.number, handle: self.handle.clone() };
                self.sessions.enter(peer.key.0, connected);
                self.hub.note_change();
                Authorization::Accepted(standing)
            }
            Err(error) => {
                let code = error.close();
                let advice = chapters::what_to_do(code);
                tracing::warn!(device = peer.key.fingerprint(), %code, %error, advice, "a device was not let in");
                Authorization::Refused(code)
            }
        }
    }

    fn read_retired(&self, after: u64) -> Result<RetiredRows, CloseCode> {
        let chapter = *self.admitted()?.author.chapter.as_bytes();
        self.read(|connection| retired_rows(connection, &chapter, after))
    }

    fn store_retired(&self, rows: RetiredRows) -> Result<(), CloseCode> {
        let author = self.admitted()?.author;
        if !rows.revocations.is_empty() {
            // One device per chapter until sealing exists: there is none to revoke, and nobody to hold one back.
            return Err(CloseCode::RetiredRefused);
        }
        let now = self.hub.now().timestamp();
        let retired = self
            .hub
            .database()
            .write(|transaction| ingest::retire(transaction, &author, &rows.tombstones, now));
        match retired {
            Ok(retired) => {
                tracing::info!(chapter = %author.chapter, new = retired.new, "floors were raised");
                self.hub.note_change();
                Ok(())
            }
            Err(error) => Err(refused(&error)),
        }
    }

    fn compare(&self, positions: &[Position]) -> Result<Comparison, CloseCode> {
        let chapter = *self.admitted()?.author.chapter.as_bytes();
        self.read(|connection| compare(connection, &chapter, positions))
    }

    fn read_entries(&self, request: &ReadEntries) -> Result<EntriesRead, CloseCode> {
        let chapter = *self.admitted()?.author.chapter.as_bytes();
        if !may_see(&chapter, request.scope.zone, &request.scope.chapter) {
            return Err(CloseCode::NotAllowed);
        }
        self.read(|connection| read_entries(connection, request))
    }

    fn store(&self, batch: Batch) -> Result<u64, CloseCode> {
        let author = self.admitted()?.author;
        let ingested = self.writer.store(author, batch.entries)?;
        if ingested.refused > 0 {
            tracing::warn!(chapter = %author.chapter, refused = ingested.refused, "changes were refused");
        }
        Ok(ingested.refused as u64)
    }

    fn acknowledged(&self, positions: &[Position], _refused: u64) -> Result<(), CloseCode> {
        let author = self.admitted()?.author;
        let now = self.hub.now().timestamp();
        let noted = self.hub.database().write(|transaction| -> Result<(), StoreError> {
            let mut news = false;
            for position in positions {
                let held = LogPosition { sequence: position.sequence, hash: position.hash };
                let log = to_stored_log(&position.log);
                news |= stored::acknowledge(transaction, &author.device.0, &log, held, now)?;
            }
            if news {
                chapters::seen_again(transaction, &author, now)?;
            }
            Ok(())
        });
        noted.map_err(failed)
    }

    fn sample_log(&self, log: &LogId) -> Result<Fork, CloseCode> {
        let chapter = *self.admitted()?.author.chapter.as_bytes();
        if !may_see(&chapter, log.zone, &log.chapter) {
            return Err(CloseCode::NotAllowed);
        }
        self.read(|connection| Ok(samples(connection, log)?))
    }

    fn forked(&self, fork: &Fork) -> Result<(), CloseCode> {
        // A restored hub opens a new incarnation before it opens its port. A fork of its own log means that somebody
        // runs a copy of it: nothing is signed until a person has looked.
        tracing::error!(
            incarnation = fork.log.incarnation,
            "a copy of this hub has written the same log: stop one of them, then run `restore`"
        );
        Err(CloseCode::Fork)
    }

    fn notice(&self, notice: Notice) {
        match notice {
            Notice::Diverged(scope) => {
                tracing::error!(zone = scope.zone, "positions agree and contents do not: run `doctor`");
            }
            Notice::Revoked(_) => {
                tracing::warn!("a device told the hub that it is revoked; a hub is no device")
            }
        }
    }

    fn caught_up(&self) -> Next {
        Next::Stay
    }
}

/// A device may see its own chapter's shared zone, and what is published.
fn may_see(own: &Id, zone: u8, chapter: &Id) -> bool {
    match Zone::from_code(zone) {
        Some(Zone::Shared) => chapter == own,
        Some(Zone::Published) => *chapter == NO_CHAPTER,
        Some(Zone::Confidential | Zone::Chapter | Zone::Office) | None => false,
    }
}

/// What there is for a device, read in the transaction that let it in. Taken are its own entries, and the hub's own from
/// before it was restored from a backup.
fn standing(connection: &Connection, admitted: &Admitted, own: PublicKey) -> rusqlite::Result<Standing> {
    let chapter = *admitted.author.chapter.as_bytes();
    let device = admitted.author.device;
    let scopes = vec![
        Scope { zone: Zone::Published.code(), chapter: NO_CHAPTER, sends: true, takes: Authors::Nobody },
        Scope { zone: Zone::Shared.code(), chapter, sends: true, takes: Authors::Only(vec![device, own]) },
    ];
    let mut positions = Vec::new();
    for scope in &scopes {
        let held = stored::positions(connection, &scope.chapter, scope.zone)?;
        positions.extend(held.into_iter().map(|(log, held)| Position {
            log: from_stored_log(&log),
            sequence: held.sequence,
            hash: held.hash,
        }));
    }
    let mut retired = RetiredDigest::default();
    for tombstone in tombstones::of_chapter(connection, &chapter)? {
        retired.add_floor(&tombstone.document_hash, tombstone.floor);
    }
    Ok(Standing {
        scopes,
        positions,
        retired,
        fingerprints: Vec::new(),
        arrival: feed::newest_entry(connection)?.unsigned_abs(),
        retired_arrival: feed::newest_tombstone(connection)?.unsigned_abs(),
    })
}

fn retired_rows(connection: &Connection, chapter: &Id, after: u64) -> Result<RetiredRows, StoreError> {
    let mut retired = RetiredRows { arrival: after, ..RetiredRows::default() };
    for (number, signed) in feed::tombstones_after(connection, chapter, after.cast_signed())? {
        let tombstone = Signed::<Tombstone>::from_bytes(&signed);
        retired.tombstones.push(tombstone.map_err(|_| StoreError::Damaged { what: "a tombstone" })?);
        retired.arrival = number.unsigned_abs();
    }
    Ok(retired)
}

fn compare(connection: &Connection, chapter: &Id, positions: &[Position]) -> Result<Comparison, StoreError> {
    let theirs: BTreeMap<stored::LogId, LogPosition> = positions
        .iter()
        .map(|position| {
            (to_stored_log(&position.log), LogPosition { sequence: position.sequence, hash: position.hash })
        })
        .collect();
    let mut comparison =
        Comparison { arrival: feed::newest_entry(connection)?.unsigned_abs(), forks: Vec::new() };
    for (zone, chapter) in [(Zone::Published, &NO_CHAPTER), (Zone::Shared, chapter)] {
        let first = stored::feed(connection, chapter, zone.code(), &theirs, 0, 1, usize::MAX)?;
        if let Some(first) = first.entries.first() {
            comparison.arrival = comparison.arrival.min(first.id.unsigned_abs().saturating_sub(1));
        }
        for (log, held) in stored::positions(connection, chapter, zone.code())? {
            let Some(known) = theirs.get(&log).filter(|known| known.sequence <= held.sequence) else {
                continue;
            };
            if stored::hash_at(connection, &log, known.sequence)? != Some(known.hash) {
                comparison.forks.push(samples(connection, &from_stored_log(&log))?);
            }
        }
    }
    Ok(comparison)
}

fn samples(connection: &Connection, log: &LogId) -> rusqlite::Result<Fork> {
    let stored_log = to_stored_log(log);
    let last = stored::position(connection, &stored_log)?.map_or(0, |held| held.sequence);
    let mut samples = Vec::new();
    for sequence in Fork::sequences(last) {
        if let Some(hash) = stored::hash_at(connection, &stored_log, sequence)? {
            samples.push(Sample { sequence, hash });
        }
    }
    Ok(Fork { log: *log, samples })
}

fn read_entries(connection: &Connection, request: &ReadEntries) -> Result<EntriesRead, StoreError> {
    let held = request
        .held_by_peer
        .iter()
        .map(|(log, sequence)| (to_stored_log(log), LogPosition { sequence: *sequence, hash: [0; 32] }))
        .collect();
    let feed = stored::feed(
        connection,
        &request.scope.chapter,
        request.scope.zone,
        &held,
        request.after.cast_signed(),
        request.changes,
        request.bytes,
    )?;
    let mut read =
        EntriesRead { entries: Vec::new(), arrival: feed.after.unsigned_abs(), more: !feed.complete };
    let mut changes = 0;
    for entry in feed.entries {
        if changes >= request.changes {
            read.more = true;
            return Ok(read);
        }
        changes += entry.changes.len();
        if changes >= request.changes {
            read.arrival = entry.id.unsigned_abs();
        }
        read.entries.push(to_entry(entry)?);
    }
    Ok(read)
}

fn to_entry(entry: StoredEntry) -> Result<Entry, StoreError> {
    let damaged = StoreError::Damaged { what: "a log entry" };
    let Ok(signature) = entry.signature.try_into() else { return Err(damaged) };
    let changes = entry
        .changes
        .into_iter()
        .map(|change| Change {
            kind: ChangeKind::from_code(change.kind),
            document: change.document.unwrap_or_default(),
            generation: from_stored(change.generation),
            body: match change.body {
                Some(body) if change.sealed => Body::Sealed(body),
                Some(body) => Body::Open(body),
                None => Body::Absent { commitment: change.commitment },
            },
        })
        .collect();
    Ok(Entry { signed: SignedEntry { header: entry.header, signature: Signature(signature) }, changes })
}

fn failed(error: StoreError) -> CloseCode {
    tracing::error!(%error, "the store failed");
    CloseCode::StoreFailed
}

fn refused(error: &IngestError) -> CloseCode {
    let code = error.close();
    tracing::warn!(%code, %error, "tombstones were refused");
    code
}
