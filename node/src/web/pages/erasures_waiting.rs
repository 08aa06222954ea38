//! Erasures that wait for a second word: by which computer, and of whom. Here a second one says so too, or takes it back.

use askama::Template;
use axum::extract::State;
use helhet_protocol::identity::{PublicKey, RecoveryPhrase};
use helhet_shared::web::{Form, Frame, Submitted, Texts, Visit, html};

use crate::read::WaitingErasure;
use crate::web::desk::DeskError;
use crate::web::state::{Answer, Failure, Screens, done};
use crate::web::urls::Urls;
use crate::write::Which;

#[derive(Debug, Template)]
#[template(path = "pages/erasures_waiting.html")]
pub(crate) struct WaitingPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) form: Form,
    pub(crate) groups: Vec<Group>,
    /// This one's erasures take the recovery words: the computer that is used is no second one yet.
    pub(crate) asks_words_for: Option<PublicKey>,
}

impl WaitingPage {
    fn asks_words(&self, group: &Group) -> bool {
        self.asks_words_for.map_or(group.is_own, |device| device == group.device)
    }
}

/// What one computer would erase.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub(crate) by: String,
    /// Its key.
    pub(crate) device: PublicKey,
    pub(crate) is_own: bool,
    pub(crate) rows: Vec<WaitingLine>,
}

#[derive(Clone)]
pub(crate) struct WaitingLine {
    pub(crate) name: String,
    /// Of the erasure, in full.
    pub(crate) number: String,
    pub(crate) since: String,
}

impl std::fmt::Debug for WaitingLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "WaitingLine({})", self.number)
    }
}

impl Group {
    pub(crate) fn all(waiting: Vec<WaitingErasure>, t: &Texts) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        for one in waiting {
            let line = WaitingLine {
                name: one.name,
                number: one.number.in_full(),
                since: t.date(one.since.date_naive()),
            };
            match groups.last_mut().filter(|group| group.device == one.device) {
                Some(group) => group.rows.push(line),
                None => groups.push(Group {
                    by: one.by,
                    device: one.device,
                    is_own: one.is_own,
                    rows: vec![line],
                }),
            }
        }
        groups
    }
}

pub(crate) async fn show(State(screens): State<Screens>, visit: Visit) -> Answer {
    page(&screens, &visit, Form::default(), None).await
}

async fn page(screens: &Screens, visit: &Visit, form: Form, asks_words_for: Option<PublicKey>) -> Answer {
    let t = visit.texts.clone();
    let waiting = screens.ask(visit, |desk| desk.waiting_erasures()).await?;
    let groups = Group::all(waiting, &t);
    let frame = screens.frame(visit, t.get("second-title")).await?;
    Ok(html(&WaitingPage { t, frame, urls: Urls, form, groups, asks_words_for }))
}

/// One by its number, or all that a computer asked for.
fn which(form: &Form) -> Option<Which> {
    if let Some(number) = form.given("number") {
        let digits = data_encoding::HEXLOWER.decode(number.as_bytes()).ok()?;
        return Some(Which::Numbered(digits.try_into().ok()?));
    }
    form.value("device").parse().ok().map(Which::Of)
}

/// Says so too, or takes it back, as the pressed button says: of one, or of all that a computer asked for.
pub(crate) async fn answer(
    State(screens): State<Screens>,
    visit: Visit,
    Submitted(mut form): Submitted,
) -> Answer {
    let which = which(&form).ok_or_else(|| Failure::not_found(&visit))?;
    if form.value("answer") == "no" {
        screens.ask(&visit, move |desk| desk.take_back_erasures(which)).await?;
        return Ok(done(Urls.waiting_erasures(), "done-here-again"));
    }
    let words = match form.given("words").map(|words| RecoveryPhrase::parse(&words)) {
        None if form.value("answer") == "words" => Err("error-waiting-words"),
        None => Ok(None),
        Some(Ok(phrase)) => Ok(Some(phrase)),
        Some(Err(_)) => Err("error-waiting-words"),
    };
    let (with_words, asked_for) = (matches!(words, Ok(Some(_))), form.value("device").parse().ok());
    let said = match words {
        Ok(phrase) => screens.try_to(move |desk| desk.confirm_erasures(which, phrase)).await,
        Err(key) => {
            form.set("words", "").refuse("words", key);
            return page(&screens, &visit, form, asked_for).await;
        }
    };
    match said {
        Ok(()) => Ok(done(Urls.waiting_erasures(), "done-confirmed-erasures")),
        Err(DeskError::MayNot) => {
            let key = if with_words { "error-waiting-words-other" } else { "error-waiting-newcomer" };
            form.set("words", "").refuse("words", key);
            page(&screens, &visit, form, asked_for).await
        }
        Err(error) => Err(Failure::of(&visit, error)),
    }
}
