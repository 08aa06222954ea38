//! Every test that `docs/asvs.md` names exists: a table of promises that nobody keeps is worse than none.

use std::fs;

use crate::sources::workspace;

/// The tests named in a text as `folder/file.rs::name`.
fn named(text: &str) -> Vec<(&str, &str)> {
    text.split('`').filter_map(|word| word.split_once(".rs::")).collect()
}

fn is_test(source: &str, name: &str) -> bool {
    let lines: Vec<&str> = source.lines().map(str::trim).collect();
    let declares = |line: &&str| {
        line.contains(&format!("fn {name}(")) && !line.starts_with("//") && !line.contains("\"")
    };
    let Some(at) = lines.iter().position(declares) else { return false };
    lines[..at]
        .iter()
        .rev()
        .take_while(|line| line.starts_with('#') || line.starts_with("//"))
        .any(|line| ["#[test]", "#[tokio::test"].iter().any(|attribute| line.starts_with(attribute)))
}

#[test]
fn every_test_that_the_table_names_exists() {
    let table = fs::read_to_string(workspace().join("docs/asvs.md")).unwrap();
    let named = named(&table);
    assert!(named.len() > 20, "{named:?}");
    let missing: Vec<_> = named
        .into_iter()
        .filter(|(file, name)| {
            let source = fs::read_to_string(workspace().join(format!("{file}.rs"))).unwrap_or_default();
            !is_test(&source, name)
        })
        .collect();
    assert!(missing.is_empty(), "docs/asvs.md names tests that are not there: {missing:#?}");
}

#[test]
fn a_name_that_is_no_test_is_seen() {
    assert_eq!(named("| 1 | `a/b.rs::c`, `d` |"), [("a/b", "c")]);
    assert!(is_test("#[test]\n// N1\nfn c() {}", "c") && is_test("#[tokio::test]\nasync fn c() {}", "c"));
    assert!(!is_test("fn c() {}", "c") && !is_test("#[test]\nfn d() {}", "c"));
}
