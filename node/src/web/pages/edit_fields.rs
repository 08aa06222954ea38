//! The fields of the edit form, filled with what the record holds: names and contact for all, the rest for those it concerns.

use chrono::NaiveDate;
use helhet_shared::supporter::value::{Country, Phone};
use helhet_shared::supporter::{Experience, Field, Readable, Register, Role, Supporter};
use helhet_shared::web::{Choice, Texts};

use super::edit::{FieldGroup, FieldLine};

pub(crate) fn groups(supporter: &Supporter, t: &Texts, year: i32, country: &Country) -> Vec<FieldGroup> {
    let mut groups = vec![
        FieldGroup {
            title: t.get("edit-name").to_string(),
            hint: String::new(),
            fields: names(supporter, t),
        },
        FieldGroup {
            title: t.get("edit-contact").to_string(),
            hint: String::new(),
            fields: contact(supporter, t, country),
        },
    ];
    let own = |title: &str, fields| FieldGroup {
        title: t.get(title).to_string(),
        hint: t.get("only-your-chapter").to_string(),
        fields,
    };
    let has = |role: Role| supporter.roles.iter().any(|interval| interval.is(role));
    if has(Role::Volunteer) || !supporter.volunteering.is_empty() {
        groups.push(own("supporter-volunteering", volunteering(supporter, t, year)));
    }
    if has(Role::PeerSupporter) || !supporter.peer_support.is_empty() {
        groups.push(own("supporter-peer-support", peer_support(supporter, t)));
    }
    groups
}

fn line(t: &Texts, name: impl Into<String>, field: Field, was: String) -> FieldLine {
    FieldLine {
        name: name.into(),
        label: t.code("field", field.pattern()),
        hint: String::new(),
        kind: "text".to_owned(),
        lines: false,
        choices: Vec::new(),
        was,
    }
}

fn typed(line: FieldLine, kind: &str) -> FieldLine {
    FieldLine { kind: kind.to_owned(), ..line }
}

fn day(t: &Texts, name: &str, field: Field, reading: &Register<Readable<NaiveDate>>) -> FieldLine {
    let was = match reading.first() {
        Some(Readable::Known(date)) => t.typed_date(date),
        Some(Readable::AsWritten(text)) => text.clone(),
        None => String::new(),
    };
    line(t, name, field, was)
}

/// A list, one value on each line.
fn list(t: &Texts, name: &str, field: Field, values: impl Iterator<Item = String>) -> FieldLine {
    let was = values.collect::<Vec<_>>().join("\n");
    FieldLine { lines: true, hint: t.get("edit-one-per-line").to_string(), ..line(t, name, field, was) }
}

fn names(supporter: &Supporter, t: &Texts) -> Vec<FieldLine> {
    if supporter.is_organisation() {
        return vec![
            line(t, "legal_name", Field::LegalName, supporter.name.legal.text()),
            line(t, "organisation_number", Field::OrganisationNumber, supporter.organisation_number.text()),
        ];
    }
    let birth = match supporter.birth.date.first() {
        Some(_) => day(t, "birth", Field::BirthDate, &supporter.birth.date),
        None => line(t, "birth", Field::BirthDate, supporter.birth.year.text()),
    };
    vec![
        line(t, "given_name", Field::GivenName, supporter.name.given.text()),
        line(t, "family_name", Field::FamilyName, supporter.name.family.text()),
        FieldLine {
            label: t.get("add-birth").to_string(),
            hint: t.get("add-birth-hint").to_string(),
            ..birth
        },
    ]
}

fn contact(supporter: &Supporter, t: &Texts, country: &Country) -> Vec<FieldLine> {
    let mut fields = Vec::new();
    for entry in &supporter.phones {
        let number = Phone::shown(&entry.value.text(), country);
        fields.push(typed(line(t, format!("phone-{}", entry.key), Field::Phone, number), "tel"));
    }
    let new = typed(line(t, "phone-new", Field::Phone, String::new()), "tel");
    fields.push(another(t, new, "edit-another-phone", supporter.phones.is_empty()));
    for entry in &supporter.emails {
        fields
            .push(typed(line(t, format!("email-{}", entry.key), Field::Email, entry.value.text()), "email"));
    }
    let new = typed(line(t, "email-new", Field::Email, String::new()), "email");
    fields.push(another(t, new, "edit-another-email", supporter.emails.is_empty()));
    for address in supporter.addresses.open() {
        fields.push(line(t, format!("street-{}", address.key), Field::Street, address.street.text()));
        fields.push(line(t, format!("postcode-{}", address.key), Field::Postcode, address.postcode.text()));
        fields.push(line(t, format!("city-{}", address.key), Field::City, address.city.text()));
    }
    if supporter.addresses.open().is_empty() && !supporter.addresses.protected() {
        fields.push(line(t, "street-new", Field::Street, String::new()));
        fields.push(line(t, "postcode-new", Field::Postcode, String::new()));
        fields.push(line(t, "city-new", Field::City, String::new()));
    }
    fields
}

/// The empty field for a further value says so, unless it is the first.
fn another(t: &Texts, field: FieldLine, key: &str, first: bool) -> FieldLine {
    if first { field } else { FieldLine { label: t.get(key).to_string(), ..field } }
}

fn volunteering(supporter: &Supporter, t: &Texts, year: i32) -> Vec<FieldLine> {
    let own = &supporter.volunteering;
    let hours = own.hours.get(&year).map(Register::text).unwrap_or_default();
    vec![
        list(t, "tasks", Field::Task, own.tasks.iter().map(|task| task.value.text())),
        list(t, "skills", Field::Skill, own.skills.iter().map(|skill| skill.value.text())),
        line(t, "availability", Field::Availability, own.availability.text()),
        FieldLine {
            label: t.get("edit-hours-this-year").to_string(),
            ..line(t, "hours", Field::Hours, hours)
        },
        day(t, "police_certificate", Field::PoliceCertificateShownOn, &own.police_certificate_shown_on),
    ]
}

fn peer_support(supporter: &Supporter, t: &Texts) -> Vec<FieldLine> {
    let own = &supporter.peer_support;
    let mut choices = vec![Choice::new("", "–")];
    choices
        .extend(Experience::ALL.iter().map(|one| Choice::new(one.code(), t.code("experience", one.code()))));
    let experience = line(t, "experience", Field::PeerExperience, own.experience.text());
    vec![
        list(t, "themes", Field::PeerTheme, own.themes.iter().map(|theme| theme.value.text())),
        FieldLine { choices, ..experience },
        list(t, "languages", Field::PeerLanguage, own.languages.iter().map(|language| language.value.text())),
        day(t, "course_on", Field::PeerCourseOn, &own.course_on),
        day(t, "approved_from", Field::PeerApprovedFrom, &own.approved_from),
        day(t, "approved_to", Field::PeerApprovedTo, &own.approved_to),
        line(t, "capacity", Field::PeerCapacity, own.capacity.text()),
    ]
}
