//! Whatever the record and the agreement: nothing leaves that the agreement's lines do not name with a valid basis.
//! The oracle reads raw keys and shares no code with the gate's lines.

use proptest::{collection::vec, prelude::*, sample::select};

use super::sample::{MARKER, keeps_all_back, key, supporter, today, value};
use crate::{
    command::confirm_sharing,
    document::{Content, Value},
    gate::{Agreement, AgreementLine, Sharing, default_agreement, gate, sharing},
    id::DocumentId,
    supporter::{Basis, Field, Purpose, Role, register::written},
};

const ENTRIES: [&str; 3] = ["AAAAAAAA", "BAAAAAAA", "CAAAAAAA"];

fn a_value(field: Field) -> impl Strategy<Value = Value> {
    let role = select(Role::ALL.to_vec());
    let purpose = select(Purpose::ALL.to_vec());
    (role, purpose, 0..10).prop_map(move |(role, purpose, dice)| match (field, dice) {
        (_, 0) => Value::from(format!("\u{7}{MARKER}")),
        (Field::RoleTo, 1..4) => "2020-01-01".into(),
        (Field::RoleFrom, 1) => "2030-01-01".into(),
        (Field::WithdrawalPurpose, _) => purpose.into(),
        (Field::WithdrawalRefused, 1..3) => true.into(),
        (Field::GrantBasis, 1..3) => "contract".into(),
        (Field::GrantConfirms, 1..6) => "AAAAAAAA,BAAAAAAA".into(),
        _ => value(field, purpose.code(), role),
    })
}

fn a_record() -> impl Strategy<Value = Content> {
    let fields: Vec<Field> = Field::ALL.iter().copied().filter(|field| !keeps_all_back(*field)).collect();
    let pair = select(fields)
        .prop_flat_map(|field| (Just(field), select(ENTRIES.to_vec()), vec(a_value(field), 1..3)));
    vec(pair, 0..60).prop_map(|pairs| {
        let mut content = Content::new();
        for (field, entry, mut values) in pairs {
            values.sort();
            values.dedup();
            content.insert(key(field).replacen("AAAAAAAA", entry, 1), values);
        }
        content
    })
}

fn an_agreement() -> impl Strategy<Value = Agreement> {
    let nameable: Vec<Field> =
        Field::ALL.iter().copied().filter(|field| sharing(*field) == Sharing::Nameable).collect();
    let line = (select(Purpose::ALL.to_vec()), select(Basis::ALL.to_vec()), vec(select(nameable), 1..12));
    vec(line, 0..5).prop_map(|lines| {
        let line = |(purpose, basis, fields): (_, _, Vec<Field>)| AgreementLine {
            purpose,
            basis,
            article9: None,
            fields: fields.into_iter().collect(),
        };
        Agreement {
            lines: lines.into_iter().map(line).collect(),
            ..default_agreement(DocumentId::from_bytes([2; 16]))
        }
    })
}

fn texts(content: &Content, key: &str) -> Vec<String> {
    content.get(key).into_iter().flatten().map(written).collect()
}

fn entries<'c>(content: &'c Content, prefix: &str, suffix: &str) -> Vec<&'c str> {
    let middle = |key: &'c String| key.strip_prefix(prefix)?.strip_suffix(suffix);
    content.keys().filter_map(middle).collect()
}

/// Consent by the letter: a grant for this purpose alone, on consent, that names every withdrawal of it.
fn consented(content: &Content, purpose: Purpose) -> bool {
    let withdrawn: Vec<&str> = entries(content, "withdrawal/", "/purpose")
        .into_iter()
        .filter(|entry| texts(content, &format!("withdrawal/{entry}/purpose")).contains(&purpose.to_string()))
        .collect();
    entries(content, "grant/", "/purpose").into_iter().any(|entry| {
        let of = |part: &str| texts(content, &format!("grant/{entry}/{part}"));
        let known = of("confirms");
        of("purpose") == [purpose.to_string()]
            && of("basis") == ["consent"]
            && withdrawn.iter().all(|withdrawal| {
                !known.is_empty() && known.iter().all(|list| list.split(',').any(|one| one == *withdrawal))
            })
    })
}

fn holds(content: &Content, purpose: Purpose) -> bool {
    entries(content, "role/", "/role").into_iter().any(|entry| {
        let of = |part: &str| texts(content, &format!("role/{entry}/{part}"));
        purpose.roles().iter().any(|role| of("role").contains(&role.to_string()))
            && !of("to").iter().any(|to| to != "2031-01-01")
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    // N5, P3
    #[test]
    fn nothing_leaves_that_no_line_names_with_a_valid_basis(record in a_record(), agreement in an_agreement()) {
        let verdict = gate(&supporter(&record), Some(&agreement), today());
        let Some(part) = verdict.part else { return Ok(()) };
        for (key, values) in part.content() {
            let (field, _) = Field::of_key(key).unwrap();
            let named = agreement.lines.iter().any(|line| {
                let consent = line.basis == Basis::Consent;
                let basis =
                    if consent { consented(&record, line.purpose) } else { holds(&record, line.purpose) };
                line.fields.contains(&field) && basis
            });
            prop_assert!(named || matches!(field, Field::Type | Field::Kind), "{key}");
            prop_assert!(!values.iter().any(|value| written(value).contains(MARKER)), "{key}");
        }
        let refused = entries(&record, "withdrawal/", "/purpose").into_iter().any(|entry| {
            texts(&record, &format!("withdrawal/{entry}/purpose")).contains(&"national_record".to_owned())
                && texts(&record, &format!("withdrawal/{entry}/refused")).contains(&"true".to_owned())
        });
        let confirmed_anew = supporter(&record).permissions.granted(Purpose::NationalRecord);
        prop_assert!(!refused || confirmed_anew);
    }

    // N14, P4: until a person confirms, whatever the record and the agreement say.
    #[test]
    fn nothing_leaves_that_awaits_confirmation(record in a_record(), agreement in an_agreement(), at in a_value(Field::Withheld)) {
        let mut record = record;
        record.insert(key(Field::Withheld), vec![at]);
        let withheld = supporter(&record);
        prop_assert!(gate(&withheld, Some(&agreement), today()).part.is_none());
        for edit in confirm_sharing(&withheld) {
            record.remove(&edit.key);
        }
        prop_assert!(!supporter(&record).is_withheld());
    }

    /// What a decision shows and what the part holds are one thing (N6).
    #[test]
    fn decisions_tell_what_the_part_holds(record in a_record(), agreement in an_agreement()) {
        let verdict = gate(&supporter(&record), Some(&agreement), today());
        let mut shown: Vec<String> = verdict.decisions.iter().filter_map(|decision| decision.shown.clone()).flatten().collect();
        let part = verdict.part.map(|part| part.content().clone()).unwrap_or_default();
        let mut held: Vec<String> = part.values().flatten().map(written).collect();
        shown.sort();
        held.sort();
        shown.dedup();
        held.dedup();
        prop_assert_eq!(shown, held);
    }
}
