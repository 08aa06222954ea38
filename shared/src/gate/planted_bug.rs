//! A planted leak, which proves that the leak test sees one. Not in the programs: the feature is the tests', and
//! even there nothing leaks until [`plant`] is called.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::supporter::Field;

static PLANTED: AtomicBool = AtomicBool::new(false);

/// From now on the gate of this process lets volunteers' tasks out.
pub fn plant() {
    PLANTED.store(true, Ordering::SeqCst);
}

pub(super) fn lets_out(field: Field) -> bool {
    field == Field::Task && PLANTED.load(Ordering::SeqCst)
}
