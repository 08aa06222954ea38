//! Two laptops of one chapter in one room, with no office in reach: they meet by themselves.

use helhet_tests::checkers::{self, sync_until_quiet};
use helhet_tests::people::{member_file, people};
use helhet_tests::process::{Installation, Town};

use crate::a_second_laptop::{ask, let_in};
use crate::story::{card, holds, import, supporters, the_one};

fn meet(at: &Installation, address: &str) {
    for _ in 0..2 {
        at.run(&["sync", "--with", address]).done();
    }
}

// T24, S2.1, C1, C2: a volunteer's laptop and the leader's have the same after they met, and the office has it all from
// whichever of them reaches it.
#[test]
fn what_one_wrote_the_other_has_and_brings_to_the_office() {
    let mut town = Town::new();
    let mut first = town.chapter("Bergen");
    let members = people(96, 30);
    import(&first, &town.file("medlemmer.csv", &member_file(&members)), &[]);
    sync_until_quiet(&first);
    let (second, waiting) = ask(&town, &first, "stand", &[]);
    let_in(&first, waiting, &[]);
    sync_until_quiet(&second);
    town.hub.stop();

    let (both, only) = (the_one(&first, &members[0].email), the_one(&first, &members[1].email));
    first.run(&["edit", &both, "--phone", "+4791122333"]).done();
    first.run(&["grant", &only, "newsletter"]).done();
    second.run(&["edit", &both, "--note", "Kom innom standen"]).done();
    let ny = ["--given", "Ny", "--family", "Påstanden", "--email", "ny@post.example", "--role", "member"];
    second.run(&[&["add"], &ny[..]].concat()).done();

    let address = first.serve_meeting().to_string();
    meet(&second, &address);
    let record = card(&first, &members[0].email);
    assert!(holds(&record["notes"], "Kom innom standen"), "{record}");
    assert!(holds(&card(&second, &members[0].email)["phones"], "+4791122333"));
    assert_eq!(first.run(&["supporters", "--json"]).json(), second.run(&["supporters", "--json"]).json());

    // Gone on one is gone on the other.
    let gone = the_one(&first, &members[2].email);
    first.run(&["erase", &gone]).done();
    meet(&second, &address);
    assert!(supporters(&second, &members[2].email).is_empty());

    // Only one of the two comes to the office, and brings what both wrote; an erasure too.
    town.hub.serve();
    first.kill();
    sync_until_quiet(&second);
    let seen = card(&town.hub, &members[0].email);
    assert!(holds(&seen["phones"], "+4791122333"), "{seen}");
    assert!(holds(&card(&town.hub, &members[1].email)["grants"], "newsletter"));
    assert_eq!(supporters(&town.hub, "ny@post.example").len(), 1);
    assert!(supporters(&town.hub, &members[2].email).is_empty());
    sync_until_quiet(&first);
    for side in [&first, &second, &town.hub] {
        checkers::rebuild_changes_nothing(side);
    }
}

// T15, T17, C4: the port is open to the chapter's own alone.
#[test]
fn nobody_else_is_let_in() {
    let mut town = Town::new();
    let (mut first, oslo) = (town.chapter("Bergen"), town.chapter("Oslo"));
    let members = people(97, 5);
    import(&first, &town.file("medlemmer.csv", &member_file(&members)), &[]);
    sync_until_quiet(&first);
    let (second, waiting) = ask(&town, &first, "stand", &[]);
    let_in(&first, waiting, &[]);
    sync_until_quiet(&second);
    let address = first.serve_meeting().to_string();
    second.run(&["sync", "--with", &address]).done();
    // The first shows nobody whose computer it is before it knows the other's key: it is the one that says no.
    let said = oslo.run(&["sync", "--with", &address]).refused(1);
    assert!(said.contains("does not know this device"), "{said}");
    assert!(supporters(&oslo, "").is_empty());

    // Removed at the leader's, with no office in reach: it hears so at the door.
    town.hub.stop();
    first.run(&["device", "revoke", "stand"]).done();
    let id = the_one(&first, &members[0].email);
    first.run(&["edit", &id, "--note", "Etterpå"]).done();
    let said = second.run(&["sync", "--with", &address]).refused(1);
    assert!(said.contains("removed"), "{said}");
    assert!(!holds(&card(&second, &members[0].email)["notes"], "Etterpå"));
}
