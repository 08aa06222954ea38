//! Addresses written in one cell.

/// An address as a list gives it. At least postcode or place is there.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct WrittenAddress {
    /// Street and house, with c/o lines before it.
    pub street: Option<String>,
    /// As written.
    pub postcode: Option<String>,
    /// The place.
    pub city: Option<String>,
}

// Personal data.
impl std::fmt::Debug for WrittenAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("WrittenAddress(…)")
    }
}

/// "Storgata 3, 0361 Oslo", "9010 Tromsø", "Dam 1, 1012 AB Amsterdam", "Kungsgatan 4, 111 43 Stockholm" → its parts.
/// None where no postcode followed by a place closes the text.
pub fn read(text: &str) -> Option<WrittenAddress> {
    let parts: Vec<&str> =
        text.split([',', '\n', ';']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let (last, before) = parts.split_last()?;
    if let Some((postcode, city)) = postcode_and_city(last) {
        let street = before.join(", ");
        return Some(WrittenAddress {
            street: (!street.is_empty()).then_some(street),
            postcode: Some(postcode),
            city: Some(city),
        });
    }
    // No comma before the postcode: "Storgata 3 0361 Oslo". The street must end in its house number.
    let words: Vec<&str> = last.split_whitespace().collect();
    let at = (2..words.len()).find(|at| {
        words[at - 1].starts_with(|c: char| c.is_ascii_digit())
            && postcode_and_city(&words[*at..].join(" ")).is_some()
    })?;
    let (postcode, city) = postcode_and_city(&words[at..].join(" "))?;
    let mut street: Vec<String> = before.iter().map(|part| (*part).to_owned()).collect();
    street.push(words[..at].join(" "));
    Some(WrittenAddress { street: Some(street.join(", ")), postcode: Some(postcode), city: Some(city) })
}

/// "0361 Oslo", "N-0361 Oslo", "111 43 Stockholm", "1012 AB Amsterdam", "1012AB Amsterdam".
fn postcode_and_city(text: &str) -> Option<(String, String)> {
    let text =
        ["NO-", "N-", "SE-", "S-", "NL-"].iter().find_map(|prefix| text.strip_prefix(prefix)).unwrap_or(text);
    let words: Vec<&str> = text.split_whitespace().collect();
    let digits = |word: &str, count: usize| word.len() == count && word.bytes().all(|b| b.is_ascii_digit());
    let letters = |word: &str| word.len() == 2 && word.bytes().all(|b| b.is_ascii_uppercase());
    let first = *words.first()?;
    let second = words.get(1).copied().unwrap_or_default();
    let taken =
        if digits(first, 4) && letters(second) && words.len() > 2 || digits(first, 3) && digits(second, 2) {
            2
        } else if digits(first, 4)
            || digits(first, 5)
            || (first.len() == 6 && first.is_ascii() && digits(&first[..4], 4) && letters(&first[4..]))
        {
            1
        } else {
            return None;
        };
    let city = words[taken..].join(" ");
    let is_place =
        city.chars().next().is_some_and(char::is_alphabetic) && !city.contains(|c: char| c.is_ascii_digit());
    is_place.then(|| (words[..taken].join(" "), city))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_column_addresses() {
        for (text, street, postcode, city) in [
            ("Storgata 3, 0361 Oslo", Some("Storgata 3"), "0361", "Oslo"),
            ("9010 Tromsø", None, "9010", "Tromsø"),
            ("Øvre Torggate 20C, 4612 Kristiansand S", Some("Øvre Torggate 20C"), "4612", "Kristiansand S"),
            ("c/o Moen, Storgata 3B\n0361 Oslo", Some("c/o Moen, Storgata 3B"), "0361", "Oslo"),
            ("Kungsgatan 4, 111 43 Stockholm", Some("Kungsgatan 4"), "111 43", "Stockholm"),
            ("Dam 1, 1012 AB Amsterdam", Some("Dam 1"), "1012 AB", "Amsterdam"),
            ("Dam 1, 1012AB Amsterdam", Some("Dam 1"), "1012AB", "Amsterdam"),
            ("Storgata 3 0361 Oslo", Some("Storgata 3"), "0361", "Oslo"),
            ("N-0361 Oslo", None, "0361", "Oslo"),
        ] {
            let address = read(text).unwrap();
            assert_eq!(address.street.as_deref(), street, "{text}");
            assert_eq!(
                (address.postcode.as_deref(), address.city.as_deref()),
                (Some(postcode), Some(city)),
                "{text}"
            );
        }
        for text in ["", "Tromsø", "Storgata 3", "0361", "Storgata 3, Oslo", "Storgata 1234"] {
            assert!(read(text).is_none(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in ".{0,30}") {
            let _ = read(&text);
        }
    }
}
