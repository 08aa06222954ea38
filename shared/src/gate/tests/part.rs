//! The shared part: differences to the document, narrowing, and what no record may leak.
use chrono::DateTime;
use proptest::prelude::*;
use rand::{SeedableRng, rngs::StdRng};

use super::sample::{content, supporter, today};
use crate::{
    document::{Content, Document, Value},
    gate::{ForShared, SharedPart, default_agreement, gate, narrowing},
    id::{ActorId, DocumentId},
};

fn part(record: &Content) -> Option<SharedPart> {
    gate(&supporter(record), Some(&default_agreement(DocumentId::from_bytes([2; 16]))), today()).part
}

fn member() -> Content {
    content(&[
        ("type", "supporter".into()),
        ("kind", "person".into()),
        ("name/given", "Kari".into()),
        ("email/AAAAAAAA", "kari@epost.example".into()),
        ("role/AAAAAAAA/role", "member".into()),
        ("grant/AAAAAAAA/purpose", "newsletter".into()),
        ("grant/AAAAAAAA/basis", "consent".into()),
    ])
}

fn written(record: &Content) -> Content {
    part(record).unwrap().content().clone()
}

#[test]
fn an_equal_document_is_not_written() {
    let shared = written(&member());
    assert!(part(&member()).unwrap().edits(&shared).is_empty());
    assert!(!narrowing(&shared, part(&member()).as_ref()));
}

#[test]
fn a_new_value_of_a_shared_key_is_an_ordinary_change() {
    let mut record = member();
    record.insert("email/AAAAAAAA".to_owned(), vec!["kari.n@epost.example".into()]);
    let shared = written(&member());
    assert!(!narrowing(&shared, part(&record).as_ref()));
    let edits = part(&record).unwrap().edits(&shared);
    assert_eq!(edits.len(), 1);
    assert_eq!(edits[0].key, "email/AAAAAAAA");
}

// P4, N14
#[test]
fn letting_out_less_is_narrowing() {
    let shared = written(&member());
    let mut cases: Vec<(&str, Content)> = Vec::new();
    let mut deleted = member();
    deleted.remove("email/AAAAAAAA");
    cases.push(("an address deleted", deleted));
    let mut unreadable = member();
    unreadable.insert("email/AAAAAAAA".to_owned(), vec!["kari at epost".into()]);
    cases.push(("an address that can no longer be read", unreadable));
    let mut withdrawn = member();
    withdrawn.insert("withdrawal/BAAAAAAA/purpose".to_owned(), vec!["newsletter".into()]);
    cases.push(("a consent withdrawn while the member line shares the same fields", withdrawn));
    let mut refused = member();
    refused.insert("withdrawal/BAAAAAAA/purpose".to_owned(), vec!["national_record".into()]);
    refused.insert("withdrawal/BAAAAAAA/refused".to_owned(), vec![true.into()]);
    cases.push(("a no", refused));
    let mut ended = member();
    ended.insert("role/AAAAAAAA/to".to_owned(), vec!["2026-11-22".into()]);
    cases.push(("a role ended", ended));
    for (what, record) in cases {
        assert!(narrowing(&shared, part(&record).as_ref()), "{what}");
    }
    assert!(!narrowing(&Content::new(), None));
}

#[test]
fn a_key_of_a_newer_version_is_no_narrowing_and_is_left_alone() {
    let mut shared = written(&member());
    shared.insert("pronoun".to_owned(), vec!["hun".into()]);
    let part = part(&member()).unwrap();
    assert!(!narrowing(&shared, Some(&part)));
    assert!(part.edits(&shared).is_empty());
}

// T23
#[test]
fn a_register_in_conflict_lets_out_all_its_values() {
    let mut record = member();
    record.insert("email/AAAAAAAA".to_owned(), vec!["a@epost.example".into(), "b@epost.example".into()]);
    let part = part(&record).unwrap();
    let mut rng = StdRng::seed_from_u64(3);
    let mut shared = Document::new(ActorId::random(&mut rng));
    let changes = part.write_to(&mut shared, &mut rng, DateTime::UNIX_EPOCH).unwrap();
    assert_eq!(changes.len(), 2);
    assert_eq!(&shared.content(), part.content());
    assert!(part.write_to(&mut shared, &mut rng, DateTime::UNIX_EPOCH).unwrap().is_empty());
    let mut elsewhere = Document::new(ActorId::random(&mut rng));
    elsewhere.apply(&changes).unwrap();
    assert_eq!(elsewhere.content(), shared.content());
}

#[test]
fn a_role_of_two_that_goes_no_more_is_narrowing() {
    let key = "role/AAAAAAAA/role".to_owned();
    let part = |values: &[&str]| {
        SharedPart::of([(key.clone(), values.iter().map(|value| Value::from(*value)).collect())].into_iter())
    };
    let both = content(&[(&key, "member".into()), (&key, "volunteer".into())]);
    assert!(narrowing(&both, part(&["member"]).as_ref()));
    assert!(!narrowing(&both, part(&["member", "volunteer"]).as_ref()));
    assert!(!narrowing(&content(&[(&key, "member".into())]), part(&["member", "volunteer"]).as_ref()));
}

fn any_conflicts() -> impl Strategy<Value = Content> {
    let values = prop::collection::btree_set(prop::sample::select(vec!["a", "b", "c"]), 1..4);
    let values = values.prop_map(|values| values.into_iter().map(Value::from).collect::<Vec<_>>());
    prop::collection::btree_map(prop::sample::select(KEYS.to_vec()).prop_map(str::to_owned), values, 0..4)
}

const KEYS: [&str; 3] = ["email/AAAAAAAA", "name/given", "phone/AAAAAAAA"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever stands in the document, and in whichever order values were put there.
    #[test]
    fn what_is_written_is_the_part_and_written_once(before in prop::collection::vec(any_conflicts(), 0..3), wanted in any_conflicts()) {
        let mut rng = StdRng::seed_from_u64(5);
        let mut document = Document::new(ActorId::random(&mut rng));
        for part in before.into_iter().chain([wanted]) {
            let Some(part) = SharedPart::of(part.into_iter()) else { continue };
            let known = document.heads();
            let changes = part.write_to(&mut document, &mut rng, DateTime::UNIX_EPOCH).unwrap();
            prop_assert_eq!(&document.content(), part.content());
            prop_assert!(part.write_to(&mut document, &mut rng, DateTime::UNIX_EPOCH).unwrap().is_empty());
            prop_assert_eq!(changes.is_empty(), known == document.heads());
        }
    }
}
