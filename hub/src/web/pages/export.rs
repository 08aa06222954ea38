//! Taking a list out: in which form and what for. The answer is the file, and a line in the report history.

use askama::Template;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use helhet_shared::supporter::Role;
use helhet_shared::web::{Choice, Form, Frame, Submitted, Texts, html};

use super::supporters::role_choices;
use crate::files::{self, ExportFormat};
use crate::read::{self, Extraction, Held};
use crate::store::StoreError;
use crate::web::state::{Answer, Screens, Signed};
use crate::web::urls::Urls;

const WHY_CHARACTERS_MAX: usize = 200;

#[derive(Debug, Template)]
#[template(path = "pages/export.html")]
pub(crate) struct ExportPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) form: Form,
    pub(crate) roles: Vec<Choice>,
    pub(crate) formats: Vec<Choice>,
}

pub(crate) async fn ask(State(screens): State<Screens>, signed: Signed) -> Answer {
    let mut form = Form::default();
    form.set("format", ExportFormat::Csv.name());
    page(&screens, &signed, form).await
}

async fn page(screens: &Screens, signed: &Signed, form: Form) -> Answer {
    let t = signed.visit.texts.clone();
    let frame = Frame { live: false, ..screens.frame(signed, t.get("export-title")).await? };
    Ok(html(&ExportPage::new(t, frame, form)))
}

impl ExportPage {
    pub(crate) fn new(t: Texts, frame: Frame, form: Form) -> Self {
        let format = |format: ExportFormat| Choice::new(format.name(), t.code("format", format.name()));
        let formats = FORMATS.map(format).to_vec();
        Self { roles: role_choices(&t), formats, t, frame, urls: Urls, form }
    }
}

const FORMATS: [ExportFormat; 3] = [ExportFormat::Csv, ExportFormat::Vcard, ExportFormat::Json];

pub(crate) async fn take(
    State(screens): State<Screens>,
    signed: Signed,
    Submitted(mut form): Submitted,
) -> Answer {
    let format = FORMATS.into_iter().find(|format| format.name() == form.value("format"));
    let why: String = form.value("why").chars().take(WHY_CHARACTERS_MAX).collect();
    if why.is_empty() {
        form.refuse("why", "error-why-missing");
    }
    let Some(format) = format.filter(|_| !form.is_refused()) else {
        return page(&screens, &signed, form).await;
    };
    let role = Role::from_code(form.value("role"));
    let today = signed.visit.now.date_naive();
    let extraction =
        Extraction { login: signed.login.clone(), what: format!("export {}", format.name()), why };
    let text = screens
        .ask(&signed.visit, move |hub| {
            let role = role.map(|role| Held { role: role.code(), on: today });
            let question = |reader: &rusqlite::Connection| read::supporters(reader, "", role, None, 0);
            let found = read::take_out(hub.database(), &extraction, hub.now().timestamp(), question)?;
            files::export(format, &found).map_err(|_| StoreError::Damaged { what: "a national record" })
        })
        .await?;
    let kind = match format {
        ExportFormat::Csv => "text/csv; charset=utf-8",
        ExportFormat::Json => "application/json",
        ExportFormat::Vcard => "text/vcard; charset=utf-8",
    };
    let ending = if format == ExportFormat::Vcard { "vcf" } else { format.name() };
    let name = format!("attachment; filename=\"supporters.{ending}\"");
    Ok(([(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, name)], text).into_response())
}
