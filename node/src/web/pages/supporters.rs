//! The list of supporters: search as one types, filter by role.

use crate::web::desk::{Listed, Question};
use crate::web::state::{Answer, Screens};
use askama::Template;
use axum::extract::State;
use helhet_shared::id::SupporterId;
use helhet_shared::supporter::Role;
use helhet_shared::web::{Choice, Form, Frame, Texts};
use helhet_shared::web::{Visit, html};

use crate::web::urls::Urls;

/// Shown before "show all": a screenful too many for reading, few enough to come at once.
pub(crate) const FIRST_ROWS: usize = 100;

#[derive(Debug, Template)]
#[template(path = "pages/supporters.html")]
pub(crate) struct SupportersPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    /// Holds the chosen role for the select.
    pub(crate) form: Form,
    pub(crate) search: String,
    pub(crate) roles: Vec<Choice>,
    /// All supporters of the chapter, and how many of them were found.
    pub(crate) total: usize,
    pub(crate) found: usize,
    pub(crate) rows: Vec<Row>,
    /// The same question without the limit.
    pub(crate) all: String,
}

#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) id: SupporterId,
    pub(crate) name: String,
    pub(crate) roles: String,
    pub(crate) phone: String,
    pub(crate) email: String,
    pub(crate) place: String,
    pub(crate) in_conflict: bool,
}

pub(crate) async fn show(State(screens): State<Screens>, visit: Visit) -> Answer {
    let t = visit.texts.clone();
    let frame = screens.frame(&visit, t.get("supporters-title")).await?;
    let search = visit.query("search").unwrap_or_default().to_owned();
    let role: Option<Role> = visit.query("role").and_then(|code| code.parse().ok());
    let limit = visit.query("all").is_none().then_some(FIRST_ROWS);
    let question = Question { search: search.clone(), role, limit };
    let found = screens.ask(&visit, move |desk| desk.supporters(&question)).await?;
    let mut form = Form::default();
    form.set("role", role.map(Role::code).unwrap_or_default());
    let mut roles = vec![Choice::new("", t.get("supporters-any-role").to_string())];
    roles.extend(Role::ALL.iter().map(|role| Choice::new(role.code(), t.code("role", role.code()))));
    let rows = found.rows.into_iter().map(|listed| Row::new(listed, &t)).collect();
    let all = Urls.all_supporters(&search, role.map(Role::code).unwrap_or_default());
    let (total, found) = (found.total, found.found);
    Ok(html(&SupportersPage { t, frame, urls: Urls, form, search, roles, total, found, rows, all }))
}

impl Row {
    fn new(listed: Listed, t: &Texts) -> Self {
        let roles: Vec<String> = listed.roles.iter().map(|role| t.code("role", role.code())).collect();
        Self {
            id: listed.id,
            name: listed.name,
            roles: roles.join(", "),
            phone: listed.phone,
            email: listed.email,
            place: listed.place,
            in_conflict: listed.in_conflict,
        }
    }
}
