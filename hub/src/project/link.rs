//! Linking the records that a step touches, with every record that could be the same supporter, and no others.
//!
//! The records looked at are closed under shared keys and people's decisions, so the outcome does not depend on what
//! arrived first. A supporter bears the id of its oldest record.

use std::collections::{BTreeMap, BTreeSet};

use helhet_shared::id::{ChapterId, DocumentId};
use helhet_shared::sqlite::Id;
use rusqlite::{Connection, Transaction};

use super::Arrived;
use super::materialise::Told;
use crate::linking::{Birth, Comparable, Decision, Decisions, Linker, cluster, normalised_name};
use crate::log::NO_CHAPTER;
use crate::national::{Holder, NationalRecord, Part, combine};
use crate::store::projections::{self, RecordRow, RoleRow, SupporterRow};
use crate::store::{StoreError, chapters, links as decided};

/// Records closed under keys and decisions are few; a common mailbox must not make one component of everybody.
const COMPONENT_MAX: usize = 20_000;

/// Rows to write.
pub(super) struct Links {
    /// Supporters that stood before and may have other records now.
    old_supporters: BTreeSet<Id>,
    records: Vec<(RecordRow, BTreeSet<String>)>,
    supporters: Vec<(SupporterRow, BTreeSet<RoleRow>)>,
    doubtful: BTreeSet<(Id, Id)>,
}

/// Links `arrived` and what is near it; `gone` are records that are no more.
pub(super) fn links(
    connection: &Connection,
    linker: &dyn Linker,
    arrived: BTreeMap<Id, Arrived>,
    gone: &BTreeSet<Id>,
) -> Result<Links, StoreError> {
    let mut near = Near {
        connection,
        linker,
        gone,
        records: BTreeMap::new(),
        by_key: BTreeMap::new(),
        old_supporters: BTreeSet::new(),
    };
    near.gather(arrived)?;
    let mut decisions = Decisions::default();
    let documents: BTreeSet<Id> = near.records.keys().copied().collect();
    for (one, other, code) in decided::decisions_of(connection, &documents)? {
        let decision = Decision::from_code(&code).ok_or(StoreError::Damaged { what: "a decision" })?;
        decisions.put(&hex(&one), &hex(&other), decision);
    }
    let comparables = near.records.values().map(|record| record.comparable.clone()).collect();
    let clustering = cluster(linker, comparables, &decisions);
    let mut links = Links {
        old_supporters: near.old_supporters,
        records: Vec::new(),
        supporters: Vec::new(),
        doubtful: clustering
            .doubtful
            .iter()
            .filter_map(|(one, other)| Some((id(one)?, id(other)?)))
            .collect(),
    };
    let names = chapter_names(connection)?;
    for members in &clustering.clusters {
        let members: Vec<Id> = members.iter().filter_map(|member| id(member)).collect();
        links.add(&members, &near.records, &names)?;
    }
    Ok(links)
}

struct NearRecord {
    arrived: Arrived,
    comparable: Comparable,
    keys: BTreeSet<String>,
}

struct Near<'a> {
    connection: &'a Connection,
    linker: &'a dyn Linker,
    gone: &'a BTreeSet<Id>,
    records: BTreeMap<Id, NearRecord>,
    /// The records above by their keys, as they are now.
    by_key: BTreeMap<String, BTreeSet<Id>>,
    old_supporters: BTreeSet<Id>,
}

impl Near<'_> {
    /// Follows keys, decisions and former clusters until nothing new is found.
    fn gather(&mut self, arrived: BTreeMap<Id, Arrived>) -> Result<(), StoreError> {
        let mut frontier: BTreeSet<Id> = self.gone.clone();
        for (document, arrived) in arrived {
            self.take(document, arrived);
            frontier.insert(document);
        }
        let mut seen: BTreeSet<Id> = frontier.clone();
        while let Some(document) = frontier.pop_first() {
            for neighbour in self.neighbours(&document)? {
                if !seen.insert(neighbour) || self.records.len() >= COMPONENT_MAX {
                    continue;
                }
                if let Some(record) = projections::record(self.connection, &neighbour)? {
                    let told = Told::from_json(&record.content)?;
                    let (chapter, first_entry) = (record.chapter, record.first_entry);
                    self.take(neighbour, Arrived { chapter, first_entry, told });
                    frontier.insert(neighbour);
                }
            }
        }
        Ok(())
    }

    fn take(&mut self, document: Id, arrived: Arrived) {
        let comparable = comparable(&document, &arrived.told);
        let keys = self.linker.keys(&comparable);
        for key in &keys {
            self.by_key.entry(key.clone()).or_default().insert(document);
        }
        self.records.insert(document, NearRecord { arrived, comparable, keys });
    }

    fn neighbours(&mut self, document: &Id) -> Result<BTreeSet<Id>, StoreError> {
        let mut keys = projections::keys_of(self.connection, document)?;
        if let Some(record) = self.records.get(document) {
            keys.extend(record.keys.iter().cloned());
        }
        let mut neighbours = BTreeSet::new();
        for key in keys {
            neighbours.extend(projections::documents_under(self.connection, &key)?);
            neighbours.extend(self.by_key.get(&key).into_iter().flatten());
        }
        if let Some(stored) = projections::record(self.connection, document)? {
            self.old_supporters.insert(stored.supporter);
            let together = projections::records_of(self.connection, &stored.supporter)?;
            neighbours.extend(together.into_iter().map(|record| record.document));
        }
        for (one, other, _) in decided::decisions_of(self.connection, &[*document].into())? {
            neighbours.extend([one, other]);
        }
        neighbours.remove(document);
        neighbours.retain(|neighbour| !self.gone.contains(neighbour));
        Ok(neighbours)
    }
}

impl Links {
    fn add(
        &mut self,
        members: &[Id],
        records: &BTreeMap<Id, NearRecord>,
        names: &BTreeMap<Id, String>,
    ) -> Result<(), StoreError> {
        let mut members: Vec<(&Id, &NearRecord)> =
            members.iter().filter_map(|member| records.get_key_value(member)).collect();
        members.sort_by_key(|(document, record)| (record.arrived.first_entry, **document));
        let Some((supporter, _)) = members.first().copied() else { return Ok(()) };
        let parts: Vec<Part> =
            members.iter().map(|(document, record)| part(document, &record.arrived, names)).collect();
        let Some(national) = combine(DocumentId::from_bytes(*supporter), &parts) else { return Ok(()) };
        self.supporters.push(listed(supporter, &national)?);
        for (document, record) in members {
            let row = RecordRow {
                document: *document,
                chapter: record.arrived.chapter,
                first_entry: record.arrived.first_entry,
                content: record.arrived.told.to_json(),
                supporter: *supporter,
            };
            self.records.push((row, record.keys.clone()));
        }
        Ok(())
    }

    pub(super) fn store(&self, transaction: &Transaction<'_>) -> Result<(), StoreError> {
        for supporter in &self.old_supporters {
            projections::delete_supporter(transaction, supporter)?;
        }
        for (record, keys) in &self.records {
            projections::put_record(transaction, record, keys)?;
            projections::clear_doubtful(transaction, &record.document)?;
        }
        for (supporter, roles) in &self.supporters {
            projections::put_supporter(transaction, supporter, roles)?;
        }
        for (one, other) in &self.doubtful {
            projections::put_doubtful(transaction, one, other)?;
        }
        Ok(())
    }
}

/// A record as one part of a national record.
pub(crate) fn part(document: &Id, arrived: &Arrived, names: &BTreeMap<Id, String>) -> Part {
    let holder = match names.get(&arrived.chapter) {
        _ if arrived.chapter == NO_CHAPTER => Holder::Office,
        Some(name) => Holder::Chapter(name.clone()),
        None => Holder::Chapter(ChapterId::from_bytes(arrived.chapter).to_string()),
    };
    let said = arrived.told.0.iter().flat_map(|(key, said)| said.iter().map(move |said| (key, said)));
    let moments = said
        .map(|(key, (value, moment))| {
            let by = if moment.by_office { Holder::Office } else { holder.clone() };
            ((key.clone(), value.clone()), (moment.at, by))
        })
        .collect();
    Part { record: DocumentId::from_bytes(*document), holder, content: arrived.told.content(), moments }
}

pub(crate) fn chapter_names(connection: &Connection) -> rusqlite::Result<BTreeMap<Id, String>> {
    Ok(chapters::list(connection)?
        .into_iter()
        .map(|chapter| (*chapter.id.as_bytes(), chapter.name))
        .collect())
}

fn listed(id: &Id, national: &NationalRecord) -> Result<(SupporterRow, BTreeSet<RoleRow>), StoreError> {
    let json =
        serde_json::to_string(national).map_err(|_| StoreError::Damaged { what: "a national record" })?;
    let mut searched = vec![national.name.display()];
    searched.extend(national.emails.iter().map(|email| email.value.clone()));
    searched.extend(national.phones.iter().map(|phone| phone.value.clone()));
    searched.extend(national.addresses.iter().map(|address| address.value.city.clone()));
    searched.extend(national.records.iter().map(|record| record.chapter.clone()));
    let row = SupporterRow {
        id: *id,
        kind: national.kind.clone(),
        display_name: national.name.display(),
        sort_name: crate::read::folded(&national.name.sorted()),
        search_text: crate::read::folded(&searched.join("\n")),
        national: json,
    };
    let roles =
        national.roles.iter().map(|role| RoleRow { role: role.role.clone(), days: role.days() }).collect();
    Ok((row, roles))
}

/// What the linker sees of a record. Values that could not be read as what they should be are not among them.
pub(crate) fn comparable(document: &Id, told: &Told) -> Comparable {
    let word = |key| told.text(key).unwrap_or_default();
    let organisation = word("kind") == "organisation";
    let name = if organisation {
        word("name/legal").to_owned()
    } else {
        format!("{} {}", word("name/given"), word("name/family"))
    };
    let emails =
        told.0.iter().filter(|(key, _)| key.strip_prefix("email/").is_some_and(|key| !key.contains('/')));
    let emails = emails
        .flat_map(|(_, said)| said)
        .filter_map(|(value, _)| value.as_text())
        .filter(|email| crate::read::is_email(email))
        .map(str::to_lowercase)
        .collect();
    let year = told.0.get("birth/year").and_then(|said| said.first()).and_then(|(value, _)| value.as_int());
    let birth = Birth::parse(word("birth/date")).or_else(|| Birth::parse(&year?.to_string()));
    Comparable { record: hex(document), organisation, name: normalised_name(&name), emails, birth }
}

fn hex(id: &Id) -> String {
    DocumentId::from_bytes(*id).to_string()
}

fn id(hex: &str) -> Option<Id> {
    hex.parse::<DocumentId>().ok().map(|id| *id.as_bytes())
}
