//! Names: a full name divided into given and family, spaces put right, and what counts as the same name.

use unicode_normalization::UnicodeNormalization;

use crate::import::fold;

/// A person's name as a list gives it; either may be empty, not both.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct WrittenName {
    /// First and middle names.
    pub given: String,
    /// Last name with what belongs to it ("van der Berg").
    pub family: String,
}

// Personal data.
impl std::fmt::Debug for WrittenName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("WrittenName(…)")
    }
}

/// Small words that open a family name: "Jan van der Berg", "Carl von Essen", "Vincent 't Hart".
const PARTICLES: &[&str] = &[
    "van", "de", "der", "den", "het", "'t", "ten", "ter", "te", "von", "af", "av", "zu", "di", "da", "dos",
    "del", "la", "le", "el", "al", "bin", "ibn", "ben", "abu", "mac", "op",
];

/// Endings by which an organisation is known where no column says what the line is.
const LEGAL_FORMS: &[&str] =
    &["as", "asa", "ab", "hb", "kb", "bv", "b v", "nv", "n v", "ans", "da", "sa", "ba", "ltd", "stichting"];

/// "Moen, Marius" and "Marius Moen" → given and family. One word alone is a given name.
pub fn person(text: &str) -> WrittenName {
    let text = tidied(text);
    if let Some((family, given)) = text.split_once(',') {
        return WrittenName { given: given.trim().to_owned(), family: family.trim().to_owned() };
    }
    let words: Vec<&str> = text.split(' ').collect();
    if words.len() < 2 {
        return WrittenName { given: text, family: String::new() };
    }
    let particle =
        words[1..words.len() - 1].iter().position(|word| PARTICLES.contains(&word.to_lowercase().as_str()));
    let family_at = particle.map_or(words.len() - 1, |index| index + 1);
    WrittenName { given: words[..family_at].join(" "), family: words[family_at..].join(" ") }
}

/// One space between words, none around, composed letters: "Erik  Robert" → "Erik Robert". Letters stay as written.
pub fn tidied(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect()
}

/// True where the name itself says that it is an organisation's.
pub fn is_organisation(text: &str) -> bool {
    let folded = fold::words(text);
    LEGAL_FORMS.iter().any(|form| {
        folded.strip_suffix(form).is_some_and(|before| before.ends_with(' '))
            || (*form == "stichting" && folded.starts_with("stichting "))
    })
}

/// The form in which names are compared. Two empty names are never the same: it is None.
pub fn folded(given: &str, family: &str) -> Option<String> {
    let folded = fold::name(&format!("{given} {family}"));
    (!folded.is_empty()).then_some(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_names_are_divided() {
        for (text, given, family) in [
            ("Moen, Marius", "Marius", "Moen"),
            ("Andresen-Haugland, Elin", "Elin", "Andresen-Haugland"),
            ("Karl Abrahamsen", "Karl", "Abrahamsen"),
            ("Martine Elise Sørlie", "Martine Elise", "Sørlie"),
            ("Jan van der Berg", "Jan", "van der Berg"),
            ("Vincent 't Hart", "Vincent", "'t Hart"),
            ("Berg, Jan van den", "Jan van den", "Berg"),
            ("Kari", "Kari", ""),
            ("  Erik   Robert  Aas ", "Erik Robert", "Aas"),
            (", Kari", "Kari", ""),
        ] {
            let name = person(text);
            assert_eq!((name.given.as_str(), name.family.as_str()), (given, family), "{text}");
        }
    }

    #[test]
    fn organisations_are_known_by_their_form() {
        for text in ["Jakobsen Apotek AS", "Volvo AB", "Stichting Lucht", "Bakker B.V."] {
            assert!(is_organisation(text), "{text}");
        }
        for text in ["Tobias", "Kari As-Nes", "Anna Aas"] {
            assert!(!is_organisation(text), "{text}");
        }
    }

    // T34: empty equals empty, shared first name is a match.
    #[test]
    fn the_same_name() {
        assert_eq!(folded("Bjørg-Lise", "Øvrebø"), folded("BJØRG LISE", "Ovrebo"));
        assert_eq!(folded("", ""), None);
        assert_eq!(folded(" ", "-"), None);
        assert_ne!(folded("Kari", ""), folded("Kari", "Moen"));
    }
}
