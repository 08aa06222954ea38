//! C4: nothing that the agreement withholds is at the hub: in no file, no table, no page, no export, no log line, as it
//! stands or packed.
//!
//! Every made-up person carries a marker in each withheld field. The search must find what *may* be there, or it
//! would find nothing at all.

#![allow(clippy::unwrap_used, reason = "a test may fall over")]

use helhet_tests::checkers;
use helhet_tests::ear::Ear;
use helhet_tests::people::{Person, member_file, people, volunteer_file};
use helhet_tests::process::{Installation, Town, join};
use helhet_tests::visitor::Visitor;

/// The chapter's program; with `planted-bug` it is the one whose gate lets a volunteer's tasks out.
const NODE: &str = if cfg!(feature = "planted-bug") { "leaky-node" } else { "helhet-node" };

const PASSWORD: &str = "mange bekker sma gjor en stor";

/// A town in which every kind of person has been sent: members, volunteers who consent to something and some who do
/// not.
struct Told {
    town: Town,
    node: Installation,
    /// What the office may not know.
    withheld: Vec<String>,
    /// What it must know.
    #[cfg_attr(feature = "planted-bug", expect(dead_code, reason = "asked of the gate as it is"))]
    let_out: Vec<String>,
    /// What was sent at the first meeting: what the hub refuses, the chapter's program does not send again.
    at_first: Vec<u8>,
}

fn volunteers() -> Vec<Person> {
    people(31, 40)
}

fn tell() -> Told {
    let mut town = Town::new();
    let node = Installation::node_of(NODE, town.folder(), "bergen");
    join(&node, &town.invite("Bergen")).done();

    let members = people(30, 40);
    let volunteers = volunteers();
    node.run(&["import", &town.file("medlemmer.csv", &member_file(&members))]).done();
    node.run(&["import", &town.file("frivillige.csv", &volunteer_file(&volunteers))]).done();
    let listing = node.run(&["supporters", "--json"]).json();
    let id_of = |person: &Person| {
        let cards = listing.as_array().unwrap();
        let card = cards.iter().find(|card| card["emails"][0] == person.email.as_str());
        card.unwrap_or_else(|| panic!("{} was not imported", person.email))["id"].as_str().unwrap().to_owned()
    };
    for volunteer in &volunteers[..10] {
        node.run(&["grant", &id_of(volunteer), "newsletter"]).done();
        node.run(&["grant", &id_of(volunteer), "volunteering"]).done();
    }
    let at_first = sent_to_the_office(&mut town, &node);
    town.hub.serve();
    node.run(&["sync"]).done();
    node.run(&["withdraw", &id_of(&volunteers[0]), "volunteering"]).done();
    node.run(&["erase", &id_of(&members[3])]).done();
    node.run(&["sync"]).done();

    let name = |person: &Person| person.email.split('@').next().unwrap().to_owned();
    let mut withheld: Vec<String> =
        members.iter().chain(&volunteers).flat_map(Person::withheld).map(str::to_owned).collect();
    // Who is no member and consented to nothing is not known to the office at all.
    withheld.extend(volunteers[10..].iter().map(name));
    let let_out = members[4..].iter().map(name).collect();
    Told { town, node, withheld, let_out, at_first }
}

fn refs(markers: &[String]) -> Vec<&str> {
    markers.iter().map(String::as_str).collect()
}

/// Where something stands that the office may not know.
struct Leaks {
    /// At the hub: in its folder, on its screens, in what it exports.
    at_hub: Vec<String>,
    /// In what the chapter's program sends to it.
    sent: Vec<String>,
}

/// The search, the same for the gate as it is and for the one that is broken on purpose.
fn leaks(told: &mut Told) -> (Leaks, Vec<u8>) {
    let at_hub = places_at_the_hub(&told.town, &told.withheld);
    let mut sent = std::mem::take(&mut told.at_first);
    sent.extend(sent_to_the_office(&mut told.town, &told.node));
    (Leaks { at_hub, sent: checkers::found_in(&refs(&told.withheld), &sent) }, sent)
}

/// Everything that the hub holds or shows: its folder and log, and the pages and exports of its screens and commands.
fn places_at_the_hub(town: &Town, markers: &[String]) -> Vec<String> {
    let markers = refs(markers);
    let password = town.file("password", PASSWORD);
    town.hub.run(&["user", "add", "kontor", "--role", "administrator", "--password-file", &password]).done();
    let pages = Visitor::sign_in(&town.hub, "kontor", PASSWORD).every_page();
    assert!(pages.len() > 30, "the visitor saw {} pages only", pages.len());

    let mut places = checkers::places_of(&markers, town.hub.data());
    places.extend(checkers::found_in(&markers, town.hub.log().as_bytes()));
    let mut shown: Vec<String> = pages.into_values().collect();
    for format in ["csv", "json", "vcard"] {
        shown.push(town.hub.run(&["export", "supporters", "--format", format]).done());
    }
    places.extend(checkers::found_in(&markers, shown.join("\n").as_bytes()));
    places
}

/// Everything that the chapter's program sends to whoever holds the hub's key and asks for all of it, deciphered.
fn sent_to_the_office(town: &mut Town, node: &Installation) -> Vec<u8> {
    town.hub.stop();
    let ear = Ear::in_place_of(town.hub.data(), town.hub.quic_address());
    // The ear signs no receipts, so the command may say that one is owed.
    let _ = node.run(&["sync"]);
    ear.heard()
}

#[cfg(not(feature = "planted-bug"))]
#[test]
fn what_the_agreement_withholds_is_nowhere_at_the_hub_and_was_never_sent() {
    let mut told = tell();
    let (leaks, sent) = leaks(&mut told);
    let at_hub = &leaks.at_hub;
    assert!(at_hub.is_empty(), "{} places, the first: {:#?}", at_hub.len(), &at_hub[..at_hub.len().min(10)]);
    assert!(leaks.sent.is_empty(), "sent to the office: {:#?}", leaks.sent);

    for marker in &told.let_out {
        assert!(!checkers::found_in(&[marker], &sent).is_empty(), "the ear is deaf: {marker} must be sent");
        let places = checkers::places_of(&[marker], told.town.hub.data());
        assert!(!places.is_empty(), "the search is blind: {marker} must be at the hub");
    }
}

/// The gate of `leaky-node` lets volunteers' tasks out. The search that is silent above hears every one of them, and
/// nothing else. The hub refuses such a field, whatever a gate says, so that even then it stands nowhere at the hub.
#[cfg(feature = "planted-bug")]
#[test]
fn the_same_search_hears_the_one_field_that_a_broken_gate_lets_out() {
    let mut told = tell();
    let (leaks, _) = leaks(&mut told);
    let volunteers = volunteers();
    for Person { task, .. } in &volunteers {
        assert!(leaks.sent.iter().any(|place| place.starts_with(task)), "{task} was let out unheard");
    }
    let is_task = |place: &&String| volunteers.iter().any(|volunteer| place.starts_with(&volunteer.task));
    let others: Vec<_> = leaks.sent.iter().filter(|place| !is_task(place)).collect();
    assert!(others.is_empty(), "more than the tasks was let out: {others:#?}");
    assert!(leaks.at_hub.is_empty(), "the hub took what it must refuse: {:#?}", leaks.at_hub);
}
