//! What screens and lists ask. One file per question; each answers from one snapshot.
mod agreements;
mod doubles;
mod office;
mod status;
mod supporters;

pub use agreements::{AgreementState, agreements};
pub use doubles::possible_doubles;
pub use office::{OfficeView, what_the_office_sees};
pub use status::{Status, Waiting, status};
pub use supporters::{
    ByPrefix, Listing, by_prefix, confidential_notes, country, disputed, front, record, supporter, supporters,
};
