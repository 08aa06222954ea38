//! One page, one module, one template of the same name.

pub(super) mod card;
pub(super) mod chapter_lines;
pub(super) mod chapters;
pub(super) mod correct;
pub(super) mod doubtful;
pub(super) mod elsewhere;
pub(super) mod erasures;
pub(super) mod export;
pub(super) mod front;
pub(super) mod import;
pub(super) mod import_report;
pub(super) mod login;
pub(super) mod passkeys;
pub(super) mod recover;
pub(super) mod reports;
pub(super) mod second_factor;
pub(super) mod sessions;
pub(super) mod settings;
pub(super) mod supporter;
pub(super) mod supporters;
pub(crate) mod users;
