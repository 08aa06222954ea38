//! An old disk image is put back and written to, or a laptop is cloned and both go on. Both copies meet the office under one
//! name. Nobody is stuck, and what either wrote is there in the end.

use std::fs;
use std::path::Path;

use helhet_tests::checkers::{all_are_in_step, sync_until_quiet};
use helhet_tests::people::{Person, member_file, people};
use helhet_tests::process::{Installation, Town, wait_until};
use serde_json::Value;

use crate::story::{card, holds, import, supporters, sync, the_one};

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

fn add(at: &Installation, name: &str) {
    let email = format!("{}@post.example", name.to_lowercase());
    at.run(&["add", "--given", name, "--family", "Ny", "--email", &email, "--role", "member"]).done();
}

/// A town with one chapter that has synced, its members, and an image of its data.
fn with_an_image(seed: u64) -> (Town, Installation, Vec<Person>, std::path::PathBuf) {
    let town = Town::new();
    let bergen = town.chapter("Bergen");
    let members = people(seed, 4);
    import(&bergen, &town.file("medlemmer.csv", &member_file(&members)), &[]);
    sync_until_quiet(&bergen);
    let image = town.folder().join("image");
    copy(bergen.data(), &image);
    (town, bergen, members, image)
}

fn put_back(image: &Path, at: &Installation) {
    fs::remove_dir_all(at.data()).unwrap();
    copy(image, at.data());
}

fn copies_met(at: &Installation) -> Value {
    at.run(&["doctor", "--json"]).json()["copies_met"].clone()
}

/// Both lives' words, wherever one looks.
fn both_are_there(side: &Installation, [first, second]: [&Person; 2]) {
    let seen = card(side, &first.email);
    assert!(holds(&seen, "Nygata 17"), "what the lost disk said: {seen}");
    assert!(holds(&seen["phones"], "+4791122333"), "what the image said: {seen}");
    assert!(holds(&card(side, &second.email)["phones"], "+4792233444"));
    for name in ["xenia@post.example", "yngve@post.example"] {
        assert_eq!(supporters(side, name).len(), 1, "{name}");
    }
}

// T21, C1, C2, C9
#[test]
fn an_image_that_was_put_back_and_written_to_loses_nothing() {
    let (town, bergen, members, image) = with_an_image(71);
    let pair = [&members[0], &members[1]];
    let id = the_one(&bergen, &pair[0].email);
    bergen.run(&["edit", &id, "--street", "Nygata 17"]).done();
    add(&bergen, "Xenia");
    // So much that what the office says of the log names nothing near the last common entry.
    let busy = the_one(&bergen, &members[2].email);
    for number in 0..70 {
        bergen.run(&["edit", &busy, "--city", &format!("Nyby {number}")]).done();
    }
    sync(&bergen);

    put_back(&image, &bergen);
    bergen.run(&["edit", &id, "--phone", "+4791122333"]).done();
    bergen.run(&["edit", &the_one(&bergen, &pair[1].email), "--phone", "+4792233444"]).done();
    add(&bergen, "Yngve");
    let run = bergen.run(&["sync", "--json"]);
    assert!(run.err.contains("Another copy of this chapter's data"), "{}", run.err);
    assert_eq!(run.json()["copy_met"], true);
    sync_until_quiet(&bergen);
    for side in [&bergen, &town.hub] {
        both_are_there(side, pair);
    }
    for side in [&bergen, &town.hub] {
        assert!(holds(&card(side, &members[2].email), "Nyby 69"));
    }
    let doctor = bergen.run(&["doctor", "--json"]).json();
    assert_eq!(
        (&doctor["in_conflict"], &doctor["awaiting_confirmation"]),
        (&Value::from(0), &Value::from(0))
    );
    assert_eq!(supporters(&bergen, "").len(), 6);
    assert_eq!(supporters(&town.hub, "").len(), 6);
    assert_eq!(copies_met(&bergen), 1);
    all_are_in_step(&town.hub, &[&bergen]);
}

// T21, C1: nobody has to do anything where the program is open.
#[test]
fn an_open_program_puts_the_two_together_by_itself() {
    let (town, mut bergen, members, image) = with_an_image(72);
    let pair = [&members[0], &members[1]];
    let id = the_one(&bergen, &pair[0].email);
    bergen.run(&["edit", &id, "--street", "Nygata 17"]).done();
    add(&bergen, "Xenia");
    sync(&bergen);

    put_back(&image, &bergen);
    bergen.run(&["edit", &id, "--phone", "+4791122333"]).done();
    bergen.run(&["edit", &the_one(&bergen, &pair[1].email), "--phone", "+4792233444"]).done();
    add(&bergen, "Yngve");
    bergen.serve();
    wait_until("the office has what the image wrote", || {
        supporters(&town.hub, "yngve@post.example").len() == 1
    });
    // Written by another process than the one that began the new life.
    bergen.run(&["edit", &id, "--city", "Ås"]).done();
    sync(&bergen);
    assert!(bergen.stop().success());
    sync_until_quiet(&bergen);
    for side in [&bergen, &town.hub] {
        both_are_there(side, pair);
        assert!(holds(&card(side, &pair[0].email), "Ås"));
    }
    all_are_in_step(&town.hub, &[&bergen]);
}

// T21, C1, C2: two clones of one laptop, both alive.
#[test]
fn two_clones_meet_the_office_in_turn() {
    let (town, bergen, members, image) = with_an_image(73);
    let clone = Installation::node(town.folder(), "clone");
    copy(&image, clone.data());
    for round in 0..3 {
        for (which, at) in [("a", &bergen), ("b", &clone)] {
            let person = &members[usize::from(which == "b")];
            let phone = format!("+479{}{round}00000", if which == "a" { 1 } else { 2 });
            at.run(&["edit", &the_one(at, &person.email), "--phone", &phone]).done();
            add(at, &format!("Ny{which}{round}"));
            sync(at);
        }
    }
    for at in [&bergen, &clone, &bergen] {
        sync_until_quiet(at);
    }
    for side in [&bergen, &clone, &town.hub] {
        assert_eq!(supporters(side, "").len(), 10, "{:?}", side.data());
        assert!(holds(&card(side, &members[0].email)["phones"], "+4791200000"));
        assert!(holds(&card(side, &members[1].email)["phones"], "+4792200000"));
    }
    assert_eq!((copies_met(&bergen), copies_met(&clone)), (Value::from(0), Value::from(1)));
    all_are_in_step(&town.hub, &[&bergen, &clone]);
}

// N14, P4, T21: each life took something else back, under one floor. Nothing of it goes out again before a person has said
// what holds, and nobody waits for a receipt that never comes.
#[test]
fn what_was_taken_back_in_both_lives_waits_for_a_person() {
    let town = Town::new();
    let bergen = town.chapter("Bergen");
    let members = people(74, 3);
    import(&bergen, &town.file("medlemmer.csv", &member_file(&members)), &[]);
    let email = &members[0].email;
    let id = the_one(&bergen, email);
    for purpose in ["newsletter", "gifts"] {
        bergen.run(&["grant", &id, purpose]).done();
    }
    sync_until_quiet(&bergen);
    let image = town.folder().join("image");
    copy(bergen.data(), &image);
    bergen.run(&["withdraw", &id, "newsletter"]).done();
    sync(&bergen);

    put_back(&image, &bergen);
    bergen.run(&["withdraw", &id, "gifts"]).done();
    sync(&bergen);
    sync_until_quiet(&bergen);
    let doctor = bergen.run(&["doctor", "--json"]).json();
    assert_eq!(
        (&doctor["awaiting_confirmation"], &doctor["receipts_owed"]),
        (&Value::from(1), &Value::from(0))
    );
    assert!(supporters(&town.hub, email).is_empty());
    all_are_in_step(&town.hub, &[&bergen]);

    bergen.run(&["withdraw", &id, "newsletter"]).done();
    bergen.run(&["confirm", &id]).done();
    sync(&bergen);
    let seen = card(&town.hub, email);
    assert!(holds(&seen, email) && !holds(&seen["grants"], "newsletter") && !holds(&seen["grants"], "gifts"));
    sync_until_quiet(&bergen);
    all_are_in_step(&town.hub, &[&bergen]);
}
