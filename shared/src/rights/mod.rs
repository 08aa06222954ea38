//! Who may do what: roles × zones × actions, as one pure function. A lawyer reads it as `docs/who-may-do-what.md`.
//!
//! Default deny: an action belongs to one program, and a role may do what [`UserRole::actions`] names, nothing else. Whether
//! a program's door asks is the program's to hold; what it asks is decided here.

mod action;
mod lending;
mod role;

pub use action::{Action, Program};
pub use lending::{DAYS_LENT_MAX, List, may_lend};
pub use role::UserRole;

/// Whether a user of this role may do this.
pub fn may(role: UserRole, action: Action) -> bool {
    role.program() == action.program() && role.actions().contains(&action)
}

#[cfg(test)]
mod tests;
