//! The four languages of the screens, and which of them a visitor wants: the one chosen, else what the browser asks for.

use std::fmt;

/// A language of the screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    Bokmal,
    Swedish,
    Dutch,
    English,
}

impl Language {
    pub const ALL: [Language; 4] = [Language::Bokmal, Language::Swedish, Language::Dutch, Language::English];

    /// BCP 47, as in `<html lang>`, cookies and settings.
    pub fn code(self) -> &'static str {
        match self {
            Language::Bokmal => "nb",
            Language::Swedish => "sv",
            Language::Dutch => "nl",
            Language::English => "en",
        }
    }

    /// What the language calls itself: the same on every screen, so it is no text to translate.
    pub fn own_name(self) -> &'static str {
        match self {
            Language::Bokmal => "Norsk",
            Language::Swedish => "Svenska",
            Language::Dutch => "Nederlands",
            Language::English => "English",
        }
    }

    /// Reads a language code; Norwegian in all its forms (`no`, `nn`, `nb-NO`) is bokmål here.
    pub fn from_code(code: &str) -> Option<Language> {
        let primary = code.trim().split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        match primary.as_str() {
            "nb" | "no" | "nn" => Some(Language::Bokmal),
            "sv" => Some(Language::Swedish),
            "nl" => Some(Language::Dutch),
            "en" => Some(Language::English),
            _ => None,
        }
    }

    /// The first of ours in an `Accept-Language` header, by its quality values.
    pub fn accepted(header: &str) -> Option<Language> {
        let mut wishes: Vec<(f32, Language)> = header
            .split(',')
            .filter_map(|part| {
                let mut pieces = part.split(';');
                let language = Language::from_code(pieces.next()?)?;
                let quality = pieces
                    .find_map(|piece| piece.trim().strip_prefix("q="))
                    .map_or(Some(1.0), |text| text.trim().parse::<f32>().ok())?;
                (quality > 0.0).then_some((quality, language))
            })
            .collect();
        wishes.sort_by(|a, b| b.0.total_cmp(&a.0));
        wishes.first().map(|(_, language)| *language)
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browsers_wish_is_heard() {
        assert_eq!(Language::accepted("sv-SE,sv;q=0.9,en;q=0.8"), Some(Language::Swedish));
        assert_eq!(Language::accepted("de,en;q=0.5,no;q=0.7"), Some(Language::Bokmal));
        assert_eq!(Language::accepted("nn-NO"), Some(Language::Bokmal));
        assert_eq!(Language::accepted("nl;q=0, fr"), None);
        assert_eq!(Language::accepted("nl;q=x"), None);
        assert_eq!(Language::accepted(""), None);
    }
}
