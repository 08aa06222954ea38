//! The page that shows every component once, in the visitor's language: where the look is judged and where a builder copies from.

use askama::Template;

use super::{Choice, Form, Frame, Light, LightState, Texts, Visit};

/// `/design` of both programs.
#[derive(Debug, Template)]
#[template(path = "design.html")]
pub struct DesignPage {
    t: Texts,
    frame: Frame,
    form: Form,
    choices: Vec<Choice>,
    lights: Vec<Light>,
}

impl DesignPage {
    pub fn new(visit: &Visit, frame: Frame) -> Self {
        let t = visit.texts.clone();
        let mut form = Form::default();
        form.set("design-email", "kari@").set("design-choice", "volunteer");
        form.refuse("design-email", "error-email");
        let choices = ["member", "volunteer", "peer_supporter"]
            .map(|code| Choice::new(code, t.code("role", code)).with_hint(t.code("role-hint", code)))
            .to_vec();
        let lights = [LightState::Sent, LightState::Waiting, LightState::Refused]
            .map(|state| Light {
                state,
                words: t.code("design-light", state.code()),
                href: Some("#".to_owned()),
            })
            .to_vec();
        Self { t, frame, form, choices, lights }
    }
}
