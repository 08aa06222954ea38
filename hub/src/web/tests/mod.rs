//! Every page in all four languages, what holds for texts and templates, and the door in front of the pages. With
//! `HELHET_PAGES=folder` the pages are also written there, to be looked at.

mod doors;
mod elsewhere;
mod samples;
mod second_factor;
mod sessions;

use std::sync::Arc;

use askama::Template;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use chrono::{DateTime, Utc};
use helhet_protocol::identity::Invite;
use helhet_shared::import::known::Whom;
use helhet_shared::import::mapping::FileKind;
use helhet_shared::import::plan::RefusalReason;
use helhet_shared::import::result::{PossibleDouble, Report};
use helhet_shared::import::warning::WarningCode;
use helhet_shared::second_factor::passkeys::KeptPasskey;
use helhet_shared::second_factor::{Secret, plant};
use helhet_shared::web::attempts::Attempts;
use helhet_shared::web::browser::Browser;
use helhet_shared::web::passkeys_page::PasskeysCard;
use helhet_shared::web::reach::Reach;
use helhet_shared::web::session::{Limits, Sessions, Stamp};
use helhet_shared::web::sessions_card::SessionsCard;
use helhet_shared::web::tidy::Tidy;
use helhet_shared::web::{Form, Frame, Light, LightState, Link, Texts, Visit};
use serde_json::json;
use tower::ServiceExt as _;

use super::pages::card::Card;
use super::pages::chapter_lines::{ChapterFacts, ChapterLine};
use super::pages::chapters::{AddPage, ChapterPage, ChaptersPage, InvitePage};
use super::pages::correct::CorrectPage;
use super::pages::doubtful::DoubtfulPage;
use super::pages::elsewhere::ElsewhereCard;
use super::pages::erasures::{ErasureLine, ErasuresPage};
use super::pages::export::ExportPage;
use super::pages::front::{FrontPage, Mention, Need};
use super::pages::import_report::{
    ColumnLine, FilePage, MappingPage, PastImport, PreviewPage, ResultPage, UndoPage,
};
use super::pages::login::LoginPage;
use super::pages::reports::{ReportLine, ReportsPage};
use super::pages::settings::SettingsPage;
use super::pages::supporter::SupporterPage;
use super::pages::supporters::{Row, SupportersPage, role_choices};
use super::pages::users::{UserLine, UsersPage};
use super::urls::Urls;
use super::*;
use crate::files::Imported;
use crate::national::Holder;
use crate::read::{self, Apart, ChapterCard, ChapterFile, ChapterNeed, DeviceCard, Difference, LinkedRecord};
use crate::read::{PastCorrection, SupporterFile};
use crate::store::corrections::CorrectionRow;
use crate::store::imports::{ImportKind, ImportRow, Undone};
use crate::store::reports::ReportRow;
use crate::testing::TestHub;
use helhet_shared::rights::{Program, UserRole};

use self::samples::Sample;

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_780_000_000, 0).unwrap()
}

fn sample_site() -> Site {
    Site {
        translations: Arc::new(Translations::new(SHARED_TEXTS.into_iter().chain(TEXTS)).unwrap()),
        sessions: Sessions::new(Limits::OFFICE),
        attempts: Attempts::default(),
        cookie: "helhet_hub_8080".into(),
        language: Language::Bokmal,
        reach: Reach::default(),
        now: Arc::new(now),
    }
}

/// A visitor's sessions: this one, and one on a phone.
fn sessions_sample(visit: &Visit) -> SessionsCard {
    let phone = Browser::of("Mozilla/5.0 (Linux; Android 15) Chrome/142.0.0.0 Mobile Safari/537.36");
    let sessions = &visit.site().sessions;
    sessions.sign_in("kontor", Stamp::of("x"), phone, now() - chrono::TimeDelta::hours(1), &mut rand::rng());
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
        &Passkeys::at("http://localhost:8080"),
        if ready { kept } else { Vec::new() },
        ready,
    )
}

#[test]
fn texts_and_templates_are_tidy() {
    Tidy::read(env!("CARGO_MANIFEST_DIR"), &["templates"], &["src/web"])
        .check(&sample_site().translations, &TEXTS);
}

/// Every code that may be shown has a word in every language.
#[test]
fn every_code_has_a_word() {
    let translations = sample_site().translations;
    let keys = (RefusalReason::ALL.iter().map(|reason| format!("left-out-{}", reason.code())))
        .chain(WarningCode::ALL.iter().map(|code| format!("remark-{}", code.code())))
        .chain(helhet_shared::gate::Source::ALL.iter().map(|source| format!("said-by-{}", source.code())))
        .chain(UserRole::ALL.into_iter().map(|role| format!("user-role-{}", role.code())));
    for key in keys {
        for language in Language::ALL {
            assert!(translations.has(language, &key), "{key} in {language}");
        }
    }
}

/// Words that are ours and nobody else's.
#[test]
fn no_page_speaks_of_the_machinery() {
    for (language, text) in TEXTS {
        let text = text.to_lowercase();
        for word in ["crdt", "document", "dokument", "zone", "zoon ", "sync"] {
            assert!(!text.contains(word), "{word} in {language}");
        }
    }
}

#[test]
fn every_page_in_every_language() {
    for language in Language::ALL {
        let visit = Visit::opened(sample_site(), language, "/supporters", Some("kontor".to_owned()))
            .with_role(UserRole::Administrator);
        let sample = Sample { t: visit.texts.clone(), visit };
        for (name, page) in sample.pages() {
            assert!(!page.contains('⟦'), "{name} in {language}: {page}");
            assert!(page.contains("<h1"), "{name} in {language} has no heading");
            if let Some(folder) = std::env::var_os("HELHET_PAGES") {
                let file = std::path::Path::new(&folder).join(format!("hub-{name}-{language}.html"));
                std::fs::write(file, page).unwrap();
            }
        }
    }
}

async fn ask(
    router: &Router,
    request: axum::http::request::Builder,
    body: &str,
) -> (StatusCode, String, String) {
    let request = request.header("host", "localhost:8080").header("origin", "http://localhost:8080");
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    let response = router.clone().oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap();
    let header = |name: &str| {
        response.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
    };
    let (status, told) = (response.status(), header("set-cookie") + &header("location"));
    let bytes = axum::body::to_bytes(response.into_body(), 1 << 22).await.unwrap();
    (status, told, String::from_utf8(bytes.to_vec()).unwrap())
}

fn token(page: &str) -> String {
    page.split_once("name=\"csrf\" value=\"").unwrap().1.split('"').next().unwrap().to_owned()
}

/// What the app on everybody's phone holds.
fn secret() -> Secret {
    Secret::from_bytes(*b"12345678901234567890")
}

/// A user with a password and a second factor.
fn add_user(hub: &Hub, login: &str, role: UserRole) {
    hub.add_user(login, role, "ekorn under brygga").unwrap();
    let planted = hub
        .database()
        .write(|transaction| plant(transaction, login, &secret()).map_err(crate::store::StoreError::from));
    planted.unwrap();
}

/// Sends the form of the page of signing in; gives status, new cookie with the address sent on to, and page.
async fn try_to_sign_in(
    router: &Router,
    login: &str,
    password: &str,
    code: &str,
) -> (StatusCode, String, String) {
    let (_, cookie, page) = ask(router, Request::get("/login"), "").await;
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let body = format!("csrf={}&login={login}&password={password}&code={code}", token(&page));
    ask(router, Request::post("/login").header("cookie", cookie), &body).await
}

/// Signs in; gives the cookie and the form token.
async fn sign_in(hub: &Hub, router: &Router, login: &str) -> (String, String) {
    let code = secret().code(hub.now());
    let (status, told, page) = try_to_sign_in(router, login, "ekorn+under+brygga", &code).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    let cookie = told.split(';').next().unwrap().to_owned();
    let (_, _, page) = ask(router, Request::get("/").header("cookie", &cookie), "").await;
    (cookie, token(&page))
}

// S3.10: whoever opens a card or a list stands in the history; readers look and change nothing.
#[tokio::test]
async fn the_door_stands_in_front_of_every_page() {
    let test = TestHub::new();
    let reach = Reach { more_names: vec!["hub.lysning.example".into()], ..Reach::default() };
    let router = router(&test.hub, "127.0.0.1:8080".parse().unwrap(), &reach);
    for (host, expect) in [
        ("hub.lysning.example", StatusCode::OK),
        ("hub.lysning.example:8080", StatusCode::MISDIRECTED_REQUEST),
        ("lysning.example", StatusCode::MISDIRECTED_REQUEST),
    ] {
        let asked = Request::get("/login").header("host", host).body(Body::empty()).unwrap();
        assert_eq!(router.clone().oneshot(asked).await.unwrap().status(), expect, "{host}");
    }
    let (_, _, page) = ask(&router, Request::get("/login").header("accept-language", "en"), "").await;
    assert!(page.contains("helhet-hub user add"));
    for path in
        ["/", "/supporters", "/chapters", "/import", "/reports", "/erasures", "/settings", "/live", "/export"]
    {
        let (status, to, _) = ask(&router, Request::get(path), "").await;
        assert_eq!((status, to.ends_with("/login")), (StatusCode::SEE_OTHER, true), "{path}");
    }
    for (login, role) in [("kontor", UserRole::Administrator), ("leser", UserRole::DataProtectionOfficer)] {
        add_user(&test.hub, login, role);
    }
    let mut device = test.chapter("Bergen");
    let person = device.person("Kari", "Solberg", "kari@post.example");
    let entry = device.entry(vec![person.first.clone()]);
    test.ingest(&device, vec![entry]).unwrap();
    test.hub.project().unwrap();

    let (cookie, csrf) = sign_in(&test.hub, &router, "leser").await;
    let with = |request: axum::http::request::Builder| request.header("cookie", &cookie);
    let search = format!("csrf={csrf}&search=solb&role=member");
    let (status, _, page) = ask(&router, with(Request::post("/supporters")), &search).await;
    assert!(status == StatusCode::OK && page.contains("Kari Solberg"), "{page}");
    // Another list of the same length is another look; an open page that asks for its parts anew is the same.
    let search = format!("csrf={csrf}&search=kari&role=member");
    ask(&router, with(Request::post("/supporters")), &search).await;
    ask(&router, with(Request::post("/supporters")).header("x-helhet-part", "1"), &search).await;
    let (_, _, page) = ask(&router, with(Request::get(format!("/supporters/{}", person.id))), "").await;
    assert!(page.contains("kari@post.example") && page.contains("Bergen"));
    let told = test
        .hub
        .database()
        .read(|reader| crate::store::reports::newest(reader, 10).map_err(crate::store::StoreError::from));
    let told: Vec<String> =
        told.unwrap().into_iter().map(|row| format!("{} {}", row.login, row.what)).collect();
    let card = format!("leser card {}", person.id);
    assert_eq!(told, [card.as_str(), "leser list", "leser list"]);
    for path in ["/chapters/add", "/export"] {
        let request = with(Request::post(path));
        let (status, ..) = ask(&router, request, &format!("csrf={csrf}&name=Oslo&format=csv&why=x")).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{path}");
    }

    let (cookie, csrf) = sign_in(&test.hub, &router, "kontor").await;
    let request = Request::post("/chapters/add").header("cookie", &cookie);
    let (_, _, page) = ask(&router, request, &format!("csrf={csrf}&name=Oslo")).await;
    assert!(page.contains("helhet1") && page.contains("data:image/svg+xml;base64,"));
    let correct = format!("/supporters/{}/correct", person.id);
    let body = format!(
        "csrf={csrf}&given-0=Kari&family-0=Solberg&email-0=kari.solberg%40post.example&source=returned_post"
    );
    let (_, to, page) = ask(&router, Request::post(&correct).header("cookie", &cookie), &body).await;
    assert!(to.ends_with("done=corrected"), "{page}");
    let found = test.supporters();
    assert_eq!(found[0]["emails"][0]["value"], "kari.solberg@post.example");
    let overview = test
        .hub
        .database()
        .read(|reader| read::overview(reader, test.hub.office(), 0, now().date_naive()))
        .unwrap();
    assert_eq!(overview.chapters.iter().map(|chapter| chapter.corrections).sum::<usize>(), 1);
}

// S0.7: who has a role is asked of today, on the card, in the list and in the figures, without anything new arriving.
#[tokio::test]
async fn a_role_counts_from_its_first_day_and_no_longer_on_the_day_it_ends() {
    let test = TestHub::new();
    let router = router(&test.hub, "127.0.0.1:8080".parse().unwrap(), &Reach::default());
    add_user(&test.hub, "kontor", UserRole::Administrator);
    let mut device = test.chapter("Bergen");
    let kari = device.subject(&[
        ("type", "supporter"),
        ("kind", "person"),
        ("name/given", "Kari"),
        ("role/AAAAAAAA/role", "member"),
        ("role/AAAAAAAA/to", "2026-11-23"),
        ("role/BBBBBBBB/role", "donor"),
        ("role/BBBBBBBB/from", "2026-11-23"),
    ]);
    let entry = device.entry(vec![kari.first.clone()]);
    test.ingest(&device, vec![entry]).unwrap();
    test.hub.project().unwrap();
    for (holds, other) in [("member", "donor"), ("donor", "member")] {
        let (cookie, csrf) = sign_in(&test.hub, &router, "kontor").await;
        let with = |request: axum::http::request::Builder| request.header("cookie", &cookie);
        for (role, found) in [(holds, true), (other, false)] {
            let search = format!("csrf={csrf}&search=&role={role}");
            let (_, _, list) = ask(&router, with(Request::post("/supporters")), &search).await;
            assert_eq!(list.contains(&kari.id.to_string()), found, "{role} in the list of {holds}");
            let search = format!("csrf={csrf}&role={role}&format=csv&why=x");
            let (_, _, file) = ask(&router, with(Request::post("/export")), &search).await;
            assert_eq!(file.contains("Kari"), found, "{role} in the file of {holds}");
            let (_, _, front) = ask(&router, with(Request::get("/")), "").await;
            assert_eq!(front.contains(&format!("role={role}")), found, "{role} on the front page of {holds}");
        }
        let (_, _, card) = ask(&router, with(Request::get(format!("/supporters/{}", kari.id))), "").await;
        let (_, _, list) = ask(&router, with(Request::get("/supporters")), "").await;
        let word = |role: &str| if role == "member" { "Medlem" } else { "Giver" };
        let tag = |role: &str| format!(r#"<span class="tag good">{}</span>"#, word(role));
        assert!(card.contains(&tag(holds)) && !card.contains(&tag(other)), "{holds}: {card}");
        let line = list.rsplit_once("<tbody").unwrap().1;
        assert!(line.contains(word(holds)) && !line.contains(word(other)), "{holds}: {line}");
        test.clock.advance(chrono::TimeDelta::days(1));
    }
    assert!(test.hub.rebuild().unwrap(), "the rows do not know what day it is");
}

#[tokio::test]
async fn a_page_says_why_there_is_no_invite_that_nobody_could_use() {
    let test = TestHub::new();
    let router = router(&test.hub, "127.0.0.1:8080".parse().unwrap(), &Reach::default());
    add_user(&test.hub, "kontor", UserRole::Administrator);
    let bergen = test.chapter("Bergen").chapter;
    test.hub.set_public_address("0.0.0.0:4433").unwrap();
    let (cookie, csrf) = sign_in(&test.hub, &router, "kontor").await;
    for path in ["/chapters/add".to_owned(), format!("/chapters/{bergen}/invite")] {
        let request = Request::post(&path).header("cookie", &cookie);
        let (status, _, page) = ask(&router, request, &format!("csrf={csrf}&name=Oslo")).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        assert!(page.contains("helhet-hub serve --public") && !page.contains("helhet1"), "{path}: {page}");
    }
}
