//! Chapter and office both write a phone number while apart. Neither is lost: both see both, until the chapter picks one,
//! and then both have that one.

use std::collections::BTreeSet;

use helhet_tests::checkers;
use helhet_tests::people::{member_file, people};
use helhet_tests::process::{Installation, Town};
use helhet_tests::visitor::{Visitor, field};
use serde_json::Value;

use crate::story::{card, import, sync, the_one};

const PASSWORD: &str = "mange bekker sma gjor en stor";

fn phones(card: &Value) -> BTreeSet<String> {
    let values = card["phones"].as_array().expect("phones are listed");
    values.iter().map(|phone| phone.as_str().or(phone["value"].as_str()).unwrap().to_owned()).collect()
}

/// The first form of a page that offers this value to pick, with its hidden fields.
fn form_that_picks<'p>(page: &'p str, value: &str) -> Option<&'p str> {
    let escaped = value.replace('+', "&#43;");
    page.split("<form").find(|form| {
        let form = form.split("</form>").next().unwrap_or_default();
        form.contains("/pick")
            && [value, &escaped].iter().any(|value| form.contains(&format!("value=\"{value}\"")))
    })
}

/// Picks a value at the chapter's screen.
fn pick(node: &Installation, id: &str, value: &str) {
    let mut visitor = Visitor::first_user(node, "leder", PASSWORD);
    let page = visitor.get(&format!("/supporters/{id}"));
    let form = form_that_picks(&page.body, value)
        .unwrap_or_else(|| panic!("no button picks {value}: {}", page.body));
    let key = field(form, "key").unwrap();
    let answer = visitor.send(&page, &format!("/supporters/{id}/pick"), &[("key", &key), ("value", value)]);
    assert!((300..400).contains(&answer.status), "picking was refused: {} {}", answer.status, answer.body);
}

#[test]
fn both_values_stay_in_sight_until_the_chapter_picks_one() {
    let town = Town::new();
    let mut bergen = town.chapter("Bergen");
    let mut members = people(43, 2);
    import(&bergen, &town.file("medlemmer.csv", &member_file(&members)), &[]);
    sync(&bergen);

    let email = members[0].email.clone();
    let id = the_one(&town.hub, &email);
    town.hub.run(&["correct", &id, "phone", "+4799887766", "--source", "supporter"]).done();
    members[0].phone = "+4791122333".to_owned();
    import(&bergen, &town.file("medlemmer.csv", &member_file(&members)), &[]);
    sync(&bergen);
    sync(&bergen);

    let both = BTreeSet::from(["+4799887766".to_owned(), "+4791122333".to_owned()]);
    assert_eq!(phones(&card(&bergen, &email)), both, "the chapter sees both");
    assert_eq!(phones(&card(&town.hub, &email)), both, "the office sees both");
    let outcome = || town.hub.run(&["supporter", &id, "--json"]).json()["corrections"][0]["outcome"].clone();
    assert_eq!(outcome(), "waiting", "nobody has picked yet");
    let plain = town.hub.run(&["supporter", &id]).done();
    assert_eq!(plain.matches("disputed phone").count(), 2, "{plain}");
    let idle = sync(&bergen);
    assert_eq!(idle["entries_out"], 0, "a conflict in sight makes no traffic: {idle}");

    bergen.serve();
    pick(&bergen, &the_one(&bergen, &email), "+4799887766");
    assert!(bergen.stop().success());
    sync(&bergen);
    let one = BTreeSet::from(["+4799887766".to_owned()]);
    assert_eq!(phones(&card(&bergen, &email)), one);
    assert_eq!(phones(&card(&town.hub, &email)), one);
    assert_eq!(outcome(), "shown", "the chapter picked the office's");
    checkers::rebuild_changes_nothing(&town.hub);
    checkers::rebuild_changes_nothing(&bergen);
}
