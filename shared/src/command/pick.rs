//! A person's pick settles a conflict.

use super::{CommandError, ErrorCode, input::put};
use crate::{
    document::{Edit, Value},
    supporter::{Field, Supporter, conflict::all_values, conflict::settle, register::written},
};

/// Settles the conflict under `key` with the one of its values that reads `value`.
pub fn pick(supporter: &Supporter, key: &str, value: &str) -> Result<Vec<Edit>, CommandError> {
    let field = Field::of_key(key).map(|(field, _)| field).ok_or_else(|| not_there(Field::Conflict))?;
    let values = all_values(supporter.content(), key);
    let picked: Value =
        values.iter().find(|one| written(one) == value).cloned().ok_or_else(|| not_there(field))?;
    let held = supporter.content().get(key).map(Vec::len).unwrap_or_default();
    if held > 1 {
        // The document's own concurrent values are settled by writing, even if the pick is the one it shows.
        let mut edits = settle(supporter.content(), key);
        edits.push(Edit::set(key, picked));
        return Ok(edits);
    }
    Ok(put(supporter, key, Some(picked)))
}

fn not_there(field: Field) -> CommandError {
    CommandError::one(field, ErrorCode::NotThere)
}
