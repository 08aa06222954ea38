//! Every page rendered from sample values in all four languages. With `HELHET_PAGES=folder` they are also written there, to be looked at.

mod access_samples;
mod computers_samples;
mod desk;
mod doors;
mod erasures_samples;
mod health;
mod import_samples;
mod lending;
mod samples;
mod sessions;

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use helhet_shared::document::Value;
use helhet_shared::id::SupporterId;
use helhet_shared::rights::{Program, UserRole};
use helhet_shared::second_factor::passkeys::{KeptPasskey, Passkeys};
use helhet_shared::supporter::{Field, KeptFor, Role, Supporter};
use helhet_shared::web::attempts::Attempts;
use helhet_shared::web::browser::Browser;
use helhet_shared::web::passkeys_page::PasskeysCard;
use helhet_shared::web::reach::Reach;
use helhet_shared::web::session::{Limits, Sessions, Stamp};
use helhet_shared::web::sessions_card::SessionsCard;
use helhet_shared::web::tidy::Tidy;
use helhet_shared::web::{Language, Site, Translations, Visit};

use super::TEXTS;
use samples::{Sample, pages};

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_780_000_000, 0).unwrap()
}

fn today() -> NaiveDate {
    now().date_naive()
}

fn site() -> Site {
    Site {
        translations: Arc::new(Translations::new(super::texts()).unwrap()),
        sessions: Sessions::new(Limits::CHAPTER),
        attempts: Attempts::default(),
        cookie: "helhet_7070".into(),
        language: Language::Bokmal,
        reach: Reach::default(),
        now: Arc::new(now),
    }
}

/// A visitor's sessions: this one, and one on a phone.
fn sessions_sample(visit: &Visit) -> SessionsCard {
    let phone = Browser::of("Mozilla/5.0 (Linux; Android 15) Chrome/142.0.0.0 Mobile Safari/537.36");
    let sessions = &visit.site().sessions;
    sessions.sign_in("kari", Stamp::of("x"), phone, now() - chrono::TimeDelta::hours(1), &mut rand::rng());
    SessionsCard::of(visit)
}

/// Two passkeys, one of which was never used.
fn passkeys_sample(visit: &Visit, ready: bool) -> PasskeysCard {
    let ago = |hours| now() - chrono::TimeDelta::hours(hours);
    let kept = |name: &str, used| KeptPasskey {
        id: "AAAA".to_owned(),
        name: name.to_owned(),
        added: ago(200),
        used,
    };
    let kept = vec![kept("Laptop", Some(ago(3))), kept("Pinne", None)];
    PasskeysCard::new(
        visit,
        &Passkeys::at("http://localhost:7070"),
        if ready { kept } else { Vec::new() },
        ready,
    )
}

#[test]
fn texts_and_templates_are_tidy() {
    Tidy::read(env!("CARGO_MANIFEST_DIR"), &["templates"], &["src/web"]).check(&site().translations, &TEXTS);
}

/// Every code that the domain may hand to a screen has a word in every language.
#[test]
fn every_code_has_a_word() {
    let translations = site().translations;
    let fields =
        Field::ALL.iter().filter(|field| field.category() != helhet_shared::supporter::Category::Internal);
    let keys = fields
        .map(|field| format!("field-{}", field.pattern().replace("/*", "").replace('/', "_")))
        .chain(
            Role::ALL
                .iter()
                .flat_map(|role| [format!("role-{}", role.code()), format!("role-hint-{}", role.code())]),
        )
        .chain(
            helhet_shared::supporter::Purpose::ALL
                .iter()
                .map(|purpose| format!("purpose-{}", purpose.code())),
        )
        .chain(helhet_shared::supporter::Basis::ALL.iter().map(|basis| format!("basis-{}", basis.code())))
        .chain(KeptFor::ALL.iter().map(|kept| format!("kept-for-{}", kept.code())))
        .chain(helhet_shared::gate::Reason::ALL.iter().map(|reason| format!("reason-{}", reason.code())))
        .chain(UserRole::of(Program::Node).flat_map(|role| {
            [format!("user-role-{}", role.code()), format!("user-role-hint-{}", role.code())]
        }))
        .chain(
            helhet_shared::command::ErrorCode::ALL
                .iter()
                .map(|code| format!("error-{}", code.code().replace('_', "-"))),
        );
    for key in keys {
        for language in Language::ALL {
            assert!(translations.has(language, &key), "{key} in {language}");
        }
    }
}

fn supporter() -> Supporter {
    let text = |text: &str| vec![Value::from(text)];
    let (a, b, c) = ("AAAAAAAA", "AAAAAAAB", "AAAAAAAC");
    let content = [
        ("type".to_owned(), text("supporter")),
        ("kind".to_owned(), text("person")),
        ("name/given".to_owned(), text("Bjørg-Lise")),
        ("name/family".to_owned(), vec![Value::from("Øvrebø"), Value::from("Øvrebø Aas")]),
        ("birth/year".to_owned(), vec![Value::Int(1959)]),
        (format!("email/{a}"), text("bjorg.lise@epost.example")),
        (format!("phone/{a}"), text("+4745710873")),
        (format!("phone/{b}"), text("4571 08")),
        (format!("address/{a}/street"), text("Nygårdsgaten 27A")),
        (format!("address/{a}/postcode"), text("5221")),
        (format!("address/{a}/city"), text("Nesttun")),
        (format!("address/{a}/country"), text("NO")),
        (format!("role/{a}/role"), text("member")),
        (format!("role/{a}/kind"), text("family")),
        (format!("role/{a}/from"), text("2011-01-09")),
        (format!("role/{b}/role"), text("peer_supporter")),
        (format!("tag/{a}"), text("Turgruppa")),
        (format!("grant/{a}/purpose"), text("newsletter")),
        (format!("grant/{a}/basis"), text("consent")),
        (format!("grant/{a}/given_at"), text("2024-03-01T12:00Z")),
        (format!("withdrawal/{b}/purpose"), text("gifts")),
        (format!("withdrawal/{b}/at"), text("2025-03-01T12:00Z")),
        (format!("withdrawal/{c}/purpose"), text("volunteering")),
        (format!("withdrawal/{c}/refused"), vec![Value::Bool(true)]),
        (format!("volunteer/task/{a}"), text("Stand")),
        ("volunteer/hours/2026".to_owned(), vec![Value::Int(50)]),
        ("volunteer/police_certificate_shown_on".to_owned(), text("2024-05-28")),
        (format!("peer/theme/{a}"), text("Nydiagnostisert")),
        ("peer/experience".to_owned(), text("own")),
        (format!("note/{a}/text"), text("Kan hente kaffe til møtene.\nVil helst ringes etter klokka fire.")),
        (format!("note/{a}/at"), text("2026-02-03T12:00Z")),
        ("dues/2026".to_owned(), text("paid")),
        (format!("withheld/{a}"), text("2026-02-03T12:00:00Z")),
        (format!("kept/{a}/bookkeeping"), text("2031-12-31")),
    ];
    Supporter::from_content(id(), &content.into_iter().collect())
}

fn id() -> SupporterId {
    "00112233445566778899aabbccddeeff".parse().unwrap()
}

/// Phone numbers stand as people write them; the link that calls holds the whole number.
#[test]
fn phones_are_spaced() {
    let visit = Visit::opened(site(), Language::Bokmal, "/supporters", Some("kari".to_owned()))
        .with_role(UserRole::ChapterLeader);
    let sample = Sample { t: visit.texts.clone(), visit };
    let pages = pages(&sample);
    let (_, page) = pages.iter().find(|(name, _)| *name == "supporter").unwrap();
    assert!(page.contains("href=\"tel:+4745710873\">457 10 873</a>"), "{page}");
}

#[test]
fn every_page_in_every_language() {
    for language in Language::ALL {
        let visit = Visit::opened(site(), language, "/supporters", Some("kari".to_owned()))
            .with_role(UserRole::ChapterLeader);
        let sample = Sample { t: visit.texts.clone(), visit };
        for (name, page) in pages(&sample) {
            assert!(!page.contains('⟦'), "{name} in {language}: {}", &page[page.find('⟦').unwrap()..][..60]);
            if let Ok(folder) = std::env::var("HELHET_PAGES") {
                std::fs::write(format!("{folder}/{name}.{language}.html"), page).unwrap();
            }
        }
    }
}
