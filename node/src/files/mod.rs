//! Files in and out.

mod import;

pub use import::{ImportError, Imported, Preview, carry_out, preview, undo};
