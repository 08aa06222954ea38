//! A supporter: a person or an organisation that supports the cause in any role, as a typed view over documents.
//!
//! The view reads; it never writes (commands do) and never decides what may leave (the gate does). What it cannot
//! read it keeps as written, what it does not know it leaves alone. Debug output of anything personal hides it.

pub(crate) mod conflict;
mod entry;
mod external;
pub mod fact;
pub mod field;
pub mod grant;
pub mod json;
mod kept;
mod peer_support;
pub mod register;
pub mod role;
pub mod value;
mod view;
mod volunteering;

pub use conflict::Conflict;
pub use entry::{Address, Addresses, Entry, Note, ProtectedAddresses};
pub use external::{Acceptance, External};
pub use fact::Fact;
pub use field::{Category, Field};
pub use grant::{Basis, Grant, Permissions, Purpose, Withdrawal};
pub use kept::{Kept, KeptFor};
pub use peer_support::{Experience, PeerSupport};
pub use register::{Readable, Register};
pub use role::{MembershipKind, Role, RoleDays, RoleInterval};
pub use view::{Birth, Documents, HealthNote, Name, Supporter, SupporterKind, health_notes};
pub use volunteering::Volunteering;

#[cfg(test)]
mod tests;
