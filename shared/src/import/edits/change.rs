//! A line that changed, against the record as it stands now.

use std::collections::BTreeSet;

use rand::Rng;

use super::{
    super::{
        imported::{Imported, ImportedFact},
        remembered::{Remembered, entries_before, hash, role_code, slot_of},
        warning::{Warning, WarningCode},
    },
    Origin, add,
};
use crate::{
    document::{Content, Edit, Value},
    id::EntryKey,
    supporter::{Purpose, Supporter},
};

/// What a changed line does.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Change {
    /// The edits; with them the line is remembered.
    pub edits: Vec<Edit>,
    /// What of the line gave way to the chapter's own edits.
    pub warnings: Vec<Warning>,
}

impl Change {
    /// Whether the record says all of it already: another import has done the same.
    pub fn is_done(&self, content: &Content) -> bool {
        self.edits.iter().all(|edit| match &edit.value {
            Some(value) => matches!(content.get(&edit.key).map(Vec::as_slice), Some([one]) if one == value),
            None => !content.contains_key(&edit.key),
        })
    }
}

/// The edits that a changed line makes on the supporter that an earlier line of the same list made.
pub fn change(
    imported: &Imported,
    remembered: &Remembered,
    supporter: &Supporter,
    origin: Origin<'_>,
    rng: &mut (impl Rng + ?Sized),
) -> Change {
    let content = supporter.content();
    let external = external_entry(content, origin.source, imported);
    let before = external
        .as_ref()
        .and_then(|key| text(content, &format!("external/{key}/set")))
        .map(Remembered::parse)
        .unwrap_or_default();
    let mut work = Work { before, content, change: Change::default() };
    for (index, fact) in imported.facts.iter().enumerate() {
        match fact {
            ImportedFact::Single { key, value } => match BIRTH.iter().position(|birth| birth == key) {
                Some(place) => work.birth(&imported.facts, key, BIRTH[1 - place], value),
                None => work.value(key, key, value),
            },
            ImportedFact::Consent { purpose, given, .. } => {
                if work.consent(supporter, purpose, *given) {
                    add(&mut work.change.edits, fact, origin.now, rng);
                }
            }
            ImportedFact::Entry { list, parts } => {
                let nth = entries_before(&imported.facts[..index], fact);
                let is_new = match *list {
                    "role" | "address" => work.entry(list, nth, parts),
                    _ => work.listed(list, &imported.facts, parts),
                };
                if is_new {
                    add(&mut work.change.edits, fact, origin.now, rng);
                }
            }
        }
    }
    let mut change = work.change;
    change.warnings.sort();
    change.warnings.dedup();
    let key = external.unwrap_or_else(|| EntryKey::random(rng).to_string());
    change.edits.push(Edit::set(format!("external/{key}/source"), origin.source));
    if !imported.number.is_empty() {
        change.edits.push(Edit::set(format!("external/{key}/number"), imported.number.as_str()));
    }
    change.edits.push(Edit::set(format!("external/{key}/line"), imported.line_hash.as_str()));
    change.edits.push(Edit::set(format!("external/{key}/set"), remembered.to_text()));
    change
}

struct Work<'a> {
    before: Remembered,
    content: &'a Content,
    change: Change,
}

/// A supporter has one of these.
const BIRTH: [&str; 2] = ["birth/date", "birth/year"];

impl Work<'_> {
    /// A birth date takes the place of the year, and the other way round, as one value takes another's place. A line
    /// that says both keeps what it could not read.
    fn birth(&mut self, facts: &[ImportedFact], key: &str, other: &str, value: &Value) {
        let says_both =
            facts.iter().any(|fact| matches!(fact, ImportedFact::Single { key, .. } if key == other));
        match self.content.get(other).map_or(&[][..], Vec::as_slice) {
            [_, ..] if !says_both && self.before.set(key, value) => {}
            [one]
                if !says_both
                    && (self.before.set(other, one) || key == BIRTH[0] && same_year(one, value)) =>
            {
                self.change.edits.push(Edit::delete(other));
                self.value(key, key, value);
            }
            [one] if !says_both && same_year(one, value) => {}
            [_, ..] if !says_both => self.kept(key),
            [] | [_, ..] => self.value(key, key, value),
        }
    }

    /// One key: set where it is empty or still holds what the earlier line had set.
    fn value(&mut self, key: &str, slot: &str, value: &Value) {
        if self.before.set(slot, value) {
            return;
        }
        let current = self.content.get(key).map_or(&[][..], Vec::as_slice);
        let ours = |current: &Value| self.before.set(slot, current);
        match current {
            [] if self.before.hashes(slot).is_empty() => self.set(key, value),
            [one] if one == value => {}
            [one] if ours(one) => self.set(key, value),
            [] | [_, ..] => self.kept(slot),
        }
    }

    /// A role or an address: true where it is to be added.
    fn entry(&mut self, list: &str, nth: usize, parts: &[(&'static str, Value)]) -> bool {
        let code = role_code(list, parts);
        let slot = |suffix: &str| slot_of(list, code, nth, suffix);
        let known = parts.iter().any(|(suffix, _)| !self.before.hashes(&slot(suffix)).is_empty());
        let matching = |key: &&String| {
            parts
                .iter()
                .filter(|(suffix, _)| {
                    let part = self.content.get(&format!("{list}/{key}{suffix}"));
                    part.is_some_and(
                        |values| matches!(values.as_slice(), [one] if self.before.set(&slot(suffix), one)),
                    )
                })
                .count()
        };
        let entries = entries(self.content, list);
        let of_role = |key: &&String| {
            code.is_none_or(|code| text(self.content, &format!("{list}/{key}/role")) == Some(code))
        };
        let found = entries.iter().filter(of_role).max_by_key(|key| matching(key)).cloned();
        match found {
            Some(key) if code.is_some() || (known && matching(&&key) > 0) => {
                for (suffix, value) in parts {
                    self.value(&format!("{list}/{key}{suffix}"), &slot(suffix), value);
                }
                false
            }
            Some(_) | None if known => {
                // The chapter removed or rewrote it. What the list says again is no news.
                if parts.iter().any(|(suffix, value)| !self.before.set(&slot(suffix), value)) {
                    self.kept(list);
                }
                false
            }
            Some(_) | None => !entries.iter().any(|key| {
                parts.iter().all(|(suffix, value)| {
                    self.content
                        .get(&format!("{list}/{key}{suffix}"))
                        .is_some_and(|values| values.contains(value))
                })
            }),
        }
    }

    /// A value of a plain list: true where it is to be added. A value that takes the place of an earlier line's value
    /// replaces it.
    fn listed(&mut self, list: &str, facts: &[ImportedFact], parts: &[(&'static str, Value)]) -> bool {
        let [(suffix, value)] = parts else { return true };
        let before = self.before.hashes(list).to_vec();
        if before.contains(&hash(list, value)) {
            return false;
        }
        let held = |content: &Content, wanted: &dyn Fn(&Value) -> bool| {
            entries(content, list).into_iter().find(|key| {
                content
                    .get(&format!("{list}/{key}{suffix}"))
                    .is_some_and(|values| matches!(values.as_slice(), [one] if wanted(one)))
            })
        };
        if held(self.content, &|one| one == value).is_some() {
            return false;
        }
        // Values new on the line take the places of values gone from it, in order.
        let now: Vec<String> = listed_values(facts, list).map(|value| hash(list, value)).collect();
        let gone: Vec<&String> = before.iter().filter(|hash| !now.contains(hash)).collect();
        let added: Vec<&String> = now.iter().filter(|hash| !before.contains(hash)).collect();
        let place = added.iter().position(|added| **added == hash(list, value)).and_then(|nth| gone.get(nth));
        match place {
            None => true,
            Some(gone) => {
                match held(self.content, &|one| hash(list, one) == **gone) {
                    Some(key) => self.set(&format!("{list}/{key}{suffix}"), value),
                    None => self.kept(list),
                }
                false
            }
        }
    }

    /// True where a yes or a no is to be written down.
    fn consent(&mut self, supporter: &Supporter, purpose: &str, given: bool) -> bool {
        let slot = format!("consent/{purpose}");
        if self.before.set(&slot, &Value::Bool(given)) {
            return false;
        }
        let Ok(purpose) = purpose.parse::<Purpose>() else { return false };
        if !given {
            return true;
        }
        if supporter.permissions.withdrawals_of(purpose).next().is_some() {
            self.change.warnings.push(Warning::on(&slot, WarningCode::ConsentNotRenewed));
            return false;
        }
        !supporter.permissions.granted(purpose)
    }

    fn set(&mut self, key: &str, value: &Value) {
        self.change.edits.push(Edit::set(key, value.clone()));
    }

    fn kept(&mut self, slot: &str) {
        self.change.warnings.push(Warning::on(slot, WarningCode::Kept));
    }
}

fn same_year(one: &Value, other: &Value) -> bool {
    let year = |value: &Value| match value {
        Value::Int(year) => Some(*year),
        Value::Text(text) => text.get(..4)?.parse().ok(),
        Value::Bool(_) => None,
    };
    year(one).is_some() && year(one) == year(other)
}

/// The entry under which this list is remembered on the supporter: by number, else by line.
fn external_entry(content: &Content, source: &str, imported: &Imported) -> Option<String> {
    let of_source = |key: &String| text(content, &format!("external/{key}/source")) == Some(source);
    let is = |key: &String, part: &str, wanted: &str| {
        !wanted.is_empty() && text(content, &format!("external/{key}/{part}")) == Some(wanted)
    };
    let entries: Vec<String> = entries(content, "external").into_iter().filter(of_source).collect();
    let by_line = entries.iter().find(|key| is(key, "line", &imported.line_hash));
    by_line.or_else(|| entries.iter().find(|key| is(key, "number", &imported.number))).cloned()
}

/// The entry keys of a list.
fn entries(content: &Content, list: &str) -> BTreeSet<String> {
    let prefix = format!("{list}/");
    let keys = content.range(prefix.clone()..).map(|(key, _)| key).take_while(|key| key.starts_with(&prefix));
    keys.filter_map(|key| key[prefix.len()..].split('/').next()).map(str::to_owned).collect()
}

fn text<'a>(content: &'a Content, key: &str) -> Option<&'a str> {
    content.get(key)?.first()?.as_text()
}

fn listed_values<'a>(facts: &'a [ImportedFact], wanted: &'a str) -> impl Iterator<Item = &'a Value> {
    facts.iter().filter_map(move |fact| match fact {
        ImportedFact::Entry { list, parts } if *list == wanted => parts.first().map(|(_, value)| value),
        ImportedFact::Single { .. } | ImportedFact::Entry { .. } | ImportedFact::Consent { .. } => None,
    })
}
