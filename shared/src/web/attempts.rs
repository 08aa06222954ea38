//! Guessing becomes slow: each attempt to get in is counted by its account and by where it came from, and after a few the next has
//! to wait, each time longer. Nobody is locked out for good.
//!
//! An attempt counts from its beginning, so that many at once are no way around; one that was right is taken back.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Duration, Utc};
use sha2::{Digest, Sha256};

/// How many are free, and how often the pause after that doubles from ten seconds on.
#[derive(Debug, Clone, Copy)]
struct Limit {
    free: u32,
    doublings: u32,
}

const BY_ACCOUNT: Limit = Limit { free: 5, doublings: 6 };
/// A whole office may stand behind one address: more are free, and the pause stays short.
const BY_NETWORK: Limit = Limit { free: 30, doublings: 3 };

const REMEMBERED: Duration = Duration::hours(1);
const MOST_KEPT: usize = 10_000;

/// The attempts of the last hour. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Attempts(Arc<Mutex<Tables>>);

#[derive(Debug, Default)]
struct Tables {
    /// By the hash of the login: whoever types a name into the form decides how long it is.
    accounts: Table<[u8; 32]>,
    networks: Table<IpAddr>,
}

/// One attempt that was let through. Unless it is said to have been right, it was wrong.
#[derive(Debug)]
#[must_use = "an attempt that was right must be taken back"]
pub struct Attempt {
    attempts: Attempts,
    account: [u8; 32],
    network: Option<IpAddr>,
}

impl Attempts {
    /// Begins an attempt to get in as `login` from `network` (none, where that is not known).
    ///
    /// # Errors
    /// How long to wait before the next one.
    pub fn begin(
        &self,
        login: &str,
        network: Option<IpAddr>,
        now: DateTime<Utc>,
    ) -> Result<Attempt, Duration> {
        let account: [u8; 32] = Sha256::digest(login.to_lowercase()).into();
        let mut tables = self.lock();
        let wait =
            network.map_or(Duration::zero(), |network| tables.networks.wait(&network, BY_NETWORK, now));
        let wait = wait.max(tables.accounts.wait(&account, BY_ACCOUNT, now));
        if wait > Duration::zero() {
            return Err(wait);
        }
        tables.accounts.count(account, now);
        if let Some(network) = network {
            tables.networks.count(network, now);
        }
        Ok(Attempt { attempts: self.clone(), account, network })
    }

    /// A poisoned table is still a table: each change of it is whole.
    fn lock(&self) -> MutexGuard<'_, Tables> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Attempt {
    /// It was right: the account begins anew. What came from the same place for other accounts still counts.
    pub fn was_right(self) {
        let mut tables = self.attempts.lock();
        tables.accounts.0.remove(&self.account);
        if let Some(network) = self.network
            && let Some(tries) = tables.networks.0.get_mut(&network)
        {
            tries.count = tries.count.saturating_sub(1);
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Tries {
    count: u32,
    last: DateTime<Utc>,
}

#[derive(Debug)]
struct Table<K>(HashMap<K, Tries>);

impl<K> Default for Table<K> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<K: Eq + Hash + Copy> Table<K> {
    fn wait(&self, key: &K, limit: Limit, now: DateTime<Utc>) -> Duration {
        let Some(tries) = self.0.get(key).filter(|tries| tries.count >= limit.free) else {
            return Duration::zero();
        };
        let pause = Duration::seconds(10 << (tries.count - limit.free).min(limit.doublings));
        (tries.last + pause - now).max(Duration::zero())
    }

    fn count(&mut self, key: K, now: DateTime<Utc>) {
        self.0.retain(|_, tries| now - tries.last < REMEMBERED);
        if self.0.len() >= MOST_KEPT
            && !self.0.contains_key(&key)
            && let Some(oldest) = self.0.iter().min_by_key(|(_, tries)| tries.last).map(|(key, _)| *key)
        {
            self.0.remove(&oldest);
        }
        let tries = self.0.entry(key).or_insert(Tries { count: 0, last: now });
        tries.count = tries.count.saturating_add(1);
        tries.last = now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_780_000_000, 0).unwrap()
    }

    fn wait(attempts: &Attempts, login: &str, from: Option<&str>, at: DateTime<Utc>) -> Duration {
        attempts.begin(login, from.map(|from| from.parse().unwrap()), at).err().unwrap_or_default()
    }

    // ASVS 6.3.1: by account.
    #[test]
    fn guessing_becomes_slow() {
        let attempts = Attempts::default();
        for _ in 0..5 {
            assert_eq!(wait(&attempts, "kari", None, now()), Duration::zero());
        }
        assert_eq!(wait(&attempts, "Kari", None, now()), Duration::seconds(10), "in any case");
        let mut at = now();
        for pause in [10, 20, 40, 80, 160, 320, 640, 640] {
            assert_eq!(wait(&attempts, "kari", None, at), Duration::seconds(pause));
            at += Duration::seconds(pause);
            assert_eq!(wait(&attempts, "kari", None, at), Duration::zero(), "nobody is locked out");
        }
        assert_eq!(wait(&attempts, "ola", None, at), Duration::zero());
    }

    // ASVS 6.3.1: by where it comes from, whatever the account; what is not known is nobody's.
    #[test]
    fn guessing_at_many_accounts_becomes_slow_too() {
        let attempts = Attempts::default();
        for number in 0..30 {
            assert_eq!(wait(&attempts, &number.to_string(), Some("192.0.2.1"), now()), Duration::zero());
        }
        assert_eq!(wait(&attempts, "one more", Some("192.0.2.1"), now()), Duration::seconds(10));
        assert_eq!(wait(&attempts, "one more", Some("192.0.2.2"), now()), Duration::zero());
        let mut at = now();
        for pause in [10, 20, 40, 80, 80] {
            assert_eq!(wait(&attempts, &pause.to_string(), Some("192.0.2.1"), at), Duration::seconds(pause));
            at += Duration::seconds(pause);
            assert_eq!(wait(&attempts, &at.to_string(), Some("192.0.2.1"), at), Duration::zero());
        }
        for number in 0..100 {
            assert_eq!(wait(&attempts, &format!("unknown {number}"), None, now()), Duration::zero());
        }
    }

    // ASVS 6.3.1: an account of one's own is no way to begin anew.
    #[test]
    fn what_was_right_is_taken_back_and_no_more() {
        let attempts = Attempts::default();
        let network = "192.0.2.1".parse().ok();
        for number in 0..30 {
            let _ = attempts.begin(&number.to_string(), network, now()).unwrap();
            if number < 29 {
                attempts.begin("kari", network, now()).unwrap().was_right();
            }
        }
        assert!(attempts.begin("kari", network, now()).is_err());
        let attempts = Attempts::default();
        for _ in 0..4 {
            let _ = attempts.begin("kari", None, now()).unwrap();
        }
        attempts.begin("kari", None, now()).unwrap().was_right();
        for _ in 0..5 {
            let _ = attempts.begin("kari", None, now()).unwrap();
        }
        assert!(attempts.begin("kari", None, now()).is_err());
    }

    #[test]
    fn invented_names_do_not_switch_the_brake_off() {
        let attempts = Attempts::default();
        for _ in 0..5 {
            wait(&attempts, "kari", None, now());
        }
        let later = now() + Duration::seconds(1);
        for number in 0..MOST_KEPT - 1 {
            wait(&attempts, &number.to_string(), None, later);
        }
        assert!(wait(&attempts, "kari", None, later) > Duration::zero());
        let later = now() + Duration::seconds(11);
        assert_eq!(wait(&attempts, "kari", None, later), Duration::zero());
        for _ in 0..5 {
            assert_eq!(wait(&attempts, "one more", None, later), Duration::zero());
        }
        assert_eq!(wait(&attempts, "one more", None, later), Duration::seconds(10));
        assert_eq!(wait(&attempts, "kari", None, later), Duration::seconds(20));
        assert_eq!(attempts.lock().accounts.0.len(), MOST_KEPT);
    }
}
