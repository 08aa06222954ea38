//! Postcodes of Norway (and Svalbard), Sweden and the Netherlands; of other countries only the letters are checked.

use super::{Country, Stored, ValueError, hidden_text};
use crate::document::Value;

/// A postcode in its country's spelling: `5031`, `123 45`, `1234 AB`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Postcode(String);
hidden_text!(Postcode);

impl Postcode {
    /// Reads a postcode as a person wrote it, the country's prefix (`N-5031`) and spaces left out or not.
    pub fn parse(text: &str, country: &Country) -> Result<Postcode, ValueError> {
        let compact: String = text.trim().to_uppercase().chars().filter(|c| !c.is_whitespace()).collect();
        let letter = country.as_str().chars().next().unwrap_or_default();
        let bare = [format!("{}-", country.as_str()), format!("{letter}-")]
            .iter()
            .find_map(|prefix| compact.strip_prefix(prefix.as_str()))
            .unwrap_or(&compact);
        spell(bare, country).map(Postcode).ok_or(ValueError { expected: "postcode" })
    }

    /// Whether this is how a postcode is written in `country`.
    pub fn fits(&self, country: &Country) -> bool {
        Postcode::parse(&self.0, country).is_ok_and(|parsed| parsed == *self)
    }
}

/// `bare` without spaces, in the country's spelling.
fn spell(bare: &str, country: &Country) -> Option<String> {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    match country.as_str() {
        "NO" | "SJ" | "DK" => (bare.len() == 4 && digits(bare)).then(|| bare.to_owned()),
        "SE" => (bare.len() == 5 && digits(bare) && !bare.starts_with('0'))
            .then(|| format!("{} {}", &bare[..3], &bare[3..])),
        "NL" => {
            let (number, letters) = bare.split_at_checked(4)?;
            let fits = digits(number) && !number.starts_with('0') && letters.len() == 2;
            (fits && letters.bytes().all(|byte| byte.is_ascii_uppercase()))
                .then(|| format!("{number} {letters}"))
        }
        _ => {
            let fits = (2..=10).contains(&bare.len());
            (fits && bare.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'))
                .then(|| bare.to_owned())
        }
    }
}

/// Read alone, a postcode of any country will do; the address checks it against its own.
impl Stored for Postcode {
    fn read(value: &Value) -> Option<Postcode> {
        let text = value.as_text()?;
        let postcode = Postcode(text.to_owned());
        let known = ["NO", "SE", "NL", "GB"].iter().filter_map(|code| Country::parse(code).ok());
        known.into_iter().any(|country| postcode.fits(&country)).then_some(postcode)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_country() {
        let read = |text: &str, code: &str| {
            Postcode::parse(text, &Country::parse(code).unwrap()).ok().map(|postcode| postcode.to_string())
        };
        assert_eq!(read("5031", "NO").as_deref(), Some("5031"));
        assert_eq!(read("N-0361", "NO").as_deref(), Some("0361"));
        assert_eq!(read("12345", "SE").as_deref(), Some("123 45"));
        assert_eq!(read("S-123 45", "SE").as_deref(), Some("123 45"));
        assert_eq!(read("1234ab", "NL").as_deref(), Some("1234 AB"));
        assert_eq!(read("SW1A 1AA", "GB").as_deref(), Some("SW1A1AA"));
        for (wrong, code) in
            [("503", "NO"), ("503A", "NO"), ("0123 45", "SE"), ("0234 AB", "NL"), ("", "NO"), ("ååååå", "NL")]
        {
            assert_eq!(read(wrong, code), None, "{wrong} {code}");
        }
    }
}
