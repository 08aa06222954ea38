//! What the stories say again and again: who is in a listing, what the office sees of a supporter.

use helhet_tests::process::Installation;
use serde_json::Value;

/// The supporters of a program, those that the search finds or all.
pub(crate) fn supporters(at: &Installation, search: &str) -> Vec<Value> {
    let listing = if search.is_empty() {
        at.run(&["supporters", "--json"])
    } else {
        at.run(&["supporters", "--search", search, "--json"])
    };
    listing.json().as_array().cloned().expect("a listing is an array")
}

/// The id of the one supporter that the search finds.
pub(crate) fn the_one(at: &Installation, search: &str) -> String {
    let found = supporters(at, search);
    assert_eq!(found.len(), 1, "{search:?} should find one supporter: {found:?}");
    found[0]["id"].as_str().expect("a supporter has an id").to_owned()
}

/// Everything that a program says of the one supporter that the search finds.
pub(crate) fn card(at: &Installation, search: &str) -> Value {
    at.run(&["supporter", &the_one(at, search), "--json"]).json()
}

/// Whether this text stands anywhere in the JSON.
pub(crate) fn holds(json: &Value, text: &str) -> bool {
    json.to_string().contains(text)
}

/// One pass of sync to its end.
pub(crate) fn sync(node: &Installation) -> Value {
    node.run(&["sync", "--json"]).json()
}

/// The counts of an import, checked to add up.
pub(crate) fn import(at: &Installation, file: &str, more: &[&str]) -> Value {
    let report = at.run(&[&["import", file, "--json"], more].concat()).json();
    let count =
        |name: &str| report[name].as_u64().unwrap_or_else(|| panic!("no count of {name} in {report}"));
    let sum = ["new", "changed", "same", "doubtful", "refused"].map(count).iter().sum::<u64>();
    assert_eq!(count("lines"), sum, "each line counts once: {report}");
    assert_eq!(count("refused") as usize, report["refusals"].as_array().map_or(0, Vec::len), "{report}");
    report
}
