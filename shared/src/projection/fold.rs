//! Folding for search: people type `Odegard` and mean `Ødegård`.
//!
//! Coarse on purpose, the same for what is kept and for what is typed: å is a and so is aa; ø is o and so are ö and
//! oe; æ is a and so are ä and ae. A search finds too much rather than too little. Never used to decide that two
//! people are one.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Text as search compares it: lower case, without accents, letters and digits and `@ . _ -` with single spaces.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let decomposed: String = text.nfkd().collect();
    for character in decomposed.to_lowercase().chars().filter(|c| !is_combining_mark(*c)) {
        push(&mut folded, character);
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// The words of a search, folded: a hit holds each of them somewhere.
pub fn folded_words(text: &str) -> Vec<String> {
    fold(text).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn push(folded: &mut String, character: char) {
    let last = folded.chars().next_back();
    match character {
        'ø' => push(folded, 'o'),
        'æ' => push(folded, 'a'),
        'œ' => push(folded, 'o'),
        'đ' | 'ð' => folded.push('d'),
        'ł' => folded.push('l'),
        'ŧ' => folded.push('t'),
        'ŋ' => folded.push('n'),
        'þ' => folded.push_str("th"),
        'ß' => folded.push_str("ss"),
        // What was the second letter of aa, ae or oe says nothing more.
        'a' | 'e' if last == Some('a') => {}
        'e' if last == Some('o') => {}
        '@' | '.' | '_' | '-' => folded.push(character),
        '\'' | '’' | '+' => {}
        other if other.is_alphanumeric() => folded.push(other),
        _ if last.is_some_and(|last| last != ' ') => folded.push(' '),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_that_people_write_differently_are_one_to_search() {
        for same in [
            ["Ødegård", "Odegaard", "Ödegård", "OEDEGÅRD", "ødegard"].as_slice(),
            &["Åse Sæther", "Aase Saether", "ase sather", "Åse  Säther"],
            &["Hætta", "Hatta", "HÆTTA"],
            &["Renée O'Brien", "renee obrien"],
            &["+47 998", "47 998"],
        ] {
            let folded: Vec<String> = same.iter().map(|name| fold(name)).collect();
            assert!(folded.windows(2).all(|pair| pair[0] == pair[1]), "{folded:?}");
        }
    }

    #[test]
    fn words_of_a_search() {
        assert_eq!(folded_words("  Kari,  Nordmann "), ["kari", "nordmann"]);
        assert_eq!(fold("kari.n@epost.example"), "kari.n@epost.example");
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        /// What is typed letter by letter keeps finding: the fold of a beginning is a beginning of the fold.
        #[test]
        fn a_beginning_folds_to_a_beginning(text in "[a-zæøåéü ]{0,20}", length in 0_usize..20) {
            let beginning: String = text.chars().take(length).collect();
            prop_assert!(fold(&text).starts_with(&fold(&beginning)));
        }
    }
}
