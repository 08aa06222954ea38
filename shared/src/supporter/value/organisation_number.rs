//! Organisation numbers with their check digits: Norway (mod 11), Sweden (Luhn), the Netherlands (RSIN, mod 11;
//! a KvK number has no check digit).

use super::{Country, Stored, ValueError, hidden_text};
use crate::document::Value;

/// An organisation's number as its country writes it: `974760673`, `556016-0680`, `123456782`, `12345678` (KvK).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrganisationNumber(String);
hidden_text!(OrganisationNumber);

impl OrganisationNumber {
    /// Reads a number as a person wrote it, with or without `NO`, `MVA`, spaces and hyphens. Of a country whose
    /// rules are not known here nothing can be read.
    pub fn parse(text: &str, country: &Country) -> Result<OrganisationNumber, ValueError> {
        let upper = text.trim().to_uppercase();
        let bare = upper.strip_prefix(country.as_str()).unwrap_or(&upper);
        let bare = bare.trim().strip_suffix("MVA").unwrap_or(bare);
        let digits: String = bare.chars().filter(|c| !matches!(c, ' ' | '-' | '.' | '\u{a0}')).collect();
        let number =
            digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| spell(&digits, country)).flatten();
        number.map(OrganisationNumber).ok_or(ValueError { expected: "organisation_number" })
    }
}

/// Read alone, a number by any country's rules will do.
impl Stored for OrganisationNumber {
    fn read(value: &Value) -> Option<OrganisationNumber> {
        let text = value.as_text()?;
        ["NO", "SE", "NL"]
            .iter()
            .filter_map(|code| OrganisationNumber::parse(text, &Country::parse(code).ok()?).ok())
            .find(|number| number.0 == text)
    }
}

/// Digits alone, checked and in the country's spelling.
fn spell(digits: &str, country: &Country) -> Option<String> {
    let numbers: Vec<u32> = digits.bytes().map(|byte| u32::from(byte - b'0')).collect();
    let valid = match (country.as_str(), numbers.len()) {
        ("NO", 9) => weighted(&numbers, &[3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11),
        // The third digit tells organisations (two or more) from people.
        ("SE", 10) => numbers[2] >= 2 && luhn(&numbers),
        ("NL", 9) => {
            let (last, rest) = numbers.split_last()?;
            weighted(rest, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11 == *last
        }
        ("NL", 8) => true,
        _ => false,
    };
    let spelling = || {
        if country.as_str() == "SE" {
            format!("{}-{}", &digits[..6], &digits[6..])
        } else {
            digits.to_owned()
        }
    };
    (valid && numbers.iter().any(|&number| number != 0)).then(spelling)
}

fn weighted(numbers: &[u32], weights: &[u32]) -> u32 {
    numbers.iter().zip(weights).map(|(number, weight)| number * weight).sum()
}

fn luhn(numbers: &[u32]) -> bool {
    let doubled = |(place, &number): (usize, &u32)| match number * 2 {
        _ if place % 2 == 1 => number,
        twice if twice > 9 => twice - 9,
        twice => twice,
    };
    numbers.iter().rev().enumerate().map(|(place, number)| doubled((place + 1, number))).sum::<u32>() % 10
        == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, code: &str) -> Option<String> {
        OrganisationNumber::parse(text, &Country::parse(code).unwrap()).ok().map(|number| number.to_string())
    }

    #[test]
    fn by_country() {
        assert_eq!(read("974 760 673", "NO").as_deref(), Some("974760673"));
        assert_eq!(read("NO 974760673 MVA", "NO").as_deref(), Some("974760673"));
        assert_eq!(read("5560160680", "SE").as_deref(), Some("556016-0680"));
        assert_eq!(read("123456782", "NL").as_deref(), Some("123456782"));
        assert_eq!(read("12345678", "NL").as_deref(), Some("12345678"));
    }

    #[test]
    fn a_wrong_check_digit_is_refused() {
        for (wrong, code) in [
            ("974760674", "NO"),
            ("556016-0681", "SE"),
            ("123456783", "NL"),
            ("000000000", "NO"),
            ("97476067", "NO"),
            ("9747606731", "NO"),
            ("x", "NO"),
            ("974760673", "FR"),
        ] {
            assert_eq!(read(wrong, code), None, "{wrong} {code}");
        }
    }
}
