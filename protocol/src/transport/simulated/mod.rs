//! Sessions over quinn, and quinn over a network in memory whose time is tokio's paused one: forty-five seconds of
//! silence cost none.
//!
//! Time moves only when every task waits, and tokio holds it while a store call runs on its thread. So what a scenario
//! measures is the waiting for the network, and neither the disk nor the machine.
//!
//! `HELHET_SEEDS=500 cargo nextest run -p helhet-protocol simulated` runs as many seeds of each scenario;
//! `HELHET_SEED=7` runs one.

mod line;
mod network;
mod partings;
mod travels;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use quinn::{ConnectionError, Endpoint, EndpointConfig};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout};

use super::quic::{client_config, listening_endpoint_over};
use super::{Handle, Link, LinkError, Next, Report, accept, connect, control};
use crate::identity::PublicKey;
use crate::log::Position;
use crate::memory_store::{MemoryStore, credential};
use crate::session::{Config, Opening, Session};
use crate::v1::CloseCode;
use network::{Network, Weather};

const HUB: SocketAddr = address(1);
/// Nothing takes longer, or it would hang.
const FOR_EVER: Duration = Duration::from_secs(24 * 3600);

const fn address(last: u8) -> SocketAddr {
    SocketAddr::new(IpAddr::V4(Ipv4Addr::new(10, 0, 0, last)), 4433)
}

/// Runs a scenario for some seeds, each on a clock of its own, and names those that fail.
fn for_seeds<F: Future<Output = ()>>(scenario: impl Fn(u64) -> F) {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let seeds = match number("HELHET_SEED") {
        Some(seed) => seed..=seed,
        None => 1..=number("HELHET_SEEDS").unwrap_or(5),
    };
    let run = |seed: u64| {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = runtime.enable_all().start_paused(true).build().unwrap();
        let ended = runtime.block_on(async { timeout(FOR_EVER, scenario(seed)).await });
        ended.expect("no scenario hangs");
    };
    let failed: Vec<u64> =
        seeds.filter(|seed| catch_unwind(AssertUnwindSafe(|| run(*seed))).is_err()).collect();
    assert!(failed.is_empty(), "failing seeds, replay one with HELHET_SEED=N: {failed:?}");
}

/// The side that is dialled. It answers whoever comes, all from one store.
struct Hub {
    store: Arc<MemoryStore>,
    endpoint: Endpoint,
    /// Of the sessions, in the order in which they began.
    handles: Arc<Mutex<Vec<Handle>>>,
    ended: mpsc::UnboundedReceiver<Result<Report, LinkError>>,
}

impl Hub {
    fn new(network: &Arc<Network>) -> Self {
        let store = Arc::new(MemoryStore::new(200));
        let shown = store.key.public();
        Self::showing(network, store, shown)
    }

    /// Its credential is for this key.
    fn showing(network: &Arc<Network>, store: Arc<MemoryStore>, shown: PublicKey) -> Self {
        let endpoint = listening_endpoint_over(&store.key, network.socket(HUB)).unwrap();
        let handles = Arc::new(Mutex::new(Vec::new()));
        let (report, ended) = mpsc::unbounded_channel();
        let hub = Self { store: store.clone(), endpoint: endpoint.clone(), handles: handles.clone(), ended };
        tokio::spawn(async move {
            while let Some(incoming) = endpoint.accept().await {
                let (store, handles, report) = (store.clone(), handles.clone(), report.clone());
                tokio::spawn(async move {
                    let ended = match accept(incoming).await {
                        Ok(link) => {
                            let (handle, control) = control();
                            handles.lock().unwrap().push(handle);
                            let session = Session::new(config(shown, &link, None));
                            Ok(link.run(session, store, control).await)
                        }
                        Err(error) => Err(error),
                    };
                    let _ = report.send(ended);
                });
            }
        });
        hub
    }

    fn handle(&self) -> Handle {
        self.handles.lock().unwrap().last().unwrap().clone()
    }

    async fn ended(&mut self) -> Result<Report, LinkError> {
        self.ended.recv().await.unwrap()
    }

    fn entries(&self) -> usize {
        self.store.inner().entries.len()
    }
}

/// A side that dials.
#[derive(Clone)]
struct Node {
    store: Arc<MemoryStore>,
    endpoint: Endpoint,
    address: SocketAddr,
    knows_the_hub: bool,
}

impl Node {
    fn new(network: &Arc<Network>, number: u8) -> Self {
        let store = Arc::new(MemoryStore::new(number));
        let socket = network.socket(address(number));
        let runtime = Arc::new(quinn::TokioRuntime);
        let config = EndpointConfig::default();
        let mut endpoint = Endpoint::new_with_abstract_socket(config, None, socket, runtime).unwrap();
        endpoint.set_default_client_config(client_config(&store.key).unwrap());
        Self { store, endpoint, address: address(number), knows_the_hub: true }
    }

    /// Entries that do not compress.
    fn write(&self, network: &Network, entries: usize, bytes: usize) {
        for _ in 0..entries {
            self.store.write(&network.draw_bytes(bytes));
        }
    }

    /// Dials and runs a session that stays open.
    fn start(&self) -> (JoinHandle<Result<Report, LinkError>>, Handle) {
        let (handle, control) = control();
        let node = self.clone();
        let running = tokio::spawn(async move {
            let link = connect(&node.endpoint, HUB).await?;
            let standing = node.store.standing();
            let opening = Opening { peer_is_known: node.knows_the_hub, join: None, search: None, standing };
            let session = Session::new(config(node.store.key.public(), &link, Some(opening)));
            Ok(link.run(session, node.store, control).await)
        });
        (running, handle)
    }

    /// One pass.
    async fn sync(&self) -> Result<Report, LinkError> {
        self.store.inner().next = Next::Close;
        let (running, _handle) = self.start();
        running.await.unwrap()
    }

    fn entries(&self) -> usize {
        self.store.inner().entries.len()
    }
}

fn config(shown: PublicKey, link: &Link, opening: Option<Opening>) -> Config {
    Config {
        credential: credential(shown),
        store: [0; 16],
        peer_key: link.peer_key,
        exporter: link.exporter,
        opening,
    }
}

/// One of each, and what lies between.
fn ends(seed: u64, weather: Weather) -> (Arc<Network>, Node, Hub) {
    let network = Network::new(seed, weather);
    let (node, hub) = (Node::new(&network, 2), Hub::new(&network));
    (network, node, hub)
}

/// Every entry is here and there, in one order.
fn assert_same(node: &Node, hub: &Hub) {
    let positions = |store: &MemoryStore| -> Vec<Position> {
        store.inner().entries.iter().map(|(_, position)| *position).collect()
    };
    assert_eq!(positions(&node.store), positions(&hub.store));
}

async fn until(condition: impl Fn() -> bool) {
    let waiting = async {
        while !condition() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    timeout(seconds(900), waiting).await.expect("it happens");
}

/// What it was, and how long it took.
async fn timed<T>(future: impl Future<Output = T>) -> (T, Duration) {
    let began = Instant::now();
    (future.await, began.elapsed())
}

fn has_timed_out(ended: &Result<Report, LinkError>) -> bool {
    let error = match ended {
        Ok(Report { ended: Err(error), .. }) | Err(error) => error,
        Ok(_) => return false,
    };
    matches!(error, LinkError::Lost(ConnectionError::TimedOut))
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}
