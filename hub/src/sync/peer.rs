//! What the hub does for one session: lets the device in or not, stores what it brings, gives what it lacks.
//! The device sees its own chapter's zones (two of them sealed, so that the hub reads nothing of them) and the `published`
//! zone, and nothing else ever.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use helhet_protocol::identity::PublicKey;
use helhet_protocol::log::{Change, LogId, Position};
use helhet_protocol::session::{
    Authorization, Batch, Comparison, Missing, Peer, ReadEntries, Reconciled, RetiredRows, Scope, Standing,
};
use helhet_protocol::transport::{EntriesRead, Handle, Next, Notice, Store};
use helhet_protocol::v1::compare::Short;
use helhet_protocol::v1::{CloseCode, Credential, Fork, Found};
use helhet_shared::sqlite::log::{self as stored, LogPosition};
use helhet_shared::sqlite::{Id, comparisons};
use helhet_shared::zone::Zone;
use rusqlite::Transaction;

use super::writer::Writer;
use super::{Connected, Sessions, exchange};
use crate::chapters::{self, AdmitError, Admitted};
use crate::hub::Hub;
use crate::ingest::{self, IngestError};
use crate::log::{NO_CHAPTER, to_stored_log};
use crate::store::{self, StoreError, contents, corrections, feed, projections};

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
    /// The newest floor of its chapter that the device has been told.
    told_floors: AtomicU64,
}

impl PeerStore {
    /// `exporter` is of the connection: what an invite's proof is bound to.
    pub(super) fn new(
        hub: Hub,
        exporter: [u8; 32],
        sessions: Sessions,
        writer: Writer,
        handle: Handle,
    ) -> Self {
        let number = SESSIONS.fetch_add(1, Ordering::Relaxed);
        let (admitted, told_floors) = (OnceLock::new(), AtomicU64::new(0));
        Self { hub, exporter, sessions, writer, handle, number, admitted, told_floors }
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
        let now = self.hub.now().timestamp();
        let _waits = self.writer.wait();
        let admitted = self.hub.database().write(|transaction| {
            let admitted = match &peer.credential {
                Credential::Device(chain) => {
                    let join = peer.join.as_ref();
                    chapters::admit(transaction, chain, join, &peer.key, &self.exporter, now)?
                }
                Credential::Applicant(application) => {
                    let applied =
                        chapters::apply(transaction, self.hub.office(), application, &peer.key, now)?;
                    let Some(admitted) = applied else { return Ok(None) };
                    admitted
                }
                Credential::Hub(_) => return Err(AdmitError::Unreadable),
            };
            let standing = exchange::standing(transaction, &admitted)?;
            Ok(Some((admitted, standing)))
        })?;
        admitted.ok_or_else(|| {
            self.hub.note_change();
            AdmitError::Waiting
        })
    }

    /// What is really held of a zone that this device may see.
    fn look<T>(
        &self,
        scope: &Scope,
        question: impl FnOnce(&Transaction<'_>, &contents::Held) -> Result<T, StoreError>,
    ) -> Result<T, CloseCode> {
        let chapter = *self.admitted()?.author.chapter.as_bytes();
        if !may_see(&chapter, scope.zone, &scope.chapter) {
            return Err(CloseCode::NotAllowed);
        }
        let looked = self.hub.database().write(|transaction| {
            let held = contents::look(transaction, &scope.chapter, scope.zone)?;
            question(transaction, &held)
        });
        looked.map_err(failed)
    }

    /// Remembers what came of comparing with this device; that it cannot is told, and ends nothing.
    fn compared(&self, note: impl FnOnce(&Transaction<'_>, &[u8], i64) -> Result<(), StoreError>) {
        let Some(admitted) = self.admitted.get() else { return };
        let (device, now) = (admitted.author.device.0, self.hub.now().timestamp());
        if let Err(error) = self.hub.database().write(|transaction| note(transaction, &device, now)) {
            tracing::error!(%error, "what came of a comparison could not be noted");
        }
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
                self.told_floors.fetch_max(standing.retired_arrival, Ordering::Relaxed);
                let connected = Connected { chapter, number: self.number, handle: self.handle.clone() };
                self.sessions.enter(peer.key.0, connected);
                self.hub.note_change();
                Authorization::Accepted(standing)
            }
            Err(AdmitError::Revoked(revocation)) => {
                tracing::warn!(
                    device = peer.key.fingerprint(),
                    "a device was not let in: its chapter has removed it"
                );
                Authorization::Revoked(*revocation)
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
        let rows = self.read(|connection| exchange::retired_rows(connection, &chapter, after))?;
        self.told_floors.fetch_max(rows.arrival, Ordering::Relaxed);
        Ok(rows)
    }

    fn store_retired(&self, rows: RetiredRows) -> Result<(), CloseCode> {
        let author = self.admitted()?.author;
        let now = self.hub.now().timestamp();
        let _waits = self.writer.wait();
        let retired = self.hub.database().write(|transaction| {
            let out = ingest::change_devices(transaction, author.chapter, &rows, now)?;
            Ok::<_, IngestError>((
                out,
                ingest::retire(transaction, &author, &rows.tombstones, &rows.held, now)?,
            ))
        });
        match retired {
            Ok((out, retired)) => {
                for revocation in out {
                    self.sessions.put_out(&revocation);
                }
                tracing::info!(chapter = %author.chapter, new = retired.new, "floors were raised");
                self.sessions.wake_siblings(author.chapter.as_bytes());
                self.hub.note_change();
                Ok(())
            }
            Err(error) => Err(refused(&error)),
        }
    }

    fn compare(&self, positions: &[Position]) -> Result<Comparison, CloseCode> {
        let chapter = *self.admitted()?.author.chapter.as_bytes();
        self.read(|connection| exchange::compare(connection, &chapter, positions))
    }

    fn read_entries(&self, request: &ReadEntries) -> Result<EntriesRead, CloseCode> {
        let chapter = *self.admitted()?.author.chapter.as_bytes();
        if !may_see(&chapter, request.scope.zone, &request.scope.chapter) {
            return Err(CloseCode::NotAllowed);
        }
        self.read(|connection| {
            // An entry that a floor has emptied since means nothing without it.
            if feed::has_floor_above(connection, &chapter, self.told_floors.load(Ordering::Relaxed))? {
                self.handle.wake();
                return Ok(EntriesRead { arrival: request.after, ..EntriesRead::default() });
            }
            exchange::read_entries(connection, request)
        })
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
        let _waits = self.writer.wait();
        let noted = self.hub.database().write(|transaction| -> Result<(), StoreError> {
            let mut news = false;
            for position in positions {
                let held = LogPosition { sequence: position.sequence, hash: position.hash };
                let log = to_stored_log(&position.log);
                news |= stored::acknowledge(transaction, &author.device.0, &log, held, now)?;
            }
            if news {
                corrections::chapter_heard(transaction, author.chapter.as_bytes())?;
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
        self.read(|connection| Ok(exchange::samples(connection, log)?))
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

    fn standing(&self) -> Result<Standing, CloseCode> {
        let admitted = self.admitted()?;
        self.read(|connection| Ok(exchange::standing(connection, admitted)?))
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
        let is_sealed = Zone::from_code(scope.zone).is_some_and(Zone::is_sealed);
        let fits = |change: &Change| !is_sealed || ingest::lies_sealed(change);
        let changes: Vec<Change> = changes.into_iter().filter(fits).collect();
        let mut again = 0;
        let (filled, given) = self.look(scope, |transaction, held| {
            let filled = contents::fill(transaction, &scope.chapter, scope.zone, &changes)?;
            for change in &filled {
                projections::queue(transaction, &change.document)?;
            }
            if scope.zone == Zone::Shared.code() {
                let now = self.hub.now().timestamp();
                again = ingest::refuse_again(transaction, self.hub.office(), &scope.chapter, &changes, now)
                    .map_err(|_| StoreError::Damaged { what: "the hub's own log" })?;
            }
            Ok((filled.len() as u64, held.given(transaction, wanted)?))
        })?;
        if filled > 0 || again > 0 {
            self.hub.note_change();
        }
        Ok((filled, given))
    }

    fn search(&self, root: &PublicKey) -> Result<Option<Found>, CloseCode> {
        self.read(|connection| {
            let chapter = store::chapters::find_by_root(connection, &root.0)?;
            Ok(chapter.map(|chapter| Found {
                chapter: *chapter.id.as_bytes(),
                name: chapter.name,
                chapter_key_serial: chapter.chapter_key_serial,
            }))
        })
    }

    fn notice(&self, notice: Notice) {
        match notice {
            Notice::Agreed => self.compared(|transaction, device, now| {
                if comparisons::of(transaction, device)?.is_news(now) {
                    comparisons::agreed(transaction, device, now)?;
                }
                Ok(())
            }),
            Notice::Diverged(scope) => {
                tracing::error!(zone = scope.zone, "positions agree and contents do not");
                self.compared(|transaction, device, now| {
                    Ok(comparisons::diverged(transaction, device, now)?)
                });
            }
            // The side that dialled goes through the zone, and knows what came of it.
            Notice::Reconciled(Reconciled { .. }) => {}
            Notice::Revoked(_) => {
                tracing::warn!("a device told the hub that it is revoked; a hub is no device")
            }
        }
    }

    fn caught_up(&self) -> Next {
        Next::Stay
    }
}

/// A device may see its own chapter's zones, and what is published.
fn may_see(own: &Id, zone: u8, chapter: &Id) -> bool {
    match Zone::from_code(zone) {
        Some(Zone::Shared | Zone::Chapter | Zone::Confidential) => chapter == own,
        Some(Zone::Published) => *chapter == NO_CHAPTER,
        Some(Zone::Office) | None => false,
    }
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

#[cfg(test)]
mod tests {
    use helhet_protocol::log::{Body, ChangeKind, Entry, Generation, verify};

    use super::*;
    use crate::testing::{Device, TestHub};

    /// A session in which the device has been let in.
    fn met(test: &TestHub, device: &Device) -> (PeerStore, Standing) {
        let (handle, _control) = helhet_protocol::transport::control();
        let (sessions, writer) = (Sessions::default(), Writer::start(test.hub.clone()));
        let store = PeerStore::new(test.hub.clone(), [7; 32], sessions, writer, handle);
        let peer = Peer {
            credential: Credential::Device(device.chain.clone()),
            key: device.key.public(),
            store: Some([1; 16]),
            join: None,
            join_code: None,
        };
        match store.authorize(&peer) {
            Authorization::Accepted(standing) => (store, standing),
            Authorization::Refused(_) | Authorization::Revoked(_) => panic!("it is let in"),
        }
    }

    // C3, N1: a sibling's floor is in the store, and has emptied an entry, before this session has looked: the entry waits.
    #[test]
    fn an_entry_that_a_floor_has_emptied_waits_until_the_floor_is_told() {
        let test = TestHub::new();
        let mut bergen = test.chapter("Bergen");
        let people = [("Kari", "kari@post.example"), ("Ola", "ola@post.example")];
        let people = people.map(|(given, email)| bergen.person(given, "Nordmann", email));
        for person in &people {
            let entry = bergen.entry(vec![person.first.clone()]);
            test.ingest(&bergen, vec![entry]).unwrap();
        }
        let (store, standing) = met(&test, &bergen);
        let scope = standing.scopes.into_iter().find(|scope| scope.zone == Zone::Shared.code()).unwrap();
        let request =
            ReadEntries { scope, held_by_peer: Default::default(), after: 0, changes: 100, bytes: 100_000 };
        assert_eq!(store.read_entries(&request).unwrap().entries.len(), 2);
        test.retire(&bergen, &[bergen.tombstone(&people[0].id, u32::MAX)]).unwrap();
        let held_back = store.read_entries(&request).unwrap();
        assert_eq!((held_back.entries.len(), held_back.arrival, held_back.more), (0, 0, false));
        let told = store.read_retired(standing.retired_arrival).unwrap();
        assert_eq!(told.tombstones.len(), 1);
        assert!(
            store.read_entries(&request).unwrap().entries.len() >= 2,
            "and the receipt, once it is signed"
        );
    }

    // C1, C4, T20: a sealed body that one computer's disk had lost is taken from the other; what anybody could read is not,
    // whatever an entry promises.
    #[test]
    fn a_sealed_body_that_came_without_is_taken_from_who_has_it() {
        let test = TestHub::new();
        let bergen = test.chapter("Bergen");
        let log = LogId { zone: Zone::Chapter.code(), ..bergen.log() };
        let change = |document: u8, body: Body| Change {
            kind: ChangeKind::Automerge,
            document: [document; 16],
            generation: Generation { number: 0, random: 7 },
            body,
        };
        let (sealed, open) = (change(5, Body::Sealed(vec![9; 300])), change(6, Body::Open(vec![9; 300])));
        let without = |change: &Change| Change {
            body: Body::Absent { commitment: change.commitment(&log) },
            ..change.clone()
        };
        let now = test.hub.now().timestamp();
        let entry = Entry::sign(log, None, now, vec![without(&sealed), without(&open)], &bergen.key);
        let taken = test.ingest(&bergen, vec![verify(entry, |_| None).unwrap()]).unwrap();
        assert_eq!(taken.refused, 0);

        let (store, standing) = met(&test, &bergen);
        let scope = standing.scopes.into_iter().find(|scope| scope.zone == Zone::Chapter.code()).unwrap();
        let (filled, _) = store.fill(&scope, vec![open.clone(), sealed.clone()], &[]).unwrap();
        assert_eq!(filled, 1);
        let read = |document: [u8; 16]| {
            let body = move |tx: &Transaction<'_>| {
                tx.query_row("SELECT body FROM changes WHERE document = ?1", [document], |row| row.get(0))
                    .map_err(StoreError::from)
            };
            test.hub.database().read::<Option<Vec<u8>>, StoreError>(body).unwrap()
        };
        assert_eq!((read(open.document), read(sealed.document)), (None, Some(vec![9; 300])));
        assert_eq!(store.fill(&scope, vec![sealed], &[]).unwrap().0, 0, "it is there");
    }
}
