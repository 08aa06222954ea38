//! Contents are compared where they can be, and what differs is found, given back, and told.

use super::*;
use crate::transport::Notice;
use crate::v1::compare::RANGES;
use crate::v1::{Check, MINOR_COMPARE, Sums};

fn diverged(store: &MemoryStore) -> usize {
    store.inner().notices.iter().filter(|notice| matches!(notice, Notice::Diverged(_))).count()
}

fn reconciled(store: &MemoryStore) -> Vec<(u64, u64, u64)> {
    let notices = store.inner().notices.clone();
    let told = notices.into_iter().filter_map(|notice| match notice {
        Notice::Reconciled(told) => Some((told.filled_here, told.filled_there, told.left)),
        Notice::Agreed | Notice::Diverged(_) | Notice::Revoked(_) => None,
    });
    told.collect()
}

fn agreed(store: &MemoryStore) -> bool {
    store.inner().notices.iter().any(|notice| matches!(notice, Notice::Agreed))
}

/// C1
#[test]
fn what_rotted_away_on_either_side_is_given_back_in_the_same_session() {
    let (node, hub) = (MemoryStore::new(1), MemoryStore::new(2));
    for number in 0..20 {
        node.write_many(&[number; 30], 1);
    }
    synced(&node, &hub);
    (0..8).for_each(|entry| hub.inner().lose(entry, 0));
    (12..14).for_each(|entry| node.inner().lose(entry, 0));
    synced(&node, &hub);
    assert_eq!(node.inner().contents().sums(), hub.inner().contents().sums());
    assert_eq!((diverged(&node), diverged(&hub)), (1, 1));
    assert_eq!(reconciled(&node), [(2, 8, 0)], "in rounds of three changes");
    let last_of_hub = hub.inner().notices.last().cloned();
    assert!(agreed(&node) && matches!(last_of_hub, Some(Notice::Agreed)), "both know that it is mended");
}

/// C1: a busy chapter has always something new to tell when it says hello.
#[test]
fn contents_are_compared_after_an_exchange_too() {
    let (node, hub) = (MemoryStore::new(1), MemoryStore::new(2));
    node.write(b"a");
    synced(&node, &hub);
    assert!(agreed(&node) && agreed(&hub), "a first meeting ends in agreement");
    node.inner().notices.clear();
    hub.inner().lose(0, 0);
    node.write(b"b");
    let (counts, _) = synced(&node, &hub);
    assert_eq!(reconciled(&node), [(0, 1, 0)]);
    assert_eq!(counts.entries_out, 1);
    assert_eq!(node.inner().contents().sums(), hub.inner().contents().sums());
}

/// C9: what nobody can give back is told, and does not hold the session up.
#[test]
fn what_cannot_be_given_back_is_told_and_ends() {
    let (node, hub) = (MemoryStore::new(1), MemoryStore::new(2));
    node.write(b"a");
    node.write(b"b");
    synced(&node, &hub);
    // The node holds something that no entry at the hub promises.
    node.inner().entries[1].0.changes[0].body = crate::log::Body::Open(b"changed".to_vec());
    let mut pair = Pair::new(&node, &hub);
    pair.run();
    assert!(pair.node.session.is_quiet() && pair.hub.session.is_quiet());
    assert_eq!(reconciled(&node), [(0, 0, 2)]);
    assert!(!agreed(&node) || diverged(&node) == 1);
}

#[test]
fn a_running_fingerprint_that_was_wrong_is_put_right_by_looking() {
    let (node, hub) = (MemoryStore::new(1), MemoryStore::new(2));
    node.write(b"a");
    synced(&node, &hub);
    hub.inner().fingerprint = 1;
    synced(&node, &hub);
    assert_eq!((diverged(&node), diverged(&hub)), (1, 1));
    assert_eq!(reconciled(&node), [(0, 0, 0)]);
}

/// C1: what one side erased while away is missing there by right, until the other has heard of it too.
#[test]
fn an_erasure_that_the_peer_has_not_heard_of_is_no_divergence() {
    let (node, hub) = (MemoryStore::new(1), MemoryStore::new(2));
    node.write(b"a");
    synced(&node, &hub);
    node.erase(1);
    synced(&node, &hub);
    assert_eq!((diverged(&node), diverged(&hub)), (0, 0));
}

/// N16, C9: who asks on a kept connection hears of now, for one question and one answer; what had not been sent goes first,
/// and what has rotted since is found.
#[test]
fn who_asks_hears_that_both_have_the_same_now() {
    let (node, hub) = (MemoryStore::new(1), MemoryStore::new(2));
    node.write(b"a");
    let mut pair = Pair::new(&node, &hub);
    pair.run();
    let checks = |pair: &Pair<'_>| pair.hub.heard.iter().filter(|message| message.kind() == 128).count();
    let (before, said) = (checks(&pair), pair.node.caught_up);
    pair.node.take(Event::Ask);
    assert!(!pair.node.session.is_quiet());
    pair.run();
    assert_eq!((checks(&pair), pair.node.caught_up), (before + 1, said + 1));

    node.write(b"b");
    hub.inner().lose(0, 0);
    pair.node.take(Event::Ask);
    pair.run();
    assert_eq!((hub.inner().entries.len(), reconciled(&node)), (2, vec![(0, 1, 0)]));
    assert_eq!(pair.node.caught_up, said + 2);
    assert_eq!(node.inner().contents().sums(), hub.inner().contents().sums());
}

/// N16: a question is answered whenever it is asked, however many there are, also of a peer that does not compare and by
/// the side that was dialled.
#[test]
fn every_question_is_answered_whenever_it_comes() {
    for (at, minor) in (0..40).map(|at| (at, MINOR_COMPARE)).chain([(40, 0)]) {
        let (node, hub) = (MemoryStore::new(1), MemoryStore::new(2));
        node.write(b"a");
        let mut pair = Pair::new(&node, &hub);
        for step in 0..at {
            if let Some(Message::Hello(hello)) = pair.node.waiting.front_mut() {
                hello.minor = minor;
            }
            pair.step(step);
        }
        let said = (pair.node.caught_up, pair.hub.caught_up);
        for end in [&mut pair.node, &mut pair.hub] {
            end.take(Event::Ask);
            end.take(Event::Ask);
        }
        pair.run();
        assert!(pair.node.ended.is_none() && pair.hub.ended.is_none());
        assert!(pair.node.caught_up > said.0 && pair.hub.caught_up > said.1, "asked after {at} steps");
    }
}

/// T22: a program of the first version does not speak of contents, and is not asked.
#[test]
fn a_peer_of_the_first_version_is_not_asked() {
    let (node, hub) = (MemoryStore::new(1), MemoryStore::new(2));
    node.write(b"a");
    let mut pair = Pair::new(&node, &hub);
    while (0..4).any(|choice| {
        if let Some(Message::Hello(hello)) = pair.node.waiting.front_mut() {
            hello.minor = 0;
        }
        pair.step(choice)
    }) {}
    assert!(pair.node.session.is_quiet());
    let asked = |message: &Message| message.kind() >= 128;
    assert!(!pair.hub.heard.iter().any(asked));
}

/// C8: each look costs, so a peer that asks on and on without anything to gain is shown out.
#[test]
fn a_peer_that_asks_for_nothing_is_shown_out() {
    let (node, hub) = (MemoryStore::new(1), MemoryStore::new(2));
    let mut pair = Pair::new(&node, &hub);
    pair.run();
    for _ in 0..9 {
        let sums = Sums { zone: crate::memory_store::ZONE, sums: vec![1; RANGES * 16] };
        pair.hub.waiting.push_back(Message::Sums(sums));
        while pair.hub.hear() || pair.hub.act(&mut pair.node) {}
    }
    assert_eq!(pair.hub.ended.map(|outcome| outcome.code), Some(CloseCode::OverLimit));
}

#[test]
fn only_the_side_that_dialled_asks_and_only_of_its_zones() {
    let foreign = Message::Sums(Sums { zone: 9, sums: vec![0; RANGES * 16] });
    let short = Message::Sums(Sums { zone: crate::memory_store::ZONE, sums: vec![0; 16] });
    for (message, code) in [(foreign, CloseCode::NotAllowed), (short, CloseCode::Malformed)] {
        let (node, hub) = (MemoryStore::new(1), MemoryStore::new(2));
        let mut pair = Pair::new(&node, &hub);
        pair.run();
        pair.hub.waiting.push_back(message);
        while pair.hub.hear() || pair.hub.act(&mut pair.node) {}
        assert_eq!(pair.hub.ended.map(|outcome| outcome.code), Some(code));
    }
    let (node, hub) = (MemoryStore::new(1), MemoryStore::new(2));
    let mut pair = Pair::new(&node, &hub);
    pair.run();
    pair.node.waiting.push_back(Message::Check(Check { zones: vec![] }));
    while pair.node.hear() || pair.node.act(&mut pair.hub) {}
    assert_eq!(pair.node.ended.map(|outcome| outcome.code), Some(CloseCode::Unexpected));
}
