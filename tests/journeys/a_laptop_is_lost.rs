//! A chapter's only laptop is gone. What the office's hub kept sealed comes back with the words on paper and nothing else,
//! and whoever has the laptop is kept out.

use std::fs;

use helhet_tests::checkers::{self, places_of, sync_until_quiet};
use helhet_tests::people::{member_file, people};
use helhet_tests::process::{Installation, Town};

use crate::story::{card, holds, import, supporters, sync, the_one};

/// What only the chapter may read: in short words, in long ones, and in our letters.
const SECRETS: [&str; 3] =
    ["Blåbærskog kanarifuglene", "Øyafjell IJsselmeer æøå rosenfinkene", "zebrafinkkanari"];

fn note(length: usize) -> String {
    format!("{} {}", SECRETS[0], "og så litt til ".repeat(length))
}

/// What the paper has beside the words.
fn office_of(node: &Installation) -> String {
    node.run(&["doctor", "--json"]).json()["restore_from"].as_str().unwrap().to_owned()
}

// N3, S2.7, T24, C4
#[test]
fn the_phrase_alone_brings_everything_back_and_keeps_the_lost_laptop_out() {
    let town = Town::new();
    let (bergen, words) = town.chapter_with_words("Bergen");
    let members = people(91, 40);
    import(&bergen, &town.file("medlemmer.csv", &member_file(&members)), &[]);
    let person = &members[0];
    let id = the_one(&bergen, &person.email);
    bergen.run(&["edit", &id, "--note", &note(40), "--phone", "+4791122333"]).done();
    bergen.run(&["grant", &id, "newsletter"]).done();
    let gone = the_one(&bergen, &members[1].email);
    bergen.run(&["erase", &gone]).done();
    bergen
        .run(&[
            "add",
            "--given",
            SECRETS[2],
            "--family",
            "Frivillig",
            "--role",
            "volunteer",
            "--note",
            SECRETS[1],
        ])
        .done();
    sync_until_quiet(&bergen);
    let before = bergen.run(&["supporters", "--json"]).json();
    let seen_before = town.hub.run(&["supporters", "--json"]).json();
    assert_eq!(places_of(&SECRETS, town.hub.data()), Vec::<String>::new(), "the hub carries it blind");

    // The laptop is gone; somebody else starts it later.
    let office = office_of(&bergen);
    let thief = town.folder().join("stolen");
    fs::rename(bergen.data(), &thief).unwrap();
    let phrase = town.file("ord.txt", &words);
    let back = ["restore", "--hub", &office, "--phrase-file", &phrase, "--device", "ny laptop", "--key-file"];
    bergen.run(&back).done();
    assert_eq!(bergen.run(&["supporters", "--json"]).json(), before);
    let record = card(&bergen, &person.email);
    assert!(holds(&record["notes"], SECRETS[0]) && holds(&record["grants"], "newsletter"), "{record}");
    assert_eq!(town.hub.run(&["supporters", "--json"]).json(), seen_before, "nothing was given out anew");
    assert!(supporters(&bergen, &members[1].email).is_empty(), "who was erased stays erased");
    checkers::rebuild_changes_nothing(&bergen);

    // The lost laptop is refused, and what it held is not lost to anybody.
    let stolen = Installation::node(town.folder(), "stolen");
    stolen.run(&["edit", &id, "--phone", "+4792233444"]).done();
    let refused = stolen.run(&["sync"]).refused(1);
    assert!(refused.contains("certificate"), "{refused}");

    // Life goes on, and the office hears of it.
    bergen.run(&["edit", &id, "--phone", "+4793344555"]).done();
    sync(&bergen);
    assert!(holds(&card(&town.hub, &person.email)["phones"], "+4793344555"));
    assert!(!holds(&card(&town.hub, &person.email)["phones"], "+4792233444"));
    checkers::rebuild_changes_nothing(&town.hub);
    assert_eq!(places_of(&SECRETS, town.hub.data()), Vec::<String>::new());

    // A second time, from what the restored one sent.
    fs::remove_dir_all(bergen.data()).unwrap();
    bergen.run(&back).done();
    let record = card(&bergen, &person.email);
    assert!(holds(&record["phones"], "+4793344555") && holds(&record["notes"], SECRETS[0]), "{record}");

    // And where a passphrase is to open it.
    let third = Installation::node(town.folder(), "third");
    let file = town.file("passphrase", "fire blå båter på vannet");
    let opened = ["--passphrase-file", file.as_str()];
    let without = &back[..back.len() - 1];
    let said = third.run(without).refused(1);
    assert!(said.contains("--passphrase-file"), "{said}");
    third.run(&[without, &opened].concat()).done();
    assert!(!third.data().join("helhet.key").exists());
    third.run(&["supporters", "--json"]).refused(1);
    let there = third.run(&[&["supporters", "--json"][..], &opened].concat()).json();
    assert_eq!(there, bergen.run(&["supporters", "--json"]).json());
}

// N3: another chapter's words open nothing here, and wrong ones are told from unknown ones.
#[test]
fn other_words_bring_nothing_back() {
    let town = Town::new();
    let (bergen, words) = town.chapter_with_words("Bergen");
    sync_until_quiet(&bergen);
    let office = office_of(&bergen);
    let other = Installation::node(&town.folder().join("other"), "other");
    let unknown = "abandon ".repeat(23) + "art";
    let attempt = |words: &str, name: &str| {
        let file = town.file(name, words);
        other
            .run(&["restore", "--hub", &office, "--phrase-file", &file, "--device", "x", "--key-file"])
            .refused(1)
    };
    assert!(attempt(&unknown, "unknown.txt").contains("does not know this chapter"));
    let mut swapped: Vec<&str> = words.split_whitespace().collect();
    swapped.swap(0, 1);
    let said = attempt(&swapped.join(" "), "swapped.txt");
    assert!(said.contains("does not fit together") || said.contains("does not know"), "{said}");
    assert!(attempt("to få ord", "few.txt").contains("24 words"));
    let elsewhere = format!("{}#{}", office.split_once('#').unwrap().0, "aaaa-".repeat(13));
    let file = town.file("ord.txt", &words);
    let said = other
        .run(&["restore", "--hub", &elsewhere, "--phrase-file", &file, "--device", "x", "--key-file"])
        .refused(1);
    assert!(said.contains("another office"), "{said}");
}
