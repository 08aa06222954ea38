//! Fingerprints are what is held, whatever came and went; what rotted is found and can be given back.
use proptest::prelude::*;

use super::super::log::contents::{Live, fill, look, lost};
use super::super::{FINGERPRINTS, NUMBERS, comparisons, fingerprints};
use super::*;

/// One change at a time, of one of four documents.
#[derive(Clone, Debug)]
enum Deed {
    Write { document: u8, generation: u32 },
    Narrow { document: u8, floor: u32 },
    Erase { document: u8 },
    Refuse { sequence: u64 },
    Cut { kept: u64 },
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        4 => (0..4_u8, 0..4_u32).prop_map(|(document, generation)| Deed::Write { document, generation }),
        1 => (0..4_u8, 1..4_u32).prop_map(|(document, floor)| Deed::Narrow { document, floor }),
        1 => (0..4_u8).prop_map(|document| Deed::Erase { document }),
        1 => (1..20_u64).prop_map(|sequence| Deed::Refuse { sequence }),
        1 => (0..20_u64).prop_map(|kept| Deed::Cut { kept }),
    ]
}

fn do_it(database: &Database, deed: &Deed, sequence: &mut u64) {
    let retire = |document: u8, floor: u32| {
        database
            .write(|t| {
                tombstones::raise(t, &tombstone(document, floor), 1)?;
                log::prune(t, &[document; 16], floor)
            })
            .unwrap();
    };
    match *deed {
        Deed::Write { document, generation } => {
            *sequence += 1;
            append(database, &entry(1, *sequence, vec![change(document, generation, b"body")])).unwrap();
        }
        Deed::Narrow { document, floor } => retire(document, floor),
        Deed::Erase { document } => retire(document, ERASED),
        Deed::Refuse { sequence } => {
            database.write(|t| log::refuse(t, &hash_of(1, sequence), 0)).unwrap();
        }
        Deed::Cut { kept } => {
            let gone = database.write(|t| log::cut::cut(t, &log_of(1), kept)).unwrap();
            assert_eq!(gone as u64, sequence.saturating_sub(kept));
            *sequence = kept.min(*sequence);
        }
    }
}

fn fingerprint(database: &Database) -> Hash {
    read(database, |t| fingerprints::of(t, &CHAPTER, SHARED))
}

fn looked_at(database: &Database, is_sound: impl FnMut(&log::StoredChange) -> bool) -> Vec<Live> {
    database.write(|t| look(t, &CHAPTER, SHARED, is_sound)).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// C1: kept as changes come and go, a fingerprint is what a look at all of them comes to.
    #[test]
    fn a_fingerprint_is_what_is_held(deeds in prop::collection::vec(deed(), 0..40)) {
        let (_folder, database) = database();
        let mut sequence = 0;
        for deed in &deeds {
            do_it(&database, deed, &mut sequence);
        }
        let kept = fingerprint(&database);
        let live = looked_at(&database, |_| true);
        prop_assert_eq!(kept, fingerprint(&database));
        prop_assert_eq!(live.is_empty(), kept == Hash::default());
    }
}

#[test]
fn a_database_of_before_is_counted_once() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::open(&folder.path().join("test.db"), None).unwrap();
    migrate(&database, &[STORAGE, FINGERPRINTS]).unwrap();
    database.write(|t| t.execute_batch(NUMBERS.sql)).unwrap();
    append(&database, &entry(1, 1, vec![change(1, 1, b"a"), change(2, 1, b"b")])).unwrap();
    let kept = fingerprint(&database);
    database
        .write(|t| {
            t.execute_batch("DROP TABLE fingerprints; DROP TABLE comparisons; PRAGMA user_version = 1")
        })
        .unwrap();
    migrate(&database, &[STORAGE, FINGERPRINTS]).unwrap();
    assert_eq!(fingerprint(&database), kept);
    assert_ne!(kept, Hash::default());
}

/// C1: a body that is not what was promised is given up, told, and taken back from who has it.
#[test]
fn what_rotted_is_found_and_can_be_given_back() {
    let (_folder, database) = database();
    append(&database, &entry(1, 1, vec![change(1, 1, b"a"), change(2, 1, b"b")])).unwrap();
    let whole = fingerprint(&database);
    looked_at(&database, |change| change.document != Some([1; 16]));
    assert_ne!(fingerprint(&database), whole);
    assert_eq!(read(&database, |t| lost(t)), 1);
    let put = |change: &NewChange| database.write(|t| fill(t, &CHAPTER, SHARED, change)).unwrap().is_some();
    assert!(!put(&NewChange { commitment: [9; 32], ..change(1, 1, b"a") }), "nobody promised that");
    assert!(!put(&change(2, 1, b"b")), "that is not missing");
    assert!(put(&change(1, 1, b"a")));
    assert!(!put(&change(1, 1, b"a")), "once is enough");
    assert_eq!((fingerprint(&database), read(&database, |t| lost(t))), (whole, 0));
}

/// C3: what was retired while it was lost is not given back.
#[test]
fn a_floor_forbids_to_give_back() {
    let (_folder, database) = database();
    append(&database, &entry(1, 1, vec![change(1, 1, b"a")])).unwrap();
    looked_at(&database, |_| false);
    database
        .write(|t| {
            tombstones::raise(t, &tombstone(1, 2), 1)?;
            log::prune(t, &[1; 16], 2)
        })
        .unwrap();
    assert_eq!(database.write(|t| fill(t, &CHAPTER, SHARED, &change(1, 1, b"a"))).unwrap(), None);
    assert_eq!(read(&database, |t| lost(t)), 0);
}

/// C1, C3: what came without its body may be given where nobody but the chapter's devices can tell what it was, unless a floor
/// says why it is missing; of what is shared the hub refuses it, and another generation is made.
#[test]
fn a_sealed_body_that_came_without_can_be_given() {
    let (_folder, database) = database();
    database.write(|t| tombstones::raise(t, &tombstone(2, 2), 1)).unwrap();
    for (zone, given) in [(2, true), (SHARED, false)] {
        let without = |document| NewChange { body: log::NewBody::Absent, ..change(document, 1, b"a") };
        let came = entry(zone, 1, vec![without(1), without(2)]);
        let came = log::NewEntry { log: log::LogId { zone, ..came.log }, ..came };
        append(&database, &came).unwrap();
        let put = |document| {
            database.write(|t| fill(t, &CHAPTER, zone, &change(document, 1, b"a"))).unwrap().is_some()
        };
        assert_eq!((put(1), put(2)), (given, false), "{zone}");
    }
}

// N16: two findings of one second are told by their order.
#[test]
fn what_was_found_last_counts() {
    let (_folder, database) = database();
    let found = || read(&database, |t| comparisons::of(t, b"peer"));
    database.write(|t| comparisons::diverged(t, b"peer", 7)).unwrap();
    assert!(found().differs(), "they never agreed");
    database.write(|t| comparisons::agreed(t, b"peer", 7)).unwrap();
    assert!(!found().differs());
    database.write(|t| comparisons::diverged(t, b"peer", 7)).unwrap();
    assert!(found().differs());
}

// T21: what one of two lives wrote goes from the end of its log, and so does what a peer acknowledged of it.
#[test]
fn the_end_of_a_log_is_cut_off() {
    let (_folder, database) = database();
    for sequence in 1..=4 {
        append(&database, &entry(1, sequence, vec![change(sequence as u8, 1, b"body")])).unwrap();
    }
    append(&database, &entry(2, 1, vec![change(4, 1, b"of another")])).unwrap();
    let at = |sequence| log::LogPosition { sequence, hash: hash_of(1, sequence) };
    database.write(|t| log::acknowledge(t, b"peer", &log_of(1), at(3), 1)).unwrap();
    let gone: Vec<_> = read(&database, |t| log::cut::after(t, &log_of(1), 2));
    assert_eq!(gone.iter().filter_map(|change| change.document).collect::<Vec<_>>(), [[3; 16], [4; 16]]);
    let places = read(&database, |t| log::cut::places(t, &[1; 32], &[4; 16], &[4; 32]));
    assert_eq!(places, [(log_of(1), 4)], "the other's stays");

    assert_eq!(database.write(|t| log::cut::cut(t, &log_of(1), 2)).unwrap(), 2);
    assert_eq!(read(&database, |t| log::position(t, &log_of(1))), Some(at(2)));
    let acknowledged = read(&database, |t| log::acknowledged(t, b"peer", &CHAPTER, SHARED));
    assert_eq!(acknowledged[&log_of(1)], at(2));
    append(&database, &entry(1, 3, vec![change(5, 1, b"of the other life")])).unwrap();
    assert_eq!(database.write(|t| log::cut::cut(t, &log_of(1), 0)).unwrap(), 3);
    assert_eq!(read(&database, |t| log::position(t, &log_of(1))), None);
    assert!(read(&database, |t| log::acknowledged(t, b"peer", &CHAPTER, SHARED)).is_empty());
    assert_eq!(read(&database, |t| log::position(t, &log_of(2))).map(|held| held.sequence), Some(1));
    assert_eq!(database.write(|t| log::cut::cut(t, &log_of(1), 0)).unwrap(), 0);
}
