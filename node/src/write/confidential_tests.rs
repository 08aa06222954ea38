//! What only peer support reads stands open nowhere, opens for who holds the key, and is lost by nobody.
use helhet_protocol::identity::PublicKey;
use helhet_protocol::log::LogId;
use helhet_protocol::seal::SealKey;
use helhet_shared::document::{ChangeBody, Document, Edit};
use helhet_shared::id::{ActorId, Generation, SupporterId};
use helhet_shared::rights::UserRole;
use helhet_shared::sqlite::comparisons;
use helhet_shared::supporter::Supporter;
use helhet_shared::zone::Zone;
use proptest::prelude::*;

use super::WriteError;
use super::confidential::{Opened, Part};
use super::copied_tests::{ask, image, samples};
use super::restored_tests::hand_over_in;
use super::tests::{Place, place};
use crate::access::tests::{OTHER, OWN};
use crate::access::{add_user, peer_support};
use crate::store::{identity, peer_support as stored, users};
use crate::{Node, read};

const SECRET: &str = "fibromyalgi siden 2003";

fn notes(node: &Node, id: SupporterId, key: Option<&SealKey>) -> Option<Vec<String>> {
    let supporter: Supporter = read::record(node.store(), id).unwrap().unwrap();
    let now = node.writer().clock().now().timestamp();
    let notes = read::confidential_notes(node.store(), node.identity(), &supporter, key, now).unwrap();
    let read::HealthNotes::Open(notes) = notes else { return None };
    let mut texts: Vec<String> = notes.into_iter().map(|note| note.text.text()).collect();
    texts.sort();
    Some(texts)
}

fn write(node: &Node, id: SupporterId, text: &str) -> Result<(), WriteError> {
    node.writer().act(|deed| deed.health_note(id, text))
}

/// Every value of every table of the database that hold these words.
fn places_of(node: &Node, words: &str) -> Vec<String> {
    ask(node, |connection| {
        let tables: Vec<String> = connection
            .prepare("SELECT name FROM sqlite_master WHERE type = 'table'")?
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        let mut places = Vec::new();
        for table in tables {
            let mut statement = connection.prepare(&format!("SELECT * FROM \"{table}\""))?;
            let columns = statement.column_count();
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                for column in 0..columns {
                    let value = row.get_ref(column)?;
                    let Some(bytes) = value.as_bytes_or_null().unwrap_or(None) else { continue };
                    if bytes.windows(words.len()).any(|window| window == words.as_bytes()) {
                        places.push(table.clone());
                    }
                }
            }
        }
        Ok(places)
    })
}

/// A place whose peer-support key Kari holds.
fn held_by_kari() -> (Place, SupporterId, SealKey) {
    let place = place();
    let marit = place.member("Marit");
    let store = place.node.store();
    add_user(store, "kari", OWN, UserRole::ChapterLeader, 1, None).unwrap();
    let key = peer_support::open(store, "kari", OWN).unwrap().unwrap();
    (place, marit, key)
}

// Design §4, N2, T16: who has the database open and does not hold the key reads nothing, writes nothing, and finds no copy of it.
#[test]
fn who_does_not_hold_the_key_has_ciphertext() {
    let (place, marit, key) = held_by_kari();
    let node = &place.node;
    assert!(matches!(write(node, marit, SECRET), Err(WriteError::Closed)));
    let holder = node.clone().with_peer_support(Some(key.clone()));
    write(&holder, marit, SECRET).unwrap();
    assert_eq!(notes(node, marit, Some(&key)).unwrap(), [SECRET]);
    assert_eq!(notes(node, marit, None), None);
    assert_eq!(notes(node, marit, Some(&SealKey::from_seed(&[7; 32]))).unwrap(), [""; 0]);
    assert_eq!(places_of(node, SECRET), [""; 0]);
    assert!(!places_of(node, "Marit").is_empty(), "the search finds what stands open");
    // Nor is the key itself anywhere, and nothing is kept open by the door that has just let it through.
    let seed = key.seed();
    let found = ask(node, |connection| {
        let all = connection
            .prepare("SELECT value FROM settings")?
            .query_map([], |row| row.get::<_, Vec<u8>>(0))?
            .collect::<Result<Vec<_>, _>>()?;
        Ok(all.iter().any(|value| value.windows(32).any(|window| window == seed.as_slice())))
    });
    assert!(!found);
    assert!(matches!(write(node, marit, "mer"), Err(WriteError::Closed)));
    // What follows for everybody, does without it.
    node.writer().act(|deed| deed.begin_session()).unwrap();
    node.writer().act(|deed| deed.turn_epochs()).unwrap();
    write(&holder, marit, "og siden").unwrap();
    assert_eq!(notes(node, marit, Some(&key)).unwrap(), [SECRET, "og siden"]);
    node.writer().act(|deed| deed.erase(marit)).unwrap();
    assert!(read::record(node.store(), marit).unwrap().is_none());
}

// A computer that has met nobody for 45 days may not have heard of an erasure, or of its own removal: it keeps this closed, and
// nothing else.
#[test]
fn a_computer_that_is_out_of_touch_keeps_it_closed() {
    let (place, marit, key) = held_by_kari();
    let node = &place.node;
    write(&node.clone().with_peer_support(Some(key.clone())), marit, SECRET).unwrap();
    place.clock.advance(chrono::TimeDelta::days(45));
    assert_eq!(notes(node, marit, Some(&key)).unwrap(), [SECRET]);
    place.clock.advance(chrono::TimeDelta::days(1));
    assert_eq!(notes(node, marit, Some(&key)), None);
    assert_eq!(place.record(marit).name.given.text(), "Marit");
    let now = node.writer().clock().now().timestamp();
    node.store().database().write(|t| comparisons::agreed(t, b"a sibling", now)).unwrap();
    assert_eq!(notes(node, marit, Some(&key)).unwrap(), [SECRET]);
}

// T7: two records are put together with what stands there on health, or not at all.
#[test]
fn who_cannot_read_it_puts_no_two_records_together() {
    let (place, marit, key) = held_by_kari();
    let other = place.member("Marit");
    let node = &place.node;
    let holder = node.clone().with_peer_support(Some(key.clone()));
    let third = place.member("Marit");
    node.writer().act(|deed| deed.merge(marit, third)).unwrap();
    write(&holder, other, SECRET).unwrap();
    let refused = node.writer().act(|deed| deed.merge(marit, other));
    assert!(matches!(refused, Err(WriteError::Closed)));
    assert!(read::record(node.store(), other).unwrap().is_some(), "nothing was done");
    holder.writer().act(|deed| deed.merge(marit, other)).unwrap();
    assert_eq!(notes(node, marit, Some(&key)).unwrap(), [SECRET]);
}

// The holders of a computer: who is let in by one of them, and who waits for the next.
#[test]
fn a_holder_gives_it_to_the_next() {
    let (place, marit, key) = held_by_kari();
    let store = place.node.store();
    let public = |key: &SealKey| key.public();
    add_user(store, "ola", OTHER, UserRole::PeerSupportCoordinator, 1, Some(&key)).unwrap();
    assert_eq!(peer_support::open(store, "ola", OTHER).unwrap().as_ref().map(public), Some(key.public()));
    // Added by nobody who holds it: after the next holder has signed in.
    add_user(store, "per", OTHER, UserRole::PeerSupportCoordinator, 1, None).unwrap();
    assert!(peer_support::open(store, "per", OTHER).unwrap().is_none());
    peer_support::open(store, "kari", OWN).unwrap().unwrap();
    assert!(peer_support::open(store, "per", OTHER).unwrap().is_some());
    assert!(peer_support::open(store, "per", OWN).unwrap().is_none(), "another's passphrase");
    // Whose role reads no health has no key, by whomever.
    add_user(store, "vera", OTHER, UserRole::MembershipCoordinator, 1, Some(&key)).unwrap();
    assert!(peer_support::open(store, "vera", OTHER).unwrap().is_none());
    crate::access::change_role(store, "per", UserRole::Auditor, Some(&key)).unwrap();
    assert!(peer_support::open(store, "per", OTHER).unwrap().is_none());
    // A new password, by the user's own key.
    crate::access::change_password(store, "kari", OTHER, Some(&key)).unwrap();
    assert!(peer_support::open(store, "kari", OWN).unwrap().is_none());
    assert_eq!(peer_support::open(store, "kari", OTHER).unwrap().as_ref().map(public), Some(key.public()));
    // The last stays.
    crate::access::remove_user(store, "ola").unwrap();
    add_user(store, "siri", OWN, UserRole::ChapterLeader, 1, None).unwrap();
    for refused in [
        crate::access::remove_user(store, "kari"),
        crate::access::change_role(store, "kari", UserRole::Auditor, None),
        crate::access::change_password(store, "kari", OWN, None),
    ] {
        assert!(matches!(refused, Err(crate::access::AccessError::LastHolder)));
    }
    assert!(peer_support::open(store, "kari", OTHER).unwrap().is_some());
    assert_eq!(notes(&place.node, marit, Some(&key)).unwrap(), [""; 0]);
}

// Users of before there were such keys: nobody is left out, and the key closes behind the last of them.
#[test]
fn the_key_stays_until_all_of_before_have_it() {
    let place = place();
    let store = place.node.store();
    let hash = helhet_shared::web::password::hash(OWN, &mut rand::rng()).unwrap();
    for (login, role) in [
        ("kari", UserRole::ChapterLeader),
        ("ola", UserRole::PeerSupportCoordinator),
        ("per", UserRole::Auditor),
    ] {
        store.database().write(|transaction| users::add(transaction, login, &hash, role, 1)).unwrap();
    }
    let waits = || ask(&place.node, |connection| Ok(stored::waiting(connection)?)).is_some();
    assert!(peer_support::open(store, "per", OWN).unwrap().is_none());
    let first = peer_support::open(store, "kari", OWN).unwrap().unwrap();
    assert!(waits());
    add_user(store, "siri", OTHER, UserRole::ChapterLeader, 1, None).unwrap();
    assert!(waits());
    let second = peer_support::open(store, "ola", OWN).unwrap().unwrap();
    assert!(!waits() && first.public() == second.public());
    assert!(peer_support::open(store, "siri", OTHER).unwrap().is_some());
}

fn own_log(node: &Node) -> LogId {
    LogId {
        chapter: *node.identity().chapter.as_bytes(),
        zone: Zone::Confidential.code(),
        author: node.identity().device.public(),
        incarnation: ask(node, |connection| identity::incarnation(connection)),
    }
}

// T21, C1: two lives of one store have both written what neither can open at the moment; in the end both have both.
#[test]
fn a_copy_parts_without_reading() {
    let (place, marit, key) = held_by_kari();
    let as_kari = |node: &Node| node.clone().with_peer_support(Some(key.clone()));
    write(&as_kari(&place.node), marit, "før").unwrap();
    let (copy, _folder) = image(&place.node);
    write(&as_kari(&place.node), marit, "her").unwrap();
    write(&as_kari(&copy), marit, "der").unwrap();
    write(&as_kari(&copy), marit, "der igjen").unwrap();
    let fork = samples(&place.node, own_log(&copy));
    assert!(copy.writer().act(|deed| deed.part_from_copy(&fork)).unwrap());
    assert!(!copy.writer().act(|deed| deed.part_from_copy(&fork)).unwrap());
    let hub: PublicKey = place.hub.public();
    for _ in 0..2 {
        hand_over_in(Zone::Confidential, &place.node, hub, &copy);
        hand_over_in(Zone::Confidential, &copy, hub, &place.node);
    }
    for node in [&place.node, &copy] {
        assert_eq!(notes(node, marit, Some(&key)).unwrap(), ["der", "der igjen", "før", "her"]);
    }
    write(&as_kari(&copy), marit, "etter").unwrap();
    hand_over_in(Zone::Confidential, &copy, hub, &place.node);
    assert_eq!(notes(&place.node, marit, Some(&key)).unwrap().len(), 5);
}

fn generation(random: u64) -> Generation {
    Generation { number: 1, random }
}

fn said(edits: &[Edit]) -> (Document, ChangeBody) {
    let mut document = Document::new(ActorId::random(&mut rand::rng()));
    let body = document.edit(edits, chrono::DateTime::UNIX_EPOCH).unwrap();
    (document, body)
}

fn keys(opened: &Opened) -> Vec<String> {
    opened.content().into_keys().collect()
}

// Two devices wrote the first word of a document while apart: both words count, and each can be taken back.
#[test]
fn two_beginnings_are_one_document() {
    let [(_, one), (_, two)] =
        ["a", "b"].map(|key| said(&[Edit::set("type", "supporter"), Edit::set(key, "x")]));
    let mut opened = Opened::of(vec![Part::of(generation(1), vec![one]), Part::of(generation(2), vec![two])]);
    assert_eq!(keys(&opened), ["a", "b", "type"]);
    let edits = [Edit::delete("a"), Edit::set("c", "x")];
    let changes = opened.edit(&edits, generation(3), chrono::DateTime::UNIX_EPOCH);
    let of: Vec<u64> = changes.iter().map(|(generation, _)| generation.random).collect();
    assert_eq!((keys(&opened), of), (vec!["b".to_owned(), "c".to_owned(), "type".to_owned()], vec![1, 2]));
}

// What stands upon a removed device's word outlives it, and can be taken back.
#[test]
fn what_was_said_upon_something_that_is_gone_stands() {
    let (mut document, gone) = said(&[Edit::set("theirs", "x"), Edit::set("old", "x")]);
    let now = chrono::DateTime::UNIX_EPOCH;
    let mine = document.edit(&[Edit::set("mine", "x"), Edit::delete("old")], now).unwrap();
    let part = || Part::of(generation(1), vec![mine.clone()]);
    let mut opened = Opened::of(vec![part()]);
    assert_eq!(keys(&opened), ["mine"]);
    let taken_back = opened.edit(&[Edit::delete("mine")], generation(9), now);
    assert_eq!(keys(&opened), [""; 0]);
    let later = taken_back.into_iter().map(|(_, body)| body).chain([mine.clone()]).collect();
    assert_eq!(keys(&Opened::of(vec![Part::of(generation(1), later)])), [""; 0], "for every reader");
    // Where it comes back after all, it is as if it had been there.
    let whole = Opened::of(vec![Part::of(generation(1), vec![mine, gone])]);
    assert_eq!(keys(&whole), ["mine", "theirs"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    // C1: in whatever order the changes lie in the log, everybody reads the same.
    #[test]
    fn the_order_of_arrival_says_nothing(
        words in prop::collection::vec((0_u8..6, any::<bool>()), 1..12),
        seed in any::<u64>(),
    ) {
        use rand::SeedableRng as _;
        use rand::seq::SliceRandom as _;
        let now = chrono::DateTime::UNIX_EPOCH;
        let (mut opened, mut bodies) = (Opened::of(Vec::new()), Vec::new());
        for (key, sets) in words {
            let key = format!("k{key}");
            let edit = if sets { Edit::set(key, "x") } else { Edit::delete(key) };
            bodies.extend(opened.edit(&[edit], generation(1), now).into_iter().map(|(_, body)| body));
            // Each edit has a reader, and an actor, of its own.
            opened = Opened::of(vec![Part::of(generation(1), bodies.clone())]);
        }
        let before = opened.content();
        bodies.shuffle(&mut rand::rngs::StdRng::seed_from_u64(seed));
        let after = Opened::of(vec![Part::of(generation(1), bodies)]);
        prop_assert_eq!(after.content(), before);
    }
}
