//! When the gate lets out less than before, so that the shared document must begin anew without its history.

use super::SharedPart;
use crate::{document::Content, supporter::Field};

/// Whether `next` lets out less than the merged shared document holds: then that document is retired and a fresh one
/// is made from `next`, if there is one.
///
/// Less is: a key that was there is no more. That covers a role ended, a consent withdrawn (its grant goes, also
/// where another line still shares the same fields), an agreement tightened, an e-mail address deleted by hand: who
/// deletes an address does not expect the office to keep it, and a deletion in place leaves it in the history. A
/// role of several under one key that is let out no more counts too. A value that gives way to another under the same
/// key is else an ordinary change: a corrected spelling is no withdrawal,
/// and a new generation for every typing error would cost more than it protects. Who must have the old value gone
/// too deletes it and adds the new one.
///
/// Keys that this version does not know were written by a newer one and are no reason, or two versions of one
/// chapter would retire each other's documents for ever.
pub fn narrowing(shared: &Content, next: Option<&SharedPart>) -> bool {
    let Some(part) = next else { return !shared.is_empty() };
    shared.iter().any(|(key, values)| match (Field::of_key(key), part.content().get(key)) {
        (None, _) => false,
        (Some(_), None) => true,
        (Some((Field::Role, _)), Some(wanted)) => !values.iter().all(|value| wanted.contains(value)),
        (Some(_), Some(_)) => false,
    })
}
