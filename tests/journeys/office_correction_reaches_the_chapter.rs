//! The office learns of a new phone number and corrects it; the chapter has it after the next meeting, and the other
//! chapters learn nothing.

use helhet_tests::checkers;
use helhet_tests::people::{member_file, people};
use helhet_tests::process::Town;

use crate::story::{card, holds, import, sync, the_one};

#[test]
fn a_correction_by_the_office_reaches_the_chapter() {
    let town = Town::new();
    let bergen = town.chapter("Bergen");
    let oslo = town.chapter("Oslo");
    let members = people(40, 3);
    let person = &members[1];
    import(&bergen, &town.file("medlemmer.csv", &member_file(&members)), &[]);
    import(&oslo, &town.file("oslo.csv", &member_file(&people(41, 3))), &[]);
    sync(&bergen);
    sync(&oslo);

    let id = the_one(&town.hub, &person.email);
    town.hub.run(&["correct", &id, "phone", "+4799887766"]).refused(2);
    town.hub.run(&["correct", &id, "phone", "+4799887766", "--source", "supporter"]).done();
    town.hub.run(&["correct", &id, "street", "Øvregaten 7", "--source", "returned-post"]).done();
    let outcomes = || -> Vec<String> {
        let told = town.hub.run(&["supporter", &id, "--json"]).json();
        let all = told["corrections"].as_array().expect("the office sees its corrections").clone();
        all.iter().map(|one| one["outcome"].as_str().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(outcomes(), ["waiting", "waiting"]);
    sync(&bergen);
    sync(&oslo);
    assert_eq!(outcomes(), ["shown", "shown"], "the chapter has taken them");

    let seen = card(&bergen, &person.email);
    assert_eq!(seen["phones"], serde_json::json!(["+4799887766"]), "{seen}");
    assert_eq!(seen["addresses"][0]["street"], "Øvregaten 7", "{seen}");
    assert!(holds(&seen, &person.note), "the rest of the record is as it was: {seen}");
    let elsewhere = oslo.run(&["supporters", "--json"]).json();
    assert!(
        !holds(&elsewhere, "99887766") && !holds(&elsewhere, &person.email),
        "another chapter learns nothing"
    );

    // The chapter's old list knows nothing of it: what it says by now gives way to what was corrected since.
    let mut moved = members.clone();
    moved[1].street = "Strandgaten 3".to_owned();
    import(&bergen, &town.file("medlemmer.csv", &member_file(&moved)), &[]);
    sync(&bergen);
    for side in [&bergen, &town.hub] {
        let addresses = &card(side, &person.email)["addresses"];
        assert!(holds(addresses, "Øvregaten 7") && !holds(addresses, "Strandgaten 3"), "{addresses}");
    }

    // The chapter goes on from there, and the office follows.
    let own = the_one(&bergen, &person.email);
    bergen.run(&["edit", &own, "--phone", "+4791122333"]).done();
    sync(&bergen);
    let national = card(&town.hub, &person.email);
    assert!(holds(&national["phones"], "+4791122333"), "{national}");
    assert!(!holds(&national["phones"], "+4799887766"), "{national}");
    checkers::rebuild_changes_nothing(&town.hub);
    checkers::rebuild_changes_nothing(&bergen);
}

#[test]
fn what_is_not_shared_cannot_be_corrected() {
    let town = Town::new();
    let bergen = town.chapter("Bergen");
    let members = people(42, 1);
    import(&bergen, &town.file("medlemmer.csv", &member_file(&members)), &[]);
    sync(&bergen);
    let id = the_one(&town.hub, &members[0].email);
    town.hub.run(&["correct", &id, "note", "hello", "--source", "supporter"]).refused(2);
}
