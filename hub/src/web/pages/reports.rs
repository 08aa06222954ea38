//! The report history: who took out what, when, what for and how much of it (S3.10).

use askama::Template;
use axum::extract::State;
use helhet_shared::web::{Frame, Texts, html};

use crate::store::{StoreError, reports};
use crate::web::state::{Answer, Screens, Signed};
use crate::web::urls::Urls;

const ROWS_MAX: u32 = 500;

#[derive(Debug, Template)]
#[template(path = "pages/reports.html")]
pub(crate) struct ReportsPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) rows: Vec<ReportLine>,
}

#[derive(Debug, Clone)]
pub(crate) struct ReportLine {
    pub(crate) when: String,
    pub(crate) login: String,
    pub(crate) what: String,
    /// The card that was opened, if it was one.
    pub(crate) supporter: String,
    pub(crate) why: String,
    pub(crate) how_many: u64,
}

impl ReportLine {
    pub(crate) fn of(row: &reports::ReportRow, t: &Texts, now: chrono::DateTime<chrono::Utc>) -> Self {
        let at = chrono::DateTime::from_timestamp(row.at, 0).unwrap_or_default();
        let (what, supporter) = match row.what.strip_prefix("card ") {
            Some(id) => ("card", id),
            None => (row.what.as_str(), ""),
        };
        Self {
            when: t.ago(at, now),
            login: row.login.clone(),
            what: t.code("taken", &what.replace(' ', "_")),
            supporter: supporter.to_owned(),
            why: t.code("why", &row.why.replace(' ', "_")).replace('_', " "),
            how_many: row.how_many,
        }
    }
}

pub(crate) async fn show(State(screens): State<Screens>, signed: Signed) -> Answer {
    let rows = screens
        .ask(&signed.visit, |hub| {
            hub.database().read(|reader| reports::newest(reader, ROWS_MAX).map_err(StoreError::from))
        })
        .await?;
    let t = signed.visit.texts.clone();
    let rows = rows.iter().map(|row| ReportLine::of(row, &t, signed.visit.now)).collect();
    let frame = screens.frame(&signed, t.get("reports-title")).await?;
    Ok(html(&ReportsPage { t, frame, urls: Urls, rows }))
}
