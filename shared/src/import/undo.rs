//! Taking an import back: what each of its edits found and wrote, so that it can be reversed where the record still
//! holds what the import wrote. Supporters that the import made are erased by their own deed.

use serde_json::{Value as Json, json};

use crate::document::{Content, Edit, Value};

/// One key that an import changed.
#[derive(Clone, PartialEq, Eq)]
pub struct Reversal {
    /// The document's key.
    pub key: String,
    wrote: Option<Value>,
    found: Option<Value>,
}

// Personal data.
impl std::fmt::Debug for Reversal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reversal").finish_non_exhaustive()
    }
}

/// What is needed to take edits back, from the content before them.
pub fn reversals(edits: &[Edit], before: &Content) -> Vec<Reversal> {
    let found = |key: &str| before.get(key).and_then(|values| values.first()).cloned();
    edits
        .iter()
        .map(|edit| Reversal { key: edit.key.clone(), wrote: edit.value.clone(), found: found(&edit.key) })
        .filter(|reversal| reversal.wrote != reversal.found)
        .collect()
}

/// The edits that take an import back, and how many keys were edited since and stay. A mistaken import's refusals go
/// too: nobody said them.
pub fn undo(reversals: &[Reversal], now: &Content) -> (Vec<Edit>, usize) {
    let mut kept = 0;
    let mut edits = Vec::new();
    for reversal in reversals {
        let current = now.get(&reversal.key).map_or(&[][..], Vec::as_slice);
        let as_written = match (&reversal.wrote, current) {
            (Some(wrote), [one]) => wrote == one,
            (None, []) => true,
            (Some(_), _) | (None, _) => false,
        };
        if as_written {
            edits.push(Edit { key: reversal.key.clone(), value: reversal.found.clone() });
        } else {
            kept += 1;
        }
    }
    (edits, kept)
}

/// Reversals as JSON, for the program's table of imports.
pub fn to_json(reversals: &[Reversal]) -> Json {
    let value = |value: &Option<Value>| match value {
        None => Json::Null,
        Some(Value::Text(text)) => json!(text),
        Some(Value::Int(number)) => json!(number),
        Some(Value::Bool(yes)) => json!(yes),
    };
    reversals.iter().map(|reversal| json!([reversal.key, value(&reversal.wrote), value(&reversal.found)])).collect()
}

/// Reads what [`to_json`] wrote; None where it is something else.
pub fn from_json(json: &Json) -> Option<Vec<Reversal>> {
    let value = |json: &Json| match json {
        Json::Null => Some(None),
        Json::String(text) => Some(Some(Value::Text(text.clone()))),
        Json::Number(number) => Some(Some(Value::Int(number.as_i64()?))),
        Json::Bool(yes) => Some(Some(Value::Bool(*yes))),
        Json::Array(_) | Json::Object(_) => None,
    };
    json.as_array()?
        .iter()
        .map(|item| match item.as_array()?.as_slice() {
            [key, wrote, found] => {
                Some(Reversal { key: key.as_str()?.to_owned(), wrote: value(wrote)?, found: value(found)? })
            }
            _ => None,
        })
        .collect()
}
