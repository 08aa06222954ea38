//! A bug that is planted on purpose, to prove that its checker sees it (C8). Not in the programs: the feature is the tests',
//! and even there nothing is wrong until it is planted.

use std::sync::atomic::{AtomicBool, Ordering};

static UNBOUNDED: AtomicBool = AtomicBool::new(false);

/// From now on this process inflates whatever it is sent, however large.
pub fn inflate_without_bound() {
    UNBOUNDED.store(true, Ordering::SeqCst);
}

pub(crate) fn inflates_without_bound() -> bool {
    UNBOUNDED.load(Ordering::SeqCst)
}
