use helhet_protocol::log::Change;
use helhet_shared::document::{Document, Edit};
use helhet_shared::id::{ActorId, DocumentId};

use super::{Plan, plan};
use crate::linking::Decision;
use crate::store::{StoreError, links, projections};
use crate::testing::{Device, Subject, TestHub, change, start};

fn send(test: &TestHub, device: &mut Device, changes: Vec<Change>) {
    let entry = device.entry(changes);
    assert_eq!(test.ingest(device, vec![entry]).unwrap().refused, 0);
}

fn tables(test: &TestHub) -> Vec<String> {
    test.hub.database().read(|tx| projections::dump(tx).map_err(StoreError::from)).unwrap()
}

/// Kari in two chapters and a stranger.
fn three_records(test: &TestHub) -> (Device, Device, Subject, Subject) {
    let (mut bergen, mut oslo) = (test.chapter("Bergen"), test.chapter("Oslo"));
    let kari = bergen.person("Kari", "Nordmann", "kari@post.example");
    let karis_twin = oslo.person("kari", "NORDMANN", "kari@post.example");
    let stranger = oslo.person("Per", "Hansen", "per@post.example");
    send(test, &mut bergen, vec![kari.first.clone()]);
    send(test, &mut oslo, vec![karis_twin.first.clone(), stranger.first.clone()]);
    (bergen, oslo, kari, karis_twin)
}

#[test]
fn one_supporter_of_two_chapters_is_one_line_with_both_sources() {
    // N4, S0.1
    let test = TestHub::new();
    let (_, _, kari, _) = three_records(&test);
    let listed = test.supporters();
    assert_eq!(listed.len(), 2);
    let record = listed.iter().find(|one| one["id"] == kari.id.to_string()).unwrap();
    let sources: Vec<_> =
        record["emails"][0]["sources"].as_array().unwrap().iter().map(|s| s["chapter"].clone()).collect();
    assert_eq!(sources, ["Bergen", "Oslo"]);
    assert_eq!(record["roles"].as_array().unwrap().len(), 2);
    assert_eq!(record["records"].as_array().unwrap().len(), 2);
}

#[test]
fn a_person_takes_a_link_back_and_makes_one_without_loss() {
    // N9, T32
    let test = TestHub::new();
    let (_, _, kari, twin) = three_records(&test);
    assert_eq!(test.supporters().len(), 2);
    let linked = tables(&test);
    test.hub.decide(kari.id, twin.id, Some(Decision::NotSame), "anne").unwrap();
    assert_eq!(test.supporters().len(), 3);
    assert!(test.hub.rebuild().unwrap(), "a decision outlives a rebuild");
    assert_eq!(test.supporters().len(), 3);
    test.hub.decide(kari.id, twin.id, None, "anne").unwrap();
    assert_eq!(tables(&test), linked);
    test.hub.decide(kari.id, twin.id, Some(Decision::Same), "anne").unwrap();
    assert_eq!(test.supporters().len(), 2);
}

fn planned(test: &TestHub) -> Plan {
    let hub = &test.hub;
    hub.database().read(|tx| plan(tx, hub.linker(), hub.office())).unwrap().expect("something waits")
}

fn stored(test: &TestHub, plan: &Plan) -> bool {
    test.hub.database().write(|tx| plan.store(tx)).unwrap()
}

fn queue(test: &TestHub, document: &DocumentId) {
    let queued = |tx: &rusqlite::Transaction<'_>| projections::queue(tx, document.as_bytes());
    test.hub.database().write(|tx| queued(tx).map_err(StoreError::from)).unwrap();
}

#[test]
fn a_plan_made_before_a_persons_decision_does_not_undo_it() {
    // N9
    let test = TestHub::new();
    let (_, _, kari, twin) = three_records(&test);
    assert_eq!(test.supporters().len(), 2);
    queue(&test, &kari.id);
    let stale = planned(&test);
    // Another thread records the decision and projects it, with what was queued before.
    test.hub.decide(kari.id, twin.id, Some(Decision::NotSame), "anne").unwrap();
    assert!(!stored(&test, &stale));
    assert_eq!(test.supporters().len(), 3);
    assert!(test.hub.rebuild().unwrap());
}

#[test]
fn a_plan_made_before_a_decision_is_never_shown_after_it_nor_takes_its_place_in_the_queue() {
    // N9
    let test = TestHub::new();
    let (_, _, kari, twin) = three_records(&test);
    assert_eq!(test.supporters().len(), 2);
    queue(&test, &kari.id);
    let (stale, other) = (planned(&test), planned(&test));
    assert!(stored(&test, &other), "nothing has happened in between");
    assert!(!stored(&test, &stale), "another process has done the same");
    // The queue was empty, so that the decision's rows bear the numbers of those that the plan has seen.
    test.hub
        .database()
        .write(|tx| {
            let pair = (kari.id.as_bytes(), twin.id.as_bytes());
            links::decide(tx, pair, Some(Decision::NotSame.code()), "anne", 0)?;
            projections::queue(tx, pair.0)?;
            projections::queue(tx, pair.1)?;
            Ok::<_, StoreError>(())
        })
        .unwrap();
    assert!(!stored(&test, &stale));
    let lag = test.hub.database().read(|tx| projections::lag(tx).map_err(StoreError::from)).unwrap();
    assert_eq!(lag, 2, "both wait");
    assert_eq!(test.supporters().len(), 3);
    assert!(test.hub.rebuild().unwrap());
}

#[test]
fn a_store_whose_roles_had_no_days_gets_them() {
    // S0.7
    let test = TestHub::new();
    three_records(&test);
    assert_eq!(test.supporters().len(), 2);
    let database = test.hub.database();
    let before = tables(&test);
    // As the version before this one left it.
    let of_before = "DROP TABLE supporter_roles;
        CREATE TABLE supporter_roles (supporter BLOB NOT NULL, role TEXT NOT NULL, PRIMARY KEY (role, supporter))
            STRICT, WITHOUT ROWID;
        INSERT INTO supporter_roles SELECT id, 'member' FROM supporters;
        ALTER TABLE projected RENAME COLUMN edition TO erasures;
        DROP TABLE fingerprints; DROP TABLE comparisons; DROP TABLE retired; DROP TABLE applicants;
        DROP TABLE members; DROP INDEX changes_of_epochs; DROP TABLE taken_away;
        DROP TABLE recovery_codes; DROP TABLE passkeys; DROP TABLE second_factors; DROP TABLE access_codes;
        DROP TABLE identities;
        DROP TABLE erased; DROP TABLE receipts; DROP TABLE held; DROP TABLE hidden;
        DROP TABLE corrections;
        CREATE TABLE corrections (document BLOB, chapter BLOB, outcome TEXT, looked_at INTEGER NOT NULL DEFAULT 0) STRICT;
        CREATE INDEX corrections_by_document ON corrections (document) WHERE outcome IS NULL;
        PRAGMA user_version = 4;";
    database.write(|tx| tx.execute_batch(of_before)).unwrap();
    crate::store::bring_up_to_date(database).unwrap();
    assert_eq!(test.supporters().len(), 2);
    assert_eq!(tables(&test), before);
    let dated = "SELECT count(*) FROM supporter_roles WHERE from_day = '2019-01-01' AND to_day IS NULL";
    let dated: i64 = database.write(|tx| tx.query_row(dated, [], |row| row.get(0))).unwrap();
    assert_eq!(dated, 2);
}

#[test]
fn projecting_step_by_step_and_rebuilding_give_the_same_tables() {
    let test = TestHub::new();
    let (mut bergen, mut oslo) = (test.chapter("Bergen"), test.chapter("Oslo"));
    let mut subjects: Vec<Subject> = Vec::new();
    for round in 0..30 {
        let device = if round % 2 == 0 { &mut bergen } else { &mut oslo };
        let subject = device.person(
            "Kari",
            &format!("Nordmann {}", round % 5),
            &format!("k{}@post.example", round % 7),
        );
        send(&test, device, vec![subject.first.clone()]);
        subjects.push(subject);
        if round % 3 == 0 {
            let device = if (round / 3) % 2 == 0 { &mut bergen } else { &mut oslo };
            let index = if (round / 3) % 2 == 0 { 0 } else { 1 };
            if let Some(subject) = subjects.get_mut(index) {
                let edit = subject.edit("email/AAAAAAAA", &format!("k{}@post.example", (round + 1) % 4));
                send(&test, device, vec![edit]);
            }
        }
        test.hub.project().unwrap();
    }
    test.retire(&bergen, &[bergen.tombstone(&subjects[0].id, u32::MAX)]).unwrap();
    test.hub.project().unwrap();
    assert!(test.hub.rebuild().unwrap());
}

#[test]
fn of_two_live_generations_only_what_both_say_is_shown() {
    let test = TestHub::new();
    let mut bergen = test.chapter("Bergen");
    let kari = bergen.person("Kari", "Nordmann", "kari@post.example");
    send(&test, &mut bergen, vec![kari.first.clone()]);
    test.retire(&bergen, &[bergen.tombstone(&kari.id, 2)]).unwrap();
    let mut narrowed = |seed: u8, keys: &[(&str, &str)]| {
        let next = kari.reborn(&mut bergen.rng, &[]);
        let edits: Vec<Edit> = keys.iter().map(|(key, value)| Edit::set(*key, *value)).collect();
        let mut document = Document::new(ActorId::from_bytes([seed; 16]));
        change(kari.id, next.generation, document.edit(&edits, start()).unwrap().0)
    };
    let one = narrowed(
        1,
        &[("type", "supporter"), ("name/given", "Kari"), ("email/AAAAAAAA", "kari@post.example")],
    );
    let two = narrowed(2, &[("type", "supporter"), ("name/given", "Kari"), ("name/family", "Nordmann")]);
    send(&test, &mut bergen, vec![one, two]);
    let shown = &test.supporters()[0];
    assert_eq!(shown["name"], serde_json::json!({ "given": "Kari" }));
    assert!(shown["emails"].as_array().unwrap().is_empty());
}

#[test]
fn a_chapters_own_documents_are_shown_with_the_chapter() {
    let test = TestHub::new();
    let mut bergen = test.chapter("Bergen");
    let figures = {
        let edits = [Edit::set("type", "chapter"), Edit::set("figure/volunteer", 12)];
        let mut document = Document::new(ActorId::from_bytes([4; 16]));
        let generation = helhet_protocol::log::Generation { number: 1, random: 1 };
        change(DocumentId::random(&mut bergen.rng), generation, document.edit(&edits, start()).unwrap().0)
    };
    send(&test, &mut bergen, vec![figures]);
    assert!(test.supporters().is_empty());
    let card = test
        .hub
        .database()
        .read(|tx| crate::read::chapter_card(tx, test.hub.office(), "Bergen"))
        .unwrap()
        .unwrap();
    assert_eq!(card.said[0]["figure/volunteer"], 12);
    assert_eq!(card.devices[0].entry, 1);
}

#[test]
fn a_change_that_fits_nowhere_is_refused_after_all() {
    // It rests on what is there and replaces a value that never was: made on another document of the same hash line.
    let test = TestHub::new();
    let mut bergen = test.chapter("Bergen");
    let mut kari = bergen.person("Kari", "Nordmann", "kari@post.example");
    send(&test, &mut bergen, vec![kari.first.clone()]);
    let generation = kari.generation;
    let twin_of_actor = |value: &str| {
        let mut document = Document::new(ActorId::from_bytes([8; 16]));
        document.edit(&[Edit::set("name/given", value)], start()).unwrap().0
    };
    let (one, two) = (twin_of_actor("A"), twin_of_actor("B"));
    send(&test, &mut bergen, vec![change(kari.id, generation, one)]);
    // The second of the same actor and number is put into the log past the checks, as a damaged store would have it.
    let entry = bergen.entry(vec![change(kari.id, generation, two)]);
    let before = bergen.head;
    assert!(before.is_some());
    let previous = entry.header().previous;
    let new =
        crate::log::new_entry(entry.entry(), &entry.position(), previous, entry.commitments(), |change| {
            match &change.body {
                helhet_protocol::log::Body::Open(body) => {
                    helhet_shared::sqlite::log::NewBody::Open(body.clone())
                }
                helhet_protocol::log::Body::Sealed(_) | helhet_protocol::log::Body::Absent { .. } => {
                    helhet_shared::sqlite::log::NewBody::Absent
                }
            }
        });
    test.hub
        .database()
        .write(|tx| {
            helhet_shared::sqlite::log::append(tx, &new, 0).unwrap();
            Ok::<_, StoreError>(())
        })
        .unwrap();
    let shown = test.supporters();
    assert_eq!(shown.len(), 1, "what fitted is still shown");
    let refused = test
        .hub
        .database()
        .read(|tx| Ok::<_, StoreError>(crate::store::quarantine::of_chapter(tx, bergen.chapter.as_bytes())?))
        .unwrap();
    assert_eq!(refused[0].rule, "unfit");
    let later = bergen.entry(vec![kari.edit("name/given", "Karin")]);
    assert_eq!(test.ingest(&bergen, vec![later]).unwrap().refused, 1, "the generation is frozen");
    assert!(test.hub.rebuild().unwrap());
}
