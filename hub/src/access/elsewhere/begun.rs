//! What was begun and is to be answered by the provider: kept in memory, for ten minutes, for one visitor and one purpose, and
//! good for one answer.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Duration, Utc};
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

const ANSWERED_WITHIN: Duration = Duration::minutes(10);
const MOST_BEGUN: usize = 1_000;

/// What somebody goes to the provider for.
#[derive(Clone, PartialEq, Eq)]
pub enum Purpose {
    SignIn,
    Connect { login: String },
}

/// What only this program knows of a question: the one goes into what the provider signs, by the other it knows who fetches that.
#[derive(Clone)]
#[cfg_attr(not(any(feature = "oidc", test)), expect(dead_code, reason = "no provider is built in"))]
pub(super) struct Secrets {
    pub(super) nonce: Zeroizing<String>,
    pub(super) verifier: Zeroizing<String>,
}

impl fmt::Debug for Purpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SignIn => "SignIn",
            Self::Connect { .. } => "Connect(…)",
        })
    }
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets(…)")
    }
}

struct Question {
    at: DateTime<Utc>,
    purpose: Purpose,
    state: Zeroizing<String>,
    secrets: Secrets,
}

/// By the hash of the visitor's secret.
#[derive(Default)]
pub(super) struct Begun(Mutex<HashMap<[u8; 32], Question>>);

impl fmt::Debug for Begun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Begun(…)")
    }
}

impl Begun {
    /// Keeps a question of a visitor, in place of an earlier one.
    pub(super) fn keep(
        &self,
        visitor: [u8; 32],
        purpose: Purpose,
        state: Zeroizing<String>,
        secrets: Secrets,
        now: DateTime<Utc>,
    ) {
        let mut all = self.lock();
        all.retain(|_, question| now - question.at < ANSWERED_WITHIN);
        if all.len() >= MOST_BEGUN
            && let Some(oldest) = all.iter().min_by_key(|(_, question)| question.at).map(|(key, _)| *key)
        {
            all.remove(&oldest);
        }
        all.insert(visitor, Question { at: now, purpose, state, secrets });
    }

    /// Takes the question that an answer names. What names another one takes none away: anybody can lead a visitor here with
    /// something made up.
    pub(super) fn take(
        &self,
        visitor: [u8; 32],
        purpose: &Purpose,
        state: &str,
        now: DateTime<Utc>,
    ) -> Option<Secrets> {
        let mut all = self.lock();
        let named = all.get(&visitor)?.state.as_bytes().ct_eq(state.as_bytes());
        if !bool::from(named) {
            return None;
        }
        let question = all.remove(&visitor)?;
        let good = question.purpose == *purpose && now - question.at < ANSWERED_WITHIN;
        good.then_some(question.secrets)
    }

    /// A poisoned table is still a table: each change of it is whole.
    fn lock(&self) -> MutexGuard<'_, HashMap<[u8; 32], Question>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_780_000_000, 0).unwrap()
    }

    fn secret(text: &str) -> Zeroizing<String> {
        Zeroizing::new(text.to_owned())
    }

    fn keep(begun: &Begun, visitor: u8, purpose: Purpose, state: &str) {
        let secrets = Secrets { nonce: secret("nonce"), verifier: secret(state) };
        begun.keep([visitor; 32], purpose, secret(state), secrets, now());
    }

    fn takes(begun: &Begun, visitor: u8, purpose: &Purpose, state: &str, minutes: i64) -> bool {
        let at = now() + Duration::minutes(minutes);
        begun.take([visitor; 32], purpose, state, at).is_some_and(|secrets| *secrets.verifier == state)
    }

    #[test]
    fn an_answer_is_taken_once_from_who_was_asked_for_what_was_asked() {
        use Purpose::{Connect, SignIn};
        let connect = |login: &str| Connect { login: login.to_owned() };
        let begun = Begun::default();
        keep(&begun, 1, SignIn, "one");
        keep(&begun, 2, SignIn, "two");
        assert!(!takes(&begun, 2, &SignIn, "one", 0), "in another browser");
        assert!(!takes(&begun, 3, &SignIn, "one", 0) && !takes(&begun, 1, &SignIn, "", 0), "made up");
        assert!(takes(&begun, 1, &SignIn, "one", 9), "which takes nothing away");
        assert!(!takes(&begun, 1, &SignIn, "one", 9), "a second time");
        assert!(!takes(&begun, 2, &SignIn, "two", 10), "too late");

        keep(&begun, 1, SignIn, "one");
        assert!(!takes(&begun, 1, &connect("kari"), "one", 0), "for something else");
        assert!(!takes(&begun, 1, &SignIn, "one", 0), "and then not at all");
        keep(&begun, 1, connect("kari"), "one");
        assert!(!takes(&begun, 1, &connect("ola"), "one", 0), "for somebody else");
        keep(&begun, 1, connect("kari"), "one");
        keep(&begun, 1, connect("kari"), "two");
        assert!(
            !takes(&begun, 1, &connect("kari"), "one", 0) && takes(&begun, 1, &connect("kari"), "two", 0)
        );
    }

    #[test]
    fn not_more_are_kept_than_memory_has_room_for() {
        let begun = Begun::default();
        for number in 0..MOST_BEGUN + 10 {
            let mut visitor = [0; 32];
            visitor[..8].copy_from_slice(&number.to_le_bytes());
            let secrets = Secrets { nonce: secret("n"), verifier: secret("v") };
            begun.keep(visitor, Purpose::SignIn, secret("s"), secrets, now());
        }
        assert_eq!(begun.lock().len(), MOST_BEGUN);
    }
}
