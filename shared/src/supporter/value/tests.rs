//! What holds for every value: what was read has one spelling, which reads as itself, and no text makes a reader fall
//! over.

use proptest::prelude::*;

use super::*;

/// Text as it stands in forms and lists: mostly the signs that a reader looks at, with a few that nobody means.
fn written(signs: &'static str) -> impl Strategy<Value = String> {
    prop_oneof![
        4 => proptest::string::string_regex(&format!("[{signs}]{{0,24}}")).unwrap(),
        1 => ".{0,24}",
        1 => "\\PC{0,300}",
    ]
}

fn countries() -> impl Strategy<Value = Country> {
    proptest::sample::select(vec!["NO", "SE", "NL", "DK", "GB", "SJ"])
        .prop_map(|code| Country::parse(code).unwrap())
}

fn has_one_spelling<T: Stored + Into<Value> + Clone + PartialEq>(read: Result<T, ValueError>) -> bool {
    read.is_err()
        || read.is_ok_and(|value| T::read(&value.clone().into()).is_some_and(|again| again == value))
}

proptest! {
    #[test]
    fn email(text in written("a-cA-CåßİK@.<> :+-"), local in "[a-zæøå.]{1,70}", domain in "[a-zæøå.-]{1,260}") {
        prop_assert!(has_one_spelling(Email::parse(&text)));
        let linked = format!(" MAILTO:{local}@{domain}\n");
        prop_assert!(has_one_spelling(Email::parse(&linked)));
    }

    #[test]
    fn phone(text in written("0-9+ ()./-"), country in countries()) {
        let read = Phone::parse(&text, &country);
        if let Ok(phone) = &read {
            let shown = phone.display(&country);
            let again = Phone::parse(&shown, &country);
            prop_assert_eq!(again.as_ref(), Ok(phone), "{}", shown);
        }
        prop_assert!(has_one_spelling(read));
    }

    #[test]
    fn postcode(text in written("0-9A-Fa-fß -"), country in countries()) {
        let read = Postcode::parse(&text, &country);
        prop_assert!(read.as_ref().is_ok_and(|postcode| postcode.fits(&country)) || read.is_err());
        prop_assert!(has_one_spelling(read));
    }

    #[test]
    fn organisation_number(text in written("0-9NOSEMVA .-"), digits in "[0-9]{8,10}", country in countries()) {
        for text in [text, digits] {
            prop_assert!(has_one_spelling(OrganisationNumber::parse(&text, &country)));
        }
    }

    #[test]
    fn line_and_prose(text in written("a-cå\u{308}\u{200b}\u{2028}\u{feff}\u{a0}\u{37e}\r\n\t ")) {
        prop_assert!(has_one_spelling(Line::parse(&text)));
        prop_assert!(has_one_spelling(Prose::parse(&text)));
    }

    #[test]
    fn country(text in written("A-Za-zë ")) {
        prop_assert!(has_one_spelling(Country::parse(&text)));
    }

    #[test]
    fn day_and_birth(text in written("0-9./+ -"), days in -50_000i64..45_000) {
        let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        prop_assert!(has_one_spelling(parse_day(&text)));
        if let Ok(BirthInput::Date(born)) = BirthInput::parse(&text, today) {
            prop_assert!(born <= today);
        }
        let day = today + chrono::Duration::days(days);
        for format in ["%Y-%m-%d", "%d.%m.%Y", "%-d/%-m/%Y", "%d-%m-%Y", "%Y%m%d"] {
            prop_assert_eq!(parse_day(&day.format(format).to_string()), Ok(day));
        }
    }

    #[test]
    fn moment(text in written("0-9TZ:+.-"), seconds in 0i64..4_000_000_000) {
        let moment = Moment::at(chrono::DateTime::from_timestamp(seconds, 7).unwrap());
        prop_assert_eq!(Moment::read(&moment.into()), Some(moment));
        prop_assert!(Moment::read(&text.as_str().into()).is_none_or(|moment| moment.to_string() == text));
    }
}
