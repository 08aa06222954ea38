//! One supporter with everything in one place: each value with its chapter and day, differences in sight, why its
//! records count as one, and what became of the office's corrections.

use askama::Template;
use axum::extract::{Path, State};
use helhet_shared::id::DocumentId;
use helhet_shared::rights::Action;
use helhet_shared::supporter::value::{Country, Phone};
use helhet_shared::web::{Frame, Submitted, Texts, html};

use super::card::{self, Card};
use crate::hub::Hub;
use crate::linking::Decision;
use crate::national::Holder;
use crate::read::{self, Difference, PastCorrection, SupporterFile};
use crate::web::state::{Answer, Failure, Screens, Signed, done, look};
use crate::web::urls::Urls;

#[derive(Debug, Template)]
#[template(path = "pages/supporter.html")]
pub(crate) struct SupporterPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) card: Card,
    pub(crate) differences: Vec<DifferenceLine>,
    pub(crate) records: Vec<RecordLine>,
    pub(crate) apart: Vec<ApartLine>,
    pub(crate) corrections: Vec<CorrectionLine>,
    pub(crate) may_work: bool,
}

/// A detail with the different things that are said of it: value, and who said it when.
#[derive(Clone)]
pub(crate) struct DifferenceLine {
    pub(crate) field: String,
    pub(crate) values: Vec<(String, String)>,
}

impl std::fmt::Debug for DifferenceLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DifferenceLine({})", self.field)
    }
}

#[derive(Debug, Clone)]
pub(crate) struct RecordLine {
    pub(crate) id: String,
    pub(crate) holder: String,
    pub(crate) because: String,
}

#[derive(Debug, Clone)]
pub(crate) struct ApartLine {
    pub(crate) own: String,
    pub(crate) other: String,
    pub(crate) words: String,
}

#[derive(Debug, Clone)]
pub(crate) struct CorrectionLine {
    pub(crate) words: String,
    /// Code of what became of it.
    pub(crate) outcome: String,
    pub(crate) chapter: String,
}

pub(crate) async fn show(State(screens): State<Screens>, signed: Signed, Path(id): Path<String>) -> Answer {
    let file = open(&screens, &signed, signed.id(&id)?).await?;
    let t = signed.visit.texts.clone();
    let country = screens.hub.office().country();
    let card = Card::of(&file.national, &t, signed.visit.now.date_naive(), &country);
    let frame = screens.frame(&signed, &card.name).await?;
    Ok(html(&SupporterPage::new(t, frame, card, &file, &country, signed.visit.may(Action::Correct))))
}

impl SupporterPage {
    pub(crate) fn new(
        t: Texts,
        frame: Frame,
        card: Card,
        file: &SupporterFile,
        country: &Country,
        may_work: bool,
    ) -> Self {
        Self {
            differences: file
                .differences
                .iter()
                .map(|difference| difference_line(difference, &t, country))
                .collect(),
            records: record_lines(file, &t),
            apart: apart_lines(file, &t),
            corrections: file.corrections.iter().map(|past| correction_line(past, &t)).collect(),
            t,
            frame,
            urls: Urls,
            card,
            may_work,
        }
    }
}

/// The file of a supporter, through the door.
pub(super) async fn open(
    screens: &Screens,
    signed: &Signed,
    id: DocumentId,
) -> Result<SupporterFile, Failure> {
    let extraction = signed.looks_at(format!("card {id}"));
    let found = screens
        .ask(&signed.visit, move |hub: &Hub| {
            look(hub, &extraction, |reader| Ok(read::supporter_file(reader, id)?.into_iter().collect()))
        })
        .await?;
    found.into_iter().next().ok_or_else(|| Failure::not_found(&signed.visit))
}

/// "Not the same person": the record is kept apart from every other one of this supporter.
pub(crate) async fn part(
    State(screens): State<Screens>,
    signed: Signed,
    Path(id): Path<String>,
    Submitted(form): Submitted,
) -> Answer {
    let (whole, record) = (signed.id(&id)?, signed.id(form.value("record"))?);
    let file = open(&screens, &signed, whole).await?;
    let others: Vec<DocumentId> =
        file.records.iter().map(|other| other.id).filter(|other| *other != record).collect();
    if others.is_empty() || others.len() == file.records.len() {
        return Err(Failure::not_found(&signed.visit));
    }
    let login = signed.login.clone();
    let stays = others[0];
    screens
        .ask(&signed.visit, move |hub| {
            others.iter().try_for_each(|other| hub.decide(record, *other, Some(Decision::NotSame), &login))
        })
        .await?;
    Ok(done(Urls.supporter(&stays.to_string()), "done-parted"))
}

fn day(seconds: i64, t: &Texts) -> String {
    chrono::DateTime::from_timestamp(seconds, 0).map(|at| t.date(at.date_naive())).unwrap_or_default()
}

fn who(holder: &Holder, t: &Texts) -> String {
    card::holder(holder.name(), t)
}

fn difference_line(difference: &Difference, t: &Texts, country: &Country) -> DifferenceLine {
    let said = |(value, holder, at): &(String, Holder, i64)| {
        let source = t.get("source").arg("who", who(holder, t)).arg("when", day(*at, t)).to_string();
        let value = match difference.field.as_str() {
            "birth/date" => t.iso(value),
            _ => Phone::shown(value, country),
        };
        (value, source)
    };
    let values = difference.values.iter().map(said).collect();
    DifferenceLine { field: t.code("field", &difference.field), values }
}

fn record_lines(file: &SupporterFile, t: &Texts) -> Vec<RecordLine> {
    let because = |record: &read::LinkedRecord| match &record.said {
        Some((login, at)) => t.get("together-said").arg("login", login).arg("date", day(*at, t)).to_string(),
        None => t.get("together-exact").to_string(),
    };
    file.records
        .iter()
        .map(|record| RecordLine {
            id: record.id.to_string(),
            holder: who(&record.holder, t),
            because: because(record),
        })
        .collect()
}

fn apart_lines(file: &SupporterFile, t: &Texts) -> Vec<ApartLine> {
    let line = |apart: &read::Apart| ApartLine {
        own: apart.own.to_string(),
        other: apart.other.to_string(),
        words: t.get("apart-said").arg("login", &apart.login).arg("date", day(apart.at, t)).to_string(),
    };
    file.apart.iter().map(line).collect()
}

fn correction_line(past: &PastCorrection, t: &Texts) -> CorrectionLine {
    let fields: Vec<String> = past.fields.iter().map(|field| t.code("field", field)).collect();
    let words = t
        .get("correction-line")
        .arg("fields", fields.join(", "))
        .arg("login", &past.login)
        .arg("date", day(past.at, t))
        .arg("source", t.code("said-by", &past.source))
        .to_string();
    let outcome = past.outcome.clone().unwrap_or_else(|| "waiting".to_owned());
    CorrectionLine { words, outcome, chapter: past.chapter.clone() }
}
