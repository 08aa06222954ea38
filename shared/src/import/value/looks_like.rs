//! Loose looks, for guessing what a column holds and for telling a slip from nonsense; validity is judged by
//! `supporter::value` alone.

use super::address;

/// Something, an @ and a dot after it.
pub(in crate::import) fn email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(before, after)| {
        !before.is_empty() && after.contains('.') && !text.contains(char::is_whitespace)
    })
}

/// Nothing but digits and the signs of phone numbers, seven to fifteen digits, and more than one group or a plus, so
/// that a column of years or amounts is none.
pub(in crate::import) fn phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (7..=15).contains(&digits)
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '+' | '-' | '(' | ')' | '/'))
}

/// A street with postcode and place.
pub(in crate::import) fn full_address(text: &str) -> bool {
    address::read(text).is_some_and(|address| address.street.is_some())
}
