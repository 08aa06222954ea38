//! A chapter edits a member; the office sees the new value, where it came from, and nothing of the note.

use helhet_tests::people::{member_file, people};
use helhet_tests::process::Town;

use crate::story::{card, holds, import, supporters, sync};

#[test]
fn an_edit_reaches_the_office_and_the_note_does_not() {
    let town = Town::new();
    let bergen = town.chapter("Bergen");
    let mut members = people(1, 3);
    import(&bergen, &town.file("medlemmer.csv", &member_file(&members)), &[]);
    sync(&bergen);
    assert_eq!(supporters(&town.hub, "").len(), 3);

    let before = members[0].phone.clone();
    members[0].phone = "+4799887766".to_owned();
    let report = import(&bergen, &town.file("medlemmer.csv", &member_file(&members)), &[]);
    assert_eq!((report["changed"].as_u64(), report["same"].as_u64()), (Some(1), Some(2)), "{report}");
    assert!(holds(&card(&town.hub, &members[0].email), &before), "nothing leaves before a sync");

    sync(&bergen);
    let seen = card(&town.hub, &members[0].email);
    assert!(holds(&seen["phones"], "+4799887766") && !holds(&seen["phones"], &before), "{seen}");
    assert!(holds(&seen["phones"][0]["sources"], "Bergen"), "each value says where it came from: {seen}");
    for marker in members[0].withheld() {
        assert!(!holds(&seen, marker), "{marker} is the chapter's own: {seen}");
    }
    assert!(holds(&card(&bergen, &members[0].email), &members[0].note), "the chapter keeps its note");
}

#[test]
fn a_second_sync_with_nothing_new_costs_next_to_nothing() {
    let town = Town::new();
    let bergen = town.chapter("Bergen");
    import(&bergen, &town.file("medlemmer.csv", &member_file(&people(2, 200))), &[]);
    let first = sync(&bergen);
    assert!(first["changes_out"].as_u64() >= Some(200), "{first}");
    let second = sync(&bergen);
    assert_eq!(second["entries_out"], 0, "{second}");
    assert!(second["bytes_out"].as_u64() < Some(2_000), "an idle sync says where it is, no more: {second}");
}
