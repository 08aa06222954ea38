//! A store restored from a backup: what was withdrawn since is not remembered here, and is not given out again.
use std::collections::BTreeMap;
use std::sync::Arc;

use helhet_protocol::identity::{PublicKey, Signed};
use helhet_protocol::log::tombstone::{document_hash, reason};
use helhet_protocol::log::{LogId, Position, Tombstone, verify};
use helhet_shared::clock::TestClock;
use helhet_shared::command::{self, GrantInput};
use helhet_shared::gate::Reason;
use helhet_shared::id::{DocumentId, SupporterId};
use helhet_shared::sqlite::{DatabaseKey, log, tombstones};
use helhet_shared::supporter::{Basis, Purpose, Supporter};
use helhet_shared::zone::Zone;

use super::agreement::CHAPTER_DOCUMENT;
use super::tests::{Place, place};
use super::{ReceivedEntry, held};
use crate::store::entries::{wire_entry, wire_log, wire_position};
use crate::store::exchange::Other;
use crate::store::{Store, StoreError, identity, settings, supporters};
use crate::{Node, read};

/// The store as it stands, on another disk, as a restored one: a new life of its logs and new actors.
fn restored(place: &Place) -> (Node, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    place.node.store().database().copy_to(&crate::store::database_path(folder.path())).unwrap();
    let store = Store::open(folder.path(), DatabaseKey::new([5; 32])).unwrap();
    store.database().write(identity::begin_life).unwrap();
    let identity = place.node.identity().clone();
    let now = place.node.writer().clock().now();
    (Node::with(store, identity, Arc::new(TestClock::at(now))), folder)
}

/// What the office has of this chapter, given back: floors first, then the entries that `to` lacks.
fn give_back(place: &Place, to: &Node) {
    hand_over(&place.node, place.hub.public(), to);
}

/// Everything that `from` holds of the shared zone and `to` lacks, as the hub would send it on.
pub(super) fn hand_over(from: &Node, hub: PublicKey, to: &Node) {
    hand_over_in(Zone::Shared, from, hub, to);
}

/// The same of another zone.
pub(super) fn hand_over_in(zone: Zone, from: &Node, hub: PublicKey, to: &Node) {
    let chapter = *from.identity().chapter.as_bytes();
    let floors: Vec<Signed<Tombstone>> = from
        .store()
        .database()
        .read(|connection| Ok::<_, StoreError>(tombstones::of_chapter(connection, &chapter)?))
        .unwrap()
        .iter()
        .map(|row| Signed::from_bytes(&row.signed).unwrap())
        .collect();
    to.writer().act(|deed| deed.receive_floors(&floors, &[])).unwrap();
    let held = to
        .store()
        .database()
        .read(|connection| Ok::<_, StoreError>(log::positions(connection, &chapter, zone.code())?))
        .unwrap();
    let mut known: BTreeMap<LogId, Position> =
        held.iter().map(|(log, at)| (wire_log(log), wire_position(wire_log(log), *at))).collect();
    let feed = from.store().database().read(|connection| {
        Ok::<_, StoreError>(log::feed(connection, &chapter, zone.code(), &held, 0, 999, usize::MAX)?)
    });
    for entry in feed.unwrap().entries {
        let entry: ReceivedEntry = verify(wire_entry(entry).unwrap(), |log| known.get(log).copied()).unwrap();
        known.insert(entry.header().log, entry.position());
        to.writer().act(|deed| deed.receive(&Other::Hub(hub), &[entry])).unwrap();
    }
    while to.writer().act(|deed| deed.bring_in_some()).unwrap() > 0 {}
}

pub(super) fn say_yes(node: &Node, id: SupporterId, purpose: Purpose) {
    let grant = GrantInput { purpose, basis: Basis::Consent, wording: String::new(), channel: String::new() };
    node.writer()
        .act(|deed| deed.change(id, |supporter, rng, now| command::grant(supporter, &grant, rng, now)))
        .unwrap();
}

/// Whether anything of a supporter stands in a shared document.
pub(super) fn is_out(node: &Node, id: SupporterId) -> bool {
    let document = *read::record(node.store(), id).unwrap().unwrap().documents.shared.known().unwrap();
    let database = node.store().database();
    database.read(|connection| held::live(connection, document)).unwrap().is_some()
}

// N14, P4, T21: neither a sleeping device nor a restored backup brings back what was withdrawn.
#[test]
fn what_was_withdrawn_after_the_backup_waits_for_a_person() {
    let place = place();
    let (kari, ola) = (place.member("Kari"), place.member("Ola"));
    say_yes(&place.node, kari, Purpose::Newsletter);
    let (copy, _folder) = restored(&place);
    place.node.writer().act(|deed| deed.withdraw(kari, Purpose::Newsletter)).unwrap();

    assert!(read::record(copy.store(), kari).unwrap().unwrap().permissions.granted(Purpose::Newsletter));
    give_back(&place, &copy);
    assert!(!is_out(&copy, kari), "the withdrawal is forgotten here, so the office is given nothing");
    assert!(is_out(&copy, ola), "of whom nothing was withdrawn");

    // Neither an edit nor another yes of the restored record is a person's word on what was forgotten.
    copy.writer().act(|deed| deed.begin_day()).unwrap();
    say_yes(&copy, kari, Purpose::Gifts);
    assert!(!is_out(&copy, kari));
    let view = read::what_the_office_sees(copy.store(), copy.identity(), kari, copy.writer().today());
    let verdict = view.unwrap().unwrap().verdict;
    assert!(verdict.decisions.iter().any(|decision| decision.reason == Reason::AwaitsConfirmation));
    let listed = || read::withheld(copy.store()).unwrap().iter().map(|row| row.id).collect::<Vec<_>>();
    assert_eq!(listed(), [kari]);
    copy.rebuild().unwrap();
    assert_eq!(listed(), [kari]);

    let confirm = |supporter: &Supporter| command::confirm_sharing(supporter);
    copy.writer().act(|deed| deed.change(kari, |supporter, _, _| Ok(confirm(supporter)))).unwrap();
    assert!(is_out(&copy, kari) && listed().is_empty(), "a person has decided");
    give_back(&place, &copy);
    assert!(is_out(&copy, kari), "what is known by now is no news");
}

// S0.12: figures that were retired after the backup begin anew where the office will keep them.
#[test]
fn figures_that_were_retired_after_the_backup_begin_at_their_floor() {
    let place = place();
    let figures = |node: &Node| {
        let database = node.store().database();
        database
            .read(|connection| {
                let id = settings::read(connection, CHAPTER_DOCUMENT)?.unwrap();
                held::live(connection, DocumentId::try_from(id.as_slice()).unwrap())
            })
            .unwrap()
    };
    let before = figures(&place.node).unwrap();
    let identity = place.node.identity();
    let tombstone = Tombstone {
        document_hash: document_hash(before.id.as_bytes()),
        chapter: *identity.chapter.as_bytes(),
        floor: 7,
        zone: Zone::Shared.code(),
        day: 1,
        reason: reason::NARROWED,
        authority: identity.device.public(),
        erasure: None,
    };
    let floor = tombstone.sign(&identity.device);
    place.node.writer().act(|deed| deed.receive_floors(&[floor], &[])).unwrap();
    assert!(figures(&place.node).is_none());
    place.node.writer().act(|deed| deed.begin_day()).unwrap();
    assert_eq!(figures(&place.node).map(|held| held.generation.number), Some(7));
}

// T21, P4: who was registered after the backup is known to the office, and must be in sight of the chapter, and erasable.
#[test]
fn who_was_registered_after_the_backup_is_on_record_again() {
    let place = place();
    let kari = place.member("Kari");
    let (copy, _folder) = restored(&place);
    let ola = place.member("Ola");
    say_yes(&place.node, ola, Purpose::Newsletter);
    give_back(&place, &copy);

    let all = |node: &Node| -> Vec<SupporterId> {
        node.store().database().read(|connection| Ok::<_, StoreError>(supporters::ids(connection)?)).unwrap()
    };
    let again = all(&copy).into_iter().find(|id| *id != kari).expect("Ola is on record");
    let shared = |node: &Node, id| {
        let document = *read::record(node.store(), id).unwrap().unwrap().documents.shared.known().unwrap();
        let held = node.store().database().read(|connection| held::live(connection, document)).unwrap();
        (document, held.unwrap().document.content())
    };
    assert_eq!(shared(&copy, again), shared(&place.node, ola), "the office sees him as before");
    let record = read::record(copy.store(), again).unwrap().unwrap();
    assert_eq!(record.name.given.text(), "Ola");
    assert!(record.permissions.granted(Purpose::Newsletter) && record.roles.len() == 1);

    give_back(&place, &copy);
    assert_eq!(all(&copy).len(), 2, "and he is so once");
    copy.writer().act(|deed| deed.erase(again)).unwrap();
    assert_eq!(all(&copy), [kari]);
}

// N14: or the person says that it was taken back.
#[test]
fn what_a_person_takes_back_stays_in_the_chapter() {
    let place = place();
    let kari = place.member("Kari");
    say_yes(&place.node, kari, Purpose::Newsletter);
    let (copy, _folder) = restored(&place);
    place.node.writer().act(|deed| deed.withdraw(kari, Purpose::Newsletter)).unwrap();
    give_back(&place, &copy);
    let take_back = |supporter: &Supporter, now| command::take_back_sharing(supporter, &mut rand::rng(), now);
    copy.writer().act(|deed| deed.change(kari, |supporter, _, now| Ok(take_back(supporter, now)))).unwrap();
    let record = read::record(copy.store(), kari).unwrap().unwrap();
    assert!(!record.is_withheld() && !record.permissions.granted(Purpose::Newsletter));
    assert!(!is_out(&copy, kari));
}

// N14: what is not out at the time of the backup, went out since, and was withdrawn.
#[test]
fn so_does_what_the_backup_had_not_given_out() {
    let place = place();
    let kari = place.member("Kari");
    place
        .node
        .writer()
        .act(|deed| deed.change(kari, |supporter, _, _| Ok(command::protect_address(supporter))))
        .unwrap();
    let (copy, _folder) = restored(&place);
    assert!(!is_out(&copy, kari));
    let lift = |supporter: &_| command::unprotect_address(supporter);
    place.node.writer().act(|deed| deed.change(kari, |supporter, _, _| Ok(lift(supporter)))).unwrap();
    place
        .node
        .writer()
        .act(|deed| deed.change(kari, |supporter, _, _| Ok(command::protect_address(supporter))))
        .unwrap();
    give_back(&place, &copy);
    copy.writer().act(|deed| deed.change(kari, |supporter, _, _| Ok(lift(supporter)))).unwrap();
    assert!(!is_out(&copy, kari));
}
