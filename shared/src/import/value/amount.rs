//! Amounts of money as integer minor units, never through a float.

use super::currency::Currency;

/// "1 000,50", "1.000,50", "1,000.50", "kr 100,-" → minor units. None where it is not plainly one number, or finer than
/// the currency's minor unit, or too large.
pub fn read(text: &str, currency: Currency) -> Option<i64> {
    let minor_digits = currency.minor_digits();
    let text = without_currency(text);
    let (negative, text) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text),
    };
    let text: String =
        text.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'')).collect();
    let text = text.strip_suffix(",-").or_else(|| text.strip_suffix(".-")).unwrap_or(&text);
    let (whole, minor) = split(text, minor_digits)?;
    let all_digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    if whole.is_empty() || !all_digits(&whole) || !all_digits(minor) {
        return None;
    }
    let mut minor = minor.trim_end_matches('0').to_owned();
    if minor.len() > minor_digits as usize {
        return None;
    }
    while minor.len() < minor_digits as usize {
        minor.push('0');
    }
    let units: i64 = format!("{whole}{minor}").parse().ok()?;
    Some(if negative { -units } else { units })
}

/// Whole and minor digits. The last separator divides them, unless it stands before exactly three digits and there is
/// no other kind: then it groups thousands. Groups must be of three.
fn split(text: &str, minor_digits: u32) -> Option<(String, &str)> {
    let last = text.rfind([',', '.']);
    let Some(last) = last else { return Some((text.to_owned(), "")) };
    let (before, after) = (&text[..last], &text[last + 1..]);
    let separator = &text[last..=last];
    let other = if separator == "," { '.' } else { ',' };
    let grouping = before.contains(separator)
        || (after.len() == 3
            && minor_digits != 3
            && !before.contains(other)
            && !before.is_empty()
            && before != "0");
    if grouping {
        return without_groups(text, separator).map(|whole| (whole, ""));
    }
    if after.is_empty() {
        return None;
    }
    let whole =
        if before.contains(other) { without_groups(before, &other.to_string())? } else { before.to_owned() };
    Some((if whole.is_empty() { "0".to_owned() } else { whole }, after))
}

fn without_groups(text: &str, separator: &str) -> Option<String> {
    let mut groups = text.split(separator);
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let fits = (1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3);
    fits.then(|| format!("{first}{}", rest.concat()))
}

fn without_currency(text: &str) -> &str {
    let mut text = text.trim();
    for sign in ["NOK", "SEK", "DKK", "EUR", "USD", "GBP", "kr.", "kr", "Kr.", "Kr", "KR", "€", "$", "£"] {
        text = text.strip_prefix(sign).or_else(|| text.strip_suffix(sign)).unwrap_or(text).trim();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::supporter::value::Country;

    fn written(code: &str) -> Currency {
        Currency::read(code, &Country::norway()).unwrap().0
    }
    use proptest::prelude::*;

    #[test]
    fn amounts_as_people_write_them() {
        for (text, expect) in [
            ("100.00", Some(10_000)),
            ("2500.00", Some(250_000)),
            ("100", Some(10_000)),
            ("1 000,50", Some(100_050)),
            ("1\u{a0}000,5", Some(100_050)),
            ("1.000,50", Some(100_050)),
            ("1,000.50", Some(100_050)),
            ("1.000", Some(100_000)),
            ("1,000,000", Some(100_000_000)),
            ("kr 100,-", Some(10_000)),
            ("100 kr", Some(10_000)),
            ("€ 12,30", Some(1_230)),
            ("-50", Some(-5_000)),
            (",50", Some(50)),
            ("0.125", None),
            ("12.345,678", None),
            ("1,00,000", None),
            ("hundre", None),
            ("", None),
            ("1e3", None),
            ("99999999999999999999", None),
            ("100,", None),
        ] {
            assert_eq!(read(text, written("NOK")), expect, "{text}");
        }
        assert_eq!(read("1000", written("JPY")), Some(1000));
        assert_eq!(read("10.5", written("JPY")), None);
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in ".{0,20}") {
            let _ = read(&text, written("NOK"));
        }

        #[test]
        fn written_amounts_are_read_back(units in -1_000_000_000_i64..1_000_000_000) {
            let text = format!("{}{}.{:02}", if units < 0 { "-" } else { "" }, units.abs() / 100, units.abs() % 100);
            prop_assert_eq!(read(&text, written("NOK")), Some(units));
            prop_assert_eq!(read(&text.replace('.', ","), written("NOK")), Some(units));
        }
    }
}
