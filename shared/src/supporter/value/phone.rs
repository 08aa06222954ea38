//! Phone numbers, E.164, by Google's numbering plans.

use phonenumber::{Mode, country::Id};

use super::{Country, Stored, ValueError, hidden_text};
use crate::document::Value;

/// A phone number that the numbering plans know: `+4799840186`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone(String);
hidden_text!(Phone);

impl Phone {
    /// Reads a number as a person wrote it; one without a country's prefix is of `country`.
    pub fn parse(text: &str, country: &Country) -> Result<Phone, ValueError> {
        let wrong = ValueError { expected: "phone" };
        let text = text.trim();
        // The parser also reads letters (vanity numbers) and extensions; what people write in lists is neither.
        if text.len() > 40 || !text.chars().all(|c| c.is_ascii_digit() || "+-./() \u{a0}".contains(c)) {
            return Err(wrong);
        }
        let text = match text.strip_prefix("00") {
            Some(rest) => format!("+{rest}"),
            None => text.to_owned(),
        };
        let id: Option<Id> = country.as_str().parse().ok();
        let number = phonenumber::parse(id, &text).map_err(|_| wrong)?;
        if !number.is_valid() {
            return Err(wrong);
        }
        let text = number.format().mode(Mode::E164).to_string();
        // Some plans go beyond what E.164 has room for, and some know a number with zeros before it that its own spelling drops:
        // what is stored would not be read as that number again.
        let again = phonenumber::parse(None, &text).ok().filter(|again| again.is_valid());
        let is_same = again.is_some_and(|again| again.format().mode(Mode::E164).to_string() == text);
        if is_e164(&text) && is_same { Ok(Phone(text)) } else { Err(wrong) }
    }

    /// What the plans do not know, as it was written; never in the spelling of a number that they know.
    pub fn as_written(text: &str) -> String {
        match text.strip_prefix('+') {
            Some(digits) if is_e164(text) => format!("+ {digits}"),
            Some(_) | None => text.to_owned(),
        }
    }

    /// The number as one writes it at home, for people of `country`; with its prefix for all others.
    pub fn display(&self, country: &Country) -> String {
        let Ok(number) = phonenumber::parse(None, &self.0) else { return self.0.clone() };
        let at_home = number.country().id().is_some_and(|id| id.as_ref() == country.as_str());
        let digits = number.national().to_string();
        // Norwegian mobile numbers are written 3-2-3; the library's tables lack that.
        let mobile = number.code().value() == 47 && digits.len() == 8 && digits.starts_with(['4', '9']);
        match (at_home, mobile) {
            (true, true) => in_mobile_groups(&digits),
            (false, true) => format!("+47 {}", in_mobile_groups(&digits)),
            (true, false) => number.format().mode(Mode::National).to_string(),
            (false, false) => number.format().mode(Mode::International).to_string(),
        }
    }

    /// A stored number as people of `country` write it; what is no number stays as it was written.
    pub fn shown(stored: &str, country: &Country) -> String {
        Phone::read(&stored.into()).map_or_else(|| stored.to_owned(), |phone| phone.display(country))
    }
}

fn in_mobile_groups(digits: &str) -> String {
    format!("{} {} {}", &digits[..3], &digits[3..5], &digits[5..])
}

/// A number is held against the plans once, where it enters, and kept in a spelling that nothing else has. Documents are
/// read without the plans: these change from version to version, and what leaves a chapter must not change with them.
impl Stored for Phone {
    fn read(value: &Value) -> Option<Phone> {
        value.as_text().filter(|text| is_e164(text)).map(|text| Phone(text.to_owned()))
    }
}

/// `+` and 5 to 15 digits: E.164, as stored.
pub fn is_e164(text: &str) -> bool {
    text.strip_prefix('+')
        .is_some_and(|digits| (5..=15).contains(&digits.len()) && digits.bytes().all(|c| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        // What the plans do not know is never read as a number, and so never leaves its chapter.
        #[test]
        fn a_number_is_known_by_its_spelling(text in "[ 0]?\\+?(47|46|31|49)?[ 0-9]{4,14}") {
            match Phone::parse(&text, &Country::norway()) {
                Ok(phone) => prop_assert_eq!(Phone::read(&phone.0.as_str().into()), Some(phone)),
                Err(_) => {
                    let kept = Phone::as_written(&text);
                    prop_assert_eq!(Phone::read(&kept.as_str().into()), None);
                    prop_assert_eq!(kept.replace(' ', ""), text.replace(' ', ""));
                }
            }
        }
    }

    #[test]
    fn numbers_as_people_write_them() {
        let norway = Country::norway();
        for written in ["99840186", "998 40 186", "+47 998 40 186", "004799840186", "+4799840186"] {
            assert_eq!(Phone::parse(written, &norway).unwrap().as_str(), "+4799840186", "{written}");
        }
        assert_eq!(
            Phone::parse("070-123 45 67", &Country::parse("SE").unwrap()).unwrap().as_str(),
            "+46701234567"
        );
        assert_eq!(
            Phone::parse("06 12345678", &Country::parse("NL").unwrap()).unwrap().as_str(),
            "+31612345678"
        );
        let too_long = "+49 7949 8496701718";
        let zeros_before = "0024700094463";
        for wrong in [
            "",
            "12",
            "+47 1",
            "998 40 18",
            "ring meg",
            "99840186 ext 5",
            "+999 12345678",
            too_long,
            zeros_before,
        ] {
            assert!(Phone::parse(wrong, &norway).is_err(), "{wrong}");
        }
    }

    #[test]
    fn shown_as_at_home() {
        let phone = Phone::parse("99840186", &Country::norway()).unwrap();
        assert_eq!(phone.display(&Country::norway()), "998 40 186");
        assert_eq!(phone.display(&Country::parse("SE").unwrap()), "+47 998 40 186");
        assert_eq!(Phone::shown("+4799840186", &Country::norway()), "998 40 186");
        assert_eq!(Phone::shown("9984", &Country::norway()), "9984");
    }

    #[test]
    fn stored_in_one_spelling() {
        assert!(Phone::read(&"+4799840186".into()).is_some());
        assert_eq!(Phone::read(&"99840186".into()), None);
        assert_eq!(Phone::read(&"+47 998 40 186".into()), None);
    }
}
