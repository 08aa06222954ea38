//! The files of the workspace, and rules that hold for each alone.

use std::fs;
use std::path::{Path, PathBuf};

/// A file this long hides two meanings.
const LINES_MAX: usize = 500;

/// The workspace's own folder.
pub(crate) fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Every file below `folder` with this ending, path relative to the workspace and text.
pub(crate) fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let root = workspace();
    let mut found = Vec::new();
    collect(&root.join(folder), ending, &mut found);
    found.sort();
    found
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            (path.strip_prefix(&root).unwrap().display().to_string().replace('\\', "/"), text)
        })
        .collect()
}

fn collect(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.map(|entry| entry.unwrap().path()) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && name != "node_modules" && name != "target" {
            collect(&path, ending, found);
        } else if name.ends_with(ending) {
            found.push(path);
        }
    }
}

/// The Rust files of every member.
pub(crate) fn rust_files() -> Vec<(String, String)> {
    ["shared", "protocol", "node", "hub", "tests"].iter().flat_map(|member| files(member, ".rs")).collect()
}

#[test]
fn no_file_is_longer_than_a_mind_can_hold() {
    let long: Vec<_> = rust_files()
        .into_iter()
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|(_, lines)| *lines > LINES_MAX)
        .collect();
    assert!(long.is_empty(), "split by meaning: {long:?}");
}

#[test]
fn every_module_says_what_it_is_for() {
    let silent: Vec<_> = rust_files()
        .into_iter()
        .filter(|(path, text)| !path.ends_with("/tests.rs") && !text.trim_start().starts_with("//!"))
        .map(|(path, _)| path)
        .collect();
    assert!(silent.is_empty(), "begin with `//!`: {silent:?}");
}

#[test]
fn nothing_is_left_for_later() {
    let marks = [
        concat!("todo", "!("),
        concat!("unimplemented", "!("),
        concat!("#[", "ignore"),
        concat!("FIX", "ME"),
    ];
    let unfinished: Vec<_> = rust_files()
        .into_iter()
        .filter(|(_, text)| marks.iter().any(|mark| text.contains(mark)))
        .map(|(path, _)| path)
        .collect();
    assert!(unfinished.is_empty(), "finish or delete: {unfinished:?}");
}

#[test]
fn only_the_documents_folder_knows_automerge() {
    let strangers: Vec<_> = rust_files()
        .into_iter()
        .filter(|(path, _)| !path.starts_with("shared/src/document/") && !path.starts_with("tests/"))
        .filter(|(_, text)| text.contains("automerge::"))
        .map(|(path, _)| path)
        .collect();
    assert!(strangers.is_empty(), "ask shared::document: {strangers:?}");
}

#[test]
fn sql_stands_in_the_stores_alone() {
    let verbs = ["\"SELECT ", "\"INSERT ", "\"UPDATE ", "\"DELETE FROM"];
    let strangers: Vec<_> = rust_files()
        .into_iter()
        .filter(|(path, _)| {
            !path.contains("/store/")
                && !path.starts_with("shared/src/sqlite/")
                && !path.starts_with("tests/")
        })
        .filter(|(path, _)| !path.ends_with("tests.rs"))
        .filter(|(_, text)| {
            // A test may look into a table to see what is really there.
            let program = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
            verbs.iter().any(|verb| program.contains(verb))
        })
        .map(|(path, _)| path)
        .collect();
    assert!(strangers.is_empty(), "move the SQL to store/: {strangers:?}");
}
