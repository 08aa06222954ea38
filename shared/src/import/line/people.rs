//! Who a line is about and how to reach them.

use super::super::{
    column::Column,
    imported::ImportedName,
    value::{address, address::WrittenAddress, date, date::WrittenDate, looks_like, name, roles},
    warning::WarningCode,
};
use super::{Cell, Reading};
use crate::{
    document::Value,
    supporter::value::{Country, Email, OrganisationNumber, Phone, Postcode},
};
use chrono::Datelike;

impl Reading<'_> {
    /// Number, kind, name, organisation number, birth.
    pub(super) fn identity(&mut self) {
        self.number =
            self.cell(Column::ExternalNumber).map(|cell| name::tidied(cell.text)).unwrap_or_default();
        let organisation = self.is_organisation();
        self.name = self.read_name(organisation);
        self.single("kind", if organisation { "organisation" } else { "person" });
        let ImportedName { given, family, legal } = self.name.clone();
        for (key, text) in [("name/given", given), ("name/family", family), ("name/legal", legal)] {
            if !text.is_empty() {
                self.single(key, text);
            }
        }
        if let Some(cell) = self.cell(Column::OrganisationNumber) {
            match OrganisationNumber::parse(cell.text, &self.context.country) {
                Ok(number) => self.single("organisation_number", number),
                Err(_) => {
                    self.warn(cell, WarningCode::OrganisationNumber);
                    self.single("organisation_number", name::tidied(cell.text));
                }
            }
        }
        self.birth();
    }

    fn is_organisation(&mut self) -> bool {
        if let Some(cell) = self.cell(Column::Kind) {
            if let Some(organisation) = roles::is_organisation(cell.text) {
                return organisation;
            }
            self.warn(cell, WarningCode::Kind);
            self.tag(name::tidied(cell.text));
        }
        let named_so = self.cell(Column::FullName).is_some_and(|cell| name::is_organisation(cell.text));
        self.cell(Column::OrganisationNumber).is_some() || named_so
    }

    fn read_name(&self, organisation: bool) -> ImportedName {
        let text = |column| self.cell(column).map(|cell| name::tidied(cell.text)).unwrap_or_default();
        let (given, family, full) = (text(Column::Given), text(Column::Family), text(Column::FullName));
        if organisation {
            let parts = name::tidied(&format!("{given} {family}"));
            return ImportedName {
                legal: if full.is_empty() { parts } else { full },
                ..ImportedName::default()
            };
        }
        if given.is_empty() && family.is_empty() && !full.is_empty() {
            let name::WrittenName { given, family } = name::person(&full);
            return ImportedName { given, family, legal: String::new() };
        }
        ImportedName { given, family, legal: String::new() }
    }

    /// A date, or only a year. One that lies ahead is a slip: it is kept as written.
    fn birth(&mut self) {
        let Some(cell) = self.cell(Column::Birth) else { return };
        let today = self.context.today;
        match date::read(cell.text, today) {
            Some(WrittenDate::Day(day)) if day <= today => self.single("birth/date", day.to_string()),
            Some(WrittenDate::Year(year)) if year <= today.year() => {
                self.single("birth/year", i64::from(year))
            }
            Some(WrittenDate::Month { year, .. }) if year <= today.year() => {
                self.warn(cell, WarningCode::MonthOnly);
                self.single("birth/year", i64::from(year));
                self.single("birth/date", name::tidied(cell.text));
            }
            Some(_) | None => {
                self.warn(cell, WarningCode::Date);
                self.single("birth/date", name::tidied(cell.text));
            }
        }
    }

    /// E-mail addresses and phone numbers; a cell may hold several.
    pub(super) fn contact(&mut self) {
        for cell in self.cells(Column::Email) {
            for text in parts(cell.text, looks_like::email) {
                let value = Email::parse(text).map(Value::from).unwrap_or_else(|_| {
                    self.warn(cell, WarningCode::Email);
                    Value::Text(name::tidied(text))
                });
                self.entry("email", vec![("", value)]);
            }
        }
        for cell in self.cells(Column::Phone) {
            for text in parts(cell.text, looks_like::phone) {
                let value = Phone::parse(text, &self.context.country).map(Value::from).unwrap_or_else(|_| {
                    self.warn(cell, WarningCode::Phone);
                    Value::Text(Phone::as_written(&name::tidied(text)))
                });
                self.entry("phone", vec![("", value)]);
            }
        }
    }

    /// One address, from its parts or from one column. A street that holds postcode and place is divided where no
    /// other column gives them.
    pub(super) fn address(&mut self) {
        let whole = self.cell(Column::Address);
        let street = self.cell(Column::Street);
        let city = self.cell(Column::City);
        let postcode = self.cell(Column::Postcode);
        let mut written = WrittenAddress {
            street: street.map(|cell| name::tidied(cell.text)),
            postcode: postcode.map(|cell| name::tidied(cell.text)),
            city: city.map(|cell| name::tidied(cell.text)),
        };
        if written.postcode.is_none() {
            let one = whole.or(street).and_then(|cell| address::read(cell.text));
            let place = city.and_then(|cell| address::read(cell.text));
            if let Some(one) = one.filter(|_| city.is_none()) {
                written = one;
            } else if let Some(place) = place {
                written.postcode = place.postcode;
                written.city = place.city;
                written.street = joined(written.street, place.street);
            }
        }
        if let Some(cell) = whole
            && written.street.is_none()
            && address::read(cell.text).is_none()
        {
            self.warn(cell, WarningCode::Address);
            written.street = Some(name::tidied(cell.text));
        }
        self.put_address(written, postcode.or(whole).or(city).or(street));
    }

    fn put_address(&mut self, written: WrittenAddress, postcode_cell: Option<Cell<'_>>) {
        let mut parts = Vec::new();
        if let Some(street) = written.street {
            parts.push(("/street", Value::Text(street)));
        }
        let country_cell = self.cell(Column::Country);
        let countries = match country_cell.and_then(|cell| Country::parse(cell.text).ok()) {
            Some(known) => vec![known],
            None => self.likely_countries(),
        };
        if let Some(postcode) = written.postcode {
            let known = countries.iter().find_map(|country| Postcode::parse(&postcode, country).ok());
            let value = known.map(Value::from).unwrap_or_else(|| {
                if let Some(cell) = postcode_cell {
                    self.warn(cell, WarningCode::Postcode);
                }
                Value::Text(postcode)
            });
            parts.push(("/postcode", value));
        }
        if let Some(city) = written.city {
            parts.push(("/city", Value::Text(city)));
        }
        if let Some(cell) = country_cell
            && !parts.is_empty()
        {
            let value = Country::parse(cell.text).map(Value::from).unwrap_or_else(|_| Value::from(cell.text));
            parts.push(("/country", value));
        }
        if !parts.is_empty() {
            self.entry("address", parts);
        }
    }
}

impl Reading<'_> {
    /// A list without a column of countries is of its own country, but members move: the neighbours' postcodes are
    /// told apart by their looks.
    fn likely_countries(&self) -> Vec<Country> {
        let neighbours = ["NO", "SE", "NL"].iter().filter_map(|code| Country::parse(code).ok());
        std::iter::once(self.context.country.clone()).chain(neighbours).collect()
    }
}

/// The values of a cell: divided only where every part looks like one, so that nothing odd is cut to pieces.
fn parts(text: &str, looks_right: fn(&str) -> bool) -> Vec<&str> {
    let parts: Vec<&str> =
        text.split([';', ',', '|', '\n', '/']).map(str::trim).filter(|part| !part.is_empty()).collect();
    if parts.len() > 1 && parts.iter().all(|part| looks_right(part)) { parts } else { vec![text] }
}

fn joined(first: Option<String>, second: Option<String>) -> Option<String> {
    match (first, second) {
        (Some(first), Some(second)) => Some(format!("{first}, {second}")),
        (first, second) => first.or(second),
    }
}
