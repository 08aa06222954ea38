//! A computer of the chapter is stolen and erases whom it finds: above twenty a day they are hidden, not removed, until somebody
//! else says so too; and they come back when it is removed (design §4).

use helhet_tests::checkers::{self, sync_until_quiet};
use helhet_tests::opened;
use helhet_tests::people::{Person, member_file, people};
use helhet_tests::process::{Installation, Town, wait_until};
use serde_json::Value;

use crate::a_second_laptop::{ask, let_in};
use crate::story::{import, supporters, the_one};

const ALONE: usize = 20;

fn waiting(at: &Installation) -> Vec<Value> {
    at.run(&["erasures", "--waiting", "--json"]).json().as_array().unwrap().clone()
}

fn erase(at: &Installation, who: &[Person]) {
    for person in who {
        at.run(&["erase", &the_one(at, &person.email)]).done();
    }
}

/// How many of these stand in the chapter's files, and in the office's.
fn stand(at: &Installation, hub: &Installation, who: &[Person]) -> (usize, usize) {
    let traces: Vec<&str> = who.iter().map(|person| person.email.split('@').next().unwrap()).collect();
    let count = |places: Vec<String>| {
        traces.iter().filter(|trace| places.iter().any(|place| place.starts_with(**trace))).count()
    };
    let (here, there) = (opened::places(&traces, at.data()), checkers::places_of(&traces, hub.data()));
    (count(here), count(there))
}

// P8, T17, C1, C3, C6
#[test]
fn a_mass_erasure_is_hidden_and_comes_back_or_is_confirmed() {
    let town = Town::new();
    let (first, words) = town.chapter_with_words("Bergen");
    let members = people(808, 70);
    let file = town.file("medlemmer.csv", &member_file(&members));
    import(&first, &file, &[]);
    std::fs::remove_file(&file).unwrap();
    sync_until_quiet(&first);
    let (stolen, asking) = ask(&town, &first, "stjålet", &["--admin"]);
    let_in(&first, asking, &[]);
    sync_until_quiet(&stolen);

    // Thirty, in a day, by the one that was stolen.
    let (gone, hidden) = members[..30].split_at(ALONE);
    erase(&stolen, &members[..30]);
    assert_eq!((supporters(&stolen, "").len(), waiting(&stolen).len()), (40, 10));
    sync_until_quiet(&stolen);
    sync_until_quiet(&first);
    for at in [&first, &town.hub] {
        wait_until("nobody sees them", || supporters(at, "").len() == 40);
    }
    let by: Vec<Value> = waiting(&first).iter().map(|one| one["by"].clone()).collect();
    assert_eq!(by, vec![Value::from("stjålet"); 10]);
    assert_eq!(stand(&first, &town.hub, gone), (0, 0));
    assert_eq!(stand(&first, &town.hub, hidden), (10, 10), "they are kept");
    let listed = town.hub.run(&["erasures", "--json"]).json();
    let held = listed.as_array().unwrap().iter().filter(|one| one["what"] == "waits");
    assert_eq!(held.count(), 10, "one for each supporter: {listed}");
    // The computer that asked says nothing new.
    let refused = stolen.run(&["erase", "--confirm"]).refused(1);
    assert!(refused.contains("less than three days"), "{refused}");
    assert_eq!(waiting(&stolen).len(), 10);

    first.run(&["device", "revoke", "stjålet"]).done();
    assert_eq!((supporters(&first, "").len(), waiting(&first).len()), (50, 0));
    sync_until_quiet(&first);
    wait_until("the office sees them again", || supporters(&town.hub, "").len() == 50);
    for person in hidden {
        assert_eq!(supporters(&first, &person.email).len(), 1);
    }

    // A chapter that is left with one computer confirms with the words on its paper.
    let (gone, asked) = members[30..55].split_at(ALONE);
    erase(&first, &members[30..55]);
    assert_eq!((supporters(&first, "").len(), waiting(&first).len()), (25, 5));
    sync_until_quiet(&first);
    let phrase = town.file("ord.txt", &words);
    first.run(&["erase", "--confirm", "--phrase-file", &phrase]).done();
    assert!(waiting(&first).is_empty());
    sync_until_quiet(&first);
    assert_eq!(stand(&first, &town.hub, gone), (0, 0));
    assert_eq!(stand(&first, &town.hub, asked), (0, 0), "gone to the last byte");
    let register = first.run(&["erasures", "--json"]).json();
    let open = register.as_array().unwrap().iter().filter(|one| one["complete"] == false);
    assert_eq!(open.count(), 0, "{register}");

    // And what was a mistake is taken back.
    first.run(&["erase", &the_one(&first, &members[60].email)]).done();
    assert_eq!(waiting(&first).len(), 1);
    first.run(&["erase", "--take-back"]).done();
    assert_eq!((supporters(&first, &members[60].email).len(), waiting(&first).len()), (1, 0));
    sync_until_quiet(&first);
    wait_until("the office has who was taken back", || supporters(&town.hub, "").len() == 25);
    checkers::all_are_in_step(&town.hub, &[&first]);
}
