//! Who is signed in. Ids are 128 random bits; the table keeps only their hash, so that a look at memory or a later table on disk gives
//! nobody a session. A restart signs everybody out.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Duration, Utc};
use data_encoding::HEXLOWER;
use rand::Rng;
use sha2::{Digest, Sha256};

/// Idle sessions end: the laptop may stand open in the association's room.
const IDLE: Duration = Duration::hours(8);
const LONGEST: Duration = Duration::days(14);
const MOST_SESSIONS: usize = 1_000;
const MOST_FAILURES: usize = 10_000;

/// The secret in a visitor's cookie.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretId([u8; 16]);

impl SecretId {
    pub fn random(rng: &mut impl Rng) -> Self {
        let mut bytes = [0; 16];
        rng.fill_bytes(&mut bytes);
        Self(bytes)
    }

    pub fn parse(text: &str) -> Option<Self> {
        HEXLOWER.decode(text.as_bytes()).ok()?.try_into().ok().map(Self)
    }

    /// What the cookie holds; nowhere else.
    pub fn cookie_value(&self) -> String {
        HEXLOWER.encode(&self.0)
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0).into()
    }
}

impl fmt::Debug for SecretId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretId(…)")
    }
}

/// What a session stands on: the password as it was when the session was opened. Once the user has another one, or is gone,
/// the session is over, whoever changed it and by whichever program.
#[derive(Clone, PartialEq, Eq)]
pub struct Stamp([u8; 32]);

impl Stamp {
    /// The stamp of a user's stored password.
    pub fn of(password_hash: &str) -> Self {
        Self(hash_of(password_hash))
    }
}

impl fmt::Debug for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Stamp(…)")
    }
}

#[derive(Debug, Clone)]
struct Session {
    login: String,
    stamp: Stamp,
    opened: DateTime<Utc>,
    used: DateTime<Utc>,
}

/// The table of sessions, and of failed attempts to sign in.
#[derive(Debug, Clone, Default)]
pub struct Sessions {
    open: Arc<Mutex<HashMap<[u8; 32], Session>>>,
    /// By the hash of the login: whoever types a name into the form decides how long it is.
    failures: Arc<Mutex<HashMap<[u8; 32], Failures>>>,
}

#[derive(Debug, Clone, Copy)]
struct Failures {
    count: u32,
    last: DateTime<Utc>,
}

impl Sessions {
    /// Opens a session under a fresh id (never the one the visitor came with).
    pub fn sign_in(&self, login: &str, stamp: Stamp, now: DateTime<Utc>, rng: &mut impl Rng) -> SecretId {
        let id = SecretId::random(rng);
        let mut open = lock(&self.open);
        open.retain(|_, session| session.is_alive(now));
        if open.len() >= MOST_SESSIONS
            && let Some(oldest) = open.iter().min_by_key(|(_, session)| session.used).map(|(key, _)| *key)
        {
            open.remove(&oldest);
        }
        open.insert(id.hash(), Session { login: login.to_owned(), stamp, opened: now, used: now });
        lock(&self.failures).remove(&hash_of(login));
        id
    }

    /// The login name behind an id, if its session is alive; marks it as used.
    pub fn login(&self, id: &SecretId, now: DateTime<Utc>) -> Option<String> {
        let mut open = lock(&self.open);
        let session = open.get_mut(&id.hash())?;
        if !session.is_alive(now) {
            open.remove(&id.hash());
            return None;
        }
        session.used = now;
        Some(session.login.clone())
    }

    /// Whether a session still stands on what its user has now; ends it if not.
    pub fn stands_on(&self, id: &SecretId, stamp: &Stamp) -> bool {
        let mut open = lock(&self.open);
        let stands = open.get(&id.hash()).is_some_and(|session| session.stamp == *stamp);
        if !stands {
            open.remove(&id.hash());
        }
        stands
    }

    pub fn sign_out(&self, id: &SecretId) {
        lock(&self.open).remove(&id.hash());
    }

    /// Ends every session of a login, as after a change of its password.
    pub fn sign_out_everywhere(&self, login: &str) {
        lock(&self.open).retain(|_, session| session.login != login);
    }

    /// Counts a failed attempt.
    pub fn failed(&self, login: &str, now: DateTime<Utc>) {
        let mut failures = lock(&self.failures);
        failures.retain(|_, entry| now - entry.last < Duration::hours(1));
        let key = hash_of(login);
        if failures.len() >= MOST_FAILURES
            && !failures.contains_key(&key)
            && let Some(oldest) = failures.iter().min_by_key(|(_, entry)| entry.last).map(|(key, _)| *key)
        {
            failures.remove(&oldest);
        }
        let entry = failures.entry(key).or_insert(Failures { count: 0, last: now });
        entry.count = entry.count.saturating_add(1);
        entry.last = now;
    }

    /// How long this login must wait before the next attempt; zero for the first five.
    pub fn wait(&self, login: &str, now: DateTime<Utc>) -> Duration {
        let failures = lock(&self.failures);
        let Some(entry) = failures.get(&hash_of(login)).filter(|entry| entry.count >= 5) else {
            return Duration::zero();
        };
        let pause = Duration::seconds(10 << (entry.count - 5).min(6));
        (entry.last + pause - now).max(Duration::zero())
    }
}

impl Session {
    fn is_alive(&self, now: DateTime<Utc>) -> bool {
        now - self.used < IDLE && now - self.opened < LONGEST
    }
}

fn hash_of(login: &str) -> [u8; 32] {
    Sha256::digest(login).into()
}

/// A poisoned table is still a table: each change of it is whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_780_000_000, 0).unwrap()
    }

    #[test]
    fn a_session_ends_by_sign_out_by_rest_and_by_age() {
        let (sessions, mut rng) = (Sessions::default(), rand::rng());
        let id = sessions.sign_in("kari", Stamp::of("hash"), now(), &mut rng);
        assert_eq!(sessions.login(&id, now()).as_deref(), Some("kari"));
        assert_eq!(sessions.login(&SecretId::random(&mut rng), now()), None);
        sessions.sign_out(&id);
        assert_eq!(sessions.login(&id, now()), None);

        let id = sessions.sign_in("kari", Stamp::of("hash"), now(), &mut rng);
        assert_eq!(sessions.login(&id, now() + Duration::hours(9)), None);
        let id = sessions.sign_in("kari", Stamp::of("hash"), now(), &mut rng);
        for hour in 0..24 * 14 {
            assert!(sessions.login(&id, now() + Duration::hours(hour)).is_some());
        }
        assert_eq!(sessions.login(&id, now() + Duration::days(14)), None);
    }

    // ASVS 7.4.2, 7.4.3, 8.3.2: another password, set by whichever program, ends what was opened by the old one.
    #[test]
    fn a_session_stands_on_the_password_it_was_opened_by() {
        let (sessions, mut rng) = (Sessions::default(), rand::rng());
        let id = sessions.sign_in("kari", Stamp::of("old"), now(), &mut rng);
        assert!(sessions.stands_on(&id, &Stamp::of("old")));
        assert!(!sessions.stands_on(&id, &Stamp::of("new")));
        assert_eq!(sessions.login(&id, now()), None);
        assert!(!sessions.stands_on(&id, &Stamp::of("old")), "it does not come back");
    }

    // ASVS 6.3.1
    #[test]
    fn guessing_becomes_slow() {
        let sessions = Sessions::default();
        for _ in 0..5 {
            assert_eq!(sessions.wait("kari", now()), Duration::zero());
            sessions.failed("kari", now());
        }
        assert_eq!(sessions.wait("kari", now()), Duration::seconds(10));
        for _ in 0..40 {
            sessions.failed("kari", now());
        }
        assert_eq!(sessions.wait("kari", now()), Duration::seconds(640));
        assert_eq!(sessions.wait("ola", now()), Duration::zero());
        assert_eq!(sessions.wait("kari", now() + Duration::seconds(641)), Duration::zero());
    }

    #[test]
    fn invented_names_do_not_switch_the_brake_off() {
        let sessions = Sessions::default();
        for _ in 0..5 {
            sessions.failed("kari", now());
        }
        let later = now() + Duration::seconds(1);
        for number in 0..MOST_FAILURES - 1 {
            sessions.failed(&number.to_string(), later);
        }
        sessions.failed("kari", later + Duration::seconds(1));
        assert_eq!(sessions.wait("kari", later + Duration::seconds(1)), Duration::seconds(20));
        for _ in 0..5 {
            sessions.failed("one more", later + Duration::seconds(1));
        }
        assert_eq!(sessions.wait("one more", later + Duration::seconds(1)), Duration::seconds(10));
        assert!(sessions.wait("kari", later + Duration::seconds(1)) > Duration::zero());
        assert_eq!(lock(&sessions.failures).len(), MOST_FAILURES);
    }
}
