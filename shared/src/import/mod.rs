//! Import of lists, for both programs: bytes → table → mapping → what each line says → a plan. Pure: it reads no clock,
//! no file and no database, and it changes nothing. The programs carry a plan out through their own write doors.
//!
//! ```text
//! read (bytes → Table) → Mapping::guess, corrected → line (row → facts) → plan (what is known → outcome per line)
//! ```
//!
//! Every line of a file is accounted for exactly once, a line is refused only if it names nobody, and a value that
//! cannot be read is kept as written and warned about. Lines are never merged because they look alike: a likely double
//! is imported as a supporter of its own and listed for a person to decide.

pub mod column;
pub mod edits;
mod fold;
pub mod gifts;
pub mod imported;
pub mod known;
pub mod line;
pub mod mapping;
pub mod plan;
pub mod read;
pub mod remembered;
pub mod result;
pub mod reverse;
pub mod value;
pub mod warning;
