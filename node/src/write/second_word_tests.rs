//! Two pairs of eyes at a chapter's own computers (design §4).
use helhet_protocol::identity::{DeviceCertificate, DeviceChain, DeviceRole, KeyPair, RootKey, Signed};
use helhet_protocol::log::tombstone::{Erasure, document_hash, reason};
use helhet_protocol::log::{Revocation, Tombstone};
use helhet_shared::erasures::second_word::{ALONE_A_DAY, SETTLES_AFTER};
use helhet_shared::id::{DocumentId, SupporterId};
use helhet_shared::sqlite::tombstones::ERASED;
use helhet_shared::supporter::Purpose;
use helhet_shared::zone::Zone;

use super::tests::{Place, place};
use super::{Which, WriteError};
use crate::read;
use crate::store::exchange;

const ALONE: usize = ALONE_A_DAY as usize;

/// Another computer of the same chapter that may erase.
struct Sibling {
    key: KeyPair,
    chapter: [u8; 16],
}

impl Sibling {
    fn of(place: &Place) -> Self {
        let own = place.node.identity();
        let (chapter, key) = (*own.chapter.as_bytes(), KeyPair::generate(&mut rand::rng()));
        let now = place.node.writer().clock().now().timestamp();
        let certificate = DeviceCertificate::new(chapter, "stand", key.public(), DeviceRole::Admin, now);
        let chain = DeviceChain::certify(own.chain.chapter_key.clone(), &certificate, &own.chapter_key);
        place.node.writer().act(|deed| deed.receive_devices(&[chain])).unwrap();
        Self { key, chapter }
    }

    /// All documents of these supporters are to be erased, says this one.
    fn erases(&self, place: &Place, people: &[SupporterId]) -> Vec<Signed<Tombstone>> {
        let mut said = Vec::new();
        for (number, id) in (0_u8..).zip(people) {
            let record = place.record(*id);
            let shared = *record.documents.shared.known().unwrap();
            let erasure = Some(Erasure { number: [number; 16], holders: Vec::new() });
            for (zone, document) in [(Zone::Chapter, DocumentId::from(*id)), (Zone::Shared, shared)] {
                let word = Tombstone {
                    document_hash: document_hash(document.as_bytes()),
                    chapter: self.chapter,
                    floor: ERASED,
                    zone: zone.code(),
                    // Its clock is a hundred years off.
                    day: 56_000,
                    reason: reason::ERASED,
                    authority: self.key.public(),
                    erasure: erasure.clone(),
                };
                said.push(word.sign(&self.key));
            }
        }
        said
    }

    fn is_out(&self, place: &Place) {
        let chapter_key = &place.node.identity().chapter_key;
        let revocation = Revocation {
            chapter: self.chapter,
            device: self.key.public(),
            last_accepted: Vec::new(),
            time: 1,
            authority: chapter_key.public(),
        };
        let signed = Signed::sign(&revocation, chapter_key);
        place.node.writer().act(|deed| deed.receive_revocations(&[signed])).unwrap();
    }
}

fn members(place: &Place, count: usize) -> Vec<SupporterId> {
    (0..count).map(|number| place.member(&format!("Kari{number}"))).collect()
}

fn waiting(place: &Place) -> usize {
    read::waiting_erasures(place.node.store(), place.node.identity()).unwrap().len()
}

// design §4, P8: what a stolen computer would erase above the set number is shown nowhere and comes back when it is removed.
#[test]
fn a_stolen_computers_mass_erasure_comes_back() {
    let place = place();
    let people = members(&place, ALONE + 5);
    let stolen = Sibling::of(&place);
    let said = stolen.erases(&place, &people);
    place.node.writer().act(|deed| deed.receive_floors(&said, &[])).unwrap();
    assert_eq!((place.rows().len(), waiting(&place)), (0, 5));
    let hidden = people[ALONE + 1];
    assert!(read::record(place.node.store(), hidden).unwrap().is_none());
    let edited = place.node.writer().act(|deed| deed.withdraw(hidden, Purpose::Newsletter));
    assert!(matches!(edited, Err(WriteError::NoSuchSupporter)));
    place.node.rebuild().unwrap();
    assert_eq!(place.rows().len(), 0, "nor after a rebuild");
    // It travels on, and said again it is no second word.
    let chapter = stolen.chapter;
    let rows = place.node.store().database().read(|c| exchange::retired_rows(c, &chapter, 0)).unwrap();
    assert_eq!((rows.tombstones.len(), rows.held.len()), (2 * ALONE, 10));
    place.node.writer().act(|deed| deed.receive_floors(&said, &rows.held)).unwrap();
    assert_eq!(waiting(&place), 5);

    stolen.is_out(&place);
    assert_eq!((place.rows().len(), waiting(&place)), (5, 0));
    place.node.writer().act(|deed| deed.withdraw(hidden, Purpose::Newsletter)).unwrap();
    assert!(place.shared(hidden).is_some(), "and the office has them as before");
}

// design §4: a second computer's word, and not its chapter key's.
#[test]
fn a_second_computer_says_so_too_or_takes_it_back() {
    let place = place();
    let people = members(&place, ALONE + 4);
    let other = Sibling::of(&place);
    let said = other.erases(&place, &people);
    place.node.writer().act(|deed| deed.receive_floors(&said, &[])).unwrap();
    place.clock.advance(chrono::TimeDelta::seconds(SETTLES_AFTER));
    let first = read::waiting_erasures(place.node.store(), place.node.identity()).unwrap().remove(0);
    assert!(!first.is_own && first.by == "stand" && first.name.starts_with("Kari"));
    let back =
        place.node.writer().act(|deed| deed.take_back_erasures(Which::Numbered(first.number.0))).unwrap();
    assert_eq!((back, place.rows().len(), waiting(&place)), (1, 1, 3));
    let confirmed =
        place.node.writer().act(|deed| deed.confirm_erasures(Which::Of(other.key.public()), None)).unwrap();
    assert_eq!((confirmed, place.rows().len(), waiting(&place)), (3, 1, 0));
    let chapter = other.chapter;
    let rows = place.node.store().database().read(|c| exchange::retired_rows(c, &chapter, 0)).unwrap();
    assert_eq!(rows.tombstones.len(), 2 * (ALONE + 3), "gone, in all their zones");
    // Whoever was taken back is erased like anybody else.
    let kept = place.rows()[0].id;
    assert!(place.node.writer().act(|deed| deed.erase(kept)).unwrap());
}

// design §4: two are needed that have been here for some days. Then what both have said goes by itself.
#[test]
fn a_computer_that_came_a_moment_ago_is_no_second_one() {
    let place = place();
    let people = members(&place, ALONE + 4);
    let other = Sibling::of(&place);
    let said = other.erases(&place, &people);
    place.node.writer().act(|deed| deed.receive_floors(&said, &[])).unwrap();
    let own = place.node.writer().act(|deed| deed.confirm_erasures(Which::All, None)).unwrap();
    assert_eq!((own, waiting(&place)), (4, 4));
    place.clock.advance(chrono::TimeDelta::seconds(SETTLES_AFTER));
    place.node.writer().act(|deed| deed.begin_day()).unwrap();
    assert_eq!((place.rows().len(), waiting(&place)), (0, 0));
}

// design §4: a chapter with one computer says it with the words on its paper.
#[test]
fn one_computer_alone_needs_the_recovery_phrase() {
    let (place, phrase) = super::tests::place_with_phrase();
    let people = members(&place, ALONE + 3);
    let mut gone = 0;
    for id in &people {
        gone += usize::from(place.node.writer().act(|deed| deed.erase(*id)).unwrap());
    }
    assert_eq!((gone, place.rows().len(), waiting(&place)), (ALONE, 0, 3));
    // The office has not heard of them: it will count them on the day on which it does.
    place.clock.advance(chrono::TimeDelta::days(3));
    let another = place.member("Ola");
    assert!(!place.node.writer().act(|deed| deed.erase(another)).unwrap());
    let alone = place.node.writer().act(|deed| deed.confirm_erasures(Which::All, None)).unwrap();
    assert_eq!((alone, waiting(&place)), (4, 4), "its own word is no second one");
    let wrong = RootKey::from_seed(&[3; 32]);
    let refused = place.node.writer().act(|deed| deed.confirm_erasures(Which::All, Some(&wrong)));
    assert!(matches!(refused, Err(WriteError::OtherPhrase)));
    let root = phrase.root();
    place.node.writer().act(|deed| deed.confirm_erasures(Which::All, Some(&root))).unwrap();
    assert_eq!(waiting(&place), 0);
    let register = read::erasures(place.node.store(), place.node.identity(), 0).unwrap();
    assert_eq!(register.len(), ALONE + 4);
}
