use chrono::{DateTime, Utc};
use rand::{SeedableRng, rngs::StdRng};

use super::*;
use crate::{
    document::{Content, Edit},
    id::{EntryKey, SupporterId},
    supporter::{Basis, Purpose, Supporter, SupporterKind},
    zone::Zone,
};

fn now() -> DateTime<Utc> {
    DateTime::parse_from_rfc3339("2026-11-22T19:42:36Z").unwrap().to_utc()
}

fn rng() -> StdRng {
    StdRng::seed_from_u64(11)
}

fn applied(content: &Content, edits: Vec<Edit>) -> Content {
    let mut content = content.clone();
    for edit in edits {
        match edit.value {
            Some(value) => content.insert(edit.key, vec![value]),
            None => content.remove(&edit.key),
        };
    }
    content
}

fn after(supporter: &Supporter, edits: Vec<Edit>) -> Supporter {
    Supporter::from_content(supporter.id, &applied(supporter.content(), edits))
}

fn registered(input: &SupporterInput) -> Supporter {
    let registration = register(input, &Settings::default(), &mut rng(), now()).unwrap();
    Supporter::from_content(registration.id, &applied(&Content::new(), registration.edits))
}

fn kari() -> SupporterInput {
    SupporterInput {
        given_name: " Kari ".to_owned(),
        family_name: "Nordmann".to_owned(),
        birth: "11.05.1963".to_owned(),
        emails: vec!["Kari@Epost.example".to_owned(), String::new()],
        phones: vec!["998 40 186".to_owned()],
        addresses: vec![AddressInput {
            street: "Nygårdsgaten 27A".to_owned(),
            postcode: "N-5221".to_owned(),
            city: "Nesttun".to_owned(),
            country: String::new(),
        }],
        roles: vec![RoleInput {
            from: "2011-01-09".to_owned(),
            kind: "family".to_owned(),
            ..RoleInput::of(crate::supporter::Role::Member)
        }],
        ..SupporterInput::default()
    }
}

#[test]
fn a_person_is_registered_in_canonical_spelling() {
    let kari = registered(&kari());
    assert_eq!(kari.display_name(), "Kari Nordmann");
    assert_eq!(kari.birth.date.text(), "1963-05-11");
    assert_eq!(kari.emails.len(), 1);
    assert_eq!(kari.emails[0].value.text(), "kari@epost.example");
    assert_eq!(kari.phones[0].value.text(), "+4799840186");
    let address = &kari.addresses.open()[0];
    assert_eq!((address.postcode.text(), address.country.text()), ("5221".to_owned(), "NO".to_owned()));
    assert!(kari.holds(crate::supporter::Role::Member, now().date_naive()));
    assert_eq!(kari.unreadable().count(), 0);
    assert!(kari.documents.shared.known().is_some());
    let erasure = erase(&kari);
    assert_eq!(
        erasure.documents.iter().map(|(zone, _)| *zone).collect::<Vec<_>>(),
        [Zone::Chapter, Zone::Shared, Zone::Confidential]
    );
}

#[test]
fn an_organisation_is_registered() {
    let input = SupporterInput {
        kind: Some(SupporterKind::Organisation),
        legal_name: "Fjellbank AS".to_owned(),
        organisation_number: "974 760 673".to_owned(),
        ..SupporterInput::default()
    };
    let bank = registered(&input);
    assert!(bank.is_organisation());
    assert_eq!(
        (bank.display_name(), bank.organisation_number.text()),
        ("Fjellbank AS".to_owned(), "974760673".to_owned())
    );
}

#[test]
fn a_form_gives_every_error_at_its_field() {
    let mut input = kari();
    input.emails[1] = "kari at epost".to_owned();
    input.phones[0] = "476 63 770".to_owned();
    input.birth = "31.02.1970".to_owned();
    let error = register(&input, &Settings::default(), &mut rng(), now()).unwrap_err();
    assert_eq!(error.at(Field::Email, 1), Some(ErrorCode::Unreadable));
    assert_eq!(error.at(Field::Phone, 0), Some(ErrorCode::Unreadable));
    assert_eq!(error.at(Field::BirthDate, 0), Some(ErrorCode::Unreadable));
    assert_eq!(error.errors.len(), 3);
    assert!(!error.to_string().contains("476"));
}

#[test]
fn nobody_is_not_registered() {
    let error = register(&SupporterInput::default(), &Settings::default(), &mut rng(), now());
    assert_eq!(error.unwrap_err().at(Field::GivenName, 0), Some(ErrorCode::Missing));
}

#[test]
fn a_form_touches_only_what_was_typed() {
    let kari = registered(&kari());
    let same = Revision {
        given_name: Some("Kari".to_owned()),
        birth: Some("1963-05-11".to_owned()),
        emails: vec![EntryRevision { key: Some(kari.emails[0].key), value: "kari@epost.example".to_owned() }],
        ..Revision::default()
    };
    assert!(edit(&kari, &same, &Settings::default(), &mut rng(), now()).unwrap().is_empty());
    let typed = Revision {
        birth: Some("1964".to_owned()),
        emails: vec![
            EntryRevision { key: Some(kari.emails[0].key), value: String::new() },
            EntryRevision { key: None, value: "ny@epost.example".to_owned() },
        ],
        addresses: vec![AddressRevision {
            key: Some(kari.addresses.open()[0].key),
            address: AddressInput {
                street: "Storgata 1".to_owned(),
                postcode: "5221".to_owned(),
                city: "Nesttun".to_owned(),
                country: "NO".to_owned(),
            },
        }],
        ..Revision::default()
    };
    let edited = after(
        &kari,
        edit(&kari, &typed, &Settings::default(), &mut StdRng::seed_from_u64(99), now()).unwrap(),
    );
    assert!(edited.birth.date.is_empty());
    assert_eq!(edited.birth.year.text(), "1964");
    assert_eq!(
        edited.emails.iter().map(|email| email.value.text()).collect::<Vec<_>>(),
        ["ny@epost.example"]
    );
    assert_eq!(edited.addresses.open()[0].street.text(), "Storgata 1");
    let gone = Revision {
        phones: vec![EntryRevision { key: Some(EntryKey::from_bytes([9; 6])), value: "99840186".to_owned() }],
        ..Revision::default()
    };
    let error = edit(&kari, &gone, &Settings::default(), &mut rng(), now()).unwrap_err();
    assert_eq!(error.at(Field::Phone, 0), Some(ErrorCode::NotThere));
}

#[test]
fn a_value_kept_as_written_may_stay_while_another_is_mended() {
    let mut content = registered(&kari()).content().clone();
    let key = content.keys().find(|key| key.ends_with("/postcode")).unwrap().clone();
    content.insert(key, vec!["52".into()]);
    let kari = Supporter::from_content(SupporterId::from_bytes([1; 16]), &content);
    let revision = Revision {
        addresses: vec![AddressRevision {
            key: Some(kari.addresses.open()[0].key),
            address: AddressInput {
                street: "Storgata 1".to_owned(),
                postcode: "52".to_owned(),
                city: "Nesttun".to_owned(),
                country: "NO".to_owned(),
            },
        }],
        ..Revision::default()
    };
    let edits = edit(&kari, &revision, &Settings::default(), &mut rng(), now()).unwrap();
    assert_eq!(edits.len(), 1);
}

#[test]
fn a_role_ends_on_the_day_it_is_ended() {
    let kari = registered(&kari());
    let key = kari.roles[0].key;
    let ended = after(&kari, end_role(&kari, key, "", now()).unwrap());
    assert!(!ended.holds(crate::supporter::Role::Member, now().date_naive()));
    assert!(ended.holds(crate::supporter::Role::Member, now().date_naive().pred_opt().unwrap()));
    let error = end_role(&kari, key, "2010-01-01", now()).unwrap_err();
    assert_eq!(error.at(Field::RoleTo, 0), Some(ErrorCode::EndsBeforeItBegins));
    assert_eq!(end_role(&ended, key, "", now()), Ok(Vec::new()));
    let error = end_role(&ended, key, "2099-01-01", now()).unwrap_err();
    assert_eq!(error.at(Field::Role, 0), Some(ErrorCode::NotThere));
}

#[test]
fn lists_become_what_the_form_says() {
    let kari = registered(&kari());
    let tasks = |texts: &[&str]| VolunteeringInput {
        tasks: Some(texts.iter().map(|text| (*text).to_owned()).collect()),
        hours: [(2026, "36".to_owned())].into(),
        ..VolunteeringInput::default()
    };
    let once = after(
        &kari,
        edit_volunteering(&kari, &tasks(&["Sjåfør", "Stand"]), &Settings::default(), &mut rng()).unwrap(),
    );
    assert_eq!(once.volunteering.tasks.len(), 2);
    assert_eq!(once.volunteering.hours[&2026].known(), Some(&36));
    assert!(
        edit_volunteering(&once, &tasks(&["Stand", "Sjåfør"]), &Settings::default(), &mut rng())
            .unwrap()
            .is_empty()
    );
    let twice =
        after(&once, edit_volunteering(&once, &tasks(&["Stand"]), &Settings::default(), &mut rng()).unwrap());
    assert_eq!(twice.volunteering.tasks.iter().map(|task| task.value.text()).collect::<Vec<_>>(), ["Stand"]);
}

#[test]
fn consent_is_given_withdrawn_and_given_anew() {
    let kari = registered(&kari());
    let input = GrantInput {
        purpose: Purpose::Newsletter,
        basis: Basis::Consent,
        wording: String::new(),
        channel: "form".to_owned(),
    };
    let mut rng = rng();
    let given = after(&kari, grant(&kari, &input, &mut rng, now()).unwrap());
    assert!(given.permissions.granted(Purpose::Newsletter));
    assert!(grant(&given, &input, &mut rng, now()).unwrap().is_empty());
    let withdrawn = after(&given, withdraw(Purpose::Newsletter, &mut rng, now()));
    assert!(
        !withdrawn.permissions.granted(Purpose::Newsletter)
            && withdrawn.permissions.withdrawn(Purpose::Newsletter)
    );
    let json = crate::supporter::json::supporter(&withdrawn);
    assert_eq!(json["grants"][0]["withdrawn_at"], "2026-11-22T19:42:36Z");
    let anew = after(&withdrawn, grant(&withdrawn, &input, &mut rng, now()).unwrap());
    assert!(anew.permissions.granted(Purpose::Newsletter));
    let refused = after(&anew, refuse(Purpose::Newsletter, &mut rng, now()));
    assert!(refused.permissions.refused(Purpose::Newsletter));
}

#[test]
fn health_notes_are_edits_of_the_confidential_document() {
    let edits = health_note(&Content::new(), "en diagnose", &Settings::default(), &mut rng(), now()).unwrap();
    let content = applied(&Content::new(), edits);
    assert_eq!(content["type"], ["supporter".into()]);
    assert_eq!(crate::supporter::health_notes(&content)[0].text.text(), "en diagnose");
}

// P21: a national identity number is refused in every free text, tag and name, and a phone number in its own field is not.
#[test]
fn no_field_takes_a_national_identity_number() {
    let number = "010107 50160";
    let settings = Settings::default();
    let expected = |field| Some(CommandError::one(field, ErrorCode::NationalNumber));
    assert_eq!(note(number, &settings, &mut rng(), now()).err(), expected(Field::NoteText));
    let health = health_note(&Content::new(), number, &settings, &mut rng(), now());
    assert_eq!(health.err(), expected(Field::HealthNoteText));
    let input = SupporterInput {
        kind: Some(SupporterKind::Person),
        given_name: format!("Kari {number}"),
        family_name: "Nordmann".to_owned(),
        phones: vec!["+47 998 40 186".to_owned(), "457 10 873".to_owned()],
        tags: vec![number.to_owned()],
        note: number.to_owned(),
        ..SupporterInput::default()
    };
    let Err(refused) = register(&input, &settings, &mut rng(), now()) else { panic!("it was taken") };
    let at = |field| refused.errors.iter().any(|e| e.field == field && e.code == ErrorCode::NationalNumber);
    for field in [Field::GivenName, Field::Tag, Field::NoteText] {
        assert!(at(field), "{field:?}: {:?}", refused.errors);
    }
    assert!(!at(Field::Phone) && !refused.to_string().contains("50160"), "{refused}");
}
