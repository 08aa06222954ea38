//! Helhet's chapter program.
