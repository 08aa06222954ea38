//! Dates as people write them. A date that does not exist, or that could be two, is not read: the caller keeps it as
//! written. Nothing is guessed from the neighbour lines.

use crate::import::fold;
use chrono::{Datelike, NaiveDate};

/// What a cell says about a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrittenDate {
    /// A whole date.
    Day(NaiveDate),
    /// A year and a month.
    Month {
        /// Four digits.
        year: i32,
        /// 1 to 12.
        month: u32,
    },
    /// Only a year.
    Year(i32),
}

/// The oldest year that a list of today may name.
const YEAR_MIN: i32 = 1850;
/// How far ahead a date may lie (memberships that end, certificates that expire).
const YEARS_AHEAD_MAX: i32 = 20;
/// Spreadsheets count days from here (with the leap day that 1900 never had).
const SERIAL_ORIGIN: (i32, u32, u32) = (1899, 12, 30);
/// Serials from 1930 on: a smaller number is more likely a postcode or a slip.
const SERIALS: std::ops::RangeInclusive<i64> = 10_959..=55_000;

impl WrittenDate {
    /// The year, which every reading has.
    pub fn year(self) -> i32 {
        match self {
            WrittenDate::Day(day) => day.year(),
            WrittenDate::Month { year, .. } | WrittenDate::Year(year) => year,
        }
    }

    /// The date where it is a whole one.
    pub fn day(self) -> Option<NaiveDate> {
        match self {
            WrittenDate::Day(day) => Some(day),
            WrittenDate::Month { .. } | WrittenDate::Year(_) => None,
        }
    }
}

/// 31.12.1970, 1970-12-31, 31/12-70, 12.3.1970, 12. mars 1970, 19701231, 25933 (a spreadsheet's serial), 1970-12, 1970.
///
/// Days stand before months unless the year comes first. A year of two digits is the latest one not after `today`.
pub fn read(text: &str, today: NaiveDate) -> Option<WrittenDate> {
    let text = without_time(text.trim());
    let numbers: Option<Vec<&str>> = text
        .split(['.', '/', '-', ' ', '\u{a0}'])
        .filter(|part| !part.is_empty())
        .map(|part| part.bytes().all(|b| b.is_ascii_digit()).then_some(part))
        .collect();
    let read = match numbers.as_deref() {
        Some([one]) => single(one, today),
        Some([year, month]) if year.len() == 4 => in_month(year, month),
        Some([month, year]) if year.len() == 4 => in_month(year, month),
        Some([year, month, day]) if year.len() == 4 => whole(year, month, day, today),
        Some([day, month, year]) if matches!(year.len(), 2 | 4) && day.len() <= 2 => {
            whole(year, month, day, today)
        }
        Some(_) => None,
        None => with_month_name(text, today),
    }?;
    (YEAR_MIN..=today.year() + YEARS_AHEAD_MAX).contains(&read.year()).then_some(read)
}

/// "2021-08-19T19:37:00+01:00" and "31.12.1970 00:00" → the day alone.
fn without_time(text: &str) -> &str {
    let day = text.split(['T', ' ']).next().unwrap_or(text);
    let time = &text[day.len()..];
    if day.len() >= 8 && time.len() > 1 && time.contains(':') { day } else { text }
}

fn single(digits: &str, today: NaiveDate) -> Option<WrittenDate> {
    match digits.len() {
        4 => digits.parse().ok().map(WrittenDate::Year),
        5 => {
            let serial: i64 = digits.parse().ok()?;
            let (year, month, day) = SERIAL_ORIGIN;
            let origin = NaiveDate::from_ymd_opt(year, month, day)?;
            let day = origin.checked_add_signed(chrono::Duration::days(serial))?;
            SERIALS.contains(&serial).then_some(WrittenDate::Day(day))
        }
        8 => {
            let year_first = whole(&digits[..4], &digits[4..6], &digits[6..], today)
                .filter(|date| (YEAR_MIN..=today.year() + YEARS_AHEAD_MAX).contains(&date.year()));
            year_first.or_else(|| whole(&digits[4..], &digits[2..4], &digits[..2], today))
        }
        _ => None,
    }
}

fn in_month(year: &str, month: &str) -> Option<WrittenDate> {
    let month = month.parse().ok().filter(|month| (1..=12).contains(month))?;
    Some(WrittenDate::Month { year: year.parse().ok()?, month })
}

fn whole(year: &str, month: &str, day: &str, today: NaiveDate) -> Option<WrittenDate> {
    let number: i32 = year.parse().ok()?;
    let year = if year.len() == 2 { latest_year(number, today) } else { number };
    NaiveDate::from_ymd_opt(year, month.parse().ok()?, day.parse().ok()?).map(WrittenDate::Day)
}

fn latest_year(two_digits: i32, today: NaiveDate) -> i32 {
    let this_century = today.year() - today.year() % 100 + two_digits;
    if this_century > today.year() { this_century - 100 } else { this_century }
}

fn with_month_name(text: &str, today: NaiveDate) -> Option<WrittenDate> {
    let folded = fold::words(text);
    let words: Vec<&str> = folded.split(' ').collect();
    match words.as_slice() {
        [day, name, year] if day.len() <= 2 => whole(year, &month_of(name)?.to_string(), day, today),
        [name, day, year] if day.len() <= 2 && year.len() == 4 => {
            whole(year, &month_of(name)?.to_string(), day, today)
        }
        [name, year] if year.len() == 4 => in_month(year, &month_of(name)?.to_string()),
        _ => None,
    }
}

/// The month that begins like this in one of the four languages.
fn month_of(name: &str) -> Option<u32> {
    const BEGINNINGS: [&[&str]; 12] = [
        &["jan"],
        &["feb"],
        &["mar", "maa", "mrt"],
        &["apr"],
        &["mai", "maj", "mei", "may"],
        &["jun"],
        &["jul"],
        &["aug"],
        &["sep"],
        &["okt", "oct"],
        &["nov"],
        &["des", "dec"],
    ];
    if !name.chars().all(char::is_alphabetic) {
        return None;
    }
    let found = BEGINNINGS
        .iter()
        .position(|beginnings| beginnings.iter().any(|beginning| name.starts_with(beginning)));
    found.and_then(|index| u32::try_from(index + 1).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
    }

    fn day(year: i32, month: u32, day: u32) -> Option<WrittenDate> {
        NaiveDate::from_ymd_opt(year, month, day).map(WrittenDate::Day)
    }

    // T35: date formats differ.
    #[test]
    fn dates_as_people_write_them() {
        for (text, expect) in [
            ("31.12.1970", day(1970, 12, 31)),
            ("1970-12-31", day(1970, 12, 31)),
            ("31/12-70", day(1970, 12, 31)),
            ("12.3.1970", day(1970, 3, 12)),
            ("12.03.70", day(1970, 3, 12)),
            ("01.02.05", day(2005, 2, 1)),
            ("31.12.26", day(2026, 12, 31)),
            ("31-12-1970", day(1970, 12, 31)),
            ("1970/12/31", day(1970, 12, 31)),
            ("19701231", day(1970, 12, 31)),
            ("31121970", day(1970, 12, 31)),
            ("12. mars 1970", day(1970, 3, 12)),
            ("12 maart 1970", day(1970, 3, 12)),
            ("3 maj 1970", day(1970, 5, 3)),
            ("March 12, 1970", day(1970, 3, 12)),
            ("1970", Some(WrittenDate::Year(1970))),
            ("1970-12", Some(WrittenDate::Month { year: 1970, month: 12 })),
            ("12.1970", Some(WrittenDate::Month { year: 1970, month: 12 })),
            ("desember 1970", Some(WrittenDate::Month { year: 1970, month: 12 })),
            ("25933", day(1970, 12, 31)),
            ("2021-08-19T19:37:00+01:00", day(2021, 8, 19)),
            ("31.12.1970 00:00:00", day(1970, 12, 31)),
            ("31.02.1970", None),
            ("12/31/1970", None),
            ("00.00.0000", None),
            ("1970-13", None),
            ("0361", None),
            ("ja", None),
            ("", None),
            ("ca. 1970", None),
        ] {
            assert_eq!(read(text, today()), expect, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in ".{0,24}") {
            let _ = read(&text, today());
        }

        #[test]
        fn numbers_and_signs_are_read_without_panic(text in "[0-9./ :T-]{0,14}") {
            let _ = read(&text, today());
        }

        #[test]
        fn written_days_are_read_back(days in 0i64..45_000) {
            let date = NaiveDate::from_ymd_opt(1910, 1, 1).unwrap() + chrono::Duration::days(days);
            for format in ["%d.%m.%Y", "%Y-%m-%d", "%-d/%-m-%Y", "%Y%m%d", "%-d. %B %Y"] {
                prop_assert_eq!(read(&date.format(format).to_string(), today()), Some(WrittenDate::Day(date)));
            }
        }
    }
}
