//! Plain text: one line (names, streets, tags) or prose (notes).

use unicode_normalization::UnicodeNormalization;

use super::{Stored, ValueError, hidden_text};
use crate::document::Value;

/// The longest line, in characters.
const LINE_LENGTH_MAX: usize = 200;
/// The longest prose, in characters.
const PROSE_LENGTH_MAX: usize = 10_000;

/// One line: not empty, no control characters, no space at the ends or twice in a row, Unicode NFC, 200 characters.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Line(String);
hidden_text!(Line);

impl Line {
    /// Reads one line as a person wrote it.
    pub fn parse(text: &str) -> Result<Line, ValueError> {
        let line =
            without_hidden(text).split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect::<String>();
        let fits =
            !line.is_empty() && line.chars().count() <= LINE_LENGTH_MAX && !line.chars().any(forbidden);
        fits.then_some(Line(line)).ok_or(ValueError { expected: "line" })
    }
}

impl Stored for Line {
    fn read(value: &Value) -> Option<Line> {
        let text = value.as_text()?;
        if is_plain(text) && text.len() <= LINE_LENGTH_MAX && !text.contains("  ") {
            return Some(Line(text.to_owned()));
        }
        Line::parse(text).ok().filter(|line| line.0 == text)
    }
}

/// Text of several lines: not empty, 10 000 characters, no control characters but line breaks.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Prose(String);
hidden_text!(Prose);

impl Prose {
    /// Reads prose as a person wrote it.
    pub fn parse(text: &str) -> Result<Prose, ValueError> {
        let prose = without_hidden(text)
            .replace("\r\n", "\n")
            .replace(['\u{2028}', '\u{2029}'], "\n")
            .replace(['\r', '\t'], " ")
            .trim()
            .nfc()
            .collect::<String>();
        let forbidden = |character| character != '\n' && forbidden(character);
        let fits =
            !prose.is_empty() && prose.chars().count() <= PROSE_LENGTH_MAX && !prose.chars().any(forbidden);
        fits.then_some(Prose(prose)).ok_or(ValueError { expected: "prose" })
    }
}

impl Stored for Prose {
    fn read(value: &Value) -> Option<Prose> {
        let text = value.as_text()?;
        if is_plain(text) && text.len() <= PROSE_LENGTH_MAX {
            return Some(Prose(text.to_owned()));
        }
        Prose::parse(text).ok().filter(|prose| prose.0 == text)
    }
}

/// Printed ASCII with no space at its ends: there is nothing to tidy, and a record is read far more often than it is written.
fn is_plain(text: &str) -> bool {
    let printed = text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    printed && !text.is_empty() && !text.starts_with(' ') && !text.ends_with(' ')
}

/// Control characters, which no field takes.
fn forbidden(character: char) -> bool {
    character.is_control()
}

/// What came along when a text was copied: characters that cannot be seen, and those that turn the direction of
/// writing. They are left out, so that two texts that look alike are alike.
fn without_hidden(text: &str) -> String {
    let hidden = |c: &char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    text.chars().filter(|c| !hidden(c)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_line_is_tidied_once() {
        let line = Line::parse("  Kari\u{a0}  No\u{308}rdmann ").unwrap();
        assert_eq!(line.as_str(), "Kari Nördmann");
        assert_eq!(Line::read(&line.clone().into()), Some(line));
        assert_eq!(Line::read(&" Kari".into()), None);
        assert_eq!(Line::parse("\u{feff}Ka\u{200b}ri\u{202e}").unwrap().as_str(), "Kari");
        assert_eq!(Line::read(&"Ka\u{200b}ri".into()), None);
        for wrong in ["", "   ", "a\u{0}b", &"a".repeat(201)] {
            assert!(Line::parse(wrong).is_err());
        }
    }

    #[test]
    fn prose_keeps_its_lines() {
        assert_eq!(Prose::parse(" one\r\ntwo\tthree ").unwrap().as_str(), "one\ntwo three");
        assert!(Prose::parse("\u{7}").is_err());
    }

    proptest! {
        // What is read without a look at Unicode is what `parse` would give.
        #[test]
        fn the_short_way_reads_the_same(text in "[ -~\n\t\u{e5}\u{308}\u{200b}]{0,12}| {0,1}[a-z ]{190,205}") {
            let value = Value::Text(text.clone());
            let line = Line::parse(&text).ok().filter(|line| line.0 == text);
            prop_assert_eq!(Line::read(&value), line);
            let prose = Prose::parse(&text).ok().filter(|prose| prose.0 == text);
            prop_assert_eq!(Prose::read(&value), prose);
        }
    }

    #[test]
    fn debug_hides() {
        assert_eq!(format!("{:?}", Line::parse("Kari").unwrap()), "Line(…)");
    }
}
