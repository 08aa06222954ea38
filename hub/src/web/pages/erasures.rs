//! The register of erasures: what chapters have erased or let out less of, and whether this office has signed that it is gone
//! here. Those who still owe their word stand first, and are said to be late after a month; of those that gave it the latest follow.

use askama::Template;
use axum::extract::State;
use chrono::{DateTime, TimeDelta, Utc};
use helhet_shared::sqlite::tombstones::ERASED;
use helhet_shared::web::{Frame, Texts, html};
use helhet_shared::zone::Zone;

use crate::store::erasures::{self, ErasureRow};
use crate::store::{StoreError, chapters, projections};
use crate::web::state::{Answer, Screens, Signed};
use crate::web::urls::Urls;

const ROWS_MAX: usize = 500;

/// What is owed for longer stands out.
const LATE_AFTER: TimeDelta = TimeDelta::days(30);

#[derive(Debug, Template)]
#[template(path = "pages/erasures.html")]
pub(crate) struct ErasuresPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) late: usize,
    pub(crate) rows: Vec<ErasureLine>,
}

#[derive(Debug, Clone)]
pub(crate) struct ErasureLine {
    pub(crate) what: &'static str,
    pub(crate) chapter: String,
    pub(crate) received: String,
    /// The day of the receipt, if it was given.
    pub(crate) receipt: Option<String>,
    pub(crate) is_late: bool,
    /// What the office itself has on the same person, and has to decide on.
    pub(crate) left: Option<String>,
}

impl ErasureLine {
    fn of(row: &ErasureRow, chapter: String, left: Option<String>, t: &Texts, now: DateTime<Utc>) -> Self {
        Self {
            what: match (row.floor == ERASED, row.zone == Zone::Shared.code()) {
                (true, true) => "erasures-erased",
                // The narrower zones are one to the office: it could read neither.
                (true, false) => "erasures-erased-sealed",
                (false, _) => "erasures-narrowed",
            },
            chapter,
            received: t.date(at(row.received_at).date_naive()),
            receipt: row.receipted_at.map(|seconds| t.date(at(seconds).date_naive())),
            is_late: is_late(row, now),
            left,
        }
    }
}

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap_or_default()
}

fn is_late(row: &ErasureRow, now: DateTime<Utc>) -> bool {
    row.receipted_at.is_none() && now - at(row.received_at) > LATE_AFTER
}

pub(crate) async fn show(State(screens): State<Screens>, signed: Signed) -> Answer {
    let (t, now) = (signed.visit.texts.clone(), signed.visit.now);
    let texts = t.clone();
    let (late, rows) = screens
        .ask(&signed.visit, move |hub| {
            hub.database().read(|reader| {
                let names = chapters::list(reader)?;
                let mut rows = erasures::list(reader)?;
                // Whose receipt is owed comes first, and the oldest of them before all.
                rows.sort_by_key(|row| {
                    (row.receipted_at.is_some(), row.receipted_at.map_or(row.received_at, |at| -at))
                });
                let late = rows.iter().filter(|row| is_late(row, now)).count();
                rows.truncate(ROWS_MAX);
                let line = |row: &ErasureRow| {
                    let chapter = names.iter().find(|chapter| chapter.id.as_bytes() == &row.chapter);
                    let left = match &row.office_record {
                        Some(document) => projections::record(reader, document)?
                            .map(|record| data_encoding::HEXLOWER.encode(&record.supporter)),
                        None => None,
                    };
                    let name = chapter.map(|chapter| chapter.name.clone()).unwrap_or_default();
                    Ok(ErasureLine::of(row, name, left, &texts, now))
                };
                Ok::<_, StoreError>((late, rows.iter().map(line).collect::<Result<Vec<_>, StoreError>>()?))
            })
        })
        .await?;
    let frame = screens.frame(&signed, t.get("erasures-title")).await?;
    Ok(html(&ErasuresPage { t, frame, urls: Urls, late, rows }))
}
