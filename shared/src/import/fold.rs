//! Text made comparable: what two people mean by the same word though they type it differently. Used for headings, for
//! yes and no, for role words and for "the same name"; never for what is stored.

use unicode_normalization::UnicodeNormalization;

/// Lower case, no diacritics, every run of other signs one space: "E-postadresse " → "e postadresse", "Øvrebø" → "ovrebo".
///
/// The Nordic letters fold to what people write when the keyboard lacks them, and å to a single a ("Ås" and "Aas" are
/// told apart here; [`name`] brings them together).
pub(super) fn words(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut gap = false;
    for character in text.to_lowercase().nfd() {
        let plain: &str = match character {
            'ø' | 'œ' => "o",
            'æ' => "ae",
            'ß' => "ss",
            'đ' | 'ð' => "d",
            'ł' => "l",
            'þ' => "th",
            '\u{300}'..='\u{36f}' => continue,
            letter if letter.is_alphanumeric() => {
                push(&mut folded, &mut gap, letter.encode_utf8(&mut [0; 4]));
                continue;
            }
            _ => {
                gap = true;
                continue;
            }
        };
        push(&mut folded, &mut gap, plain);
    }
    folded
}

/// [`words`] without the digits: "Timer i 2026" and "Timer i 2027" are one heading.
pub(super) fn heading(text: &str) -> String {
    let letters: String = text.chars().map(|c| if c.is_ascii_digit() { ' ' } else { c }).collect();
    words(&letters)
}

/// A person's or an organisation's name for comparison: besides [`words`], aa is å is a, and ae, ä are e's and a's
/// neighbours as written abroad ("Sæther", "Saether").
pub(super) fn name(text: &str) -> String {
    words(text).replace("aa", "a")
}

fn push(folded: &mut String, gap: &mut bool, text: &str) {
    if *gap && !folded.is_empty() {
        folded.push(' ');
    }
    *gap = false;
    folded.push_str(text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_fold() {
        for (text, expect) in [
            (" E-postadresse ", "e postadresse"),
            ("Øvrebø", "ovrebo"),
            ("FØDT", "fodt"),
            ("Org.nr", "org nr"),
            ("Ångström", "angstrom"),
            ("Sæther", "saether"),
            ("", ""),
        ] {
            assert_eq!(words(text), expect);
        }
        assert_eq!(heading("timer i 2026"), "timer i");
        assert_eq!(name("Aas"), name("Ås"));
        assert_eq!(name("HÅKON  Aasen"), name("Haakon Åsen"));
    }
}
