//! A chapter works for weeks with no network, edit after edit, and then meets the office once.

use helhet_tests::checkers;
use helhet_tests::people::{member_file, people};
use helhet_tests::process::Town;

use crate::story::{import, supporters, sync};

#[test]
fn what_was_done_offline_arrives_whole_at_one_meeting() {
    let mut town = Town::new();
    let bergen = town.chapter("Bergen");
    town.hub.stop();

    let mut members = people(5, 60);
    for day in 0..21_u32 {
        let gone_by = |index: usize| u32::try_from(index).unwrap_or(0) % 21 == day;
        for (index, member) in members.iter_mut().enumerate() {
            if gone_by(index) {
                member.street = format!("Nygata {day}");
            }
        }
        let known = 20 + 2 * day as usize;
        import(&bergen, &town.file("medlemmer.csv", &member_file(&members[..known.min(60)])), &[]);
    }
    let without = bergen.run(&["sync"]).refused(1);
    assert!(!without.is_empty(), "a sync without a network says so");

    town.hub.serve();
    sync(&bergen);
    let seen = supporters(&town.hub, "");
    assert_eq!(seen.len(), supporters(&bergen, "").len());
    for member in &members {
        let (email, street) = (&member.email, &member.street);
        let card = seen.iter().find(|card| card["emails"].to_string().contains(email.as_str()));
        let card = card.unwrap_or_else(|| panic!("{email} did not arrive"));
        assert!(card["addresses"].to_string().contains(street.as_str()), "{street} of {card}");
    }
    checkers::rebuild_changes_nothing(&town.hub);
    checkers::rebuild_changes_nothing(&bergen);
}
