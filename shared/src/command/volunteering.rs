//! The form on a volunteer.

use std::collections::BTreeMap;

use rand::Rng;

use super::{
    CommandError, ErrorCode, Settings,
    input::{Input, put, replace_list},
};
use crate::{
    document::Edit,
    id::EntryKey,
    supporter::{
        Field, Supporter,
        value::{ValueError, parse_day},
    },
};

/// What a volunteer does and can do, as typed. `None` is a field the form did not have; blank deletes.
#[derive(Clone, Debug, Default)]
pub struct VolunteeringInput {
    pub skills: Option<Vec<String>>,
    pub tasks: Option<Vec<String>>,
    pub availability: Option<String>,
    /// Hours by year; years that are not named stay.
    pub hours: BTreeMap<i32, String>,
    pub police_certificate_shown_on: Option<String>,
}

/// The edits that make the record say what the form says.
pub fn edit_volunteering(
    supporter: &Supporter,
    input: &VolunteeringInput,
    settings: &Settings,
    rng: &mut (impl Rng + ?Sized),
) -> Result<Vec<Edit>, CommandError> {
    let mut read = Input::new(settings);
    let mut edits = Vec::new();
    for (field, texts) in [(Field::Skill, &input.skills), (Field::Task, &input.tasks)] {
        if let Some(texts) = texts {
            edits.extend(replace_list(supporter, &mut read, field, texts, || EntryKey::random(rng)));
        }
    }
    if let Some(text) = &input.availability {
        let value = read.line(Field::Availability, 0, text);
        edits.extend(put(supporter, Field::Availability.plain_key(), value));
    }
    for (year, text) in &input.hours {
        if !(1000..=9999).contains(year) {
            read.error(Field::Hours, 0, ErrorCode::Unreadable);
            continue;
        }
        let value = read.value(Field::Hours, 0, text, whole_number);
        edits.extend(put(supporter, &Field::Hours.year_key(*year), value));
    }
    if let Some(text) = &input.police_certificate_shown_on {
        let value = read.value(Field::PoliceCertificateShownOn, 0, text, parse_day);
        edits.extend(put(supporter, Field::PoliceCertificateShownOn.plain_key(), value));
    }
    read.finish(edits)
}

/// A whole number, not below zero, as documents store it.
pub(super) fn whole_number(text: &str) -> Result<i64, ValueError> {
    text.parse::<u32>().map(i64::from).map_err(|_| ValueError { expected: "number" })
}
