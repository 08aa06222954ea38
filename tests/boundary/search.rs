//! Where the office could have put something: everything that the hub holds, writes or shows.

use std::collections::BTreeSet;

use helhet_tests::canaries::Search;
use helhet_tests::checkers;
use helhet_tests::process::Town;
use helhet_tests::visitor::Visitor;

const PASSWORD: &str = "mange bekker sma gjor en stor";

/// Every place at the hub where one of these stands: its folder, write-ahead and temporary files included, its log, a
/// backup, its screens, its exports and the listings of its commands.
pub(crate) fn places_at_the_hub(town: &Town, canaries: &[&str]) -> Vec<String> {
    let backup = town.folder().join("hub.backup");
    town.hub.run(&["backup", "--out", &backup.display().to_string()]).done();
    let password = town.file("password", PASSWORD);
    town.hub.run(&["user", "add", "kontor", "--role", "administrator", "--password-file", &password]).done();
    let pages = Visitor::sign_in(&town.hub, "kontor", PASSWORD).every_page();
    assert!(pages.len() > 20, "the visitor saw {} pages only", pages.len());

    let search = Search::of(canaries);
    let mut places = BTreeSet::new();
    for folder in [town.hub.data(), town.hub.temp()] {
        places.extend(checkers::places_by(&search, folder));
    }
    let mut look = |what: &str, bytes: &[u8]| search.note(bytes, what, &mut places);
    look("backup", &std::fs::read(&backup).unwrap());
    look("log", town.hub.log().as_bytes());
    for (path, page) in &pages {
        look(path, format!("{path}\n{page}").as_bytes());
    }
    for format in ["csv", "json", "vcard"] {
        look(format, town.hub.run(&["export", "supporters", "--format", format]).done().as_bytes());
    }
    for listing in
        [&["supporters", "--json"], &["erasures", "--json"], &["reports", "--json"], &["doctor", "--json"]]
    {
        look(listing[0], town.hub.run(listing).done().as_bytes());
    }
    places.into_iter().collect()
}
