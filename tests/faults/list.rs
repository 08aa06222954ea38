//! What a member list becomes in a program's listing: who is there, whole and once.

use std::collections::BTreeSet;

use helhet_tests::people::{Person, member_file};
use helhet_tests::process::{Installation, Town};
use serde_json::Value;

/// Everybody in the program's listing.
pub(crate) fn cards(at: &Installation) -> Vec<Value> {
    at.run(&["supporters", "--json"]).json().as_array().cloned().unwrap()
}

/// The first e-mail address of each, none of them twice.
pub(crate) fn emails(at: &Installation) -> BTreeSet<String> {
    let all: Vec<String> = cards(at).iter().map(email).collect();
    let distinct: BTreeSet<String> = all.iter().cloned().collect();
    assert_eq!(all.len(), distinct.len(), "a supporter stands twice");
    distinct
}

/// The first e-mail address, as a chapter's or as the office's listing has it.
pub(crate) fn email(card: &Value) -> String {
    let email = &card["emails"][0];
    let known = email.as_str().or(email["value"].as_str());
    known.unwrap_or_else(|| panic!("half a supporter: {card}")).to_owned()
}

/// Every supporter that is there is there with all that its line says.
pub(crate) fn nothing_is_half_done(node: &Installation, members: &[Person]) {
    for card in cards(node) {
        let person = members.iter().find(|person| card["emails"][0] == person.email.as_str());
        let person = person.unwrap_or_else(|| panic!("half a supporter: {card}"));
        for value in [&person.phone, &person.street, &person.family, &person.city] {
            assert!(card.to_string().contains(value.as_str()), "{value} is missing: {card}");
        }
        assert_eq!(card["roles"][0]["role"], "member", "{card}");
    }
}

/// A file of these members.
pub(crate) fn list_of(town: &Town, members: &[Person]) -> String {
    town.file("medlemmer.csv", &member_file(members))
}
