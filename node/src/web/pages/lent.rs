//! A list that is lent to the visitor: names and phone numbers of its people, and nothing else of anybody.

use askama::Template;
use axum::extract::{Path, State};
use helhet_shared::web::{Form, Frame, Submitted, Texts, Visit, html};

use super::lending::LentLine;
use crate::web::lending_desk::LentPerson;
use crate::web::state::{Answer, Screens};
use crate::web::urls::Urls;

#[derive(Debug, Template)]
#[template(path = "pages/lent.html")]
pub(crate) struct LentPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) lent: LentLine,
    /// What was typed.
    pub(crate) search: String,
    pub(crate) found: usize,
    pub(crate) people: Vec<LentPerson>,
}

pub(crate) async fn show(State(screens): State<Screens>, visit: Visit, Path(id): Path<String>) -> Answer {
    page(&screens, &visit, id, &Form::default()).await
}

pub(crate) async fn search(
    State(screens): State<Screens>,
    visit: Visit,
    Path(id): Path<String>,
    Submitted(form): Submitted,
) -> Answer {
    page(&screens, &visit, id, &form).await
}

async fn page(screens: &Screens, visit: &Visit, id: String, form: &Form) -> Answer {
    let (login, search) = (visit.who(), form.value("search").to_owned());
    let typed = search.clone();
    let found = screens.ask(visit, move |desk| desk.lent_people(&login, &id, &typed)).await?;
    let t = visit.texts.clone();
    let lent = LentLine::new(&t, found.lent);
    let frame = screens.frame(visit, &lent.list).await?;
    Ok(html(&LentPage { t, frame, urls: Urls, lent, search, found: found.found, people: found.people }))
}
