//! Helhet's national office program.
