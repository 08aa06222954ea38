//! Bugs that are planted on purpose, each to prove that its checker sees it (C2 to C7). Not in the programs: the feature is
//! the tests', and even there nothing is wrong until [`plant`] is called.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::supporter::value::codes;

static PLANTED: AtomicU32 = AtomicU32::new(0);

codes! {
    /// What can be wrong.
    Bug {
        /// The gate lets volunteers' tasks out.
        GateLetsTasksOut = "gate_lets_tasks_out",
        /// The gate lets out what it has a reason to withhold.
        GateOpensOnError = "gate_opens_on_error",
        /// What lies under a floor is stored.
        FloorGateIsOff = "floor_gate_is_off",
        /// A lower floor takes the place of a higher one.
        FloorsAreNotCompared = "floors_are_not_compared",
        /// The database leaves what was deleted in its free pages.
        SecureDeleteIsOff = "secure_delete_is_off",
        /// A receipt is signed while the write-ahead file still holds what was erased.
        ReceiptIsEarly = "receipt_is_early",
        /// What a device wrote after its removal is taken.
        RevokedIsTaken = "revoked_is_taken",
        /// What a store wrote beside its copy is not said again.
        OtherLifeIsDropped = "other_life_is_dropped",
        /// The peer-support key goes on standing in the database beside those who hold it.
        PeerSupportStaysOpen = "peer_support_stays_open",
    }
}

/// From now on this process has the bug.
pub fn plant(bug: Bug) {
    PLANTED.fetch_or(1 << bug as u32, Ordering::SeqCst);
}

/// Whether it has.
pub fn is_planted(bug: Bug) -> bool {
    PLANTED.load(Ordering::SeqCst) & (1 << bug as u32) != 0
}
