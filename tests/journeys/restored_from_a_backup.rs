//! A disk dies, and yesterday's backup takes its place: at the hub, at a chapter. What was said since comes back from the
//! other side, and nobody is stuck.

use std::fs;

use helhet_tests::checkers;
use helhet_tests::people::{member_file, people};
use helhet_tests::process::{Installation, Town};

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
