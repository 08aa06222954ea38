//! Reading input: blank is nothing, readable becomes canonical, the rest is an error at its field.

use super::{CommandError, ErrorCode, FieldError};
use crate::{
    document::{Edit, Value},
    id::EntryKey,
    supporter::{
        Field, Supporter,
        conflict::settle,
        value::{Country, Line, Postcode, ValueError, holds_national_number},
    },
};

/// How a chapter's input is read.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where phone numbers, postcodes and organisation numbers without a country are from.
    pub country: Country,
}

impl Default for Settings {
    /// A form of a Norwegian chapter.
    fn default() -> Settings {
        Settings { country: Country::norway() }
    }
}

/// A postal address as typed.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct AddressInput {
    pub street: String,
    pub postcode: String,
    pub city: String,
    /// A code or a name; blank means the chapter's own country.
    pub country: String,
}

impl std::fmt::Debug for AddressInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AddressInput(…)")
    }
}

impl AddressInput {
    /// Whether nothing was typed; a country alone is nothing.
    pub fn is_blank(&self) -> bool {
        [&self.street, &self.postcode, &self.city].iter().all(|text| text.trim().is_empty())
    }
}

/// Collects values and errors while a command reads its input.
pub(super) struct Input<'s> {
    pub(super) settings: &'s Settings,
    errors: Vec<FieldError>,
}

impl<'s> Input<'s> {
    pub(super) fn new(settings: &'s Settings) -> Input<'s> {
        Input { settings, errors: Vec::new() }
    }

    /// One value: `None` if nothing was typed, or if it was refused.
    pub(super) fn value<T: Into<Value>>(
        &mut self,
        field: Field,
        index: usize,
        text: &str,
        parse: impl FnOnce(&str) -> Result<T, ValueError>,
    ) -> Option<Value> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let has_own_shape = [Field::Phone, Field::Postcode, Field::OrganisationNumber].contains(&field);
        if !has_own_shape && holds_national_number(text, &self.settings.country) {
            self.error(field, index, ErrorCode::NationalNumber);
            return None;
        }
        match parse(text) {
            Ok(value) => Some(value.into()),
            Err(_) => {
                self.error(field, index, ErrorCode::Unreadable);
                None
            }
        }
    }

    /// One line of text.
    pub(super) fn line(&mut self, field: Field, index: usize, text: &str) -> Option<Value> {
        self.value(field, index, text, Line::parse)
    }

    pub(super) fn error(&mut self, field: Field, index: usize, code: ErrorCode) {
        self.errors.push(FieldError { field, index, code });
    }

    /// An address's fields with their values; all of them nothing if the address is blank.
    pub(super) fn address(&mut self, index: usize, input: &AddressInput) -> [(Field, Option<Value>); 4] {
        if input.is_blank() {
            return [
                (Field::Street, None),
                (Field::Postcode, None),
                (Field::City, None),
                (Field::Country, None),
            ];
        }
        let written =
            if input.country.trim().is_empty() { self.settings.country.as_str() } else { &input.country };
        let country = Country::parse(written).unwrap_or_else(|_| self.settings.country.clone());
        [
            (Field::Street, self.line(Field::Street, index, &input.street)),
            (
                Field::Postcode,
                self.value(Field::Postcode, index, &input.postcode, |text| Postcode::parse(text, &country)),
            ),
            (Field::City, self.line(Field::City, index, &input.city)),
            (Field::Country, self.value(Field::Country, index, written, Country::parse)),
        ]
    }

    pub(super) fn finish<T>(self, value: T) -> Result<T, CommandError> {
        if self.errors.is_empty() { Ok(value) } else { Err(CommandError { errors: self.errors }) }
    }
}

/// The edits that make `key` hold `value` alone: none if it does already. What stood in conflict with it is settled.
pub(super) fn put(supporter: &Supporter, key: &str, value: Option<Value>) -> Vec<Edit> {
    let held = supporter.content().get(key).map(Vec::as_slice).unwrap_or_default();
    let mut edits = settle(supporter.content(), key);
    if held != value.as_slice() {
        edits.push(Edit { key: key.to_owned(), value });
    }
    edits
}

/// The edits that make a list field hold exactly these texts: what is there already stays, under its own key.
pub(super) fn replace_list(
    supporter: &Supporter,
    input: &mut Input<'_>,
    field: Field,
    texts: &[String],
    mut key: impl FnMut() -> EntryKey,
) -> Vec<Edit> {
    let held: Vec<_> = supporter.facts().iter().filter(|fact| fact.field == field).collect();
    let wanted: Vec<_> =
        texts.iter().map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    let mut edits = Vec::new();
    for (index, text) in wanted.iter().enumerate() {
        let new = !held.iter().any(|fact| fact.texts().contains(text)) && !wanted[..index].contains(text);
        if let Some(value) = new.then(|| input.line(field, index, text)).flatten() {
            edits.push(Edit { key: field.key(key()), value: Some(value) });
        }
    }
    for fact in held {
        if !fact.texts().iter().any(|text| wanted.contains(text)) {
            edits.extend(put(supporter, &fact.key, None));
        }
    }
    edits
}
