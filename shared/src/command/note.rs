//! Notes. They stay in the chapter.

use chrono::{DateTime, Utc};
use rand::Rng;

use super::{
    CommandError, ErrorCode, Settings,
    input::{Input, put},
    register::keyed,
};
use crate::{
    document::Edit,
    id::EntryKey,
    supporter::{
        Field, Supporter,
        value::{Moment, Prose},
    },
};

/// Writes a note.
pub fn note(
    text: &str,
    settings: &Settings,
    rng: &mut (impl Rng + ?Sized),
    now: DateTime<Utc>,
) -> Result<Vec<Edit>, CommandError> {
    if text.trim().is_empty() {
        return Err(CommandError::one(Field::NoteText, ErrorCode::Missing));
    }
    let mut read = Input::new(settings);
    let text = read.value(Field::NoteText, 0, text, Prose::parse);
    let values = [(Field::NoteText, text), (Field::NoteAt, Some(Moment::at(now).into()))];
    read.finish(keyed(EntryKey::random(rng), values))
}

/// Takes a note away.
pub fn remove_note(supporter: &Supporter, note: EntryKey) -> Vec<Edit> {
    [Field::NoteText, Field::NoteAt].iter().flat_map(|field| put(supporter, &field.key(note), None)).collect()
}
