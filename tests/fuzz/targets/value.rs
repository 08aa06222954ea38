//! What people write into one field. What can be read has one spelling, which reads as itself; the schema, by which the
//! hub checks us, takes every value that we take; the readers of cells answer or do not, and never fall over.
#![no_main]

use chrono::{DateTime, NaiveDate};
use helhet_shared::{
    document::{Document, Edit, Limits, Value, decode},
    id::ActorId,
    import::value::{address, amount, currency::Currency, date, name, roles, yes_no},
    projection::fold,
    schema::{Author, check},
    supporter::value::{
        BirthInput, Country, Email, Line, OrganisationNumber, Phone, Postcode, Prose, Stored, parse_day,
    },
    zone::Zone,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let text = &*String::from_utf8_lossy(input);
    one_spelling("email/AAAAAAAA", Email::parse(text).ok());
    one_spelling("name/given", Line::parse(text).ok());
    one_spelling("text/en", Prose::parse(text).ok());
    one_spelling("address/AAAAAAAA/country", Country::parse(text).ok());
    one_spelling("role/AAAAAAAA/from", parse_day(text).ok());
    for code in ["NO", "SE", "NL", "GB"] {
        let country = Country::parse(code).expect("a country");
        let phone = Phone::parse(text, &country).ok();
        if let Some(phone) = &phone {
            let home = phone.display(&country);
            assert_eq!(Phone::parse(&home, &country).as_ref(), Ok(phone), "{home}");
        }
        one_spelling("phone/AAAAAAAA", phone);
        let postcode = Postcode::parse(text, &country).ok();
        assert!(postcode.as_ref().is_none_or(|postcode| postcode.fits(&country)));
        one_spelling("address/AAAAAAAA/postcode", postcode);
        one_spelling("organisation_number", OrganisationNumber::parse(text, &country).ok());
    }
    cells(text);
});

/// A value that was read, written to the document and read again; and sent to the office.
fn one_spelling<T: Stored + Into<Value> + Clone + PartialEq + std::fmt::Debug>(key: &str, read: Option<T>) {
    let Some(read) = read else { return };
    let value: Value = read.clone().into();
    assert_eq!(T::read(&value).as_ref(), Some(&read), "{key}: {:?}", value.as_text());
    let mut document = Document::new(ActorId::from_bytes([1; 16]));
    let change = document.edit(&[Edit { key: key.into(), value: Some(value.clone()) }], DateTime::UNIX_EPOCH);
    let change = decode(change.expect("a first value").as_bytes(), &Limits::WIRE).expect("our own change");
    let (zone, author) = if key == "text/en" { (Zone::Published, Author::Hub) } else { (Zone::Shared, Author::Chapter) };
    assert_eq!(check(zone, author, &change), Ok(()), "{key}: {:?}", value.as_text());
}

fn cells(text: &str) {
    let today = NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day");
    if let Some(read) = date::read(text, today) {
        assert!((1850..=2046).contains(&read.year()), "{read:?}");
        if let Some(day) = read.day() {
            assert_eq!(date::read(&day.to_string(), today), Some(date::WrittenDate::Day(day)));
        }
    }
    let home = Country::norway();
    for code in ["NOK", "JPY", "KWD", text] {
        let Some((currency, _)) = Currency::read(code, &home) else { continue };
        if let Some(units) = amount::read(text, currency) {
            let digits = currency.minor_digits();
            let one = 10_i64.pow(digits);
            let (sign, whole, minor) = (if units < 0 { "-" } else { "" }, (units / one).abs(), (units % one).abs());
            let written = match digits {
                0 => format!("{sign}{whole}"),
                _ => format!("{sign}{whole}.{minor:0width$}", width = digits as usize),
            };
            assert_eq!(amount::read(&written, currency), Some(units), "{written}");
        }
    }
    if let Ok(BirthInput::Date(day)) = BirthInput::parse(text, today) {
        assert!(day <= today);
    }
    let person = name::person(text);
    for part in [&person.given, &person.family] {
        assert_eq!(*part, name::tidied(part));
    }
    if let Some(read) = address::read(text) {
        assert!(read.postcode.is_some() || read.city.is_some());
    }
    let (_, _, _) = (roles::read(text), roles::membership_kind(text), roles::is_organisation(text));
    assert!(!(yes_no::read(text).is_some() && yes_no::is_unknown(text)));
    let folded = fold(text);
    assert_eq!(fold(&folded), folded, "folded twice");
}
