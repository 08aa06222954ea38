//! The shared storage on a real file: settings, keys, chain, feed, floors, and bytes that are gone.
use std::collections::BTreeMap;

use super::log::{AppendError, LogId, LogPosition, NewBody, NewChange, NewEntry};
use super::tombstones::{ERASED, StoredTombstone};
use super::*;

mod contents;
mod retired;

const CHAPTER: Id = [7; 16];
const SHARED: u8 = 3;
const ALL: [Migration; 8] = [STORAGE, FINGERPRINTS, MEMBERS, RETIRED, NUMBERS, ERASURES, HELD, FIRST_HEARD];

fn database() -> (tempfile::TempDir, Database) {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::open(&folder.path().join("test.db"), None).unwrap();
    migrate(&database, &ALL).unwrap();
    (folder, database)
}

fn log_of(author: u8) -> LogId {
    LogId { chapter: CHAPTER, zone: SHARED, author: [author; 32], incarnation: u64::MAX - 1 }
}

fn generation(number: u32) -> StoredGeneration {
    StoredGeneration { number, random: u64::MAX }
}

fn change(document: u8, number: u32, body: &[u8]) -> NewChange {
    NewChange {
        kind: 0,
        document: [document; 16],
        document_hash: [document; 32],
        generation: generation(number),
        commitment: [document; 32],
        body: NewBody::Open(body.to_vec()),
    }
}

fn hash_of(author: u8, sequence: u64) -> Hash {
    let mut hash = [author; 32];
    hash[..8].copy_from_slice(&sequence.to_be_bytes());
    hash
}

fn entry(author: u8, sequence: u64, changes: Vec<NewChange>) -> NewEntry {
    NewEntry {
        log: log_of(author),
        sequence,
        previous: if sequence == 1 { [0; 32] } else { hash_of(author, sequence - 1) },
        hash: hash_of(author, sequence),
        header: vec![1, 2, 3],
        signature: vec![4; 64],
        changes,
    }
}

fn append(database: &Database, entry: &NewEntry) -> Result<log::Appended, AppendError> {
    database.write(|transaction| log::append(transaction, entry, 1))
}

fn read<T>(
    database: &Database,
    question: impl FnOnce(&rusqlite::Transaction<'_>) -> rusqlite::Result<T>,
) -> T {
    database.read::<T, OpenError>(|transaction| Ok(question(transaction)?)).unwrap()
}

fn tombstone(document: u8, floor: u32) -> StoredTombstone {
    StoredTombstone { chapter: CHAPTER, document_hash: [document; 32], floor, signed: vec![floor as u8] }
}

#[test]
fn a_wrong_key_is_told_in_plain_words() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.db");
    let right = DatabaseKey::new([1; 32]);
    drop(Database::open(&path, Some(right.clone())).map(|database| migrate(&database, &[STORAGE])).unwrap());
    assert!(Database::open(&path, Some(DatabaseKey::from_hex(&right.to_hex()).unwrap())).is_ok());
    let wrong = Database::open(&path, Some(DatabaseKey::new([2; 32]))).unwrap_err();
    assert!(matches!(wrong, OpenError::WrongKey { .. }), "{wrong}");
    let none = Database::open(&path, None).unwrap_err();
    assert!(matches!(none, OpenError::Unreadable { .. }), "{none}");
}

#[test]
fn a_database_of_a_newer_program_is_not_touched() {
    let (_folder, database) = database();
    let next = Migration::new("0005_next", "CREATE TABLE next (id INTEGER)");
    let more = [&ALL[..], &[next]].concat();
    migrate(&database, &more).unwrap();
    migrate(&database, &more).unwrap();
    let older = migrate(&database, &ALL).unwrap_err();
    assert!(matches!(older, MigrateError::Newer { found: 9, known: 8, .. }));
}

#[test]
fn a_failed_deed_leaves_nothing() {
    let (_folder, database) = database();
    let failed: Result<(), AppendError> = database.write(|transaction| {
        log::append(transaction, &entry(1, 1, vec![change(1, 1, b"x")]), 1)?;
        Err(AppendError::Known)
    });
    assert!(failed.is_err());
    assert_eq!(read(&database, |t| log::position(t, &log_of(1))), None);
}

#[test]
fn the_chain_takes_the_next_entry_only() {
    let (_folder, database) = database();
    append(&database, &entry(1, 1, vec![])).unwrap();
    assert!(matches!(append(&database, &entry(1, 1, vec![])), Err(AppendError::Known)));
    assert!(matches!(append(&database, &entry(1, 3, vec![])), Err(AppendError::Gap { held: 1, offered: 3 })));
    let other = NewEntry { hash: [9; 32], ..entry(1, 1, vec![]) };
    assert!(matches!(append(&database, &other), Err(AppendError::Fork { sequence: 1 })));
    let stray = NewEntry { previous: [9; 32], ..entry(1, 2, vec![]) };
    assert!(matches!(append(&database, &stray), Err(AppendError::Fork { sequence: 1 })));
    append(&database, &entry(1, 2, vec![])).unwrap();
    assert_eq!(
        read(&database, |t| log::position(t, &log_of(1))),
        Some(LogPosition { sequence: 2, hash: hash_of(1, 2) })
    );
}

#[test]
fn a_feed_gives_what_is_lacking_in_order_of_arrival() {
    let (_folder, database) = database();
    for (author, sequence) in [(1, 1), (2, 1), (1, 2), (2, 2), (1, 3)] {
        append(&database, &entry(author, sequence, vec![change(author, 1, b"body")])).unwrap();
    }
    let held = BTreeMap::from([(log_of(1), LogPosition { sequence: 1, hash: hash_of(1, 1) })]);
    let mut seen = Vec::new();
    let mut after = 0;
    loop {
        let feed = read(&database, |t| log::feed(t, &CHAPTER, SHARED, &held, after, 2, usize::MAX));
        seen.extend(feed.entries.iter().map(|entry| (entry.log.author[0], entry.sequence)));
        after = feed.after;
        if feed.complete {
            break;
        }
    }
    assert_eq!(seen, [(2, 1), (1, 2), (2, 2), (1, 3)]);
    let all = read(&database, |t| log::positions(t, &CHAPTER, SHARED));
    let none = read(&database, |t| log::feed(t, &CHAPTER, SHARED, &all, 0, 9, usize::MAX));
    assert!(none.complete && none.entries.is_empty());
    let one = read(&database, |t| log::feed(t, &CHAPTER, SHARED, &held, 0, 9, 1));
    assert_eq!((one.entries.len(), one.complete), (1, false));
}

fn snapshot(number: u32) -> documents::StoredDocument {
    documents::StoredDocument {
        document: [1; 16],
        generation: generation(number),
        zone: SHARED,
        chapter: CHAPTER,
        actor: [3; 16],
        bytes: b"saved".to_vec(),
        heads: vec![[2; 32], [1; 32]],
        frozen: false,
    }
}

// C: a generation under its floor is never stored again; P: erasure leaves no id and no body.
#[test]
fn under_its_floor_nothing_of_a_document_is_stored() {
    let (_folder, database) = database();
    append(&database, &entry(1, 1, vec![change(1, 1, b"old"), change(2, 1, b"other")])).unwrap();
    let raised = database
        .write(|t| tombstones::raise(t, &tombstone(1, 2), 5))
        .and_then(|_: bool| database.write(|t| tombstones::raise(t, &tombstone(1, 1), 5)));
    assert!(!raised.unwrap(), "a floor never sinks");
    database.write(|t| log::prune(t, &[1; 16], 2)).unwrap();
    let late = append(&database, &entry(1, 2, vec![change(1, 1, b"late"), change(1, 2, b"new")])).unwrap();
    assert_eq!(late.kept, [false, true]);
    assert!(!database.write::<_, rusqlite::Error>(|t| documents::save(t, &snapshot(1), &[1; 32])).unwrap());
    assert!(database.write::<_, rusqlite::Error>(|t| documents::save(t, &snapshot(2), &[1; 32])).unwrap());
    let kept = read(&database, |t| documents::load(t, &[1; 16], generation(2))).unwrap();
    assert_eq!(kept.heads, [[1; 32], [2; 32]]);
    assert_eq!(read(&database, |t| log::bodies_of(t, &[1; 16], generation(2))), [b"new".to_vec()]);

    database.write(|t| tombstones::raise(t, &tombstone(1, ERASED), 6)).unwrap();
    database.write(|t| log::prune(t, &[1; 16], ERASED)).unwrap();
    database.write(|t| documents::delete(t, &[1; 16], ERASED)).unwrap();
    append(&database, &entry(1, 3, vec![change(1, u32::MAX, b"back")])).unwrap();
    let feed = read(&database, |t| log::feed(t, &CHAPTER, SHARED, &BTreeMap::new(), 0, 9, usize::MAX));
    let named: Vec<_> = feed.entries.iter().flat_map(|e| &e.changes).filter_map(|c| c.document).collect();
    assert_eq!(named, [[2; 16]]);
}

// An erased document has no generation that survives, not even the last one there is a number for.
#[test]
fn erasure_takes_the_highest_generation_too() {
    let (_folder, database) = database();
    append(&database, &entry(1, 1, vec![change(1, u32::MAX, b"kept")])).unwrap();
    let last = snapshot(u32::MAX);
    assert!(database.write::<_, rusqlite::Error>(|t| documents::save(t, &last, &[1; 32])).unwrap());
    assert_eq!(read(&database, |t| log::highest_generation(t, &[1; 16])), Some(u32::MAX));
    database.write(|t| tombstones::raise(t, &tombstone(1, ERASED), 6)).unwrap();
    assert_eq!(database.write(|t| log::prune(t, &[1; 16], ERASED)).unwrap(), 1);
    assert_eq!(database.write(|t| documents::delete(t, &[1; 16], ERASED)).unwrap(), 1);
    assert!(!database.write::<_, rusqlite::Error>(|t| documents::save(t, &last, &[1; 32])).unwrap());
}

// P: what was deleted is in no page and in no write-ahead file.
#[test]
fn pruned_bytes_are_gone_from_file_and_wal() {
    let (folder, database) = database();
    let canary = b"Kari-Nordmann-canary".repeat(40);
    for sequence in 1..50 {
        append(&database, &entry(1, sequence, vec![change(sequence as u8, 1, &canary)])).unwrap();
    }
    for document in 1..50 {
        database.write(|t| log::prune(t, &[document; 16], ERASED)).unwrap();
    }
    database.checkpoint().unwrap();
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(20).any(|window| window == &canary[..20]));
    }
}

/// A reader that holds the snapshot of before, and a row that was deleted since.
fn in_the_way(database: &Database) -> rusqlite::Connection {
    append(database, &entry(1, 1, vec![change(1, 1, b"Kari-Nordmann-canary")])).unwrap();
    let reader = database.reader().unwrap();
    reader.execute_batch("BEGIN; SELECT count(*) FROM changes;").unwrap();
    database.write(|t| log::prune(t, &[1; 16], ERASED)).unwrap();
    reader
}

fn wal_length(folder: &tempfile::TempDir) -> u64 {
    std::fs::metadata(folder.path().join("test.db-wal")).map_or(0, |file| file.len())
}

// C6: who has no patience tries once, and is told the truth.
#[test]
fn a_checkpoint_says_that_a_reader_is_in_the_way_and_leaves_the_writer_as_it_was() {
    let (folder, database) = database();
    let reader = in_the_way(&database);
    let began = std::time::Instant::now();
    let refused = database.checkpoint_within(std::time::Duration::ZERO).unwrap_err();
    assert!(matches!(refused, OpenError::ReaderInTheWay), "{refused}");
    assert!(began.elapsed() < std::time::Duration::from_secs(5), "one try");
    assert!(wal_length(&folder) > 0);
    let patience: i64 =
        database.write(|t| t.pragma_query_value(None, "busy_timeout", |row| row.get(0))).unwrap();
    assert_eq!(patience, 20_000, "who writes waits for other processes as before");
    drop(reader);
    database.checkpoint_within(std::time::Duration::ZERO).unwrap();
    assert_eq!(wal_length(&folder), 0);
}

// C6: it tries until the reader has gone, and others write in between.
#[test]
fn a_checkpoint_tries_again_and_does_not_keep_others_from_writing() {
    let (folder, database) = database();
    let reader = in_the_way(&database);
    std::thread::scope(|threads| {
        let checkpoint = threads.spawn(|| database.checkpoint_within(std::time::Duration::from_secs(60)));
        // Each of these waits for a gap between two tries.
        for sequence in 2..6 {
            append(&database, &entry(1, sequence, vec![])).unwrap();
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        assert!(!checkpoint.is_finished(), "the reader is still there");
        reader.execute_batch("COMMIT").unwrap();
        checkpoint.join().unwrap().unwrap();
    });
    assert_eq!(wal_length(&folder), 0);
    assert_eq!(read(&database, |t| log::position(t, &log_of(1))).unwrap().sequence, 5);
}

// A session reads floors by number: one that rises again must get a number that was not read yet.
#[test]
fn a_floor_that_rises_again_is_read_again() {
    let (_folder, database) = database();
    let newest =
        || read(&database, |t| t.query_row("SELECT max(id) FROM tombstones", [], |row| row.get::<_, i64>(0)));
    database.write(|t| tombstones::raise(t, &tombstone(1, 2), 5)).unwrap();
    let first = newest();
    database.write(|t| tombstones::raise(t, &tombstone(1, 3), 5)).unwrap();
    assert!(newest() > first);
    assert_eq!(read(&database, |t| tombstones::of_chapter(t, &CHAPTER)).len(), 1);
}

#[test]
fn acknowledgement_only_moves_forward_until_forgotten() {
    let (_folder, database) = database();
    let at = |sequence| LogPosition { sequence, hash: hash_of(1, sequence) };
    for sequence in [2, 5, 3] {
        database.write(|t| log::acknowledge(t, b"hub", &log_of(1), at(sequence), 1)).unwrap();
    }
    let known = read(&database, |t| log::acknowledged(t, b"hub", &CHAPTER, SHARED));
    assert_eq!(known.get(&log_of(1)), Some(&at(5)));
    database.write(|t| log::forget_acknowledged(t, b"hub")).unwrap();
    assert!(read(&database, |t| log::acknowledged(t, b"hub", &CHAPTER, SHARED)).is_empty());
}

// C1, C7: who has looked at all entries or changes up to a number, as sessions and the office's projector do, looks at those
// above it alone.
#[test]
fn no_entry_or_change_gets_the_number_of_one_that_was_taken_away() {
    let (_folder, database) = database();
    let newest_change =
        || read(&database, |t| t.query_row("SELECT max(id) FROM changes", [], |row| row.get::<_, i64>(0)));
    append(&database, &entry(1, 1, vec![change(1, 1, b"a")])).unwrap();
    append(&database, &entry(2, 1, vec![change(2, 1, b"b")])).unwrap();
    let lost = append(&database, &entry(2, 2, vec![change(2, 1, b"c"), change(4, 1, b"c")])).unwrap();
    let lost_change = newest_change();
    database.write(|t| log::cut::cut(t, &log_of(2), 0)).unwrap();
    let next = append(&database, &entry(1, 2, vec![change(1, 1, b"d")])).unwrap();
    assert!(next.id > lost.id && newest_change() > lost_change, "it was looked at already");
    // Also after one that had a lower number.
    append(&database, &entry(3, 1, vec![change(3, 1, b"e")])).unwrap();
    let before = newest_change();
    database.write(|t| log::cut::cut(t, &log_of(1), 1)).unwrap();
    let last = append(&database, &entry(3, 2, vec![change(3, 1, b"f")])).unwrap();
    assert_eq!((last.id, newest_change()), (next.id + 2, before + 1));
}
