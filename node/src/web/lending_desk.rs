//! What the screens ask and do about lists that are lent to event helpers: a part of the [`Desk`](super::desk::Desk).

use chrono::NaiveDate;
use helhet_shared::command::SupporterInput;
use helhet_shared::rights::{List, UserRole};
use helhet_shared::supporter::Purpose;

use super::desk::DeskError;
pub use crate::access::lending::Lent;

pub trait LendingDesk {
    /// The event helpers, and the lists that a user of this role may lend.
    fn lendable(&self, role: UserRole) -> Result<Lendable, DeskError>;
    fn lend(&self, by: &str, helper: &str, list: &List, until: NaiveDate) -> Result<LendAnswer, DeskError>;
    /// All that is lent today.
    fn lent(&self) -> Result<Vec<Lent>, DeskError>;
    /// What is lent to this user today.
    fn lent_to(&self, login: &str) -> Result<Vec<Lent>, DeskError>;
    /// At once; for who may lend the list.
    fn take_back(&self, by: &str, id: &str) -> Result<(), DeskError>;
    /// The people of a list, if it is lent to this user.
    fn lent_people(&self, login: &str, id: &str, search: &str) -> Result<LentPeople, DeskError>;
    /// Registers somebody to a list, if it is lent to this user.
    fn register_to(
        &self,
        login: &str,
        id: &str,
        input: SupporterInput,
        consents: &[Purpose],
    ) -> Result<(), DeskError>;
}

/// What there is to lend, and to whom.
#[derive(Debug, Clone, Default)]
pub struct Lendable {
    /// Their logins.
    pub helpers: Vec<String>,
    pub lists: Vec<List>,
    pub today: NaiveDate,
}

/// What became of lending a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LendAnswer {
    Lent,
    /// Not this list, by this user.
    MayNot,
    /// Not to this user.
    NoHelper,
    /// Not until this day.
    Until,
}

/// A list as its helper sees it.
#[derive(Debug, Clone)]
pub struct LentPeople {
    pub lent: Lent,
    /// How many were found.
    pub found: usize,
    /// The first of them.
    pub people: Vec<LentPerson>,
}

/// All that a helper sees of somebody. Its `Debug` shows nothing.
#[derive(Clone)]
pub struct LentPerson {
    pub name: String,
    pub phone: String,
}

impl std::fmt::Debug for LentPerson {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LentPerson(…)")
    }
}
