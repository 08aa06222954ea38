//! One session's answers, in the orders in which they may be asked for.
use std::time::Instant;

use helhet_protocol::session::{ReadEntries, Scope};
use helhet_protocol::transport::{Next, Store as _, control};
use helhet_shared::supporter::Purpose;
use helhet_shared::zone::Zone;

use super::{Conversation, Until};
use crate::write::tests::place;

// T20: a pass ends, whether the wake for a floor or the office's last word came first.
#[test]
fn a_floor_that_was_told_is_waited_for_no_longer() {
    for wake_comes_first in [true, false] {
        let place = place();
        let kari = place.member("Kari");
        place.node.writer().act(|deed| deed.withdraw(kari, Purpose::NationalRecord)).unwrap();
        place.node.writer().act(|deed| deed.erase(kari)).unwrap();
        let (handle, _control) = control();
        let until = Until::Quiet { receipts_by: Instant::now() };
        let conversation = Conversation::new(place.node.writer().clone(), handle, until);
        conversation.settle().unwrap();
        let chapter = *place.node.identity().chapter.as_bytes();
        let request = ReadEntries {
            scope: Scope {
                zone: Zone::Shared.code(),
                chapter,
                sends: true,
                takes: helhet_protocol::session::Authors::Only(Vec::new()),
            },
            held_by_peer: Default::default(),
            after: 0,
            changes: 100,
            bytes: 100_000,
        };
        let held_back = conversation.read_entries(&request).unwrap();
        assert!(held_back.entries.is_empty(), "a floor goes first");
        if !wake_comes_first {
            assert_eq!(conversation.caught_up(), Next::Stay, "until it has been told");
        }
        assert!(!conversation.read_retired(0).unwrap().tombstones.is_empty());
        assert!(!conversation.read_entries(&request).unwrap().entries.is_empty());
        assert_eq!(conversation.caught_up(), Next::Close, "{wake_comes_first}");
    }
}
