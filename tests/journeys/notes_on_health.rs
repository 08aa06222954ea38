//! What a chapter writes on health: read on each computer by those who were given the key there, by nobody else, and erased
//! by whoever may erase.

use helhet_tests::checkers::sync_until_quiet;
use helhet_tests::opened;
use helhet_tests::process::{Installation, Town};
use helhet_tests::visitor::Visitor;

use crate::a_second_laptop::{ask, let_in};
use crate::story::{sync, the_one};

const SECRET: &str = "fibromyalgi siden 2003";
const KARI: &str = "ekorn under brygga";
const VERA: &str = "sju små mus i låven";

fn card(visitor: &mut Visitor<'_>, id: &str) -> String {
    visitor.get(&format!("/supporters/{id}")).body
}

fn user(at: &Installation, town: &Town, login: &str, password: &str, role: &str) -> String {
    let file = town.file(&format!("{login}.password"), password);
    at.run(&["user", "add", login, "--role", role, "--password-file", &file]).done()
}

// N2, N3, T16: two computers, three users, and a disk that tells nothing.
#[test]
fn each_computer_opens_them_for_its_holders() {
    let town = Town::new();
    let mut first = town.chapter("Bergen");
    let words = ["add", "--given", "Marit", "--family", "Fjelldal", "--email", "marit@post.example"];
    first.run(&[words.as_slice(), &["--role", "member"]].concat()).done();
    let id = the_one(&first, "marit@post.example");
    user(&first, &town, "kari", KARI, "chapter_leader");
    user(&first, &town, "ola", VERA, "membership_coordinator");
    first.serve();
    let mut kari = Visitor::sign_in(&first, "kari", KARI);
    let page = kari.get(&format!("/supporters/{id}"));
    let written = kari.send(&page, &format!("/supporters/{id}/health-notes"), &[("health", SECRET)]);
    assert!((300..400).contains(&written.status), "{}", written.body);
    assert!(card(&mut kari, &id).contains(SECRET));
    let mut ola = Visitor::sign_in(&first, "ola", VERA);
    let closed = card(&mut ola, &id);
    assert!(closed.contains("Fjelldal") && !closed.contains(SECRET) && !closed.contains("/health-notes"));

    // A second computer, let in from the command line by nobody in particular.
    let (mut second, waiting) = ask(&town, &first, "stand", &["--admin"]);
    let_in(&first, waiting, &["--peer-support"]);
    sync_until_quiet(&second);
    user(&second, &town, "vera", VERA, "peer_support_coordinator");
    second.serve();
    let mut vera = Visitor::sign_in(&second, "vera", VERA);
    assert!(!card(&mut vera, &id).contains(SECRET), "nobody has told it the key yet");
    let page = vera.get(&format!("/supporters/{id}"));
    vera.send(&page, &format!("/supporters/{id}/health-notes"), &[("health", "ringer helst om kvelden")]);
    Visitor::sign_in(&first, "kari", KARI);
    for node in [&first, &second, &first, &second] {
        sync(node);
    }
    for visitor in [&mut kari, &mut vera] {
        let seen = card(visitor, &id);
        assert!(seen.contains(SECRET) && seen.contains("ringer helst om kvelden"), "{seen}");
    }
    let removed = vera.get(&format!("/supporters/{id}"));
    let note = helhet_tests::visitor::field(&removed.body, "note").unwrap();
    vera.send(&removed, &format!("/supporters/{id}/health-notes/remove"), &[("note", &note)]);
    for node in [&second, &first] {
        sync(node);
    }
    let seen = card(&mut kari, &id);
    assert!(seen.contains(SECRET) != seen.contains("ringer helst om kvelden"), "one is left: {seen}");

    // Who has the key of the database, and no passphrase of a holder.
    drop((kari, ola, vera));
    for node in [&mut first, &mut second] {
        node.stop();
        let open = opened::places(&[SECRET, "ringer helst om kvelden"], node.data());
        assert!(open.is_empty(), "{open:?}");
    }
    first.run(&["erase", &id]).done();
    for node in [&first, &second, &first] {
        sync_until_quiet(node);
    }
    let register = first.run(&["erasures", "--json"]).json();
    let states = register[0]["stores"].as_array().unwrap();
    assert!(states.iter().all(|store| store["state"] == "confirmed"), "{register}");
}
