//! The edit form: names, birth, contact details.

use chrono::{DateTime, Utc};
use rand::Rng;

use super::{
    AddressInput, CommandError, ErrorCode, Settings,
    input::{Input, put},
    register::birth,
};
use crate::{
    document::{Edit, Value},
    id::EntryKey,
    supporter::{
        Field, Supporter,
        conflict::all_values,
        register::written,
        value::{Email, OrganisationNumber, Phone},
    },
};

/// An edited form. `None` is a field the form did not have; blank deletes. What is still as it was shown is not
/// touched, so that a form that was open for long overwrites only what its user typed, and settles no conflict.
#[derive(Clone, Default)]
pub struct Revision {
    pub given_name: Option<String>,
    pub family_name: Option<String>,
    pub legal_name: Option<String>,
    pub organisation_number: Option<String>,
    /// A date or a year.
    pub birth: Option<String>,
    pub emails: Vec<EntryRevision>,
    pub phones: Vec<EntryRevision>,
    pub addresses: Vec<AddressRevision>,
}

/// One entry of a list in a form; a new one has no key yet.
#[derive(Clone)]
pub struct EntryRevision {
    pub key: Option<EntryKey>,
    pub value: String,
}

/// One address in a form; a new one has no key yet.
#[derive(Clone, Debug)]
pub struct AddressRevision {
    pub key: Option<EntryKey>,
    pub address: AddressInput,
}

impl std::fmt::Debug for Revision {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Revision(…)")
    }
}

impl std::fmt::Debug for EntryRevision {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "EntryRevision({:?}, …)", self.key)
    }
}

/// Reads an edited form. An entry that is not there any more is an error at its field, not an entry made anew.
pub fn edit(
    supporter: &Supporter,
    revision: &Revision,
    settings: &Settings,
    rng: &mut (impl Rng + ?Sized),
    now: DateTime<Utc>,
) -> Result<Vec<Edit>, CommandError> {
    let mut read = Input::new(settings);
    let mut edits = names(supporter, revision, &mut read);
    if let Some(text) = &revision.birth {
        edits.extend(new_birth(supporter, text, &mut read, now));
    }
    let country = settings.country.clone();
    for (index, entry) in revision.emails.iter().enumerate() {
        let key = entry_key(supporter, &mut read, Field::Email, index, entry.key, rng);
        edits.extend(changed(supporter, &key, &entry.value, || {
            read.value(Field::Email, index, &entry.value, Email::parse)
        }));
    }
    for (index, entry) in revision.phones.iter().enumerate() {
        let key = entry_key(supporter, &mut read, Field::Phone, index, entry.key, rng);
        let parse = |text: &str| Phone::parse(text, &country);
        edits.extend(changed(supporter, &key, &entry.value, || {
            read.value(Field::Phone, index, &entry.value, parse)
        }));
    }
    for (index, revised) in revision.addresses.iter().enumerate() {
        edits.extend(address(supporter, index, revised, &mut read, rng));
    }
    read.finish(edits)
}

fn names(supporter: &Supporter, revision: &Revision, read: &mut Input<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    let names = [
        (Field::GivenName, &revision.given_name),
        (Field::FamilyName, &revision.family_name),
        (Field::LegalName, &revision.legal_name),
    ];
    for (field, text) in names {
        let Some(text) = text else { continue };
        edits.extend(changed(supporter, field.plain_key(), text, || read.line(field, 0, text)));
    }
    if let Some(text) = &revision.organisation_number {
        let field = Field::OrganisationNumber;
        let country = read.settings.country.clone();
        let value = || read.value(field, 0, text, |text| OrganisationNumber::parse(text, &country));
        edits.extend(changed(supporter, field.plain_key(), text, value));
    }
    let blank = |text: &Option<String>| text.as_ref().is_some_and(|text| text.trim().is_empty());
    if supporter.is_organisation() && blank(&revision.legal_name) {
        read.error(Field::LegalName, 0, ErrorCode::Missing);
    }
    if !supporter.is_organisation() && blank(&revision.given_name) && blank(&revision.family_name) {
        read.error(Field::GivenName, 0, ErrorCode::Missing);
    }
    edits
}

/// A birth is a date or a year, never both: the newer takes the other's place.
fn new_birth(supporter: &Supporter, text: &str, read: &mut Input<'_>, now: DateTime<Utc>) -> Vec<Edit> {
    let (date, year) = (Field::BirthDate.plain_key(), Field::BirthYear.plain_key());
    if [date, year].iter().any(|key| shown(supporter, key) == text.trim() && !text.trim().is_empty()) {
        return Vec::new();
    }
    let (field, value) = birth(read, text, now);
    let other = if field == Field::BirthDate { year } else { date };
    let mut edits = put(supporter, field.plain_key(), value);
    edits.extend(put(supporter, other, None));
    edits
}

fn address(
    supporter: &Supporter,
    index: usize,
    revised: &AddressRevision,
    read: &mut Input<'_>,
    rng: &mut (impl Rng + ?Sized),
) -> Vec<Edit> {
    let entry = revised.key.unwrap_or_else(|| EntryKey::random(rng));
    let parts = [Field::Street, Field::Postcode, Field::City, Field::Country].map(|field| field.key(entry));
    let there = parts.iter().any(|key| !all_values(supporter.content(), key).is_empty());
    if revised.key.is_some() && !there {
        read.error(Field::Street, index, ErrorCode::NotThere);
        return Vec::new();
    }
    let typed =
        [&revised.address.street, &revised.address.postcode, &revised.address.city, &revised.address.country];
    if there && parts.iter().zip(typed).all(|(key, text)| shown(supporter, key) == text.trim()) {
        return Vec::new();
    }
    // Each part is read by itself, so that what was kept as written may stay so while another part is mended.
    let unchanged: Vec<bool> =
        parts.iter().zip(typed).map(|(key, text)| there && shown(supporter, key) == text.trim()).collect();
    let mut scratch = Input::new(read.settings);
    let values = scratch.address(index, &revised.address);
    let errors = scratch.finish(()).err().map(|error| error.errors).unwrap_or_default();
    let mut edits = Vec::new();
    for (((field, value), key), unchanged) in values.into_iter().zip(&parts).zip(unchanged) {
        if unchanged && !revised.address.is_blank() {
            continue;
        }
        if let Some(error) = errors.iter().find(|error| error.field == field) {
            read.error(field, index, error.code);
        }
        edits.extend(put(supporter, key, value));
    }
    edits
}

fn entry_key(
    supporter: &Supporter,
    read: &mut Input<'_>,
    field: Field,
    index: usize,
    entry: Option<EntryKey>,
    rng: &mut (impl Rng + ?Sized),
) -> String {
    let key = field.key(entry.unwrap_or_else(|| EntryKey::random(rng)));
    if entry.is_some() && all_values(supporter.content(), &key).is_empty() {
        read.error(field, index, ErrorCode::NotThere);
    }
    key
}

/// The edits of a key if what was typed is not what was shown.
fn changed(
    supporter: &Supporter,
    key: &str,
    typed: &str,
    value: impl FnOnce() -> Option<Value>,
) -> Vec<Edit> {
    if shown(supporter, key) == typed.trim() { Vec::new() } else { put(supporter, key, value()) }
}

/// What a form shows for a key: its first value.
fn shown(supporter: &Supporter, key: &str) -> String {
    all_values(supporter.content(), key).first().map(written).unwrap_or_default()
}
