//! The sharing agreement in plain words.

use std::collections::BTreeSet;

use super::setup::tick;
use crate::web::desk::Acceptance;
use crate::web::state::{Answer, Failure, Screens, done, ticked};
use askama::Template;
use axum::extract::State;
use helhet_shared::gate::Agreement;
use helhet_shared::supporter::Category;
use helhet_shared::web::{Choice, Form, Frame, Texts};
use helhet_shared::web::{Submitted, Visit, html};

use crate::web::urls::Urls;

/// One line of the agreement as shown.
#[derive(Debug, Clone)]
pub(crate) struct SharedLine {
    pub(crate) purpose: &'static str,
    pub(crate) basis: &'static str,
    pub(crate) on_consent: bool,
    /// The names of the shared fields, in the visitor's language, each once.
    pub(crate) fields: Vec<String>,
}

impl SharedLine {
    /// The lines of an agreement in words. Fields that say nothing about the supporter are left out.
    pub(crate) fn all(t: &Texts, agreement: &Agreement) -> Vec<Self> {
        let line = |line: &helhet_shared::gate::AgreementLine| {
            let told = line.fields.iter().filter(|field| field.category() != Category::Internal);
            Self::new(t, line.purpose.code(), line.basis.code(), told.map(|field| field.pattern()))
        };
        agreement.lines.iter().map(line).collect()
    }

    pub(crate) fn new<'f>(
        t: &Texts,
        purpose: &'static str,
        basis: &'static str,
        patterns: impl IntoIterator<Item = &'f str>,
    ) -> Self {
        let mut seen = BTreeSet::new();
        let fields = patterns
            .into_iter()
            .map(|pattern| t.code("field", pattern))
            .filter(|name| seen.insert(name.clone()))
            .collect();
        Self { purpose, basis, on_consent: basis == "consent", fields }
    }
}

#[derive(Debug, Template)]
#[template(path = "pages/agreement.html")]
pub(crate) struct AgreementPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) form: Form,
    pub(crate) accepted: bool,
    pub(crate) version: u32,
    pub(crate) lines: Vec<SharedLine>,
    pub(crate) signed: Vec<Choice>,
}

pub(crate) async fn show(State(screens): State<Screens>, visit: Visit) -> Answer {
    page(&screens, &visit, Form::default()).await
}

pub(crate) async fn accept(
    State(screens): State<Screens>,
    visit: Visit,
    Submitted(mut form): Submitted,
) -> Answer {
    if !ticked(&form, "signed") {
        form.refuse("signed", "error-signed");
        return page(&screens, &visit, form).await;
    }
    screens.ask(&visit, |desk| desk.accept_agreement()).await?;
    Ok(done(Urls.agreement(), "done-agreed"))
}

async fn page(screens: &Screens, visit: &Visit, form: Form) -> Answer {
    let t = visit.texts.clone();
    let frame = screens.frame(visit, t.get("agreement-title")).await?;
    let known = screens.ask(visit, |desk| desk.agreement()).await?;
    let Some((agreement, accepted)) = known else { return Err(Failure::not_found(visit)) };
    let signed = tick(t.get("setup-signed").to_string(), t.get("setup-signed-hint").to_string());
    let accepted = accepted == Acceptance::Accepted;
    let lines = SharedLine::all(&t, &agreement);
    Ok(html(&AgreementPage {
        t,
        frame,
        urls: Urls,
        form,
        accepted,
        version: agreement.version,
        lines,
        signed,
    }))
}
