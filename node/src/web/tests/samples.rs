//! Sample values for the pages of somebody who is signed in, and for those before.

use askama::Template;
use helhet_shared::supporter::Role;
use helhet_shared::supporter::value::Country;
use helhet_shared::web::{Choice, Form, Frame, Light, LightState, Link, Texts, Visit};

use super::{id, now, supporter, today};
use crate::web::pages::agreement::{AgreementPage, SharedLine};
use crate::web::pages::card::Card;
use crate::web::pages::*;
use crate::web::urls::Urls;

pub(super) struct Sample {
    pub(super) t: Texts,
    pub(super) visit: Visit,
}

impl Sample {
    pub(super) fn frame(&self, title: &str) -> Frame {
        let link = |href: &str, key: &str| Link::new(&self.visit, href, self.t.get(key));
        Frame {
            place: "Bergen".to_owned(),
            links: vec![
                link("/", "nav-front"),
                link("/supporters", "nav-supporters"),
                link("/import", "nav-import"),
                link("/office", "nav-office"),
                link("/sync", "nav-sync"),
                link("/settings", "nav-settings"),
            ],
            light: Some(Light {
                state: LightState::Waiting,
                words: self.t.get("light-waiting").arg("count", 3).to_string(),
                href: Some("/sync".to_owned()),
            }),
            done: Some("done-saved"),
            live: true,
            ..Frame::bare(&self.visit, title.to_owned())
        }
    }

    pub(super) fn lines(&self) -> Vec<SharedLine> {
        vec![
            SharedLine::new(
                &self.t,
                "membership",
                "contract",
                ["name/given", "name/family", "email/*", "address/*/city"],
            ),
            SharedLine::new(&self.t, "newsletter", "consent", ["name/given", "email/*"]),
        ]
    }

    pub(super) fn refused(&self, field: &str, key: &str) -> Form {
        let mut form = Form::default();
        form.set(field, "x").refuse(field, key);
        form
    }
}

/// Name and text of every page.
pub(super) fn pages(s: &Sample) -> Vec<(&'static str, String)> {
    let mut all = outside(s);
    all.extend(inside(s));
    all.extend(super::import_samples::imports(s));
    all.extend(super::access_samples::access(s));
    all.extend(super::computers_samples::computers(s));
    all.extend(super::erasures_samples::erasures(s));
    all
}

fn outside(s: &Sample) -> Vec<(&'static str, String)> {
    let t = || s.t.clone();
    let bare = || Frame { place: "Bergen".to_owned(), ..Frame::bare(&s.visit, "x".to_owned()) };
    let tick = |key: &'static str| setup::tick(s.t.get(key).to_string(), String::new());
    let words = "abandon ability able about above absent absorb abstract absurd abuse access accident account accuse achieve acid acoustic acquire across act action actor actress actual";
    vec![
        (
            "login",
            login::LoginPage { t: t(), frame: bare(), form: s.refused("login", "error-login") }
                .render()
                .unwrap(),
        ),
        (
            "unlock",
            unlock::UnlockPage {
                t: t(),
                frame: Frame::bare(&s.visit, "x".to_owned()),
                urls: Urls,
                form: Form::default(),
            }
            .render()
            .unwrap(),
        ),
        (
            "setup_invite",
            setup::InvitePage {
                t: t(),
                frame: bare(),
                urls: Urls,
                form: Form::default(),
                refusal: Some("error-office-unreachable"),
            }
            .render()
            .unwrap(),
        ),
        (
            "setup_paper",
            setup_paper::PaperPage {
                t: t(),
                frame: bare(),
                urls: Urls,
                form: s.refused("words", "error-words-unknown"),
                refusal: None,
                wrong_word: Some(7),
            }
            .render()
            .unwrap(),
        ),
        (
            "setup_agreement",
            setup::AgreementStep {
                t: t(),
                frame: bare(),
                form: s.refused("signed", "error-signed"),
                chapter: "Bergen".to_owned(),
                lines: s.lines(),
                signed: setup::tick(
                    s.t.get("setup-signed").to_string(),
                    s.t.get("setup-signed-hint").to_string(),
                ),
                accept: tick("setup-accept"),
            }
            .render()
            .unwrap(),
        ),
        (
            "setup_phrase",
            setup::PhrasePage {
                t: t(),
                frame: bare(),
                form: Form::default(),
                chapter: "Bergen".to_owned(),
                words: words.split(' ').map(str::to_owned).collect(),
                office: "hub.example:4433#aaaa-bbbb-cccc".to_owned(),
                code: "482 913".to_owned(),
                kept: tick("setup-kept"),
            }
            .render()
            .unwrap(),
        ),
        (
            "setup_user",
            setup::UserPage {
                t: t(),
                frame: bare(),
                locks: true,
                form: s.refused("password", "error-password-short"),
            }
            .render()
            .unwrap(),
        ),
    ]
}

fn inside(s: &Sample) -> Vec<(&'static str, String)> {
    let t = || s.t.clone();
    let urls = Urls;
    let card = Card::of(&supporter(), &s.t, today(), &Country::norway());
    let name = card.name.clone();
    let mention = |name: &str, detail: &str| front::Mention {
        href: urls.supporter(&id()),
        name: name.to_owned(),
        detail: detail.to_owned(),
    };
    let people = vec![mention("Bjørg-Lise Øvrebø", ""), mention("Eli Aas", "")];
    let need = |title, sentence| front::Need {
        title,
        sentence,
        count: 3,
        people: people.clone(),
        page: (title == "need-doubles").then(|| urls.doubles()),
    };
    let figure =
        |role: Role, count| front::Figure { role: role.code(), count, href: urls.holding(role.code()) };
    let row = |name: &str, in_conflict| supporters::Row {
        id: id(),
        name: name.to_owned(),
        roles: "Medlem, Frivillig".to_owned(),
        phone: "+47 457 10 873".to_owned(),
        email: "bjorg.lise@epost.example".to_owned(),
        place: "Nesttun".to_owned(),
        in_conflict,
    };
    let roles: Vec<Choice> =
        Role::ALL.iter().map(|role| Choice::new(role.code(), s.t.code("role", role.code()))).collect();
    let hinted: Vec<Choice> = Role::ALL
        .iter()
        .map(|role| {
            Choice::new(role.code(), s.t.code("role", role.code()))
                .with_hint(s.t.code("role-hint", role.code()))
        })
        .collect();
    let purposes: Vec<Choice> = card::ASKED
        .iter()
        .map(|purpose| Choice::new(purpose.code(), s.t.code("purpose", purpose.code())))
        .collect();
    let field = |pattern: &str, there: Option<&str>, reason: &str| office::FieldRow {
        label: s.t.code("field", pattern),
        label_there: s.t.code("field", pattern),
        here: "Nygårdsgaten 27A".to_owned(),
        there: there.unwrap_or_default().to_owned(),
        shown: there.is_some(),
        reason: s.t.code("reason", reason),
    };
    let rows = vec![
        field("name/given", Some("Bjørg-Lise"), "agreement_names_it"),
        field("birth/date", Some("1959"), "only_the_year"),
        field("note/*/text", None, "stays_in_chapter"),
        field("peer/theme/*", None, "health"),
    ];
    let line = |name: &str, pattern: &str| edit::FieldLine {
        name: name.to_owned(),
        label: s.t.code("field", pattern),
        hint: String::new(),
        kind: "text".to_owned(),
        lines: false,
        choices: Vec::new(),
        was: "Øvrebø".to_owned(),
    };
    let groups = vec![
        edit::FieldGroup {
            title: s.t.get("edit-name").to_string(),
            hint: String::new(),
            fields: vec![line("given_name", "name/given"), line("family_name", "name/family")],
        },
        edit::FieldGroup {
            title: s.t.get("supporter-volunteering").to_string(),
            hint: s.t.get("only-your-chapter").to_string(),
            fields: vec![edit::FieldLine {
                lines: true,
                hint: s.t.get("edit-one-per-line").to_string(),
                ..line("tasks", "volunteer/task/*")
            }],
        },
    ];
    let list = |supporters, needs: Vec<front::Need>, figures| front::FrontPage {
        t: t(),
        frame: s.frame("x"),
        urls,
        removed: supporters == 1,
        waiting_erasures: if supporters == 1 { 180 } else { 0 },
        supporters,
        needs,
        figures,
        lent: Vec::new(),
    };
    let found = |rows: Vec<supporters::Row>, total, found| supporters::SupportersPage {
        t: t(),
        frame: s.frame("x"),
        urls,
        form: Form::default(),
        number: "00112233".to_owned(),
        roles: roles.clone(),
        total,
        found,
        rows,
    };
    let add = |organisation| add::AddPage {
        t: t(),
        frame: s.frame("x"),
        urls,
        form: if organisation { Form::default() } else { s.refused("email", "error-email") },
        organisation,
        title: if organisation { "add-organisation-title" } else { "add-title" },
        action: urls.add().to_owned(),
        back: (urls.supporters().to_owned(), "supporter-back"),
        roles: hinted.clone(),
        consents: purposes.clone(),
        more_open: organisation,
    };
    let doubles = |count| doubles::DoublesPage {
        t: t(),
        frame: s.frame("x"),
        urls,
        count,
        pairs: (0..count.min(1)).map(|_| [card.clone(), card.clone()]).collect(),
    };
    let agreement = |accepted| AgreementPage {
        t: t(),
        frame: s.frame("x"),
        urls,
        form: Form::default(),
        accepted,
        version: 1,
        lines: s.lines(),
        signed: setup::tick(s.t.get("setup-signed").to_string(), s.t.get("setup-signed-hint").to_string()),
    };
    let one = |health| supporter::SupporterPage {
        t: t(),
        frame: s.frame("x"),
        urls,
        form: Form::default(),
        card: card.clone(),
        health,
        past: vec![supporter::PastLine { day: s.t.date(today()), fields: s.t.code("field", "email/*") }],
        office: office::summary(&s.t, &rows),
        role_choices: roles.clone(),
        reasons: supporter::reasons(&s.t),
    };
    vec![
        (
            "front",
            list(
                1341,
                vec![
                    need("need-withheld", "need-withheld-text"),
                    need("need-conflicts", "need-conflicts-text"),
                    need("need-doubles", "need-doubles-text"),
                    need("need-refused", "need-refused-text"),
                    need("need-waiting", "need-waiting-text"),
                ],
                vec![figure(Role::Member, 451), figure(Role::Volunteer, 158)],
            )
            .render()
            .unwrap(),
        ),
        ("front_quiet", list(1, vec![], vec![figure(Role::Member, 1)]).render().unwrap()),
        ("front_empty", list(0, vec![], vec![]).render().unwrap()),
        (
            "supporters",
            found(vec![row("Bjørg-Lise Øvrebø", true), row("Eli Aas", false)], 451, 120).render().unwrap(),
        ),
        ("supporters_none", found(vec![], 451, 0).render().unwrap()),
        ("supporters_empty", found(vec![], 0, 0).render().unwrap()),
        ("supporter", one(supporter::HealthPart::Open(card.notes.clone())).render().unwrap()),
        (
            "supporter_health_waits",
            one(supporter::HealthPart::Closed("supporter-health-waits")).render().unwrap(),
        ),
        (
            "supporter_health_out_of_touch",
            one(supporter::HealthPart::Closed("supporter-health-out-of-touch")).render().unwrap(),
        ),
        ("doubles", doubles(2).render().unwrap()),
        ("doubles_none", doubles(0).render().unwrap()),
        (
            "double_merge",
            doubles::MergePage {
                t: t(),
                frame: s.frame("x"),
                urls,
                pair: [card.clone(), card.clone()],
                form: s.refused("sure", "error-merge-sure"),
                sure: setup::tick(s.t.get("merge-sure").to_string(), String::new()),
            }
            .render()
            .unwrap(),
        ),
        ("add", add(false).render().unwrap()),
        ("add_organisation", add(true).render().unwrap()),
        (
            "edit",
            edit::EditPage {
                t: t(),
                frame: s.frame("x"),
                urls,
                id: id(),
                name: name.clone(),
                form: s.refused("family_name", "error-name-missing"),
                groups,
            }
            .render()
            .unwrap(),
        ),
        (
            "erase",
            erase::ErasePage {
                t: t(),
                frame: s.frame("x"),
                urls,
                id: id(),
                name: name.clone(),
                form: s.refused("sure", "error-sure"),
                sure: setup::tick(s.t.get("erase-sure").arg("name", &name).to_string(), String::new()),
                kept: Vec::new(),
            }
            .render()
            .unwrap(),
        ),
        (
            "erase_kept",
            erase::ErasePage {
                t: t(),
                frame: s.frame("x"),
                urls,
                id: id(),
                name: name.clone(),
                form: Form::default(),
                sure: Vec::new(),
                kept: card.kept.clone(),
            }
            .render()
            .unwrap(),
        ),
        (
            "office",
            office::OfficePage {
                t: t(),
                frame: s.frame("x"),
                urls,
                seen: 400,
                unseen: 51,
                said_no: 4,
                undeclared: 12,
                withheld: people.clone(),
                lines: s.lines(),
            }
            .render()
            .unwrap(),
        ),
        (
            "office_supporter",
            office::OfficeSupporterPage {
                t: t(),
                frame: s.frame("x"),
                urls,
                id: id(),
                name,
                summary: office::summary(&s.t, &rows),
                rows,
                acknowledged: false,
            }
            .render()
            .unwrap(),
        ),
        ("office_nothing", office::summary(&s.t, &[])),
        ("agreement", agreement(false).render().unwrap()),
        ("agreement_accepted", agreement(true).render().unwrap()),
        (
            "sync",
            sync::SyncPage {
                t: t(),
                frame: s.frame("x"),
                urls,
                words: s.t.get("light-sent").arg("ago", s.t.ago(now(), now())).to_string(),
                connection: s.t.get("sync-offline").to_string(),
                compared: s.t.get("sync-same").arg("ago", s.t.ago(now(), now())).to_string(),
                copy: s.t.get("sync-copy").arg("ago", s.t.ago(now(), now())).to_string(),
                refused: vec![mention("Eli Aas", &s.t.get("refusal-too-long").to_string())],
                waiting: people.clone(),
                waiting_count: 12,
            }
            .render()
            .unwrap(),
        ),
    ]
}
