//! The page for what went wrong: a plain sentence and what to do next, never a code alone and nothing from inside the program.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::{Frame, Texts, Visit};

/// What can go wrong for any page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// Nothing lives at this address (any more).
    NotFound,
    /// The form's token does not fit: the page was open too long, or the visitor signed in or out since.
    OldForm,
    /// What was sent is not a form.
    Unreadable,
    /// The file or form is larger than is taken.
    TooLarge,
    /// Not with this role.
    NotAllowed,
    /// The program failed; details are in its log.
    Failed,
}

impl Problem {
    pub const ALL: [Problem; 6] = [
        Problem::NotFound,
        Problem::OldForm,
        Problem::Unreadable,
        Problem::TooLarge,
        Problem::NotAllowed,
        Problem::Failed,
    ];

    fn status(self) -> StatusCode {
        match self {
            Problem::NotFound => StatusCode::NOT_FOUND,
            Problem::OldForm | Problem::Unreadable => StatusCode::BAD_REQUEST,
            Problem::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Problem::NotAllowed => StatusCode::FORBIDDEN,
            Problem::Failed => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn keys(self) -> (&'static str, &'static str) {
        match self {
            Problem::NotFound => ("problem-not-found", "problem-not-found-next"),
            Problem::OldForm => ("problem-old-form", "problem-old-form-next"),
            Problem::Unreadable => ("problem-unreadable", "problem-unreadable-next"),
            Problem::TooLarge => ("problem-too-large", "problem-too-large-next"),
            Problem::NotAllowed => ("problem-not-allowed", "problem-not-allowed-next"),
            Problem::Failed => ("problem-failed", "problem-failed-next"),
        }
    }
}

/// The page itself.
#[derive(Debug, Template)]
#[template(path = "error_page.html")]
pub struct ErrorPage {
    t: Texts,
    frame: Frame,
    problem: Problem,
    sentence: &'static str,
    next: &'static str,
}

impl ErrorPage {
    pub fn of(visit: &Visit, problem: Problem) -> Self {
        let (sentence, next) = problem.keys();
        let frame = Frame::bare(visit, visit.texts.get(sentence).to_string());
        Self { t: visit.texts.clone(), frame, problem, sentence, next }
    }
}

impl IntoResponse for ErrorPage {
    fn into_response(self) -> Response {
        (self.problem.status(), super::html(&self)).into_response()
    }
}
