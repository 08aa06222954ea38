//! Roles: intervals that are only added, and closed by a later fact.

use chrono::NaiveDate;

use super::{register::Reading, value::codes};
use crate::id::EntryKey;

codes! {
    /// In which way somebody supports the cause. Several at once, each with its own from and to.
    Role {
        Member = "member",
        Volunteer = "volunteer",
        PeerSupporter = "peer_supporter",
        Donor = "donor",
        Elected = "elected",
        ContactPerson = "contact_person",
        Sponsor = "sponsor",
        Partner = "partner",
        Speaker = "speaker",
        Subscriber = "subscriber",
        Prospect = "prospect",
    }
}

codes! {
    /// Which membership a member has.
    MembershipKind {
        Main = "main",
        Family = "family",
        Support = "support",
        Youth = "youth",
        Honorary = "honorary",
    }
}

/// One role of a supporter with its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleInterval {
    pub key: EntryKey,
    pub role: Reading<Role>,
    /// The first day; empty if nobody wrote one down.
    pub from: Reading<NaiveDate>,
    /// The day on which the role no longer holds, so that a role ended today has ended; empty while it holds.
    pub to: Reading<NaiveDate>,
    pub kind: Reading<MembershipKind>,
}

impl RoleInterval {
    /// Whether the role holds on `day`.
    ///
    /// Of several ends the earliest counts, and an end that cannot be read counts as passed: a role is closed by a
    /// fact, and the fact is there. A beginning that cannot be read counts as passed too: the role was given.
    pub fn current(&self, day: NaiveDate) -> bool {
        let ended = self.to.as_written().next().is_some() || self.to.all_known().any(|&to| to <= day);
        let begun = self.from.is_empty()
            || self.from.as_written().next().is_some()
            || self.from.all_known().any(|&from| from <= day);
        begun && !ended
    }

    /// Whether the role held before `day` and no longer does.
    pub fn ended(&self, day: NaiveDate) -> bool {
        self.to.as_written().next().is_some() || self.to.all_known().any(|&to| to <= day)
    }

    /// Whether this is `role`, by any of its values.
    pub fn is(&self, role: Role) -> bool {
        self.role.all_known().any(|&known| known == role)
    }
}
