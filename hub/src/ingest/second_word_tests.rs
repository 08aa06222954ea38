//! A stolen computer would erase a whole chapter (design §4).
use helhet_protocol::identity::{KeyPair, Signed};
use helhet_protocol::log::tombstone::{document_hash, reason};
use helhet_protocol::log::{Revocation, Tombstone};
use helhet_protocol::session::RetiredRows;
use helhet_shared::erasures::second_word::{ALONE_A_DAY, SETTLES_AFTER};
use helhet_shared::sqlite::held;
use helhet_shared::zone::Zone;

use super::{change_devices, retire};
use crate::store::StoreError;
use crate::testing::{Device, Subject, TestHub};

const ALONE: usize = ALONE_A_DAY as usize;

/// A chapter with so many members, each with a name of its own.
fn chapter_of(test: &TestHub, members: usize) -> (Device, Vec<Subject>) {
    let mut bergen = test.chapter("Bergen");
    let people: Vec<Subject> = (0..members)
        .map(|n| {
            bergen.person(&format!("Kariatide{n:03}x"), "Nordmann", &format!("kariatide{n:03}x@post.example"))
        })
        .collect();
    for some in people.chunks(100) {
        let entry = bergen.entry(some.iter().map(|person| person.first.clone()).collect());
        test.ingest(&bergen, vec![entry]).unwrap();
    }
    assert_eq!(test.supporters().len(), members);
    (bergen, people)
}

fn erase(test: &TestHub, by: &Device, people: &[Subject]) {
    let words: Vec<_> = people.iter().map(|person| by.tombstone(&person.id, u32::MAX)).collect();
    test.retire(by, &words).unwrap();
}

fn out(test: &TestHub, by: &Device, device: &Device) {
    let revocation = Revocation {
        chapter: *by.chapter.as_bytes(),
        device: device.key.public(),
        // All that it wrote counts, but for what waits.
        last_accepted: device.head.into_iter().collect(),
        time: 1,
        authority: by.chapter_key.public(),
    };
    let revocations = vec![Signed::sign(&revocation, &by.chapter_key)];
    let rows = RetiredRows { revocations, ..RetiredRows::default() };
    let now = test.hub.now().timestamp();
    test.hub.database().write(|tx| change_devices(tx, by.chapter, &rows, now)).unwrap();
}

/// Whoever is here has been for long enough.
fn settle(test: &TestHub) {
    test.clock.advance(chrono::TimeDelta::seconds(SETTLES_AFTER));
}

fn stands(test: &TestHub, numbers: std::ops::Range<usize>) -> usize {
    let bytes = test.bytes();
    let stands = |n: &usize| {
        let name = format!("Kariatide{n:03}x").into_bytes();
        bytes.windows(name.len()).any(|window| window == name)
    };
    numbers.filter(stands).count()
}

// design §4, C3, C6, P8: twenty go to the last byte; the others are shown to nobody, and come back when the computer is removed.
#[test]
fn a_stolen_computers_mass_erasure_is_hidden_and_comes_back() {
    let test = TestHub::new();
    let (mut bergen, people) = chapter_of(&test, 200);
    let stolen = bergen.sibling(&test);
    erase(&test, &stolen, &people);
    assert_eq!(test.supporters().len(), 0, "none of them is shown");
    test.hub.finish_erasures(std::time::Duration::ZERO).unwrap();
    assert_eq!((stands(&test, 0..ALONE), stands(&test, ALONE..200)), (0, 180));
    assert!(test.hub.rebuild().unwrap());
    assert_eq!(test.supporters().len(), 0, "nor after a rebuild");
    // Said again on the same day, or in the name of the chapter's key, it is no second word.
    erase(&test, &stolen, &people);
    let with_key = Device { key: bergen.chapter_key.clone(), ..bergen.sibling(&test) };
    let words = [with_key.tombstone(&people[100].id, u32::MAX)];
    assert!(test.retire(&bergen, &words).is_err(), "the chapter's key erases nobody");
    // Nor on another day.
    test.clock.advance(chrono::TimeDelta::days(1));
    erase(&test, &stolen, &people);
    assert_eq!(stands(&test, ALONE..200), 180);

    out(&test, &bergen, &stolen);
    assert_eq!(test.supporters().len(), 180);
    test.hub.finish_erasures(std::time::Duration::ZERO).unwrap();
    assert_eq!(stands(&test, ALONE..200), 180);
    // And what it says from now on is nobody's word.
    erase(&test, &stolen, &people);
    assert_eq!(test.supporters().len(), 180);
}

// design §4, C3: what a second computer that may erase, or the root, says too is gone to the last byte.
#[test]
fn a_second_word_erases_to_the_last_byte() {
    let test = TestHub::new();
    let (mut bergen, people) = chapter_of(&test, 60);
    let second = bergen.sibling(&test);
    settle(&test);
    erase(&test, &bergen, &people);
    test.hub.finish_erasures(std::time::Duration::ZERO).unwrap();
    assert_eq!(stands(&test, 0..60), 60 - ALONE);
    // Its own word is good for a number of its own besides, on others.
    erase(&test, &second, &people[ALONE..50]);
    test.hub.finish_erasures(std::time::Duration::ZERO).unwrap();
    assert_eq!((stands(&test, 0..50), stands(&test, 50..60)), (0, 10));
    let by_root = KeyPair::from_seed(&bergen.root.seed());
    let root = Device { key: by_root, ..bergen.sibling(&test) };
    erase(&test, &bergen, &[]);
    let words: Vec<_> = people[50..].iter().map(|person| root.tombstone(&person.id, u32::MAX)).collect();
    test.retire(&bergen, &words).unwrap();
    test.hub.finish_erasures(std::time::Duration::ZERO).unwrap();
    assert_eq!(stands(&test, 0..60), 0);
    let waiting = test.hub.database().read(|tx| {
        Ok::<_, StoreError>((
            held::open(tx, bergen.chapter.as_bytes())?,
            held::hidden(tx, bergen.chapter.as_bytes())?,
        ))
    });
    assert_eq!(waiting.unwrap(), (Vec::new(), Vec::new()));
}

// design §4: who has stolen a computer lets in as many others as it takes. They erase what one may, all together, and none of
// them is a second one; a few days later they are, if nobody has noticed.
#[test]
fn computers_that_came_a_moment_ago_are_no_second_one() {
    let test = TestHub::new();
    let (mut stolen, people) = chapter_of(&test, 100);
    let new: Vec<Device> = (0..4).map(|_| stolen.sibling(&test)).collect();
    erase(&test, &stolen, &people);
    new.iter().for_each(|device| erase(&test, device, &people));
    test.hub.finish_erasures(std::time::Duration::ZERO).unwrap();
    assert_eq!(stands(&test, 0..100), 100 - 2 * ALONE, "one's own number, and once that of all the others");
    assert_eq!(test.supporters().len(), 0);
    // Words that were heard are weighed again when more is said.
    settle(&test);
    erase(&test, &new[0], &people[99..]);
    test.hub.finish_erasures(std::time::Duration::ZERO).unwrap();
    assert_eq!(stands(&test, 99..100), 0);
    out(&test, &stolen, &new[0]);
    test.hub.finish_erasures(std::time::Duration::ZERO).unwrap();
    assert_eq!(stands(&test, 0..100), 0);
}

// design §4: who may erase takes it back.
#[test]
fn it_can_be_taken_back() {
    let test = TestHub::new();
    let (mut bergen, people) = chapter_of(&test, 30);
    let second = bergen.sibling(&test);
    erase(&test, &bergen, &people);
    assert_eq!(test.supporters().len(), 0);
    let keep = |person: &Subject| {
        let word = Tombstone {
            document_hash: document_hash(person.id.as_bytes()),
            chapter: *second.chapter.as_bytes(),
            floor: 0,
            zone: Zone::Shared.code(),
            day: 20_000,
            reason: reason::KEPT,
            authority: second.key.public(),
            erasure: None,
        };
        word.sign(&second.key)
    };
    let words: Vec<_> = people.iter().map(keep).collect();
    let now = test.hub.now().timestamp();
    test.hub.database().write(|tx| retire(tx, &second.author(), &[], &words, now)).unwrap();
    assert_eq!(test.supporters().len(), 10, "what was gone is gone");
}
