//! Two sessions joined in memory: any schedule, cut anywhere and taken up again, loses nothing and doubles nothing.

use std::collections::{BTreeSet, VecDeque};

use proptest::prelude::*;

use super::*;
use crate::frame::{FrameReader, encode};
use crate::identity::{JoinRequest, RootKey, Signed};
use crate::log::Revocation;
use crate::memory_store::{Answer, CHAPTER, MemoryStore, ZONE, credential};
use crate::transport::Notice;
use crate::v1::{Ack, Entries, Introduction, Message};

const EXPORTER: [u8; 32] = [5; 32];

/// One end: its session, what it still has to carry out, and what is on its way to it.
struct End<'a> {
    store: &'a MemoryStore,
    session: Session,
    actions: VecDeque<Action>,
    inbox: FrameReader,
    waiting: VecDeque<Message>,
    heard: Vec<Message>,
    ended: Option<Outcome>,
    caught_up: usize,
    woken: bool,
}

impl<'a> End<'a> {
    fn new(store: &'a MemoryStore, peer: &MemoryStore, opening: Option<Opening>) -> Self {
        let config = Config {
            credential: credential(store.key.public()),
            store: store.key.public().0[..16].try_into().unwrap(),
            peer_key: peer.key.public(),
            exporter: EXPORTER,
            opening,
        };
        let mut end = Self {
            store,
            session: Session::new(config),
            actions: VecDeque::new(),
            inbox: FrameReader::default(),
            waiting: VecDeque::new(),
            heard: Vec::new(),
            ended: None,
            caught_up: 0,
            woken: false,
        };
        end.take(Event::Start);
        end
    }

    fn take(&mut self, event: Event) {
        self.actions.extend(self.session.handle(event));
    }

    /// Carries one action out.
    fn act(&mut self, peer: &mut Self) -> bool {
        let Some(action) = self.actions.pop_front() else { return false };
        match action {
            Action::Send(message) => {
                peer.inbox.push(&encode(&message).unwrap());
                peer.waiting.push_back(peer.inbox.next_message().unwrap().unwrap());
            }
            Action::Close(outcome) => self.ended = Some(outcome),
            Action::CaughtUp => self.caught_up += 1,
            other @ (Action::Authorize(_)
            | Action::ReadRetired { .. }
            | Action::StoreRetired(_)
            | Action::Compare(_)
            | Action::ReadEntries(_)
            | Action::Store(_)
            | Action::Acknowledged { .. }
            | Action::Diverged(_)
            | Action::Forked(_)
            | Action::SampleLog(_)
            | Action::Revoked(_)) => {
                if let Some(event) = self.store.carry_out(other) {
                    self.take(event);
                }
            }
        }
        true
    }

    /// Takes what comes from outside, once every action is carried out, as `transport::drive` does.
    fn hear(&mut self) -> bool {
        if !self.actions.is_empty() {
            return false;
        }
        if std::mem::take(&mut self.woken) {
            self.take(Event::Wake);
            return true;
        }
        let Some(message) = self.waiting.pop_front() else { return false };
        self.heard.push(message.clone());
        self.take(Event::Received(message));
        true
    }
}

struct Pair<'a> {
    node: End<'a>,
    hub: End<'a>,
}

impl<'a> Pair<'a> {
    fn new(node: &'a MemoryStore, hub: &'a MemoryStore) -> Self {
        Self::opened(node, hub, true, None)
    }

    fn opened(node: &'a MemoryStore, hub: &'a MemoryStore, known: bool, join: Option<JoinRequest>) -> Self {
        let opening = Opening { peer_is_known: known, join, standing: node.standing() };
        Self { node: End::new(node, hub, Some(opening)), hub: End::new(hub, node, None) }
    }

    fn step(&mut self, choice: u8) -> bool {
        match choice % 4 {
            0 => self.node.act(&mut self.hub),
            1 => self.hub.act(&mut self.node),
            2 => self.node.hear(),
            _ => self.hub.hear(),
        }
    }

    fn run(&mut self) {
        while (0..4).any(|choice| self.step(choice)) {}
    }
}

fn entries(store: &MemoryStore) -> BTreeSet<Position> {
    store.inner().entries.iter().map(|(_, position)| *position).collect()
}

fn synced(node: &MemoryStore, hub: &MemoryStore) -> (Counts, Counts) {
    let mut pair = Pair::new(node, hub);
    pair.run();
    assert!(pair.node.session.is_quiet() && pair.hub.session.is_quiet());
    (pair.node.session.counts(), pair.hub.session.counts())
}

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
    let opening = Opening { peer_is_known: true, join: None, standing };
    let mut pair = Pair { node: End::new(&node, &hub, Some(opening)), hub: End::new(&hub, &node, None) };
    pair.step(0);
    assert!(matches!(&pair.hub.waiting[0], Message::Hello(hello) if hello.positions.is_empty()));
}

#[test]
fn silent_divergence_is_found_when_positions_agree() {
    let (node, hub) = (MemoryStore::new(1), MemoryStore::new(2));
    node.write(b"a");
    synced(&node, &hub);
    hub.inner().fingerprint = 1;
    synced(&node, &hub);
    assert!(matches!(node.inner().notices.as_slice(), [Notice::Diverged(_)]));
    assert!(matches!(hub.inner().notices.as_slice(), [Notice::Diverged(_)]));
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
