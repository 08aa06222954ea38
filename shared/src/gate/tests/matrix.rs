//! The golden matrix: field by field, line by line, what leaves and why. A lawyer reads `gate/matrix.txt`.
use std::fmt::Write as _;

use super::sample::{MARKER, full, keeps_all_back, key, supporter, today};
use crate::{
    document::{Document, Limits, decode},
    gate::{Agreement, AgreementLine, Outcome, Verdict, default_agreement, gate},
    id::{ActorId, DocumentId},
    schema::{self, Author},
    supporter::{Basis, Field, Role, register::written},
    zone::Zone,
};

fn alone(line: &AgreementLine) -> Agreement {
    let mut agreement = default_agreement(DocumentId::from_bytes([2; 16]));
    agreement.lines = vec![line.clone()];
    agreement
}

fn role_of(line: &AgreementLine) -> Role {
    line.purpose.roles().first().copied().unwrap_or(Role::Member)
}

/// All fields filled, the line's role held and its consent given.
fn open(line: &AgreementLine) -> Verdict {
    gate(&supporter(&full(line.purpose.code(), role_of(line))), Some(&alone(line)), today())
}

/// The same without the consent, or, where the line asks for none, without the role.
fn closed(line: &AgreementLine) -> Verdict {
    let role = if line.basis == Basis::Consent { role_of(line) } else { Role::Prospect };
    let mut content = full("gifts", role);
    content.remove("grant/AAAAAAAA/purpose");
    content.remove("grant/AAAAAAAA/confirms");
    content.remove("withdrawal/AAAAAAAA/purpose");
    if role_of(line) == Role::Sponsor {
        content.insert("kind".to_owned(), vec!["organisation".into()]);
    }
    gate(&supporter(&content), Some(&alone(line)), today())
}

fn cell(verdict: &Verdict, field: Field) -> String {
    let decision = verdict.decisions.iter().find(|decision| decision.key == key(field));
    decision.map_or("-".to_owned(), |decision| match decision.outcome {
        Outcome::Shared => "shared".to_owned(),
        Outcome::Reduced => format!("reduced: {}", decision.reason),
        Outcome::Withheld => format!("withheld: {}", decision.reason),
    })
}

fn table() -> String {
    let agreement = default_agreement(DocumentId::from_bytes([2; 16]));
    let mut table = String::from(
        "What leaves a chapter under the default agreement: each line of it alone, on a record with every field\n\
         filled. \"open\": the role is held, and the consent given where the line rests on consent. \"closed\": the\n\
         consent is missing, or, where the line rests on something else, the role is.\n",
    );
    for line in &agreement.lines {
        let article9 = line.article9.map_or("none".to_owned(), |article9| article9.to_string());
        let _ = write!(table, "\n{} | basis: {} | Art. 9(2): {article9}\n", line.purpose, line.basis);
        let (open, closed) = (open(line), closed(line));
        for &field in Field::ALL.iter().filter(|field| **field != Field::Conflict && !keeps_all_back(**field))
        {
            let category = format!("{:?}", field.category()).to_lowercase();
            let (open, closed) = (cell(&open, field), cell(&closed, field));
            let _ = writeln!(table, "  {field:<38}| {category:<13}| open {open:<36}| closed {closed}");
        }
    }
    table
}

/// The matrix as a lawyer reads it. Where a change of it is meant: HELHET_REWRITE=1 cargo nextest run golden_matrix.
#[test]
fn golden_matrix() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/gate/matrix.txt");
    let table = table();
    if std::env::var_os("HELHET_REWRITE").is_some() {
        std::fs::write(path, &table).unwrap();
    }
    let agreed = std::fs::read_to_string(path).unwrap_or_default();
    let first = table.lines().zip(agreed.lines()).find(|(now, agreed)| now != agreed);
    assert!(table == agreed, "the gate decides otherwise than gate/matrix.txt says; first: {first:?}");
}

// N5: no rule lets any of these out, whatever line is open.
#[test]
fn markers_in_withheld_fields_are_never_in_the_part() {
    for line in &default_agreement(DocumentId::from_bytes([2; 16])).lines {
        let part = open(line).part.unwrap();
        for (key, values) in part.content() {
            assert!(
                !key.starts_with("volunteer/") && !key.starts_with("peer/") && !key.starts_with("note/"),
                "{key}"
            );
            assert!(!values.iter().any(|value| written(value).contains(MARKER)), "{key}");
            assert!(
                !values.iter().any(|value| ["1963-05-11", "4711"].contains(&written(value).as_str())),
                "{key}"
            );
        }
        let nothing = closed(line);
        assert!(
            nothing.part.is_none(),
            "{} lets out {:?}",
            line.purpose,
            nothing.part.map(|part| part.content().keys().cloned().collect::<Vec<_>>())
        );
    }
}

#[test]
fn every_key_of_the_record_has_a_decision() {
    for line in &default_agreement(DocumentId::from_bytes([2; 16])).lines {
        let content = full(line.purpose.code(), role_of(line));
        let decided: Vec<String> = open(line).decisions.into_iter().map(|decision| decision.key).collect();
        for key in content.keys().filter(|key| !key.starts_with("conflict/")) {
            assert!(decided.contains(key), "{key}");
        }
    }
}

/// The same property by two paths: whatever the gate lets out passes the allowlist that the hub checks arrivals by.
#[test]
fn what_the_gate_lets_out_the_hub_takes() {
    use rand::{SeedableRng, rngs::StdRng};

    let mut rng = StdRng::seed_from_u64(7);
    for line in &default_agreement(DocumentId::from_bytes([2; 16])).lines {
        let part = open(line).part.unwrap();
        let mut document = Document::new(ActorId::random(&mut rng));
        for change in part.write_to(&mut document, &mut rng, chrono::DateTime::UNIX_EPOCH).unwrap() {
            let decoded = decode(change.as_bytes(), &Limits::default()).unwrap();
            assert_eq!(schema::check(Zone::Shared, Author::Chapter, &decoded), Ok(()), "{}", line.purpose);
        }
    }
}
