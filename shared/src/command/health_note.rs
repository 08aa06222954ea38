//! Notes on health, which live in the confidential document and nowhere else.

use chrono::{DateTime, Utc};
use rand::Rng;

use super::{CommandError, ErrorCode, Settings, input::Input, register::keyed};
use crate::{
    document::{Content, Edit},
    id::EntryKey,
    supporter::{
        Field,
        value::{Moment, Prose},
    },
};

/// Writes a health note: edits of the supporter's *confidential* document, whose content comes in.
pub fn health_note(
    confidential: &Content,
    text: &str,
    settings: &Settings,
    rng: &mut (impl Rng + ?Sized),
    now: DateTime<Utc>,
) -> Result<Vec<Edit>, CommandError> {
    if text.trim().is_empty() {
        return Err(CommandError::one(Field::HealthNoteText, ErrorCode::Missing));
    }
    let mut read = Input::new(settings);
    let text = read.value(Field::HealthNoteText, 0, text, Prose::parse);
    let mut edits = Vec::new();
    if !confidential.contains_key(Field::Type.plain_key()) {
        edits.push(Edit::set(Field::Type.plain_key(), "supporter"));
    }
    let values = [(Field::HealthNoteText, text), (Field::HealthNoteAt, Some(Moment::at(now).into()))];
    edits.extend(keyed(EntryKey::random(rng), values));
    read.finish(edits)
}

/// Takes a health note away.
pub fn remove_health_note(confidential: &Content, note: EntryKey) -> Vec<Edit> {
    let keys = [Field::HealthNoteText, Field::HealthNoteAt].map(|field| field.key(note));
    keys.into_iter().filter(|key| confidential.contains_key(key)).map(Edit::delete).collect()
}
