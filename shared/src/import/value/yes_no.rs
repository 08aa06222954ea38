//! Yes and no in four languages.

use crate::import::fold;

/// The answer, or None where the cell says something else ("vet ikke", "2026").
pub fn read(text: &str) -> Option<bool> {
    if matches!(text.trim(), "✓" | "✔" | "☑" | "+") {
        return Some(true);
    }
    match fold::words(text).as_str() {
        "ja" | "j" | "yes" | "y" | "x" | "1" | "true" | "sant" | "sann" | "waar" | "ok" => Some(true),
        "nei" | "nej" | "nee" | "no" | "n" | "0" | "false" | "usant" | "falskt" | "onwaar" => Some(false),
        _ => None,
    }
}

/// True for "don't know", which says nothing and needs no warning.
pub fn is_unknown(text: &str) -> bool {
    // A tick folds to nothing, and is a yes.
    read(text).is_none()
        && matches!(
            fold::words(text).as_str(),
            "" | "vet ikke"
                | "ukjent"
                | "vet ej"
                | "vet inte"
                | "okand"
                | "weet niet"
                | "onbekend"
                | "unknown"
                | "don t know"
                | "n a"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    // T35: "DE" refused though "de" works.
    #[test]
    fn yes_and_no_however_written() {
        for text in ["ja", "Ja", "JA", "j", "Yes", "x", "X", "✓", "1", "true"] {
            assert_eq!(read(text), Some(true), "{text}");
        }
        for text in ["nei", "Nej", "NEE", "no", "0", "False"] {
            assert_eq!(read(text), Some(false), "{text}");
        }
        for text in ["", "vet ikke", "2026", "kanskje"] {
            assert_eq!(read(text), None, "{text}");
        }
        assert!(is_unknown("Vet ikke") && is_unknown("") && !is_unknown("kanskje") && !is_unknown("✓"));
    }
}
