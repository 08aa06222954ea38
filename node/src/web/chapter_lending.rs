//! Lists that are lent to event helpers, as the chapter's program keeps them.

use chrono::NaiveDate;
use helhet_shared::command::{RoleInput, SupporterInput};
use helhet_shared::rights::{Action, List, UserRole, may, may_lend};
use helhet_shared::supporter::{Purpose, Role};

use super::access_desk::AccessDesk as _;
use super::chapter::{Chapter, failed};
use super::chapter_desk::listed;
use super::desk::{Desk as _, DeskError};
use super::lending_desk::{LendAnswer, Lendable, LendingDesk, Lent, LentPeople, LentPerson};
use crate::access::lending::{self, LendingError};
use crate::read::{self, Listing};

/// Enough for a stand; who looks for more types a name.
const PEOPLE_SHOWN: u32 = 200;

impl LendingDesk for Chapter {
    fn lendable(&self, role: UserRole) -> Result<Lendable, DeskError> {
        let node = self.node()?;
        let helpers = self.users()?.into_iter().filter(|(_, role)| may(*role, Action::SeeLentList));
        let tags = read::tags(node.store()).map_err(failed)?;
        let lists = Role::ALL.iter().copied().map(List::Role).chain(tags.into_iter().map(List::Tag));
        Ok(Lendable {
            helpers: helpers.map(|(login, _)| login).collect(),
            lists: lists.filter(|list| may_lend(role, list)).collect(),
            today: node.writer().today(),
        })
    }

    fn lend(&self, by: &str, helper: &str, list: &List, until: NaiveDate) -> Result<LendAnswer, DeskError> {
        let node = self.node()?;
        let now = node.writer().clock().now().timestamp();
        match lending::lend(node.store(), by, helper, list, until, (now, node.writer().today())) {
            Ok(_) => Ok(LendAnswer::Lent),
            Err(LendingError::MayNot) => Ok(LendAnswer::MayNot),
            Err(LendingError::NoHelper) => Ok(LendAnswer::NoHelper),
            Err(LendingError::Until) => Ok(LendAnswer::Until),
            Err(error @ (LendingError::NotLent | LendingError::Store(_))) => Err(failed(error)),
        }
    }

    fn lent(&self) -> Result<Vec<Lent>, DeskError> {
        let node = self.node()?;
        lending::all(node.store(), node.writer().today()).map_err(failed)
    }

    fn lent_to(&self, login: &str) -> Result<Vec<Lent>, DeskError> {
        let node = self.node()?;
        lending::to(node.store(), login, node.writer().today()).map_err(failed)
    }

    fn take_back(&self, by: &str, id: &str) -> Result<(), DeskError> {
        let node = self.node()?;
        match lending::take_back(node.store(), by, id, node.writer().today()) {
            Ok(()) => Ok(()),
            Err(LendingError::NotLent) => Err(DeskError::NotFound),
            Err(LendingError::MayNot) => Err(DeskError::MayNot),
            Err(error @ (LendingError::NoHelper | LendingError::Until | LendingError::Store(_))) => {
                Err(failed(error))
            }
        }
    }

    fn lent_people(&self, login: &str, id: &str, search: &str) -> Result<LentPeople, DeskError> {
        let lent = self.lent_now(login, id)?;
        let node = self.node()?;
        let today = node.writer().today();
        let (role, tag) = match &lent.list {
            List::Role(role) => (Some(*role), None),
            List::Tag(tag) => (None, Some(tag.clone())),
        };
        let limit = Some(PEOPLE_SHOWN);
        let listing = Listing { search: search.to_owned(), role, tag, limit, offset: 0 };
        let (rows, found) = read::supporters(node.store(), &listing, today).map_err(failed)?;
        let country = read::country(node.store()).map_err(failed)?;
        let person = |row| {
            let listed = listed(row, today, &country);
            LentPerson { name: listed.name, phone: listed.phone }
        };
        let found = usize::try_from(found).unwrap_or(usize::MAX);
        Ok(LentPeople { lent, found, people: rows.into_iter().map(person).collect() })
    }

    fn register_to(
        &self,
        login: &str,
        id: &str,
        mut input: SupporterInput,
        consents: &[Purpose],
    ) -> Result<(), DeskError> {
        // To this list and to no other, whatever the form said.
        (input.roles, input.tags) = match self.lent_now(login, id)?.list {
            List::Role(role) => {
                (vec![RoleInput { role: role.code().to_owned(), ..RoleInput::default() }], Vec::new())
            }
            List::Tag(tag) => (Vec::new(), vec![tag]),
        };
        self.register(&input, consents).map(|_| ())
    }
}

impl Chapter {
    /// What the helper may see; where it is not lent (any more) it is not there.
    fn lent_now(&self, login: &str, id: &str) -> Result<Lent, DeskError> {
        let node = self.node()?;
        let found = lending::lent_to(node.store(), login, id, node.writer().today());
        found.map_err(failed)?.ok_or(DeskError::NotFound)
    }
}
