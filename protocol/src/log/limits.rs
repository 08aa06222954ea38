//! How large things may be. A writer stays below these; a reader refuses what is above, before it costs anything.

/// A change's body, in bytes.
pub const BODY_BYTES_MAX: usize = 64 * 1024;
/// An entry's changes; a larger import is several entries.
pub const ENTRY_CHANGES_MAX: usize = 1_000;
/// An entry's bodies together, in bytes.
pub const ENTRY_BYTES_MAX: usize = 1024 * 1024;
/// An entry's head as signed, in bytes.
pub const ENTRY_HEAD_BYTES_MAX: usize = 1024;
/// A batch is closed once it holds this many changes …
pub const BATCH_CHANGES: usize = 1_000;
/// … or this many bytes of bodies; so it holds at most this much and one more entry.
pub const BATCH_BYTES: usize = 256 * 1024;
/// Changes in a batch: what [`BATCH_CHANGES`] and one more entry come to.
pub const BATCH_CHANGES_MAX: usize = BATCH_CHANGES + ENTRY_CHANGES_MAX;
