//! Sessions with the chapters' devices: one per device, over QUIC, open as long as both are.
//!
//! A slow device harms nobody: a session holds a bounded window of batches, its batches wait in one bounded queue with
//! everybody else's (`writer.rs`), and no transaction lives while the network is waited for. Nor does who is no device:
//! strangers have seats of their own (`seats.rs`), and leave them for others. While more comes in than can be stored, who
//! dials anew is told to come back.

mod exchange;
mod keeper;
mod peer;
mod seats;
#[cfg(test)]
mod tests;
mod writer;

use std::collections::{HashMap, HashSet};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use helhet_protocol::identity::{KeyPair, Signed};
use helhet_protocol::log::Revocation;
use helhet_protocol::session::{Config as SessionConfig, Session};
use helhet_protocol::transport::{self, EndpointError, Handle, Link};
use helhet_protocol::v1::{CloseCode, Credential};
use helhet_shared::sqlite::Id;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::hub::Hub;
use peer::PeerStore;
use seats::{STRANGERS_MAX, Seat, Seats};
use writer::Writer;

/// Sessions at once; a device that finds the hub full tries again soon.
const SESSIONS_MAX: usize = 2_000;
/// Who has not said an acceptable hello by then leaves room for others.
const HELLO_PATIENCE: std::time::Duration = std::time::Duration::from_secs(20);
/// How long the last words to those who are still there may take to leave.
const GOODBYE_PATIENCE: std::time::Duration = std::time::Duration::from_secs(1);

/// The listener and everything behind it. Dropping it ends all sessions.
pub struct Sync {
    address: SocketAddr,
    endpoint: transport::Endpoint,
    sessions: Sessions,
    accepting: JoinHandle<()>,
    keeper: keeper::Keeper,
}

impl std::fmt::Debug for Sync {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sync").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Sync {
    /// Opens the port and takes sessions in.
    pub fn start(hub: &Hub, address: SocketAddr) -> Result<Self, EndpointError> {
        let key: &KeyPair = &hub.office().key;
        let endpoint = transport::listening_endpoint(key, address)?;
        let address = endpoint.local_addr()?;
        let sessions = Sessions::default();
        let writer = Writer::start(hub.clone());
        let keeper = keeper::Keeper::start(hub.clone(), sessions.clone());
        let accepting = tokio::spawn(accept(hub.clone(), endpoint.clone(), sessions.clone(), writer));
        Ok(Self { address, endpoint, sessions, accepting, keeper })
    }

    /// Where the hub listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// How many devices are connected, by hello.
    pub fn connected(&self) -> usize {
        self.sessions.lock().len()
    }

    /// Counts them, for who outlives a borrow of this.
    pub fn counter(&self) -> impl Fn() -> usize + Clone + Send + std::marker::Sync + 'static {
        let sessions = self.sessions.clone();
        move || sessions.lock().len()
    }

    /// Says goodbye to all and waits a moment for the last words.
    pub async fn stop(self) {
        for session in self.sessions.lock().values() {
            session.handle.close(CloseCode::GoingAway);
        }
        self.accepting.abort();
        let _ = tokio::time::timeout(std::time::Duration::from_secs(2), self.sessions.emptied()).await;
        self.endpoint.close(u32::from(CloseCode::GoingAway.number()).into(), &[]);
        self.keeper.stop();
        // The words are on their way only when the endpoint has sent them; without them a device waits out its idle time.
        let _ = tokio::time::timeout(GOODBYE_PATIENCE, self.endpoint.wait_idle()).await;
    }
}

async fn accept(hub: Hub, endpoint: transport::Endpoint, sessions: Sessions, writer: Writer) {
    let permits = Arc::new(tokio::sync::Semaphore::new(SESSIONS_MAX + STRANGERS_MAX));
    let seats = Seats::default();
    while let Some(incoming) = endpoint.accept().await {
        if seats.are_half_taken() && incoming.may_retry() {
            // Costs who is really there one round trip, and who made its address up its seat.
            let _ = incoming.retry();
            continue;
        }
        let Ok(permit) = permits.clone().try_acquire_owned() else {
            incoming.refuse();
            continue;
        };
        let (hub, sessions, writer) = (hub.clone(), sessions.clone(), writer.clone());
        let (seat, mut asked_to_leave) = seats.take(incoming.remote_address().ip());
        tokio::spawn(async move {
            let link = tokio::select! {
                link = transport::accept(incoming) => link,
                Ok(()) = &mut asked_to_leave => return,
            };
            match link {
                Ok(link) if writer.is_overrun() => {
                    tracing::warn!(
                        device = link.peer_key.fingerprint(),
                        "more comes in than can be stored: told to come back"
                    );
                    link.refuse(CloseCode::Busy);
                }
                Ok(link) => converse(hub, link, (seat, asked_to_leave), sessions, writer).await,
                Err(error) => tracing::debug!(%error, "a connection came to nothing"),
            }
            drop(permit);
        });
    }
}

async fn converse(
    hub: Hub,
    link: Link,
    (seat, asked_to_leave): (Seat, oneshot::Receiver<()>),
    sessions: Sessions,
    writer: Writer,
) {
    let office = hub.office();
    let session = Session::new(SessionConfig {
        credential: Credential::Hub(office.chain.clone()),
        store: office.store_id,
        peer_key: link.peer_key,
        exporter: link.exporter,
        opening: None,
    });
    let (handle, control) = transport::control();
    let impatient = handle.clone();
    let store = Arc::new(PeerStore::new(hub.clone(), link.exporter, sessions.clone(), writer, handle));
    let device = link.peer_key;
    sessions.wait_outside(store.number(), seat);
    let mut running = std::pin::pin!(link.run(session, store.clone(), control));
    let report = tokio::select! {
        report = &mut running => report,
        () = tokio::time::sleep(HELLO_PATIENCE) => {
            if !store.is_admitted() {
                impatient.close(CloseCode::Unexpected);
            }
            running.await
        }
        Ok(()) = asked_to_leave => {
            if !store.is_admitted() {
                impatient.close(CloseCode::Busy);
            }
            running.await
        }
    };
    sessions.leave(&device.0, store.number());
    let end = report.ended.as_ref().map_or_else(ToString::to_string, |outcome| outcome.code.to_string());
    tracing::info!(
        device = device.fingerprint(),
        end,
        entries_in = report.counts.entries_in,
        entries_out = report.counts.entries_out,
        refused = report.counts.refused,
        "a session ended"
    );
}

/// The sessions whose hello was accepted, by device.
#[derive(Clone, Default)]
struct Sessions(Arc<SessionTable>);

#[derive(Default)]
struct SessionTable {
    by_device: Mutex<HashMap<[u8; 32], Connected>>,
    /// The seats of those whose hello was not accepted yet, by session.
    outside: Mutex<HashMap<u64, Seat>>,
    left: tokio::sync::Notify,
}

struct Connected {
    chapter: Id,
    number: u64,
    handle: Handle,
}

impl Sessions {
    fn lock(&self) -> MutexGuard<'_, HashMap<[u8; 32], Connected>> {
        self.0.by_device.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn outside(&self) -> MutexGuard<'_, HashMap<u64, Seat>> {
        self.0.outside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a stranger's seat until it is let in or leaves.
    fn wait_outside(&self, number: u64, seat: Seat) {
        self.outside().insert(number, seat);
    }

    /// A device has one session: the newest. The older one is a connection that broke unnoticed.
    fn enter(&self, device: [u8; 32], connected: Connected) {
        self.outside().remove(&connected.number);
        if let Some(older) = self.lock().insert(device, connected) {
            older.handle.close(CloseCode::GoingAway);
        }
    }

    fn leave(&self, device: &[u8; 32], number: u64) {
        self.outside().remove(&number);
        let mut sessions = self.lock();
        if sessions.get(device).is_some_and(|session| session.number == number) {
            sessions.remove(device);
        }
        drop(sessions);
        self.0.left.notify_waiters();
    }

    async fn emptied(&self) {
        loop {
            let left = self.0.left.notified();
            if self.lock().is_empty() {
                return;
            }
            left.await;
        }
    }

    /// A device is its chapter's no longer: it hears so, and nothing after it.
    fn put_out(&self, revocation: &Signed<Revocation>) {
        let Ok(device) = revocation.unverified().map(|revocation| revocation.device) else { return };
        if let Some(session) = self.lock().get(&device.0) {
            session.handle.revoke(revocation.clone());
        }
    }

    /// Wakes the sessions of a chapter that has several: what one device brought is the others'.
    fn wake_siblings(&self, chapter: &Id) {
        let sessions = self.lock();
        if sessions.values().filter(|session| session.chapter == *chapter).nth(1).is_some() {
            sessions
                .values()
                .filter(|session| session.chapter == *chapter)
                .for_each(|session| session.handle.wake());
        }
    }

    /// Whether any chapter has several devices here.
    fn has_siblings(&self) -> bool {
        let mut seen = HashSet::new();
        self.lock().values().any(|session| !seen.insert(session.chapter))
    }

    /// Wakes the sessions of a chapter; of all, without one.
    fn wake(&self, chapter: Option<&Id>) {
        for session in self.lock().values() {
            if chapter.is_none_or(|chapter| session.chapter == *chapter) {
                session.handle.wake();
            }
        }
    }
}
