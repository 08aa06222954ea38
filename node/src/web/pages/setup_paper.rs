//! A chapter whose computers are gone comes back from its paper: the words, and the office's address beneath them.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use helhet_protocol::identity::{OfficeAddress, RecoveryPhrase, RecoveryPhraseError};
use helhet_shared::web::{Form, Frame, Submitted, Texts, Visit, html};

use crate::web::desk::DeskError;
use crate::web::state::{Answer, Failure, Screens};
use crate::web::urls::Urls;

#[derive(Debug, Template)]
#[template(path = "pages/setup_paper.html")]
pub(crate) struct PaperPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) form: Form,
    /// The key of what the office said, or that it did not answer.
    pub(crate) refusal: Option<&'static str>,
    /// Which of the words is none of those that there are.
    pub(crate) wrong_word: Option<usize>,
}

pub(crate) async fn show(visit: Visit) -> Answer {
    Ok(page(&visit, Form::default(), None, None))
}

/// Brings everything back that the office keeps sealed. What came stays where the line breaks: the same once more goes on.
pub(crate) async fn restore(
    State(screens): State<Screens>,
    visit: Visit,
    Submitted(mut form): Submitted,
) -> Answer {
    let phrase = RecoveryPhrase::parse(form.value("words"));
    let wrong_word = match &phrase {
        Ok(_) => None,
        Err(error) => {
            let (key, wrong_word) = words_error(error);
            form.refuse("words", key);
            wrong_word
        }
    };
    // Of a line that was typed in pieces.
    let office: String = form.value("office").split_whitespace().collect();
    let office = office.parse::<OfficeAddress>();
    if office.is_err() {
        form.refuse("office", "error-paper-office");
    }
    if form.value("device").is_empty() {
        form.refuse("device", "error-device-missing");
    }
    let (Ok(office), Ok(phrase), false) = (office, phrase, form.is_refused()) else {
        return Ok(page(&visit, form, None, wrong_word));
    };
    let device = form.value("device").to_owned();
    match screens.try_to(move |desk| desk.bring_back(&office, &phrase, &device)).await {
        Ok(()) => Ok(Redirect::to("/setup/user").into_response()),
        Err(DeskError::OfficeUnreachable) => Ok(page(&visit, form, Some("error-office-unreachable"), None)),
        Err(DeskError::OfficeSaid(key)) => Ok(page(&visit, form, Some(key), None)),
        Err(error) => Err(Failure::of(&visit, error)),
    }
}

/// The key of the sentence, and which of the words it is about.
fn words_error(error: &RecoveryPhraseError) -> (&'static str, Option<usize>) {
    match error {
        RecoveryPhraseError::Count { .. } => ("error-waiting-words", None),
        RecoveryPhraseError::UnknownWord { number } => ("error-words-unknown", Some(*number)),
        RecoveryPhraseError::Checksum => ("error-words-together", None),
    }
}

fn page(visit: &Visit, form: Form, refusal: Option<&'static str>, wrong_word: Option<usize>) -> Response {
    let t = visit.texts.clone();
    let frame = Frame::bare(visit, t.get("paper-title").to_string());
    html(&PaperPage { t, frame, urls: Urls, form, refusal, wrong_word })
}
