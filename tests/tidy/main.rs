//! The layout, held by tests: what a reviewer would otherwise have to say again and again.

#![allow(clippy::unwrap_used, reason = "a test may fall over")]

mod asvs;
mod imports;
mod locales;
mod sources;
