//! The power goes. What lies on the disk at one moment is copied while the program stands still, and opened elsewhere. A
//! machine that dies may also lose what was written and not yet flushed, so the end of the copied write-ahead file is
//! torn: anywhere after what is certainly flushed (C1, C2).

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use helhet_tests::people::people;
use helhet_tests::process::{Installation, Town};
use helhet_tests::running::Stopped;
use helhet_tests::{checkers, logs};
use rand::rngs::StdRng;
use rand::{Rng as _, RngExt as _, SeedableRng as _};

use crate::from_outside;
use crate::list::{emails, list_of, nothing_is_half_done};
use crate::moments::grown_by;

const A_FEW: usize = 10;

fn images() -> usize {
    usize::try_from(from_outside("HELHET_IMAGES", 12)).unwrap()
}

/// What lies in the folder of a program, copied while this process of it stands still.
fn take(of: &Installation, process: u32, into: &Path) {
    let _stopped = Stopped::process(process);
    copy(of.data(), into);
}

/// Everything, with its times, but the index of the write-ahead file, which is memory shared by processes and no part of
/// what is stored.
fn copy(from: &Path, into: &Path) {
    fs::create_dir_all(into).unwrap();
    for path in fs::read_dir(from).unwrap().map(|entry| entry.unwrap().path()) {
        let name = path.file_name().unwrap().to_str().unwrap();
        if !name.ends_with("-shm") {
            fs::copy(&path, into.join(name)).unwrap();
            let copied = fs::File::options().append(true).open(into.join(name)).unwrap();
            copied.set_modified(written_at(&path)).unwrap();
        }
    }
}

fn written_at(path: &Path) -> SystemTime {
    path.metadata().and_then(|known| known.modified()).unwrap()
}

fn write_ahead_file(folder: &Path) -> Option<PathBuf> {
    let mut paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths.find(|path| path.to_str().is_some_and(|path| path.ends_with("-wal")))
}

/// How far a write-ahead file has come: which one it is, where its last commit ends, and where that begins which may not
/// be flushed. A commit is flushed before the next begins (`synchronous = FULL`), so that is the last one at most.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Written {
    salt: Vec<u8>,
    end: usize,
    flushed: usize,
}

impl Written {
    /// The file of this folder, whose heads are plain even where its pages are not.
    fn of(folder: &Path) -> Self {
        let Some(bytes) = write_ahead_file(folder).map(|path| fs::read(path).unwrap()) else {
            return Self::default();
        };
        let number =
            |at: usize| bytes.get(at..at + 4).map(|some| u32::from_be_bytes(some.try_into().unwrap()));
        let Some(page) = number(8) else { return Self::default() };
        let salt = bytes[16..24].to_vec();
        let (mut at, mut end, mut before) = (32, 32, 32);
        while let Some(size_after) = number(at + 4)
            && bytes.get(at + 8..at + 16) == Some(&salt)
        {
            at += 24 + page as usize;
            // Only the last page of a commit tells how large the database is after it.
            if size_after != 0 && at <= bytes.len() {
                (before, end) = (end, at);
            }
        }
        Self { salt, end, flushed: if at > end { end } else { before } }
    }
}

/// Tears the end off: some bytes are missing or others. All that was there at an acknowledgement stays, and all of it where
/// the database was written last: nothing is carried from the one file into the other before it is flushed.
fn tear(folder: &Path, acknowledged: &Written, rng: &mut StdRng) {
    let Some(path) = write_ahead_file(folder) else { return };
    let database = path.with_file_name(path.file_name().unwrap().to_str().unwrap().trim_end_matches("-wal"));
    if written_at(&database) >= written_at(&path) {
        return;
    }
    let mut bytes = fs::read(&path).unwrap();
    let now = Written::of(folder);
    let known = if now.salt == acknowledged.salt { acknowledged.end } else { 0 };
    let kept = known.max(now.flushed).min(bytes.len());
    let torn = rng.random_range(kept..=bytes.len());
    if rng.random_bool(0.5) {
        bytes.truncate(torn);
    } else {
        rng.fill_bytes(&mut bytes[torn..]);
    }
    fs::write(path, bytes).unwrap();
}

// C1, C2
#[test]
fn a_hub_whose_power_goes_has_all_that_it_acknowledged() {
    let mut town = Town::new();
    let node = town.chapter("Bergen");
    let mut rng = StdRng::seed_from_u64(6);
    let members = people(50, u32::try_from((images() + 1) * A_FEW).unwrap());
    let mut some = members.chunks(A_FEW);
    node.run(&["sync"]).done();
    let mut acknowledged = logs::of_node(&node);
    let mut flushed = Written::of(town.hub.data());
    for number in 0..images() {
        node.run(&["import", &list_of(&town, some.next().unwrap())]).done();
        let folder = town.folder().join(format!("image-{number}"));
        let mut sync = node.start(&["sync"]);
        grown_by(rng.random_range(1..20_000), town.hub.data(), &mut sync);
        take(&town.hub, town.hub.process().unwrap(), &folder.join("hub"));
        sync.end().done();
        tear(&folder.join("hub"), &flushed, &mut rng);

        let image = Installation::hub(&folder);
        image.run(&["doctor"]).done();
        let held = logs::of_hub(&image, &acknowledged.chapter);
        logs::all_there(&acknowledged.held, &held, "what was acknowledged before the power went is gone");
        checkers::rebuild_changes_nothing(&image);

        node.run(&["sync"]).done();
        acknowledged = logs::of_node(&node);
        flushed = Written::of(town.hub.data());
    }

    // The hub comes back as it was when the power went, in the midst of a sync.
    node.run(&["import", &list_of(&town, some.next().unwrap())]).done();
    let mut sync = node.start(&["sync"]);
    grown_by(rng.random_range(1..20_000), town.hub.data(), &mut sync);
    let image = town.folder().join("image");
    take(&town.hub, town.hub.process().unwrap(), &image);
    town.hub.kill();
    let last = Written::of(&image);
    tear(&image, &last, &mut rng);
    fs::remove_dir_all(town.hub.data()).unwrap();
    fs::rename(&image, town.hub.data()).unwrap();
    town.hub.serve();
    sync.end();
    checkers::sync_until_quiet(&node);
    assert_eq!(emails(&town.hub).len(), members.len());
    checkers::all_are_in_step(&town.hub, &[&node]);
}

// C1, C2
#[test]
fn a_chapter_whose_power_goes_has_all_that_was_done() {
    let town = Town::new();
    let node = town.chapter("Bergen");
    let mut rng = StdRng::seed_from_u64(7);
    let members = people(51, u32::try_from((images() + 1) * A_FEW).unwrap());
    let mut some = members.chunks(A_FEW);
    let mut done = BTreeSet::new();
    let mut flushed = Written::default();
    for number in 0..images() {
        let folder = town.folder().join(format!("image-{number}"));
        let mut import = node.start(&["import", &list_of(&town, some.next().unwrap())]);
        grown_by(rng.random_range(1..60_000), node.data(), &mut import);
        take(&node, import.process(), &folder.join("bergen"));
        import.end().done();
        tear(&folder.join("bergen"), &flushed, &mut rng);

        let image = Installation::node(&folder, "bergen");
        image.run(&["doctor"]).done();
        nothing_is_half_done(&image, &members);
        assert!(done.is_subset(&emails(&image)), "what was done before the power went is gone");
        checkers::rebuild_changes_nothing(&image);
        if number % 3 == 0 {
            node.run(&["sync"]).done();
        }
        done = emails(&node);
        flushed = Written::of(node.data());
    }

    // The laptop comes back as it was when the power went, in the midst of an import.
    let last = list_of(&town, some.next().unwrap());
    let mut import = node.start(&["import", &last]);
    grown_by(rng.random_range(1..60_000), node.data(), &mut import);
    let image = town.folder().join("image");
    take(&node, import.process(), &image);
    import.kill();
    fs::remove_dir_all(node.data()).unwrap();
    fs::rename(&image, node.data()).unwrap();
    node.run(&["import", &last]).done();
    checkers::sync_until_quiet(&node);
    assert_eq!(emails(&town.hub).len(), members.len());
    checkers::all_are_in_step(&town.hub, &[&node]);
}

// T21, C1, C2: a copy of the files is a clone, unlike a restored backup. Once both have written it is told apart by its
// log, goes on in one of its own, and neither loses what it wrote.
#[test]
fn a_copy_of_a_chapters_files_beside_the_original_is_found_out() {
    let town = Town::new();
    let node = town.chapter("Bergen");
    let members = people(52, 20);
    node.run(&["import", &list_of(&town, &members[..10])]).done();
    checkers::sync_until_quiet(&node);
    let clone = Installation::node(town.folder(), "clone");
    copy(node.data(), clone.data());

    node.run(&["import", &list_of(&town, &members[10..15])]).done();
    checkers::sync_until_quiet(&node);
    clone.run(&["import", &list_of(&town, &members[15..])]).done();
    let told = clone.run(&["sync"]);
    assert!(told.err.contains("copy of this chapter's data"), "not in plain words: {}", told.err);
    told.done();
    clone.run(&["doctor"]).done();
    for one in [&clone, &node, &clone] {
        checkers::sync_until_quiet(one);
    }
    for one in [&town.hub, &node, &clone] {
        assert_eq!(emails(one).len(), members.len());
    }
    checkers::all_are_in_step(&town.hub, &[&node, &clone]);
}
