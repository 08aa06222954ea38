//! Every page in all four languages, what holds for texts and templates, and the door in front of the pages. With
//! `HELHET_PAGES=folder` the pages are also written there, to be looked at.

use std::sync::Arc;

use askama::Template;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use chrono::{DateTime, Utc};
use helhet_protocol::identity::Invite;
use helhet_shared::import::warning::WarningCode;
use helhet_shared::import::{plan::RefusalReason, result::Report};
use helhet_shared::web::session::Sessions;
use helhet_shared::web::tidy::Tidy;
use helhet_shared::web::{Form, Frame, Light, LightState, Link, Texts, Visit};
use serde_json::json;
use tower::ServiceExt as _;

use super::pages::card::Card;
use super::pages::chapter_lines::{ChapterFacts, ChapterLine};
use super::pages::chapters::{AddPage, ChapterPage, ChaptersPage, InvitePage};
use super::pages::correct::CorrectPage;
use super::pages::doubtful::DoubtfulPage;
use super::pages::export::ExportPage;
use super::pages::front::{FrontPage, Mention, Need};
use super::pages::import_report::{ColumnLine, FilePage, MappingPage, PastImport, PreviewPage, ResultPage};
use super::pages::login::LoginPage;
use super::pages::reports::{ReportLine, ReportsPage};
use super::pages::settings::SettingsPage;
use super::pages::supporter::SupporterPage;
use super::pages::supporters::{Row, SupportersPage, role_choices};
use super::urls::Urls;
use super::*;
use crate::files::GiftImport;
use crate::national::Holder;
use crate::read::{self, Apart, ChapterCard, ChapterFile, ChapterNeed, DeviceCard, Difference, LinkedRecord};
use crate::read::{PastCorrection, SupporterFile};
use crate::store::corrections::CorrectionRow;
use crate::store::gifts::BatchRow;
use crate::store::reports::ReportRow;
use crate::store::users::UserRole;
use crate::testing::TestHub;

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_780_000_000, 0).unwrap()
}

fn sample_site() -> Site {
    Site {
        translations: Arc::new(Translations::new(SHARED_TEXTS.into_iter().chain(TEXTS)).unwrap()),
        sessions: Sessions::default(),
        cookie: "helhet_hub_8080".into(),
        language: Language::Bokmal,
        secure: false,
        now: Arc::new(now),
    }
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
        .chain(UserRole::ALL.iter().map(|role| format!("user-role-{}", role.code())));
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
        let visit = Visit::opened(sample_site(), language, "/supporters", Some("kontor".to_owned()));
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

struct Sample {
    t: Texts,
    visit: Visit,
}

const ID: &str = "00112233445566778899aabbccddeeff";

impl Sample {
    fn frame(&self) -> Frame {
        Frame {
            place: "Lysning".to_owned(),
            links: vec![Link::new(&self.visit, "/supporters", self.t.get("nav-supporters"))],
            light: Some(Light {
                state: LightState::Waiting,
                words: self.t.get("light-coming").arg("count", 3).to_string(),
                href: "/chapters".to_owned(),
            }),
            done: Some("done-corrected"),
            live: true,
            ..Frame::bare(&self.visit, "x".to_owned())
        }
    }

    fn pages(&self) -> Vec<(&'static str, String)> {
        let mut pages = self.first_pages();
        pages.extend(self.people());
        pages.extend(self.chapter_pages());
        pages.extend(self.imports());
        pages
    }

    fn first_pages(&self) -> Vec<(&'static str, String)> {
        let t = || self.t.clone();
        let mut form = Form::default();
        form.refuse("login", "error-login");
        let need = |title, sentence, href| Need {
            title,
            sentence,
            count: 2,
            href,
            chapters: vec![Mention { href: "/chapters".into(), name: "Bergen".into(), detail: "2".into() }],
        };
        let front = |chapters, needs| FrontPage {
            t: t(),
            frame: self.frame(),
            urls: Urls,
            chapters,
            supporters: 12_345,
            roles: vec![("member".into(), 11_000), ("donor".into(), 1_345)],
            needs,
        };
        let row = |what: &str, why: &str| {
            let row = ReportRow {
                at: now().timestamp() - 500,
                login: "kontor".into(),
                what: what.into(),
                why: why.into(),
                how_many: 1,
            };
            ReportLine::of(&row, &self.t, now())
        };
        let needs = vec![
            need("need-doubtful", "need-doubtful-text", "/doubtful"),
            need("need-refused", "need-refused-text", ""),
            need("need-silent", "need-silent-text", ""),
        ];
        let reports = vec![
            row(&format!("card {ID}"), "screen"),
            row("export csv", "årsmelding"),
            row("list", "screen"),
        ];
        vec![
            ("first", LoginPage::new(&self.visit, "Lysning".into(), Form::default(), true).render().unwrap()),
            ("login", LoginPage::new(&self.visit, "Lysning".into(), form, false).render().unwrap()),
            ("front", front(3, needs).render().unwrap()),
            ("front_empty", front(0, Vec::new()).render().unwrap()),
            ("front_well", front(3, Vec::new()).render().unwrap()),
            (
                "reports",
                ReportsPage { t: t(), frame: self.frame(), urls: Urls, rows: reports }.render().unwrap(),
            ),
            (
                "settings",
                SettingsPage {
                    t: t(),
                    frame: self.frame(),
                    urls: Urls,
                    form: Form::default(),
                    address: "hub.example.org:4433".into(),
                    users: UserRole::ALL.map(|role| ("kontor".to_owned(), role.code())).to_vec(),
                }
                .render()
                .unwrap(),
            ),
            ("export", ExportPage::new(t(), self.frame(), Form::default()).render().unwrap()),
        ]
    }

    fn national(&self) -> serde_json::Value {
        let sources = json!([{"chapter": "Bergen", "at": "2026-05-04T10:00:00Z"}, {"chapter": "office", "at": "2026-01-02T10:00:00Z"}]);
        json!({
            "id": ID, "record": ID, "kind": "person",
            "name": {"given": "Kari", "family": "Solberg"}, "name_sources": sources,
            "birth": {"date": "1959-05-04"}, "birth_sources": sources,
            "emails": [{"value": "kari@post.example", "sources": sources}],
            "phones": [{"value": "+4799887766", "sources": sources}],
            "addresses": [{"value": {"street": "Storgata 1", "postcode": "5003", "city": "Bergen", "country": "NO"}, "sources": sources}],
            "roles": [{"role": "member", "from": "2019-01-01", "chapter": "Bergen"}, {"role": "donor", "chapter": "office"}],
            "tags": ["Turgruppa"],
            "grants": [{"purpose": "newsletter", "basis": "consent", "given_at": "2024-03-01T12:00Z", "chapter": "Bergen"},
                       {"purpose": "gifts", "given_at": "2024-03-01T12:00Z", "withdrawn_at": "2025-03-01T12:00Z", "chapter": "Bergen"}],
            "more": {"dues/2026": [{"value": "paid", "sources": sources}]},
            "records": [{"id": ID, "chapter": "Bergen"}, {"id": ID, "chapter": "office"}],
            "gifts": {"sums_minor": {"NOK": 123_450_50}, "ledger": [
                {"paid_at": "2026-02-03T10:00:00+01:00", "amount_minor": 123_450_50, "currency": "NOK", "frequency": "monthly", "method": "card", "campaign": "Jul"},
                {"paid_at": "2026-02-04T10:00:00+01:00", "amount_minor": -50, "currency": "NOK"}]},
        })
    }

    fn file(&self) -> SupporterFile {
        let id = ID.parse().unwrap();
        let bergen = Holder::Chapter("Bergen".into());
        let past = |outcome: Option<&str>| PastCorrection {
            chapter: "Bergen".into(),
            fields: vec!["phone/*".into()],
            login: "kontor".into(),
            source: "returned_post".into(),
            at: now().timestamp(),
            outcome: outcome.map(str::to_owned),
        };
        SupporterFile {
            national: self.national(),
            differences: vec![Difference {
                field: "birth/date".into(),
                values: vec![
                    ("1959-05-04".into(), bergen.clone(), 1),
                    ("1959-05-14".into(), Holder::Office, 0),
                ],
            }],
            records: vec![
                LinkedRecord { id, holder: bergen, said: None },
                LinkedRecord { id, holder: Holder::Office, said: Some(("kontor".into(), 1)) },
            ],
            apart: vec![Apart { own: id, other: id, login: "kontor".into(), at: 1 }],
            corrections: vec![past(None), past(Some("shown")), past(Some("rejected")), past(Some("gone"))],
        }
    }

    fn people(&self) -> Vec<(&'static str, String)> {
        let t = || self.t.clone();
        let card = || Card::of(&self.national(), &self.t, now().date_naive());
        let row = Row {
            id: ID.into(),
            name: "Kari Solberg".into(),
            roles: "Medlem".into(),
            phone: "+4799887766".into(),
            email: "kari@post.example".into(),
            place: "Bergen".into(),
            chapters: "Bergen".into(),
        };
        let list = |total, rows: Vec<Row>| SupportersPage {
            t: t(),
            frame: self.frame(),
            urls: Urls,
            form: Form::default(),
            roles: role_choices(&self.t),
            total,
            found: total,
            rows,
            may_export: true,
        };
        let mut form = Form::default();
        form.set("phone-0", "12").refuse("phone-0", "error-phone");
        form.refuse("source", "error-source-missing");
        vec![
            ("supporters", list(200, vec![row]).render().unwrap()),
            ("supporters_none", list(200, Vec::new()).render().unwrap()),
            ("supporters_empty", list(0, Vec::new()).render().unwrap()),
            (
                "supporter",
                SupporterPage::new(t(), self.frame(), card(), &self.file(), true).render().unwrap(),
            ),
            (
                "correct",
                CorrectPage::new(
                    t(),
                    Frame { title: "Kari".into(), ..self.frame() },
                    &self.national(),
                    card(),
                    form,
                )
                .render()
                .unwrap(),
            ),
            (
                "doubtful",
                DoubtfulPage {
                    t: t(),
                    frame: self.frame(),
                    urls: Urls,
                    pairs: vec![[card(), card()]],
                    may_work: true,
                }
                .render()
                .unwrap(),
            ),
        ]
    }

    fn chapter_pages(&self) -> Vec<(&'static str, String)> {
        let t = || self.t.clone();
        let file = chapter_file();
        let need = ChapterNeed { card: file.card.clone(), corrections: 1, refused: 3 };
        let mut form = Form::default();
        form.refuse("name", "error-chapter-taken");
        let frame = || Frame { title: "Bergen".into(), ..self.frame() };
        let root = [7; 32];
        let invite =
            Invite::new("hub.example.org:4433", root, [1; 16], "Bergen", now().timestamp(), &mut rand::rng());
        let line = ChapterLine::of(&need, &self.t, now());
        vec![
            (
                "chapters",
                ChaptersPage { t: t(), frame: frame(), urls: Urls, chapters: vec![line], may_add: true }
                    .render()
                    .unwrap(),
            ),
            (
                "chapters_empty",
                ChaptersPage { t: t(), frame: frame(), urls: Urls, chapters: Vec::new(), may_add: true }
                    .render()
                    .unwrap(),
            ),
            (
                "chapter",
                ChapterPage {
                    chapter: ChapterFacts::of(&file, &self.t, now()),
                    t: t(),
                    frame: frame(),
                    urls: Urls,
                    may_invite: true,
                }
                .render()
                .unwrap(),
            ),
            ("chapter_add", AddPage { t: t(), frame: frame(), urls: Urls, form }.render().unwrap()),
            ("chapter_invite", InvitePage::new(t(), frame(), &invite).render().unwrap()),
        ]
    }

    fn imports(&self) -> Vec<(&'static str, String)> {
        let t = || self.t.clone();
        let batch = BatchRow {
            batch: ID.into(),
            source: "s".into(),
            at: now().timestamp(),
            gifts: 1801,
            reversed: 0,
        };
        let past = vec![PastImport::of(&batch, &self.t, now())];
        let mut report = Report { lines: 3, new: 1, refused: 1, ..Report::default() };
        report.warn(2, &[helhet_shared::import::warning::Warning::on("Mobil", WarningCode::Phone)]);
        let column = ColumnLine { heading: "Beløp".into(), examples: vec!["100".into()], meaning: "amount" };
        let mut form = Form::default();
        form.refuse("columns", "error-no-gifts");
        let done =
            GiftImport { report: report.clone(), batch: Some(ID.into()), refused: Some(String::new()) };
        vec![
            (
                "import_file",
                FilePage {
                    t: t(),
                    frame: self.frame(),
                    urls: Urls,
                    form: Form::default(),
                    past,
                    may_work: true,
                }
                .render()
                .unwrap(),
            ),
            (
                "import_mapping",
                MappingPage::new(t(), self.frame(), form, ID.into(), "gaver.csv".into(), 1801, vec![column])
                    .render()
                    .unwrap(),
            ),
            (
                "import_preview",
                PreviewPage::new(t(), self.frame(), ID.into(), "gaver.csv".into(), &report).render().unwrap(),
            ),
            (
                "import_result",
                ResultPage::new(t(), self.frame(), ID.into(), "gaver.csv".into(), &done).render().unwrap(),
            ),
        ]
    }
}

fn chapter_file() -> ChapterFile {
    let seen = "2026-01-02T10:00:00Z".to_owned();
    ChapterFile {
        card: ChapterCard {
            id: ID.into(),
            name: "Bergen".into(),
            joined_at: Some(seen.clone()),
            last_seen: Some(seen.clone()),
            join_code: Some("482913".into()),
            entries: 12,
            supporters: 451,
            refused: 3,
            devices: vec![DeviceCard {
                name: "PC".into(),
                fingerprint: "ab12 cd34".into(),
                role: 1,
                certificate_until: seen.clone(),
                first_seen: seen.clone(),
                last_seen: seen,
                entry: 12,
            }],
            said: Vec::new(),
        },
        figures: helhet_shared::gate::Figures::from_content(
            &[("figure/member".to_owned(), vec![400_i64.into()])].into(),
        ),
        corrections: vec![CorrectionRow {
            id: 1,
            document: [1; 16],
            chapter: [1; 16],
            edits: "[[\"phone/AAAAAAAA\",\"+4712345678\"]]".into(),
            source: "supporter".into(),
            login: "kontor".into(),
            at: now().timestamp(),
            generation: helhet_shared::sqlite::StoredGeneration { number: 1, random: 1 },
        }],
        refused: vec![("unknown-key".into(), 3)],
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

/// Signs in; gives the cookie and the form token.
async fn sign_in(router: &Router, login: &str) -> (String, String) {
    let (_, cookie, page) = ask(router, Request::get("/login"), "").await;
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let body = format!("csrf={}&login={login}&password=ekorn+under+brygga", token(&page));
    let (status, told, _) = ask(router, Request::post("/login").header("cookie", cookie), &body).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let cookie = told.split(';').next().unwrap().to_owned();
    let (_, _, page) = ask(router, Request::get("/").header("cookie", &cookie), "").await;
    (cookie, token(&page))
}

// S3.10: whoever opens a card or a list stands in the history; readers look and change nothing.
#[tokio::test]
async fn the_door_stands_in_front_of_every_page() {
    let test = TestHub::new();
    let router = router(&test.hub, "127.0.0.1:8080".parse().unwrap());
    let (_, _, page) = ask(&router, Request::get("/login").header("accept-language", "en"), "").await;
    assert!(page.contains("helhet-hub user add"));
    for path in ["/", "/supporters", "/chapters", "/import", "/reports", "/settings", "/live", "/export"] {
        let (status, to, _) = ask(&router, Request::get(path), "").await;
        assert_eq!((status, to.ends_with("/login")), (StatusCode::SEE_OTHER, true), "{path}");
    }
    for (login, role) in [("kontor", UserRole::Admin), ("leser", UserRole::Reader)] {
        test.hub.add_user(login, role, "ekorn under brygga").unwrap();
    }
    let mut device = test.chapter("Bergen");
    let person = device.person("Kari", "Solberg", "kari@post.example");
    let entry = device.entry(vec![person.first.clone()]);
    test.ingest(&device, vec![entry]).unwrap();
    test.hub.project().unwrap();

    let (cookie, csrf) = sign_in(&router, "leser").await;
    let with = |request: axum::http::request::Builder| request.header("cookie", &cookie);
    let search = format!("csrf={csrf}&search=solb&role=member");
    let (status, _, page) = ask(&router, with(Request::post("/supporters")), &search).await;
    assert!(status == StatusCode::OK && page.contains("Kari Solberg"), "{page}");
    let (_, _, page) = ask(&router, with(Request::get(format!("/supporters/{}", person.id))), "").await;
    assert!(page.contains("kari@post.example") && page.contains("Bergen"));
    let told = test
        .hub
        .database()
        .read(|reader| crate::store::reports::newest(reader, 10).map_err(crate::store::StoreError::from));
    let told: Vec<String> =
        told.unwrap().into_iter().map(|row| format!("{} {}", row.login, row.what)).collect();
    assert_eq!(told, [format!("leser card {}", person.id), "leser list".to_owned()]);
    for path in ["/chapters/add", "/export"] {
        let request = with(Request::post(path));
        let (status, ..) = ask(&router, request, &format!("csrf={csrf}&name=Oslo&format=csv&why=x")).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{path}");
    }

    let (cookie, csrf) = sign_in(&router, "kontor").await;
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
    let overview = test.hub.database().read(|reader| read::overview(reader, test.hub.office(), 0)).unwrap();
    assert_eq!(overview.chapters.iter().map(|chapter| chapter.corrections).sum::<usize>(), 1);
}
