//! Any schedule, cut anywhere and taken up again, loses nothing and doubles nothing; no message makes a session fall over.

use proptest::prelude::*;

use super::*;

proptest! {
    /// C2: any schedule of deliveries, writes, erasures and cuts.
    #[test]
    fn nothing_is_lost_and_nothing_comes_twice(schedule in prop::collection::vec(any::<u8>(), 0..400)) {
        let (node, hub) = (MemoryStore::new(1), MemoryStore::new(2));
        let mut pair = Pair::new(&node, &hub);
        let mut written = 0;
        for choice in schedule {
            match choice {
                0..=9 => pair = Pair::opened(&node, &hub, choice % 2 == 0, None),
                10..=39 => {
                    let (store, end) = if choice % 2 == 0 { (&node, &mut pair.node) } else { (&hub, &mut pair.hub) };
                    store.write(&[choice]);
                    written += 1;
                    end.woken = true;
                }
                40..=49 => {
                    let (store, end) = if choice % 2 == 0 { (&node, &mut pair.node) } else { (&hub, &mut pair.hub) };
                    store.erase(choice);
                    end.woken = true;
                }
                50..=54 => pair.node.take(Event::Ask),
                _ => {
                    pair.step(choice);
                }
            }
            prop_assert!(pair.node.ended.is_none() && pair.hub.ended.is_none());
        }
        // A fair network from here on: what is under way arrives, and what is not is found by the next session.
        pair.run();
        prop_assert!(pair.node.session.is_quiet() && pair.hub.session.is_quiet());
        prop_assert_eq!(entries(&node), entries(&hub));
        prop_assert_eq!(entries(&node).len(), written);
        prop_assert_eq!(&node.inner().floors, &hub.inner().floors);
    }

    /// No message in any phase makes the session panic, and after it has ended it does nothing more.
    #[test]
    fn a_hostile_peer_ends_the_session_at_worst(messages in prop::collection::vec(crate::v1::tests::any_message(), 0..6), at in 0usize..30) {
        let (node, hub) = (MemoryStore::new(1), MemoryStore::new(2));
        node.write(b"a");
        let mut pair = Pair::new(&node, &hub);
        for step in 0..at {
            pair.step(step as u8);
        }
        for message in messages {
            pair.hub.take(Event::Received(message));
            while pair.hub.act(&mut pair.node) {}
        }
        if pair.hub.session.is_closed() {
            prop_assert!(pair.hub.session.handle(Event::Wake).is_empty());
        }
    }
}
