//! The digest of what is retired is that of the floors that are there, however they came.
use proptest::prelude::*;

use super::super::{RETIRED, retired};
use super::*;

fn kept(database: &Database) -> retired::Retired {
    read(database, |t| retired::of(t, &CHAPTER))
}

proptest! {
    /// C9
    #[test]
    fn the_digest_is_that_of_the_winning_floors(raised in prop::collection::vec((0..4_u8, 0..4_u32), 0..20)) {
        let (_folder, database) = database();
        for (document, floor) in raised {
            database.write(|t| tombstones::raise(t, &tombstone(document, floor), 1)).unwrap();
            let running = kept(&database);
            prop_assert_eq!(running, database.write(|t| retired::count(t, &CHAPTER)).unwrap());
            let rows = read(&database, |t| tombstones::of_chapter(t, &CHAPTER)).len();
            prop_assert_eq!(running.count, rows as u64);
        }
    }
}

/// As the protocol has it: a chapter's node and the hub compare what they come to by themselves.
#[test]
fn a_floor_is_counted_as_the_specification_says() {
    let (_folder, database) = database();
    database.write(|t| tombstones::raise(t, &tombstone(1, 2), 1)).unwrap();
    let item = [b"helhet/1 floor\0".as_slice(), &[1; 32], &2_u32.to_be_bytes()].concat();
    let sum: Hash = sha2::Digest::finalize(<sha2::Sha256 as sha2::Digest>::new_with_prefix(item)).into();
    assert_eq!(kept(&database), retired::Retired { count: 1, sum });
    assert_eq!(read(&database, |t| retired::of(t, &[8; 16])), retired::Retired::default());
}

#[test]
fn a_database_of_before_it_was_kept_is_counted_once() {
    // T22
    let folder = tempfile::tempdir().unwrap();
    let database = Database::open(&folder.path().join("test.db"), None).unwrap();
    migrate(&database, &[STORAGE, FINGERPRINTS]).unwrap();
    let row = "INSERT INTO tombstones (chapter, document_hash, floor, signed, received_at) VALUES (?1, ?2, 3, x'00', 1)";
    database.write(|t| t.execute(row, (CHAPTER, [5_u8; 32]))).unwrap();
    migrate(&database, &[STORAGE, FINGERPRINTS, RETIRED]).unwrap();
    let counted = kept(&database);
    assert_eq!(counted.count, 1);
    assert_eq!(counted, database.write(|t| retired::count(t, &CHAPTER)).unwrap());
}

#[test]
fn what_was_damaged_is_counted_anew_when_one_looks() {
    let (_folder, database) = database();
    database.write(|t| tombstones::raise(t, &tombstone(1, 2), 1)).unwrap();
    let whole = kept(&database);
    database.write(|t| t.execute("UPDATE retired SET count = 7", [])).unwrap();
    database.write(|t| log::contents::look(t, &CHAPTER, SHARED, |_| true)).unwrap();
    assert_eq!(kept(&database), whole);
}
