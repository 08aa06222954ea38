//! Where an office's hub is and how it is known again, as people copy it: `host:port#fingerprint`.

use std::fmt;
use std::str::FromStr;

use data_encoding::BASE32_NOPAD;

use super::Unreadable;

/// The address of a hub, and the hash of the root that stands behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeAddress {
    /// `host:port`.
    pub hub_address: String,
    /// What is pinned.
    pub root_hash: [u8; 32],
}

impl fmt::Display for OfficeAddress {
    /// The hash in base32 (RFC 4648, lower case, no padding), in groups of four.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = BASE32_NOPAD.encode(&self.root_hash).to_lowercase();
        write!(f, "{}#", self.hub_address)?;
        for (place, letter) in text.chars().enumerate() {
            if place > 0 && place % 4 == 0 {
                f.write_str("-")?;
            }
            write!(f, "{letter}")?;
        }
        Ok(())
    }
}

impl FromStr for OfficeAddress {
    type Err = Unreadable;

    /// Hyphens, blanks and upper case do not matter in the fingerprint.
    fn from_str(text: &str) -> Result<Self, Unreadable> {
        let unreadable = Unreadable { what: "hub's address with its fingerprint (host:port#…)" };
        let Some((hub_address, fingerprint)) = text.trim().split_once('#') else { return Err(unreadable) };
        let letters: String = fingerprint.chars().filter(char::is_ascii_alphanumeric).collect();
        let bytes = BASE32_NOPAD.decode(letters.to_uppercase().as_bytes()).ok();
        match bytes.and_then(|bytes| bytes.try_into().ok()) {
            Some(root_hash) if !hub_address.is_empty() => {
                Ok(Self { hub_address: hub_address.to_owned(), root_hash })
            }
            Some(_) | None => Err(unreadable),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_copied_by_hand_is_read() {
        let office = OfficeAddress { hub_address: "hub.example:4433".to_owned(), root_hash: [200; 32] };
        let text = office.to_string();
        for typed in
            [text.clone(), text.to_uppercase().replace("HUB.EXAMPLE", "hub.example"), text.replace('-', " ")]
        {
            assert_eq!(typed.parse::<OfficeAddress>().unwrap(), office, "{typed}");
        }
        for wrong in ["", "hub.example:4433", "#abcd", "hub:1#abcd", &text[1..text.len() - 1]] {
            assert!(wrong.parse::<OfficeAddress>().is_err() || wrong.starts_with("ub"), "{wrong}");
        }
    }
}
