//! One list, lent to an event helper until a day: what can be lent, and by whom.

use super::{Action, UserRole, may};
use crate::supporter::Role;

/// How many days from today a list may be lent at most.
pub const DAYS_LENT_MAX: i64 = 31;

/// A list of a chapter's people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum List {
    /// Those who hold this role today.
    Role(Role),
    /// Those who carry this tag.
    Tag(String),
}

impl List {
    /// As stored and posted: `role:volunteer`, `tag:Stand`.
    pub fn code(&self) -> String {
        match self {
            Self::Role(role) => format!("role:{}", role.code()),
            Self::Tag(tag) => format!("tag:{tag}"),
        }
    }

    /// What [`List::code`] gives; anything else is no list.
    pub fn from_code(code: &str) -> Option<Self> {
        match code.split_once(':')? {
            ("role", role) => role.parse().ok().map(Self::Role),
            ("tag", tag) if !tag.trim().is_empty() => Some(Self::Tag(tag.to_owned())),
            _ => None,
        }
    }
}

/// Whether a user of this role may lend this list. Peer supporters are lent by nobody: that somebody is one tells of health.
pub fn may_lend(role: UserRole, list: &List) -> bool {
    may(role, Action::LendList)
        && match (role, list) {
            (_, List::Role(Role::PeerSupporter)) => false,
            (UserRole::ChapterLeader, _) => true,
            (UserRole::MembershipCoordinator, List::Role(Role::Member)) => true,
            (UserRole::VolunteerCoordinator, List::Role(Role::Volunteer)) => true,
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_known_again_by_its_code() {
        for list in [List::Role(Role::Volunteer), List::Tag("Stand: 4. mai".to_owned())] {
            assert_eq!(List::from_code(&list.code()), Some(list));
        }
        for code in ["", "volunteer", "role:boss", "tag:", "tag: ", "other:x"] {
            assert_eq!(List::from_code(code), None, "{code}");
        }
    }

    // N2: nobody learns from a list who has something to do with an illness.
    #[test]
    fn nobody_lends_peer_supporters() {
        for role in UserRole::ALL {
            assert!(!may_lend(role, &List::Role(Role::PeerSupporter)), "{role}");
        }
    }
}
