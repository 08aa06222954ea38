//! The zones: how far a piece of data may travel.
//!
//! A zone is a boundary between documents, never between fields of one document, since a document carries its
//! whole history. Who may hold the plain text:
//!
//! - `Confidential`: the chapter's users who hold the peer-support key.
//! - `Chapter`: the chapter's devices.
//! - `Shared`: that chapter's devices and the hub, no other chapter. Only the gate fills it.
//! - `Published`: the hub and all chapters.
//! - `Office`: the hub alone.

use std::fmt;

/// How far a piece of data may travel. The numbers are signed into log entries and never change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Zone {
    Confidential = 1,
    Chapter = 2,
    Shared = 3,
    Published = 4,
    Office = 5,
}

impl Zone {
    /// Every zone, from the narrowest to the office's own.
    pub const ALL: [Zone; 5] =
        [Zone::Confidential, Zone::Chapter, Zone::Shared, Zone::Published, Zone::Office];

    /// The number that stands for this zone in stores and on the wire.
    pub fn code(self) -> u8 {
        self as u8
    }

    /// The zone of a number; `None` for a number that this version does not know.
    pub fn from_code(code: u8) -> Option<Zone> {
        Zone::ALL.into_iter().find(|zone| zone.code() == code)
    }

    /// Whether only the chapter's devices can read it: everybody else holds it sealed.
    pub fn is_sealed(self) -> bool {
        matches!(self, Zone::Confidential | Zone::Chapter)
    }

    /// The zone's name in documents, commands and logs.
    pub fn name(self) -> &'static str {
        match self {
            Zone::Confidential => "confidential",
            Zone::Chapter => "chapter",
            Zone::Shared => "shared",
            Zone::Published => "published",
            Zone::Office => "office",
        }
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_go_both_ways_and_are_fixed() {
        assert_eq!(Zone::ALL.map(Zone::code), [1, 2, 3, 4, 5]);
        for zone in Zone::ALL {
            assert_eq!(Zone::from_code(zone.code()), Some(zone));
        }
        assert_eq!(Zone::from_code(0), None);
        assert_eq!(Zone::from_code(6), None);
    }
}
