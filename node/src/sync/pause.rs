//! How long to wait before the next try: twice as long each time, and never for all at the same moment.
use std::time::Duration;

use rand::RngExt as _;

/// The first pause, in milliseconds.
const FIRST_MS: u64 = 1_000;
const LAST_MS: u64 = 5 * 60 * 1_000;

/// The shortest time after which anybody is worth another try.
pub(super) const SHORTEST: Duration = Duration::from_millis(FIRST_MS);

/// The pauses between tries that fail.
#[derive(Debug)]
pub(super) struct Pauses {
    next_ms: u64,
}

impl Default for Pauses {
    fn default() -> Self {
        Self { next_ms: FIRST_MS }
    }
}

impl Pauses {
    /// The next one: between half of it and all of it, so that those who were sent away together do not come back
    /// together.
    pub(super) fn next(&mut self) -> Duration {
        let pause = rand::rng().random_range(self.next_ms / 2..=self.next_ms);
        self.next_ms = (self.next_ms * 2).min(LAST_MS);
        Duration::from_millis(pause)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_five_minutes_and_differ() {
        let (mut pauses, mut longest) = (Pauses::default(), FIRST_MS);
        for _ in 0..20 {
            let pause = pauses.next().as_millis();
            assert!((u128::from(longest / 2)..=u128::from(longest)).contains(&pause), "{pause} of {longest}");
            longest = (longest * 2).min(LAST_MS);
        }
        assert_eq!(longest, LAST_MS);
        let of_many: std::collections::BTreeSet<Duration> =
            (0..50).map(|_| Pauses::default().next()).collect();
        assert!(of_many.len() > 10, "300 chapters do not come back at once");
    }
}
