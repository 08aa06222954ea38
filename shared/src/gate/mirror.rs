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

/// The edits that take into a record what another life of this chapter's own store let out of it: roles, consents and
/// whatever else the office may not edit, so that only the chapter itself can have said it. What the record says
/// otherwise stays, with the other beside it, if both lives said something.
///
/// Never to be asked of a document that says more than the gate let out only because the record says less by now: every
/// deed that takes something from a record takes it from the shared document too.
pub fn returned(record: &Content, shared: &Content) -> Vec<Edit> {
    let knows_the_date = record.contains_key(Field::BirthDate.plain_key());
    let comes_back = |key: &str| match Field::of_key(key) {
        None | Some((Field::Type, _)) => false,
        // The gate made it of the date.
        Some((Field::BirthYear, _)) => !knows_the_date,
        Some((field, _)) => !field.mirrored(),
    };
    let said = shared.iter().filter(|(key, _)| comes_back(key));
    said.flat_map(|(key, values)| news_of(record, key, values, true)).collect()
}

/// The edits that put beside a record what another life of its store let out of it in a document of its own, where neither
/// document was made in knowledge of the other: which of two values is the newer cannot be told.
pub fn beside(record: &Content, shared: &Content) -> Vec<Edit> {
    let knows_the_date = record.contains_key(Field::BirthDate.plain_key());
    let said = shared.iter().filter(|(key, _)| match Field::of_key(key) {
        None | Some((Field::Type, _)) => false,
        Some((Field::BirthYear, _)) => !knows_the_date,
        Some(_) => true,
    });
    said.flat_map(|(key, values)| news_of(record, key, values, false)).collect()
}

/// The values of `key` that a record lacks. Where it has none the first takes the place; also where it has one, if `replaces`
/// and there is only one of each. The others are put beside it.
fn news_of(record: &Content, key: &str, values: &[Value], replaces: bool) -> Vec<Edit> {
    let own = all_values(record, key);
    let mut news = values.iter().filter(|value| !own.contains(value));
    let takes_the_place = own.is_empty() || (replaces && own.len() == 1 && values.len() == 1);
    let first = if takes_the_place { news.next() } else { None };
    let first = first.map(|value| Edit::set(key, value.clone()));
    first.into_iter().chain(news.map(|value| dispute(key, value))).collect()
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
