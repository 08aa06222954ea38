//! A copy of the store has written too: neither life loses anything, and no more leaves than the gate lets out.
use std::collections::BTreeMap;
use std::sync::Arc;

use helhet_protocol::identity::PublicKey;
use helhet_protocol::log::tombstone::document_hash;
use helhet_protocol::log::{ChangeKind, LogId};
use helhet_protocol::v1::Fork;
use helhet_protocol::v1::fork::Sample;
use helhet_shared::clock::TestClock;
use helhet_shared::command;
use helhet_shared::document::{Content, Document, Edit};
use helhet_shared::id::{ActorId, DocumentId, Generation, SupporterId};
use helhet_shared::sqlite::log::LogPosition;
use helhet_shared::sqlite::{DatabaseKey, fingerprints, log, tombstones};
use helhet_shared::supporter::Purpose;
use helhet_shared::zone::Zone;

use super::held;
use super::restored_tests::{hand_over, is_out, say_yes};
use super::tests::{Place, place};
use crate::store::entries::wire_log;
use crate::store::{Store, StoreError, copies, exchange, identity, supporters};
use crate::{Node, read};

/// The store as it stands, on another disk, and nobody tells it.
pub(super) fn image(of: &Node) -> (Node, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    of.store().database().copy_to(&crate::store::database_path(folder.path())).unwrap();
    let store = Store::open(folder.path(), DatabaseKey::new([5; 32])).unwrap();
    let now = of.writer().clock().now();
    (Node::with(store, of.identity().clone(), Arc::new(TestClock::at(now))), folder)
}

pub(super) fn ask<T>(
    node: &Node,
    question: impl FnOnce(&rusqlite::Transaction<'_>) -> Result<T, StoreError>,
) -> T {
    node.store().database().read(question).unwrap()
}

/// The log that the node writes to.
fn own_log(node: &Node) -> LogId {
    LogId {
        chapter: *node.identity().chapter.as_bytes(),
        zone: Zone::Shared.code(),
        author: node.identity().device.public(),
        incarnation: ask(node, |connection| identity::incarnation(connection)),
    }
}

/// What a hub that holds what `there` holds names of a log.
pub(super) fn samples(there: &Node, log: LogId) -> Fork {
    ask(there, |connection| exchange::samples(connection, &log))
}

fn part(node: &Node, fork: &Fork) -> bool {
    node.writer().act(|deed| deed.part_from_copy(fork)).unwrap()
}

fn edit(node: &Node, id: SupporterId, key: &str, value: &str) {
    let edits = vec![Edit::set(key, value)];
    node.writer().act(|deed| deed.change(id, |_, _, _| Ok(edits))).unwrap();
}

fn email(place: &Place, id: SupporterId) -> String {
    format!("email/{}", read::record(place.node.store(), id).unwrap().unwrap().emails[0].key)
}

/// The shared part of everybody, by document.
fn shared(node: &Node) -> BTreeMap<DocumentId, Content> {
    ask(node, |connection| {
        let mut all = BTreeMap::new();
        for (_, document) in supporters::shared_documents(connection)? {
            let held = held::live(connection, document)?;
            all.extend(held.map(|held| (document, held.document.content())));
        }
        Ok(all)
    })
}

fn positions(node: &Node) -> BTreeMap<log::LogId, LogPosition> {
    let chapter = *node.identity().chapter.as_bytes();
    ask(node, |connection| Ok(log::positions(connection, &chapter, Zone::Shared.code())?))
}

fn fingerprint(node: &Node) -> [u8; 32] {
    let chapter = *node.identity().chapter.as_bytes();
    ask(node, |connection| Ok(fingerprints::of(connection, &chapter, Zone::Shared.code())?))
}

/// The floor of a supporter's shared document.
fn floor(node: &Node, id: SupporterId) -> u32 {
    let document = *read::record(node.store(), id).unwrap().unwrap().documents.shared.known().unwrap();
    let hash = document_hash(document.as_bytes());
    ask(node, |connection| Ok(tombstones::floor(connection, node.identity().chapter.as_bytes(), &hash)?))
}

fn names(node: &Node) -> Vec<String> {
    let today = node.writer().today();
    let rows = read::supporters(node.store(), &read::Listing::default(), today).unwrap().0;
    rows.into_iter().map(|row| row.display_name).collect()
}

fn value(node: &Node, id: SupporterId, key: &str) -> Vec<String> {
    let record = read::record(node.store(), id).unwrap().unwrap();
    let at = record.content().get(key).cloned().unwrap_or_default();
    at.iter().filter_map(|value| value.as_text().map(str::to_owned)).collect()
}

/// Each gets what the other has, by way of the hub, until neither lacks anything.
fn meet(one: &Node, other: &Node, hub: PublicKey) {
    for _ in 0..3 {
        hand_over(one, hub, other);
        hand_over(other, hub, one);
    }
    assert_eq!(positions(one), positions(other));
    assert_eq!(fingerprint(one), fingerprint(other), "both hold the same");
    assert_eq!(shared(one), shared(other));
}

// T21, C1: what either life wrote is in both in the end, and the next meeting finds nothing amiss.
#[test]
fn neither_life_loses_what_it_wrote() {
    let place = place();
    let (kari, ola) = (place.member("Kari"), place.member("Ola"));
    let key = email(&place, kari);
    let (copy, _folder) = image(&place.node);
    // The one that has synced.
    edit(&place.node, kari, "name/family", "Dahl");
    say_yes(&place.node, ola, Purpose::Newsletter);
    place.member("Xenia");
    // The other.
    edit(&copy, kari, &key, "ny@epost.example");
    edit(&copy, kari, &key, "nyere@epost.example");
    edit(&copy, ola, "name/family", "Moen");
    let yngve = command::SupporterInput {
        given_name: "Yngve".to_owned(),
        roles: vec![command::RoleInput::of(helhet_shared::supporter::Role::Member)],
        ..command::SupporterInput::default()
    };
    copy.writer().act(|deed| deed.register(&yngve)).unwrap();
    let (before, old) = (shared(&copy), own_log(&copy));

    assert!(part(&copy, &samples(&place.node, old)));
    assert_eq!(shared(&copy), before, "the gate lets out what it let out before");
    assert_ne!(own_log(&copy), old);
    assert_eq!(ask(&copy, |connection| Ok(copies::of(connection)?)).met, 1);
    assert!(!part(&copy, &samples(&place.node, old)), "there is nothing more to mend");

    meet(&place.node, &copy, place.hub.public());
    for node in [&place.node, &copy] {
        assert_eq!(value(node, kari, "name/family"), ["Dahl"]);
        assert_eq!(value(node, kari, &key), ["nyere@epost.example"]);
        assert_eq!(value(node, ola, "name/family"), ["Moen"]);
        let ola = read::record(node.store(), ola).unwrap().unwrap();
        assert!(ola.permissions.granted(Purpose::Newsletter), "a yes of either life is a yes");
        let mut names = names(node);
        names.sort();
        assert_eq!(names, ["Kari Dahl", "Ola Moen", "Xenia Nordmann", "Yngve"]);
        assert_eq!(read::disputed(node.store()).unwrap().len(), 0);
        node.rebuild().unwrap();
    }
    // Both go on, and stay together.
    edit(&copy, kari, "name/family", "Vik");
    meet(&place.node, &copy, place.hub.public());
    edit(&place.node, kari, "name/family", "Lie");
    meet(&place.node, &copy, place.hub.public());
    assert_eq!(value(&copy, kari, "name/family"), ["Lie"]);
}

// T21: of one field that both lives changed both values stay in sight.
#[test]
fn what_both_lives_changed_is_shown_twice() {
    let place = place();
    let kari = place.member("Kari");
    let key = email(&place, kari);
    let (copy, _folder) = image(&place.node);
    edit(&place.node, kari, &key, "en@epost.example");
    edit(&copy, kari, &key, "to@epost.example");
    assert!(part(&copy, &samples(&place.node, own_log(&copy))));
    meet(&place.node, &copy, place.hub.public());
    for node in [&place.node, &copy] {
        let record = read::record(node.store(), kari).unwrap().unwrap();
        let mut both: Vec<_> = record.emails[0].value.all_known().map(ToString::to_string).collect();
        both.sort();
        assert_eq!(both, ["en@epost.example", "to@epost.example"]);
    }
}

// N14, P4: two lives may have taken back two things under one floor. Nobody can tell, so a person says what holds.
#[test]
fn who_was_withdrawn_in_a_copy_waits_for_a_person() {
    let place = place();
    let [kari, ola, per] = ["Kari", "Ola", "Per"].map(|name| place.member(name));
    place.member("Siri");
    say_yes(&place.node, kari, Purpose::Newsletter);
    say_yes(&place.node, kari, Purpose::Gifts);
    let (copy, _folder) = image(&place.node);
    place.node.writer().act(|deed| deed.withdraw(kari, Purpose::Newsletter)).unwrap();
    copy.writer().act(|deed| deed.withdraw(kari, Purpose::Gifts)).unwrap();
    let protect = |node: &Node| {
        node.writer().act(|deed| deed.change(per, |it, _, _| Ok(command::protect_address(it)))).unwrap();
    };
    protect(&place.node);
    protect(&copy);
    copy.writer().act(|deed| deed.erase(ola)).unwrap();
    assert_eq!((floor(&place.node, per), floor(&copy, per)), (2, 2), "nobody can tell the two apart");
    assert!(part(&copy, &samples(&place.node, own_log(&copy))));
    assert!(is_out(&place.node, kari) && !is_out(&copy, kari));
    let mut withheld: Vec<_> = read::withheld(copy.store()).unwrap().into_iter().map(|row| row.id).collect();
    withheld.sort();
    let mut both = [kari, per];
    both.sort();
    assert_eq!(withheld, both);
    assert!(floor(&copy, per) == 3 && floor(&copy, kari) > 2, "so that the office hears of them");
    meet(&place.node, &copy, place.hub.public());
    assert!(!is_out(&copy, kari) && !is_out(&place.node, kari));
    for node in [&place.node, &copy] {
        assert_eq!(names(node).len(), 3, "who was erased in either life is gone from both");
        assert!(read::record(node.store(), ola).unwrap().is_none());
    }
}

// T21, S0.12: whatever a hub says of a log, nothing falls over, no value is lost, and no more goes out than before.
#[test]
fn a_hub_that_lies_costs_work_and_nothing_else() {
    let place = place();
    let kari = place.member("Kari");
    let node = &place.node;
    let log = own_log(node);
    let (before, all) = (shared(node), names(node));
    let sample = |sequence, byte| Sample { sequence, hash: [byte; 32] };
    let never = Fork { log, samples: vec![sample(7, 1), sample(u64::MAX, 2), sample(0, 0), sample(2, 3)] };
    let elsewhere = Fork { log: LogId { zone: Zone::Published.code(), ..log }, ..never.clone() };
    let of_another = Fork { log: LogId { author: place.hub.public(), ..log }, ..never.clone() };
    let unknown = Fork { log: LogId { incarnation: log.incarnation ^ 1, ..log }, ..never.clone() };
    for fork in [elsewhere, of_another, unknown, samples(node, log)] {
        assert!(!part(node, &fork));
    }
    let mut logs = [log, LogId { zone: Zone::Chapter.code(), ..log }];
    for _ in 0..3 {
        // Each parting begins a life in which its own zone alone is written anew.
        for log in &mut logs {
            assert!(part(node, &Fork { log: *log, ..never.clone() }));
            *log = LogId { zone: log.zone, ..own_log(node) };
            assert_eq!(names(node), all);
        }
        let now = shared(node);
        assert_eq!(now.values().collect::<Vec<_>>(), before.values().collect::<Vec<_>>());
    }
    assert!(!positions(node).contains_key(&crate::store::entries::stored_log(&log)));
    edit(node, kari, "name/family", "Dahl");
    let written: std::collections::BTreeSet<_> = positions(node).keys().map(wire_log).collect();
    assert_eq!(written, [logs[0], own_log(node)].into());
}

// T21: an image that was put back and written to, then backed up and restored: what it wrote as a restored store builds on
// what has to go, and is signed again with it.
#[test]
fn what_a_later_life_built_on_a_copys_writing_is_signed_again_too() {
    let place = place();
    let kari = place.member("Kari");
    let key = email(&place, kari);
    let (copy, _folder) = image(&place.node);
    place.member("Xenia");
    edit(&copy, kari, &key, "en@epost.example");
    let forked = own_log(&copy);
    copy.store().database().write(identity::begin_life).unwrap();
    edit(&copy, kari, &key, "to@epost.example");
    let second = own_log(&copy);
    assert!(part(&copy, &samples(&place.node, forked)));
    assert!(!positions(&copy).contains_key(&crate::store::entries::stored_log(&second)));
    meet(&place.node, &copy, place.hub.public());
    assert_eq!(value(&place.node, kari, &key), ["to@epost.example"]);
}

// T21: any number of copies, each with a life of its own after it was found, and no further forks.
#[test]
fn three_copies_live_side_by_side() {
    let place = place();
    let kari = place.member("Kari");
    let copies = [image(&place.node), image(&place.node)];
    edit(&place.node, kari, "name/given", "Karin");
    for (number, (copy, _)) in copies.iter().enumerate() {
        edit(copy, kari, "name/family", &format!("Dahl {number}"));
        assert!(part(copy, &samples(&place.node, own_log(copy))));
        meet(&place.node, copy, place.hub.public());
    }
    for (copy, _) in &copies {
        meet(&place.node, copy, place.hub.public());
        edit(copy, kari, "name/legal", "x");
        meet(&place.node, copy, place.hub.public());
    }
    let logs: std::collections::BTreeSet<_> =
        positions(&place.node).keys().map(|log| log.incarnation).collect();
    assert_eq!(logs.len(), 3);
    for (copy, _) in &copies {
        meet(&place.node, copy, place.hub.public());
        assert_eq!(value(copy, kari, "name/given"), ["Karin"]);
    }
}

/// The generation of a supporter's shared document, and how many there are of its number.
fn generations(node: &Node, id: SupporterId) -> Vec<Generation> {
    let document = *read::record(node.store(), id).unwrap().unwrap().documents.shared.known().unwrap();
    ask(node, |connection| held::newest(connection, document))
        .into_iter()
        .map(|held| held.generation)
        .collect()
}

/// A chapter whose other life wrote so much that no sample is near the last common entry.
fn far_apart() -> (Place, SupporterId, Node, tempfile::TempDir) {
    let place = place();
    let kari = place.member("Kari");
    let (copy, folder) = image(&place.node);
    for number in 0..140 {
        edit(&place.node, kari, "name/family", &format!("Dahl {number}"));
    }
    edit(&copy, kari, "name/given", "Karin");
    (place, kari, copy, folder)
}

// T21: samples are few; what the hub acknowledged stays as it was signed.
#[test]
fn what_was_acknowledged_is_not_signed_again() {
    let (place, kari, copy, _folder) = far_apart();
    let (log, before) = (own_log(&copy), generations(&copy, kari));
    let stored = crate::store::entries::stored_log(&log);
    let at = LogPosition { sequence: 2, hash: ask(&copy, |t| Ok(log::hash_at(t, &stored, 2)?)).unwrap() };
    let noted = copy.store().database().write(|t| log::acknowledge(t, exchange::HUB, &stored, at, 1));
    assert!(noted.unwrap());
    assert!(part(&copy, &samples(&place.node, log)));
    assert_eq!((positions(&copy)[&stored], generations(&copy, kari)), (at, before));
    meet(&place.node, &copy, place.hub.public());
    assert_eq!(value(&copy, kari, "name/family"), ["Dahl 139"]);
    assert_eq!(value(&place.node, kari, "name/given"), ["Karin"]);
}

// T21: a hub that was restored holds less than it acknowledged; the second meeting finds out.
#[test]
fn a_false_acknowledgement_is_believed_once() {
    let (place, kari, copy, _folder) = far_apart();
    let log = own_log(&copy);
    let stored = crate::store::entries::stored_log(&log);
    edit(&copy, kari, "name/given", "Kaja");
    let at = LogPosition { sequence: 3, hash: ask(&copy, |t| Ok(log::hash_at(t, &stored, 3)?)).unwrap() };
    copy.store().database().write(|t| log::acknowledge(t, exchange::HUB, &stored, at, 1)).unwrap();
    assert!(part(&copy, &samples(&place.node, log)));
    assert_eq!(positions(&copy)[&stored], at);
    assert!(part(&copy, &samples(&place.node, log)));
    assert_eq!(positions(&copy)[&stored].sequence, 1, "the last sample that both hold");
    assert_eq!(value(&copy, kari, "name/given"), ["Kaja"]);
}

// T21: where both lives began the same generation, it begins anew with what both say.
#[test]
fn what_both_lives_began_becomes_one_again() {
    let (place, kari, copy, _folder) = far_apart();
    assert!(part(&copy, &samples(&place.node, own_log(&copy))));
    hand_over(&place.node, place.hub.public(), &copy);
    let [one] = generations(&copy, kari)[..] else { panic!("there are two") };
    assert_eq!(one.number, 2);
    let mut family: Vec<_> =
        read::record(copy.store(), kari).unwrap().unwrap().name.family.all_known().cloned().collect();
    family.sort();
    assert_eq!(family.len(), 2, "which is the newer nobody can tell: {family:?}");
    assert!(is_out(&copy, kari));
}

// P4, T21: who is known to one copy by the office alone, and is erased there, is gone from the other too.
#[test]
fn who_is_erased_in_one_copy_is_gone_from_all() {
    let place = place();
    place.member("Kari");
    let (copy, _folder) = image(&place.node);
    place.member("Ola");
    edit(&copy, ask(&copy, |t| Ok(supporters::ids(t)?))[0], "name/family", "Dahl");
    assert!(part(&copy, &samples(&place.node, own_log(&copy))));
    meet(&place.node, &copy, place.hub.public());
    let listed = ask(&copy, |t| Ok(supporters::ids(t)?));
    let ola = listed
        .into_iter()
        .find(|id| read::record(copy.store(), *id).unwrap().unwrap().name.given.text() == "Ola");
    copy.writer().act(|deed| deed.erase(ola.unwrap())).unwrap();
    meet(&place.node, &copy, place.hub.public());
    assert_eq!(
        (names(&place.node), names(&copy)),
        (vec!["Kari Dahl".to_owned()], vec!["Kari Dahl".to_owned()])
    );
}

// N9, T21: a correction that had arrived and was not brought in yet is not undone by what is written again.
#[test]
fn a_correction_on_its_way_outlives_the_parting() {
    let mut place = place();
    let kari = place.member("Kari");
    let key = email(&place, kari);
    let (other, _folder) = image(&place.node);
    place.member("Xenia");
    edit(&place.node, kari, "name/family", "Dahl");
    // The office corrects what both lives had told it.
    let document = *read::record(other.store(), kari).unwrap().unwrap().documents.shared.known().unwrap();
    let base = ask(&other, |connection| Ok(held::live(connection, document)?.unwrap()));
    let mut at_hub = Document::load(&base.document.save(), ActorId::random(&mut rand::rng())).unwrap();
    let now = place.node.writer().clock().now();
    let body = at_hub.edit(&[Edit::set(&key, "office@epost.example")], now).unwrap();
    edit(&other, kari, "name/given", "Karin");
    let generation =
        helhet_protocol::log::Generation { number: base.generation.number, random: base.generation.random };
    place.hear_hub(Zone::Shared, ChangeKind::Automerge, document, generation, body.0).unwrap();
    assert!(part(&place.node, &samples(&other, own_log(&place.node))));
    assert_eq!(value(&place.node, kari, &key), ["office@epost.example"]);
    assert_eq!(value(&place.node, kari, "name/family"), ["Dahl"]);
    assert_eq!(shared(&place.node)[&document][&key], ["office@epost.example".into()]);
}
