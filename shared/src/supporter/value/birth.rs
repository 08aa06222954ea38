//! When somebody was born: a day, or only a year.

use chrono::NaiveDate;

use super::{ValueError, Year, parse_day};

/// What a form's one field for birth was read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BirthInput {
    Date(NaiveDate),
    Year(Year),
}

impl BirthInput {
    /// Reads a date or a year of four digits. A birth after `today` is refused.
    pub fn parse(text: &str, today: NaiveDate) -> Result<BirthInput, ValueError> {
        use chrono::Datelike;
        let text = text.trim();
        let wrong = ValueError { expected: "birth" };
        if text.len() == 4 {
            let year = text.parse().map_err(|_| wrong).and_then(Year::new)?;
            return (year.number() <= today.year()).then_some(BirthInput::Year(year)).ok_or(wrong);
        }
        let day = parse_day(text).map_err(|_| wrong)?;
        (day <= today).then_some(BirthInput::Date(day)).ok_or(wrong)
    }
}
