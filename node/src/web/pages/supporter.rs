//! One supporter with everything in one place.

use super::office;
use crate::web::desk::{Change, Changed, Desk, DeskError, HealthNotes};
use crate::web::state::{Answer, Failure, Screens, done, error_key, role_choices};
use askama::Template;
use axum::extract::{Path, State};
use helhet_shared::command::RoleInput;
use helhet_shared::id::SupporterId;
use helhet_shared::rights::Action;
use helhet_shared::supporter::{Category, Field, KeptFor, Purpose, Role};
use helhet_shared::web::{Choice, Form, Frame, Texts};
use helhet_shared::web::{Submitted, Visit, html};

use super::card::{self, Card, NoteLine};
use crate::web::urls::Urls;

#[derive(Debug, Template)]
#[template(path = "pages/supporter.html")]
pub(crate) struct SupporterPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    /// What was typed into the note or the new role, if it was refused.
    pub(crate) form: Form,
    pub(crate) card: Card,
    pub(crate) health: HealthPart,
    /// What was changed when, the newest first.
    pub(crate) past: Vec<PastLine>,
    /// What the office sees, in a sentence.
    pub(crate) office: String,
    pub(crate) role_choices: Vec<Choice>,
    /// What may ask for somebody to be kept.
    pub(crate) reasons: Vec<Choice>,
}

/// What stands on health, or the key of why that is closed.
#[derive(Debug, Clone)]
pub(crate) enum HealthPart {
    Open(Vec<NoteLine>),
    Closed(&'static str),
}

impl HealthPart {
    fn of(notes: Option<HealthNotes>, t: &Texts) -> HealthPart {
        match notes {
            Some(HealthNotes::Open(notes)) => HealthPart::Open(card::health_notes(notes, t)),
            Some(HealthNotes::NotGiven) => HealthPart::Closed("supporter-health-waits"),
            Some(HealthNotes::OutOfTouch) => HealthPart::Closed("supporter-health-out-of-touch"),
            None => HealthPart::Closed("supporter-health-closed"),
        }
    }
}

/// A day and what was changed on it.
#[derive(Debug, Clone)]
pub(crate) struct PastLine {
    pub(crate) day: String,
    pub(crate) fields: String,
}

pub(crate) async fn show(State(screens): State<Screens>, visit: Visit, Path(id): Path<String>) -> Answer {
    page(&screens, &visit, supporter_id(&visit, &id)?, Form::default()).await
}

async fn page(screens: &Screens, visit: &Visit, id: SupporterId, form: Form) -> Answer {
    let t = visit.texts.clone();
    let (opens_health, who) = (visit.may(Action::ReadHealth), visit.who());
    let question = move |desk: &dyn Desk| {
        let record = (desk.supporter(id)?, desk.verdict(id)?.0, desk.place()?);
        let health = if opens_health { Some(desk.health_notes(&who, id)?) } else { None };
        Ok((record, health, desk.history(id)?))
    };
    let ((supporter, verdict, place), health, past) = screens.ask(visit, question).await?;
    let health = HealthPart::of(health, &t);
    let past = past_lines(&past, &t);
    let card = Card::of(&supporter, &t, visit.now.date_naive(), &place.country);
    let frame = screens.frame(visit, &card.name).await?;
    let office = office::summary(&t, &office::rows(&t, &verdict, &place.country));
    let (role_choices, reasons) = (role_choices(&t, Role::ALL), reasons(&t));
    let urls = Urls;
    Ok(html(&SupporterPage { t, frame, urls, form, card, health, past, office, role_choices, reasons }))
}

/// What may ask for somebody to be kept, to choose from.
pub(crate) fn reasons(t: &Texts) -> Vec<Choice> {
    KeptFor::ALL.iter().map(|kept| Choice::new(kept.code(), t.code("kept-for", kept.code()))).collect()
}

/// One line a day and set of fields; the record's own machinery is nobody's business.
fn past_lines(past: &[Changed], t: &Texts) -> Vec<PastLine> {
    let mut lines: Vec<PastLine> = Vec::new();
    for changed in past {
        let told = changed.fields.iter().filter(|field| is_told(**field));
        let mut labels: Vec<String> = told.map(|field| t.code("field", field.pattern())).collect();
        labels.dedup();
        let line = PastLine { day: t.date(changed.at.date_naive()), fields: labels.join(", ") };
        let repeated = lines.last().is_some_and(|last| last.day == line.day && last.fields == line.fields);
        if !line.fields.is_empty() && !repeated {
            lines.push(line);
        }
    }
    lines
}

/// Whether a change of this field is worth a word beside the entry it belongs to.
fn is_told(field: Field) -> bool {
    let purposes = [Field::GrantPurpose, Field::WithdrawalPurpose];
    match field.category() {
        Category::Internal => false,
        Category::Consent => purposes.contains(&field),
        Category::Identity => field != Field::Kind,
        Category::Engagement => field != Field::NoteAt,
        Category::Contact | Category::Membership | Category::Volunteering | Category::Health => true,
    }
}

/// An address that names nobody leads to the page that says so.
pub(crate) fn supporter_id(visit: &Visit, text: &str) -> Result<SupporterId, Failure> {
    text.parse().map_err(|_| Failure::not_found(visit))
}

/// One of the small forms of the page: does it, and shows the page again with a sentence.
async fn change(
    screens: &Screens,
    visit: &Visit,
    id: &str,
    change: Change,
    mut form: Form,
    key: &'static str,
) -> Answer {
    let (id, who) = (supporter_id(visit, id)?, visit.who());
    match screens.try_to(move |desk| desk.change(&who, id, change)).await {
        Ok(()) => Ok(done(Urls.supporter(&id), key)),
        Err(DeskError::Input(refused)) => {
            for error in &refused.errors {
                let field = form_field(error.field);
                form.refuse(field, error_key(error.field, error.code));
            }
            page(screens, visit, id, form).await
        }
        Err(error) => Err(Failure::of(visit, error)),
    }
}

/// What the page's small forms call a field.
fn form_field(field: Field) -> &'static str {
    if field == Field::NoteText {
        "text"
    } else if field == Field::HealthNoteText {
        "health"
    } else if field == Field::Tag {
        "tag"
    } else if KeptFor::of(field).is_some() {
        "until"
    } else if field == Field::RoleFrom {
        "from"
    } else {
        "role"
    }
}

pub(crate) async fn pick(
    State(screens): State<Screens>,
    visit: Visit,
    Path(id): Path<String>,
    Submitted(form): Submitted,
) -> Answer {
    let picked = Change::Pick { key: form.value("key").to_owned(), value: form.exact("value").to_owned() };
    change(&screens, &visit, &id, picked, form, "done-saved").await
}

pub(crate) async fn grant(
    State(screens): State<Screens>,
    visit: Visit,
    Path(id): Path<String>,
    Submitted(form): Submitted,
) -> Answer {
    let purpose = purpose(&visit, &form)?;
    change(&screens, &visit, &id, Change::Grant(purpose), form, "done-granted").await
}

/// The same button's two meanings: who had said yes withdraws, who had not been asked says no.
pub(crate) async fn withdraw(
    State(screens): State<Screens>,
    visit: Visit,
    Path(id): Path<String>,
    Submitted(form): Submitted,
) -> Answer {
    let (key, purpose) = (supporter_id(&visit, &id)?, purpose(&visit, &form)?);
    let granted =
        screens.ask(&visit, move |desk| Ok(desk.supporter(key)?.permissions.granted(purpose))).await?;
    if granted {
        change(&screens, &visit, &id, Change::Withdraw(purpose), form, "done-withdrawn").await
    } else {
        change(&screens, &visit, &id, Change::Refuse(purpose), form, "done-refused").await
    }
}

/// Where a restored backup forgot what was taken back. Confirms what is recorded, or records that it was taken back, as the pressed button says.
pub(crate) async fn confirm_or_take_back(
    State(screens): State<Screens>,
    visit: Visit,
    Path(id): Path<String>,
    Submitted(form): Submitted,
) -> Answer {
    match form.value("holds") {
        "yes" => change(&screens, &visit, &id, Change::ConfirmSharing, form, "done-sharing-confirmed").await,
        _ => change(&screens, &visit, &id, Change::TakeBackSharing, form, "done-withdrawn").await,
    }
}

fn purpose(visit: &Visit, form: &Form) -> Result<Purpose, Failure> {
    form.value("purpose").parse().map_err(|_| Failure::not_found(visit))
}

pub(crate) async fn add_role(
    State(screens): State<Screens>,
    visit: Visit,
    Path(id): Path<String>,
    Submitted(form): Submitted,
) -> Answer {
    let from = form.given("from").unwrap_or_else(|| visit.now.date_naive().to_string());
    let role = RoleInput { role: form.value("role").to_owned(), from, ..RoleInput::default() };
    change(&screens, &visit, &id, Change::AddRole(role), form, "done-saved").await
}

pub(crate) async fn end_role(
    State(screens): State<Screens>,
    visit: Visit,
    Path(id): Path<String>,
    Submitted(form): Submitted,
) -> Answer {
    let role = form.value("role").parse().map_err(|_| Failure::not_found(&visit))?;
    change(&screens, &visit, &id, Change::EndRole(role), form, "done-saved").await
}

pub(crate) async fn add_note(
    State(screens): State<Screens>,
    visit: Visit,
    Path(id): Path<String>,
    Submitted(form): Submitted,
) -> Answer {
    let text = form.value("text").to_owned();
    change(&screens, &visit, &id, Change::AddNote(text), form, "done-saved").await
}

pub(crate) async fn remove_note(
    State(screens): State<Screens>,
    visit: Visit,
    Path(id): Path<String>,
    Submitted(form): Submitted,
) -> Answer {
    let note = form.value("note").parse().map_err(|_| Failure::not_found(&visit))?;
    change(&screens, &visit, &id, Change::RemoveNote(note), form, "done-saved").await
}

pub(crate) async fn add_health_note(
    State(screens): State<Screens>,
    visit: Visit,
    Path(id): Path<String>,
    Submitted(form): Submitted,
) -> Answer {
    let text = form.value("health").to_owned();
    change(&screens, &visit, &id, Change::AddHealthNote(text), form, "done-saved").await
}

pub(crate) async fn remove_health_note(
    State(screens): State<Screens>,
    visit: Visit,
    Path(id): Path<String>,
    Submitted(form): Submitted,
) -> Answer {
    let note = form.value("note").parse().map_err(|_| Failure::not_found(&visit))?;
    change(&screens, &visit, &id, Change::RemoveHealthNote(note), form, "done-saved").await
}

pub(crate) async fn add_tag(
    State(screens): State<Screens>,
    visit: Visit,
    Path(id): Path<String>,
    Submitted(form): Submitted,
) -> Answer {
    let text = form.value("tag").to_owned();
    change(&screens, &visit, &id, Change::AddTag(text), form, "done-saved").await
}

pub(crate) async fn remove_tag(
    State(screens): State<Screens>,
    visit: Visit,
    Path(id): Path<String>,
    Submitted(form): Submitted,
) -> Answer {
    let tag = form.value("tag").parse().map_err(|_| Failure::not_found(&visit))?;
    change(&screens, &visit, &id, Change::RemoveTag(tag), form, "done-saved").await
}

/// Keeps the supporter from being erased, or lifts that, as the pressed button says.
pub(crate) async fn keep(
    State(screens): State<Screens>,
    visit: Visit,
    Path(id): Path<String>,
    Submitted(form): Submitted,
) -> Answer {
    if form.value("keep") == "no" {
        return change(&screens, &visit, &id, Change::KeepNoLonger, form, "done-kept-no-longer").await;
    }
    let because = form.value("because").parse().map_err(|_| Failure::not_found(&visit))?;
    let kept = Change::Keep { because, until: form.value("until").to_owned() };
    change(&screens, &visit, &id, kept, form, "done-kept").await
}

/// Protects the address, or lifts the protection, as the pressed button says.
pub(crate) async fn protect(
    State(screens): State<Screens>,
    visit: Visit,
    Path(id): Path<String>,
    Submitted(form): Submitted,
) -> Answer {
    match form.value("protect") {
        "yes" => change(&screens, &visit, &id, Change::ProtectAddress, form, "done-protected").await,
        _ => change(&screens, &visit, &id, Change::UnprotectAddress, form, "done-unprotected").await,
    }
}
