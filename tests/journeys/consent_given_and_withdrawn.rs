//! A volunteer is only a number to the office, until the volunteer consents, and again after the consent is withdrawn.

use helhet_tests::checkers;
use helhet_tests::people::{people, volunteer_file};
use helhet_tests::process::Town;

use crate::story::{card, holds, import, supporters, sync, the_one};

// P3, P4, N14
#[test]
fn a_volunteer_is_seen_while_consent_holds() {
    let town = Town::new();
    let tromso = town.chapter("Tromsø");
    let volunteers = people(3, 2);
    import(&tromso, &town.file("frivillige.csv", &volunteer_file(&volunteers)), &[]);
    sync(&tromso);
    assert_eq!(
        supporters(&town.hub, "").len(),
        0,
        "the default agreement lets volunteers out as numbers only"
    );

    let person = &volunteers[0];
    let id = the_one(&tromso, &person.email);
    let before = tromso.run(&["shared", &id, "--json"]).json();
    assert!(
        !supporters(&tromso, "").is_empty() && before.is_object(),
        "what is shared can be asked: {before}"
    );

    tromso.run(&["grant", &id, "volunteering"]).done();
    sync(&tromso);
    let seen = card(&town.hub, &person.email);
    assert!(holds(&seen, &person.family), "{seen}");
    for marker in [&person.theme, &person.language] {
        assert!(!holds(&seen, marker), "peer support is never let out: {seen}");
    }

    tromso.run(&["withdraw", &id, "volunteering"]).done();
    sync(&tromso);
    assert_eq!(supporters(&town.hub, "").len(), 0, "withdrawn is gone");
    let email = person.email.split('@').next().unwrap();
    town.hub.run(&["doctor"]).done();
    let places = checkers::places_of(&[email], town.hub.data());
    assert!(places.is_empty(), "the hub still holds what was withdrawn: {places:?}");
}

// N16, T20: while the office cannot hear of it, nobody says that it sees nothing any more.
#[test]
fn a_withdrawal_that_the_office_has_not_heard_of_is_said_to_wait() {
    let mut town = Town::new();
    let tromso = town.chapter("Tromsø");
    let volunteers = people(5, 1);
    import(&tromso, &town.file("frivillige.csv", &volunteer_file(&volunteers)), &[]);
    let id = the_one(&tromso, &volunteers[0].email);
    tromso.run(&["grant", &id, "volunteering"]).done();
    sync(&tromso);
    let waiting = || tromso.run(&["shared", &id, "--json"]).json()["waiting"].as_u64().unwrap();
    assert_eq!(waiting(), 0);
    town.hub.kill();
    tromso.run(&["withdraw", &id, "volunteering"]).done();
    assert!(waiting() > 0);
    town.hub.serve();
    sync(&tromso);
    assert_eq!(waiting(), 0);
}

// N14
#[test]
fn consent_given_again_is_consent() {
    let town = Town::new();
    let tromso = town.chapter("Tromsø");
    let volunteers = people(4, 1);
    import(&tromso, &town.file("frivillige.csv", &volunteer_file(&volunteers)), &[]);
    let id = the_one(&tromso, &volunteers[0].email);
    for (deed, seen) in [("grant", 1), ("withdraw", 0), ("grant", 1), ("withdraw", 0)] {
        tromso.run(&[deed, &id, "volunteering"]).done();
        sync(&tromso);
        assert_eq!(supporters(&town.hub, "").len(), seen, "after {deed}");
    }
}
