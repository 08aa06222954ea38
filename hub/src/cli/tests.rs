//! What is typed, and how it ends: 0 done, 1 failed with a clear message, 2 wrong usage.

use std::path::Path;

use clap::Parser as _;

use super::{Arguments, exit_code, run_arguments};
use crate::testing::TestHub;

/// The exit code, and what stands on stderr.
fn typed(line: &[&str]) -> (u8, String) {
    match Arguments::try_parse_from(["helhet-hub"].iter().chain(line)) {
        Ok(arguments) => match run_arguments(arguments) {
            Ok(()) => (0, String::new()),
            Err(error) => (exit_code(&error), super::output::chain(&error)),
        },
        Err(error) => (u8::try_from(error.exit_code()).unwrap(), error.to_string()),
    }
}

fn at(test: &TestHub, line: &[&str]) -> (u8, String) {
    let data = test.hub.folder().to_str().unwrap();
    typed(&[line, &["--data", data]].concat())
}

#[test]
fn without_a_data_folder_it_says_how_to_name_one() {
    let (code, said) = typed(&["supporters"]);
    assert_eq!(code, 2);
    assert!(said.contains("--data") && said.contains("HELHET_DATA"), "{said}");
}

#[test]
fn a_role_that_users_do_not_have_is_told_with_those_they_do() {
    let test = TestHub::new();
    let (code, said) = at(&test, &["user", "add", "anne", "--role", "boss"]);
    assert_eq!(code, 2);
    assert!(["administrator", "member_service", "analyst"].iter().all(|role| said.contains(role)), "{said}");
}

#[test]
fn an_invite_names_no_address_that_nobody_can_dial() {
    let test = TestHub::new();
    assert_eq!(at(&test, &["chapter", "add", "Bergen"]).0, 0);
    for address in ["0.0.0.0:4433", "[::]:4433", "[::ffff:0.0.0.0]:4433"] {
        test.hub.set_public_address(address).unwrap();
        for line in [["chapter", "invite", "Bergen"], ["chapter", "add", "Oslo"]] {
            let (code, said) = at(&test, &line);
            assert_eq!(code, 1, "{address}");
            assert!(said.contains(address) && said.contains("--public"), "{said}");
        }
    }
    test.hub.set_public_address("hub.lysning.example:4433").unwrap();
    assert_eq!(at(&test, &["chapter", "invite", "Bergen"]).0, 0);
    assert_eq!(at(&test, &["chapter", "add", "Oslo"]).0, 0, "nothing was left of the one that was refused");
}

/// The names in a folder.
fn names(folder: &Path) -> Vec<String> {
    let files = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[cfg(unix)]
fn mode(file: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(file).unwrap().permissions().mode() & 0o777
}

// What is taken out is readable by its owner alone, and is there whole or not at all.
#[test]
fn an_export_takes_the_place_of_an_older_one_whole() {
    use std::io::Read as _;
    let test = TestHub::new();
    let mut bergen = test.chapter("Bergen");
    let kari = bergen.person("Kari", "Nordmann", "kari@post.example");
    let entry = bergen.entry(vec![kari.first]);
    test.ingest(&bergen, vec![entry]).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("list.csv");
    std::fs::write(&file, "the list of last year").unwrap();
    let mut reads = std::fs::File::open(&file).unwrap();
    let out = file.to_str().unwrap();
    assert_eq!(at(&test, &["export", "supporters", "--format", "csv", "--out", out]).0, 0);
    let mut older = String::new();
    reads.read_to_string(&mut older).unwrap();
    assert_eq!(older, "the list of last year", "who reads it meanwhile has it whole");
    assert!(std::fs::read_to_string(&file).unwrap().contains("Nordmann"));
    assert_eq!(names(folder.path()), ["list.csv"]);
    #[cfg(unix)]
    assert_eq!(mode(&file), 0o600);
    // Where it cannot be written, nothing is left lying about.
    let nowhere = folder.path().join("no-such-folder").join("list.csv");
    let (code, said) =
        at(&test, &["export", "supporters", "--format", "csv", "--out", nowhere.to_str().unwrap()]);
    assert!(code == 1 && said.contains("list.csv"), "{said}");
    let taken = folder.path().join("folder");
    std::fs::create_dir_all(taken.join("full")).unwrap();
    assert_eq!(
        at(&test, &["export", "supporters", "--format", "csv", "--out", taken.to_str().unwrap()]).0,
        1
    );
    assert_eq!(names(folder.path()), ["folder", "list.csv"]);
}

#[test]
fn a_backup_touches_no_other_file_and_is_private() {
    let test = TestHub::new();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("hub.part"), "somebody's own").unwrap();
    let file = folder.path().join("hub.backup");
    let out = file.to_str().unwrap();
    assert_eq!(at(&test, &["backup", "--out", out]).0, 0);
    assert_eq!(names(folder.path()), ["hub.backup", "hub.part"]);
    assert_eq!(std::fs::read_to_string(folder.path().join("hub.part")).unwrap(), "somebody's own");
    #[cfg(unix)]
    assert_eq!(mode(&file), 0o600);
    let before = std::fs::read(&file).unwrap();
    assert_eq!(at(&test, &["backup", "--out", out]).0, 1);
    assert_eq!(std::fs::read(&file).unwrap(), before, "nothing is written over");
}
