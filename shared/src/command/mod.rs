//! What a user does to a supporter: input is read, checked and turned into edits of documents.
//!
//! Pure: the view, the input, randomness and the time come in, edits go out. Input is read liberally and stored
//! canonically. A form refuses what it cannot read, each error at its field; an import keeps it as written. A
//! command never touches a key it does not know.

mod edit;
mod erase;
mod grant;
mod health_note;
mod input;
mod keep;
mod merge;
mod note;
mod peer_support;
mod pick;
mod protect;
mod register;
mod role;
mod tag;
mod volunteering;
mod withdraw;
mod withhold;

pub use edit::{AddressRevision, EntryRevision, Revision, edit};
pub use erase::{Erasure, erase};
pub use grant::{GrantInput, grant};
pub use health_note::{health_note, remove_health_note};
pub use input::{AddressInput, Settings};
pub use keep::{keep, keep_no_longer};
pub use merge::{merge, merge_confidential, tell_apart};
pub use note::{note, remove_note};
pub use peer_support::{PeerSupportInput, edit_peer_support};
pub use pick::pick;
pub use protect::{protect_address, unprotect_address};
pub use register::{Registration, SupporterInput, register};
pub use role::{RoleInput, add_role, end_role};
pub use tag::{add_tag, remove_tag};
pub use volunteering::{VolunteeringInput, edit_volunteering};
pub use withdraw::{refuse, withdraw};
pub use withhold::{confirm_sharing, take_back_sharing, withhold};

use crate::supporter::{Field, value::codes};

codes! {
    /// What is wrong with a field of a form. The screens have a sentence for each.
    ErrorCode {
        /// Something has to be there.
        Missing = "missing",
        /// What was written cannot be read as what the field wants.
        Unreadable = "unreadable",
        /// An end before its beginning.
        EndsBeforeItBegins = "ends_before_it_begins",
        /// The entry or value that was named is not there (any more).
        NotThere = "not_there",
        /// A national identity number, which is kept nowhere (P21).
        NationalNumber = "national_number",
    }
}

/// One thing wrong, at one field. It never quotes what was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldError {
    pub field: Field,
    /// Which of several entries of the input, from 0.
    pub index: usize,
    pub code: ErrorCode,
}

/// The input was refused; nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", sentence(errors))]
pub struct CommandError {
    /// At least one.
    pub errors: Vec<FieldError>,
}

impl CommandError {
    fn one(field: Field, code: ErrorCode) -> CommandError {
        CommandError { errors: vec![FieldError { field, index: 0, code }] }
    }

    /// The error at a field, if there is one.
    pub fn at(&self, field: Field, index: usize) -> Option<ErrorCode> {
        self.errors.iter().find(|error| error.field == field && error.index == index).map(|error| error.code)
    }
}

fn sentence(errors: &[FieldError]) -> String {
    let one = |error: &FieldError| format!("{} is {}", error.field, error.code.code().replace('_', " "));
    errors.iter().map(one).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests;
