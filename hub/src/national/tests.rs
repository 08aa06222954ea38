use chrono::{DateTime, TimeDelta, Utc};
use helhet_protocol::log::{Body, ChangeKind, EntryHeader};
use helhet_shared::document::{ChangeBody, Content, Value};
use helhet_shared::gate::Source as From;
use helhet_shared::id::DocumentId;
use helhet_shared::sqlite::log as stored;
use helhet_shared::zone::Zone;

use super::{Correction, Holder, Moments, Part, combine};
use crate::log::{own, to_stored_log};
use crate::store::StoreError;
use crate::testing::{Device, Subject, TestHub, start};

fn part(record: u8, chapter: &str, at: DateTime<Utc>, values: &[(&str, &str)]) -> Part {
    let holder = Holder::Chapter(chapter.into());
    let mut content = Content::new();
    let mut moments = Moments::new();
    for (key, value) in values {
        let value = match value.parse::<i64>() {
            Ok(number) if *key == "birth/year" => Value::Int(number),
            _ => Value::from(*value),
        };
        content.entry((*key).into()).or_default().push(value.clone());
        moments.insert(((*key).into(), value), (at, holder.clone()));
    }
    Part { record: DocumentId::from_bytes([record; 16]), holder, content, moments }
}

fn json(parts: &[Part]) -> serde_json::Value {
    serde_json::to_value(combine(DocumentId::from_bytes([1; 16]), parts).unwrap()).unwrap()
}

#[test]
fn of_several_ends_of_a_role_the_one_that_closes_it_is_shown() {
    // S0.7: two devices ended it while apart, and a third wrote what is no day
    let told = |to: &[&str]| {
        let mut said = vec![("role/a/role", "member"), ("role/a/from", "2019-01-01")];
        said.extend(to.iter().map(|to| ("role/a/to", *to)));
        let national = json(&[part(1, "Bergen", start(), &said)]);
        let current = crate::read::current_roles(&national, start().date_naive()).len();
        (national["roles"][0]["to"].as_str().map(str::to_owned), current)
    };
    assert_eq!(told(&[]), (None, 1));
    assert_eq!(told(&["2026-11-22", "2027-01-01"]), (Some("2026-11-22".into()), 0));
    assert_eq!(told(&["2027-02-01", "2027-01-01"]), (Some("2027-01-01".into()), 1));
    assert_eq!(told(&["2027-02-01", "soon"]), (Some("soon".into()), 0));
}

#[test]
fn the_best_value_follows_the_stated_rules() {
    let later = start() + TimeDelta::days(1);
    let record = json(&[
        part(
            1,
            "Bergen",
            start(),
            &[("name/given", "Kari"), ("birth/year", "1960"), ("email/a", "kari@post.example")],
        ),
        part(
            2,
            "Oslo",
            start(),
            &[("name/given", "Kari"), ("birth/date", "1960-03-04"), ("email/b", "Kari@post.example")],
        ),
        part(
            3,
            "Tromsø",
            later,
            &[("name/given", "Karin"), ("email/c", "new@post.example"), ("x/y", "carried")],
        ),
    ]);
    assert_eq!(record["name"]["given"], "Kari", "what most chapters hold");
    assert_eq!(record["birth"], serde_json::json!({ "date": "1960-03-04" }), "a date before a year");
    let emails: Vec<_> = record["emails"].as_array().unwrap().iter().map(|email| &email["value"]).collect();
    assert_eq!(emails, ["new@post.example", "kari@post.example"], "said last comes first, each once");
    assert_eq!(
        record["emails"][1]["sources"][0],
        serde_json::json!({ "chapter": "Bergen", "at": "2026-11-22T12:00:00Z" })
    );
    assert_eq!(record["more"]["x/y"][0]["value"], "carried", "nothing is dropped");
}

#[test]
fn several_values_of_one_key_are_a_conflict_in_sight() {
    let mut disputed = part(
        1,
        "Bergen",
        start(),
        &[("name/family", "Solberg"), ("name/family", "Dahl"), ("address/AAAAAAAA/street", "Veien 1")],
    );
    let corrected = Value::from("Veien 2");
    disputed.content.entry("address/AAAAAAAA/street".into()).or_default().push(corrected.clone());
    disputed.moments.insert(
        ("address/AAAAAAAA/street".into(), corrected),
        (start() + TimeDelta::days(1), Holder::Office),
    );
    let other = part(2, "Oslo", start(), &[("name/family", "Moen"), ("email/b", "kari@post.example")]);
    let record = json(&[disputed, other]);
    let conflicts = record["conflicts"].as_array().unwrap();
    let fields: Vec<_> = conflicts.iter().map(|conflict| &conflict["field"]).collect();
    assert_eq!(fields, ["address/*/street", "name/family"], "what two chapters say apart is no conflict");
    assert_eq!(
        conflicts[0]["values"],
        serde_json::json!([
            { "value": "Veien 2", "sources": [{ "chapter": "office", "at": "2026-11-23T12:00:00Z" }] },
            { "value": "Veien 1", "sources": [{ "chapter": "Bergen", "at": "2026-11-22T12:00:00Z" }] },
        ])
    );
    let names: Vec<_> =
        conflicts[1]["values"].as_array().unwrap().iter().map(|value| &value["value"]).collect();
    assert_eq!(names, ["Dahl", "Solberg"]);
}

#[test]
fn the_record_does_not_depend_on_the_order_of_its_parts() {
    let mut parts = vec![
        part(1, "Bergen", start(), &[("name/given", "Anne"), ("phone/a", "+4799999999")]),
        part(2, "Oslo", start(), &[("name/given", "Ann"), ("phone/b", "+4788888888")]),
    ];
    let before = json(&parts);
    parts.reverse();
    assert_eq!(json(&parts), before);
}

/// The correction's change in the hub's log for a chapter, if there is one.
fn corrections(test: &TestHub, device: &Device) -> Vec<(EntryHeader, Vec<u8>)> {
    let own = test.hub.office().key.public().0;
    let feed = test
        .hub
        .database()
        .read(|tx| {
            let chapter = device.chapter.as_bytes();
            Ok::<_, StoreError>(stored::feed(
                tx,
                chapter,
                Zone::Shared.code(),
                &Default::default(),
                0,
                1000,
                usize::MAX,
            )?)
        })
        .unwrap();
    feed.entries
        .into_iter()
        .filter(|entry| entry.log.author == own)
        .flat_map(|entry| {
            let header = crate::log::header(&entry.header).unwrap();
            entry
                .changes
                .into_iter()
                .filter(|change| change.kind == ChangeKind::Automerge.code())
                .filter_map(move |change| Some((header.clone(), change.body?)))
        })
        .collect()
}

fn send(test: &TestHub, device: &mut Device, subject: &Subject) {
    let entry = device.entry(vec![subject.first.clone()]);
    assert_eq!(test.ingest(device, vec![entry]).unwrap().refused, 0);
}

fn email(value: &str) -> Correction {
    Correction {
        field: "email".into(),
        value: value.into(),
        replaces: None,
        source: From::Supporter,
        login: "anne".into(),
    }
}

#[test]
fn a_correction_goes_to_each_chapter_that_holds_the_supporter_and_no_other() {
    // T6
    let test = TestHub::new();
    let (mut bergen, mut oslo) = (test.chapter("Bergen"), test.chapter("Oslo"));
    let tromso = test.chapter("Tromso");
    let (mut kari, twin) = (
        bergen.person("Kari", "Nordmann", "kari@post.example"),
        oslo.person("Kari", "Nordmann", "kari@post.example"),
    );
    send(&test, &mut bergen, &kari);
    send(&test, &mut oslo, &twin);
    test.supporters();
    let outcome = test.hub.correct(kari.id, &email("new@post.example")).unwrap();
    assert_eq!(outcome.chapters.len(), 2);
    assert!(corrections(&test, &tromso).is_empty());
    let (_, body) = corrections(&test, &bergen).pop().unwrap();
    kari.document.apply(&[ChangeBody(body)]).unwrap();
    assert_eq!(kari.document.text("email/AAAAAAAA").as_deref(), Some("new@post.example"));
    let shown = &test.supporters()[0]["emails"];
    assert_eq!(shown[0]["value"], "new@post.example");
    assert_eq!(shown[0]["sources"][0]["chapter"], "office");
    // The chapter goes on from the correction.
    let next = kari.edit("email/AAAAAAAA", "own@post.example");
    let entry = bergen.entry(vec![next]);
    assert_eq!(test.ingest(&bergen, vec![entry]).unwrap().refused, 0);
}

#[test]
fn a_correction_is_written_again_when_a_new_generation_lacks_it() {
    // design 4, Narrowing
    let test = TestHub::new();
    let mut bergen = test.chapter("Bergen");
    let kari = bergen.person("Kari", "Nordmann", "kari@post.example");
    send(&test, &mut bergen, &kari);
    test.supporters();
    test.hub.correct(kari.id, &email("new@post.example")).unwrap();
    test.retire(&bergen, &[bergen.tombstone(&kari.id, 2)]).unwrap();
    let reborn = kari.reborn(&mut bergen.rng, &[]);
    send(&test, &mut bergen, &reborn);
    assert_eq!(test.supporters()[0]["emails"][0]["value"], "new@post.example");
    assert_eq!(corrections(&test, &bergen).len(), 1, "the older one went with its generation");
    test.hub.project().unwrap();
    assert_eq!(corrections(&test, &bergen).len(), 1, "and only once");
    assert!(test.hub.rebuild().unwrap());
}

#[test]
fn a_correction_is_looked_at_when_there_is_news_of_it_and_not_before() {
    // S0.17, T21: one that a sleeping chapter has not answered costs those who are awake nothing
    let test = TestHub::new();
    let mut bergen = test.chapter("Bergen");
    let kari = bergen.person("Kari", "Nordmann", "kari@post.example");
    send(&test, &mut bergen, &kari);
    test.supporters();
    test.hub.correct(kari.id, &email("new@post.example")).unwrap();
    assert_eq!(outcomes(&test, kari.id), [None]);
    let due = || {
        let due = |tx: &rusqlite::Transaction<'_>| crate::store::corrections::documents_due(tx, 9);
        test.hub.database().read(|tx| Ok::<_, StoreError>(due(tx)?)).unwrap().len()
    };
    assert_eq!(due(), 0, "it waits, and nothing has come since");
    acknowledge(&test, &bergen);
    assert_eq!(due(), 1);
    assert_eq!(outcomes(&test, kari.id), [Some("shown".into())]);
    assert_eq!(due(), 0);
    let other = bergen.person("Ola", "Nordmann", "ola@post.example");
    send(&test, &mut bergen, &other);
    test.hub.project().unwrap();
    assert_eq!(due(), 0, "another's record says nothing of it");
}

#[test]
fn what_is_not_shared_cannot_be_corrected_and_nonsense_is_not_sent() {
    let test = TestHub::new();
    let mut bergen = test.chapter("Bergen");
    let kari = bergen.person("Kari", "Nordmann", "kari@post.example");
    send(&test, &mut bergen, &kari);
    test.supporters();
    let phone = Correction { field: "phone".into(), value: "+4799999999".into(), ..email("") };
    assert_eq!(test.hub.correct(kari.id, &phone).unwrap().not_shared, 1);
    test.hub.correct(kari.id, &email("not an address")).unwrap_err();
    test.hub.correct(kari.id, &Correction { field: "note".into(), ..email("x") }).unwrap_err();
    assert!(corrections(&test, &bergen).is_empty());
    let Body::Open(_) = &kari.first.body else { panic!("open") };
}

/// The chapter's device has everything that the hub wrote for it.
fn acknowledge(test: &TestHub, device: &Device) {
    let log = own(test.hub.office(), *device.chapter.as_bytes(), Zone::Shared);
    let noted = test.hub.database().write(|tx| {
        let position = crate::log::position(tx, &log)?.unwrap();
        let held = stored::LogPosition { sequence: position.sequence, hash: position.hash };
        stored::acknowledge(tx, &device.key.public().0, &to_stored_log(&log), held, 0)?;
        Ok::<_, StoreError>(crate::store::corrections::chapter_heard(tx, device.chapter.as_bytes())?)
    });
    noted.unwrap();
}

/// What became of the corrections of a record, newest first.
fn outcomes(test: &TestHub, record: DocumentId) -> Vec<Option<String>> {
    test.hub.project().unwrap();
    let rows = test
        .hub
        .database()
        .read(|tx| Ok::<_, StoreError>(crate::store::corrections::of_record(tx, record.as_bytes())?));
    rows.unwrap().into_iter().map(|(_, outcome)| outcome).collect()
}

fn waiting(test: &TestHub) -> usize {
    let overview = test
        .hub
        .database()
        .read(|tx| crate::read::overview(tx, test.hub.office(), 0, start().date_naive()))
        .unwrap();
    overview.chapters.iter().map(|chapter| chapter.corrections).sum()
}

#[test]
fn a_correction_is_accepted_when_the_chapter_has_it_and_shows_it() {
    let test = TestHub::new();
    let mut bergen = test.chapter("Bergen");
    let mut kari = bergen.person("Kari", "Nordmann", "kari@post.example");
    send(&test, &mut bergen, &kari);
    test.supporters();
    test.hub.correct(kari.id, &email("new@post.example")).unwrap();
    assert_eq!((outcomes(&test, kari.id), waiting(&test)), (vec![None], 1), "nobody has it yet");
    acknowledge(&test, &bergen);
    assert_eq!((outcomes(&test, kari.id), waiting(&test)), (vec![Some("shown".into())], 0));
    // What the chapter writes later is its own matter.
    kari.document.apply(&[ChangeBody(corrections(&test, &bergen).pop().unwrap().1)]).unwrap();
    let next = kari.edit("email/AAAAAAAA", "later@post.example");
    let entry = bergen.entry(vec![next]);
    test.ingest(&bergen, vec![entry]).unwrap();
    assert_eq!(outcomes(&test, kari.id), [Some("shown".to_owned())]);
}

// N4: what the chapter took is not said to wait again because another value of the same record was corrected since.
#[test]
fn a_correction_that_was_taken_stays_so_while_another_is_on_its_way() {
    let test = TestHub::new();
    let mut bergen = test.chapter("Bergen");
    let kari = bergen.person("Kari", "Nordmann", "kari@post.example");
    send(&test, &mut bergen, &kari);
    test.supporters();
    test.hub.correct(kari.id, &email("new@post.example")).unwrap();
    acknowledge(&test, &bergen);
    assert_eq!(outcomes(&test, kari.id), [Some("shown".to_owned())]);
    let name = Correction { field: "family".into(), value: "Moen".into(), ..email("") };
    test.hub.correct(kari.id, &name).unwrap();
    assert_eq!((outcomes(&test, kari.id), waiting(&test)), (vec![None, Some("shown".into())], 1));
    acknowledge(&test, &bergen);
    assert_eq!(outcomes(&test, kari.id), [Some("shown".to_owned()), Some("shown".to_owned())]);
}

#[test]
fn a_correction_that_meets_another_value_waits_for_the_chapters_pick() {
    for (picked, outcome) in [("new@post.example", "shown"), ("own@post.example", "rejected")] {
        let test = TestHub::new();
        let mut bergen = test.chapter("Bergen");
        let mut kari = bergen.person("Kari", "Nordmann", "kari@post.example");
        send(&test, &mut bergen, &kari);
        test.supporters();
        test.hub.correct(kari.id, &email("new@post.example")).unwrap();
        // The chapter wrote another one before it had the correction; it arrives after the acknowledgement.
        let meanwhile = kari.edit("email/AAAAAAAA", "own@post.example");
        acknowledge(&test, &bergen);
        outcomes(&test, kari.id);
        let entry = bergen.entry(vec![meanwhile]);
        test.ingest(&bergen, vec![entry]).unwrap();
        assert_eq!((outcomes(&test, kari.id), waiting(&test)), (vec![None], 1), "two values stand");
        kari.document.apply(&[ChangeBody(corrections(&test, &bergen).pop().unwrap().1)]).unwrap();
        let pick = kari.edit("email/AAAAAAAA", picked);
        let entry = bergen.entry(vec![pick]);
        test.ingest(&bergen, vec![entry]).unwrap();
        assert_eq!((outcomes(&test, kari.id), waiting(&test)), (vec![Some(outcome.to_owned())], 0));
        assert_eq!(outcomes(&test, kari.id), [Some(outcome.to_owned())], "and it stays so");
        assert_eq!(corrections(&test, &bergen).len(), 1, "it is not written again");
    }
}

#[test]
fn a_correction_of_a_frozen_part_waits_for_its_next_generation() {
    let test = TestHub::new();
    let mut bergen = test.chapter("Bergen");
    let mut kari = bergen.person("Kari", "Nordmann", "kari@post.example");
    send(&test, &mut bergen, &kari);
    test.supporters();
    test.hub.correct(kari.id, &email("new@post.example")).unwrap();
    let forbidden = kari.edit("note/AAAAAAAA/text", "x");
    let entry = bergen.entry(vec![forbidden]);
    assert_eq!(test.ingest(&bergen, vec![entry]).unwrap().refused, 1);
    assert_eq!(outcomes(&test, kari.id), [None]);
}
