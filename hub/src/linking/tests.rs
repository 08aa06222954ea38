use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{Birth, Comparable, Decision, Decisions, ExactLinker, cluster, normalised_name};

fn record(id: &str, name: &str, emails: &[&str], birth: &str) -> Comparable {
    Comparable {
        record: id.into(),
        organisation: false,
        name: normalised_name(name),
        emails: emails.iter().map(|email| (*email).into()).collect(),
        birth: Birth::parse(birth),
    }
}

fn check(records: Vec<Comparable>, decisions: &Decisions, expect: &[&[&str]]) {
    let found = cluster(&ExactLinker, records, decisions).clusters;
    let expect: Vec<BTreeSet<String>> =
        expect.iter().map(|group| group.iter().map(|id| (*id).into()).collect()).collect();
    assert_eq!(found, expect);
}

#[test]
fn same_email_and_name_link_and_nothing_less_does() {
    let kari = record("a", "Kari  Nordmann", &["kari@post.example"], "1960");
    check(
        vec![
            kari,
            record("b", "kari nordmann", &["kari@post.example", "k@other.example"], "1960-03-04"),
            record("c", "Kari Nordmann", &["someone@post.example"], "1960"),
            record("d", "Ola Nordmann", &["kari@post.example"], ""),
        ],
        &Decisions::default(),
        &[&["a", "b"], &["c"], &["d"]],
    );
}

#[test]
fn an_empty_value_equals_nothing() {
    // T34
    check(
        vec![
            record("a", "", &["x@post.example"], ""),
            record("b", "", &["x@post.example"], ""),
            record("c", "Ann", &[], ""),
            record("d", "Ann", &[], ""),
        ],
        &Decisions::default(),
        &[&["a"], &["b"], &["c"], &["d"]],
    );
}

#[test]
fn birth_dates_that_contradict_part_even_by_way_of_a_third() {
    let found = cluster(
        &ExactLinker,
        vec![
            record("a", "Ann", &["x@post.example"], "1950"),
            record("b", "Ann", &["x@post.example"], ""),
            record("c", "Ann", &["x@post.example"], "1980-01-01"),
        ],
        &Decisions::default(),
    );
    assert_eq!(found.clusters.len(), 2);
    assert!(found.doubtful.contains(&("a".into(), "c".into())));
}

#[test]
fn a_persons_word_stands() {
    // T32, N9
    let records = vec![
        record("a", "Ann", &["x@post.example"], ""),
        record("b", "Ann", &["x@post.example"], ""),
        record("c", "Anne", &["y@post.example"], ""),
    ];
    let mut decisions = Decisions::default();
    decisions.put("b", "a", Decision::NotSame);
    decisions.put("b", "c", Decision::Same);
    check(records.clone(), &decisions, &[&["a"], &["b", "c"]]);
    check(records, &Decisions::default(), &[&["a", "b"], &["c"]]);
}

#[test]
fn a_letter_is_part_of_a_name() {
    assert_ne!(normalised_name("Müller"), normalised_name("Muller"));
    assert_eq!(normalised_name("A\u{30a}se  LIE "), "åse lie");
}

proptest! {
    /// The clusters do not depend on the order of arrival, and every record is in exactly one.
    #[test]
    fn clusters_are_a_function_of_the_records(
        people in prop::collection::vec((0u8..4, prop::collection::btree_set(0u8..5, 0..3), 0u8..4), 0..14),
        turned in any::<prop::sample::Index>(),
    ) {
        let mut records: Vec<Comparable> = people.iter().enumerate().map(|(at, (name, emails, birth))| {
            let emails: Vec<String> = emails.iter().map(|email| format!("{email}@post.example")).collect();
            let emails: Vec<&str> = emails.iter().map(String::as_str).collect();
            record(&format!("{at:02}"), &format!("name {name}"), &emails, ["", "1950", "1950-02-03", "1960"][usize::from(*birth)])
        }).collect();
        let before = cluster(&ExactLinker, records.clone(), &Decisions::default());
        if !records.is_empty() {
            let by = turned.index(records.len());
            records.rotate_left(by);
        }
        prop_assert_eq!(&before, &cluster(&ExactLinker, records.clone(), &Decisions::default()));
        let all: Vec<&String> = before.clusters.iter().flatten().collect();
        prop_assert_eq!(all.len(), records.len());
    }
}
