//! The national record: what the office knows of one real supporter, put together from all chapters' shared parts and
//! its own. It is computed, never stored as truth, and never sent to a chapter.
//!
//! `rules.rs` says which value is best, `provenance.rs` where each came from and when, `conflict.rs` what
//! is still disputed within a record, `correction.rs` carries a contact detail that the office corrected back to each
//! chapter that holds the supporter, `follow.rs` finds out what became of it there, `open_record.rs` lets the hub write to a record's document.

mod conflict;
mod correction;
mod follow;
mod open_record;
mod provenance;
mod rules;
#[cfg(test)]
mod tests;

pub use conflict::{Conflict, Said};
pub use correction::{Correction, CorrectionError, CorrectionOutcome, FIELDS, correct};
pub use follow::{Followed, follow};
pub use open_record::{OpenRecord, OpenRecordError};
pub use provenance::{Holder, Moments, Part, Source, Sourced};
pub use rules::{Address, Birth, Grant, Name, NationalRecord, Role, Withdrawal, combine};
