//! A supporter takes a yes back, or says no.

use chrono::{DateTime, Utc};
use rand::Rng;

use super::register::keyed;
use crate::{
    document::Edit,
    id::EntryKey,
    supporter::{Field, Purpose, value::Moment},
};

/// Withdraws `purpose`: every grant of it so far, and any that is being given elsewhere now (N14). Also where it stands
/// withdrawn: a yes given elsewhere may know of the earlier withdrawal, and an undone import takes its own away.
pub fn withdraw(purpose: Purpose, rng: &mut (impl Rng + ?Sized), now: DateTime<Utc>) -> Vec<Edit> {
    withdrawal(purpose, false, rng, now)
}

/// Records the supporter's own no to `purpose`, each time that it is said. A no to the national record keeps everything
/// in the chapter.
pub fn refuse(purpose: Purpose, rng: &mut (impl Rng + ?Sized), now: DateTime<Utc>) -> Vec<Edit> {
    withdrawal(purpose, true, rng, now)
}

fn withdrawal(
    purpose: Purpose,
    refused: bool,
    rng: &mut (impl Rng + ?Sized),
    now: DateTime<Utc>,
) -> Vec<Edit> {
    let values = [
        (Field::WithdrawalPurpose, Some(purpose.into())),
        (Field::WithdrawalAt, Some(Moment::at(now).into())),
        (Field::WithdrawalRefused, refused.then_some(true.into())),
    ];
    keyed(EntryKey::random(rng), values)
}
