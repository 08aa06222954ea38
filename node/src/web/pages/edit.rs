//! Editing a supporter. Each field carries what it showed, so that a form that stood open for long changes only what was typed.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use chrono::Datelike;
use helhet_shared::command::{
    AddressInput, AddressRevision, EntryRevision, FieldError, PeerSupportInput, Revision, VolunteeringInput,
};
use helhet_shared::id::SupporterId;
use helhet_shared::supporter::{Field, Supporter};
use helhet_shared::web::{Choice, Form, Frame, Submitted, Texts, Visit, html};

use super::supporter::supporter_id;
use crate::web::desk::{Change, DeskError, EditedForm};
use crate::web::pages::edit_fields;
use crate::web::state::{Answer, Failure, Screens, done, error_key};
use crate::web::urls::Urls;

#[derive(Debug, Template)]
#[template(path = "pages/edit.html")]
pub(crate) struct EditPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) id: SupporterId,
    pub(crate) name: String,
    pub(crate) form: Form,
    pub(crate) groups: Vec<FieldGroup>,
}

/// Fields that belong together, under one heading.
#[derive(Debug, Clone)]
pub(crate) struct FieldGroup {
    pub(crate) title: String,
    pub(crate) hint: String,
    pub(crate) fields: Vec<FieldLine>,
}

/// One field of the form. Its `Debug` shows the name alone.
#[derive(Clone)]
pub(crate) struct FieldLine {
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) hint: String,
    pub(crate) kind: String,
    /// Several lines, one value each.
    pub(crate) lines: bool,
    /// One of these, if there are any.
    pub(crate) choices: Vec<Choice>,
    /// What the form showed when it was opened.
    pub(crate) was: String,
}

impl std::fmt::Debug for FieldLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FieldLine({})", self.name)
    }
}

pub(crate) async fn show(State(screens): State<Screens>, visit: Visit, Path(id): Path<String>) -> Answer {
    let id = supporter_id(&visit, &id)?;
    let (supporter, place) =
        screens.ask(&visit, move |desk| Ok((desk.supporter(id)?, desk.place()?))).await?;
    let groups = edit_fields::groups(&supporter, &visit.texts, visit.now.year(), &place.country);
    let mut form = Form::default();
    for field in groups.iter().flat_map(|group| &group.fields) {
        form.set(&field.name, &field.was);
    }
    page(&screens, &visit, &supporter, form, groups).await
}

pub(crate) async fn save(
    State(screens): State<Screens>,
    visit: Visit,
    Path(id): Path<String>,
    Submitted(mut form): Submitted,
) -> Answer {
    let id = supporter_id(&visit, &id)?;
    let (supporter, place) =
        screens.ask(&visit, move |desk| Ok((desk.supporter(id)?, desk.place()?))).await?;
    let typed = Typed { form: &form };
    let revision = typed.revision(&supporter);
    let edited = EditedForm {
        revision: revision.clone(),
        volunteering: typed.volunteering(visit.now.year()),
        peer_support: typed.peer_support(),
    };
    let (change, who) = (Change::Edit(Box::new(edited)), visit.who());
    match screens.try_to(move |desk| desk.change(&who, id, change)).await {
        Ok(()) => Ok(done(Urls.supporter(&id), "done-saved")),
        Err(DeskError::Input(refused)) => {
            for error in &refused.errors {
                form.refuse(form_field(error, &revision), error_key(error.field, error.code));
            }
            // What the form had shown stays what it is compared with, not what is there by now.
            let mut groups = edit_fields::groups(&supporter, &visit.texts, visit.now.year(), &place.country);
            for field in groups.iter_mut().flat_map(|group| &mut group.fields) {
                field.was = form.exact(&format!("was-{}", field.name)).to_owned();
            }
            page(&screens, &visit, &supporter, form, groups).await
        }
        Err(error) => Err(Failure::of(&visit, error)),
    }
}

async fn page(
    screens: &Screens,
    visit: &Visit,
    supporter: &Supporter,
    form: Form,
    groups: Vec<FieldGroup>,
) -> Result<Response, Failure> {
    let t = visit.texts.clone();
    let name = supporter.display_name();
    let frame = screens.frame(visit, t.get("edit-title").arg("name", &name)).await?;
    Ok(html(&EditPage { t, frame, urls: Urls, id: supporter.id, name, form, groups }))
}

/// What was typed into the form, and only that.
struct Typed<'f> {
    form: &'f Form,
}

impl Typed<'_> {
    /// The field's text if it differs from what was shown.
    fn changed(&self, name: &str) -> Option<String> {
        let typed = self.form.value(name);
        let was = self.form.value(&format!("was-{name}"));
        // Browsers send line ends of their own.
        (typed.replace('\r', "") != was.replace('\r', "")).then(|| typed.to_owned())
    }

    fn lines(&self, name: &str) -> Option<Vec<String>> {
        let lines = self.changed(name)?;
        Some(lines.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect())
    }

    fn revision(&self, supporter: &Supporter) -> Revision {
        let entries = |kind: &str, keys: Vec<helhet_shared::id::EntryKey>| {
            let held = keys.into_iter().map(|key| (Some(key), format!("{kind}-{key}")));
            let new = std::iter::once((None, format!("{kind}-new")));
            held.chain(new)
                .filter_map(|(key, name)| Some(EntryRevision { key, value: self.changed(&name)? }))
                .collect()
        };
        Revision {
            given_name: self.changed("given_name"),
            family_name: self.changed("family_name"),
            legal_name: self.changed("legal_name"),
            organisation_number: self.changed("organisation_number"),
            birth: self.changed("birth"),
            emails: entries("email", supporter.emails.iter().map(|entry| entry.key).collect()),
            phones: entries("phone", supporter.phones.iter().map(|entry| entry.key).collect()),
            addresses: self.addresses(supporter),
        }
    }

    /// An address is revised as a whole: all its parts as the form has them.
    fn addresses(&self, supporter: &Supporter) -> Vec<AddressRevision> {
        let held = supporter
            .addresses
            .open()
            .iter()
            .map(|address| (Some(address.key), address.key.to_string(), address.country.text()));
        held.chain(std::iter::once((None, "new".to_owned(), String::new())))
            .filter_map(|(key, suffix, country)| {
                let parts = ["street", "postcode", "city"].map(|part| format!("{part}-{suffix}"));
                parts.iter().find_map(|part| self.changed(part))?;
                let [street, postcode, city] = parts.map(|part| self.form.value(&part).to_owned());
                Some(AddressRevision { key, address: AddressInput { street, postcode, city, country } })
            })
            .collect()
    }

    fn volunteering(&self, year: i32) -> VolunteeringInput {
        VolunteeringInput {
            tasks: self.lines("tasks"),
            skills: self.lines("skills"),
            availability: self.changed("availability"),
            hours: self.changed("hours").map(|hours| (year, hours)).into_iter().collect(),
            police_certificate_shown_on: self.changed("police_certificate"),
        }
    }

    fn peer_support(&self) -> PeerSupportInput {
        PeerSupportInput {
            themes: self.lines("themes"),
            experience: self.changed("experience"),
            languages: self.lines("languages"),
            course_on: self.changed("course_on"),
            approved_from: self.changed("approved_from"),
            approved_to: self.changed("approved_to"),
            capacity: self.changed("capacity"),
        }
    }
}

/// The form's name of a refused field; entries are counted in the order of the revision.
fn form_field(error: &FieldError, revision: &Revision) -> String {
    let key = |key: Option<helhet_shared::id::EntryKey>| key.map_or("new".to_owned(), |key| key.to_string());
    let entry = |entries: &[EntryRevision]| key(entries.get(error.index).and_then(|entry| entry.key));
    let address = || key(revision.addresses.get(error.index).and_then(|address| address.key));
    let fixed = [
        (Field::GivenName, "given_name"),
        (Field::FamilyName, "family_name"),
        (Field::LegalName, "legal_name"),
        (Field::OrganisationNumber, "organisation_number"),
        (Field::BirthDate, "birth"),
        (Field::BirthYear, "birth"),
        (Field::Task, "tasks"),
        (Field::Skill, "skills"),
        (Field::Availability, "availability"),
        (Field::Hours, "hours"),
        (Field::PoliceCertificateShownOn, "police_certificate"),
        (Field::PeerTheme, "themes"),
        (Field::PeerExperience, "experience"),
        (Field::PeerLanguage, "languages"),
        (Field::PeerCourseOn, "course_on"),
        (Field::PeerApprovedFrom, "approved_from"),
        (Field::PeerApprovedTo, "approved_to"),
        (Field::PeerCapacity, "capacity"),
    ];
    if error.field == Field::Email {
        return format!("email-{}", entry(&revision.emails));
    }
    if error.field == Field::Phone {
        return format!("phone-{}", entry(&revision.phones));
    }
    let part = [
        (Field::Street, "street"),
        (Field::Postcode, "postcode"),
        (Field::City, "city"),
        (Field::Country, "city"),
    ];
    if let Some((_, part)) = part.iter().find(|(field, _)| *field == error.field) {
        return format!("{part}-{}", address());
    }
    fixed.iter().find(|(field, _)| *field == error.field).map_or("given_name", |(_, name)| name).to_owned()
}
