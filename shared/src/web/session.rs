//! Who is signed in. Ids are 128 random bits; the table keeps only their hash, so that a look at memory or a later table on disk gives
//! nobody a session. A restart signs everybody out.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Duration, Utc};
use data_encoding::HEXLOWER;
use rand::Rng;
use sha2::{Digest, Sha256};

use super::browser::Browser;

const MOST_SESSIONS: usize = 1_000;

/// When sessions end by themselves. The pages say it.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Without use: the laptop may stand open in the association's room.
    pub idle: Duration,
    /// In any case.
    pub longest: Duration,
}

impl Limits {
    /// In a chapter: on a computer of its own, whose data is locked by the same password.
    pub const CHAPTER: Self = Self { idle: Duration::hours(8), longest: Duration::days(14) };
    /// At the office, where everybody's records are: a working day.
    pub const OFFICE: Self = Self { idle: Duration::hours(2), longest: Duration::hours(12) };
}

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

    pub(super) fn hash(&self) -> [u8; 32] {
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
        Self(Sha256::digest(password_hash).into())
    }
}

impl fmt::Debug for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Stamp(…)")
    }
}

/// Who asks: a person, or a page that stands open and asks for parts of itself anew. Only the first is a use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asker {
    Person,
    Page,
}

#[derive(Debug, Clone)]
struct Session {
    /// What it is called in the list of one's own; it opens nothing.
    number: String,
    login: String,
    stamp: Stamp,
    opened: DateTime<Utc>,
    used: DateTime<Utc>,
    browser: Browser,
}

/// One of somebody's open sessions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenSession {
    pub number: String,
    pub opened: DateTime<Utc>,
    pub used: DateTime<Utc>,
    pub browser: Browser,
    /// That of the visitor who asks.
    pub own: bool,
}

/// The table of sessions. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Sessions {
    limits: Limits,
    open: Arc<Mutex<HashMap<[u8; 32], Session>>>,
}

impl Sessions {
    pub fn new(limits: Limits) -> Self {
        Self { limits, open: Arc::default() }
    }

    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// Opens a session under a fresh id (never the one the visitor came with).
    pub fn sign_in(
        &self,
        login: &str,
        stamp: Stamp,
        browser: Browser,
        now: DateTime<Utc>,
        rng: &mut impl Rng,
    ) -> SecretId {
        let id = SecretId::random(rng);
        let mut open = lock(&self.open);
        open.retain(|_, session| session.is_alive(self.limits, now));
        if open.len() >= MOST_SESSIONS
            && let Some(oldest) = open.iter().min_by_key(|(_, session)| session.used).map(|(key, _)| *key)
        {
            open.remove(&oldest);
        }
        let mut number = [0; 8];
        rng.fill_bytes(&mut number);
        let number = HEXLOWER.encode(&number);
        let login = login.to_owned();
        open.insert(id.hash(), Session { number, login, stamp, opened: now, used: now, browser });
        id
    }

    /// The login name behind an id, if its session is alive; marks it as used where a person asks.
    pub fn login(&self, id: &SecretId, asker: Asker, now: DateTime<Utc>) -> Option<String> {
        let mut open = lock(&self.open);
        let session = open.get_mut(&id.hash())?;
        if !session.is_alive(self.limits, now) {
            open.remove(&id.hash());
            return None;
        }
        if asker == Asker::Person {
            session.used = now;
        }
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

    /// All sessions of a login, the one used last first.
    pub fn of(&self, login: &str, own: &SecretId, now: DateTime<Utc>) -> Vec<OpenSession> {
        let own = own.hash();
        let open = lock(&self.open);
        let mut found: Vec<OpenSession> = open
            .iter()
            .filter(|(_, session)| session.login == login && session.is_alive(self.limits, now))
            .map(|(key, session)| OpenSession {
                number: session.number.clone(),
                opened: session.opened,
                used: session.used,
                browser: session.browser,
                own: *key == own,
            })
            .collect();
        found.sort_by(|one, other| {
            (other.own, other.used, &other.number).cmp(&(one.own, one.used, &one.number))
        });
        found
    }

    /// How many sessions of a login are open.
    pub fn count(&self, login: &str, now: DateTime<Utc>) -> usize {
        let open = lock(&self.open);
        open.values().filter(|session| session.login == login && session.is_alive(self.limits, now)).count()
    }

    pub fn sign_out(&self, id: &SecretId) {
        lock(&self.open).remove(&id.hash());
    }

    /// Ends one of a login's sessions, by its number. False where there is none (any more).
    pub fn end(&self, login: &str, number: &str) -> bool {
        let mut open = lock(&self.open);
        let before = open.len();
        open.retain(|_, session| session.login != login || session.number != number);
        open.len() < before
    }

    /// Ends every session of a login but one.
    pub fn end_others(&self, login: &str, own: &SecretId) {
        let own = own.hash();
        lock(&self.open).retain(|key, session| session.login != login || *key == own);
    }

    /// Ends every session of a login, as after a change of its password.
    pub fn sign_out_everywhere(&self, login: &str) {
        lock(&self.open).retain(|_, session| session.login != login);
    }
}

impl Session {
    fn is_alive(&self, limits: Limits, now: DateTime<Utc>) -> bool {
        now - self.used < limits.idle && now - self.opened < limits.longest
    }
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

    fn opened(sessions: &Sessions, login: &str, said: &str, at: DateTime<Utc>) -> SecretId {
        sessions.sign_in(login, Stamp::of("hash"), Browser::of(said), at, &mut rand::rng())
    }

    // ASVS 7.3.1, 7.3.2, 7.4.1
    #[test]
    fn a_session_ends_by_sign_out_by_rest_and_by_age() {
        use Asker::Person;
        for limits in [Limits::CHAPTER, Limits::OFFICE] {
            let sessions = Sessions::new(limits);
            let id = opened(&sessions, "kari", "", now());
            assert_eq!(sessions.login(&id, Person, now()).as_deref(), Some("kari"));
            assert_eq!(sessions.login(&SecretId::random(&mut rand::rng()), Person, now()), None);
            sessions.sign_out(&id);
            assert_eq!(sessions.login(&id, Person, now()), None);

            let id = opened(&sessions, "kari", "", now());
            assert_eq!(sessions.login(&id, Person, now() + limits.idle), None);
            let id = opened(&sessions, "kari", "", now());
            let mut at = now();
            while at < now() + limits.longest {
                assert!(sessions.login(&id, Person, at).is_some());
                at += Duration::hours(1);
            }
            assert_eq!(sessions.login(&id, Person, at), None);
            assert_eq!(sessions.count("kari", at), 0);
        }
    }

    // ASVS 7.3.1: a page that stands open asks for its parts every minute; that is no use of it.
    #[test]
    fn an_open_page_keeps_no_session_alive() {
        let sessions = Sessions::new(Limits::CHAPTER);
        let id = opened(&sessions, "kari", "", now());
        let mut at = now();
        while at < now() + Limits::CHAPTER.idle {
            assert!(sessions.login(&id, Asker::Page, at).is_some());
            at += Duration::minutes(1);
        }
        assert_eq!(sessions.login(&id, Asker::Page, at), None);
    }

    // ASVS 7.4.2, 7.4.3, 8.3.2: another password, set by whichever program, ends what was opened by the old one.
    #[test]
    fn a_session_stands_on_the_password_it_was_opened_by() {
        let sessions = Sessions::new(Limits::CHAPTER);
        let id = opened(&sessions, "kari", "", now());
        assert!(sessions.stands_on(&id, &Stamp::of("hash")));
        assert!(!sessions.stands_on(&id, &Stamp::of("new")));
        assert_eq!(sessions.login(&id, Asker::Person, now()), None);
        assert!(!sessions.stands_on(&id, &Stamp::of("hash")), "it does not come back");
    }

    // ASVS 7.5.2: one's own, each by itself or all others; never anybody else's.
    #[test]
    fn one_sees_and_ends_ones_own_sessions() {
        let sessions = Sessions::new(Limits::CHAPTER);
        let at = |minutes| now() + Duration::minutes(minutes);
        let here = opened(&sessions, "kari", "Firefox/140.0 (Windows)", at(0));
        let phone = opened(&sessions, "kari", "Chrome/142 (Android)", at(1));
        let old = opened(&sessions, "kari", "", at(2));
        let other = opened(&sessions, "ola", "", at(3));
        sessions.login(&phone, Asker::Person, at(5));
        let found = sessions.of("kari", &here, at(6));
        let told: Vec<_> = found.iter().map(|one| (one.opened, one.used, one.own)).collect();
        assert_eq!(told, [(at(0), at(0), true), (at(1), at(5), false), (at(2), at(2), false)]);
        assert_eq!(found[0].browser, Browser::of("Firefox/140.0 (Windows)"));
        let numbers: Vec<_> = found.iter().map(|one| one.number.as_str()).collect();
        assert!(!numbers.contains(&here.cookie_value().as_str()), "a number opens nothing");

        let others = sessions.of("ola", &other, at(6))[0].number.clone();
        assert!(!sessions.end("kari", &others), "it is not hers");
        assert!(sessions.end("kari", numbers[2]) && !sessions.end("kari", numbers[2]));
        let open = |id: &SecretId| sessions.login(id, Asker::Page, at(6)).is_some();
        assert!(open(&here) && open(&phone) && !open(&old) && open(&other));
        sessions.end_others("kari", &here);
        assert!(open(&here) && !open(&phone) && open(&other));
        sessions.sign_out_everywhere("kari");
        assert!(!open(&here) && open(&other));
    }
}
