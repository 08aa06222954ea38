//! The made-up supporters that every program of the benchmark is measured with: 25 fields, the same for the same number.
//! `peers/js/records.mjs` makes the same ones, and `peers/rs` takes this file as it is.

use std::sync::OnceLock;

use serde_json::Value;

/// A small generator that JavaScript can repeat: 32 bits of state, mixed after each step.
struct Dice(u32);

impl Dice {
    fn of(number: u32) -> Self {
        Self(number.wrapping_mul(2_654_435_761).wrapping_add(12_345))
    }

    fn throw(&mut self) -> u32 {
        self.0 = self.0.wrapping_add(0x6d2b_79f5);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 15)).wrapping_mul(mixed | 1);
        mixed ^= mixed.wrapping_add((mixed ^ (mixed >> 7)).wrapping_mul(mixed | 61));
        mixed ^ (mixed >> 14)
    }

    fn below(&mut self, end: u32) -> u32 {
        self.throw() % end
    }

    fn word(&mut self, list: &str) -> String {
        let words = words()[list].as_array().map_or(&[][..], Vec::as_slice);
        let drawn = self.below(u32::try_from(words.len().max(1)).unwrap_or(u32::MAX));
        words.get(drawn as usize).and_then(Value::as_str).unwrap_or_default().to_owned()
    }

    fn day(&mut self, first_year: u32, years: u32) -> String {
        let year = first_year + self.below(years);
        let month = 1 + self.below(12);
        format!("{year}-{month:02}-{:02}", 1 + self.below(28))
    }
}

fn words() -> &'static Value {
    static WORDS: OnceLock<Value> = OnceLock::new();
    WORDS.get_or_init(|| serde_json::from_str(include_str!("peers/words.json")).unwrap_or_default())
}

/// One supporter. The order of the fields is the order in which a document is filled.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    /// Single texts up to `status`, by name.
    pub(crate) first: Vec<(&'static str, String)>,
    pub(crate) membership_no: u32,
    pub(crate) roles: Vec<String>,
    /// Purpose and day.
    pub(crate) consents: Vec<(String, String)>,
    /// Single texts from `tag_a` on.
    pub(crate) last: Vec<(&'static str, String)>,
    pub(crate) notes: String,
}

impl Record {
    /// A single text by its name.
    pub(crate) fn text(&self, name: &str) -> &str {
        let all = self.first.iter().chain(&self.last);
        all.into_iter().find(|(own, _)| *own == name).map_or("", |(_, text)| text)
    }

    /// The bytes of all values, without any name.
    pub(crate) fn value_bytes(&self) -> usize {
        let texts = self.first.iter().chain(&self.last).map(|(_, text)| text.len());
        let consents = self.consents.iter().map(|(purpose, day)| purpose.len() + day.len());
        let roles = self.roles.iter().map(String::len);
        texts.chain(consents).chain(roles).sum::<usize>() + self.notes.len() + 6
    }
}

/// The supporter of this number.
pub(crate) fn record(number: u32) -> Record {
    let mut dice = Dice::of(number);
    let (given, family) = (dice.word("first"), dice.word("last"));
    let mut first = vec![
        ("id", format!("S{number:07}")),
        ("given_name", given.clone()),
        ("family_name", family.clone()),
        ("preferred_name", dice.word("first")),
        ("email", format!("{given}.{family}{}@example.org", dice.below(1000)).to_lowercase()),
        ("phone", format!("+49 30 {}", 1_000_000 + dice.below(9_000_000))),
    ];
    let network = dice.below(10);
    first.extend([
        ("mobile", format!("+49 17{network} {}", 1_000_000 + dice.below(9_000_000))),
        ("street", dice.word("street")),
        ("house_no", (1 + dice.below(200)).to_string()),
        ("postcode", (10_000 + dice.below(89_999)).to_string()),
        ("city", dice.word("city")),
        ("region", dice.word("region")),
        ("country", dice.word("country")),
        ("birth_date", dice.day(1940, 66)),
        ("language", dice.word("lang")),
        ("joined", dice.day(2010, 15)),
        ("status", dice.word("status")),
    ]);
    let membership_no = 100_000 + dice.below(900_000);
    let roles = (0..1 + dice.below(3)).map(|_| dice.word("role")).collect();
    let consents = (0..2).map(|_| (dice.word("purpose"), dice.day(2019, 6))).collect();
    let last = vec![
        ("tag_a", dice.word("tag")),
        ("tag_b", dice.word("tag")),
        ("source", dice.word("source")),
        ("last_contact", dice.day(2023, 3)),
    ];
    let mut notes = dice.word("word");
    while notes.len() < 76 {
        notes.push(' ');
        notes.push_str(&dice.word("word"));
    }
    Record { first, membership_no, roles, consents, last, notes }
}
