//! Sort keys that plain byte order puts right: æ, ø and å after z, as Norwegian lists have them.
//!
//! Swedish ä and ö sort with æ and ø, and aa with å, as Norwegian catalogues do; accents elsewhere do not count.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A key to order names by.
pub fn sort_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    let mut letters = text.to_lowercase().nfc().collect::<String>();
    letters = letters.replace("aa", "å");
    for letter in letters.chars() {
        match letter {
            'æ' | 'ä' => key.push('{'),
            'ø' | 'ö' => key.push('|'),
            'å' => key.push('}'),
            other => key
                .extend(other.nfkd().filter(|c| c.is_alphanumeric() && !is_combining_mark(*c) || *c == ' ')),
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_letters_come_last() {
        let mut names = ["Åsen", "Østby", "Æsøy", "Zahl", "Aas", "Andersen", "Éric", "Eriksen"];
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(names, ["Andersen", "Éric", "Eriksen", "Zahl", "Æsøy", "Østby", "Aas", "Åsen"]);
    }
}
