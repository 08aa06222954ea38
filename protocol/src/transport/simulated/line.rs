//! Lines that lose, delay, double and cut: everything arrives once, or the end is in sight.

use super::*;

fn bad(lost: u32) -> Weather {
    Weather { lost, jitter: Duration::from_millis(30), ..Weather::default() }
}

#[test]
fn a_handshake_under_loss_succeeds_or_ends_after_ten_seconds_and_the_next_one_brings_all() {
    for_seeds(async |seed| {
        let (network, node, hub) = ends(seed, bad(30));
        node.write(&network, 3, 1000);
        let mut dials = 0;
        loop {
            dials += 1;
            let (ended, took) = timed(node.sync()).await;
            match ended {
                Ok(report) if report.code() == Some(CloseCode::Done) => break,
                // The hub gave up first: it may say so, or know nothing of the connection any more.
                Ok(report) => {
                    assert!(report.code().is_none_or(|code| code == CloseCode::Busy), "{report:?}");
                }
                Err(LinkError::NoAnswer) => assert_eq!(took.as_secs(), 10),
                Err(error) => panic!("{error:?}"),
            }
            assert!(dials < 5, "five dials come to nothing");
        }
        assert!(network.tally().lost > 0);
        assert_same(&node, &hub);
    });
}

#[test]
fn when_the_line_is_dead_one_way_dialling_ends_after_ten_seconds_and_nothing_is_left_behind() {
    for_seeds(async |seed| {
        for (from, to) in [(address(2), HUB), (HUB, address(2))] {
            let (network, node, mut hub) = ends(seed, Weather::default());
            network.set_way(from, to, Weather::cut());
            let (ended, took) = timed(node.sync()).await;
            assert!(matches!(ended, Err(LinkError::NoAnswer)), "{ended:?}");
            assert_eq!(took.as_secs(), 10);
            if to == node.address {
                let (ended, took) = timed(hub.ended()).await;
                assert!(ended.is_err() && took <= seconds(11), "{ended:?} after {took:?}");
            }
            tokio::time::sleep(seconds(30)).await;
            let open = [&node.endpoint, &hub.endpoint].map(Endpoint::open_connections);
            assert_eq!(open, [0, 0]);
        }
    });
}

/// The first few datagrams reach the hub and nothing after them: who dialled may believe that there is a connection.
#[test]
fn who_dialled_and_is_not_heard_any_more_is_not_told_that_all_is_done() {
    for_seeds(async |seed| {
        let (network, node, mut hub) = ends(seed, Weather::default());
        node.write(&network, 1, 100);
        network.set_way(node.address, HUB, Weather::cut_after(1 + seed % 5));
        let (ended, took) = timed(node.sync()).await;
        let code = ended.as_ref().ok().and_then(Report::code);
        assert!(code.is_none_or(|code| code == CloseCode::Busy), "{ended:?}");
        // The hub gives up when it has heard nothing for its idle time, and is heard until then.
        assert!(took < seconds(105), "{took:?}");
        let of_hub = hub.ended().await;
        assert!(of_hub.is_err() || has_timed_out(&of_hub), "{of_hub:?}");
        // QUIC keeps what it knows for a moment, to answer what comes late.
        tokio::time::sleep(seconds(5)).await;
        assert_eq!((hub.entries(), hub.endpoint.open_connections()), (0, 0));
    });
}

/// It keeps the connection alive and lets nobody say anything.
#[test]
fn dialling_a_side_that_grants_no_stream_ends_too() {
    for_seeds(async |seed| {
        let network = Network::new(seed, Weather::default());
        let (node, key) = (Node::new(&network, 2), MemoryStore::new(66).key);
        let endpoint = listening_endpoint_over(&key, network.socket(HUB)).unwrap();
        let tls = crate::transport::tls::server_config(&key).unwrap();
        let tls = quinn::crypto::rustls::QuicServerConfig::try_from(tls).unwrap();
        let mut granting_none = quinn::TransportConfig::default();
        granting_none.max_concurrent_bidi_streams(quinn::VarInt::from_u32(0));
        let mut server = quinn::ServerConfig::with_crypto(Arc::new(tls));
        server.transport_config(Arc::new(granting_none));
        endpoint.set_server_config(Some(server));
        let accepting = async { endpoint.accept().await.unwrap().await.unwrap() };
        let ((ended, took), _connection) = tokio::join!(timed(node.sync()), accepting);
        assert!(matches!(ended, Err(LinkError::NoAnswer)) && took < seconds(11), "{ended:?}, {took:?}");
    });
}

#[test]
fn a_cut_in_the_middle_that_heals_in_time_costs_nothing_but_time() {
    for_seeds(async |seed| {
        let (network, node, mut hub) = ends(seed, Weather::default());
        node.write(&network, 24, 60_000);
        node.store.inner().next = Next::Close;
        let (running, _handle) = node.start();
        until(|| hub.entries() > 3).await;
        let cut = Weather::cut();
        match network.draw(3) {
            0 => network.set_way(node.address, HUB, cut),
            1 => network.set_way(HUB, node.address, cut),
            _ => network.set_everywhere(cut),
        }
        tokio::time::sleep(Duration::from_millis(500 + network.draw(18_000))).await;
        assert!(hub.entries() < 24, "it was in the middle");
        network.set_everywhere(Weather::default());
        let report = running.await.unwrap().unwrap();
        assert_eq!(report.code(), Some(CloseCode::Done));
        assert_eq!((report.counts.entries_out, report.counts.entries_in), (24, 0));
        assert_eq!(hub.ended().await.unwrap().counts.entries_in, 24);
        assert_same(&node, &hub);
    });
}

#[test]
fn after_a_cut_beyond_the_limit_the_next_session_goes_on_from_the_positions() {
    for_seeds(async |seed| {
        let (network, node, mut hub) = ends(seed, Weather::default());
        node.write(&network, 24, 60_000);
        let (running, _handle) = node.start();
        let enough = 4 + network.draw(12) as usize;
        until(|| hub.entries() >= enough).await;
        network.set_everywhere(Weather::cut());
        let (report, took) = timed(running).await;
        let report = report.unwrap();
        assert!(has_timed_out(&report) && took < seconds(62), "{report:?} after {took:?}");
        let (report_of_hub, took) = timed(hub.ended()).await;
        assert!(has_timed_out(&report_of_hub) && took < seconds(62), "{report_of_hub:?} after {took:?}");
        let held = hub.entries() as u64;
        assert!(held < 24, "it was in the middle");
        assert_eq!(report_of_hub.unwrap().counts.entries_in, held);
        assert!(report.unwrap().counts.entries_out <= held);
        network.set_everywhere(Weather::default());
        let again = node.sync().await.unwrap();
        assert_eq!(again.code(), Some(CloseCode::Done));
        assert_eq!(again.counts.entries_out, 24 - held);
        assert_same(&node, &hub);
    });
}

#[test]
fn four_megabytes_get_through_where_every_fifth_datagram_is_lost_and_others_overtake() {
    for_seeds(async |seed| {
        let (network, node, hub) = ends(seed, Weather::default());
        node.write(&network, 64, 65_000);
        let (running, _handle) = node.start();
        until(|| hub.entries() > 0).await;
        network.set_everywhere(bad(20));
        let (_, took) = timed(until(|| hub.entries() == 64)).await;
        let tally = network.tally();
        assert!(tally.overtaking > 100 && tally.lost * 8 > tally.sent, "{tally:?}");
        assert!(took < seconds(600), "{took:?}");
        let acknowledged = || node.store.inner().acknowledged.values().sum::<u64>();
        until(|| acknowledged() == 64).await;
        assert!(!running.is_finished());
        assert_same(&node, &hub);
    });
}

#[test]
fn where_every_second_datagram_comes_twice_every_entry_comes_once() {
    for_seeds(async |seed| {
        let (network, node, mut hub) = ends(seed, Weather { doubled: 50, ..bad(0) });
        node.write(&network, 10, 30_000);
        hub.store.write(b"of the hub");
        let report = node.sync().await.unwrap();
        assert_eq!(report.code(), Some(CloseCode::Done));
        assert_eq!((report.counts.entries_out, report.counts.entries_in), (10, 1));
        assert_eq!(hub.ended().await.unwrap().counts.entries_in, 10);
        assert!(network.tally().doubled > 50, "{:?}", network.tally());
        assert_eq!((node.entries(), hub.entries()), (11, 11));
    });
}

/// One way takes half a second: there and back is one.
#[test]
fn an_idle_session_is_one_round_trip_after_the_handshake_and_one_for_the_last_word() {
    for_seeds(async |seed| {
        let weather = Weather { delay: Duration::from_millis(500), ..Weather::default() };
        let (_, node, mut hub) = ends(seed, weather);
        let began = Instant::now();
        let store = node.store.clone();
        let agreed = async move {
            until(|| !store.inner().notices.is_empty()).await;
            began.elapsed()
        };
        let (report, agreed) = tokio::join!(node.sync(), agreed);
        let (report, ended) = (report.unwrap(), began.elapsed());
        assert_eq!((report.code(), report.counts.round_trips), (Some(CloseCode::Done), 1));
        // The clock goes by milliseconds.
        let slack = Duration::from_millis(20);
        assert!(agreed >= seconds(2) && agreed < seconds(2) + slack, "in step after {agreed:?}");
        assert!(ended >= seconds(3) && ended < seconds(3) + slack, "over after {ended:?}");
        assert_eq!(hub.ended().await.unwrap().code(), Some(CloseCode::Done));
        // Known as soon as the dialling side's word is there: two and a half there-and-back.
        assert!(began.elapsed() < seconds(5));
    });
}

#[test]
fn a_line_that_carries_only_1200_bytes_is_enough_and_a_smaller_one_is_noticed() {
    for_seeds(async |seed| {
        let (network, node, hub) = ends(seed, Weather::default());
        node.write(&network, 10, 60_000);
        let report = node.sync().await.unwrap();
        assert_eq!(report.code(), Some(CloseCode::Done));
        assert_eq!((network.tally().longest, network.tally().lost), (1200, 0));
        assert_same(&node, &hub);
        network.set_everywhere(Weather { mtu: 1199, ..Weather::default() });
        let (ended, took) = timed(node.sync()).await;
        assert!(matches!(ended, Err(LinkError::NoAnswer)) && took.as_secs() == 10, "{ended:?}, {took:?}");
    });
}
