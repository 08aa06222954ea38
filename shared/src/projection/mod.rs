//! From a record to rows: what lists, searches and counts are made from, as values. The programs store them.
//!
//! A projection holds nothing that the record does not; every one can be dropped and made again.

mod fold;
mod row;
mod sort;

pub use fold::{fold, folded_words};
pub use row::{RoleRow, SupporterRow, row};
pub use sort::sort_key;
