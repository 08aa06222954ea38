//! Entries of which a supporter may have many: contact details, addresses, notes.

use std::fmt;

use super::{
    register::Reading,
    value::{Country, Line, Moment, Postcode, Prose},
};
use crate::id::EntryKey;

/// One of several values of a field: an e-mail address, a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<T> {
    pub key: EntryKey,
    pub value: Reading<T>,
}

/// A postal address that is no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    pub key: EntryKey,
    pub street: Reading<Line>,
    pub postcode: Reading<Postcode>,
    pub city: Reading<Line>,
    pub country: Reading<Country>,
}

/// A supporter's postal addresses: open, or of a type that nothing prints, exports or sends (N22, P27).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Addresses {
    Open(Vec<Address>),
    Protected(ProtectedAddresses),
}

impl Default for Addresses {
    fn default() -> Addresses {
        Addresses::Open(Vec::new())
    }
}

impl Addresses {
    /// The addresses that may be used; none if they are protected.
    pub fn open(&self) -> &[Address] {
        match self {
            Addresses::Open(addresses) => addresses,
            Addresses::Protected(_) => &[],
        }
    }

    /// Whether the addresses are protected.
    pub fn protected(&self) -> bool {
        matches!(self, Addresses::Protected(_))
    }
}

/// Addresses that must not be known. There is no way from here to a label, an export, a map or a log: the one way
/// in is [`ProtectedAddresses::reveal`], for the card that a user opened.
#[derive(Clone, PartialEq, Eq)]
pub struct ProtectedAddresses(Vec<Address>);

impl ProtectedAddresses {
    pub(super) fn new(addresses: Vec<Address>) -> ProtectedAddresses {
        ProtectedAddresses(addresses)
    }

    /// The addresses, for the one card on which a user asked to see them. The caller writes down that it was asked.
    pub fn reveal(&self) -> &[Address] {
        &self.0
    }
}

impl fmt::Debug for ProtectedAddresses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ProtectedAddresses(…)")
    }
}

/// Something a chapter wrote down about a supporter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub key: EntryKey,
    pub text: Reading<Prose>,
    pub at: Reading<Moment>,
}
