//! The best value per field, by these rules and no others:
//!
//! 1. Contact details (e-mail, phone, address) are all kept, each once, with all its sources; the one that was said
//!    last comes first.
//! 2. A name, a birth date, a kind: the value that most chapters hold; among equals the one said last; among those the
//!    first in the alphabet, so that the outcome never depends on the order of arrival.
//! 3. A whole birth date beats a year alone.
//! 4. Roles, tags, grants and withdrawals are facts of the chapter that holds them: all are kept, each with its chapter.
//! 5. Where one record holds several values of the same thing, because two people wrote it while apart, all of them
//!    stand among the conflicts until somebody picks one, whichever the rules above show.
//!
//! What the parts hold beyond this is carried along, never dropped.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use helhet_shared::document::{Content, Value};
use helhet_shared::id::DocumentId;
use helhet_shared::supporter::RoleDays;
use helhet_shared::supporter::register::Reading;
use serde::Serialize;

use super::conflict::{Conflict, conflicts};
use super::provenance::{Part, Source, Sourced, gather};

/// The national record in the form of its JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NationalRecord {
    /// Any of its records' ids finds it again.
    pub id: DocumentId,
    pub kind: String,
    pub name: Name,
    pub name_sources: Vec<Source>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation_number: Option<Sourced<String>>,
    #[serde(skip_serializing_if = "Birth::is_empty")]
    pub birth: Birth,
    pub birth_sources: Vec<Source>,
    pub emails: Vec<Sourced<String>>,
    pub phones: Vec<Sourced<String>>,
    pub addresses: Vec<Sourced<Address>>,
    pub roles: Vec<Role>,
    pub tags: Vec<String>,
    pub grants: Vec<Grant>,
    /// Yes's taken back and no's said without a yes before; the office's own alone, since chapters share neither.
    pub withdrawals: Vec<Withdrawal>,
    /// What a person at a chapter must still decide.
    pub conflicts: Vec<Conflict>,
    /// What else the parts hold, by key.
    pub more: BTreeMap<String, Vec<Sourced<serde_json::Value>>>,
    /// The linked records, each by its document and its chapter.
    pub records: Vec<RecordOf>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RecordOf {
    pub id: DocumentId,
    pub chapter: String,
}

/// A person's name, or an organisation's.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize)]
pub struct Name {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub family: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub legal: Option<String>,
}

impl Name {
    /// `Given Family`, or the legal name.
    pub fn display(&self) -> String {
        let words = [&self.given, &self.family, &self.legal].into_iter().flatten();
        words.map(String::as_str).collect::<Vec<_>>().join(" ")
    }

    /// `Family, Given`, for lists.
    pub fn sorted(&self) -> String {
        let words = [&self.family, &self.given, &self.legal].into_iter().flatten();
        words.map(String::as_str).collect::<Vec<_>>().join(", ")
    }
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize)]
pub struct Birth {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i64>,
}

impl Birth {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize)]
pub struct Address {
    pub street: String,
    pub postcode: String,
    pub city: String,
    pub country: String,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default, Serialize)]
pub struct Role {
    pub role: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    pub chapter: String,
}

impl Role {
    /// When it holds.
    pub fn days(&self) -> RoleDays {
        RoleDays::written(self.from.as_deref(), self.to.as_deref())
    }
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default, Serialize)]
pub struct Grant {
    pub purpose: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withdrawn_at: Option<String>,
    pub chapter: String,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default, Serialize)]
pub struct Withdrawal {
    pub purpose: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// A no of the supporter's own, rather than a yes taken back.
    pub refused: bool,
    pub chapter: String,
}

macro_rules! hides_its_content {
    ($($name:ident),+) => {$(
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(hidden)"))
            }
        }
    )+};
}
hides_its_content!(Name, Birth, Address);

/// The national record of these parts; `None` where there is no part. `id` names it.
pub fn combine(id: DocumentId, parts: &[Part]) -> Option<NationalRecord> {
    if parts.is_empty() {
        return None;
    }
    let (name, name_sources) = best(names(parts), |name| name.display().to_lowercase(), |_| 0);
    let (birth, birth_sources) = best(
        births(parts),
        |birth| format!("{:?}{:?}", birth.date, birth.year),
        |birth| i32::from(birth.date.is_some()),
    );
    let (kind, _) = best(single(parts, "kind"), String::clone, |_| 0);
    let (number, number_sources) = best(single(parts, "organisation_number"), String::clone, |_| 0);
    let kind = if kind.is_empty() { "person".into() } else { kind };
    let mut records: Vec<_> = parts
        .iter()
        .map(|part| RecordOf { id: part.record, chapter: part.holder.name().to_owned() })
        .collect();
    records.sort_by(|a, b| a.chapter.cmp(&b.chapter).then_with(|| a.id.cmp(&b.id)));
    Some(NationalRecord {
        id,
        kind,
        name,
        name_sources,
        organisation_number: (!number.is_empty())
            .then_some(Sourced { value: number, sources: number_sources }),
        birth,
        birth_sources,
        emails: newest_first(gather(entries(parts, "email"), |email| email.to_lowercase())),
        phones: newest_first(gather(entries(parts, "phone"), String::clone)),
        addresses: newest_first(gather(addresses(parts), |address| {
            [&address.street, &address.postcode, &address.city, &address.country]
                .map(|line| line.to_lowercase())
                .join("\u{1f}")
        })),
        roles: roles(parts),
        tags: entries(parts, "tag").map(|(tag, _)| tag).collect::<BTreeSet<_>>().into_iter().collect(),
        grants: grants(parts),
        withdrawals: withdrawals(parts),
        conflicts: conflicts(parts),
        more: more(parts),
        records,
    })
}

/// Rules 2 and 3: by `rank`, then holders, then recency, then alphabet.
fn best<T: Clone + Default + Ord>(
    values: impl IntoIterator<Item = (T, Source)>,
    same: impl Fn(&T) -> String,
    rank: impl Fn(&T) -> i32,
) -> (T, Vec<Source>) {
    let mut gathered = gather(values, same);
    gathered.sort_by(|a, b| {
        let (left, right) =
            ((rank(&a.value), a.holders(), a.newest()), (rank(&b.value), b.holders(), b.newest()));
        right.cmp(&left).then_with(|| a.value.cmp(&b.value))
    });
    gathered.into_iter().next().map_or_else(Default::default, |best| (best.value, best.sources))
}

/// Rule 1's order.
pub(super) fn newest_first<T: Ord>(mut values: Vec<Sourced<T>>) -> Vec<Sourced<T>> {
    values.sort_by(|a, b| b.newest().cmp(&a.newest()).then_with(|| a.value.cmp(&b.value)));
    values
}

fn single<'a>(parts: &'a [Part], key: &'a str) -> impl Iterator<Item = (String, Source)> + 'a {
    parts.iter().flat_map(move |part| {
        let values = part.content.get(key).map(Vec::as_slice).unwrap_or_default();
        values.iter().filter_map(move |value| Some((value.as_text()?.to_owned(), part.source(key, value))))
    })
}

/// The texts under `prefix/<k>`.
fn entries<'a>(parts: &'a [Part], prefix: &'a str) -> impl Iterator<Item = (String, Source)> + 'a {
    parts.iter().flat_map(move |part| {
        part.content
            .iter()
            .filter(move |(key, _)| entry_of(key, prefix).is_some_and(|(_, sub)| sub.is_empty()))
            .flat_map(move |(key, values)| {
                values
                    .iter()
                    .filter_map(move |value| Some((value.as_text()?.to_owned(), part.source(key, value))))
            })
    })
}

/// `prefix/<k>` and `prefix/<k>/sub` → (k, sub).
fn entry_of<'a>(key: &'a str, prefix: &str) -> Option<(&'a str, &'a str)> {
    let rest = key.strip_prefix(prefix)?.strip_prefix('/')?;
    Some(rest.split_once('/').unwrap_or((rest, "")))
}

/// The entries under `prefix`, each with its fields' first values and the newest moment among them.
fn grouped<'a>(part: &'a Part, prefix: &str) -> BTreeMap<&'a str, (BTreeMap<&'a str, String>, Source)> {
    let mut groups: BTreeMap<&str, (BTreeMap<&str, String>, Source)> = BTreeMap::new();
    for (key, values) in &part.content {
        let (Some((entry, sub)), Some(value)) = (entry_of(key, prefix), values.last()) else { continue };
        let source = part.source(key, value);
        let group = groups.entry(entry).or_insert_with(|| (BTreeMap::new(), source.clone()));
        group.1.at = group.1.at.max(source.at);
        group.0.insert(sub, shown(value));
    }
    groups
}

pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Int(number) => number.to_string(),
        Value::Bool(yes) => yes.to_string(),
    }
}

/// Every combination of a part's concurrent given, family and legal names is one candidate.
fn names(parts: &[Part]) -> Vec<(Name, Source)> {
    let mut names = Vec::new();
    for part in parts {
        let candidates = |key: &str| -> Vec<Option<(String, Source)>> {
            let found: Vec<_> = single(std::slice::from_ref(part), key).map(Some).collect();
            if found.is_empty() { vec![None] } else { found }
        };
        for given in candidates("name/given") {
            for family in candidates("name/family") {
                for legal in candidates("name/legal") {
                    let said = [&given, &family, &legal].into_iter().flatten().map(|(_, source)| source);
                    let Some(source) = said.max().cloned() else { continue };
                    let text =
                        |value: &Option<(String, Source)>| value.as_ref().map(|(text, _)| text.clone());
                    names.push((
                        Name { given: text(&given), family: text(&family), legal: text(&legal) },
                        source,
                    ));
                }
            }
        }
    }
    names
}

fn births(parts: &[Part]) -> Vec<(Birth, Source)> {
    let dates =
        single(parts, "birth/date").map(|(date, source)| (Birth { date: Some(date), year: None }, source));
    let years = parts.iter().flat_map(|part| {
        let values = part.content.get("birth/year").map(Vec::as_slice).unwrap_or_default();
        values.iter().filter_map(|value| {
            let year = value.as_int()?;
            Some((Birth { date: None, year: Some(year) }, part.source("birth/year", value)))
        })
    });
    dates.chain(years).collect()
}

fn addresses(parts: &[Part]) -> Vec<(Address, Source)> {
    let mut addresses = Vec::new();
    for part in parts {
        for (mut fields, source) in grouped(part, "address").into_values() {
            let mut line = |name| fields.remove(name).unwrap_or_default();
            let address = Address {
                street: line("street"),
                postcode: line("postcode"),
                city: line("city"),
                country: line("country"),
            };
            addresses.push((address, source));
        }
    }
    addresses
}

fn roles(parts: &[Part]) -> Vec<Role> {
    let mut roles = BTreeSet::new();
    for part in parts {
        for (key, (mut fields, _)) in grouped(part, "role") {
            roles.insert(Role {
                role: fields.remove("role").unwrap_or_default(),
                kind: fields.remove("kind"),
                from: day_that_counts(part, &format!("role/{key}/from")),
                to: day_that_counts(part, &format!("role/{key}/to")),
                chapter: part.holder.name().to_owned(),
            });
        }
    }
    roles.into_iter().filter(|role| !role.role.is_empty()).collect()
}

/// Of several days said of a role the one that its days follow from, see [`RoleDays`].
fn day_that_counts(part: &Part, key: &str) -> Option<String> {
    let said: Reading<NaiveDate> = Reading::read(part.content.get(key).into_iter().flatten());
    let earliest = said.all_known().min().map(ToString::to_string);
    said.as_written().next().map(str::to_owned).or(earliest)
}

fn grants(parts: &[Part]) -> Vec<Grant> {
    let mut grants = BTreeSet::new();
    for part in parts {
        let withdrawals = grouped(part, "withdrawal");
        for (mut fields, _) in grouped(part, "grant").into_values() {
            let purpose = fields.remove("purpose").unwrap_or_default();
            let confirms = fields.remove("confirms").unwrap_or_default();
            // A grant stands against the withdrawals it knew of; any other one ends it, by no clock (N14).
            let withdrawn_at = withdrawals
                .iter()
                .filter(|(key, (withdrawal, _))| {
                    withdrawal.get("purpose") == Some(&purpose)
                        && !confirms.split(',').any(|known| known == **key)
                })
                .filter_map(|(_, (withdrawal, _))| withdrawal.get("at").cloned())
                .min();
            grants.insert(Grant {
                purpose,
                basis: fields.remove("basis"),
                given_at: fields.remove("given_at"),
                withdrawn_at,
                chapter: part.holder.name().to_owned(),
            });
        }
    }
    grants.into_iter().filter(|grant| !grant.purpose.is_empty()).collect()
}

fn withdrawals(parts: &[Part]) -> Vec<Withdrawal> {
    let mut withdrawals = BTreeSet::new();
    for part in parts {
        for (mut fields, _) in grouped(part, "withdrawal").into_values() {
            withdrawals.insert(Withdrawal {
                purpose: fields.remove("purpose").unwrap_or_default(),
                at: fields.remove("at"),
                refused: fields.get("refused").is_some_and(|refused| refused == "true"),
                chapter: part.holder.name().to_owned(),
            });
        }
    }
    withdrawals.into_iter().filter(|withdrawal| !withdrawal.purpose.is_empty()).collect()
}

/// Keys that the fields above do not cover.
fn more(parts: &[Part]) -> BTreeMap<String, Vec<Sourced<serde_json::Value>>> {
    let mut keys: BTreeSet<&String> = BTreeSet::new();
    for part in parts {
        keys.extend(part.content.keys().filter(|key| !covered(key)));
    }
    let of = |content: &Content, key: &str| content.get(key).cloned().unwrap_or_default();
    keys.into_iter()
        .map(|key| {
            let values = parts.iter().flat_map(|part| {
                of(&part.content, key).into_iter().map(move |value| (value.clone(), part.source(key, &value)))
            });
            let gathered = gather(values, shown).into_iter().map(|sourced| {
                let value = match sourced.value {
                    Value::Text(text) => text.into(),
                    Value::Int(number) => number.into(),
                    Value::Bool(yes) => yes.into(),
                };
                Sourced { value, sources: sourced.sources }
            });
            (key.clone(), gathered.collect())
        })
        .collect()
}

fn covered(key: &str) -> bool {
    let head = key.split('/').next().unwrap_or(key);
    matches!(
        head,
        "type"
            | "kind"
            | "name"
            | "organisation_number"
            | "birth"
            | "email"
            | "phone"
            | "address"
            | "role"
            | "tag"
            | "grant"
            | "withdrawal"
            | "document"
            | "external"
            | "import"
    )
}
