//! A supporter whose address must not be known (P27).

use super::input::put;
use crate::{
    document::Edit,
    supporter::{Field, Supporter},
};

/// Protects the supporter's address: from now on the gate lets nothing out, and no list, label or export has it.
pub fn protect_address(supporter: &Supporter) -> Vec<Edit> {
    put(supporter, Field::AddressProtection.plain_key(), Some("protected".into()))
}

/// Lifts the protection.
pub fn unprotect_address(supporter: &Supporter) -> Vec<Edit> {
    put(supporter, Field::AddressProtection.plain_key(), None)
}
