//! A chapter whose data opens by passphrase alone: on the command line, on the screens, and from a backup.

use std::fs;

use helhet_tests::people::{member_file, people};
use helhet_tests::process::{Installation, Town, wait_until};
use helhet_tests::visitor::Visitor;

use crate::story::supporters;

const PASSPHRASE: &str = "fire blå båter på vannet";
const OWN: &str = "ekorn under brygga";

/// A chapter that joined without a key file, and the option that opens it.
fn locked(town: &Town) -> (Installation, [String; 2]) {
    let node = Installation::node(town.folder(), "bergen");
    let file = town.file("passphrase", PASSPHRASE);
    let words = ["join", "-", "--device", "laptop", "--accept-agreement"];
    let said = node.run_with_input(&words, &town.invite("Bergen")).refused(1);
    assert!(said.contains("--passphrase-file"), "off a terminal nobody is asked: {said}");
    assert!(!node.data().join("helhet.db").exists());
    let invite = town.hub.run(&["chapter", "invite", "Bergen"]).done();
    node.run_with_input(&[&words[..], &["--passphrase-file", &file]].concat(), invite.trim()).done();
    (node, ["--passphrase-file".to_owned(), file])
}

fn with<'w>(words: &[&'w str], option: &'w [String; 2]) -> Vec<&'w str> {
    words.iter().copied().chain(option.iter().map(String::as_str)).collect()
}

// N2, T16
#[test]
fn commands_need_the_passphrase() {
    let town = Town::new();
    let (node, opened) = locked(&town);
    assert!(!node.data().join("helhet.key").exists() && node.data().join("helhet.slots").exists());
    let list = town.file("medlemmer.csv", &member_file(&people(3, 5)));
    node.run(&with(&["import", &list, "--json"], &opened)).done();
    node.run(&with(&["sync"], &opened)).done();
    assert_eq!(supporters(&town.hub, "").len(), 5);
    for words in
        [&["supporters", "--json"][..], &["sync"], &["export", "supporters", "--format", "csv"], &["doctor"]]
    {
        let said = node.run(words).refused(1);
        assert!(said.contains("--passphrase-file"), "{said}");
    }
    let wrong = ["--passphrase-file".to_owned(), town.file("wrong", OWN)];
    let said = node.run(&with(&["supporters", "--json"], &wrong)).refused(1);
    assert!(said.contains("does not open"), "{said}");

    // A user's password opens it too, until the user is gone.
    let own = ["--passphrase-file".to_owned(), town.file("own", OWN)];
    let password = town.file("password", OWN);
    node.run(&with(&["user", "add", "kari", "--password-file", &password], &opened)).done();
    assert_eq!(node.run(&with(&["supporters", "--json"], &own)).json().as_array().unwrap().len(), 5);

    // A disk dies: a backup has no key beside it, and opens by the passphrase.
    let backup = town.folder().join("backup.db").display().to_string();
    node.run(&with(&["backup", "--out", &backup], &opened)).done();
    fs::remove_dir_all(node.data()).unwrap();
    node.run(&["restore", "--from", &backup]).refused(1);
    node.run(&with(&["restore", "--from", &backup], &wrong)).done();
    node.run(&with(&["sync"], &opened)).done();
    assert_eq!(node.run(&with(&["supporters", "--json"], &own)).json().as_array().unwrap().len(), 5);
}

// N2: `serve` on a locked folder shows one page, and works from the moment somebody has given a passphrase.
#[test]
fn screens_wait_to_be_unlocked() {
    let town = Town::new();
    let (mut node, opened) = locked(&town);
    let password = town.file("password", OWN);
    node.run(&with(&["user", "add", "kari", "--password-file", &password], &opened)).done();
    let list = town.file("medlemmer.csv", &member_file(&people(3, 5)));
    node.run(&with(&["import", &list], &opened)).done();

    node.serve();
    for path in ["/", "/login", "/supporters", "/setup", "/setup/user", "/settings", "/live", "/sync"] {
        let answer = node.ask("GET", path, &[], "").unwrap();
        assert_eq!(answer.header("location").as_deref(), Some("/unlock"), "{path}: {}", answer.status);
    }
    let page = node.ask("GET", "/unlock", &[], "").unwrap();
    assert!(
        page.status == 200 && !page.body.contains("Bergen"),
        "whose data it is stands inside: {}",
        page.body
    );
    for (login, passphrase) in [("kari", "noe helt annet enn det"), ("kari", PASSPHRASE), ("ola", OWN)] {
        let refused = Visitor::unlock(&node, login, passphrase).unwrap_err();
        assert!(refused.contains("Brukernavnet, passordet eller koden"), "{login}: {refused}");
        assert_eq!(node.ask("GET", "/", &[], "").unwrap().header("location").as_deref(), Some("/unlock"));
    }
    let mut kari = Visitor::unlock(&node, "kari", OWN).unwrap();
    assert!(kari.get("/supporters").body.contains("Bergen"));
    assert_eq!(node.ask("GET", "/", &[], "").unwrap().header("location").as_deref(), Some("/login"));
    wait_until("the sync has begun", || supporters(&town.hub, "").len() == 5);
    assert!(node.stop().success());
}

// A folder with a key file stays as it is until `lock`, and the data with it.
#[test]
fn a_folder_with_a_key_file_can_be_locked() {
    let town = Town::new();
    let bergen = town.chapter("Bergen");
    let list = town.file("medlemmer.csv", &member_file(&people(3, 5)));
    bergen.run(&["import", &list]).done();
    let password = town.file("password", OWN);
    bergen.run(&["user", "add", "kari", "--password-file", &password]).done();
    let own = ["--passphrase-file".to_owned(), password];
    let wrong = ["--passphrase-file".to_owned(), town.file("wrong", PASSPHRASE)];
    bergen.run(&with(&["lock", "--user", "kari"], &wrong)).refused(1);
    assert!(bergen.data().join("helhet.key").exists());
    bergen.run(&with(&["lock", "--user", "kari"], &own)).done();
    assert!(!bergen.data().join("helhet.key").exists());
    bergen.run(&["supporters", "--json"]).refused(1);
    assert_eq!(bergen.run(&with(&["supporters", "--json"], &own)).json().as_array().unwrap().len(), 5);
}
