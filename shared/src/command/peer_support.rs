//! The form on a peer supporter.

use rand::Rng;

use super::{
    CommandError, Settings,
    input::{Input, put, replace_list},
    volunteering::whole_number,
};
use crate::{
    document::Edit,
    id::EntryKey,
    supporter::{
        Experience, Field, Supporter,
        value::{ValueError, parse_day},
    },
};

/// A peer supporter as typed. `None` is a field the form did not have; blank deletes.
#[derive(Clone, Default)]
pub struct PeerSupportInput {
    pub themes: Option<Vec<String>>,
    /// A code: `own`, `relative`, `both`.
    pub experience: Option<String>,
    pub languages: Option<Vec<String>>,
    pub course_on: Option<String>,
    pub approved_from: Option<String>,
    pub approved_to: Option<String>,
    pub capacity: Option<String>,
}

impl std::fmt::Debug for PeerSupportInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PeerSupportInput(…)")
    }
}

/// The edits that make the record say what the form says.
pub fn edit_peer_support(
    supporter: &Supporter,
    input: &PeerSupportInput,
    settings: &Settings,
    rng: &mut (impl Rng + ?Sized),
) -> Result<Vec<Edit>, CommandError> {
    let mut read = Input::new(settings);
    let mut edits = Vec::new();
    for (field, texts) in [(Field::PeerTheme, &input.themes), (Field::PeerLanguage, &input.languages)] {
        if let Some(texts) = texts {
            edits.extend(replace_list(supporter, &mut read, field, texts, || EntryKey::random(rng)));
        }
    }
    if let Some(text) = &input.experience {
        let parse = |text: &str| -> Result<Experience, ValueError> { text.parse() };
        let value = read.value(Field::PeerExperience, 0, text, parse);
        edits.extend(put(supporter, Field::PeerExperience.plain_key(), value));
    }
    let days = [
        (Field::PeerCourseOn, &input.course_on),
        (Field::PeerApprovedFrom, &input.approved_from),
        (Field::PeerApprovedTo, &input.approved_to),
    ];
    for (field, text) in days {
        if let Some(text) = text {
            let value = read.value(field, 0, text, parse_day);
            edits.extend(put(supporter, field.plain_key(), value));
        }
    }
    if let Some(text) = &input.capacity {
        let value = read.value(Field::PeerCapacity, 0, text, whole_number);
        edits.extend(put(supporter, Field::PeerCapacity.plain_key(), value));
    }
    read.finish(edits)
}
