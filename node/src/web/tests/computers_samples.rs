//! Sample values for the pages of the chapter's computers.

use askama::Template;
use helhet_shared::web::{Choice, Form};

use super::samples::Sample;
use crate::web::pages::{meeting, removed};
use crate::web::urls::Urls;

pub(super) fn computers(s: &Sample) -> Vec<(&'static str, String)> {
    let meeting = |here: Option<&str>, form| meeting::MeetingPage {
        t: s.t.clone(),
        frame: s.frame("x"),
        urls: Urls,
        here: here.map(str::to_owned),
        form,
    };
    let removed = removed::RemovedPage {
        t: s.t.clone(),
        frame: s.frame("x"),
        urls: Urls,
        form: s.refused("sure", "error-sure-wiped"),
        sure: vec![Choice::new("yes", s.t.get("removed-sure").to_string())],
    };
    vec![
        ("meeting", meeting(None, s.refused("address", "error-meeting-nobody")).render().unwrap()),
        ("meeting_waits", meeting(Some("192.168.1.14:4434"), Form::default()).render().unwrap()),
        ("removed", removed.render().unwrap()),
    ]
}
