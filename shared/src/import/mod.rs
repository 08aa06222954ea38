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
mod fold;
pub mod mapping;
pub mod read;
pub mod value;
