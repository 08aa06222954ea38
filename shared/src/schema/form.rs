//! What a value may look like. Loose where the domain is strict: this keeps prose, numbers of persons and markup out
//! of fields that are not for them; whether an e-mail address is a good one is the domain's question.

use std::fmt;

use chrono::{DateTime, NaiveDate};

use super::Reason;
use crate::{document::Value, supporter::value::is_e164};

/// The form of a key's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// This word, which is never deleted.
    Exactly(&'static str),
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// One line of at most so many characters.
    Line(usize),
    /// Several lines of at most so many characters.
    Prose(usize),
    Email,
    /// In international form: `+` and digits.
    Phone,
    Postcode,
    /// Two capital letters.
    Country,
    OrganisationNumber,
    /// `2026-11-22`
    Day,
    /// `2026-11-22T19:42:36Z`
    Moment,
    /// 32 hexadecimal digits.
    Id,
    /// A whole number from the first to the last.
    Number(i64, i64),
    YesOrNo,
}

impl Form {
    pub(super) fn check(self, value: &Value) -> Result<(), Reason> {
        match (self, value) {
            (Form::Number(first, last), Value::Int(number)) => {
                ensure((first..=last).contains(number), Reason::OutOfRange)
            }
            (Form::YesOrNo, Value::Bool(_)) => Ok(()),
            (Form::Number(..) | Form::YesOrNo, _) | (_, Value::Int(_) | Value::Bool(_)) => {
                Err(Reason::WrongType)
            }
            (form, Value::Text(text)) => form.check_text(text),
        }
    }

    fn check_text(self, text: &str) -> Result<(), Reason> {
        ensure(!text.trim().is_empty(), Reason::Empty)?;
        ensure(text.len() <= 4 * self.longest() && text.chars().count() <= self.longest(), Reason::TooLong)?;
        let line_breaks = matches!(self, Form::Prose(_));
        ensure(text.chars().all(|c| is_plain(c) || (line_breaks && c == '\n')), Reason::Charset)?;
        match self {
            Form::Exactly(word) => ensure(text == word, Reason::NotListed),
            Form::OneOf(words) => ensure(words.contains(&text), Reason::NotListed),
            Form::Line(_) | Form::Prose(_) | Form::Number(..) | Form::YesOrNo => Ok(()),
            Form::Email => ensure(is_email(text), Reason::Malformed),
            Form::Phone => ensure(is_e164(text), Reason::Malformed),
            Form::Postcode => ensure(is_made_of(text, 2, is_postcode_character), Reason::Malformed),
            Form::Country => ensure(is_made_of(text, 2, |c| c.is_ascii_uppercase()), Reason::Malformed),
            Form::OrganisationNumber => {
                ensure(is_made_of(text, 8, |c| c.is_ascii_digit() || c == '-'), Reason::Malformed)
            }
            Form::Day => ensure(is_day(text), Reason::Malformed),
            Form::Moment => ensure(is_moment(text), Reason::Malformed),
            Form::Id => ensure(is_made_of(text, 32, is_lower_hex), Reason::Malformed),
        }
    }

    /// Characters of the longest text.
    fn longest(self) -> usize {
        match self {
            Form::Line(longest) | Form::Prose(longest) => longest,
            Form::Email => 254,
            Form::Exactly(_) | Form::OneOf(_) => 40,
            Form::Phone => 16,
            Form::Postcode => 10,
            Form::Country => 2,
            Form::OrganisationNumber => 11,
            Form::Day => 10,
            Form::Moment => 20,
            Form::Id => 32,
            Form::Number(..) | Form::YesOrNo => 0,
        }
    }
}

/// How the form reads in the table.
impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Form::Exactly(word) => write!(f, "the word {word}"),
            Form::OneOf(words) => write!(f, "one of: {}", words.join(", ")),
            Form::Line(longest) => write!(f, "one line, at most {longest} characters"),
            Form::Prose(longest) => write!(f, "text, at most {longest} characters"),
            Form::Email => f.write_str("an e-mail address"),
            Form::Phone => f.write_str("a phone number, + and 5 to 15 digits"),
            Form::Postcode => f.write_str("a postcode"),
            Form::Country => f.write_str("a country's two letters"),
            Form::OrganisationNumber => f.write_str("an organisation number"),
            Form::Day => f.write_str("a date"),
            Form::Moment => f.write_str("a date and time"),
            Form::Id => f.write_str("an id"),
            Form::Number(first, last) => write!(f, "a whole number from {first} to {last}"),
            Form::YesOrNo => f.write_str("yes or no"),
        }
    }
}

fn ensure(holds: bool, reason: Reason) -> Result<(), Reason> {
    if holds { Ok(()) } else { Err(reason) }
}

/// No control character, none that turns the direction of writing, none that cannot be seen.
fn is_plain(c: char) -> bool {
    let hidden =
        matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    !c.is_control() && !hidden
}

fn is_made_of(text: &str, least: usize, is_allowed: impl Fn(char) -> bool) -> bool {
    text.chars().count() >= least && text.chars().all(is_allowed)
}

fn is_postcode_character(c: char) -> bool {
    c.is_ascii_uppercase() || c.is_ascii_digit() || c == ' ' || c == '-'
}

fn is_lower_hex(c: char) -> bool {
    c.is_ascii_digit() || ('a'..='f').contains(&c)
}

fn is_email(text: &str) -> bool {
    let is_word = |part: &str| {
        !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || "\"<>()[],;:\\@".contains(c))
    };
    text.split_once('@').is_some_and(|(local, domain)| {
        is_word(local) && is_word(domain) && domain.trim_matches('.').contains('.')
    })
}

fn is_day(text: &str) -> bool {
    text.len() == 10 && NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok()
}

fn is_moment(text: &str) -> bool {
    text.len() == 20 && text.ends_with('Z') && DateTime::parse_from_rfc3339(text).is_ok()
}
