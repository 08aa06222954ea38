//! An ear at the office's address: it has the hub's key, takes what a chapter's program sends, and keeps every byte of it
//! as it was after decryption. What the hub would refuse or drop, the ear has heard.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use helhet_hub::{Config as HubConfig, Hub};
use helhet_protocol::log::{Body, Change, LogId, Position};
use helhet_protocol::session::{
    Authorization, Authors, Batch, Comparison, Config, Missing, Peer, ReadEntries, RetiredRows, Scope,
    Session, Standing,
};
use helhet_protocol::transport::{self, EntriesRead, Next, Notice, Store};
use helhet_protocol::v1::compare::Short;
use helhet_protocol::v1::{CloseCode, Credential, Fork};
use helhet_shared::clock::SystemClock;
use helhet_shared::zone::Zone;
use tokio::runtime::Runtime;

/// Listens until dropped.
pub struct Ear {
    heard: Heard,
    _runtime: Runtime,
}

impl std::fmt::Debug for Ear {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ear").finish_non_exhaustive()
    }
}

#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<u8>>>);

impl Heard {
    fn add(&self, bytes: &[u8]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
    }
}

impl Ear {
    /// Takes the place of the hub of this folder, which must not be serving, at its address.
    pub fn in_place_of(hub: &Path, address: SocketAddr) -> Self {
        let config = HubConfig { data: hub.to_owned(), clock: Arc::new(SystemClock) };
        let office = Hub::open(&config).expect("the hub's folder opens").office().clone();
        let heard = Heard::default();
        let runtime = Runtime::new().expect("a runtime starts");
        let kept = heard.clone();
        let endpoint = {
            let _inside = runtime.enter();
            transport::listening_endpoint(&office.key, address).expect("the hub's port is free")
        };
        runtime.spawn(async move {
            while let Some(incoming) = endpoint.accept().await {
                let Ok(link) = transport::accept(incoming).await else { continue };
                let session = Session::new(Config {
                    credential: Credential::Hub(office.chain.clone()),
                    store: office.store_id,
                    peer_key: link.peer_key,
                    exporter: link.exporter,
                    opening: None,
                });
                let (_handle, control) = transport::control();
                link.run(session, Arc::new(kept.clone()), control).await;
            }
        });
        Self { heard, _runtime: runtime }
    }

    /// Every byte that arrived and was not of the protocol's own making: who speaks, what is retired, heads and bodies.
    pub fn heard(&self) -> Vec<u8> {
        self.heard.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Store for Heard {
    fn authorize(&self, peer: &Peer) -> Authorization {
        let Credential::Device(chain) = &peer.credential else {
            return Authorization::Refused(CloseCode::Unexpected);
        };
        self.add(&chain.to_bytes());
        let Ok(chapter) = chain.claimed_chapter() else {
            return Authorization::Refused(CloseCode::Unexpected);
        };
        // Every zone is welcome: what is not for the office must not even be offered.
        let zones = [Zone::Shared, Zone::Chapter, Zone::Confidential];
        let scopes =
            zones.map(|zone| Scope { zone: zone.code(), chapter, sends: false, takes: Authors::Any });
        Authorization::Accepted(Standing { scopes: scopes.into(), ..Standing::default() })
    }

    fn read_retired(&self, _after: u64) -> Result<RetiredRows, CloseCode> {
        Ok(RetiredRows::default())
    }

    fn store_retired(&self, rows: RetiredRows) -> Result<(), CloseCode> {
        rows.tombstones.iter().for_each(|tombstone| self.add(&tombstone.to_bytes()));
        rows.revocations.iter().for_each(|revocation| self.add(&revocation.to_bytes()));
        rows.devices.iter().for_each(|device| self.add(&device.to_bytes()));
        Ok(())
    }

    fn compare(&self, _positions: &[Position]) -> Result<Comparison, CloseCode> {
        Ok(Comparison::default())
    }

    fn read_entries(&self, _request: &ReadEntries) -> Result<EntriesRead, CloseCode> {
        Ok(EntriesRead::default())
    }

    fn store(&self, batch: Batch) -> Result<u64, CloseCode> {
        for entry in batch.entries {
            let entry = entry.into_entry();
            self.add(&entry.signed.header);
            for change in entry.changes {
                if let Body::Open(body) | Body::Sealed(body) = change.body {
                    self.add(&body);
                }
            }
        }
        Ok(0)
    }

    fn acknowledged(&self, _positions: &[Position], _refused: u64) -> Result<(), CloseCode> {
        Ok(())
    }

    fn sample_log(&self, _log: &LogId) -> Result<Fork, CloseCode> {
        Err(CloseCode::Unexpected)
    }

    fn forked(&self, _fork: &Fork) -> Result<(), CloseCode> {
        Err(CloseCode::Fork)
    }

    fn standing(&self) -> Result<Standing, CloseCode> {
        Ok(Standing::default())
    }

    fn sums(&self, _: &Scope) -> Result<Vec<u8>, CloseCode> {
        Err(CloseCode::Unexpected)
    }

    fn differing(&self, _: &Scope, _: &[u8]) -> Result<(Vec<u8>, Vec<u8>), CloseCode> {
        Err(CloseCode::Unexpected)
    }

    fn missing(&self, _: &Scope, _: &[u8], _: &[u8]) -> Result<Missing, CloseCode> {
        Err(CloseCode::Unexpected)
    }

    fn fill(&self, _: &Scope, _: Vec<Change>, _: &[Short]) -> Result<(u64, Vec<Change>), CloseCode> {
        Err(CloseCode::Unexpected)
    }

    fn notice(&self, _notice: Notice) {}

    fn caught_up(&self) -> Next {
        Next::Stay
    }
}
