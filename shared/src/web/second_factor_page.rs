//! The pages on which somebody sets a second factor up: the picture for the app, and then the codes for paper.

use askama::Template;

use super::{Form, Frame, Texts, Visit, picture};

/// The key of the sentence for a code that the app does not show.
pub const WRONG_CODE: &str = "error-factor-code";

/// The picture for the app, and the field for the code that it shows then. Its `Debug` hides the secret.
#[derive(Template)]
#[template(path = "second_factor.html")]
pub struct SetUpPage {
    pub t: Texts,
    pub frame: Frame,
    pub form: Form,
    /// Where the form goes.
    pub action: &'static str,
    picture: String,
    secret: String,
    mandatory: bool,
}

impl SetUpPage {
    /// `url` is what the picture says, `secret` what can be typed in its place.
    pub fn new(
        visit: &Visit,
        frame: Frame,
        form: Form,
        action: &'static str,
        url: &str,
        secret: &str,
    ) -> Self {
        Self {
            t: visit.texts.clone(),
            frame,
            form,
            action,
            picture: picture::of(url),
            secret: secret.to_owned(),
            mandatory: false,
        }
    }

    /// Where the program lets nobody in without one.
    #[must_use]
    pub fn mandatory(self) -> Self {
        Self { mandatory: true, ..self }
    }
}

/// The codes for paper, shown this once. Its `Debug` hides them.
#[derive(Template)]
#[template(path = "recovery_codes.html")]
pub struct CodesPage {
    pub t: Texts,
    pub frame: Frame,
    pub codes: Vec<String>,
    pub onward: &'static str,
}

impl std::fmt::Debug for SetUpPage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SetUpPage(…)")
    }
}

impl std::fmt::Debug for CodesPage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CodesPage(…)")
    }
}
