//! Values of other writers that stand against the record's own.
//!
//! Two devices that write one key at once leave two values under it. A value that came from the office while the
//! chapter had its own is put beside it, under `conflict/<key, / written as .>/<entry>`. The view shows both kinds
//! alike: as one register with several values.

use std::ops::Bound;

use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};

use super::{Field, register::written};
use crate::{
    document::{Content, Edit, Value},
    id::EntryKey,
};

/// One value that stands against the record's own under `key`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The key whose value is disputed, such as `email/AAAAAAAA`.
    pub key: String,
    /// The conflict's own key.
    pub stored_as: String,
    pub values: Vec<Value>,
}

/// The prefix of all conflicts with `key`.
fn prefix(key: &str) -> String {
    format!("{CONFLICT}{}/", key.replace('/', "."))
}

/// What the keys of all conflicts begin with.
const CONFLICT: &str = "conflict/";

/// Whether anything stands against anything: seldom, and asked for every key of every record that is read.
fn has_conflicts(content: &Content) -> bool {
    let from = (Bound::Included(CONFLICT), Bound::Unbounded);
    content.range::<str, _>(from).next().is_some_and(|(stored_as, _)| stored_as.starts_with(CONFLICT))
}

/// Every conflict in a document.
pub(super) fn conflicts(content: &Content) -> Vec<Conflict> {
    content
        .range::<str, _>((Bound::Included(CONFLICT), Bound::Unbounded))
        .take_while(|(stored_as, _)| stored_as.starts_with(CONFLICT))
        .filter_map(|(stored_as, values)| {
            let (Field::Conflict, segment) = Field::of_key(stored_as)? else { return None };
            let (dotted, _) = segment.split_once('/')?;
            Some(Conflict {
                key: dotted.replace('.', "/"),
                stored_as: stored_as.clone(),
                values: values.clone(),
            })
        })
        .collect()
}

/// All values of `key`, those in conflict with it too: sorted, without doubles.
pub(crate) fn all_values(content: &Content, key: &str) -> Vec<Value> {
    let mut values = content.get(key).cloned().unwrap_or_default();
    if has_conflicts(content) {
        let prefix = prefix(key);
        let disputed =
            content.range(prefix.clone()..).take_while(|(stored_as, _)| stored_as.starts_with(&prefix));
        values.extend(disputed.flat_map(|(_, values)| values.iter().cloned()));
    }
    values.sort();
    values.dedup();
    values
}

/// The edits that drop every conflict with `key`.
pub(crate) fn settle(content: &Content, key: &str) -> Vec<Edit> {
    let prefix = prefix(key);
    let disputed =
        content.range(prefix.clone()..).take_while(|(stored_as, _)| stored_as.starts_with(&prefix));
    disputed.map(|(stored_as, _)| Edit::delete(stored_as.clone())).collect()
}

/// The edit that puts `value` beside the record's own under `key`.
///
/// The entry's key follows from the value, so that two devices that learn of one value put one entry. It lies in
/// the same document as the value and goes with it.
pub(crate) fn dispute(key: &str, value: &Value) -> Edit {
    let digest = Sha256::digest(format!("helhet conflict\0{key}\0{}", written(value)));
    let entry = BASE64URL_NOPAD.encode(&digest[..6]);
    debug_assert!(entry.parse::<EntryKey>().is_ok());
    Edit { key: format!("{}{entry}", prefix(key)), value: Some(value.clone()) }
}
