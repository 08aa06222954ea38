//! Days, years and moments. A day is ISO text in documents, a moment RFC 3339 in UTC to the second.

use std::fmt;

use chrono::{DateTime, Datelike, NaiveDate, SecondsFormat, Utc};

use super::{Stored, ValueError};
use crate::document::Value;

/// The first and last year that a day may lie in: what lies outside is a slip of the pen.
const YEARS: std::ops::RangeInclusive<i32> = 1850..=2150;

/// Reads a day as a person writes it: `2026-11-22`, `22.11.2026`, `22/11/2026`, `22-11-2026`, `20261122`.
pub fn parse_day(text: &str) -> Result<NaiveDate, ValueError> {
    let text = text.trim();
    ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y", "%Y%m%d"]
        .into_iter()
        .find_map(|format| NaiveDate::parse_from_str(text, format).ok())
        .filter(|day| YEARS.contains(&day.year()))
        .ok_or(ValueError { expected: "date" })
}

/// A day in its one spelling in documents.
pub(super) fn canonical_day(text: &str) -> Option<NaiveDate> {
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    (YEARS.contains(&day.year()) && day.to_string() == text).then_some(day)
}

/// A calendar year, stored as a number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Year(i32);

impl Year {
    /// The year with this number, if it is one that can be meant.
    pub fn new(number: i32) -> Result<Year, ValueError> {
        YEARS.contains(&number).then_some(Year(number)).ok_or(ValueError { expected: "year" })
    }

    /// The year of a day.
    pub fn of(day: NaiveDate) -> Option<Year> {
        Year::new(day.year()).ok()
    }

    /// The year's number.
    pub const fn number(self) -> i32 {
        self.0
    }
}

impl Stored for Year {
    fn read(value: &Value) -> Option<Year> {
        Year::new(i32::try_from(value.as_int()?).ok()?).ok()
    }
}

impl From<Year> for Value {
    fn from(year: Year) -> Value {
        Value::Int(i64::from(year.0))
    }
}

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Year(…)")
    }
}

/// A moment, to the second. Shown, never used to decide who wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub DateTime<Utc>);

impl Moment {
    /// The moment `at`, to the second.
    pub fn at(at: DateTime<Utc>) -> Moment {
        Moment(DateTime::from_timestamp(at.timestamp(), 0).unwrap_or(at))
    }
}

impl Stored for Moment {
    fn read(value: &Value) -> Option<Moment> {
        let text = value.as_text()?;
        let moment = Moment(DateTime::parse_from_rfc3339(text).ok()?.to_utc());
        (moment.to_string() == text).then_some(moment)
    }
}

impl From<Moment> for Value {
    fn from(moment: Moment) -> Value {
        Value::Text(moment.to_string())
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.to_rfc3339_opts(SecondsFormat::Secs, true))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_as_people_write_them() {
        let day = NaiveDate::from_ymd_opt(1963, 5, 11).unwrap();
        for written in ["1963-05-11", "11.05.1963", "11.5.1963", "11/05/1963", " 11-05-1963 ", "19630511"] {
            assert_eq!(parse_day(written), Ok(day), "{written}");
        }
        for wrong in ["", "31.02.1970", "1963", "11.05.63", "11.05.0963", "May 11"] {
            assert!(parse_day(wrong).is_err(), "{wrong}");
        }
        assert_eq!(canonical_day("1963-5-11"), None);
        assert_eq!(canonical_day("1963-05-11"), Some(day));
    }

    #[test]
    fn moments_have_one_spelling() {
        let text = "2026-11-22T19:42:36Z";
        let moment = Moment::read(&text.into()).unwrap();
        assert_eq!(moment.to_string(), text);
        assert_eq!(Moment::read(&"2026-11-22T20:42:36+01:00".into()), None);
    }
}
