//! What screens and lists ask. One file per question; each answers from one snapshot.
mod agreements;
mod confidential;
mod devices;
mod doubles;
mod erasures;
mod health;
mod history;
mod office;
mod status;
mod supporters;
mod waiting;

pub use agreements::{AgreementState, agreements};
pub use confidential::{HealthNotes, OUT_OF_TOUCH_DAYS, confidential_notes, opens_peer_support};
pub use devices::{Asks, Device, DeviceState, applicants, devices};
pub use doubles::{doubles_side_by_side, possible_doubles};
pub use erasures::erasures;
pub use health::{Health, HealthError, Place, health};
pub use history::{Changed, history};
pub use office::{OfficeView, Overview, overview, what_the_office_sees};
pub use status::{Status, Waiting, status};
pub use supporters::{
    ByPrefix, Listing, by_prefix, country, disputed, front, record, supporter, supporters, tags, withheld,
};
pub use waiting::{WaitingErasure, waiting_count, waiting_erasures};
