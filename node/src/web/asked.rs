//! What was searched for, kept in memory under a random number that stands in the address in its place: no name comes to stand in an
//! address or a browser's history, and yet "back" leads to the list that was left. A restart forgets it all.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// The oldest is forgotten first; whoever comes back to it finds the whole list.
const MOST_KEPT: usize = 256;

/// The lists that visitors have asked for.
#[derive(Clone, Default)]
pub(crate) struct Asked(Arc<Mutex<VecDeque<(String, String, Asking)>>>);

/// One list, as asked for. Its `Debug` hides what was typed.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Asking {
    pub(crate) search: String,
    /// A role's code; blank for all.
    pub(crate) role: String,
    /// Without the limit.
    pub(crate) all: bool,
}

impl std::fmt::Debug for Asking {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Asking(…)")
    }
}

impl std::fmt::Debug for Asked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Asked(…)")
    }
}

impl Asked {
    /// A number for a list that is about to be asked for.
    pub(crate) fn draw() -> String {
        format!("{:016x}", rand::random::<u64>())
    }

    /// Keeps what `login` asks under a number, in place of what stood there.
    pub(crate) fn keep(&self, login: &str, number: &str, asking: Asking) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(of, at, _)| of != login || at != number);
        kept.push_back((login.to_owned(), number.to_owned(), asking));
        if kept.len() > MOST_KEPT {
            kept.pop_front();
        }
    }

    /// What the same person asked under this number.
    pub(crate) fn find(&self, login: &str, number: &str) -> Option<Asking> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|(of, at, _)| of == login && at == number).map(|(_, _, asking)| asking.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn search(text: &str) -> Asking {
        Asking { search: text.to_owned(), ..Asking::default() }
    }

    #[test]
    fn a_search_is_found_again_by_who_asked_it() {
        let asked = Asked::default();
        asked.keep("kari", "1", search("berg"));
        asked.keep("kari", "1", search("bergen"));
        assert_eq!(asked.find("kari", "1"), Some(search("bergen")));
        assert_eq!((asked.find("ola", "1"), asked.find("kari", "2")), (None, None));
        for number in 0..2 * MOST_KEPT {
            asked.keep("ola", &number.to_string(), search("x"));
        }
        assert_eq!(asked.find("kari", "1"), None, "the oldest is forgotten");
        assert_eq!(asked.0.lock().unwrap().len(), MOST_KEPT);
    }
}
