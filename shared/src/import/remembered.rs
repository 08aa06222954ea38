//! What an import remembers on the supporter it made, in `external/<k>`: the list, the number or the line, and a short
//! hash of each value that the line set (`external/<k>/set`). By the hashes a later line knows what the list changed and
//! what the chapter edited since, without a second copy of anything personal.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::{
    imported::{Imported, ImportedFact},
    mapping::Mapping,
};
use crate::document::Value;

/// Characters of base64url kept of each hash: 36 bits tell two values of one slot apart.
const HASH_LENGTH: usize = 6;

/// The hashes by slot: a document's key, a list (`email`), or a part of an entry (`role:member/from`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Remembered {
    /// Hash of which column meant what; with another mapping an equal line may say something else.
    pub mapping: String,
    slots: BTreeMap<String, Vec<String>>,
}

impl Remembered {
    /// What is to be remembered of a line.
    pub fn of(imported: &Imported, mapping: &Mapping) -> Remembered {
        let mut slots: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (slot, value) in imported.facts.iter().enumerate().flat_map(|(index, fact)| {
            let nth = entries_before(&imported.facts[..index], fact);
            values(fact, nth)
        }) {
            let hash = hash(&slot, &value);
            slots.entry(slot).or_default().push(hash);
        }
        Remembered { mapping: mapping_hash(mapping), slots }
    }

    /// Reads what [`Remembered::to_text`] wrote; what cannot be read is as if nothing had been remembered.
    pub fn parse(text: &str) -> Remembered {
        let mut remembered = Remembered::default();
        for part in text.split(';') {
            let Some((slot, hashes)) = part.rsplit_once('=') else { continue };
            if slot.is_empty() {
                remembered.mapping = hashes.to_owned();
            } else {
                remembered.slots.insert(slot.to_owned(), hashes.split(',').map(str::to_owned).collect());
            }
        }
        remembered
    }

    /// One line of text, as stored.
    pub fn to_text(&self) -> String {
        let slots = self.slots.iter().map(|(slot, hashes)| format!("{slot}={}", hashes.join(",")));
        std::iter::once(format!("={}", self.mapping)).chain(slots).collect::<Vec<_>>().join(";")
    }

    /// True where both came from the same values, whatever the mapping.
    pub fn same_values(&self, other: &Remembered) -> bool {
        self.slots == other.slots
    }

    /// The hashes that the earlier line set here.
    pub(super) fn hashes(&self, slot: &str) -> &[String] {
        self.slots.get(slot).map_or(&[], Vec::as_slice)
    }

    /// True where the earlier line set exactly this one value here.
    pub(super) fn set(&self, slot: &str, value: &Value) -> bool {
        matches!(self.hashes(slot), [one] if *one == hash(slot, value))
    }
}

/// The short hash of a value in its slot.
pub(super) fn hash(slot: &str, value: &Value) -> String {
    let text = match value {
        Value::Text(text) => format!("t{text}"),
        Value::Int(number) => format!("i{number}"),
        Value::Bool(yes) => format!("b{yes}"),
    };
    let mut digest = Sha256::new();
    digest.update(slot.as_bytes());
    digest.update([0]);
    digest.update(text.as_bytes());
    let mut encoded = data_encoding::BASE64URL_NOPAD.encode(&digest.finalize());
    encoded.truncate(HASH_LENGTH);
    encoded
}

/// The slot of an entry's part. Values of plain lists share one slot; roles are told apart by their code, addresses by
/// their order.
pub(super) fn slot_of(list: &str, code: Option<&str>, nth: usize, suffix: &str) -> String {
    match (list, code) {
        ("role", Some(code)) => format!("role:{code}{suffix}"),
        ("address", _) => format!("address#{nth}{suffix}"),
        _ => list.to_owned(),
    }
}

/// The code of a role entry.
pub(super) fn role_code<'a>(list: &str, parts: &'a [(&'static str, Value)]) -> Option<&'a str> {
    if list != "role" {
        return None;
    }
    parts.iter().find(|(suffix, _)| *suffix == "/role").and_then(|(_, value)| value.as_text())
}

/// How many entries of the same list stand before.
pub(super) fn entries_before(before: &[ImportedFact], fact: &ImportedFact) -> usize {
    let ImportedFact::Entry { list, .. } = fact else { return 0 };
    before
        .iter()
        .filter(|other| matches!(other, ImportedFact::Entry { list: other, .. } if other == list))
        .count()
}

fn values(fact: &ImportedFact, nth: usize) -> Vec<(String, Value)> {
    match fact {
        ImportedFact::Single { key, value } => vec![(key.clone(), value.clone())],
        ImportedFact::Entry { list, parts } => {
            let code = role_code(list, parts);
            parts.iter().map(|(suffix, value)| (slot_of(list, code, nth, suffix), value.clone())).collect()
        }
        ImportedFact::Consent { purpose, given, .. } => {
            vec![(format!("consent/{purpose}"), Value::Bool(*given))]
        }
    }
}

fn mapping_hash(mapping: &Mapping) -> String {
    let mut columns: Vec<String> = mapping
        .columns
        .iter()
        .filter_map(|mapped| mapped.column.map(|column| format!("{}={}", mapped.heading, column.code())))
        .collect();
    columns.sort();
    hash("mapping", &Value::Text(columns.join("\n")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_round_trip() {
        let text = "=abc123;email=aaaaaa,bbbbbb;name/given=cccccc;role:member/from=dddddd";
        let remembered = Remembered::parse(text);
        assert_eq!(remembered.to_text(), text);
        assert_eq!(remembered.hashes("email"), ["aaaaaa", "bbbbbb"]);
        assert_eq!(Remembered::parse("nonsense"), Remembered::default());
    }
}
