use automerge::legacy;
use proptest::{collection::vec, prelude::*};

use super::*;

fn actor(n: u8) -> ActorId {
    ActorId::from_bytes([n; 16])
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_376_543, 0).unwrap()
}

#[test]
fn an_edit_travels_and_survives_saving() {
    let mut here = Document::new(actor(1));
    let body = here.edit(&[Edit::set("name/given", "Kari"), Edit::set("birth/year", 1950)], now()).unwrap();
    let mut there = Document::new(actor(2));
    assert_eq!(there.apply(std::slice::from_ref(&body)).unwrap(), Applied { new: 1, known: 0 });
    assert_eq!(there.apply(&[body]).unwrap(), Applied { new: 0, known: 1 });
    assert_eq!(there.content(), here.content());
    assert_eq!(there.heads(), here.heads());
    let loaded = Document::load(&there.save(), actor(3)).unwrap();
    assert!(loaded.text("name/given").as_deref() == Some("Kari"));
    assert!(loaded.values("birth/year") == [Value::Int(1950)]);
}

#[test]
fn an_edit_that_changes_nothing_is_none() {
    let mut document = Document::new(actor(1));
    document.edit(&[Edit::set("a", "x")], now()).unwrap();
    assert!(document.edit(&[Edit::set("a", "x"), Edit::delete("b")], now()).is_none());
    assert!(document.edit(&[], now()).is_none());
}

#[test]
fn what_changed_when_is_remembered() {
    let mut document = Document::new(actor(1));
    document.edit(&[Edit::set("email/a", "x"), Edit::set("phone/a", "y")], now()).unwrap();
    document.edit(&[Edit::delete("phone/a")], now() + chrono::TimeDelta::days(1)).unwrap();
    let past = Document::load(&document.save(), actor(2)).unwrap().past();
    assert_eq!(
        past.iter().map(|past| past.keys.join(" ")).collect::<Vec<_>>(),
        ["email/a phone/a", "phone/a"]
    );
    assert_eq!(past[1].at - past[0].at, chrono::TimeDelta::days(1));
}

#[test]
fn concurrent_values_stay_in_sight_until_settled() {
    let mut left = Document::new(actor(1));
    let start = left.edit(&[Edit::set("email/a", "old")], now()).unwrap();
    let mut right = Document::new(actor(2));
    right.apply(&[start]).unwrap();
    let from_left = left.edit(&[Edit::set("email/a", "left")], now()).unwrap();
    let from_right = right.edit(&[Edit::set("email/a", "right")], now()).unwrap();
    left.apply(&[from_right]).unwrap();
    right.apply(&[from_left]).unwrap();
    assert!(left.values("email/a") == [Value::from("left"), Value::from("right")]);
    assert_eq!(left.content(), right.content());
    assert_eq!(left.text("email/a"), None);
    let settled = left.edit(&[Edit::set("email/a", "left")], now()).unwrap();
    right.apply(&[settled]).unwrap();
    assert!(right.values("email/a") == [Value::from("left")]);
}

#[test]
fn a_change_without_what_it_builds_on_is_refused_and_not_kept() {
    let mut here = Document::new(actor(1));
    here.edit(&[Edit::set("a", "1")], now()).unwrap();
    let second = here.edit(&[Edit::set("a", "2")], now()).unwrap();
    let mut there = Document::new(actor(2));
    assert!(matches!(there.apply(&[second]), Err(DocumentError::MissingDependency)));
    assert!(there.heads().is_empty());
    assert!(there.content().is_empty());
}

/// One step in the life of some replicas: an edit on one, or one taking in all that another has.
#[derive(Clone, Debug)]
enum Step {
    Edit(usize, Vec<Edit>),
    Meet(usize, usize),
}

fn any_steps() -> impl Strategy<Value = Vec<Step>> {
    let value = prop_oneof![
        (0i64..3).prop_map(Value::Int),
        any::<bool>().prop_map(Value::Bool),
        "[xy]".prop_map(Value::Text)
    ];
    let edit = ("[a-c]", proptest::option::weighted(0.7, value)).prop_map(|(key, value)| Edit { key, value });
    let step = prop_oneof![
        (0..3usize, vec(edit, 1..4)).prop_map(|(at, edits)| Step::Edit(at, edits)),
        (0..3usize, 0..3usize).prop_map(|(from, to)| Step::Meet(from, to)),
    ];
    vec(step, 1..25)
}

/// Plays the steps on three replicas; gives them and the log of each, in its own order of arrival.
fn play(steps: &[Step]) -> (Vec<Document>, Vec<Vec<ChangeBody>>) {
    let mut documents: Vec<_> = (1..=3).map(|n| Document::new(actor(n))).collect();
    let mut logs = vec![Vec::new(); 3];
    for step in steps {
        match step {
            Step::Edit(at, edits) => logs[*at].extend(documents[*at].edit(edits, now())),
            Step::Meet(from, to) => {
                let arriving: Vec<_> =
                    logs[*from].iter().filter(|body| !logs[*to].contains(body)).cloned().collect();
                documents[*to].apply(&arriving).unwrap();
                logs[*to].extend(arriving);
            }
        }
    }
    (documents, logs)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Replicas that have the same changes are the same, whatever the order of arrival; storing loses nothing.
    #[test]
    fn documents_converge(steps in any_steps()) {
        let (mut documents, logs) = play(&steps);
        for (at, document) in documents.iter_mut().enumerate() {
            for other in [(at + 1) % 3, (at + 2) % 3] {
                document.apply(&logs[other]).unwrap();
            }
        }
        for document in &documents {
            prop_assert!(document.content() == documents[0].content());
            prop_assert_eq!(document.heads(), documents[0].heads());
            let loaded = Document::load(&document.save(), actor(9)).unwrap();
            prop_assert!(loaded.content() == document.content());
            prop_assert_eq!(loaded.heads(), document.heads());
            prop_assert_eq!(loaded.save(), document.save());
        }
    }

    /// Content is what its keys say one by one, sorted, without doubles and never empty, and writing it back changes nothing.
    #[test]
    fn content_is_in_one_form(steps in any_steps()) {
        let (mut documents, _) = play(&steps);
        for document in &mut documents {
            let content = document.content();
            let keys = ["a", "b", "c"];
            let one_by_one = keys.map(|key| (key.to_owned(), document.values(key)));
            let set = one_by_one.into_iter().filter(|(_, values)| !values.is_empty());
            prop_assert_eq!(&content, &set.collect());
            prop_assert!(content.values().all(|values| !values.is_empty() && values.is_sorted_by(|a, b| a < b)));
            let settled = content.iter().filter(|(_, values)| values.len() == 1);
            let same: Vec<_> = settled.map(|(key, values)| Edit::set(key.as_str(), values[0].clone())).collect();
            prop_assert!(document.edit(&same, now()).is_none());
            let settle: Vec<_> =
                content.iter().map(|(key, values)| Edit::set(key.as_str(), values[0].clone())).collect();
            document.edit(&settle, now());
            prop_assert!(document.content().values().all(|values| values.len() == 1));
        }
    }

    /// A change that our reader takes but no honest program would have made is refused, or does no harm: the
    /// document can still be edited, saved and loaded.
    #[test]
    fn a_forged_change_does_no_harm(
        steps in any_steps(),
        seq in 0u64..4, start_op in 1u64..12, actor_number in 1u8..6, all_heads: bool,
        operations in vec(("[a-c]", proptest::option::of(0i64..3), vec((1u64..12, 1u8..6), 0..3)), 1..3),
    ) {
        let (mut documents, _) = play(&steps);
        let document = &mut documents[0];
        let forged = automerge::Change::from(automerge::ExpandedChange {
            operations: operations.into_iter().map(|(key, value, replaced)| legacy::Op {
                action: value.map_or(legacy::OpType::Delete, |value| legacy::OpType::Put(ScalarValue::Int(value))),
                obj: legacy::ObjectId::Root,
                key: legacy::Key::Map(key.as_str().into()),
                pred: replaced.iter().map(|(counter, n)| legacy::OpId::new(*counter, &automerge_actor(actor(*n)))).collect(),
                insert: false,
            }).collect(),
            actor_id: automerge_actor(actor(actor_number)),
            hash: None,
            seq,
            start_op: std::num::NonZeroU64::new(start_op).unwrap(),
            time: 0,
            message: None,
            deps: document.heads().into_iter().take(if all_heads { 9 } else { 1 }).map(automerge::ChangeHash).collect(),
            extra_bytes: Vec::new(),
            author: None,
        });
        let before = document.save();
        let Ok(decoded) = decode(forged.raw_bytes(), &Limits::WIRE) else { return Ok(()) };
        if document.apply_decoded([&decoded]).is_err() {
            prop_assert_eq!(document.save(), before);
        }
        document.edit(&[Edit::set("a", "still here")], now());
        let loaded = Document::load(&document.save(), actor(9)).unwrap();
        prop_assert!(loaded.content() == document.content());
    }
}

#[test]
fn a_refused_batch_leaves_nothing_behind() {
    let mut here = Document::new(actor(1));
    let first = here.edit(&[Edit::set("a", 1)], now()).unwrap();
    here.edit(&[Edit::set("a", 2)], now()).unwrap();
    let third = here.edit(&[Edit::set("a", 3)], now()).unwrap();
    let mut there = Document::new(actor(2));
    assert!(matches!(there.apply(&[first, third]), Err(DocumentError::MissingDependency)));
    assert!(there.content().is_empty() && there.heads().is_empty());
}

#[test]
fn a_stored_document_with_orphans_is_not_loaded() {
    // Data protection, fact 5: automerge saves changes whose dependencies are missing.
    let mut here = Document::new(actor(1));
    here.edit(&[Edit::set("a", 1)], now()).unwrap();
    let orphan = here.edit(&[Edit::set("a", 2)], now()).unwrap();
    let mut there = Document::new(actor(2));
    there.edit(&[Edit::set("b", 1)], now()).unwrap();
    there.automerge.apply_changes([automerge::Change::from_bytes(orphan.0).unwrap()]).unwrap();
    let with_orphan = there.automerge.save();
    assert!(matches!(Document::load(&with_orphan, actor(3)), Err(DocumentError::MissingDependency)));
    assert!(Document::load(&there.save(), actor(3)).is_ok());
}

#[test]
fn nothing_personal_is_printed() {
    let mut document = Document::new(actor(1));
    let edit = Edit::set("name/given", "Kari");
    let body = document.edit(std::slice::from_ref(&edit), now()).unwrap();
    let decoded = decode(body.as_bytes(), &Limits::WIRE).unwrap();
    for printed in [format!("{edit:?}"), format!("{body:?}"), format!("{decoded:?}"), format!("{document:?}")]
    {
        assert!(!printed.contains("Kari"), "{printed}");
    }
}
