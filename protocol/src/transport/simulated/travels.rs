//! Addresses that change in the middle, and neighbours that fall silent.

use super::*;

const ELSEWHERE: SocketAddr = address(77);

#[test]
fn a_session_goes_on_when_the_dialling_side_moves_to_another_network() {
    for_seeds(async |seed| {
        let (network, node, mut hub) = ends(seed, Weather::default());
        node.write(&network, 24, 60_000);
        node.store.inner().next = Next::Close;
        let (running, _handle) = node.start();
        let enough = 4 + network.draw(12) as usize;
        until(|| hub.entries() >= enough).await;
        let old = node.address;
        node.endpoint.rebind_abstract(network.socket(ELSEWHERE)).unwrap();
        let dead = Weather::cut();
        network.set_way(old, HUB, dead);
        network.set_way(HUB, old, dead);
        assert!(hub.entries() < 24, "it was in the middle");
        let (report, took) = timed(running).await;
        let report = report.unwrap().unwrap();
        assert_eq!((report.code(), report.counts.entries_out), (Some(CloseCode::Done), 24));
        assert!(took < seconds(10), "{took:?}");
        assert_eq!(hub.ended().await.unwrap().counts.entries_in, 24);
        assert_same(&node, &hub);
    });
}

/// A router that starts anew gives the same connection another address, and neither side is told.
#[test]
fn a_session_goes_on_when_a_router_gives_it_another_address() {
    for_seeds(async |seed| {
        let (network, node, mut hub) = ends(seed, Weather::default());
        node.write(&network, 24, 60_000);
        let (running, handle) = node.start();
        until(|| hub.entries() > 3).await;
        network.translate(node.address, ELSEWHERE);
        until(|| hub.entries() == 24).await;
        // While nobody speaks, too: what the hub says finds the way after the next keep-alive.
        network.translate(node.address, address(78));
        hub.store.write(b"of the hub");
        hub.handle().wake();
        let (_, took) = timed(until(|| node.entries() == 25)).await;
        assert!(took < seconds(35), "{took:?}");
        handle.close(CloseCode::GoingAway);
        assert_eq!(running.await.unwrap().unwrap().code(), Some(CloseCode::GoingAway));
        assert_eq!(hub.ended().await.unwrap().code(), Some(CloseCode::GoingAway));
        assert_same(&node, &hub);
    });
}

#[test]
fn a_peer_in_a_black_hole_does_not_slow_the_others() {
    for_seeds(async |seed| {
        let network = Network::new(seed, Weather::default());
        let mut hub = Hub::new(&network);
        let nodes: Vec<Node> = (2..12).map(|number| Node::new(&network, number)).collect();
        nodes.iter().for_each(|node| node.write(&network, 3, 60_000));
        let unlucky = &nodes[0];
        let (lost, _handle) = unlucky.start();
        until(|| hub.entries() > 0).await;
        let cut = Weather::cut();
        network.set_way(HUB, unlucky.address, cut);
        network.set_way(unlucky.address, HUB, cut);
        let passes: Vec<_> = nodes[1..]
            .iter()
            .map(|node| {
                let node = node.clone();
                tokio::spawn(async move { timed(node.sync()).await })
            })
            .collect();
        for pass in passes {
            let (report, took) = pass.await.unwrap();
            assert_eq!(report.unwrap().code(), Some(CloseCode::Done));
            assert!(took < seconds(3), "{took:?}");
            assert_eq!(hub.ended().await.unwrap().code(), Some(CloseCode::Done));
        }
        assert!(!lost.is_finished());
        assert!(has_timed_out(&lost.await.unwrap()));
        assert!(has_timed_out(&hub.ended().await));
        network.set_everywhere(Weather::default());
        assert_eq!(unlucky.sync().await.unwrap().code(), Some(CloseCode::Done));
        assert_eq!(hub.entries(), 30);
    });
}
