//! Backups and copies of a folder that a passphrase opens: what a thief reads, and what its users get back.
use std::path::Path;

use helhet_shared::command::{RoleInput, SupporterInput};
use helhet_shared::supporter::Role;

use super::backup::{self, Opener};
use helhet_shared::rights::UserRole;

use crate::access::tests::{FIRST, OTHER, OWN, joined, keeping, key, opens};
use crate::access::{add_user, change_password, is_right};
use crate::store::lock::{self, Keeping};
use crate::store::{Store, slots};

/// Every byte of every file in the folder.
fn bytes_in(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => all.extend(bytes_in(&path)),
            false => all.push((path.display().to_string(), std::fs::read(&path).unwrap())),
        }
    }
    all
}

// N2, C4, ASVS 14.2.1: who has the folder, with WAL, leftovers and backups, and no passphrase, reads nothing of anybody.
#[test]
fn nothing_can_be_read_without_a_passphrase() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    std::fs::create_dir(&data).unwrap();
    let node = joined(&data, &keeping(FIRST));
    add_user(node.store(), "kari-kanarifugl", OWN, UserRole::ChapterLeader, 1, None).unwrap();
    let long = "Blåbærtåka over fjøsdøra ".repeat(20);
    let marks = ["Øystein-Kanari", "Åsgårdstrand", "kanari@post.example", "Blåbærtåka over fjøsdøra"];
    let input = SupporterInput {
        given_name: marks[0].to_owned(),
        family_name: marks[1].to_owned(),
        emails: vec![marks[2].to_owned()],
        roles: vec![RoleInput::of(Role::Member)],
        note: long,
        ..SupporterInput::default()
    };
    let id = node.writer().act(|deed| deed.register(&input)).unwrap();
    let found = crate::read::record(node.store(), id).unwrap().unwrap();
    assert!(found.notes.iter().any(|note| note.text.text().len() > 256), "what is looked for was written");
    let out = folder.path().join("backup.db");
    let Opener::Slots(beside) = backup::backup(node.store(), &out).unwrap() else {
        panic!("no key may lie there")
    };
    assert!(beside.exists());

    let key = node.store().key().clone();
    let all = bytes_in(folder.path());
    assert!(
        all.iter().any(|(name, bytes)| name.ends_with("-wal") && !bytes.is_empty()),
        "the WAL is looked at too"
    );
    let mut marks: Vec<Vec<u8>> = marks.iter().map(|mark| mark.as_bytes().to_vec()).collect();
    marks.extend(["kari-kanarifugl", "Bergen", FIRST, OWN].map(|mark| mark.as_bytes().to_vec()));
    marks.extend([key.as_bytes().to_vec(), key.to_hex().as_bytes().to_vec()]);
    for (name, bytes) in &all {
        assert!(!bytes.starts_with(b"SQLite format 3"), "{name}");
        for mark in &marks {
            let held = bytes.windows(mark.len()).any(|window| window == mark.as_slice());
            assert!(!held, "{name} holds {}", String::from_utf8_lossy(mark));
        }
    }
}

// T21: a backup of a locked folder opens by the passphrases of its day, and into either kind of folder.
#[test]
fn a_backup_of_a_locked_folder_is_restored_by_a_passphrase() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let data = at("data");
    std::fs::create_dir(&data).unwrap();
    let node = joined(&data, &keeping(FIRST));
    add_user(node.store(), "kari", OWN, UserRole::ChapterLeader, 1, None).unwrap();
    backup::backup(node.store(), &at("backup.db")).unwrap();
    change_password(node.store(), "kari", OTHER, key(node.store(), "kari", OWN).as_ref()).unwrap();
    drop(node);

    let restore = |name: &str, passphrase: Option<&str>, keeping: &Keeping| {
        backup::restore(&at(name), &at("backup.db"), passphrase, keeping)
    };
    assert!(restore("wrong", Some(OTHER), &keeping(OTHER)).is_err(), "the password of a later day");
    assert!(restore("none", None, &keeping(OTHER)).is_err());
    assert!(bytes_in(&at("wrong")).is_empty(), "nothing is left of it");
    restore("again", Some(OWN), &keeping(OWN)).unwrap();
    assert!(lock::is_locked(&at("again")) && opens(&at("again"), OWN) && opens(&at("again"), FIRST));
    restore("in-file", Some(FIRST), &Keeping::KeyFile).unwrap();
    assert!(!slots::path(&at("in-file")).exists());
    let store = Store::open_existing(&at("in-file")).unwrap();
    assert!(is_right(&store, "kari", OWN).unwrap());

    // And one with its key beside it, into a folder that a passphrase opens.
    backup::backup(&store, &at("keyed.db")).unwrap();
    backup::restore(&at("locked"), &at("keyed.db"), None, &keeping(OTHER)).unwrap();
    assert!(lock::is_locked(&at("locked")) && opens(&at("locked"), OTHER) && !opens(&at("locked"), OWN));
}
