//! Correcting a name or contact detail: one form with what the office knows; what is changed goes, with its source, to
//! each chapter that holds the supporter.

use askama::Template;
use axum::extract::{Path, State};
use helhet_shared::gate::Source;
use helhet_shared::supporter::value::{Country, Email, Line, Phone, Postcode};
use helhet_shared::web::{Choice, Form, Frame, Submitted, Texts, html};
use serde_json::Value as Json;

use super::card::Card;
use super::supporter::open;
use crate::hub::{Hub, HubError};
use crate::national::{Correction, CorrectionOutcome};
use crate::web::state::{Answer, AskError, Failure, Screens, Signed, done};
use crate::web::urls::Urls;

#[derive(Debug, Template)]
#[template(path = "pages/correct.html")]
pub(crate) struct CorrectPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) form: Form,
    pub(crate) id: String,
    pub(crate) name: String,
    /// The chapters that will get the correction.
    pub(crate) chapters: String,
    pub(crate) fields: Vec<EditField>,
    pub(crate) sources: Vec<Choice>,
}

/// One detail in the form.
#[derive(Clone)]
pub(crate) struct EditField {
    /// `phone-0`.
    pub(crate) name: String,
    pub(crate) label: String,
    /// The input's type.
    pub(crate) kind: String,
    /// What stands there now.
    pub(crate) was: String,
}

impl std::fmt::Debug for EditField {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "EditField({})", self.name)
    }
}

pub(crate) async fn ask(State(screens): State<Screens>, signed: Signed, Path(id): Path<String>) -> Answer {
    let file = open(&screens, &signed, signed.id(&id)?).await?;
    let mut form = Form::default();
    for field in fields(&file.national, &signed.visit.texts) {
        form.set(field.name, field.was);
    }
    page(&screens, &signed, &file.national, form).await
}

async fn page(screens: &Screens, signed: &Signed, national: &Json, form: Form) -> Answer {
    let t = signed.visit.texts.clone();
    let card = Card::of(national, &t, signed.visit.now.date_naive(), &screens.hub.office().country());
    let title = t.get("correct-title").arg("name", &card.name).to_string();
    let frame = Frame { live: false, ..screens.frame(signed, title).await? };
    Ok(html(&CorrectPage::new(t, frame, national, card, form)))
}

impl CorrectPage {
    pub(crate) fn new(t: Texts, frame: Frame, national: &Json, card: Card, form: Form) -> Self {
        let source = |source: &Source| Choice::new(source.code(), t.code("source", source.code()));
        Self {
            fields: fields(national, &t),
            sources: Source::ALL.iter().map(source).collect(),
            chapters: card.chapters.join(", "),
            id: card.id,
            name: card.name,
            t,
            frame,
            urls: Urls,
            form,
        }
    }
}

pub(crate) async fn save(
    State(screens): State<Screens>,
    signed: Signed,
    Path(id): Path<String>,
    Submitted(mut form): Submitted,
) -> Answer {
    let id = signed.id(&id)?;
    let file = open(&screens, &signed, id).await?;
    let wanted = corrections(&screens.hub, &signed, &mut form, &fields(&file.national, &signed.visit.texts));
    if form.is_refused() {
        return page(&screens, &signed, &file.national, form).await;
    }
    let outcome = screens
        .try_to(move |hub| {
            let mut whole = CorrectionOutcome::default();
            for correction in &wanted {
                let one = hub.correct(id, correction)?;
                whole.chapters.extend(one.chapters);
                whole.office += one.office;
                whole.same += one.same;
            }
            hub.project()?;
            Ok::<_, HubError>(whole)
        })
        .await;
    let key = match outcome {
        Ok(outcome) if outcome.chapters.len() + outcome.office > 0 => "done-corrected",
        Ok(outcome) if outcome.same > 0 => "done-same-already",
        Ok(_) | Err(AskError::Hub(HubError::Correction(_))) => {
            form.refuse("correct", "error-correct-nowhere");
            return page(&screens, &signed, &file.national, form).await;
        }
        Err(error) => return Err(Failure::logged(&signed.visit, error)),
    };
    Ok(done(Urls.supporter(&id.to_string()), key))
}

/// What the office knows, as fields to be corrected.
fn fields(national: &Json, t: &Texts) -> Vec<EditField> {
    let mut fields = Vec::new();
    let mut add = |name: String, field: &str, kind: &str, value: &Json| {
        if let Some(was) = value.as_str().filter(|was| !was.is_empty()) {
            fields.push(EditField {
                name,
                label: t.code("field", field),
                kind: kind.to_owned(),
                was: was.to_owned(),
            });
        }
    };
    for part in ["given", "family", "legal"] {
        add(format!("{part}-0"), &format!("name/{part}"), "text", &national["name"][part]);
    }
    let lists = [("emails", "email", "email"), ("phones", "phone", "tel")];
    for (list, field, kind) in lists {
        for (index, entry) in national[list].as_array().into_iter().flatten().enumerate() {
            add(format!("{field}-{index}"), field, kind, &entry["value"]);
        }
    }
    for (index, entry) in national["addresses"].as_array().into_iter().flatten().enumerate() {
        for part in ["street", "postcode", "city", "country"] {
            add(format!("{part}-{index}"), &format!("address/*/{part}"), "text", &entry["value"][part]);
        }
    }
    fields
}

/// What is to be corrected; what cannot be read is marked in the form, and so is a missing source.
fn corrections(hub: &Hub, signed: &Signed, form: &mut Form, fields: &[EditField]) -> Vec<Correction> {
    let mut wanted = Vec::new();
    for field in fields {
        let Some(typed) = form.given(&field.name) else {
            form.refuse(&field.name, "error-missing");
            continue;
        };
        if typed == field.was {
            continue;
        }
        let kind = field.name.split('-').next().unwrap_or_default();
        if let Some(key) = unreadable(kind, &typed, &hub.office().country()) {
            form.refuse(&field.name, key);
        }
        // A name is one in each record, whatever it is there; of several addresses the one that was shown is meant.
        let replaces = (!["given", "family", "legal"].contains(&kind)).then(|| field.was.clone());
        let login = signed.login.clone();
        wanted.push((kind.to_owned(), typed, replaces, login));
    }
    let source = Source::from_code(form.value("source"));
    if source.is_none() {
        form.refuse("source", "error-source-missing");
    }
    if wanted.is_empty() && !form.is_refused() {
        form.refuse("correct", "error-nothing-changed");
    }
    let Some(source) = source else { return Vec::new() };
    wanted
        .into_iter()
        .map(|(field, value, replaces, login)| Correction { field, value, replaces, source, login })
        .collect()
}

/// The key of what is wrong with a typed value.
fn unreadable(kind: &str, typed: &str, country: &Country) -> Option<&'static str> {
    let (reads, key) = match kind {
        "email" => (Email::parse(typed).is_ok(), "error-email"),
        "phone" => (Phone::parse(typed, country).is_ok(), "error-phone"),
        "postcode" => (Postcode::parse(typed, country).is_ok(), "error-postcode"),
        "country" => (Country::parse(typed).is_ok(), "error-unreadable"),
        _ => (Line::parse(typed).is_ok(), "error-unreadable"),
    };
    (!reads).then_some(key)
}
