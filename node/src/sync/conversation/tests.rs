use std::time::Duration;

use helhet_protocol::identity::{Invite, RecoveryPhrase};
use helhet_protocol::session::{Authors, Scope};
use helhet_protocol::transport;
use helhet_shared::clock::TestClock;
use helhet_shared::command::SupporterInput;
use helhet_shared::sqlite::DatabaseKey;
use helhet_shared::zone::Zone;

use super::*;
use crate::store::Store as NodeStore;
use crate::{Node, join};

fn node(folder: &std::path::Path) -> Node {
    let now = chrono::DateTime::from_timestamp(1_795_376_543, 0).unwrap();
    let invite = Invite::new("127.0.0.1:1", [1; 32], [2; 16], "Bergen", now.timestamp(), &mut rand::rng());
    let phrase = RecoveryPhrase::generate(&mut rand::rng());
    let identity = join::new_identity(&invite, "laptop", &phrase, now.timestamp());
    let store = NodeStore::open(folder, DatabaseKey::new([5; 32])).unwrap();
    Node::with(store, identity, std::sync::Arc::new(TestClock::at(now)))
}

/// N16, C9: a floor that was raised while entries were read is told, and then the pass ends. It hung for ever when the
/// other side was not done yet at that moment, since the floor was still thought to wait.
#[test]
fn a_pass_ends_once_a_floor_that_waited_was_told() {
    let folder = tempfile::tempdir().unwrap();
    let node = node(folder.path());
    let input = SupporterInput { family_name: "Nordmann".to_owned(), ..SupporterInput::default() };
    let id = node.writer().act(|deed| deed.register(&input)).unwrap();
    let (handle, _control) = transport::control();
    let until = Until::Quiet { receipts_by: Instant::now() + Duration::ZERO };
    let conversation = Conversation::new(node.writer().clone(), handle, until);
    let request = ReadEntries {
        scope: Scope {
            zone: Zone::Shared.code(),
            chapter: *node.identity().chapter.as_bytes(),
            sends: true,
            takes: Authors::Nobody,
        },
        held_by_peer: std::collections::BTreeMap::new(),
        after: 0,
        changes: 100,
        bytes: 100_000,
    };
    node.writer().act(|deed| deed.erase(id)).unwrap();
    assert!(conversation.read_entries(&request).unwrap().entries.is_empty(), "the floor goes first");
    assert_eq!(conversation.caught_up(), Next::Stay, "the floor is still to be told");
    assert_eq!(conversation.caught_up(), Next::Stay, "however often it is asked");
    assert!(!conversation.read_retired(0).unwrap().tombstones.is_empty());
    conversation.read_entries(&request).unwrap();
    conversation.settle().unwrap();
    assert_eq!(conversation.caught_up(), Next::Close);
}
