//! The screens: one page, one module, one template of the same name. A page's view is made from what `read` gives and holds nothing
//! but what its template shows.

pub(crate) mod add;
pub(crate) mod agreement;
pub(crate) mod card;
pub(crate) mod certificate;
pub(crate) mod computers;
pub(crate) mod doubles;
pub(crate) mod edit;
mod edit_fields;
pub(crate) mod erase;
pub(crate) mod erasures;
pub(crate) mod erasures_waiting;
pub(crate) mod front;
pub(crate) mod import;
pub(crate) mod lending;
pub(crate) mod lent;
pub(crate) mod login;
pub(crate) mod meeting;
pub(crate) mod office;
pub(crate) mod passkeys;
pub(crate) mod removed;
pub(crate) mod second_factor;
pub(crate) mod sessions;
pub(crate) mod settings;
pub(crate) mod setup;
pub(crate) mod setup_paper;
pub(crate) mod setup_waiting;
pub(crate) mod supporter;
pub(crate) mod supporters;
pub(crate) mod sync;
pub(crate) mod unlock;
pub(crate) mod users;
