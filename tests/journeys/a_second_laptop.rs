//! A chapter's second laptop: it joins by an invite of the first, has everything, writes offline like the first, and is cut
//! off when it is lost.

use std::process::Child;

use helhet_tests::checkers::{self, sync_until_quiet};
use helhet_tests::people::{member_file, people};
use helhet_tests::process::{Installation, Town, wait_until};
use serde_json::Value;

use crate::story::{card, holds, import, supporters, sync, the_one};

pub(crate) fn devices(at: &Installation) -> Value {
    at.run(&["device", "list", "--json"]).json()
}

fn state(at: &Installation, name: &str) -> String {
    let all = devices(at)["devices"].as_array().unwrap().clone();
    let one = all.into_iter().find(|device| device["name"] == name).unwrap();
    one["state"].as_str().unwrap().to_owned()
}

/// Asks with an invite of `by`, and gives the program that waits.
pub(crate) fn ask(town: &Town, by: &Installation, name: &str, words: &[&str]) -> (Installation, Child) {
    ask_keeping(town, by, name, words, &["--key-file"])
}

/// The same, where the key is kept as these words say.
fn ask_keeping(
    town: &Town,
    by: &Installation,
    name: &str,
    words: &[&str],
    keeping: &[&str],
) -> (Installation, Child) {
    let invite = by.run(&[&["device", "invite"], words].concat()).done();
    let file = town.file(&format!("{name}.txt"), &invite);
    let second = Installation::node(town.folder(), name);
    let line = std::fs::read_to_string(file).unwrap();
    let waiting = second.spawn(&[&["join", line.trim(), "--device", name], keeping].concat());
    (second, waiting)
}

/// The digits with which somebody asks, once the first computer has heard of it.
fn digits(at: &Installation) -> String {
    wait_until("somebody asks", || {
        sync(at);
        devices(at)["asking"].as_array().is_some_and(|asking| !asking.is_empty())
    });
    devices(at)["asking"][0]["code"].as_str().unwrap().to_owned()
}

pub(crate) fn let_in(at: &Installation, mut waiting: Child, words: &[&str]) {
    let code = digits(at);
    at.run(&[&["device", "confirm", &code], words].concat()).done();
    assert!(waiting.wait().unwrap().success());
}

// N2, T16: the second computer may open by a passphrase of its own.
#[test]
fn a_passphrase_opens_it() {
    let town = Town::new();
    let first = town.chapter("Bergen");
    import(&first, &town.file("medlemmer.csv", &member_file(&people(95, 5))), &[]);
    sync_until_quiet(&first);
    let file = town.file("passphrase", "fire blå båter på vannet");
    let opened = ["--passphrase-file", file.as_str()];
    let (second, waiting) = ask_keeping(&town, &first, "stand", &[], &opened);
    let_in(&first, waiting, &[]);
    assert!(!second.data().join("helhet.key").exists());
    second.run(&["supporters", "--json"]).refused(1);
    let there = second.run(&[&["supporters", "--json"][..], &opened].concat()).json();
    assert_eq!(there, first.run(&["supporters", "--json"]).json());
}

// N2, S2.1, T24, C1, C2
#[test]
fn it_has_everything_and_both_write_offline() {
    let town = Town::new();
    let first = town.chapter("Bergen");
    let members = people(95, 30);
    import(&first, &town.file("medlemmer.csv", &member_file(&members)), &[]);
    let id = the_one(&first, &members[0].email);
    first.run(&["edit", &id, "--note", "Ringte i mai"]).done();
    sync_until_quiet(&first);
    let (second, waiting) = ask(&town, &first, "stand", &[]);
    let_in(&first, waiting, &[]);
    assert_eq!(second.run(&["supporters", "--json"]).json(), first.run(&["supporters", "--json"]).json());
    assert!(holds(&card(&second, &members[0].email)["notes"], "Ringte i mai"));

    // Both are offline, and write about the same person, and each about another.
    first.run(&["edit", &id, "--phone", "+4791122333"]).done();
    second.run(&["edit", &id, "--note", "Kom innom standen"]).done();
    second.run(&["grant", &id, "newsletter"]).done();
    second
        .run(&[
            "add",
            "--given",
            "Ny",
            "--family",
            "Påstanden",
            "--email",
            "ny@post.example",
            "--role",
            "member",
        ])
        .done();
    let withdrawn = the_one(&first, &members[1].email);
    first.run(&["grant", &withdrawn, "newsletter"]).done();
    first.run(&["withdraw", &withdrawn, "newsletter"]).done();
    for _ in 0..2 {
        sync_until_quiet(&second);
        sync_until_quiet(&first);
    }
    for side in [&first, &second] {
        let record = card(side, &members[0].email);
        assert!(holds(&record["phones"], "+4791122333"), "{record}");
        assert!(
            holds(&record["notes"], "Kom innom standen") && holds(&record["notes"], "Ringte i mai"),
            "{record}"
        );
        assert_eq!(supporters(side, "ny@post.example").len(), 1);
        checkers::rebuild_changes_nothing(side);
    }
    let seen = card(&town.hub, &members[0].email);
    assert!(holds(&seen["phones"], "+4791122333") && holds(&seen["grants"], "newsletter"), "{seen}");
    assert_eq!(supporters(&town.hub, "ny@post.example").len(), 1);
    assert_eq!(first.run(&["supporters", "--json"]).json(), second.run(&["supporters", "--json"]).json());

    // Who is erased on one is gone on the other too.
    first.run(&["erase", &withdrawn]).done();
    sync(&first);
    sync(&second);
    assert!(supporters(&second, &members[1].email).is_empty());
    checkers::rebuild_changes_nothing(&town.hub);
}

// T17, C7: cut off live, and nothing that comes is its to read.
#[test]
fn a_lost_one_is_cut_off() {
    let town = Town::new();
    let first = town.chapter("Bergen");
    sync_until_quiet(&first);
    let (mut second, waiting) = ask(&town, &first, "stand", &[]);
    let_in(&first, waiting, &[]);
    first.run(&["add", "--given", "Før", "--family", "Tapet", "--role", "member"]).done();
    sync(&first);
    second.serve();
    wait_until("the second laptop hears of it", || !supporters(&second, "Tapet").is_empty());

    first.run(&["device", "revoke", "stand"]).done();
    assert_eq!(state(&first, "stand"), "removed");
    first.run(&["add", "--given", "Etter", "--family", "Tapet", "--role", "member"]).done();
    sync(&first);
    wait_until("it is told", || second.log().contains("no longer one of its chapter's"));
    second.stop();
    second.run(&["add", "--given", "Tyvens", "--family", "Verk", "--role", "member"]).done();
    let refused = second.run(&["sync"]).refused(1);
    assert!(refused.contains("removed from its chapter"), "{refused}");
    assert_eq!(supporters(&second, "Tapet").len(), 1, "nothing came after");
    assert!(supporters(&town.hub, "Verk").is_empty());
    // It is asked to wipe itself, and can (N8): nothing is left that anybody could open.
    assert!(refused.contains("wipe"), "{refused}");
    second.run(&["wipe", "--everything"]).done();
    assert!(!second.data().join("helhet.key").exists() && !second.data().join("helhet.db").exists());
    let again = first.run(&["device", "admit", "stand"]).refused(1);
    assert!(again.contains("no such computer"), "{again}");
}

// 8.4.1, N17: nobody comes in whom the chapter has not let in.
#[test]
fn an_invite_lets_nobody_in_by_itself() {
    let town = Town::new();
    let first = town.chapter("Bergen");
    sync_until_quiet(&first);
    let (second, mut waiting) = ask(&town, &first, "stand", &[]);
    let code = digits(&first);
    assert!(waiting.try_wait().unwrap().is_none(), "it waits");
    assert!(first.run(&["device", "confirm", "000000"]).refused(1).contains("nobody asks"));
    first.run(&["device", "turn-away", &code]).done();
    sync(&first);
    waiting.kill().unwrap();
    waiting.wait().unwrap();
    assert!(second.run(&["supporters"]).refused(1).contains("not all here yet"));
    assert_eq!(devices(&first)["devices"].as_array().unwrap().len(), 1);

    // Who may not decide makes no invite, and erases nobody: the office would take neither.
    let (second, waiting) = ask(&town, &first, "hjelper", &[]);
    let_in(&first, waiting, &[]);
    assert!(second.run(&["device", "invite"]).refused(1).contains("may not decide"));
    second
        .run(&[
            "add",
            "--given",
            "Feil",
            "--family",
            "Linje",
            "--email",
            "feil@post.example",
            "--role",
            "member",
        ])
        .done();
    let wrong = the_one(&second, "feil@post.example");
    assert!(second.run(&["erase", &wrong]).refused(1).contains("may not erase"));
    sync_until_quiet(&second);
    // Who may, lets others in.
    let (third, waiting) = ask(&town, &first, "nestleder", &["--admin"]);
    let_in(&first, waiting, &["--peer-support"]);
    sync(&third);
    let (_fourth, waiting) = ask(&town, &third, "fjerde", &[]);
    let_in(&third, waiting, &[]);
    sync(&first);
    assert_eq!(state(&first, "fjerde"), "in");
}

// T17, C1, C7: the removal was written without a network, and what the lost one brought since goes everywhere.
#[test]
fn what_a_lost_one_brought_after_its_removal_goes_everywhere() {
    let mut town = Town::new();
    let first = town.chapter("Bergen");
    first
        .run(&[
            "add",
            "--given",
            "Kari",
            "--family",
            "Felles",
            "--email",
            "kari@post.example",
            "--role",
            "member",
        ])
        .done();
    sync_until_quiet(&first);
    let (lost, waiting) = ask(&town, &first, "stand", &[]);
    let_in(&first, waiting, &[]);
    let (third, waiting) = ask(&town, &first, "tredje", &[]);
    let_in(&first, waiting, &[]);
    sync(&first);
    let id = the_one(&lost, "kari@post.example");
    lost.run(&["add", "--given", "Tyvens", "--family", "Verk", "--role", "member"]).done();
    lost.run(&["edit", &id, "--phone", "+4799887766"]).done();
    sync(&lost);
    sync_until_quiet(&third);
    assert_eq!(supporters(&third, "Verk").len(), 1, "it had got here before anybody knew");
    third.run(&["edit", &id, "--city", "Voss"]).done();

    town.hub.stop();
    first.run(&["device", "revoke", "stand"]).done();
    town.hub.serve();
    for _ in 0..3 {
        sync_until_quiet(&first);
        sync_until_quiet(&third);
    }
    for side in [&first, &third, &town.hub] {
        assert!(supporters(side, "Verk").is_empty(), "{}", side.data().display());
        let seen = card(side, "kari@post.example");
        assert!(holds(&seen, "Voss") && !holds(&seen, "+4799887766"), "{seen}");
        checkers::rebuild_changes_nothing(side);
    }
    assert_eq!(first.run(&["supporters", "--json"]).json(), third.run(&["supporters", "--json"]).json());
}

// T17: a computer that could let others in is removed with the words, and the key by which it did is worth nothing after.
#[test]
fn with_the_words_the_chapters_key_is_replaced() {
    let town = Town::new();
    let (mut first, words) = town.chapter_with_words("Bergen");
    sync_until_quiet(&first);
    let (deputy, waiting) = ask(&town, &first, "nestleder", &["--admin"]);
    let_in(&first, waiting, &[]);
    let (helper, waiting) = ask(&town, &first, "hjelper", &[]);
    let_in(&first, waiting, &[]);
    sync(&deputy);
    let stolen_invite = deputy.run(&["device", "invite"]).done();

    // Also while the program is open, whose session began under the old key.
    first.serve();
    let phrase = town.file("ord.txt", &words);
    let other = town.file("andre.txt", &("abandon ".repeat(23) + "art"));
    let wrong = first.run(&["device", "revoke", "nestleder", "--phrase-file", &other]).refused(1);
    assert!(wrong.contains("not the chapter's words"), "{wrong}");
    first.run(&["device", "revoke", "nestleder", "--phrase-file", &phrase]).done();
    assert!(deputy.run(&["sync"]).refused(1).contains("removed from its chapter"));
    assert_eq!(state(&first, "hjelper"), "in");
    sync(&helper);
    helper.run(&["add", "--given", "Etter", "--family", "Byttet", "--role", "member"]).done();
    sync(&helper);
    wait_until("the first hears of it", || !supporters(&first, "Byttet").is_empty());
    let late = Installation::node(town.folder(), "sen");
    let refused = late.run(&["join", stolen_invite.trim(), "--device", "sen", "--key-file"]).refused(1);
    assert!(refused.contains("ask the office for a new one"), "{refused}");
}
