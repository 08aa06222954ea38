//! A new supporter.

use chrono::{DateTime, Utc};
use rand::Rng;

use super::{AddressInput, CommandError, ErrorCode, RoleInput, Settings, input::Input, role::role_values};
use crate::{
    document::{Edit, Value},
    id::{DocumentId, EntryKey, SupporterId},
    supporter::{
        Field, SupporterKind,
        value::{BirthInput, Email, Moment, OrganisationNumber, Phone, Prose},
    },
};

/// What was typed or imported on a new supporter. Blank means not given.
#[derive(Clone, Default)]
pub struct SupporterInput {
    /// A person if nothing is said.
    pub kind: Option<SupporterKind>,
    pub given_name: String,
    pub family_name: String,
    pub legal_name: String,
    pub organisation_number: String,
    /// A date or a year.
    pub birth: String,
    pub emails: Vec<String>,
    pub phones: Vec<String>,
    pub addresses: Vec<AddressInput>,
    pub roles: Vec<RoleInput>,
    pub tags: Vec<String>,
    pub note: String,
}

impl std::fmt::Debug for SupporterInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SupporterInput(…)")
    }
}

/// A supporter to be: its ids, drawn for all zones at once, and the first edits of its chapter document.
#[derive(Clone, Debug)]
pub struct Registration {
    pub id: SupporterId,
    pub shared: DocumentId,
    pub confidential: DocumentId,
    pub edits: Vec<Edit>,
}

/// Registers a person or an organisation. Refused if it names nobody.
pub fn register(
    input: &SupporterInput,
    settings: &Settings,
    rng: &mut (impl Rng + ?Sized),
    now: DateTime<Utc>,
) -> Result<Registration, CommandError> {
    let mut read = Input::new(settings);
    let kind = input.kind.unwrap_or(SupporterKind::Person);
    let shared = DocumentId::random(rng);
    let confidential = DocumentId::random(rng);
    let mut edits = vec![
        Edit::set(Field::Type.plain_key(), "supporter"),
        Edit::set(Field::Kind.plain_key(), kind),
        Edit::set(Field::SharedDocument.plain_key(), shared.to_string()),
        Edit::set(Field::ConfidentialDocument.plain_key(), confidential.to_string()),
    ];
    edits.extend(identity(&mut read, input, kind, now));
    edits.extend(contact(&mut read, input, rng));
    for (index, role) in input.roles.iter().enumerate() {
        edits.extend(keyed(EntryKey::random(rng), role_values(&mut read, index, role)));
    }
    for (index, tag) in input.tags.iter().enumerate() {
        edits.extend(keyed(EntryKey::random(rng), [(Field::Tag, read.line(Field::Tag, index, tag))]));
    }
    if let Some(text) = read.value(Field::NoteText, 0, &input.note, Prose::parse) {
        let values = [(Field::NoteText, Some(text)), (Field::NoteAt, Some(Moment::at(now).into()))];
        edits.extend(keyed(EntryKey::random(rng), values));
    }
    read.finish(Registration { id: SupporterId::random(rng), shared, confidential, edits })
}

fn identity(
    read: &mut Input<'_>,
    input: &SupporterInput,
    kind: SupporterKind,
    now: DateTime<Utc>,
) -> Vec<Edit> {
    let country = read.settings.country.clone();
    let values = match kind {
        SupporterKind::Person => {
            let given = read.line(Field::GivenName, 0, &input.given_name);
            let family = read.line(Field::FamilyName, 0, &input.family_name);
            if input.given_name.trim().is_empty() && input.family_name.trim().is_empty() {
                read.error(Field::GivenName, 0, ErrorCode::Missing);
            }
            let birth = birth(read, &input.birth, now);
            vec![(Field::GivenName, given), (Field::FamilyName, family), birth]
        }
        SupporterKind::Organisation => {
            if input.legal_name.trim().is_empty() {
                read.error(Field::LegalName, 0, ErrorCode::Missing);
            }
            let number = read.value(Field::OrganisationNumber, 0, &input.organisation_number, |text| {
                OrganisationNumber::parse(text, &country)
            });
            vec![
                (Field::LegalName, read.line(Field::LegalName, 0, &input.legal_name)),
                (Field::OrganisationNumber, number),
            ]
        }
    };
    let given = values.into_iter().filter_map(|(field, value)| Some((field, value?)));
    given.map(|(field, value)| Edit::set(field.plain_key(), value)).collect()
}

/// The field that a birth goes to and its value. What cannot be read stands under the date.
pub(super) fn birth(read: &mut Input<'_>, text: &str, now: DateTime<Utc>) -> (Field, Option<Value>) {
    match BirthInput::parse(text, now.date_naive()) {
        Ok(BirthInput::Year(year)) => (Field::BirthYear, Some(year.into())),
        Ok(BirthInput::Date(date)) => (Field::BirthDate, Some(date.into())),
        Err(error) => (Field::BirthDate, read.value(Field::BirthDate, 0, text, |_| Err::<Value, _>(error))),
    }
}

fn contact(read: &mut Input<'_>, input: &SupporterInput, rng: &mut (impl Rng + ?Sized)) -> Vec<Edit> {
    let country = read.settings.country.clone();
    let mut edits = Vec::new();
    for (index, email) in input.emails.iter().enumerate() {
        let value = read.value(Field::Email, index, email, Email::parse);
        edits.extend(keyed(EntryKey::random(rng), [(Field::Email, value)]));
    }
    for (index, phone) in input.phones.iter().enumerate() {
        let value = read.value(Field::Phone, index, phone, |text| Phone::parse(text, &country));
        edits.extend(keyed(EntryKey::random(rng), [(Field::Phone, value)]));
    }
    for (index, address) in input.addresses.iter().enumerate() {
        edits.extend(keyed(EntryKey::random(rng), read.address(index, address)));
    }
    edits
}

/// The edits that set one entry's fields; nothing for what was not given.
pub(super) fn keyed(entry: EntryKey, values: impl IntoIterator<Item = (Field, Option<Value>)>) -> Vec<Edit> {
    let given = values.into_iter().filter_map(|(field, value)| Some((field, value?)));
    given.map(|(field, value)| Edit::set(field.key(entry), value)).collect()
}
