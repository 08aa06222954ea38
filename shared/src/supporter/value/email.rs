//! E-mail addresses, lower case: nobody's provider tells `Kari@` from `kari@`, and people write both.

use super::{Stored, ValueError, hidden_text};
use crate::document::Value;

/// An e-mail address that could be one. Whether mail arrives is another question.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Email(String);
hidden_text!(Email);

impl Email {
    /// Reads an address as a person wrote it; `mailto:` and angle brackets around it are taken off.
    pub fn parse(text: &str) -> Result<Email, ValueError> {
        let text = text.trim().trim_start_matches('<').trim_end_matches('>').to_lowercase();
        let text = text.strip_prefix("mailto:").unwrap_or(&text);
        let (local, domain) = text.rsplit_once('@').ok_or(ValueError { expected: "email" })?;
        if text.len() <= 254 && is_local(local) && is_domain(domain) {
            Ok(Email(text.to_owned()))
        } else {
            Err(ValueError { expected: "email" })
        }
    }
}

impl Stored for Email {
    fn read(value: &Value) -> Option<Email> {
        let text = value.as_text()?;
        Email::parse(text).ok().filter(|email| email.0 == text)
    }
}

/// The dot-atom of RFC 5322, with letters beyond ASCII as RFC 6531 allows.
fn is_local(local: &str) -> bool {
    let atom = |part: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || "!#$%&'*+/=?^_`{|}~-".contains(c))
    };
    local.len() <= 64 && local.split('.').all(atom)
}

fn is_domain(domain: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let top = domain.rsplit('.').next().unwrap_or_default();
    domain.contains('.')
        && domain.split('.').all(label)
        && top.chars().count() >= 2
        && !top.chars().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_as_people_write_them() {
        for (written, read) in [
            ("Kari.Nordmann@Epost.example ", "kari.nordmann@epost.example"),
            ("mailto:a+b@c.no", "a+b@c.no"),
            ("<åse@blåbær.no>", "åse@blåbær.no"),
        ] {
            assert_eq!(Email::parse(written).unwrap().as_str(), read);
        }
        for wrong in [
            "",
            "kari",
            "kari@",
            "@epost.no",
            "kari@epost",
            "ka ri@epost.no",
            "kari@epost,no",
            "a..b@c.no",
            "a@b@c.no",
            "a@-b.no",
            "a@1.2.3.4",
            "a@b.no\n",
        ] {
            let wrong_inside = wrong != "a@b.no\n";
            assert_eq!(Email::parse(wrong).is_err(), wrong_inside, "{wrong}");
        }
        assert_eq!(Email::read(&"Kari@epost.no".into()), None);
    }
}
