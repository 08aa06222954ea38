//! A supporter is erased: gone in the chapter, gone at the office, and the office's store has signed for it.

use helhet_tests::checkers;
use helhet_tests::people::{member_file, people};
use helhet_tests::process::Town;

use crate::story::{import, supporters, sync, the_one};

// P8, N1, C3
#[test]
fn nothing_of_an_erased_supporter_is_left_and_a_receipt_is_in() {
    let town = Town::new();
    let bergen = town.chapter("Bergen");
    let members = people(6, 5);
    let file = town.file("medlemmer.csv", &member_file(&members));
    import(&bergen, &file, &[]);
    std::fs::remove_file(&file).unwrap();
    sync(&bergen);
    let gone = members[2].email.split('@').next().unwrap();
    assert!(!checkers::places_of(&[gone], town.hub.data()).is_empty(), "the hub held it before");

    let id = the_one(&bergen, &members[2].email);
    bergen.run(&["erase", &id]).done();
    sync(&bergen);

    assert_eq!(supporters(&bergen, "").len(), 4);
    assert_eq!(supporters(&town.hub, "").len(), 4);
    let places = checkers::places_of(&[gone], town.folder());
    assert!(places.is_empty(), "still there: {places:?}");
    let receipts = town.hub.run(&["erasures"]).done();
    assert!(!receipts.trim().is_empty(), "the office's register of erasures knows of it");
    assert!(!receipts.contains(&members[2].family), "a register of erasures names nobody: {receipts}");
    bergen.run(&["supporter", &id, "--json"]).refused(1);
}

// C3
#[test]
fn the_old_file_does_not_bring_the_old_record_back() {
    let town = Town::new();
    let bergen = town.chapter("Bergen");
    let members = people(7, 2);
    let file = town.file("medlemmer.csv", &member_file(&members));
    import(&bergen, &file, &[]);
    let id = the_one(&bergen, &members[0].email);
    bergen.run(&["erase", &id]).done();
    let report = import(&bergen, &file, &[]);
    assert_eq!(report["same"], 1, "the other is the same as ever: {report}");
    // The person may come back as a new supporter; the erased record may not.
    bergen.run(&["supporter", &id, "--json"]).refused(1);
}
