//! What is known before a file is read: which lines were imported earlier, and who might be a double of whom.
//! Equal means equal and not empty; nobody is a double for sharing a first name (T34).

use std::collections::{BTreeMap, BTreeSet};

use super::{
    fold,
    imported::{Imported, ImportedName},
    remembered::Remembered,
    value::name,
};
use crate::{
    document::Value,
    id::SupporterId,
    supporter::{Readable, Register, Supporter},
};

/// Longest name that is compared letter by letter.
const NEAR_LENGTH_MAX: usize = 60;
/// Shorter names are compared for equality alone: of "Kari Li" and "Kari Lie" nothing can be said.
const NEAR_LENGTH_MIN: usize = 8;
/// As many digits of a phone number are compared, so that prefixes and spaces do not matter.
const PHONE_DIGITS: usize = 8;

/// Somebody: known already, or on an earlier line of the same file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Whom {
    /// A supporter on record.
    Supporter(SupporterId),
    /// The supporter that this line makes.
    Line(u32),
}

impl std::fmt::Display for Whom {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Whom::Supporter(id) => id.fmt(f),
            Whom::Line(line) => write!(f, "line {line}"),
        }
    }
}

/// A line that was imported earlier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Earlier {
    pub(super) whom: Whom,
    pub(super) remembered: Remembered,
}

/// An index over all supporters on record. Made once per import, extended line by line by the plan.
#[derive(Clone, Default)]
pub struct Known {
    lines: BTreeMap<(String, String), Earlier>,
    numbers: BTreeMap<(String, String), Earlier>,
    people: BTreeMap<Whom, Person>,
    emails: BTreeMap<String, BTreeSet<Whom>>,
    phones: BTreeMap<String, BTreeSet<Whom>>,
    births: BTreeMap<(String, String), BTreeSet<Whom>>,
    organisations: BTreeMap<String, BTreeSet<Whom>>,
}

// Personal data.
impl std::fmt::Debug for Known {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Known").field("people", &self.people.len()).finish_non_exhaustive()
    }
}

/// What of somebody is compared.
#[derive(Clone, Default)]
pub(super) struct Person {
    name: Option<String>,
    given: String,
    family: String,
    emails: BTreeSet<String>,
    phones: BTreeSet<String>,
    /// ISO date; empty where it is not known to the day.
    birth: String,
    organisation_number: String,
}

impl Known {
    /// Nobody.
    pub fn new() -> Known {
        Known::default()
    }

    /// Adds a supporter on record.
    pub fn add(&mut self, supporter: &Supporter) {
        let whom = Whom::Supporter(supporter.id);
        self.add_person(whom, Person::of_supporter(supporter));
        for external in &supporter.externals {
            let Some(source) = external.source.known() else { continue };
            let set = supporter.content().get(&format!("external/{}/set", external.key));
            let set = set.and_then(|values| values.first()).and_then(Value::as_text).unwrap_or_default();
            let earlier = Earlier { whom, remembered: Remembered::parse(set) };
            let source = source.as_str().to_owned();
            if let Some(number) = external.number.known() {
                self.numbers.insert((source.clone(), number.as_str().to_owned()), earlier.clone());
            }
            if let Some(line) = external.line.known() {
                self.lines.insert((source, line.as_str().to_owned()), earlier);
            }
        }
    }

    pub(super) fn by_line(&self, source: &str, line_hash: &str) -> Option<&Earlier> {
        self.lines.get(&(source.to_owned(), line_hash.to_owned()))
    }

    pub(super) fn by_number(&self, source: &str, number: &str) -> Option<&Earlier> {
        self.numbers.get(&(source.to_owned(), number.to_owned()))
    }

    /// Takes a line's content and what it says into account for the lines that follow.
    pub(super) fn add_line(&mut self, source: &str, whom: Whom, imported: &Imported, remembered: Remembered) {
        self.add_person(whom, Person::of_line(imported));
        self.lines.insert((source.to_owned(), imported.line_hash.clone()), Earlier { whom, remembered });
    }

    /// True where the name on a line and the one on record share neither the first given name nor the family name: the
    /// number is somebody else's now.
    pub(super) fn contradicts(&self, whom: Whom, name: &ImportedName) -> bool {
        let Some(known) = self.people.get(&whom) else { return false };
        if known.name.is_none() || !name.legal.is_empty() {
            return false;
        }
        let first = |text: &str| fold::name(text).split(' ').next().unwrap_or_default().to_owned();
        first(&known.given) != first(&name.given) && fold::name(&known.family) != fold::name(&name.family)
    }

    /// Who might be the same: a shared e-mail address or phone number with the same or nearly the same name, the same
    /// name and day of birth, or the same organisation number.
    pub(super) fn doubles(&self, imported: &Imported) -> Vec<Whom> {
        let person = Person::of_line(imported);
        let mut found = BTreeSet::new();
        for (index, keys) in [(&self.emails, &person.emails), (&self.phones, &person.phones)] {
            for whom in keys.iter().filter_map(|key| index.get(key)).flatten() {
                if self.people.get(whom).is_some_and(|known| known.could_be(&person)) {
                    found.insert(*whom);
                }
            }
        }
        if let (Some(name), false) = (&person.name, person.birth.is_empty()) {
            found.extend(self.births.get(&(name.clone(), person.birth.clone())).into_iter().flatten());
        }
        if !person.organisation_number.is_empty() {
            found.extend(self.organisations.get(&person.organisation_number).into_iter().flatten());
        }
        found.into_iter().collect()
    }

    /// Who is certainly the same by the strict rule for donors: the same e-mail address or else the same phone number,
    /// each with the same name.
    pub(super) fn same_person(&self, imported: &Imported) -> Option<Whom> {
        let person = Person::of_line(imported);
        let name = person.name.as_ref()?;
        [(&self.emails, &person.emails), (&self.phones, &person.phones)].into_iter().find_map(
            |(index, keys)| {
                let shared = keys.iter().filter_map(|key| index.get(key)).flatten();
                shared
                    .copied()
                    .find(|whom| self.people.get(whom).is_some_and(|known| known.name.as_ref() == Some(name)))
            },
        )
    }

    pub(super) fn add_contact(&mut self, whom: Whom, imported: &Imported) {
        self.add_person(whom, Person::of_line(imported));
    }

    fn add_person(&mut self, whom: Whom, person: Person) {
        for email in &person.emails {
            self.emails.entry(email.clone()).or_default().insert(whom);
        }
        for phone in &person.phones {
            self.phones.entry(phone.clone()).or_default().insert(whom);
        }
        if let (Some(name), false) = (&person.name, person.birth.is_empty()) {
            self.births.entry((name.clone(), person.birth.clone())).or_default().insert(whom);
        }
        if !person.organisation_number.is_empty() {
            self.organisations.entry(person.organisation_number.clone()).or_default().insert(whom);
        }
        self.people.entry(whom).or_insert(person);
    }
}

impl Person {
    fn of_line(imported: &Imported) -> Person {
        let ImportedName { given, family, legal } = &imported.name;
        let single = |key: &str| imported.single(key).and_then(Value::as_text).unwrap_or_default().to_owned();
        Person {
            name: if legal.is_empty() { name::folded(given, family) } else { name::folded(legal, "") },
            given: given.clone(),
            family: family.clone(),
            emails: imported.values("email").filter_map(email_key).collect(),
            phones: imported.values("phone").filter_map(phone_key).collect(),
            birth: Some(single("birth/date")).filter(|date| is_day(date)).unwrap_or_default(),
            organisation_number: single("organisation_number"),
        }
    }

    fn of_supporter(supporter: &Supporter) -> Person {
        let (given, family) = (supporter.name.given.text(), supporter.name.family.text());
        let name = name::folded(&given, &family).or_else(|| name::folded(&supporter.name.legal.text(), ""));
        let emails = supporter.emails.iter().flat_map(|entry| texts(&entry.value));
        let phones = supporter.phones.iter().flat_map(|entry| texts(&entry.value));
        Person {
            name,
            given,
            family,
            emails: emails.filter_map(|text| email_key(&text)).collect(),
            phones: phones.filter_map(|text| phone_key(&text)).collect(),
            birth: supporter.birth.date.known().map(ToString::to_string).unwrap_or_default(),
            organisation_number: supporter.organisation_number.text(),
        }
    }

    /// The same name; or nearly the same, with no two days of birth against it.
    fn could_be(&self, other: &Person) -> bool {
        let (Some(one), Some(two)) = (&self.name, &other.name) else { return false };
        let apart = !self.birth.is_empty() && !other.birth.is_empty() && self.birth != other.birth;
        one == two || (!apart && (part_of(one, two) || part_of(two, one) || one_letter_apart(one, two)))
    }
}

fn texts<T: std::fmt::Display>(register: &Register<Readable<T>>) -> Vec<String> {
    register
        .iter()
        .map(|value| match value {
            Readable::Known(value) => value.to_string(),
            Readable::AsWritten(text) => text.clone(),
        })
        .collect()
}

/// Lower case; " at " for the sign that some lists avoid.
fn email_key(text: &str) -> Option<String> {
    let key = text.trim().to_lowercase().replace(" at ", "@");
    (!key.is_empty()).then_some(key)
}

/// The last digits.
fn phone_key(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    (digits.len() >= PHONE_DIGITS).then(|| digits[digits.len() - PHONE_DIGITS..].to_owned())
}

fn is_day(text: &str) -> bool {
    text.parse::<chrono::NaiveDate>().is_ok()
}

/// "marie eide evensen" is part of "marie turid eide evensen": two words or more, all in the other, in order.
fn part_of(short: &str, long: &str) -> bool {
    let mut words = long.split(' ');
    short.contains(' ') && short.split(' ').all(|wanted| words.any(|word| word == wanted))
}

/// One letter changed, missing or too many, or two neighbours swapped.
fn one_letter_apart(one: &str, two: &str) -> bool {
    let (one, two): (Vec<char>, Vec<char>) = (one.chars().collect(), two.chars().collect());
    let (short, long) = if one.len() <= two.len() { (&one, &two) } else { (&two, &one) };
    if short.len() < NEAR_LENGTH_MIN || long.len() > NEAR_LENGTH_MAX || long.len() - short.len() > 1 {
        return false;
    }
    let start = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let (short, long) = (&short[start..], &long[start..]);
    let end = short.iter().rev().zip(long.iter().rev()).take_while(|(a, b)| a == b).count();
    let (short, long) = (&short[..short.len() - end], &long[..long.len() - end]);
    long.len() <= 1 || (short.len() == 2 && long.len() == 2 && short[0] == long[1] && short[1] == long[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    // T34: shared first name, empty equals empty.
    #[test]
    fn near_names() {
        for (one, two, expect) in [
            ("anne jacobsen", "anne jacbsen", true),
            ("steinar hauglnad", "steinar haugland", true),
            ("marie eide evensen", "marie turid eide evensen", true),
            ("kari moe", "kari lie", false),
            ("kari", "kari moen", false),
            ("kari bo", "kari boe", false),
            ("ola nordmann", "kari nordmann", false),
        ] {
            let near = part_of(one, two) || part_of(two, one) || one_letter_apart(one, two);
            assert_eq!(near, expect, "{one} {two}");
        }
        assert_eq!(email_key("  "), None);
        assert_eq!(email_key("Nora.J at mail.example"), Some("nora.j@mail.example".into()));
        assert_eq!(phone_key("+47 476 63 770"), phone_key("004747663770"));
        assert_eq!(phone_key("123"), None);
    }
}
