//! National identity numbers, to be refused where a person writes freely. An association has rarely a lawful need of one
//! (Norway: the act on personal data, § 12; Sweden: only where clearly justified; the Netherlands: only where a law says
//! so), so no field of ours takes one.
//!
//! What is looked for: a Norwegian birth or D-number (both check digits and a day of the calendar) and a Swedish personal
//! or coordination number (check digit and a day of the calendar) everywhere; a Dutch BSN (11-proof) in a Dutch chapter
//! alone, since one in eleven of all numbers of nine digits passes its test, a Norwegian organisation's too.

use chrono::NaiveDate;

use super::Country;

/// Whether a text has a national identity number in it.
pub fn holds_national_number(text: &str, country: &Country) -> bool {
    let letters: Vec<char> = text.chars().collect();
    (0..letters.len()).filter(|at| begins(&letters, *at)).any(|at| {
        let rest = &letters[at..];
        let shaped = |shapes: &[&[usize]], test: fn(&[u32], Option<char>) -> bool| {
            shapes
                .iter()
                .any(|shape| digits(rest, shape).is_some_and(|(number, between)| test(&number, between)))
        };
        shaped(&[&[11], &[6, 5]], is_norwegian)
            || shaped(&[&[10], &[6, 4], &[12], &[8, 4]], is_swedish)
            || (country.as_str() == "NL" && shaped(&[&[9], &[3, 3, 3], &[4, 2, 3]], is_dutch))
    })
}

/// Whether a number begins here; one after a plus is a phone's.
fn begins(letters: &[char], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| letters[before]);
    letters[at].is_ascii_digit() && !before.is_some_and(|letter| letter.is_ascii_digit() || letter == '+')
}

/// The digits of a number written in groups of these lengths, and what stands between the first two.
fn digits(letters: &[char], groups: &[usize]) -> Option<(Vec<u32>, Option<char>)> {
    let (mut number, mut between, mut at) = (Vec::new(), None, 0);
    for (index, length) in groups.iter().enumerate() {
        if index > 0 {
            let separator = *letters.get(at)?;
            if !matches!(separator, ' ' | '\u{a0}' | '-' | '.' | '+') {
                return None;
            }
            between = between.or(Some(separator));
            at += 1;
        }
        for letter in letters.get(at..at + length)? {
            number.push(letter.to_digit(10)?);
        }
        at += length;
    }
    let ends = !letters.get(at).is_some_and(char::is_ascii_digit);
    ends.then_some((number, between))
}

/// Birth numbers, and D-numbers, whose day counts from 41. Months from 41 and 81 are the registers' made-up people.
fn is_norwegian(number: &[u32], _: Option<char>) -> bool {
    let &[a, b, c, d, e, f, ..] = number else { return false };
    let day = if a >= 4 { (a - 4) * 10 + b } else { a * 10 + b };
    let month = (c * 10 + d) % 40;
    is_day(e * 10 + f, month, day)
        && weighted(number, &[3, 7, 6, 1, 8, 9, 4, 5, 2, 1]).is_multiple_of(11)
        && weighted(number, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
}

/// Personal numbers, and coordination numbers, whose day counts from 61. Ten digits that begin with 07 and have no hyphen
/// are how a mobile number is written.
fn is_swedish(number: &[u32], between: Option<char>) -> bool {
    let (century, number) = match number.len() {
        12 => (Some(number[0] * 10 + number[1]), &number[2..]),
        _ => (None, number),
    };
    if century.is_some_and(|century| !(18..=20).contains(&century)) {
        return false;
    }
    let &[a, b, c, d, e, f, ..] = number else { return false };
    if century.is_none() && (a, b) == (0, 7) && !matches!(between, Some('-' | '+')) {
        return false;
    }
    let day = e * 10 + f;
    is_day(a * 10 + b, c * 10 + d, if day > 60 { day - 60 } else { day }) && luhn(number)
}

fn is_dutch(number: &[u32], _: Option<char>) -> bool {
    let Some((last, rest)) = number.split_last() else { return false };
    let sum = weighted(rest, &[9, 8, 7, 6, 5, 4, 3, 2]);
    sum > 0 && sum % 11 == *last
}

/// Whether this is a day of the calendar in some century's year.
fn is_day(year: u32, month: u32, day: u32) -> bool {
    [1900, 2000].iter().any(|century| {
        let year = i32::try_from(century + year).unwrap_or_default();
        NaiveDate::from_ymd_opt(year, month, day).is_some()
    })
}

fn weighted(number: &[u32], weights: &[u32]) -> u32 {
    number.iter().zip(weights).map(|(digit, weight)| digit * weight).sum()
}

fn luhn(number: &[u32]) -> bool {
    let doubled = |(place, digit): (usize, &u32)| match digit * (2 - u32::from(place % 2 == 1)) {
        twice if twice > 9 => twice - 9,
        twice => twice,
    };
    number.iter().enumerate().map(doubled).sum::<u32>().is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn holds(text: &str, code: &str) -> bool {
        holds_national_number(text, &Country::parse(code).unwrap())
    }

    // P21: none of these belongs to anybody: the registers' own examples, and numbers worked out here.
    #[test]
    fn national_numbers_are_found_in_what_people_write() {
        for number in [
            "01010750160",
            "010107 50160",
            "01010750160.",
            "fnr 010107-50160, ring etter fire",
            "41010750073",
        ] {
            for country in ["NO", "SE", "NL"] {
                assert!(holds(number, country), "{number} {country}");
            }
        }
        for number in [
            "811228-9874",
            "8112289874",
            "19811228-9874",
            "198112289874",
            "pnr:811228+9874",
            "701063-2391",
            "670919-9530",
        ] {
            assert!(holds(number, "SE") && holds(number, "NO"), "{number}");
        }
        for number in ["111222333", "1112.22.333", "111 222 333", "BSN 123456782"] {
            assert!(holds(number, "NL"), "{number}");
            assert!(!holds(number, "NO") && !holds(number, "SE"), "{number}");
        }
    }

    #[test]
    fn other_numbers_are_left_alone() {
        for text in [
            "01010750161",
            "32010750160",
            "Faktura 12345678901",
            "811228-9875",
            "1990-01-01",
            "01.01.1990",
            "974 760 673",
            "556016-0680",
            "+46701234567",
            "0701234567",
            "ring 457 10 873",
            "5221 Nesttun",
            "000000000",
            "010107501600",
        ] {
            for country in ["NO", "SE"] {
                assert!(!holds(text, country), "{text} {country}");
            }
        }
    }

    /// A Norwegian number with its check digits, if there are such.
    fn norwegian(date: NaiveDate, individual: u32, d_number: bool) -> Option<String> {
        let day = date.format("%d").to_string().parse::<u32>().ok()? + if d_number { 40 } else { 0 };
        let nine = format!("{day:02}{}{individual:03}", date.format("%m%y"));
        let number: Vec<u32> = nine.chars().filter_map(|digit| digit.to_digit(10)).collect();
        let first = (11 - weighted(&number, &[3, 7, 6, 1, 8, 9, 4, 5, 2]) % 11) % 11;
        let second = (11 - (weighted(&number, &[5, 4, 3, 2, 7, 6, 5, 4, 3]) + 2 * first) % 11) % 11;
        (first < 10 && second < 10).then(|| format!("{nine}{first}{second}"))
    }

    fn days() -> impl Strategy<Value = NaiveDate> {
        (0..36_500_i64)
            .prop_map(|days| NaiveDate::from_ymd_opt(1925, 1, 1).unwrap() + chrono::TimeDelta::days(days))
    }

    proptest! {
        // P21
        #[test]
        fn every_norwegian_number_is_found(day in days(), individual in 0..1000_u32, d in any::<bool>(), before in "[a-zæøå ]{0,5}") {
            if let Some(number) = norwegian(day, individual, d) {
                let text = format!("{before}{number}");
                prop_assert!(holds(&text, "NO"));
                let written = format!("{before}{} {}", &number[..6], &number[6..]);
                prop_assert!(holds(&written, "NL"));
            }
        }

        // P21: what stands in dates, postcodes and phone numbers of the three countries is none.
        #[test]
        fn ordinary_numbers_are_no_national_numbers(day in days(), phone in "[2-9][0-9]{7}", post in "[0-9]{4}", country in "(NO|SE|NL)") {
            for text in [
                day.to_string(),
                day.format("%d.%m.%Y").to_string(),
                day.format("%Y%m%d").to_string(),
                phone.clone(),
                format!("+47{phone}"),
                format!("+47 {phone}"),
                format!("0701 {}", &phone[..6]),
                post.clone(),
                format!("{post} Nesttun, {day}"),
            ] {
                prop_assert!(!holds(&text, &country), "{}", text);
            }
        }
    }
}
