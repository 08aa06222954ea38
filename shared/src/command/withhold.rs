//! A supporter about whom less was to be shared than this record knows of: a restored backup has forgotten why.

use chrono::{DateTime, Utc};
use rand::Rng;

use super::withdraw::{refuse, withdraw};
use crate::{
    document::Edit,
    id::EntryKey,
    supporter::{Field, Purpose, Supporter, conflict::settle, value::Moment},
};

/// Keeps all of the supporter in the chapter until a person decides. Each time under a key of its own, so that a
/// decision undoes only what it knew of (N14).
pub fn withhold(rng: &mut (impl Rng + ?Sized), now: DateTime<Utc>) -> Vec<Edit> {
    vec![Edit::set(Field::Withheld.key(EntryKey::random(rng)), Moment::at(now).to_string())]
}

/// A person says that what the record tells of consents still holds.
pub fn confirm_sharing(supporter: &Supporter) -> Vec<Edit> {
    let held = supporter.facts().iter().filter(|fact| fact.field == Field::Withheld);
    let undone = held.flat_map(|fact| {
        let beside = settle(supporter.content(), &fact.key);
        beside.into_iter().chain([Edit::delete(fact.key.clone())])
    });
    undone.collect()
}

/// A person says that it was taken back: every yes of the record, and being known to the office at all. What exactly
/// was said is forgotten, so nothing less would be sure.
pub fn take_back_sharing(
    supporter: &Supporter,
    rng: &mut (impl Rng + ?Sized),
    now: DateTime<Utc>,
) -> Vec<Edit> {
    let mut edits = confirm_sharing(supporter);
    for &purpose in Purpose::ALL.iter().filter(|&&purpose| supporter.permissions.granted(purpose)) {
        edits.extend(withdraw(purpose, rng, now));
    }
    edits.extend(refuse(Purpose::NationalRecord, rng, now));
    edits
}
