//! Pairs of records that may be one supporter: a person decides, and may take it back.

use askama::Template;
use axum::extract::State;
use helhet_shared::rights::Action;
use helhet_shared::web::{Frame, Submitted, Texts, html};

use super::card::Card;
use crate::linking::Decision;
use crate::read;
use crate::web::state::{Answer, Failure, Screens, Signed, done, look};
use crate::web::urls::Urls;

#[derive(Debug, Template)]
#[template(path = "pages/doubtful.html")]
pub(crate) struct DoubtfulPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) pairs: Vec<[Card; 2]>,
    pub(crate) may_work: bool,
}

pub(crate) async fn show(State(screens): State<Screens>, signed: Signed) -> Answer {
    let extraction = signed.looks_at("doubtful");
    let found = screens.ask(&signed.visit, move |hub| look(hub, &extraction, read::doubtful_files)).await?;
    let t = signed.visit.texts.clone();
    let today = signed.visit.now.date_naive();
    let country = screens.hub.office().country();
    let card = |national| Card::of(national, &t, today, &country);
    let pairs = found.iter().map(|(one, other)| [card(one), card(other)]).collect();
    let frame = screens.frame(&signed, t.get("doubtful-title")).await?;
    Ok(html(&DoubtfulPage { t, frame, urls: Urls, pairs, may_work: signed.visit.may(Action::DecideLinks) }))
}

pub(crate) async fn decide(
    State(screens): State<Screens>,
    signed: Signed,
    Submitted(form): Submitted,
) -> Answer {
    let (one, other) = (signed.id(form.value("one"))?, signed.id(form.value("other"))?);
    let decision =
        Decision::from_code(form.value("decision")).ok_or_else(|| Failure::not_found(&signed.visit))?;
    let login = signed.login.clone();
    screens.ask(&signed.visit, move |hub| hub.decide(one, other, Some(decision), &login)).await?;
    Ok(match decision {
        Decision::Same => done(Urls.supporter(&one.to_string()), "done-joined"),
        Decision::NotSame => done(Urls.doubtful(), "done-parted"),
    })
}

pub(crate) async fn take_back(
    State(screens): State<Screens>,
    signed: Signed,
    Submitted(form): Submitted,
) -> Answer {
    let (one, other) = (signed.id(form.value("one"))?, signed.id(form.value("other"))?);
    let login = signed.login.clone();
    screens.ask(&signed.visit, move |hub| hub.decide(one, other, None, &login)).await?;
    Ok(done(Urls.supporter(&one.to_string()), "done-taken-back"))
}
