//! Which sessions of this process are in the middle of receiving. What arrived is brought in, and the gate asked, when none
//! is: half of what another device said of a supporter may look like less, or more, than it said.
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// All sessions together. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Arrivals(Arc<Mutex<Receiving>>);

#[derive(Debug, Default)]
struct Receiving {
    next: u64,
    now: BTreeSet<u64>,
}

/// One session's part. One that ends in the middle counts no longer: the rest comes with the next.
#[derive(Debug)]
pub(super) struct Arriving {
    all: Arrivals,
    number: u64,
}

impl Arrivals {
    pub(super) fn session(&self) -> Arriving {
        let mut receiving = self.lock();
        receiving.next += 1;
        Arriving { all: self.clone(), number: receiving.next }
    }

    fn lock(&self) -> MutexGuard<'_, Receiving> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Arriving {
    /// Something has come, and more may belong with it.
    pub(super) fn begin(&self) {
        self.all.lock().now.insert(self.number);
    }

    /// All has come; true if no other session is in the middle. The last one brings in what came by all.
    pub(super) fn end(&self) -> bool {
        let mut receiving = self.all.lock();
        receiving.now.remove(&self.number);
        receiving.now.is_empty()
    }
}

impl Drop for Arriving {
    fn drop(&mut self) {
        self.all.lock().now.remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_one_brings_in_what_came_by_all() {
        let all = Arrivals::default();
        let (hub, sibling) = (all.session(), all.session());
        assert!(hub.end(), "nobody receives");
        hub.begin();
        sibling.begin();
        assert!(!sibling.end());
        assert!(hub.end());
        sibling.begin();
        assert!(!hub.end());
        drop(sibling);
        assert!(hub.end(), "one that broke off holds nobody up");
    }
}
