//! What nobody may send, by mistake or on purpose, and the code that ends the session.

use super::*;
use crate::memory_store::ZONE;
use crate::v1::{Ack, Entries, Introduction};

#[test]
fn entries_of_others_than_the_scope_takes_are_refused() {
    let (node, hub) = (MemoryStore::new(1), MemoryStore::new(2));
    hub.write(b"a");
    node.inner().takes = Authors::Only(vec![node.key.public()]);
    let mut pair = Pair::new(&node, &hub);
    pair.run();
    assert_eq!(pair.hub.ended, Some(Outcome { code: CloseCode::NotAllowed, by_peer: true }));
    assert!(node.inner().entries.is_empty());
}

/// C4: a store that hands out another zone's entry by mistake ends the session; the entry does not leave.
#[test]
fn nothing_outside_the_scope_is_ever_sent() {
    let (node, hub) = (MemoryStore::new(1), MemoryStore::new(2));
    node.write(b"a");
    let mut pair = Pair::new(&node, &hub);
    while pair.step(0) || pair.step(3) || pair.step(1) {}
    pair.node.hear();
    let reads = |action: &Action| matches!(action, Action::ReadEntries(_));
    while !pair.node.actions.iter().any(reads) {
        assert!(pair.step(0) || pair.step(2) || pair.step(1) || pair.step(3));
    }
    let (mut entry, _) = node.inner().entries[0].clone();
    let mut header = entry.header().unwrap();
    header.log.zone = ZONE - 1;
    entry.signed.header = crate::identity::certificate::to_cbor(&header);
    pair.node.actions.clear();
    pair.node.take(Event::EntriesRead { entries: vec![entry], arrival: 1, more: false });
    pair.run();
    assert_eq!(pair.node.ended, Some(Outcome { code: CloseCode::StoreFailed, by_peer: false }));
    assert!(!pair.hub.heard.iter().any(|message| matches!(message, Message::Entries(_))));
}

/// C4: not even positions of other zones are told.
#[test]
fn a_hello_tells_nothing_of_other_zones() {
    let (node, hub) = (MemoryStore::new(1), MemoryStore::new(2));
    node.write(b"a");
    let mut standing = node.standing();
    standing.positions[0].log.zone = ZONE - 1;
    let opening = Opening { peer_is_known: true, join: None, search: None, standing };
    let mut pair = Pair { node: End::new(&node, &hub, Some(opening)), hub: End::new(&hub, &node, None) };
    pair.step(0);
    assert!(matches!(&pair.hub.waiting[0], Message::Hello(hello) if hello.positions.is_empty()));
}

/// A batch is on its way, and its acknowledgement names what was not sent, or refuses more than there was.
#[test]
fn a_false_acknowledgement_is_not_believed() {
    let (node, hub) = (MemoryStore::new(1), MemoryStore::new(2));
    node.write(b"a");
    let positions = node.inner().positions();
    let with = |change: fn(&mut Position)| {
        let mut positions = positions.clone();
        change(&mut positions[0]);
        positions
    };
    let table = [
        (Ack { number: 1, refused: 1, positions: positions.clone() }, false),
        (Ack { number: 2, refused: 0, positions: positions.clone() }, true),
        (Ack { number: 1, refused: 2, positions: positions.clone() }, true),
        (Ack { number: 1, refused: u64::MAX, positions: positions.clone() }, true),
        (Ack { number: 1, refused: 0, positions: with(|position| position.sequence += 1) }, true),
        (Ack { number: 1, refused: 0, positions: with(|position| position.hash[0] ^= 1) }, true),
    ];
    for (ack, ends) in table {
        let mut pair = Pair::new(&node, &hub);
        let is_sent =
            |end: &End<'_>| end.waiting.iter().any(|message| matches!(message, Message::Entries(_)));
        while !is_sent(&pair.hub) {
            assert!(pair.step(0) || pair.step(2) || pair.step(1) || (!is_sent(&pair.hub) && pair.step(3)));
        }
        pair.node.take(Event::Received(Message::Ack(ack)));
        assert_eq!(pair.node.session.is_closed(), ends);
    }
}

/// Each would be answered, and nobody is known yet.
#[test]
fn who_is_dialled_introduces_itself_once() {
    let (node, hub) = (MemoryStore::new(1), MemoryStore::new(2));
    let mut hub = End::new(&hub, &node, None);
    assert!(hub.session.awaits_first_hello());
    for times in 1..=2 {
        hub.take(Event::Received(Message::Introduction(Introduction {})));
        assert_eq!(hub.session.is_closed(), times == 2);
    }
}

/// What a well-behaved peer never does, and the code that it gets.
#[test]
fn a_peer_out_of_turn_is_closed_with_a_stable_code() {
    let (node, hub) = (MemoryStore::new(1), MemoryStore::new(2));
    node.write(b"a");
    node.write(b"b");
    let of_node: Vec<_> = node.inner().entries.iter().map(|(entry, _)| entry.clone()).collect();
    let batch = |number, entries: &[_]| Message::Entries(Entries { number, entries: entries.to_vec() });
    let mut altered = of_node[0].clone();
    altered.signed.signature.0[0] ^= 1;
    let table = [
        ("the first batch is number 1", batch(2, &of_node), CloseCode::Unexpected),
        ("an empty batch", batch(1, &[]), CloseCode::Unexpected),
        ("a gap", batch(1, &of_node[1..]), CloseCode::BrokenChain),
        ("twice", batch(1, &[of_node[0].clone(), of_node[0].clone()]), CloseCode::BrokenChain),
        ("altered", batch(1, &[altered]), CloseCode::BadSignature),
        ("hello again", Message::Introduction(Introduction {}), CloseCode::Unexpected),
        (
            "nothing to acknowledge",
            Message::Ack(Ack { number: 1, refused: 0, positions: vec![] }),
            CloseCode::Unexpected,
        ),
    ];
    for (name, message, code) in table {
        // The node has nothing here; its peer sends the message once both have said hello.
        let empty = MemoryStore::new(1);
        let mut pair = Pair::new(&empty, &hub);
        pair.run();
        pair.hub.take(Event::Received(message));
        pair.run();
        assert_eq!(pair.hub.ended, Some(Outcome { code, by_peer: false }), "{name}");
        assert!(hub.inner().entries.is_empty(), "{name}");
    }
    // C3: entries before the floors that the digest announced.
    node.erase(1);
    let mut pair = Pair::new(&node, &hub);
    while pair.hub.session.standing.scopes.is_empty() {
        assert!(pair.step(0) || pair.step(3) || pair.step(1));
    }
    pair.hub.take(Event::Received(batch(1, &of_node)));
    assert!(pair.hub.session.is_closed());
    pair.run();
    assert_eq!(pair.hub.ended, Some(Outcome { code: CloseCode::Unexpected, by_peer: false }));
}
