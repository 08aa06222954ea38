//! Imports point one way: screens and sync at the top, the store below, the domain at the bottom.

use crate::sources::rust_files;

/// The folders of the two programs, from the top down. A file may import from its own row and from rows below it.
const ROWS: [&[&str]; 5] = [
    &["main", "cli"],
    &["lib"],
    &["web", "sync", "files"],
    // The projector stands with those it works with: the hub's links records, the node's is called by every write.
    &["write", "read", "ingest", "linking", "national", "chapters", "erasure", "relay", "project", "access"],
    &["store"],
];

fn row(module: &str) -> Option<usize> {
    ROWS.iter().position(|row| row.contains(&module))
}

/// The first folder or file below `src/`: `node/src/web/pages/login.rs` is `web`.
fn module(path: &str) -> Option<&str> {
    let inside = path.strip_prefix("node/src/").or_else(|| path.strip_prefix("hub/src/"))?;
    inside.split(['/', '.']).next()
}

/// The modules that a source file names after `crate::`, leaving out its tests.
fn imported(text: &str) -> Vec<&str> {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    code.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| line.split("crate::").skip(1))
        .map(|rest| {
            rest.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next().unwrap_or_default()
        })
        .filter(|name| !name.is_empty())
        .collect()
}

#[test]
fn imports_of_the_programs_point_down() {
    let mut wrong = Vec::new();
    for (path, text) in rust_files() {
        let Some(own) = module(&path).and_then(row) else { continue };
        for name in imported(&text) {
            if row(name).is_some_and(|other| other < own) {
                wrong.push(format!("{path} imports {name}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_crates_know_only_who_lies_below_them() {
    let forbidden: [(&str, &[&str]); 4] = [
        ("shared/", &["helhet_protocol", "helhet_node", "helhet_hub"]),
        ("protocol/", &["helhet_shared", "helhet_node", "helhet_hub"]),
        ("node/", &["helhet_hub"]),
        ("hub/", &["helhet_node"]),
    ];
    let mut wrong = Vec::new();
    for (path, text) in rust_files() {
        for (folder, names) in forbidden {
            if path.starts_with(folder) {
                wrong.extend(
                    names.iter().filter(|name| text.contains(*name)).map(|name| format!("{path}: {name}")),
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_check_sees_an_import_that_points_up() {
    assert_eq!(
        imported("use crate::web::pages;\n// crate::cli\nlet x = crate::read::all();"),
        ["web", "read"]
    );
    assert_eq!(module("node/src/store/log.rs").and_then(row), Some(4));
    assert!(row("web") < row("store"));
}
