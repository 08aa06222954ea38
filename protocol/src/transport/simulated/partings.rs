//! How sessions end, and what the other side hears of it.

use super::*;
use crate::identity::Signed;
use crate::log::Revocation;
use crate::memory_store::CHAPTER;
use crate::transport::Notice;

/// What the last words may take, see `drive`.
const LAST_WORDS: Duration = Duration::from_secs(3);

/// A session in which both have said all they had.
async fn in_step(node: &Node, hub: &Hub) -> (JoinHandle<Result<Report, LinkError>>, Handle) {
    let (running, handle) = node.start();
    until(|| node.entries() == hub.entries()).await;
    tokio::time::sleep(seconds(1)).await;
    (running, handle)
}

#[test]
fn a_peer_that_falls_silent_is_found_by_the_keep_alive_and_the_counts_stand() {
    for_seeds(async |seed| {
        let (network, node, mut hub) = ends(seed, Weather::default());
        node.write(&network, 3, 100);
        let (running, _handle) = in_step(&node, &hub).await;
        // Minutes in which nobody says anything are no silence.
        tokio::time::sleep(seconds(200 + network.draw(200))).await;
        assert!(!running.is_finished());
        network.set_everywhere(Weather::cut());
        let (report, took) = timed(running).await;
        let report = report.unwrap();
        assert!(has_timed_out(&report), "{report:?}");
        // Silence is counted from the first word that was not answered, and there is one every fifteen seconds.
        assert!(took >= seconds(44) && took < seconds(62), "{took:?}");
        let report = report.unwrap();
        assert_eq!((report.counts.entries_out, report.counts.entries_in), (3, 0));
        let report = hub.ended().await;
        assert!(has_timed_out(&report), "{report:?}");
        assert_eq!(report.unwrap().counts.entries_in, 3);
        tokio::time::sleep(seconds(10)).await;
        assert_eq!([&node.endpoint, &hub.endpoint].map(Endpoint::open_connections), [0, 0]);
    });
}

/// One lost datagram in seven is a bad line and no dead one: whoever is alive is not taken for gone.
#[test]
fn an_open_session_outlives_hours_on_a_bad_line_and_what_is_new_gets_through() {
    for_seeds(async |seed| {
        let (network, node, hub) = ends(seed, Weather::default());
        let (running, handle) = in_step(&node, &hub).await;
        network.set_everywhere(Weather { lost: 15, ..Weather::default() });
        for _ in 0..6 {
            tokio::time::sleep(seconds(900 + network.draw(300))).await;
            node.write(&network, 1, 5000);
            handle.wake();
            let (_, took) = timed(until(|| node.entries() == hub.entries())).await;
            assert!(took < seconds(20) && !running.is_finished(), "{took:?}");
        }
    });
}

#[test]
fn a_hub_with_another_key_than_the_pinned_one_learns_nothing() {
    for_seeds(async |seed| {
        let weather = Weather { lost: 10, ..Weather::default() };
        let (network, mut node, mut hub) = ends(seed, weather);
        node.knows_the_hub = false;
        node.write(&network, 3, 100);
        node.store.inner().answer = crate::memory_store::Answer::Refuse(CloseCode::OtherOffice);
        let report = loop {
            match node.sync().await {
                Ok(report) => break report,
                Err(error) => assert!(matches!(error, LinkError::NoAnswer), "{error:?}"),
            }
        };
        assert_eq!(report.code(), Some(CloseCode::OtherOffice));
        assert_eq!(node.store.inner().peers[0].key, hub.store.key.public());
        let ended = hub.ended().await;
        assert!(has_timed_out(&ended) || ended.unwrap().code() == Some(CloseCode::OtherOffice));
        assert!(hub.store.inner().peers.is_empty() && hub.entries() == 0);
    });
}

#[test]
fn a_certificate_for_another_key_than_the_one_of_the_connection_is_refused() {
    for_seeds(async |seed| {
        let network = Network::new(seed, Weather::default());
        let (mut node, store) = (Node::new(&network, 2), Arc::new(MemoryStore::new(66)));
        let of_the_real_hub = MemoryStore::new(200).key.public();
        let mut hub = Hub::showing(&network, store, of_the_real_hub);
        node.write(&network, 3, 100);
        node.knows_the_hub = seed % 2 == 0;
        assert_eq!(node.sync().await.unwrap().code(), Some(CloseCode::CertificateInvalid));
        assert_eq!(hub.ended().await.unwrap().code(), Some(CloseCode::CertificateInvalid));
        assert_eq!(hub.entries(), 0);
        assert!(node.store.inner().peers.is_empty(), "nobody was asked about it");
    });
}

#[test]
fn a_close_code_arrives_though_its_first_packets_are_lost() {
    for_seeds(async |seed| {
        let (network, node, mut hub) = ends(seed, Weather::default());
        let (running, handle) = in_step(&node, &hub).await;
        network.set_way(node.address, HUB, Weather::cut());
        handle.close(CloseCode::GoingAway);
        let heal = async {
            tokio::time::sleep(Duration::from_millis(network.draw(1200))).await;
            network.set_everywhere(Weather::default());
        };
        let (report, ()) = tokio::join!(timed(running), heal);
        assert_eq!(report.0.unwrap().unwrap().code(), Some(CloseCode::GoingAway));
        assert!(report.1 < LAST_WORDS, "{:?}", report.1);
        let (report, took) = timed(hub.ended()).await;
        let ended = report.unwrap().ended.unwrap();
        assert!(ended.by_peer && ended.code == CloseCode::GoingAway && took < seconds(1), "{ended:?}");
    });
}

/// What the last words were is then never known: silence ends it, no sooner and not much later.
#[test]
fn a_close_code_of_which_every_packet_is_lost_becomes_a_time_out() {
    for_seeds(async |seed| {
        let (network, node, mut hub) = ends(seed, Weather::default());
        let (running, handle) = in_step(&node, &hub).await;
        network.set_way(node.address, HUB, Weather::cut());
        handle.close(CloseCode::GoingAway);
        let (report, took) = timed(running).await;
        assert_eq!(report.unwrap().unwrap().code(), Some(CloseCode::GoingAway));
        assert!(took >= LAST_WORDS && took < LAST_WORDS + seconds(1), "{took:?}");
        let (report, took) = timed(hub.ended()).await;
        assert!(has_timed_out(&report), "{report:?}");
        assert!(took > seconds(30) && took < seconds(62), "{took:?}");
    });
}

/// The close was lost and the line is well again: who speaks to a connection that is no more is told so at once.
#[test]
fn who_speaks_to_a_side_that_has_closed_unheard_does_not_wait_for_silence() {
    for_seeds(async |seed| {
        let (network, node, mut hub) = ends(seed, Weather::default());
        let (running, node_handle) = in_step(&node, &hub).await;
        let hub_closes = seed % 2 == 0;
        let (from, to) = if hub_closes { (HUB, node.address) } else { (node.address, HUB) };
        network.set_way(from, to, Weather::cut());
        let (running, closing) = if hub_closes {
            hub.handle().close(CloseCode::GoingAway);
            (Some(running), hub.ended().await)
        } else {
            node_handle.close(CloseCode::GoingAway);
            (None, running.await.unwrap())
        };
        assert_eq!(closing.unwrap().code(), Some(CloseCode::GoingAway));
        tokio::time::sleep(Duration::from_millis(network.draw(3000))).await;
        network.set_everywhere(Weather::default());
        let (ended, took) = match running {
            Some(running) => {
                node.store.write(b"new");
                node_handle.wake();
                let (ended, took) = timed(running).await;
                (ended.unwrap(), took)
            }
            None => {
                hub.store.write(b"new");
                hub.handle().wake();
                timed(hub.ended()).await
            }
        };
        let report = ended.unwrap();
        let told = report.code() == Some(CloseCode::GoingAway)
            || matches!(report.ended, Err(LinkError::Lost(ConnectionError::Reset)));
        assert!(told && took < seconds(5), "{report:?} after {took:?}");
    });
}

/// A task that is dropped or panics lets go of its connection, and quinn's own word for that is our `done`.
#[test]
fn a_session_that_is_given_up_without_a_word_does_not_end_as_done() {
    for_seeds(async |seed| {
        let (network, node, mut hub) = ends(seed, Weather::default());
        node.write(&network, 24, 60_000);
        let (running, _handle) = node.start();
        until(|| hub.entries() > 3).await;
        running.abort();
        let (report, took) = timed(hub.ended()).await;
        assert_eq!(report.unwrap().code(), Some(CloseCode::GoingAway));
        assert!(took < seconds(1), "{took:?}");
    });
}

/// The proof has no second packet of its own: the close code alone would be a word without one.
#[test]
fn a_device_that_is_revoked_gets_the_proof_over_a_bad_line() {
    for_seeds(async |seed| {
        let (network, node, mut hub) = ends(seed, Weather::default());
        let (running, _handle) = in_step(&node, &hub).await;
        let device = node.store.key.public();
        let authority = hub.store.key.public();
        let revocation = Revocation { chapter: CHAPTER, device, last_accepted: vec![], time: 1, authority };
        network.set_way(HUB, node.address, Weather::cut());
        hub.handle().revoke(Signed::sign(&revocation, &hub.store.key));
        tokio::time::sleep(Duration::from_millis(network.draw(1200))).await;
        network.set_everywhere(Weather::default());
        assert_eq!(running.await.unwrap().unwrap().code(), Some(CloseCode::Revoked));
        assert_eq!(hub.ended().await.unwrap().code(), Some(CloseCode::Revoked));
        let notices = node.store.inner().notices.clone();
        assert!(matches!(notices.last(), Some(Notice::Revoked(_))), "{notices:?}");
    });
}
