//! Mirrored fields: contact details that both sides may edit.
//!
//! After the office's entries are applied, and before the gate is asked again, the shared document may say other
//! than the chapter's record. One value there is an edit to take over. Several are a conflict: the record keeps its
//! own and has the others beside it, in sight, until a person picks. The pick is an edit of the one key and goes out
//! by the gate, so it reaches both sides.

use crate::{
    document::{Content, Edit, Value},
    supporter::{
        Field,
        conflict::{all_values, dispute, settle},
    },
};

/// The edits of the chapter's record that take in what the merged shared document says.
///
/// Call it when all zones of a session are caught up, on the merged record and the live generation.
pub fn mirror(record: &Content, shared: &Content) -> Vec<Edit> {
    let mirrored = |key: &str| Field::of_key(key).is_some_and(|(field, _)| field.mirrored());
    shared
        .iter()
        .filter(|(key, _)| mirrored(key))
        .flat_map(|(key, values)| mirror_key(record, key, values))
        .collect()
}

/// The first edits of a record for a supporter whom the office knows and this chapter has forgotten: registered after the
/// backup that the chapter was restored from. None where the shared document is not a supporter's.
pub fn remembered(shared: &Content) -> Option<Vec<Edit>> {
    let of_supporter = shared.get(Field::Type.plain_key())? == &[Value::from("supporter")];
    let not_mirrored = |key: &str| Field::of_key(key).is_some_and(|(field, _)| !field.mirrored());
    let rest = shared.iter().filter(|(key, _)| not_mirrored(key));
    let rest = rest.filter_map(|(key, values)| Some(Edit::set(key, values.first()?.clone())));
    of_supporter.then(|| rest.chain(mirror(&Content::new(), shared)).collect())
}

fn mirror_key(record: &Content, key: &str, shared: &[Value]) -> Vec<Edit> {
    let own = all_values(record, key);
    if own == shared {
        return Vec::new();
    }
    match shared {
        [one] => {
            let mut edits = settle(record, key);
            edits.push(Edit::set(key, one.clone()));
            edits
        }
        several => {
            let kept = own.is_empty().then(|| several.first()).flatten();
            let first = kept.map(|value| Edit::set(key, value.clone()));
            let beside = several.iter().filter(|value| !own.contains(value) && Some(*value) != kept);
            first.into_iter().chain(beside.map(|value| dispute(key, value))).collect()
        }
    }
}
