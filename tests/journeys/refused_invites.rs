//! Who may not join is told so, in a sentence that says what to do, and leaves nothing behind.

use helhet_protocol::identity::Invite;
use helhet_tests::process::{Installation, Town, join};
use rusqlite::Connection;

fn says_what_to_do(message: &str) {
    let sentence = message.trim();
    assert!(sentence.len() > 30 && sentence.contains(' '), "a sentence, not a code: {sentence:?}");
}

/// The invite with something changed in it, as a forger would.
fn forged(invite: &str, change: impl FnOnce(&mut Invite)) -> String {
    let mut read = Invite::parse(invite, now()).unwrap();
    change(&mut read);
    read.to_string()
}

fn now() -> i64 {
    std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap().as_secs().try_into().unwrap()
}

/// Changes the hub's store behind its back, to put it in a state that takes days or a thief to reach.
fn meddle(town: &Town, sql: &str) {
    let store = std::fs::read_dir(town.hub.data()).unwrap().map(|entry| entry.unwrap().path());
    let is_database = |path: &std::path::PathBuf| {
        !path.is_dir() && std::fs::read(path).is_ok_and(|bytes| bytes.starts_with(b"SQLite format 3\0"))
    };
    let path = store.into_iter().find(is_database).expect("the hub has a database");
    let changed = Connection::open(path).unwrap().execute(sql, []).unwrap();
    assert!(changed > 0, "nothing was changed by {sql}");
}

#[test]
fn a_wrong_invite_is_refused() {
    let town = Town::new();
    let invite = town.invite("Bergen");
    let stranger = Installation::node(town.folder(), "stranger");

    says_what_to_do(&join(&stranger, "hello, may I come in?").refused(1));
    says_what_to_do(&join(&stranger, &invite[..invite.len() - 9]).refused(1));
    let letter = invite.len() - 12;
    let other = if invite.as_bytes()[letter] == b'a' { "b" } else { "a" };
    let misread = format!("{}{other}{}", &invite[..letter], &invite[letter + 1..]);
    says_what_to_do(&join(&stranger, &misread).refused(1));
    let guessed = forged(&invite, |invite| invite.token = [7; 16]);
    says_what_to_do(&join(&stranger, &guessed).refused(1));

    // None of these spoilt the invite, nor the folder.
    join(&stranger, &invite).done();
}

#[test]
fn a_used_invite_is_refused() {
    let town = Town::new();
    let invite = town.invite("Bergen");
    join(&Installation::node(town.folder(), "first"), &invite).done();
    let second = Installation::node(town.folder(), "second");
    says_what_to_do(&join(&second, &invite).refused(1));
    second.run(&["supporters", "--json"]).refused(1);
}

#[test]
fn an_expired_invite_is_refused_by_the_laptop_and_by_the_hub() {
    let town = Town::new();
    let invite = town.invite("Bergen");
    let node = Installation::node(town.folder(), "late");
    let read_too_late = forged(&invite, |invite| invite.expires = now() - 60);
    says_what_to_do(&join(&node, &read_too_late).refused(1));

    meddle(&town, "UPDATE invites SET expires_at = 1000000");
    says_what_to_do(&join(&node, &invite).refused(1));
}

#[test]
fn an_invite_joins_its_own_chapter_alone() {
    let town = Town::new();
    let bergen = Invite::parse(&town.invite("Bergen"), now()).unwrap();
    let crossed = forged(&town.invite("Oslo"), |invite| invite.chapter = bergen.chapter);
    says_what_to_do(&join(&Installation::node(town.folder(), "crossed"), &crossed).refused(1));
}

#[test]
fn a_hub_with_another_root_is_not_trusted() {
    let (town, other) = (Town::new(), Town::new());
    let here = Invite::parse(&town.invite("Bergen"), now()).unwrap();
    let lured = forged(&other.invite("Bergen"), |invite| invite.hub_address = here.hub_address);
    says_what_to_do(&join(&Installation::node(town.folder(), "lured"), &lured).refused(1));
}

#[test]
fn a_founded_chapter_is_not_founded_again_by_an_invite_left_lying_about() {
    let town = Town::new();
    let old = town.invite("Bergen");
    let fresh = town.hub.run(&["chapter", "invite", "Bergen"]).done();
    join(&Installation::node(town.folder(), "first"), fresh.trim()).done();
    says_what_to_do(&join(&Installation::node(town.folder(), "second"), &old).refused(1));
}

#[test]
fn a_device_that_the_hub_does_not_know_is_refused() {
    let town = Town::new();
    let node = town.chapter("Bergen");
    node.run(&["sync"]).done();
    // The chapter's key at the hub is now another's, as if somebody else had founded the chapter.
    meddle(&town, "UPDATE chapters SET root_key = zeroblob(32), chapter_key = zeroblob(32)");
    says_what_to_do(&node.run(&["sync"]).refused(1));
    assert!(town.hub.answers(), "the hub is none the worse");
}
