//! Contact details that both sides edit: taken over, in conflict, picked.
use rand::{SeedableRng, rngs::StdRng};

use super::sample::{content, supporter, today};
use crate::{
    command::pick,
    document::{Content, Edit},
    gate::{
        Correction, CorrectionError, Figures, ForShared, Source, beside, default_agreement, gate, mirror,
        remembered, returned,
    },
    id::DocumentId,
    supporter::{Role, value::Country},
};

const KEY: &str = "email/AAAAAAAA";

fn apply(content: &mut Content, edits: Vec<Edit>) {
    for edit in edits {
        match edit.value {
            Some(value) => content.insert(edit.key, vec![value]),
            None => content.remove(&edit.key),
        };
    }
}

fn record() -> Content {
    content(&[
        ("kind", "person".into()),
        (KEY, "own@epost.example".into()),
        ("role/AAAAAAAA/role", "member".into()),
    ])
}

#[test]
fn one_value_from_the_office_is_taken_over() {
    let mut chapter = record();
    apply(&mut chapter, mirror(&record(), &content(&[(KEY, "office@epost.example".into())])));
    assert_eq!(chapter[KEY], ["office@epost.example".into()]);
    assert!(mirror(&chapter, &content(&[(KEY, "office@epost.example".into())])).is_empty());
}

#[test]
fn several_stay_in_sight_until_a_person_picks() {
    let shared = content(&[(KEY, "own@epost.example".into()), (KEY, "office@epost.example".into())]);
    let mut chapter = record();
    apply(&mut chapter, mirror(&record(), &shared));
    let view = supporter(&chapter);
    assert_eq!(view.emails[0].value.values.len(), 2);
    assert_eq!(view.conflicts.len(), 1);
    assert_eq!(view.disputed().count(), 1);
    // The gate lets both out, so that there is nothing to write, and mirroring again changes nothing.
    let part = gate(&view, Some(&default_agreement(DocumentId::from_bytes([2; 16]))), today()).part.unwrap();
    assert_eq!(part.content()[KEY], shared[KEY]);
    assert!(mirror(&chapter, &shared).is_empty());
    // The pick settles it here, and goes out as one value.
    apply(&mut chapter, pick(&view, KEY, "office@epost.example").unwrap());
    let picked = supporter(&chapter);
    assert_eq!(picked.disputed().count(), 0);
    assert_eq!(picked.emails[0].value.text(), "office@epost.example");
}

// T21: a record made of what the office knows says the same, and so nothing goes out again.
#[test]
fn whom_only_the_office_remembers_is_on_record_with_all_that_it_knows() {
    let shared = content(&[
        ("type", "supporter".into()),
        ("kind", "person".into()),
        ("name/given", "Kari".into()),
        (KEY, "own@epost.example".into()),
        (KEY, "office@epost.example".into()),
        ("role/AAAAAAAA/role", "member".into()),
    ]);
    let mut chapter = Content::new();
    apply(&mut chapter, remembered(&shared).unwrap());
    let view = supporter(&chapter);
    assert_eq!(view.disputed().count(), 1, "both addresses are in sight");
    let part = gate(&view, Some(&default_agreement(DocumentId::from_bytes([2; 16]))), today()).part.unwrap();
    assert_eq!(part.content(), &shared);
    assert!(remembered(&content(&[("type", "figures".into())])).is_none());
    assert!(remembered(&Content::new()).is_none());
}

#[test]
fn only_mirrored_fields_come_back() {
    let shared = content(&[
        ("birth/year", 1950.into()),
        ("role/AAAAAAAA/role", "donor".into()),
        ("tag/AAAAAAAA", "x".into()),
    ]);
    assert!(mirror(&record(), &shared).is_empty());
}

#[test]
fn the_office_corrects_mirrored_fields_that_are_shared() {
    let shared = content(&[(KEY, "own@epost.example".into()), ("birth/year", 1950.into())]);
    let correct = |key: &str, text: &str| {
        Correction::new(&shared, &[(key.to_owned(), text.to_owned())], Source::Supporter, &Country::norway())
    };
    let edits = correct(KEY, " New@Epost.example ").unwrap().edits(&shared);
    assert_eq!(edits, [Edit::set(KEY, "new@epost.example")]);
    assert_eq!(correct("birth/year", "1951"), Err(CorrectionError::NotMirrored));
    assert_eq!(correct("note/AAAAAAAA/text", "x"), Err(CorrectionError::NotThere));
    assert_eq!(correct("phone/AAAAAAAA", "99840186"), Err(CorrectionError::NotThere));
    assert!(matches!(correct(KEY, "nobody"), Err(CorrectionError::Unreadable { .. })));
    assert!(correct(KEY, "own@epost.example").unwrap().edits(&shared).is_empty());
}

#[test]
fn figures_count_and_name_nobody() {
    let agreement = default_agreement(DocumentId::from_bytes([2; 16]));
    let mut rng = StdRng::seed_from_u64(5);
    let accepted =
        crate::gate::AcceptedAgreement::of(&agreement, true, &mut rng, chrono::DateTime::UNIX_EPOCH);
    let figures = Figures::of(2, [(Role::Member, 1), (Role::Volunteer, 1)], vec![accepted]);
    assert_eq!(
        (figures.supporters(), figures.holding(Role::Member), figures.holding(Role::Donor)),
        (2, 1, 0)
    );
    let mut chapter = Content::new();
    apply(&mut chapter, figures.edits(&Content::new()));
    assert!(figures.edits(&chapter).is_empty());
    assert_eq!(Figures::from_content(&chapter), figures);
    assert!(chapter.values().flatten().all(|value| value.as_text() != Some("own@epost.example")));
}

// T21: what another life of the store let out comes back, whatever it is; what the gate made of the record does not.
#[test]
fn what_only_the_chapter_can_have_said_comes_back_from_its_own_other_life() {
    let mut chapter = record();
    chapter.insert("birth/date".into(), vec!["1980-02-03".into()]);
    let shared = content(&[
        ("type", "supporter".into()),
        ("kind", "person".into()),
        ("birth/year", 1980.into()),
        (KEY, "office@epost.example".into()),
        ("role/AAAAAAAA/role", "member".into()),
        ("role/AAAAAAAA/kind", "youth".into()),
        ("grant/BBBBBBBB/purpose", "newsletter".into()),
    ]);
    let edits = returned(&chapter, &shared);
    assert_eq!(
        edits,
        [Edit::set("grant/BBBBBBBB/purpose", "newsletter"), Edit::set("role/AAAAAAAA/kind", "youth"),],
        "what the office may edit is not asked here"
    );
    apply(&mut chapter, edits);
    assert!(returned(&chapter, &shared).is_empty());

    let mut both = shared;
    both.insert("role/AAAAAAAA/kind".into(), vec!["honorary".into(), "youth".into()]);
    let edits = returned(&chapter, &both);
    assert!(edits.len() == 1 && edits[0].key.starts_with("conflict/role."), "both stay in sight: {edits:?}");
    apply(&mut chapter, edits);
    assert!(returned(&chapter, &both).is_empty());
}

// T21: of two documents that were begun apart neither is the newer.
#[test]
fn what_was_begun_apart_stands_beside_the_records_own() {
    let mut chapter = record();
    let shared = content(&[(KEY, "other@epost.example".into()), ("phone/BBBBBBBB", "+4791122333".into())]);
    let edits = beside(&chapter, &shared);
    assert_eq!(edits.len(), 2, "{edits:?}");
    assert!(edits[0].key.starts_with("conflict/email."), "{edits:?}");
    assert_eq!(edits[1], Edit::set("phone/BBBBBBBB", "+4791122333"));
    apply(&mut chapter, edits);
    assert!(beside(&chapter, &shared).is_empty());
}
