//! Roles: intervals that are only added, and closed by a later fact.

use chrono::NaiveDate;

use super::{register::Reading, value::codes};
use crate::document::Value;
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

/// The days on which a role holds: what "has this role today" means, wherever it is asked.
///
/// Of several ends the earliest counts, and an end that cannot be read counts as passed: a role is closed by a fact, and
/// the fact is there. A beginning that cannot be read counts as passed too: the role was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RoleDays {
    /// The first day; `None` if it has held for as long as anybody knows.
    pub from: Option<NaiveDate>,
    /// The first day on which it no longer holds; `None` while no end is known.
    pub to: Option<NaiveDate>,
}

impl RoleDays {
    /// As a beginning and an end say.
    pub fn of(from: &Reading<NaiveDate>, to: &Reading<NaiveDate>) -> RoleDays {
        let unreadable = |days: &Reading<NaiveDate>| days.as_written().next().is_some();
        let earliest = |days: &Reading<NaiveDate>| days.all_known().min().copied();
        RoleDays {
            from: earliest(from).filter(|_| !unreadable(from)),
            to: if unreadable(to) { Some(NaiveDate::MIN) } else { earliest(to) },
        }
    }

    /// As texts say, where there is one of each.
    pub fn written(from: Option<&str>, to: Option<&str>) -> RoleDays {
        let read = |text: Option<&str>| Reading::read(&text.map(Value::from));
        RoleDays::of(&read(from), &read(to))
    }

    /// Whether the role holds on `day`.
    pub fn current(self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && !self.ended(day)
    }

    /// Whether the role held before `day` and no longer does.
    pub fn ended(self, day: NaiveDate) -> bool {
        self.to.is_some_and(|to| to <= day)
    }
}

impl RoleInterval {
    pub fn days(&self) -> RoleDays {
        RoleDays::of(&self.from, &self.to)
    }

    /// Whether the role holds on `day`.
    pub fn current(&self, day: NaiveDate) -> bool {
        self.days().current(day)
    }

    /// Whether the role held before `day` and no longer does.
    pub fn ended(&self, day: NaiveDate) -> bool {
        self.days().ended(day)
    }

    /// Whether this is `role`, by any of its values.
    pub fn is(&self, role: Role) -> bool {
        self.role.all_known().any(|&known| known == role)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(from: &[&str], to: &[&str]) -> RoleDays {
        let read = |texts: &[&str]| {
            let values: Vec<Value> = texts.iter().map(|text| Value::from(*text)).collect();
            Reading::read(&values)
        };
        RoleDays::of(&read(from), &read(to))
    }

    // S0.7
    #[test]
    fn a_role_holds_from_its_first_day_until_the_day_it_ends() {
        let today: NaiveDate = "2026-11-22".parse().unwrap();
        let cases: &[(&[&str], &[&str], bool, bool)] = &[
            (&[], &[], true, false),
            (&["2026-11-22"], &[], true, false),
            (&["2026-11-23"], &[], false, false),
            (&["2026-11-23", "2026-11-21"], &[], true, false),
            (&["sometime"], &[], true, false),
            (&["2026-11-23", "sometime"], &[], true, false),
            (&[], &["2026-11-23"], true, false),
            (&[], &["2026-11-22"], false, true),
            (&[], &["2026-11-23", "2026-11-22"], false, true),
            (&[], &["sometime"], false, true),
            (&[], &["2026-11-23", "sometime"], false, true),
        ];
        for (from, to, current, ended) in cases {
            let days = days(from, to);
            assert_eq!((days.current(today), days.ended(today)), (*current, *ended), "{from:?} {to:?}");
            if let (&([] | [_]), &([] | [_])) = (from, to) {
                assert_eq!(RoleDays::written(from.first().copied(), to.first().copied()), days);
            }
        }
    }
}
