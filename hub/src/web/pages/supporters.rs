//! The national list: search as one types, filter by role. What is searched for is posted, so that no name comes to
//! stand in an address, a history or a server's log.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::State;
use chrono::NaiveDate;
use helhet_shared::rights::Action;
use helhet_shared::supporter::Role;
use helhet_shared::supporter::value::{Country, Phone};
use helhet_shared::web::{Choice, Form, Frame, Submitted, Texts, html};
use rusqlite::Connection;
use serde_json::Value as Json;

use crate::read::{self, Held, Listed};
use crate::web::state::{Answer, Screens, Signed, look};
use crate::web::urls::Urls;

/// Shown before "show all": more than one reads, few enough to come at once.
const FIRST_ROWS: u32 = 100;

#[derive(Debug, Template)]
#[template(path = "pages/supporters.html")]
pub(crate) struct SupportersPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) form: Form,
    pub(crate) roles: Vec<Choice>,
    /// All supporters, and how many of them were found.
    pub(crate) total: u64,
    pub(crate) found: u64,
    pub(crate) rows: Vec<Row>,
    pub(crate) may_export: bool,
}

#[derive(Clone)]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) roles: String,
    pub(crate) phone: String,
    pub(crate) email: String,
    pub(crate) place: String,
    pub(crate) chapters: String,
}

impl std::fmt::Debug for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Row({})", self.id)
    }
}

pub(crate) async fn show(screens: State<Screens>, signed: Signed) -> Answer {
    let mut form = Form::default();
    if let Some(role) = signed.visit.query("role") {
        form.set("role", role);
    }
    list(screens, signed, form).await
}

pub(crate) async fn search(screens: State<Screens>, signed: Signed, Submitted(form): Submitted) -> Answer {
    list(screens, signed, form).await
}

async fn list(State(screens): State<Screens>, signed: Signed, form: Form) -> Answer {
    let visit = &signed.visit;
    let search = form.value("search").to_owned();
    let role = Role::from_code(form.value("role"));
    let limit = form.value("all").is_empty().then_some(FIRST_ROWS);
    let extraction = signed.looks_at("list");
    let part = signed.part;
    let today = visit.now.date_naive();
    let (total, found, listed) = screens
        .ask(visit, move |hub| {
            let role = role.map(|role| Held { role: role.code(), on: today });
            let question = |reader: &Connection| read::supporters(reader, &search, role, limit, 0);
            // Two lists of the same length are still two lists: only an open page that is kept fresh is one look.
            let listed = match part {
                true => look(hub, &extraction, question)?,
                false => read::take_out(hub.database(), &extraction, hub.now().timestamp(), question)?,
            };
            hub.database().read(|reader| {
                let total = read::count(reader, "", None)?;
                Ok::<_, crate::store::StoreError>((total, read::count(reader, &search, role)?, listed))
            })
        })
        .await?;
    let t = visit.texts.clone();
    let frame = screens.frame(&signed, t.get("supporters-title")).await?;
    let country = screens.hub.office().country();
    let rows = listed.iter().map(|listed| row(listed, &t, today, &country)).collect();
    let may_export = signed.visit.may(Action::TakeOutList);
    Ok(html(&SupportersPage {
        roles: role_choices(&t),
        t,
        frame,
        urls: Urls,
        form,
        total,
        found,
        rows,
        may_export,
    }))
}

pub(crate) fn role_choices(t: &Texts) -> Vec<Choice> {
    let any = Choice::new("", t.get("supporters-any-role").to_string());
    let roles = Role::ALL.iter().map(|role| Choice::new(role.code(), t.code("role", role.code())));
    std::iter::once(any).chain(roles).collect()
}

fn row(listed: &Listed, t: &Texts, today: NaiveDate, country: &Country) -> Row {
    let national = &listed.national;
    let roles = read::current_roles(national, today).into_iter();
    let chapters = national["records"].as_array().into_iter().flatten();
    let first =
        |list: &str| national[list].get(0).map(|entry| &entry["value"]).unwrap_or(&Json::Null).clone();
    let text = |value: Json| value.as_str().unwrap_or_default().to_owned();
    let office = t.get("office-name").to_string();
    let chapter = |name: &str| if name == "office" { office.clone() } else { name.to_owned() };
    Row {
        id: listed.id.to_string(),
        name: listed.display_name.clone(),
        roles: distinct(roles.map(|code| t.code("role", code))),
        phone: Phone::shown(&text(first("phones")), country),
        email: text(first("emails")),
        place: text(first("addresses")["city"].clone()),
        chapters: distinct(chapters.filter_map(|record| record["chapter"].as_str()).map(chapter)),
    }
}

/// The different words, in order.
fn distinct(words: impl Iterator<Item = String>) -> String {
    words.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(", ")
}
