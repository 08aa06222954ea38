//! Who is let in, and what who is not learns.

use super::*;
use crate::identity::{RootKey, Signed};
use crate::log::Revocation;
use crate::memory_store::{Answer, CHAPTER};
use crate::transport::Notice;

#[test]
fn a_stranger_learns_no_token() {
    let (node, hub) = (MemoryStore::new(1), MemoryStore::new(2));
    let root = RootKey::from_seed(&[8; 32]);
    let join = || Some(JoinRequest::new([4; 16], &root, &EXPORTER));
    node.inner().answer = Answer::Refuse(CloseCode::OtherOffice);
    let mut pair = Pair::opened(&node, &hub, false, join());
    pair.run();
    assert!(!pair.hub.heard.iter().any(|message| matches!(message, Message::Hello(_))));
    assert_eq!(pair.hub.ended, Some(Outcome { code: CloseCode::OtherOffice, by_peer: true }));
    // Who proves to be the office does, and both sides show the same six digits.
    node.inner().answer = Answer::Accept;
    let mut pair = Pair::opened(&node, &hub, false, join());
    pair.run();
    assert!(pair.node.session.is_quiet());
    let peers = hub.inner().peers.clone();
    let code = crate::identity::join::join_code(&EXPORTER, &root.public());
    assert_eq!(peers.last().unwrap().join_code.as_ref(), Some(&code));
    // A request that was made for another connection is none.
    let stolen = Some(JoinRequest::new([4; 16], &root, &[6; 32]));
    let mut pair = Pair::opened(&node, &hub, true, stolen);
    pair.run();
    assert_eq!(pair.node.ended, Some(Outcome { code: CloseCode::InviteMismatch, by_peer: true }));
}

#[test]
fn a_credential_for_another_key_is_refused_before_anybody_decides() {
    let (node, hub, other) = (MemoryStore::new(1), MemoryStore::new(2), MemoryStore::new(3));
    let mut pair = Pair::new(&node, &hub);
    pair.hub = End::new(&hub, &other, None);
    pair.run();
    assert_eq!(pair.node.ended, Some(Outcome { code: CloseCode::CertificateInvalid, by_peer: true }));
    assert!(hub.inner().peers.is_empty());
}

#[test]
fn a_refused_peer_gets_the_code_and_a_revoked_one_the_proof_and_nothing_else() {
    let (node, hub) = (MemoryStore::new(1), MemoryStore::new(2));
    hub.write(b"secret");
    hub.inner().answer = Answer::Refuse(CloseCode::UnknownDevice);
    let mut pair = Pair::new(&node, &hub);
    pair.run();
    assert_eq!(pair.node.ended, Some(Outcome { code: CloseCode::UnknownDevice, by_peer: true }));
    let revocation = Revocation {
        chapter: CHAPTER,
        device: node.key.public(),
        last_accepted: vec![],
        time: 1,
        authority: hub.key.public(),
    };
    let revocation = Signed::sign(&revocation, &hub.key);
    hub.inner().answer = Answer::Revoke(revocation.clone());
    let mut pair = Pair::new(&node, &hub);
    pair.run();
    assert_eq!(pair.node.heard.len(), 1);
    assert!(matches!(node.inner().notices.as_slice(), [Notice::Revoked(found)] if *found == revocation));
    // T17: on a live session at once.
    hub.inner().answer = Answer::Accept;
    let mut pair = Pair::new(&node, &hub);
    pair.run();
    pair.hub.take(Event::Revoke(revocation));
    pair.run();
    assert_eq!(pair.node.ended, Some(Outcome { code: CloseCode::Revoked, by_peer: true }));
    assert_eq!(pair.hub.ended, Some(Outcome { code: CloseCode::Revoked, by_peer: false }));
}
