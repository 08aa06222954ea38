//! The invariants that a test asks for after it has done its worst (ids of the fault tests, C1 …).

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use automerge::AutoCommit;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};

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
    let scan = Scan::new(markers);
    let mut places = BTreeSet::new();
    for path in files_below(folder) {
        let bytes = fs::read(&path).unwrap_or_default();
        scan.note(&bytes, &path.display().to_string(), &mut places);
        if bytes.starts_with(b"SQLite format 3\0") {
            tables_of(&path, &scan, &mut places);
        }
    }
    places.into_iter().collect()
}

/// The markers of `markers` that stand in these bytes, as they are or unpacked.
pub fn found_in(markers: &[&str], bytes: &[u8]) -> Vec<String> {
    let mut places = BTreeSet::new();
    Scan::new(markers).note(bytes, "bytes", &mut places);
    places.into_iter().collect()
}

struct Scan {
    /// The last eight letters of each marker, lower case: an index may have cut or folded its beginning.
    ends: Vec<(Vec<u8>, String)>,
}

impl Scan {
    fn new(markers: &[&str]) -> Self {
        let ends = markers
            .iter()
            .map(|marker| {
                assert!(marker.len() >= 8, "a marker of {} letters finds itself by chance", marker.len());
                let end = marker[marker.len() - 8..].to_lowercase().into_bytes();
                (end, (*marker).to_owned())
            })
            .collect();
        Self { ends }
    }

    fn note(&self, bytes: &[u8], place: &str, places: &mut BTreeSet<String>) {
        for (form, text) in forms(bytes) {
            let lower = text.to_ascii_lowercase();
            let held = windows(&lower, 8);
            for (end, marker) in &self.ends {
                if held.contains(end.as_slice()) {
                    places.insert(format!("{marker} in {place} ({form})"));
                }
            }
        }
    }
}

/// Every run of `length` letters in the bytes; markers are letters alone, so nothing else can match.
fn windows(bytes: &[u8], length: usize) -> BTreeSet<&[u8]> {
    bytes.windows(length).filter(|window| window.iter().all(u8::is_ascii_lowercase)).collect()
}

/// The bytes as they are, and what unpacks from them: zstd frames and automerge chunks, wherever they begin.
fn forms(bytes: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
    const AUTOMERGE: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
    let mut forms = vec![("as it is", bytes.to_vec())];
    for start in 0..bytes.len().saturating_sub(4) {
        let rest = &bytes[start..];
        if rest.starts_with(&ZSTD) {
            if let Ok(unpacked) = unpack_zstd(rest) {
                forms.push(("zstd", unpacked));
            }
        } else if rest.starts_with(&AUTOMERGE)
            && let Some(unpacked) = unpack_automerge(rest)
        {
            forms.push(("automerge", unpacked));
        }
    }
    forms
}

fn unpack_zstd(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut decoder = zstd::stream::read::Decoder::new(bytes)?.single_frame();
    let mut unpacked = Vec::new();
    std::io::Read::read_to_end(&mut std::io::Read::take(&mut decoder, 64 << 20), &mut unpacked)?;
    Ok(unpacked)
}

/// All changes of an automerge chunk in the form that compresses nothing.
fn unpack_automerge(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut document = AutoCommit::new();
    document.load_incremental(bytes).ok()?;
    let mut unpacked = document.save_nocompress();
    for change in document.get_changes(&[]) {
        unpacked.extend_from_slice(change.raw_bytes());
    }
    Some(unpacked)
}

fn tables_of(path: &Path, scan: &Scan, places: &mut BTreeSet<String>) {
    let Ok(database) = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY) else { return };
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
    use automerge::ROOT;
    use automerge::transaction::Transactable as _;

    use super::*;

    const MARKER: &str = "zkvbrtgldmnf";

    #[test]
    fn a_marker_is_found_plain_packed_and_within_a_table() {
        assert_eq!(found_in(&[MARKER], b"nothing here").len(), 0);
        assert_eq!(found_in(&[MARKER], format!("x {MARKER} y").as_bytes()).len(), 1);

        let packed = zstd::encode_all(format!("{MARKER} {}", "again ".repeat(100)).as_bytes(), 3).unwrap();
        let places = found_in(&[MARKER], &[b"head".as_slice(), &packed].concat());
        assert!(places.iter().any(|place| place.ends_with("(zstd)")), "{places:?}");

        let mut document = AutoCommit::new();
        document.put(ROOT, "note", format!("{MARKER} {}", "again ".repeat(100))).unwrap();
        let saved = document.save();
        assert!(!saved.windows(12).any(|window| window == MARKER.as_bytes()), "automerge packs long texts");
        assert_eq!(found_in(&[MARKER], &saved).len(), 1);

        let folder = tempfile::tempdir().unwrap();
        let database = Connection::open(folder.path().join("store.db")).unwrap();
        database.execute("CREATE TABLE documents (body BLOB)", []).unwrap();
        database.execute("INSERT INTO documents VALUES (?1)", [&saved]).unwrap();
        drop(database);
        let places = places_of(&[MARKER], folder.path());
        assert!(places.iter().any(|place| place.contains("table documents")), "{places:?}");
    }
}
