//! Who comes to the hub's port without being one of its chapters' devices: noise, garbage, those who ask and read no
//! answer, and thousands who say nothing. Chapters sync meanwhile as ever (C2, C8, C9).

use std::net::{SocketAddr, UdpSocket};
use std::sync::Arc;

use futures_util::StreamExt as _;
use helhet_protocol::frame;
use helhet_protocol::identity::KeyPair;
use helhet_protocol::transport::{self, Endpoint, tls};
use helhet_protocol::v1::{Introduction, Message};
use helhet_tests::people::people;
use helhet_tests::process::{Installation, Town, wait_until};
use helhet_tests::running::peak_memory;
use helhet_tests::{checkers, logs};
use quinn::crypto::rustls::QuicClientConfig;
use quinn::{ClientConfig, Connection, TransportConfig, VarInt};
use rand::rngs::StdRng;
use rand::{Rng as _, RngExt as _, SeedableRng as _};
use tokio::runtime::Runtime;

use crate::list::{emails, list_of};

/// What the hub may need for strangers, in bytes.
const FOR_STRANGERS: u64 = 400 << 20;
/// More than the hub has seats.
const CROWD: usize = 2_200;

/// Many strangers, each with a connection; all gone when dropped.
struct Strangers {
    connections: Vec<Connection>,
    _endpoint: Endpoint,
    runtime: Runtime,
}

impl Strangers {
    /// So many come in; fewer where the hub lets no more in. `reading` is whether they take what is said to them.
    fn come(hub: SocketAddr, count: usize, reading: bool) -> Self {
        let runtime = Runtime::new().unwrap();
        let key = KeyPair::generate(&mut rand::rng());
        let endpoint = runtime.block_on(async {
            let mut endpoint = transport::dialling_endpoint(&key, hub).unwrap();
            if !reading {
                endpoint.set_default_client_config(without_credit(&key));
            }
            endpoint
        });
        let dialling = endpoint.clone();
        let connections = runtime.block_on(async move {
            let come = (0..count).map(|_| {
                let connecting = dialling.connect(hub, "helhet.invalid").unwrap();
                async move { connecting.await.ok() }
            });
            futures_util::stream::iter(come)
                .buffer_unordered(64)
                .filter_map(std::future::ready)
                .collect()
                .await
        });
        Self { connections, _endpoint: endpoint, runtime }
    }

    /// Each opens its stream and says this, however often the hub lets it.
    fn say(&self, words: Vec<u8>, times: usize) {
        let words: Arc<[u8]> = words.into();
        for connection in &self.connections {
            let (connection, words) = (connection.clone(), words.clone());
            self.runtime.spawn(async move {
                let Ok((mut send, _receive)) = connection.open_bi().await else { return };
                for _ in 0..times {
                    if send.write_all(&words).await.is_err() {
                        return;
                    }
                }
                connection.closed().await;
            });
        }
    }

    fn still_there(&self) -> usize {
        self.connections.iter().filter(|connection| connection.close_reason().is_none()).count()
    }
}

/// Nothing may be sent to who uses this.
fn without_credit(key: &KeyPair) -> ClientConfig {
    let tls = QuicClientConfig::try_from(tls::client_config(key).unwrap()).unwrap();
    let mut transport = TransportConfig::default();
    transport.stream_receive_window(VarInt::from_u32(0));
    let mut config = ClientConfig::new(Arc::new(tls));
    config.transport_config(Arc::new(transport));
    config
}

fn introduction() -> Vec<u8> {
    frame::encode(&Message::Introduction(Introduction {})).unwrap()
}

/// Things that no device of a chapter says.
fn garbage(rng: &mut StdRng) -> Vec<(Vec<u8>, usize)> {
    let mut noise = vec![0; 4096];
    rng.fill_bytes(&mut noise);
    let bomb = zstd::encode_all(vec![0; 64 << 20].as_slice(), 19).unwrap();
    let length = u32::try_from(bomb.len() + 1).unwrap().to_be_bytes();
    let bomb = [&length[..], &[5], &bomb].concat();
    // Types from 128 are ignored, so this is never wrong.
    let ignored = [&1001_u32.to_be_bytes()[..], &[200], &[0; 1000]].concat();
    vec![
        (noise, 200),
        (u32::MAX.to_be_bytes().to_vec(), 1),
        // The beginning of the largest frame that there may be, and no more.
        ([&(2_u32 << 20).to_be_bytes()[..], &[5]].concat(), 1),
        (bomb, 1),
        (ignored, 4_000),
        (introduction(), 3),
    ]
}

fn noise_at_the_port(hub: SocketAddr, rng: &mut StdRng) {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    for _ in 0..3_000 {
        let mut packet = vec![0; rng.random_range(0..1400)];
        rng.fill_bytes(&mut packet);
        // Half of them look like the first packet of a connection.
        if let Some(head) = packet.get_mut(..5)
            && rng.random_bool(0.5)
        {
            head.copy_from_slice(&[0xc3, 0, 0, 0, 1]);
        }
        let _ = socket.send_to(&packet, hub);
    }
}

/// `upto` is how long the chapter's list has become.
fn a_chapter_syncs_as_ever(town: &Town, node: &Installation, upto: u32) {
    node.run(&["import", &list_of(town, &people(70, upto))]).done();
    node.run(&["sync"]).done();
    logs::are_the_same(node, &town.hub);
    assert_eq!(emails(&town.hub), emails(node));
    assert!(town.hub.answers());
}

// C8, C9
#[test]
fn noise_garbage_and_ears_that_are_shut_harm_no_chapter() {
    let town = Town::new();
    let node = town.chapter("Bergen");
    let hub = town.hub.quic_address();
    let mut rng = StdRng::seed_from_u64(8);
    let before = peak_memory(town.hub.process().unwrap());

    noise_at_the_port(hub, &mut rng);
    a_chapter_syncs_as_ever(&town, &node, 20);
    let loud: Vec<Strangers> = garbage(&mut rng)
        .into_iter()
        .map(|(words, times)| {
            let strangers = Strangers::come(hub, 10, true);
            strangers.say(words, times);
            strangers
        })
        .collect();
    let deaf = Strangers::come(hub, 50, false);
    deaf.say(introduction(), 2);
    a_chapter_syncs_as_ever(&town, &node, 40);
    wait_until("the hub has shown all of them the door", || {
        loud.iter().chain([&deaf]).all(|strangers| strangers.still_there() == 0)
    });
    a_chapter_syncs_as_ever(&town, &node, 60);
    checkers::sync_until_quiet(&node);
    checkers::all_are_in_step(&town.hub, &[&node]);
    let needed = peak_memory(town.hub.process().unwrap()) - before;
    assert!(needed < FOR_STRANGERS, "the hub needed {needed} bytes more");
}

// C8, C9
#[test]
fn a_crowd_that_says_nothing_leaves_room_for_a_chapter() {
    let town = Town::new();
    let node = town.chapter("Bergen");
    let mut live = town.chapter("Oslo");
    live.serve();
    let crowd = Strangers::come(town.hub.quic_address(), CROWD, true);
    assert!(!crowd.connections.is_empty());
    a_chapter_syncs_as_ever(&town, &node, 20);
    wait_until("the hub has shown all of them the door", || crowd.still_there() == 0);
    // Who was connected before still is, or is again.
    live.run(&["import", &list_of(&town, &people(74, 20))]).done();
    live.run(&["sync"]).done();
    live.stop();
    checkers::sync_until_quiet(&live);
    checkers::sync_until_quiet(&node);
    checkers::all_are_in_step(&town.hub, &[&node, &live]);
}
