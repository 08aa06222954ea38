//! The command line as it is documented: exit codes, JSON, unique beginnings of ids, and use while `serve` runs.

use helhet_tests::people::{member_file, people};
use helhet_tests::process::{Installation, Town};
use serde_json::Value;

use crate::story::{card, import, supporters, sync, the_one};

#[test]
fn wrong_usage_is_2_and_failure_is_1() {
    let folder = tempfile::tempdir().unwrap();
    for program in [Installation::node(folder.path(), "node"), Installation::hub(folder.path())] {
        program.run(&["no-such-command"]).refused(2);
        program.run(&["supporters", "--no-such-option"]).refused(2);
        program.run(&["supporters"]).refused(1);
        program.run(&["import"]).refused(2);
    }
}

#[test]
fn a_folder_is_founded_once() {
    let town = Town::new();
    town.hub.run(&["init", "--name", "Again"]).refused(1);
    let bergen = town.chapter("Bergen");
    helhet_tests::process::join(&bergen, &town.invite("Oslo")).refused(1);
}

#[test]
fn a_supporter_has_the_documented_shape() {
    let town = Town::new();
    let bergen = town.chapter("Bergen");
    let members = people(8, 1);
    import(&bergen, &town.file("medlemmer.csv", &member_file(&members)), &[]);
    sync(&bergen);
    let person = &members[0];

    let node = card(&bergen, &person.email);
    assert_eq!(node["kind"], "person");
    assert_eq!(node["name"]["given"], person.given.as_str());
    assert_eq!(node["name"]["family"], person.family.as_str());
    assert_eq!(node["birth"]["year"], person.birth_year);
    assert_eq!(node["emails"][0], person.email.as_str());
    assert_eq!(node["phones"][0], person.phone.as_str());
    let address = &node["addresses"][0];
    assert_eq!(
        (address["postcode"].as_str(), address["city"].as_str()),
        (Some("5003"), Some("Bergen")),
        "{address}"
    );
    assert_eq!(node["roles"][0]["role"], "member", "{node}");
    assert_eq!(node["roles"][0]["from"], "2019-02-01", "{node}");
    assert!(node["notes"][0]["text"].as_str().is_some_and(|text| text == person.note), "{node}");
    assert!(node["tags"].is_array() && node["grants"].is_array(), "{node}");

    let hub = card(&town.hub, &person.email);
    assert_eq!(hub["emails"][0]["value"], person.email.as_str());
    assert_eq!(hub["phones"][0]["value"], person.phone.as_str());
    assert!(hub["phones"][0]["sources"][0]["chapter"].is_string(), "{hub}");
    assert!(hub["phones"][0]["sources"][0]["at"].is_string(), "{hub}");
    assert!(hub.get("notes").is_none_or(|notes| notes.as_array().is_some_and(Vec::is_empty)), "{hub}");

    let report = sync(&bergen);
    let counts = [
        "entries_out",
        "entries_in",
        "changes_out",
        "changes_in",
        "bytes_out",
        "bytes_in",
        "refused",
        "round_trips",
        "handshake_bytes",
    ];
    for name in counts {
        assert!(report[name].is_u64(), "{name} of {report}");
    }
    assert!(report["seconds"].is_number(), "{report}");
}

#[test]
fn a_unique_beginning_of_an_id_is_enough() {
    let town = Town::new();
    let bergen = town.chapter("Bergen");
    import(&bergen, &town.file("medlemmer.csv", &member_file(&people(9, 40))), &[]);
    let ids: Vec<String> =
        supporters(&bergen, "").iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect();
    let found = bergen.run(&["supporter", &ids[0][..12], "--json"]).json();
    assert_eq!(found["id"], ids[0].as_str());
    // Forty ids of sixteen possible beginnings: two share one.
    let shared = ids.iter().find(|id| ids.iter().filter(|other| other[..1] == id[..1]).count() > 1).unwrap();
    bergen.run(&["supporter", &shared[..1], "--json"]).refused(1);
    bergen.run(&["supporter", "ffffffffffff", "--json"]).refused(1);
}

#[test]
fn commands_work_while_serve_runs() {
    let town = Town::new();
    let mut bergen = town.chapter("Bergen");
    bergen.serve();
    let members = people(10, 2);
    import(&bergen, &town.file("medlemmer.csv", &member_file(&members)), &[]);
    sync(&bergen);
    assert_eq!(supporters(&town.hub, "").len(), 2);
    let id = the_one(&bergen, &members[0].email);
    bergen.run(&["grant", &id, "newsletter"]).done();
    let granted = bergen.run(&["supporter", &id, "--json"]).json();
    assert!(
        granted["grants"].as_array().is_some_and(|all| all.iter().any(|one| one["purpose"] == "newsletter")),
        "{granted}"
    );
    bergen.run(&["grant", &id, "no_such_purpose"]).refused(2);
    assert!(bergen.stop().success(), "serve ends well when asked: {}", bergen.log());
    assert!(town.hub.answers());
}

#[test]
fn exports_hold_every_supporter_in_three_formats() {
    let town = Town::new();
    let bergen = town.chapter("Bergen");
    import(&bergen, &town.file("medlemmer.csv", &member_file(&people(11, 7))), &[]);
    sync(&bergen);
    for at in [&bergen, &town.hub] {
        let csv = at.run(&["export", "supporters", "--format", "csv"]).done();
        assert_eq!(
            csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes()).records().count(),
            7,
            "{csv}"
        );
        let json: Value = at.run(&["export", "supporters", "--format", "json"]).json();
        assert_eq!(json.as_array().map(Vec::len), Some(7));
        let cards = at.run(&["export", "supporters", "--format", "vcard"]).done();
        assert_eq!(cards.matches("BEGIN:VCARD").count(), 7);
        let out = town.folder().join("export.csv").display().to_string();
        at.run(&["export", "supporters", "--format", "csv", "--out", &out]).done();
        assert!(std::fs::read_to_string(out).unwrap().contains("post.example"));
    }
}

#[test]
fn the_hub_lists_its_chapters() {
    let town = Town::new();
    town.invite("Oslo");
    let bergen = town.chapter("Bergen");
    sync(&bergen);
    let listing = town.hub.run(&["chapter", "list"]).done();
    assert!(listing.contains("Oslo") && listing.contains("Bergen"), "{listing}");
    let shown = town.hub.run(&["chapter", "show", "Bergen"]).done();
    assert!(shown.contains("laptop"), "a chapter's page names its devices: {shown}");
    town.hub.run(&["chapter", "add", "Bergen"]).refused(1);
}

// S2.7: what is taken out of the program is its owner's alone.
#[cfg(unix)]
#[test]
fn a_list_that_is_taken_out_is_private() {
    use std::os::unix::fs::PermissionsExt as _;

    let town = Town::new();
    let bergen = town.chapter("Bergen");
    bergen.run(&["add", "--given", "Kari", "--email", "kari@post.example"]).done();
    let out = town.folder().join("list.csv");
    let path = out.display().to_string();
    bergen.run(&["export", "supporters", "--format", "csv", "--out", &path]).done();
    assert!(std::fs::read_to_string(&out).unwrap().contains("kari@post.example"));
    assert_eq!(std::fs::metadata(&out).unwrap().permissions().mode() & 0o777, 0o600);
    let nowhere = town.folder().join("no such folder").join("list.csv").display().to_string();
    bergen.run(&["export", "supporters", "--format", "csv", "--out", &nowhere]).refused(1);
}
