//! One of many is erased in a federation of a hub and three computers of a chapter, one of which sleeps through it and one of
//! which comes back as it was before. Nobody is brought back, every byte is gone everywhere, and the office has signed.
//!
//! `HELHET_ERASE_OF=5000` plays it with as many supporters, and tells what it took.

use std::fs;
use std::path::Path;
use std::process::Child;
use std::time::Instant;

use helhet_node::store::Store;
use helhet_tests::checkers::{self, sync_until_quiet};
use helhet_tests::opened;
use helhet_tests::people::{Person, member_file, people};
use helhet_tests::process::{Installation, Town, wait_until};
use serde_json::Value;

use crate::story::{import, supporters, sync, the_one};

const USUAL: u32 = 60;

/// A further computer of the chapter, let in by the first.
fn join(town: &Town, first: &Installation, name: &str) -> Installation {
    let invite = first.run(&["device", "invite"]).done();
    let further = Installation::node(town.folder(), name);
    let mut waiting: Child = further.spawn(&["join", invite.trim(), "--device", name, "--key-file"]);
    let asking = || first.run(&["device", "list", "--json"]).json()["asking"].clone();
    wait_until("somebody asks", || {
        sync(first);
        asking().as_array().is_some_and(|asking| !asking.is_empty())
    });
    let code = asking()[0]["code"].as_str().unwrap().to_owned();
    first.run(&["device", "confirm", &code, "--peer-support"]).done();
    assert!(waiting.wait().unwrap().success());
    further
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for file in fs::read_dir(from).unwrap().flatten() {
        fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
}

/// Everything by which this person could be known.
fn traces(person: &Person) -> Vec<String> {
    let mut traces = vec![person.email.split('@').next().unwrap().to_owned(), person.phone.clone()];
    traces.push(person.note[..12].to_owned());
    traces
}

/// Where a trace stands at the hub, or in a chapter's store, looked at from outside and with its key.
fn places(at: &Installation, traces: &[&str]) -> Vec<String> {
    let mut places = checkers::places_of(traces, at.data());
    places.extend(checkers::places_of(traces, at.temp()));
    if at.data().join("helhet.key").exists() {
        places.extend(opened::places(traces, at.data()));
        places.extend(checkers::places_in(traces, Store::open_existing(at.data()).unwrap().database()));
    }
    places
}

fn bytes_of(at: &Installation) -> u64 {
    let files = fs::read_dir(at.data()).unwrap().flatten();
    files.filter_map(|file| file.metadata().ok()).map(|about| about.len()).sum()
}

/// Bytes of the tombstones of one erasure, which is all that says that there was somebody.
fn bytes_that_stay(at: &Installation) -> (usize, usize) {
    let store = Store::open_existing(at.data()).unwrap();
    let signed: Vec<Vec<u8>> = store
        .database()
        .read(|connection| -> Result<_, helhet_node::store::StoreError> {
            let mut statement =
                connection.prepare("SELECT signed FROM tombstones WHERE floor = 4294967295")?;
            Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
        })
        .unwrap();
    (signed.len(), signed.iter().map(Vec::len).sum())
}

// N1, P8, T16, C3, C6
#[test]
fn one_of_many_is_gone_to_the_last_byte_everywhere() {
    let of = std::env::var("HELHET_ERASE_OF").map_or(USUAL, |number| number.parse().expect("a number"));
    let town = Town::new();
    let first = town.chapter("Bergen");
    let members = people(404, of);
    let file = town.file("medlemmer.csv", &member_file(&members));
    import(&first, &file, &[]);
    fs::remove_file(&file).unwrap();
    sync_until_quiet(&first);
    let sleeper = join(&town, &first, "sover");
    let restored = join(&town, &first, "gammel");
    for node in [&sleeper, &restored] {
        sync_until_quiet(node);
        assert_eq!(supporters(node, "").len() as u32, of);
    }
    let gone = &members[members.len() / 2];
    let traces = traces(gone);
    let traces: Vec<&str> = traces.iter().map(String::as_str).collect();
    for at in [&first, &sleeper, &restored, &town.hub] {
        assert!(!places(at, &traces).is_empty(), "{} held it before", at.data().display());
    }
    let image = town.folder().join("image");
    copy(restored.data(), &image);
    let before = [&first, &sleeper, &restored, &town.hub].map(bytes_of);

    let id = the_one(&first, &gone.email);
    let mut took = Vec::new();
    let mut timed = |what: &str, act: &mut dyn FnMut()| {
        let began = Instant::now();
        act();
        took.push(format!("{what} {:.2} s", began.elapsed().as_secs_f64()));
    };
    timed("the first computer", &mut || {
        first.run(&["erase", &id]).done();
    });
    timed("the hub, with the way there and its receipt", &mut || {
        sync(&first);
    });
    timed("a second computer", &mut || {
        sync(&restored);
    });
    // It comes back as it was before, and is used at once; the sleeper wakes, and has written meanwhile.
    fs::remove_dir_all(restored.data()).unwrap();
    copy(&image, restored.data());
    fs::remove_dir_all(&image).unwrap();
    assert_eq!(supporters(&restored, &gone.email).len(), 1, "the image still has the supporter");
    for (at, note) in [(&restored, "Skrevet på det gamle bildet"), (&sleeper, "Skrevet i søvne")] {
        at.run(&["edit", &id, "--note", note]).done();
    }
    timed("the one that came back as it was", &mut || sync_until_quiet(&restored));
    timed("the one that slept", &mut || sync_until_quiet(&sleeper));
    for node in [&first, &restored, &sleeper] {
        sync_until_quiet(node);
    }

    for at in [&first, &sleeper, &restored, &town.hub] {
        assert_eq!(supporters(at, "").len() as u32, of - 1, "{}", at.data().display());
        assert!(supporters(at, &gone.email).is_empty());
        let left = places(at, &traces);
        assert!(left.is_empty(), "still there: {left:#?}");
        checkers::rebuild_changes_nothing(at);
    }
    let register = town.hub.run(&["erasures", "--json"]).json();
    let register = register.as_array().unwrap();
    assert!(
        !register.is_empty() && register.iter().all(|one| one["receipt_at"] != Value::Null),
        "{register:?}"
    );
    for node in [&first, &sleeper, &restored] {
        assert_eq!(node.run(&["doctor", "--json"]).json()["receipts_owed"], 0);
        sync_until_quiet(node);
        let register = node.run(&["erasures", "--json"]).json();
        assert_eq!(register.as_array().map_or(0, Vec::len), 1);
        let stores = register[0]["stores"].as_array().unwrap();
        assert!(register[0]["complete"] == true && stores.len() == 4, "{register}");
    }
    let after = [&first, &sleeper, &restored, &town.hub].map(bytes_of);
    let (tombstones, bytes) = bytes_that_stay(&first);
    println!("one of {of} erased: {}", took.join(", "));
    println!(
        "what stays: {tombstones} tombstones, {bytes} bytes together; files before and after: {before:?}, {after:?}"
    );
}
