//! What the national office sees: of one supporter field by field, and of the chapter as a whole. The gate's own output, never a
//! second opinion.

use super::supporter::supporter_id;
use crate::web::desk::{Acceptance, Desk, Overview};
use crate::web::state::{Answer, Screens};
use askama::Template;
use axum::extract::{Path, State};
use helhet_shared::gate::{Decision, Verdict};
use helhet_shared::id::SupporterId;
use helhet_shared::supporter::value::{Country, Phone};
use helhet_shared::supporter::{Category, Field};
use helhet_shared::web::{Frame, Texts};
use helhet_shared::web::{Visit, html};

use super::agreement::SharedLine;
use super::front::Mention;
use crate::web::urls::Urls;

#[derive(Debug, Template)]
#[template(path = "pages/office.html")]
pub(crate) struct OfficePage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) seen: u32,
    pub(crate) unseen: u32,
    pub(crate) said_no: u32,
    /// Members for whom no signed declaration is recorded.
    pub(crate) undeclared: u32,
    /// Of whom nothing is given out until a person confirms.
    pub(crate) withheld: Vec<Mention>,
    pub(crate) lines: Vec<SharedLine>,
}

#[derive(Debug, Template)]
#[template(path = "pages/office_supporter.html")]
pub(crate) struct OfficeSupporterPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) id: SupporterId,
    pub(crate) name: String,
    pub(crate) summary: String,
    pub(crate) rows: Vec<FieldRow>,
    /// Whether the office has confirmed that it holds exactly this.
    pub(crate) acknowledged: bool,
}

/// One value with us, the same at the office, and why.
#[derive(Debug, Clone)]
pub(crate) struct FieldRow {
    pub(crate) label: String,
    /// What the office's value is called: a year of birth where we have the date. Blank for what goes along with the rest, such as
    /// the consent itself.
    pub(crate) label_there: String,
    pub(crate) here: String,
    pub(crate) there: String,
    pub(crate) shown: bool,
    pub(crate) reason: String,
}

/// What the office sees, in a sentence: the names of the fields, each once.
pub(crate) fn summary(t: &Texts, rows: &[FieldRow]) -> String {
    let mut labels: Vec<String> = Vec::new();
    for row in rows.iter().filter(|row| row.shown) {
        let label = row.label_there.to_lowercase();
        if !label.is_empty() && !labels.contains(&label) {
            labels.push(label);
        }
    }
    if labels.is_empty() {
        t.get("office-summary-nothing").to_string()
    } else {
        t.get("office-summary-some").arg("fields", labels.join(", ")).to_string()
    }
}

/// The gate's decisions as rows; what is the record's own machinery is left out.
pub(crate) fn rows(t: &Texts, verdict: &Verdict, country: &Country) -> Vec<FieldRow> {
    let told = |decision: &&Decision| {
        decision.field.category() != Category::Internal && decision.field != Field::Kind
    };
    let words = |decision: &Decision, values: &[String]| {
        let words: Vec<String> =
            values.iter().map(|value| in_words(t, decision.field, value, country)).collect();
        words.join(", ")
    };
    let row = |decision: &Decision| FieldRow {
        label: t.code("field", decision.field.pattern()),
        label_there: match decision.field.category() {
            Category::Consent => String::new(),
            Category::Identity
            | Category::Contact
            | Category::Membership
            | Category::Volunteering
            | Category::Health
            | Category::Engagement
            | Category::Internal => t.code("field", field_there(decision.field).pattern()),
        },
        here: words(decision, &decision.own),
        there: decision.shown.as_deref().map(|shown| words(decision, shown)).unwrap_or_default(),
        shown: decision.shown.is_some(),
        reason: t.code("reason", decision.reason.code()),
    };
    verdict.decisions.iter().filter(told).map(row).collect()
}

fn field_there(field: Field) -> Field {
    if field == Field::BirthDate { Field::BirthYear } else { field }
}

/// A stored value as a person reads it: codes as words, days as dates, phone numbers as `country` writes them.
pub(super) fn in_words(t: &Texts, field: Field, value: &str, country: &Country) -> String {
    if field == Field::Phone {
        return Phone::shown(value, country);
    }
    let family = [
        (Field::Role, "role"),
        (Field::RoleKind, "membership"),
        (Field::GrantPurpose, "purpose"),
        (Field::WithdrawalPurpose, "purpose"),
        (Field::GrantBasis, "basis"),
        (Field::PeerExperience, "experience"),
        (Field::Dues, "dues"),
    ];
    match family.iter().find(|(of, _)| *of == field) {
        Some((_, family)) => t.code(family, value),
        None => t.iso(value),
    }
}

pub(crate) async fn show_supporter(
    State(screens): State<Screens>,
    visit: Visit,
    Path(id): Path<String>,
) -> Answer {
    let t = visit.texts.clone();
    let id = supporter_id(&visit, &id)?;
    let (name, (verdict, acknowledged), place) = screens
        .ask(&visit, move |desk| Ok((desk.supporter(id)?.display_name(), desk.verdict(id)?, desk.place()?)))
        .await?;
    let frame = screens.frame(&visit, t.get("office-of-title").arg("name", &name)).await?;
    let rows = rows(&t, &verdict, &place.country);
    let summary = summary(&t, &rows);
    Ok(html(&OfficeSupporterPage { t, frame, urls: Urls, id, name, summary, rows, acknowledged }))
}

pub(crate) async fn show(State(screens): State<Screens>, visit: Visit) -> Answer {
    let t = visit.texts.clone();
    let frame = screens.frame(&visit, t.get("office-title")).await?;
    let question = |desk: &dyn Desk| Ok((desk.overview()?, desk.withheld()?, desk.agreement()?));
    let (overview, withheld, agreement) = screens.ask(&visit, question).await?;
    let withheld = withheld.first.iter().map(|named| Mention::new(named, String::new())).collect();
    let accepted = agreement.filter(|(_, acceptance)| *acceptance == Acceptance::Accepted);
    let lines = accepted.map(|(agreement, _)| SharedLine::all(&t, &agreement)).unwrap_or_default();
    let Overview { seen, unseen, said_no, undeclared } = overview;
    Ok(html(&OfficePage { t, frame, urls: Urls, seen, unseen, said_no, undeclared, withheld, lines }))
}
