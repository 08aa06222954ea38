//! An erasure is complete when every store that held the supporter has signed: the office's, and each of the chapter's
//! computers.

use helhet_tests::checkers::sync_until_quiet;
use helhet_tests::opened;
use helhet_tests::people::{member_file, people};
use helhet_tests::process::{Installation, Town};
use serde_json::Value;

use crate::a_second_laptop::{ask, let_in};
use crate::story::{import, sync, the_one};

/// The newest erasure by what each store has said of it, the office under "office".
fn said(at: &Installation, number: &str) -> Vec<(String, String)> {
    let register = at.run(&["erasures", "--json"]).json();
    let of = register.as_array().unwrap().iter().find(|one| one["number"] == number).unwrap().clone();
    let stores = of["stores"].as_array().unwrap().iter();
    let mut said: Vec<_> = stores
        .map(|store| {
            let name = store["device"].as_str().unwrap_or("office");
            (name.to_owned(), store["state"].as_str().unwrap().to_owned())
        })
        .collect();
    said.sort();
    assert_eq!(of["complete"] == true, said.iter().all(|(_, state)| state != "owes"), "{of}");
    said
}

fn numbers(at: &Installation) -> Vec<String> {
    let register = at.run(&["erasures", "--json"]).json();
    register.as_array().unwrap().iter().map(|one| one["number"].as_str().unwrap().to_owned()).collect()
}

/// Erases the member of this e-mail address; gives the number of the erasure.
fn erase(at: &Installation, email: &str) -> String {
    let before = numbers(at);
    at.run(&["erase", &the_one(at, email)]).done();
    numbers(at).into_iter().find(|number| !before.contains(number)).expect("it is in the register")
}

fn all(stores: &[(&str, &str)]) -> Vec<(String, String)> {
    stores.iter().map(|(name, state)| ((*name).to_owned(), (*state).to_owned())).collect()
}

// P8, C6, N1
#[test]
fn every_store_that_held_it_signs() {
    let mut town = Town::new();
    let mut first = town.chapter("Bergen");
    let members = people(505, 12);
    import(&first, &town.file("medlemmer.csv", &member_file(&members)), &[]);
    sync_until_quiet(&first);
    let (stand, waiting) = ask(&town, &first, "stand", &[]);
    let_in(&first, waiting, &[]);
    sync_until_quiet(&stand);
    let trace = members[3].email.split('@').next().unwrap();
    assert!(!opened::places(&[trace], first.data()).is_empty());

    let one = erase(&first, &members[3].email);
    let (owes, confirmed) = ("owes", "confirmed");
    assert_eq!(said(&first, &one), all(&[("laptop", confirmed), ("office", owes), ("stand", owes)]));
    assert!(opened::places(&[trace], first.data()).is_empty(), "what is signed for is gone");
    sync_until_quiet(&first);
    assert_eq!(said(&first, &one), all(&[("laptop", confirmed), ("office", confirmed), ("stand", owes)]));
    let at_office = town.hub.run(&["erasures", "--json"]).json();
    let owed = at_office.as_array().unwrap().iter().flat_map(|row| row["owed_by"].as_array().unwrap());
    assert!(owed.clone().count() > 0 && owed.clone().all(|name| name == "stand"), "{at_office}");

    sync_until_quiet(&stand);
    assert!(opened::places(&[trace], stand.data()).is_empty());
    sync(&first);
    let done = all(&[("laptop", confirmed), ("office", confirmed), ("stand", confirmed)]);
    for at in [&first, &stand] {
        assert_eq!(said(at, &one), done);
    }

    // Who joins later owes nothing for it, and what it erases itself the others owe.
    let (late, waiting) = ask(&town, &first, "late", &["--admin"]);
    let_in(&first, waiting, &[]);
    sync_until_quiet(&late);
    assert_eq!(said(&late, &one), done);
    let two = erase(&late, &members[4].email);
    for at in [&late, &first, &late] {
        sync_until_quiet(at);
    }
    let open = all(&[("laptop", confirmed), ("late", confirmed), ("office", confirmed), ("stand", owes)]);
    assert_eq!(said(&late, &two), open);

    // One that is lost before it has said so is named, and holds nobody up.
    first.run(&["device", "revoke", "stand"]).done();
    sync_until_quiet(&late);
    for at in [&first, &late] {
        let stands = said(at, &two).into_iter().find(|(name, _)| name == "stand").unwrap();
        assert_eq!(stands.1, "removed");
    }

    // With no office in reach the computers tell each other.
    town.hub.stop();
    let three = erase(&late, &members[5].email);
    let address = first.serve_meeting().to_string();
    for _ in 0..2 {
        late.run(&["sync", "--with", &address]).done();
    }
    let between = all(&[("laptop", confirmed), ("late", confirmed), ("office", owes), ("stand", "removed")]);
    assert_eq!(said(&late, &three), between);
    let at_office = |row: &Value| row["state"] == owes && row["device"] == Value::Null;
    let register = late.run(&["erasures", "--json"]).json();
    let open = register.as_array().unwrap().iter().filter(|one| one["complete"] == false);
    assert_eq!(open.clone().count(), 1);
    assert!(open.flat_map(|one| one["stores"].as_array().unwrap()).any(at_office));
}
