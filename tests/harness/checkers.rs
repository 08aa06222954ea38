//! The invariants that a test asks for after it has done its worst (ids of the fault tests, C1 …).

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use helhet_shared::sqlite::Database;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};

use crate::canaries::Search;
use crate::logs;
use crate::process::Installation;

/// C1: the tables that the screens read are what a rebuild from the documents gives.
pub fn rebuild_changes_nothing(store: &Installation) {
    let before = store.run(&["supporters", "--json"]).json();
    store.run(&["doctor", "--rebuild"]).done();
    let after = store.run(&["supporters", "--json"]).json();
    assert_eq!(before, after, "a rebuild changed what the screens read");
}

/// C1, C2, C9: hub and chapters, to be asked when all has been said: both hold the same log, a rebuild changes nothing,
/// `doctor` finds nothing, and a meeting is over in one round trip.
pub fn all_are_in_step(hub: &Installation, nodes: &[&Installation]) {
    for node in nodes {
        let idle = node.run(&["sync", "--json"]).json();
        let said = [&idle["entries_out"], &idle["entries_in"], &idle["round_trips"]];
        assert_eq!(said, [0, 0, 1], "there was still something to say: {idle}");
        logs::are_the_same(node, hub);
    }
    for store in nodes.iter().chain([&hub]) {
        rebuild_changes_nothing(store);
        store.run(&["doctor"]).done();
    }
}

/// The chapter meets the hub until neither has anything more to say.
pub fn sync_until_quiet(node: &Installation) {
    for _ in 0..10 {
        let pass = node.run(&["sync", "--json"]).json();
        if pass["entries_out"] == 0 && pass["entries_in"] == 0 {
            return;
        }
    }
    panic!("chapter and hub never come to rest");
}

/// C4: every place where one of the markers stands in a store: files as they lie on the disk, and every value of
/// every table, each also unpacked (a packed text hides from a search for its bytes).
///
/// A database that cannot be opened without a key is searched as a file alone.
pub fn places_of(markers: &[&str], folder: &Path) -> Vec<String> {
    places_by(&Search::of(markers), folder)
}

/// The same, for who looks in many places.
pub fn places_by(scan: &Search, folder: &Path) -> Vec<String> {
    let mut places = BTreeSet::new();
    for path in files_below(folder) {
        let bytes = fs::read(&path).unwrap_or_default();
        scan.note(&bytes, &path.display().to_string(), &mut places);
        if bytes.starts_with(b"SQLite format 3\0") {
            tables_of(&path, scan, &mut places);
        }
    }
    places.into_iter().collect()
}

/// The markers of `markers` that stand in these bytes, as they are or unpacked.
pub fn found_in(markers: &[&str], bytes: &[u8]) -> Vec<String> {
    Search::of(markers).found_in(bytes)
}

/// C4: every value of every table in which one of the markers stands, in a database that is open: a chapter's is ciphertext
/// from outside.
pub fn places_in(markers: &[&str], database: &Database) -> Vec<String> {
    let mut places = BTreeSet::new();
    let connection = database.reader().expect("the database opens once more");
    tables(&connection, &Search::of(markers), &mut places);
    places.into_iter().collect()
}

fn tables_of(path: &Path, scan: &Search, places: &mut BTreeSet<String>) {
    if let Ok(database) = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY) {
        tables(&database, scan, places);
    }
}

fn tables(database: &Connection, scan: &Search, places: &mut BTreeSet<String>) {
    let names: Vec<String> = database
        .prepare("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")
        .and_then(|mut statement| statement.query_map([], |row| row.get(0))?.collect())
        .unwrap_or_default();
    for name in names {
        let Ok(mut statement) = database.prepare(&format!("SELECT * FROM \"{name}\"")) else { continue };
        let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let Ok(mut rows) = statement.query([]) else { continue };
        while let Ok(Some(row)) = rows.next() {
            for (index, column) in columns.iter().enumerate() {
                if let Ok(ValueRef::Text(bytes) | ValueRef::Blob(bytes)) = row.get_ref(index) {
                    scan.note(bytes, &format!("table {name}, column {column}"), places);
                }
            }
        }
    }
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut files = Vec::new();
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            files.extend(files_below(&path));
        } else {
            files.push(path);
        }
    }
    files.sort();
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARKER: &str = "zkvbrtgldmnf";

    // C4: what is planted in a table is seen there, in the file, and in the write-ahead file before it gets there.
    #[test]
    fn a_marker_is_found_in_a_table_and_in_the_write_ahead_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("store.db");
        let database = Database::open(&path, None).unwrap();
        let make = |sql: &str| database.write(|tx| tx.execute_batch(sql)).unwrap();
        make("CREATE TABLE documents (body TEXT)");
        database.checkpoint().unwrap();
        make(&format!("INSERT INTO documents VALUES ('{MARKER}')"));
        let places = places_of(&[MARKER], folder.path());
        let is_in = |what: &str| places.iter().any(|place| place.contains(what));
        assert!(is_in("table documents, column body") && is_in("store.db-wal"), "{places:?}");
        make("DELETE FROM documents");
        database.checkpoint().unwrap();
        assert_eq!(places_of(&[MARKER], folder.path()), Vec::<String>::new());
    }

    #[test]
    fn a_marker_is_found_in_any_file_of_any_folder() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["temp/etilqs_1", "backup.db", "hub.log", "export.csv"] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, format!("x;{MARKER};y")).unwrap();
            let places = places_of(&[MARKER], folder.path());
            assert!(places.iter().any(|place| place.contains(name)), "{name}: {places:?}");
            fs::remove_file(path).unwrap();
        }
    }
}
