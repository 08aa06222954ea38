//! Tags. They stay in the chapter.

use rand::Rng;

use super::{
    CommandError, ErrorCode, Settings,
    input::{Input, put},
    register::keyed,
};
use crate::{
    document::Edit,
    id::EntryKey,
    supporter::{Field, Supporter},
};

/// Adds a tag; nothing to do if it is there.
pub fn add_tag(
    supporter: &Supporter,
    text: &str,
    settings: &Settings,
    rng: &mut (impl Rng + ?Sized),
) -> Result<Vec<Edit>, CommandError> {
    if text.trim().is_empty() {
        return Err(CommandError::one(Field::Tag, ErrorCode::Missing));
    }
    let mut read = Input::new(settings);
    let value = read.line(Field::Tag, 0, text);
    let there = supporter
        .facts()
        .iter()
        .any(|fact| fact.field == Field::Tag && fact.known().any(|known| Some(known) == value.as_ref()));
    read.finish(if there { Vec::new() } else { keyed(EntryKey::random(rng), [(Field::Tag, value)]) })
}

/// Takes a tag away.
pub fn remove_tag(supporter: &Supporter, tag: EntryKey) -> Vec<Edit> {
    put(supporter, &Field::Tag.key(tag), None)
}
