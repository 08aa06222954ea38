//! Pairs that may be one supporter, side by side: a person decides whether they are one or two.

use askama::Template;
use axum::extract::{Path, State};
use helhet_shared::web::{Choice, Form, Frame, Submitted, Texts, Visit, html};

use super::card::Card;
use super::setup::tick;
use super::supporter::supporter_id;
use crate::web::desk::DeskError;
use crate::web::state::{Answer, Failure, Screens, done, ticked};
use crate::web::urls::Urls;

/// Shown at a time; the next come when these are decided.
const PAIRS: usize = 20;

#[derive(Debug, Template)]
#[template(path = "pages/doubles.html")]
pub(crate) struct DoublesPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) count: usize,
    pub(crate) pairs: Vec<[Card; 2]>,
}

#[derive(Debug, Template)]
#[template(path = "pages/double_merge.html")]
pub(crate) struct MergePage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) pair: [Card; 2],
    pub(crate) form: Form,
    pub(crate) sure: Vec<Choice>,
}

pub(crate) async fn show(State(screens): State<Screens>, visit: Visit) -> Answer {
    let t = visit.texts.clone();
    let frame = screens.frame(&visit, t.get("doubles-title")).await?;
    let ((count, found), place) =
        screens.ask(&visit, |desk| Ok((desk.doubles(PAIRS)?, desk.place()?))).await?;
    let today = visit.now.date_naive();
    let card = |supporter| Card::of(supporter, &t, today, &place.country);
    let pairs = found.iter().map(|(one, other)| [card(one), card(other)]).collect();
    Ok(html(&DoublesPage { t, frame, urls: Urls, count, pairs }))
}

/// Two different people.
pub(crate) async fn tell_apart(
    State(screens): State<Screens>,
    visit: Visit,
    Submitted(form): Submitted,
) -> Answer {
    let one = supporter_id(&visit, form.value("one"))?;
    let other = supporter_id(&visit, form.value("other"))?;
    screens.ask(&visit, move |desk| desk.tell_apart(one, other)).await?;
    Ok(done(Urls.doubles(), "done-apart"))
}

pub(crate) async fn show_merge(
    State(screens): State<Screens>,
    visit: Visit,
    Path((kept, gone)): Path<(String, String)>,
) -> Answer {
    merge_page(&screens, &visit, &kept, &gone, Form::default()).await
}

/// The same person.
pub(crate) async fn merge(
    State(screens): State<Screens>,
    visit: Visit,
    Path((kept, gone)): Path<(String, String)>,
    Submitted(mut form): Submitted,
) -> Answer {
    if !ticked(&form, "sure") {
        form.refuse("sure", "error-merge-sure");
        return merge_page(&screens, &visit, &kept, &gone, form).await;
    }
    let (one, other) = (supporter_id(&visit, &kept)?, supporter_id(&visit, &gone)?);
    let who = visit.who();
    match screens.try_to(move |desk| desk.merge(&who, one, other)).await {
        Ok(()) => Ok(done(Urls.supporter(&one), "done-merged")),
        Err(DeskError::Closed) => {
            form.refuse("sure", "error-merge-health");
            merge_page(&screens, &visit, &kept, &gone, form).await
        }
        Err(error) => Err(Failure::of(&visit, error)),
    }
}

async fn merge_page(screens: &Screens, visit: &Visit, kept: &str, gone: &str, form: Form) -> Answer {
    let t = visit.texts.clone();
    let (kept, gone) = (supporter_id(visit, kept)?, supporter_id(visit, gone)?);
    if kept == gone {
        return Err(Failure::not_found(visit));
    }
    let question = move |desk: &dyn crate::web::desk::Desk| {
        Ok((desk.supporter(kept)?, desk.supporter(gone)?, desk.place()?))
    };
    let (kept, gone, place) = screens.ask(visit, question).await?;
    let pair = [kept, gone].map(|one| Card::of(&one, &t, visit.now.date_naive(), &place.country));
    let frame = screens.frame(visit, t.get("merge-title").arg("name", &pair[0].name)).await?;
    let frame = Frame { live: false, ..frame };
    let sure = tick(t.get("merge-sure").to_string(), String::new());
    Ok(html(&MergePage { t, frame, urls: Urls, pair, form, sure }))
}
