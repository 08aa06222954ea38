//! Sessions over real QUIC on loopback.

use std::net::{Ipv4Addr, SocketAddr};

use quinn::VarInt;

use super::*;
use crate::memory_store::{Answer, MemoryStore, credential};
use crate::session::{Config, Opening};
use crate::transport::{accept, connect, dialling_endpoint, listening_endpoint};

struct Ends {
    node: Arc<MemoryStore>,
    hub: Arc<MemoryStore>,
    endpoint: quinn::Endpoint,
    address: SocketAddr,
}

impl Ends {
    fn new() -> Self {
        let (node, hub) = (Arc::new(MemoryStore::new(1)), Arc::new(MemoryStore::new(2)));
        let endpoint = listening_endpoint(&hub.key, (Ipv4Addr::LOCALHOST, 0).into()).unwrap();
        let address = endpoint.local_addr().unwrap();
        Self { node, hub, endpoint, address }
    }

    /// Runs one session; `hub_handle` and `node_handle` speak to it.
    fn start(&self) -> (tokio::task::JoinHandle<Report>, tokio::task::JoinHandle<Report>, Handle, Handle) {
        let (node_handle, node_control) = control();
        let (hub_handle, hub_control) = control();
        let (endpoint, hub) = (self.endpoint.clone(), self.hub.clone());
        let hub = tokio::spawn(async move {
            let link = accept(endpoint.accept().await.unwrap()).await.unwrap();
            let session = Session::new(config(&hub, &link, None));
            link.run(session, hub, hub_control).await
        });
        let (address, node) = (self.address, self.node.clone());
        let node = tokio::spawn(async move {
            // One for each: what comes is known by its socket, also to a connection that is still ending.
            let dialling = dialling_endpoint(&node.key, address).unwrap();
            let link = connect(&dialling, address).await.unwrap();
            let opening =
                Opening { peer_is_known: true, join: None, search: None, standing: node.standing() };
            let session = Session::new(config(&node, &link, Some(opening)));
            link.run(session, node, node_control).await
        });
        (node, hub, node_handle, hub_handle)
    }

    async fn sync(&self) -> (Report, Report) {
        self.node.inner().next = Next::Close;
        let (node, hub, _node_handle, _hub_handle) = self.start();
        (node.await.unwrap(), hub.await.unwrap())
    }
}

fn config(store: &MemoryStore, link: &Link, opening: Option<Opening>) -> Config {
    Config {
        credential: credential(store.key.public()),
        store: [0; 16],
        peer_key: link.peer_key,
        exporter: link.exporter,
        opening,
    }
}

async fn until(condition: impl Fn() -> bool) {
    let waiting = async {
        while !condition() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), waiting).await.expect("it happens");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_pass_brings_both_in_step_and_an_idle_one_costs_little() {
    let ends = Ends::new();
    (0..50).for_each(|_| ends.node.write_many(&[1; 200], 100));
    ends.hub.write(b"h");
    let (node, hub) = ends.sync().await;
    assert_eq!((node.code(), hub.code()), (Some(CloseCode::Done), Some(CloseCode::Done)));
    assert_eq!((node.counts.changes_out, node.counts.changes_in), (5000, 1));
    assert_eq!(ends.node.inner().entries.len(), ends.hub.inner().entries.len());
    let began = std::time::Instant::now();
    let (node, _) = ends.sync().await;
    println!("idle: {:?} with a new connection", began.elapsed());
    assert_eq!(node.counts.round_trips, 1);
    let Traffic { bytes_out, bytes_in, handshake_bytes } = node.traffic;
    println!("idle: {bytes_out} out, {bytes_in} in, {handshake_bytes} for the handshake");
    assert!(bytes_out + bytes_in < 2_500 && handshake_bytes < 6_000, "{:?}", node.traffic);
}

// N16
#[tokio::test(flavor = "multi_thread")]
async fn who_asks_is_answered_when_all_is_there_and_not_by_a_session_that_ends() {
    let ends = Ends::new();
    let (node, hub, node_handle, hub_handle) = ends.start();
    for number in 1..=20 {
        ends.node.write(b"n");
        node_handle.ask().await.unwrap();
        assert_eq!(ends.hub.inner().entries.len(), number, "the question goes behind what is new");
    }
    ends.node.inner().next = Next::Again;
    let mut asked = node_handle.ask();
    let early = tokio::time::timeout(Duration::from_millis(200), &mut asked).await;
    assert!(early.is_err(), "something has turned up, and the session is to look");
    ends.node.inner().next = Next::Stay;
    node_handle.wake();
    asked.await.unwrap();
    ends.node.inner().next = Next::Again;
    let asked = node_handle.ask();
    hub_handle.close(CloseCode::GoingAway);
    assert!(asked.await.is_err());
    assert!(node.await.unwrap().ended.is_ok() | hub.await.unwrap().ended.is_ok());
    assert!(node_handle.ask().await.is_err(), "nobody is there any more");
}

#[tokio::test(flavor = "multi_thread")]
async fn new_entries_are_pushed_while_the_session_is_open() {
    let ends = Ends::new();
    let (node, hub, node_handle, hub_handle) = ends.start();
    for _ in 0..5 {
        ends.node.write(b"n");
        node_handle.wake();
        ends.hub.write(b"h");
        hub_handle.wake();
        until(|| ends.node.inner().entries.len() == ends.hub.inner().entries.len()).await;
    }
    until(|| ends.node.inner().entries.len() == 10).await;
    node_handle.close(CloseCode::GoingAway);
    assert_eq!(node.await.unwrap().code(), Some(CloseCode::GoingAway));
    assert_eq!(hub.await.unwrap().code(), Some(CloseCode::GoingAway));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_arrives_with_its_code() {
    let ends = Ends::new();
    ends.hub.inner().answer = Answer::Refuse(CloseCode::CertificateExpired);
    let (node, hub) = ends.sync().await;
    assert_eq!(node.code(), Some(CloseCode::CertificateExpired));
    assert_eq!(hub.code(), Some(CloseCode::CertificateExpired));
    assert_eq!(ends.hub.inner().peers[0].key, ends.node.key.public());
}

/// Both sides have more to send than all windows hold: neither waits for the other for ever.
#[tokio::test(flavor = "multi_thread")]
async fn two_full_stores_do_not_block_each_other() {
    let ends = Ends::new();
    for round in 0..60u8 {
        let body: Vec<u8> = (0..10_000u32)
            .flat_map(|n| n.wrapping_mul(u32::from(round + 1)).wrapping_mul(2_654_435_761).to_be_bytes())
            .collect();
        ends.node.write_many(&body, 10);
        ends.hub.write_many(&body, 10);
    }
    let (node, _) = ends.sync().await;
    assert_eq!((node.counts.changes_out, node.counts.changes_in), (600, 600));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_session_is_taken_up_from_the_positions() {
    let ends = Ends::new();
    (0..30).for_each(|_| ends.node.write_many(&[1; 300], 200));
    let (node, hub, _node_handle, _hub_handle) = ends.start();
    until(|| ends.hub.inner().entries.len() > 3).await;
    node.abort();
    let _ = node.await;
    drop(hub.await);
    let (report, _) = ends.sync().await;
    assert_eq!(report.code(), Some(CloseCode::Done));
    assert_eq!(ends.hub.inner().entries.len(), 30);
}

/// A peer that gives no credit on its stream holds no seat: the last words are waited for, and not for ever.
#[tokio::test(flavor = "multi_thread")]
async fn a_peer_that_never_reads_is_left() {
    let ends = Ends::new();
    let (_handle, hub_control) = control();
    let (endpoint, hub) = (ends.endpoint.clone(), ends.hub.clone());
    let hub = tokio::spawn(async move {
        let link = accept(endpoint.accept().await.unwrap()).await.unwrap();
        let session = Session::new(config(&hub, &link, None));
        link.run(session, hub, hub_control).await
    });
    let tls = crate::transport::tls::client_config(&ends.node.key).unwrap();
    let tls = quinn::crypto::rustls::QuicClientConfig::try_from(tls).unwrap();
    let mut no_credit = quinn::TransportConfig::default();
    no_credit.stream_receive_window(VarInt::from_u32(0));
    let mut dialling = quinn::ClientConfig::new(Arc::new(tls));
    dialling.transport_config(Arc::new(no_credit));
    let mut endpoint = dialling_endpoint(&ends.node.key, ends.address).unwrap();
    endpoint.set_default_client_config(dialling);
    let mut link = connect(&endpoint, ends.address).await.unwrap();
    let introduction = frame::encode(&Message::Introduction(crate::v1::Introduction {})).unwrap();
    link.send.write_all(&introduction).await.unwrap();
    link.send.write_all(&introduction).await.unwrap();
    let report = tokio::time::timeout(LAST_WORDS * 6, hub).await.expect("the seat is free again").unwrap();
    assert_eq!(report.code(), Some(CloseCode::Unexpected));
}

/// T20: a hub that was killed and is back says that it knows the connection no more, instead of letting the node wait.
#[test]
fn a_hub_that_is_back_ends_the_sessions_of_its_former_life() {
    let hub_runtime = tokio::runtime::Runtime::new().unwrap();
    let hub = Arc::new(MemoryStore::new(2));
    let endpoint = hub_runtime
        .block_on(async { listening_endpoint(&hub.key, (Ipv4Addr::LOCALHOST, 0).into()) })
        .unwrap();
    let address = endpoint.local_addr().unwrap();
    let accepting = endpoint.clone();
    hub_runtime.spawn(async move {
        let link = accept(accepting.accept().await.unwrap()).await.unwrap();
        std::future::pending::<()>().await;
        drop(link);
    });
    let node_runtime = tokio::runtime::Runtime::new().unwrap();
    node_runtime.block_on(async {
        let node = Arc::new(MemoryStore::new(1));
        let dialling = dialling_endpoint(&node.key, address).unwrap();
        let mut link = connect(&dialling, address).await.unwrap();
        link.send.write_all(b"first").await.unwrap();
        // Killed: nobody is told.
        hub_runtime.shutdown_background();
        drop(endpoint);
        let _again = loop {
            match listening_endpoint(&hub.key, address) {
                Ok(endpoint) => break endpoint,
                Err(_) => tokio::time::sleep(Duration::from_millis(5)).await,
            }
        };
        link.send.write_all(b"second").await.unwrap();
        let ended = tokio::time::timeout(Duration::from_secs(20), link.connection.closed()).await;
        assert_eq!(ended.expect("sooner than silence would tell"), quinn::ConnectionError::Reset);
    });
}
