//! The digest of what is retired is that of the floors, certificates and revocations that are there, however they came.
use proptest::prelude::*;

use super::super::held::{StoredWord, keep};
use super::super::members::{StoredMember, certify, revoke};
use super::super::{MEMBERS, retired};
use super::*;

fn kept(database: &Database) -> retired::Retired {
    read(database, |t| retired::of(t, &CHAPTER))
}

fn word(document: u8, authority: u8, takes_back: bool) -> StoredWord {
    StoredWord {
        chapter: CHAPTER,
        document_hash: [document; 32],
        authority: [authority; 32],
        takes_back,
        zone: SHARED,
        signed: vec![9],
    }
}

fn member(device: u8, chapter_key_serial: u64, serial: u64) -> StoredMember {
    StoredMember { chapter: CHAPTER, device: [device; 32], chapter_key_serial, serial, signed: vec![9] }
}

#[derive(Clone, Debug)]
enum Deed {
    Raise { document: u8, floor: u32 },
    Certify { device: u8, chapter_key_serial: u64, serial: u64 },
    Revoke { device: u8 },
    Hold { document: u8, authority: u8, takes_back: bool },
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        (0..4_u8, 0..4_u32).prop_map(|(document, floor)| Deed::Raise { document, floor }),
        (0..3_u8, 0..3_u64, 0..3_u64).prop_map(|(device, chapter_key_serial, serial)| Deed::Certify {
            device,
            chapter_key_serial,
            serial
        }),
        (0..3_u8).prop_map(|device| Deed::Revoke { device }),
        (0..3_u8, 0..2_u8, any::<bool>()).prop_map(|(document, authority, takes_back)| Deed::Hold {
            document,
            authority,
            takes_back
        }),
    ]
}

proptest! {
    /// C9
    #[test]
    fn the_digest_is_that_of_what_won(deeds in prop::collection::vec(deed(), 0..30)) {
        let (_folder, database) = database();
        for deed in deeds {
            database.write(|t| match deed {
                Deed::Raise { document, floor } => tombstones::raise(t, &tombstone(document, floor), 1),
                Deed::Certify { device, chapter_key_serial, serial } => {
                    certify(t, &member(device, chapter_key_serial, serial), 1, 1)
                }
                Deed::Revoke { device } => revoke(t, &CHAPTER, &[device; 32], vec![9], 1),
                Deed::Hold { document, authority, takes_back } => {
                    keep(t, &word(document, authority, takes_back), 1)
                }
            }).unwrap();
            let running = kept(&database);
            prop_assert_eq!(running, database.write(|t| retired::count(t, &CHAPTER)).unwrap());
            let rows = read(&database, |t| {
                let members = members::devices(t, &CHAPTER)?.len() + members::revoked(t, &CHAPTER)?.len();
                let held = held::of_chapter(t, &CHAPTER)?.len();
                Ok(members + held + tombstones::of_chapter(t, &CHAPTER)?.len())
            });
            prop_assert_eq!(running.count, rows as u64);
        }
    }
}

/// As the protocol has it: a chapter's node and the hub compare what they come to by themselves.
#[test]
fn each_kind_is_counted_as_the_specification_says() {
    let item = |parts: &[&[u8]]| -> Hash {
        sha2::Digest::finalize(<sha2::Sha256 as sha2::Digest>::new_with_prefix(parts.concat())).into()
    };
    let one = |deed: fn(&rusqlite::Transaction<'_>) -> rusqlite::Result<bool>| {
        let (_folder, database) = database();
        assert!(database.write(deed).unwrap());
        kept(&database)
    };
    let alone = |parts: &[&[u8]]| retired::Retired { count: 1, sum: item(parts) };
    let floor = one(|t| tombstones::raise(t, &tombstone(1, 2), 1));
    assert_eq!(floor, alone(&[b"helhet/1 floor\0", &[1; 32], &2_u32.to_be_bytes()]));
    let out = one(|t| revoke(t, &CHAPTER, &[3; 32], vec![9], 1));
    assert_eq!(out, alone(&[b"helhet/1 revoked\0", &[3; 32]]));
    let serials = [4_u64.to_be_bytes(), 5_u64.to_be_bytes()].concat();
    let device = one(|t| certify(t, &member(3, 4, 5), 1, 1));
    assert_eq!(device, alone(&[b"helhet/1 certified\0", &[3; 32], &serials]));
    let held = one(|t| keep(t, &word(1, 2, true), 1));
    assert_eq!(held, alone(&[b"helhet/1 held\0", &[1; 32], &[2; 32], &[1]]));
    let newer = one(|t| Ok(certify(t, &member(3, 4, 1), 1, 1)? && certify(t, &member(3, 4, 5), 2, 2)?));
    assert_eq!(newer, device, "the newest certificate alone counts");
    let (_folder, database) = database();
    assert_eq!(kept(&database), retired::Retired::default());
}

#[test]
fn a_database_of_before_it_was_kept_is_counted_once() {
    // T22
    let folder = tempfile::tempdir().unwrap();
    let database = Database::open(&folder.path().join("test.db"), None).unwrap();
    migrate(&database, &[STORAGE, FINGERPRINTS, MEMBERS]).unwrap();
    let row = "INSERT INTO tombstones (chapter, document_hash, floor, signed, received_at) VALUES (?1, ?2, 3, x'00', 1)";
    database.write(|t| t.execute(row, (CHAPTER, [5_u8; 32]))).unwrap();
    let row = "INSERT INTO members (chapter, device, kind, chapter_key_serial, serial, signed, received_at)
        VALUES (?1, ?2, ?3, 2, 1, x'00', 1)";
    for (chapter, kind) in [(CHAPTER, 0), (CHAPTER, 1), ([8; 16], 0)] {
        database.write(|t| t.execute(row, (chapter, [6_u8; 32], kind))).unwrap();
    }
    migrate(&database, &ALL).unwrap();
    let counted = kept(&database);
    assert_eq!(counted.count, 3);
    assert_eq!(read(&database, |t| retired::of(t, &[8; 16])).count, 1, "a chapter that has erased nothing");
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
