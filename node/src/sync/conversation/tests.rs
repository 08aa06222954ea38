//! One session's answers, in the orders in which they may be asked for.
use std::time::Instant;

use helhet_protocol::identity::{HubCertificate, HubChain, Signed};
use helhet_protocol::session::{Authorization, Peer, ReadEntries, Scope, Standing};
use helhet_protocol::transport::{Next, Store as _, control};
use helhet_protocol::v1::Credential;
use helhet_shared::supporter::Purpose;
use helhet_shared::zone::Zone;

use super::{Arriving, Conversation, Until};
use crate::store::exchange;
use crate::sync::Arrivals;
use crate::write::tests::{Place, place};

fn alone() -> Arriving {
    Arrivals::default().session()
}

/// The hub says hello, and is let in.
fn meet_the_hub(conversation: &Conversation, place: &Place) {
    let certificate = HubCertificate {
        key: place.hub.public(),
        not_after: place.node.writer().clock().now().timestamp() + 1,
        serial: 1,
    };
    let chain =
        HubChain { office_root: place.hub.public(), certificate: Signed::sign(&certificate, &place.hub) };
    let peer = Peer {
        credential: Credential::Hub(chain),
        key: place.hub.public(),
        store: Some([9; 16]),
        join: None,
        join_code: None,
    };
    assert!(matches!(conversation.authorize(&peer), Authorization::Accepted(_)));
}

// N16, T20: a pass ends, whether the wake for a floor or the office's last word came first.
#[test]
fn a_floor_that_was_told_is_waited_for_no_longer() {
    for wake_comes_first in [true, false] {
        let place = place();
        let kari = place.member("Kari");
        place.node.writer().act(|deed| deed.withdraw(kari, Purpose::NationalRecord)).unwrap();
        place.node.writer().act(|deed| deed.erase(kari)).unwrap();
        let (handle, _control) = control();
        let until = Until::Quiet { receipts_by: Instant::now() };
        let conversation = Conversation::new(
            place.node.writer().clone(),
            handle,
            until,
            alone(),
            Some(&Standing::default()),
        );
        meet_the_hub(&conversation, &place);
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
            assert_eq!(conversation.caught_up(), Next::Again, "until it has been told");
        }
        assert!(!conversation.read_retired(0).unwrap().tombstones.is_empty());
        assert!(!conversation.read_entries(&request).unwrap().entries.is_empty());
        assert_eq!(conversation.caught_up(), Next::Close, "{wake_comes_first}");
    }
}

// N16, C3: between a session's opening and the office's answer somebody may write, and erase. What the session was not
// opened with is looked at before it ends, and an erasure goes before the entries that it emptied.
#[test]
fn what_came_between_opening_and_answer_is_not_taken_for_told() {
    let place = place();
    let (handle, _control) = control();
    let until = Until::Quiet { receipts_by: Instant::now() };
    let read = |connection: &rusqlite::Transaction<'_>| {
        let chapter = *place.node.identity().chapter.as_bytes();
        exchange::standing(connection, &chapter, &exchange::Other::Hub(place.hub.public()))
    };
    let opening = place.node.store().database().read(read).unwrap();
    let conversation = Conversation::new(place.node.writer().clone(), handle, until, alone(), Some(&opening));
    let kari = place.member("Kari");
    place.node.writer().act(|deed| deed.erase(kari)).unwrap();
    meet_the_hub(&conversation, &place);
    let request = ReadEntries {
        scope: opening.scopes.iter().find(|scope| scope.sends).unwrap().clone(),
        held_by_peer: Default::default(),
        after: opening.arrival,
        changes: 100,
        bytes: 100_000,
    };
    assert!(conversation.read_entries(&request).unwrap().entries.is_empty(), "the floor goes first");
    assert!(!conversation.read_retired(opening.retired_arrival).unwrap().tombstones.is_empty());
    assert_eq!(conversation.caught_up(), Next::Again, "there is something to look at");
    assert_eq!(conversation.caught_up(), Next::Close);
}
