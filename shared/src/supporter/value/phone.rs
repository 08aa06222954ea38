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
        Ok(Phone(number.format().mode(Mode::E164).to_string()))
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

/// Mobile numbers of the three countries, which are nearly all that a chapter keeps. That the numbering plans know them can
/// be told without the plans, whose first look costs a command a tenth of a second.
fn is_common_mobile(text: &str) -> bool {
    let rest = |prefix, digits| {
        text.strip_prefix(prefix).filter(|rest: &&str| rest.len() == digits).map(str::as_bytes)
    };
    let norway = matches!(rest("+47", 8), Some([b'4', b'0' | b'1' | b'5'..=b'8', ..] | [b'9', ..]));
    let sweden = matches!(rest("+46", 9), Some([b'7', b'0' | b'2' | b'3' | b'6' | b'9', ..]));
    let netherlands = matches!(rest("+31", 9), Some([b'6', b'1'..=b'5' | b'8', ..]));
    let known = norway || sweden || netherlands;
    known && text.bytes().skip(1).all(|digit| digit.is_ascii_digit())
}

impl Stored for Phone {
    fn read(value: &Value) -> Option<Phone> {
        let text = value.as_text().filter(|text| text.starts_with('+'))?;
        if is_common_mobile(text) {
            return Some(Phone(text.to_owned()));
        }
        Phone::parse(text, &Country::norway()).ok().filter(|phone| phone.0 == text)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_known_without_the_plans_is_known_to_them(text in "\\+(47|46|31)[4679][0-9]{7,8}") {
            if is_common_mobile(&text) {
                let read = Phone::parse(&text, &Country::norway());
                prop_assert_eq!(read.map(|phone| phone.0), Ok(text));
            }
        }
    }

    #[test]
    fn the_mobile_numbers_of_three_countries_need_no_plans() {
        for mobile in ["+4799840186", "+4741234567", "+46701234567", "+31612345678"] {
            assert!(is_common_mobile(mobile), "{mobile}");
        }
        for other in
            ["+4722334455", "+479984018", "+47998401866", "+4799840186a", "+4742345678", "+1", "99840186"]
        {
            assert!(!is_common_mobile(other), "{other}");
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
        for wrong in ["", "12", "+47 1", "998 40 18", "ring meg", "99840186 ext 5", "+999 12345678"] {
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
