//! The list of supporters: search as one types, filter by role. What is searched for is posted, so that no name comes to stand in an
//! address.

use crate::web::asked::{Asked, Asking};
use crate::web::desk::{Listed, Question};
use crate::web::state::{Answer, Screens};
use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect};
use helhet_shared::id::SupporterId;
use helhet_shared::supporter::Role;
use helhet_shared::web::visit::PART;
use helhet_shared::web::{Choice, Form, Frame, Texts};
use helhet_shared::web::{Submitted, Visit, html};

use crate::web::urls::Urls;

/// Shown before "show all": a screenful too many for reading, few enough to come at once.
pub(crate) const FIRST_ROWS: usize = 100;

#[derive(Debug, Template)]
#[template(path = "pages/supporters.html")]
pub(crate) struct SupportersPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    /// Holds what is searched for, the chosen role, and whether all are shown.
    pub(crate) form: Form,
    /// Stands in the address for what is searched for.
    pub(crate) number: String,
    pub(crate) roles: Vec<Choice>,
    /// All supporters of the chapter, and how many of them were found.
    pub(crate) total: usize,
    pub(crate) found: usize,
    pub(crate) rows: Vec<Row>,
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

/// The list as an address asks for it: all, those who hold a role, or what was searched for before.
pub(crate) async fn show(State(screens): State<Screens>, visit: Visit) -> Answer {
    let number = visit.query("asked").map(str::to_owned);
    let asked = number.as_ref().and_then(|number| screens.asked.find(login(&visit), number));
    let asking = asked.unwrap_or_else(|| Asking {
        role: visit.query("role").unwrap_or_default().to_owned(),
        ..Asking::default()
    });
    page(&screens, &visit, asking, number.unwrap_or_else(Asked::draw)).await
}

/// A search. Without script it is kept and led to by its number; with it the answer comes at once, kept under the number of the page.
pub(crate) async fn search(
    State(screens): State<Screens>,
    visit: Visit,
    headers: HeaderMap,
    Submitted(form): Submitted,
) -> Answer {
    let asking = Asking {
        search: form.value("search").to_owned(),
        role: form.value("role").to_owned(),
        all: !form.value("all").is_empty(),
    };
    let number = form.given("asked").filter(|number| number.len() == Asked::draw().len());
    match number.filter(|_| headers.contains_key(PART)) {
        Some(number) => {
            screens.asked.keep(login(&visit), &number, asking.clone());
            page(&screens, &visit, asking, number).await
        }
        None => {
            let number = Asked::draw();
            screens.asked.keep(login(&visit), &number, asking);
            Ok(Redirect::to(&Urls.asked(&number)).into_response())
        }
    }
}

fn login(visit: &Visit) -> &str {
    visit.login.as_deref().unwrap_or_default()
}

async fn page(screens: &Screens, visit: &Visit, asking: Asking, number: String) -> Answer {
    let t = visit.texts.clone();
    let frame = screens.frame(visit, t.get("supporters-title")).await?;
    let role: Option<Role> = asking.role.parse().ok();
    let limit = (!asking.all).then_some(FIRST_ROWS);
    let question = Question { search: asking.search.clone(), role, limit };
    let found = screens.ask(visit, move |desk| desk.supporters(&question)).await?;
    let mut form = Form::default();
    form.set("search", asking.search).set("role", role.map(Role::code).unwrap_or_default());
    form.set("all", if asking.all { "1" } else { "" });
    let mut roles = vec![Choice::new("", t.get("supporters-any-role").to_string())];
    roles.extend(Role::ALL.iter().map(|role| Choice::new(role.code(), t.code("role", role.code()))));
    let rows = found.rows.into_iter().map(|listed| Row::new(listed, &t)).collect();
    let (total, found) = (found.total, found.found);
    Ok(html(&SupportersPage { t, frame, urls: Urls, form, number, roles, total, found, rows }))
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
