//! Lending one list to an event helper until a day. What a helper may see is asked here, for every page and every deed: nothing, but
//! for the people of a list that is lent to this very user today.

use chrono::{Days, NaiveDate};
use helhet_shared::rights::{Action, DAYS_LENT_MAX, List, UserRole, may, may_lend};

use crate::store::lent_lists::{self, LentRow};
use crate::store::{Store, StoreError, users};

/// A list as lent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lent {
    pub id: String,
    /// The helper's login.
    pub helper: String,
    pub list: List,
    /// The last day on which it is lent.
    pub until: NaiveDate,
    /// The login of who lent it.
    pub by: String,
}

/// Lends a list to a helper until the end of a day; gives what the loan is called.
pub fn lend(
    store: &Store,
    by: &str,
    helper: &str,
    list: &List,
    until: NaiveDate,
    (now, today): (i64, NaiveDate),
) -> Result<String, LendingError> {
    let last = today.checked_add_days(Days::new(DAYS_LENT_MAX.unsigned_abs())).unwrap_or(today);
    if !(today..=last).contains(&until) {
        return Err(LendingError::Until);
    }
    store.database().write(|transaction| {
        let lender = users::by_login(transaction, by)?.ok_or(LendingError::MayNot)?;
        if !may_lend(lender.role, list) {
            return Err(LendingError::MayNot);
        }
        let helper = users::by_login(transaction, helper)?.filter(|user| borrows(user.role));
        let helper = helper.ok_or(LendingError::NoHelper)?;
        let row = LentRow {
            id: format!("{:016x}", rand::random::<u64>()),
            helper: helper.login,
            list: list.code(),
            until: until.to_string(),
            lent_by: lender.login,
        };
        lent_lists::add(transaction, &row, helper.id, now)?;
        Ok(row.id)
    })
}

/// All that is lent today.
pub fn all(store: &Store, today: NaiveDate) -> Result<Vec<Lent>, LendingError> {
    sweep(store, today)?;
    let rows = store
        .database()
        .read(|connection| Ok::<_, StoreError>(lent_lists::all(connection, &today.to_string())?))?;
    Ok(rows.into_iter().filter_map(lent).collect())
}

/// What is lent to a user today.
pub fn to(store: &Store, login: &str, today: NaiveDate) -> Result<Vec<Lent>, LendingError> {
    let mut lent = all(store, today)?;
    lent.retain(|lent| lent.helper.eq_ignore_ascii_case(login));
    Ok(lent)
}

/// The one of this name, if it is lent to this user today and the user is still one to whom lists are lent; else nothing.
pub fn lent_to(store: &Store, login: &str, id: &str, today: NaiveDate) -> Result<Option<Lent>, LendingError> {
    sweep(store, today)?;
    let found = store.database().read(|connection| {
        let user = users::by_login(connection, login)?.filter(|user| borrows(user.role));
        let row = lent_lists::one(connection, id, &today.to_string())?;
        Ok::<_, StoreError>(row.filter(|row| user.is_some_and(|user| user.login == row.helper)))
    })?;
    Ok(found.and_then(lent))
}

/// Takes one back, at once; who may lend the list may do that.
pub fn take_back(store: &Store, by: &str, id: &str, today: NaiveDate) -> Result<(), LendingError> {
    store.database().write(|transaction| {
        let lender = users::by_login(transaction, by)?.ok_or(LendingError::MayNot)?;
        let row = lent_lists::one(transaction, id, &today.to_string())?.ok_or(LendingError::NotLent)?;
        if !List::from_code(&row.list).is_some_and(|list| may_lend(lender.role, &list)) {
            return Err(LendingError::MayNot);
        }
        Ok(lent_lists::remove(transaction, id)?)
    })
}

fn borrows(role: UserRole) -> bool {
    may(role, Action::SeeLentList)
}

/// What has ended is forgotten when somebody looks, so that it does not begin again with a clock that is set back.
fn sweep(store: &Store, today: NaiveDate) -> Result<(), LendingError> {
    let today = today.to_string();
    if store.database().read(|connection| Ok::<_, StoreError>(lent_lists::has_ended(connection, &today)?))? {
        store.database().write(|transaction| Ok::<_, StoreError>(lent_lists::sweep(transaction, &today)?))?;
    }
    Ok(())
}

/// What cannot be read is not lent.
fn lent(row: LentRow) -> Option<Lent> {
    Some(Lent {
        list: List::from_code(&row.list)?,
        until: row.until.parse().ok()?,
        id: row.id,
        helper: row.helper,
        by: row.lent_by,
    })
}

/// Why a list was not lent or taken back.
#[derive(Debug, thiserror::Error)]
pub enum LendingError {
    #[error("this user may not lend this list")]
    MayNot,
    #[error("a list is lent to event helpers alone")]
    NoHelper,
    #[error("a list is lent from today on, for a month at most")]
    Until,
    #[error("that list is lent no longer")]
    NotLent,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for LendingError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

#[cfg(test)]
mod tests {
    use helhet_shared::supporter::Role;

    use super::*;
    use crate::access::tests::{FIRST, OTHER, OWN, joined, keeping};
    use crate::access::{add_user, change_role, remove_user};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn volunteers() -> List {
        List::Role(Role::Volunteer)
    }

    fn place() -> (tempfile::TempDir, crate::Node) {
        let folder = tempfile::tempdir().unwrap();
        let node = joined(folder.path(), &keeping(FIRST));
        for (login, password, role) in [
            ("kari", OWN, UserRole::ChapterLeader),
            ("vera", OTHER, UserRole::VolunteerCoordinator),
            ("stand", "tre hester bak naustet", UserRole::EventHelper),
            ("dør", "ni egg i kurven hennes", UserRole::EventHelper),
        ] {
            add_user(node.store(), login, password, role, 1, None).unwrap();
        }
        (folder, node)
    }

    // T8, ASVS 8.2.2, 8.3.2: until the end of its last day, to this helper alone, and not a moment after it was taken back.
    #[test]
    fn a_list_is_lent_to_one_helper_until_a_day() {
        let (_folder, node) = place();
        let store = node.store();
        let today = day("2026-05-04");
        let lend_until = |by: &str, helper: &str, list: &List, until: &str| {
            lend(store, by, helper, list, day(until), (1, today))
        };
        let id = lend_until("Vera", "stand", &volunteers(), "2026-05-05").unwrap();
        let asked =
            |login: &str, on: &str| lent_to(store, login, &id, day(on)).unwrap().map(|lent| lent.list);
        assert_eq!(asked("Stand", "2026-05-05"), Some(volunteers()));
        for (login, on) in [("dør", "2026-05-04"), ("kari", "2026-05-04"), ("nobody", "2026-05-04")] {
            assert_eq!(asked(login, on), None, "{login} {on}");
        }
        assert_eq!(lent_to(store, "stand", "0000000000000000", today).unwrap(), None);
        assert_eq!(all(store, today).unwrap(), to(store, "stand", today).unwrap());
        assert_eq!(to(store, "dør", today).unwrap(), []);

        let taken = lend_until("kari", "dør", &List::Tag("Stand".into()), "2026-05-04").unwrap();
        assert!(matches!(take_back(store, "vera", &taken, today), Err(LendingError::MayNot)));
        take_back(store, "kari", &taken, today).unwrap();
        assert_eq!(lent_to(store, "dør", &taken, today).unwrap(), None);
        assert!(matches!(take_back(store, "kari", &taken, today), Err(LendingError::NotLent)));

        assert_eq!(asked("stand", "2026-05-06"), None, "its day is over");
        assert_eq!(
            asked("stand", "2026-05-05"),
            None,
            "and a clock that is set back does not bring it again"
        );
    }

    // T8: nobody lends what is not theirs to lend, to somebody who is no helper, or for long.
    #[test]
    fn lending_is_narrow() {
        let (_folder, node) = place();
        let today = day("2026-05-04");
        let try_to = |by: &str, helper: &str, list: List, until: &str| {
            lend(node.store(), by, helper, &list, day(until), (1, today))
        };
        let soon = "2026-05-05";
        for (by, list) in [
            ("vera", List::Role(Role::Member)),
            ("vera", List::Tag("Stand".into())),
            ("kari", List::Role(Role::PeerSupporter)),
            ("stand", volunteers()),
            ("nobody", volunteers()),
        ] {
            assert!(matches!(try_to(by, "stand", list, soon), Err(LendingError::MayNot)), "{by}");
        }
        for helper in ["vera", "nobody"] {
            assert!(
                matches!(try_to("kari", helper, volunteers(), soon), Err(LendingError::NoHelper)),
                "{helper}"
            );
        }
        for until in ["2026-05-03", "2026-06-05", "2027-05-05"] {
            assert!(
                matches!(try_to("kari", "stand", volunteers(), until), Err(LendingError::Until)),
                "{until}"
            );
        }
        try_to("kari", "stand", volunteers(), "2026-06-04").unwrap();
    }

    // ASVS 7.4.2, 8.3.2: who is no helper any more, or is gone, has no list; and does not get it back by becoming one again.
    #[test]
    fn another_role_ends_what_was_lent() {
        let (_folder, node) = place();
        let (store, today) = (node.store(), day("2026-05-04"));
        let id = lend(store, "kari", "stand", &volunteers(), today, (1, today)).unwrap();
        change_role(store, "stand", UserRole::Auditor, None).unwrap();
        assert_eq!(lent_to(store, "stand", &id, today).unwrap(), None);
        change_role(store, "stand", UserRole::EventHelper, None).unwrap();
        assert_eq!(lent_to(store, "stand", &id, today).unwrap(), None);
        lend(store, "kari", "stand", &volunteers(), today, (1, today)).unwrap();
        remove_user(store, "stand").unwrap();
        assert_eq!(all(store, today).unwrap(), []);
    }
}
