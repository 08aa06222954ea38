//! The chapters' own files: every line is accounted for, a dry run tells the truth, and nothing happens twice.

use std::fs;

use helhet_tests::process::{Installation, Town};
use helhet_tests::samples::{CHAPTER_FILES, GIFTS, Sample};
use serde_json::Value;

use crate::story::{import, supporters};

/// Imports a sample three times: as a rehearsal, in earnest, and once more.
fn import_thrice(at: &Installation, sample: &Sample) -> Value {
    let path = sample.path().display().to_string();
    let rehearsal = import(at, &path, &["--dry-run"]);
    let before = supporters(at, "").len();
    let report = import(at, &path, &[]);
    assert_eq!(rehearsal, report, "{}: the rehearsal said something else", sample.name);
    assert_eq!(report["lines"], sample.lines, "{}: {report}", sample.name);

    let again = import(at, &path, &[]);
    assert_eq!(again["new"], 0, "{}: {again}", sample.name);
    assert_eq!(again["changed"], 0, "{}: {again}", sample.name);
    assert_eq!(again["doubtful"], 0, "{}: {again}", sample.name);
    assert_eq!(again["refused"], report["refused"], "{}: {again}", sample.name);
    let count = |name: &str| report[name].as_u64().unwrap_or_default() as usize;
    if sample.chapter.is_some() {
        let made = supporters(at, "").len() - before;
        assert_eq!(
            made,
            count("new") + count("doubtful"),
            "{}: new and doubtful lines are supporters",
            sample.name
        );
    }
    report
}

#[test]
fn every_line_of_the_chapters_files_ends_as_a_supporter_or_is_refused_with_a_reason() {
    let town = Town::new();
    for chapter in ["Bergen", "Oslo", "Tromsø"] {
        let node = town.chapter(chapter);
        for sample in CHAPTER_FILES.iter().filter(|sample| sample.chapter == Some(chapter)) {
            let report = import_thrice(&node, sample);
            for refusal in report["refusals"].as_array().into_iter().flatten() {
                assert!(refusal["line"].as_u64() > Some(0), "{refusal}");
                assert!(refusal["reason"].as_str().is_some_and(|reason| reason.len() > 3), "{refusal}");
            }
        }
        // Umlauts and rings came through whatever the file was written in.
        let names = supporters(&node, "").iter().map(Value::to_string).collect::<String>();
        assert!(
            !names.contains('\u{fffd}') && names.contains('ø'),
            "{chapter}'s file was read in the wrong encoding"
        );
    }
}

#[test]
fn the_offices_gifts_are_counted_and_kept_in_minor_units() {
    let town = Town::new();
    let report = import_thrice(&town.hub, &GIFTS);
    assert_eq!(report["refused"], 0, "{report}");
    assert!(!supporters(&town.hub, "Ødegård").is_empty(), "a donor is a supporter of the office");
}

#[test]
fn a_line_that_names_nobody_is_refused_and_mended() {
    let town = Town::new();
    let bergen = town.chapter("Bergen");
    let file = town.file(
        "liste.csv",
        "Fornavn;Etternavn;E-post\nKari;Nordmann;kari@post.example\n;;\n;;ukjent@post.example\n",
    );
    let report = import(&bergen, &file, &[]);
    assert_eq!(report["new"], 1, "{report}");
    let refused = report["refused"].as_u64().unwrap();
    assert!(refused >= 1, "an address names nobody: {report}");
    let mended = town.file(
        "liste.csv",
        "Fornavn;Etternavn;E-post\nKari;Nordmann;kari@post.example\nOla;Ukjent;ukjent@post.example\n",
    );
    let report = import(&bergen, &mended, &[]);
    assert_eq!((report["new"].as_u64(), report["same"].as_u64()), (Some(1), Some(1)), "{report}");
}

#[test]
fn a_file_that_is_no_list_is_refused_whole() {
    let town = Town::new();
    let bergen = town.chapter("Bergen");
    let picture = town.folder().join("bilde.csv");
    fs::write(&picture, [0x89, b'P', b'N', b'G', 0, 1, 2, 3, 0, 0, 0]).unwrap();
    bergen.run(&["import", &picture.display().to_string()]).refused(1);
    bergen.run(&["import", "/nowhere/at/all.csv"]).refused(1);
    assert_eq!(supporters(&bergen, "").len(), 0);
}
