//! A disk dies, and yesterday's backup takes its place: at the hub, at a chapter. What was said since comes back from the
//! other side, and nobody is stuck.

use std::fs;
use std::path::Path;

use helhet_shared::sqlite::{Database, OpenError};
use helhet_tests::checkers::{self, sync_until_quiet};
use helhet_tests::people::{member_file, people};
use helhet_tests::process::{Installation, Town};
use rusqlite::Transaction;

use crate::story::{card, holds, import, supporters, sync, the_one};

/// The data folder is gone, and is made anew from a backup.
fn restore(at: &Installation, words: &[&str]) {
    fs::remove_dir_all(at.data()).unwrap();
    at.run(&[&["restore"], words].concat()).done();
}

// T21, C1
#[test]
fn a_restored_hub_gets_back_what_it_and_the_chapter_said_since() {
    let mut town = Town::new();
    let bergen = town.chapter("Bergen");
    let members = people(60, 3);
    import(&bergen, &town.file("medlemmer.csv", &member_file(&members)), &[]);
    sync(&bergen);
    let backup = town.folder().join("backup.db").display().to_string();
    town.hub.run(&["backup", "--out", &backup]).done();

    // Since: a correction by the office that the chapter has, and an edit of the chapter on top of it.
    let person = &members[0];
    let id = the_one(&town.hub, &person.email);
    town.hub.run(&["correct", &id, "phone", "+4799887766", "--source", "supporter"]).done();
    sync(&bergen);
    let own = the_one(&bergen, &person.email);
    bergen.run(&["edit", &own, "--phone", "+4791122333"]).done();
    sync(&bergen);

    town.hub.kill();
    restore(&town.hub, &[&backup]);
    town.hub.serve();
    sync(&bergen);
    let seen = card(&town.hub, &person.email);
    assert!(holds(&seen["phones"], "+4791122333"), "{seen}");

    // Both go on: the office corrects again, the chapter edits again.
    let id = the_one(&town.hub, &person.email);
    town.hub.run(&["correct", &id, "phone", "+4792233444", "--source", "supporter"]).done();
    sync(&bergen);
    assert!(holds(&card(&bergen, &person.email)["phones"], "+4792233444"));
    bergen.run(&["edit", &own, "--phone", "+4793344555"]).done();
    sync(&bergen);
    assert!(holds(&card(&town.hub, &person.email)["phones"], "+4793344555"));
    assert_eq!(sync(&bergen)["entries_out"], 0);
    checkers::rebuild_changes_nothing(&town.hub);
    checkers::rebuild_changes_nothing(&bergen);
}

/// How many wrapped keys a database of the hub's has, and how many it lacks.
fn keys_in(database: &str) -> (u64, u64) {
    let database = Database::open(Path::new(database), None).unwrap();
    let count = |connection: &Transaction<'_>, which: &str| {
        let question = format!("SELECT count(*) FROM changes WHERE kind = 3 AND {which}");
        connection.query_row(&question, [], |row| row.get::<_, i64>(0)).map(i64::cast_unsigned)
    };
    database
        .read(|connection| {
            Ok::<_, OpenError>((count(connection, "body IS NOT NULL")?, count(connection, "state = 3")?))
        })
        .unwrap()
}

/// The wrapped keys in a file of keys.
fn bodies_in(keys: &str) -> Vec<Vec<u8>> {
    let database = Database::open(Path::new(keys), None).unwrap();
    let bodies = |connection: &Transaction<'_>| -> Result<_, OpenError> {
        let mut statement = connection.prepare("SELECT body FROM keys")?;
        Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
    };
    database.read(bodies).unwrap()
}

/// Whether a byte of a file, in whatever page of it, tells one of these.
fn tells(file: &str, bodies: &[Vec<u8>]) -> bool {
    let search = aho_corasick::AhoCorasick::new(bodies).unwrap();
    search.is_match(&fs::read(file).unwrap())
}

// N3, P8: what the hub keeps for long opens nothing of what was erased since, and the chapters have their keys.
#[test]
fn a_hubs_backup_holds_no_keys_and_a_chapter_gives_them_back() {
    let mut town = Town::new();
    let (bergen, words) = town.chapter_with_words("Bergen");
    let members = people(68, 30);
    import(&bergen, &town.file("medlemmer.csv", &member_file(&members)), &[]);
    sync_until_quiet(&bergen);
    let backup = town.folder().join("backup.db").display().to_string();
    let keys = town.folder().join("keys.db").display().to_string();
    town.hub.run(&["backup", "--out", &backup, "--keys", &keys]).done();
    let (held, lacking) = keys_in(&backup);
    assert_eq!((held, lacking > 0), (0, true));
    let before = bodies_in(&keys);
    assert_eq!(before.len() as u64, lacking);
    assert!(!tells(&backup, &before) && tells(&keys, &before), "not in a page that no table shows either");
    // The keys of who is erased are not among those that are written next, over the same file.
    bergen.run(&["erase", &the_one(&bergen, &members[0].email)]).done();
    sync_until_quiet(&bergen);
    let second = town.folder().join("second.db").display().to_string();
    town.hub.run(&["backup", "--out", &second, "--keys", &keys]).done();
    assert!(bodies_in(&keys).len() < before.len());
    assert!(!tells(&second, &before));

    // The hub's disk dies, then the chapter's: the chapter gave its keys back in between.
    town.hub.kill();
    restore(&town.hub, &[&backup]);
    town.hub.serve();
    let lost = town.hub.run(&["doctor", "--json"]).refused(1);
    assert!(lost.contains("gives back its own"), "{lost}");
    sync_until_quiet(&bergen);
    town.hub.run(&["doctor", "--json"]).done();
    let people_before = bergen.run(&["supporters", "--json"]).json();
    restore_from_paper(&town, &bergen, &words);
    assert_eq!(bergen.run(&["supporters", "--json"]).json(), people_before);
    checkers::rebuild_changes_nothing(&bergen);
}

// N3, S2.7: hub and chapter lose their disks at once.
#[test]
fn with_the_file_of_keys_the_words_on_paper_are_enough() {
    let mut town = Town::new();
    let (bergen, words) = town.chapter_with_words("Bergen");
    let members = people(69, 30);
    import(&bergen, &town.file("medlemmer.csv", &member_file(&members)), &[]);
    sync_until_quiet(&bergen);
    let people_before = bergen.run(&["supporters", "--json"]).json();
    let backup = town.folder().join("backup.db").display().to_string();
    let keys = town.folder().join("keys.db").display().to_string();
    town.hub.run(&["backup", "--out", &backup, "--keys", &keys]).done();
    town.hub.kill();
    fs::remove_dir_all(town.hub.data()).unwrap();
    let refused = town.hub.run(&["restore", &backup, "--keys", &backup]).refused(1);
    assert!(refused.contains("backup --keys"), "{refused}");
    assert!(fs::read_dir(town.hub.data()).unwrap().next().is_none(), "nothing half done is left");
    restore(&town.hub, &[&backup, "--keys", &keys]);
    town.hub.run(&["doctor"]).done();
    town.hub.serve();
    restore_from_paper(&town, &bergen, &words);
    assert_eq!(bergen.run(&["supporters", "--json"]).json(), people_before);
}

/// The chapter's only computer is gone, and another takes its place.
fn restore_from_paper(town: &Town, chapter: &Installation, words: &str) {
    let office = chapter.run(&["doctor", "--json"]).json()["restore_from"].as_str().unwrap().to_owned();
    let phrase = town.file("ord.txt", words);
    let paper = ["--hub", &office, "--phrase-file", &phrase, "--device", "ny laptop", "--key-file"];
    restore(chapter, &paper);
}

// T21, C1
#[test]
fn a_restored_chapter_gets_back_what_the_office_has_and_goes_on() {
    let town = Town::new();
    let bergen = town.chapter("Bergen");
    let members = people(61, 3);
    import(&bergen, &town.file("medlemmer.csv", &member_file(&members)), &[]);
    sync(&bergen);
    let backup = town.folder().join("backup.db").display().to_string();
    bergen.run(&["backup", "--out", &backup]).done();
    let [first, second] = [&members[0], &members[1]];
    let id = the_one(&bergen, &first.email);
    bergen.run(&["edit", &id, "--phone", "+4791122333"]).done();
    sync(&bergen);

    restore(&bergen, &["--from", &backup, "--key-file"]);
    // Somebody goes on at once, before anything came back.
    bergen.run(&["edit", &the_one(&bergen, &second.email), "--phone", "+4792233444"]).done();
    bergen.run(&["edit", &id, "--email", "ny@post.example"]).done();
    sync(&bergen);
    sync(&bergen);
    for side in [&bergen, &town.hub] {
        let card_of_first = card(side, "ny@post.example");
        assert!(holds(&card_of_first["phones"], "+4791122333"), "{card_of_first}");
        assert!(holds(&card(side, &second.email)["phones"], "+4792233444"));
    }
    assert_eq!(sync(&bergen)["entries_out"], 0);
    checkers::rebuild_changes_nothing(&town.hub);
    checkers::rebuild_changes_nothing(&bergen);
}

// N14, P4: what was taken back after the backup is not given out again by a record that has forgotten it.
#[test]
fn what_was_withdrawn_after_the_backup_waits_for_a_person() {
    let town = Town::new();
    let bergen = town.chapter("Bergen");
    let members = people(62, 2);
    import(&bergen, &town.file("medlemmer.csv", &member_file(&members)), &[]);
    let [person, other] = [&members[0].email, &members[1].email];
    let id = the_one(&bergen, person);
    bergen.run(&["grant", &id, "newsletter"]).done();
    sync(&bergen);
    let backup = town.folder().join("backup.db").display().to_string();
    bergen.run(&["backup", "--out", &backup]).done();
    bergen.run(&["withdraw", &id, "newsletter"]).done();
    sync(&bergen);

    restore(&bergen, &["--from", &backup, "--key-file"]);
    sync(&bergen);
    let seen = bergen.run(&["shared", &id, "--json"]).json();
    assert_eq!(seen["visible"], false, "{seen}");
    assert!(holds(&seen, "awaits_confirmation"), "{seen}");
    assert!(supporters(&town.hub, person).is_empty());
    assert!(holds(&card(&town.hub, other), other), "nothing of this one was taken back");

    bergen.run(&["withdraw", &id, "newsletter"]).done();
    bergen.run(&["confirm", &id]).done();
    sync(&bergen);
    let seen = card(&town.hub, person);
    assert!(holds(&seen, person) && !holds(&seen["grants"], "newsletter"), "{seen}");
    checkers::rebuild_changes_nothing(&town.hub);
    checkers::rebuild_changes_nothing(&bergen);
}
