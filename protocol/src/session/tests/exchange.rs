//! What two honest ends come to: both hold the same, in few trips and bounded batches, and a fork is named.

use super::*;

#[test]
fn both_ends_get_what_they_lack_and_count_it() {
    let (node, hub) = (MemoryStore::new(1), MemoryStore::new(2));
    node.write_many(b"a", 3);
    node.write(b"b");
    hub.write(b"c");
    let (out, back) = synced(&node, &hub);
    assert_eq!(entries(&node), entries(&hub));
    assert_eq!((out.entries_out, out.changes_out, out.entries_in, out.changes_in), (2, 4, 1, 1));
    assert_eq!((back.entries_out, back.entries_in), (1, 2));
    assert_eq!(node.inner().acknowledged.len(), 1);
}

/// C9, and the promise of one round trip: hello there, hello and "caught up" back.
#[test]
fn an_idle_session_is_one_round_trip_and_a_few_hundred_bytes() {
    let (node, hub) = (MemoryStore::new(1), MemoryStore::new(2));
    node.write(b"a");
    node.erase(1);
    synced(&node, &hub);
    let mut pair = Pair::new(&node, &hub);
    pair.run();
    assert_eq!(pair.node.session.counts(), Counts { round_trips: 1, ..Counts::default() });
    assert_eq!((pair.node.caught_up, pair.hub.caught_up), (1, 1));
    let bytes: usize =
        pair.node.heard.iter().chain(&pair.hub.heard).map(|message| encode(message).unwrap().len()).sum();
    assert!(bytes < 1000, "{bytes}");
}

/// C1: the hub stored what was sent and died before it could say so.
#[test]
fn what_the_peer_shows_to_hold_counts_as_acknowledged() {
    let (node, hub) = (MemoryStore::new(1), MemoryStore::new(2));
    node.write(b"a");
    synced(&node, &hub);
    node.inner().acknowledged.clear();
    synced(&node, &hub);
    assert_eq!(node.inner().acknowledged.values().collect::<Vec<_>>(), [&1]);
}

#[test]
fn many_entries_go_in_bounded_batches() {
    let (node, hub) = (MemoryStore::new(1), MemoryStore::new(2));
    for _ in 0..40 {
        node.write_many(&[9; 1000], 100);
    }
    let mut pair = Pair::new(&node, &hub);
    pair.run();
    assert_eq!(entries(&node), entries(&hub));
    let batches = pair.hub.heard.iter().filter(|message| matches!(message, Message::Entries(_))).count();
    assert!((14..=20).contains(&batches), "{batches} batches for 4 MB");
}

#[test]
fn what_is_gone_travels_before_any_entry_and_is_not_sent_back() {
    let (node, hub) = (MemoryStore::new(1), MemoryStore::new(2));
    node.write(b"a");
    node.erase(1);
    hub.erase(2);
    let mut pair = Pair::new(&node, &hub);
    pair.run();
    let place = |kind: u8| pair.hub.heard.iter().position(|message| message.kind() == kind).unwrap();
    assert!(place(4) < place(5));
    assert_eq!(node.inner().floors, hub.inner().floors);
    // Live, too: floors first, then entries, and no echo.
    node.erase(3);
    node.write(b"b");
    pair.node.woken = true;
    pair.hub.woken = true;
    pair.run();
    assert_eq!((node.inner().floors.len(), hub.inner().floors.len()), (3, 3));
    assert_eq!(entries(&node), entries(&hub));
    let retired = |heard: &[Message]| heard.iter().filter(|message| message.kind() == 4).count();
    assert_eq!((retired(&pair.node.heard), retired(&pair.hub.heard)), (1, 2));
}

#[test]
fn what_is_new_is_pushed_at_once_after_catching_up() {
    let (node, hub) = (MemoryStore::new(1), MemoryStore::new(2));
    let mut pair = Pair::new(&node, &hub);
    pair.run();
    for _ in 0..3 {
        node.write(b"n");
        hub.write(b"h");
        pair.node.woken = true;
        pair.hub.woken = true;
        pair.run();
        assert_eq!(entries(&node), entries(&hub));
    }
    assert_eq!(pair.node.caught_up, 4);
}

/// A restored image writes on: whichever side is ahead, the author learns the last common entry.
#[test]
fn a_fork_is_named_to_its_author() {
    for (at_hub, at_node) in [(3, 2), (2, 3), (2, 2)] {
        let (node, hub) = (MemoryStore::new(1), MemoryStore::new(2));
        node.write(b"common");
        synced(&node, &hub);
        let image = node.inner().clone();
        (1..at_hub).for_each(|_| node.write(b"lost"));
        synced(&node, &hub);
        *node.inner() = image;
        (1..at_node).for_each(|_| node.write(b"again"));
        let mut pair = Pair::new(&node, &hub);
        pair.run();
        assert_eq!(pair.node.ended.unwrap().code, CloseCode::Fork, "{at_hub} {at_node}");
        let inner = node.inner();
        let fork = &inner.forks[0];
        let common = fork.samples.iter().find(|sample| {
            inner.entries.iter().any(|(_, ours)| ours.sequence == sample.sequence && ours.hash == sample.hash)
        });
        assert_eq!(common.unwrap().sequence, 1);
    }
}
