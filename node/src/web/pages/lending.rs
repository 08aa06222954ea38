//! Lists for event helpers: what is lent to whom until when, lending one, and taking one back.

use askama::Template;
use axum::extract::State;
use helhet_shared::rights::List;
use helhet_shared::web::{Choice, Form, Frame, Submitted, Texts, Visit, html};

use crate::web::lending_desk::{LendAnswer, Lent};
use crate::web::state::{Answer, Screens, done};
use crate::web::urls::Urls;

#[derive(Debug, Template)]
#[template(path = "pages/lending.html")]
pub(crate) struct LendingPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) form: Form,
    pub(crate) lent: Vec<LentLine>,
    pub(crate) helpers: Vec<Choice>,
    pub(crate) lists: Vec<Choice>,
}

/// A list that is lent, in words.
#[derive(Debug, Clone)]
pub(crate) struct LentLine {
    pub(crate) id: String,
    pub(crate) helper: String,
    pub(crate) list: String,
    pub(crate) until: String,
    pub(crate) by: String,
}

impl LentLine {
    pub(crate) fn new(t: &Texts, lent: Lent) -> Self {
        Self {
            list: name(t, &lent.list),
            until: t.date(lent.until).to_string(),
            id: lent.id,
            helper: lent.helper,
            by: lent.by,
        }
    }
}

/// What a list is called.
pub(crate) fn name(t: &Texts, list: &List) -> String {
    match list {
        List::Role(role) => t.get("lent-role").arg("role", t.code("role", role.code())).to_string(),
        List::Tag(tag) => t.get("lent-tag").arg("tag", tag.as_str()).to_string(),
    }
}

pub(crate) async fn show(State(screens): State<Screens>, visit: Visit) -> Answer {
    page(&screens, &visit, Form::default()).await
}

async fn page(screens: &Screens, visit: &Visit, mut form: Form) -> Answer {
    let t = visit.texts.clone();
    let frame = Frame { live: false, ..screens.frame(visit, t.get("lending-title")).await? };
    let role = visit.role;
    let (lendable, lent) = screens
        .ask(visit, move |desk| {
            let lendable = role.map(|role| desk.lendable(role)).transpose()?.unwrap_or_default();
            Ok((lendable, desk.lent()?))
        })
        .await?;
    if form.value("until").is_empty() {
        form.set("until", lendable.today.to_string());
    }
    let lists = lendable.lists.iter().map(|list| Choice::new(list.code(), name(&t, list))).collect();
    let helpers = lendable.helpers.into_iter().map(|login| Choice::new(login.clone(), login)).collect();
    let lent = lent.into_iter().map(|lent| LentLine::new(&t, lent)).collect();
    Ok(html(&LendingPage { t, frame, urls: Urls, form, lent, helpers, lists }))
}

pub(crate) async fn lend(
    State(screens): State<Screens>,
    visit: Visit,
    Submitted(mut form): Submitted,
) -> Answer {
    let by = visit.who();
    let helper = form.value("helper").to_owned();
    let list = List::from_code(form.value("list"));
    let until = form.value("until").parse().ok();
    let answer = match (list, until) {
        (Some(list), Some(until)) => {
            screens.ask(&visit, move |desk| desk.lend(&by, &helper, &list, until)).await?
        }
        (None, _) => LendAnswer::MayNot,
        (Some(_), None) => LendAnswer::Until,
    };
    match answer {
        LendAnswer::Lent => return Ok(done(Urls.lending(), "done-lent")),
        LendAnswer::MayNot => form.refuse("list", "error-lend-list"),
        LendAnswer::NoHelper => form.refuse("helper", "error-lend-helper"),
        LendAnswer::Until => form.refuse("until", "error-lend-until"),
    }
    page(&screens, &visit, form).await
}

pub(crate) async fn take_back(
    State(screens): State<Screens>,
    visit: Visit,
    Submitted(form): Submitted,
) -> Answer {
    let (by, id) = (visit.who(), form.value("lent").to_owned());
    screens.ask(&visit, move |desk| desk.take_back(&by, &id)).await?;
    Ok(done(Urls.lending(), "done-taken-back"))
}
