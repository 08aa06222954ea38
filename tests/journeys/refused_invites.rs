//! Who may not join is told so, in a sentence that says what to do, and leaves nothing behind.

use helhet_tests::process::{Installation, Town, join};

fn says_what_to_do(message: &str) {
    let sentence = message.trim();
    assert!(sentence.len() > 30 && sentence.contains(' '), "a sentence, not a code: {sentence:?}");
}

#[test]
fn a_wrong_invite_is_refused() {
    let town = Town::new();
    let invite = town.invite("Bergen");
    let stranger = Installation::node(town.folder(), "stranger");

    says_what_to_do(&join(&stranger, "hello, may I come in?").refused(1));
    let cut = &invite[..invite.len() - 9];
    says_what_to_do(&join(&stranger, cut).refused(1));
    let letter = invite.len() - 12;
    let other = if invite.as_bytes()[letter] == b'a' { "b" } else { "a" };
    let misread = format!("{}{other}{}", &invite[..letter], &invite[letter + 1..]);
    says_what_to_do(&join(&stranger, &misread).refused(1));

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
fn a_replaced_invite_is_refused() {
    let town = Town::new();
    let old = town.invite("Bergen");
    let fresh = town.hub.run(&["chapter", "invite", "Bergen"]).done();
    join(&Installation::node(town.folder(), "first"), fresh.trim()).done();
    // A chapter that is founded cannot be founded a second time with an invite that was left lying about.
    says_what_to_do(&join(&Installation::node(town.folder(), "second"), &old).refused(1));
}

#[test]
fn a_hub_that_is_another_is_refused() {
    let town = Town::new();
    let other = Town::new();
    let node = town.chapter("Bergen");
    other.invite("Oslo");
    says_what_to_do(
        &join(&Installation::node(town.folder(), "lost"), &other.invite("Bergen").replace('1', "2"))
            .refused(1),
    );
    let unknown = other.hub.run(&["chapter", "show", "Tromsø"]).refused(1);
    says_what_to_do(&unknown);
    node.run(&["sync"]).done();
}
