//! Two lives of one store have both written to the chapter's own records. Here no gate can write it anew: what this life
//! said after the last common entry is read off its documents, taken out of them, and said again as edits of a new life.
//! Of a field that both changed, both values then stay in sight.
use std::collections::{BTreeMap, BTreeSet};

use helhet_protocol::identity::PublicKey;
use helhet_protocol::log::Generation;
use helhet_shared::document::{ChangeBody, Content, Edit};
use helhet_shared::id::ActorId;
use helhet_shared::sqlite::log::{self, cut};
use helhet_shared::sqlite::{StoredGeneration, documents};
use helhet_shared::zone::Zone;

use super::held::{self, Held};
use super::{Deed, WriteError};
use crate::store::identity;
use crate::store::keyring::{self, OfOne};
#[cfg(feature = "planted-bug")]
use helhet_shared::planted_bug::{Bug, is_planted};

/// A document without what this life wrote after the last common entry, and how it was with it.
struct Left {
    held: Held,
    was: Content,
}

/// Bodies of changes, and the entries that they stand in.
pub(super) type Said = BTreeMap<Vec<u8>, Vec<(log::LogId, u64)>>;

impl Deed<'_> {
    /// As `part_shared`, of a log of the chapter's zone. Keys that go are made again with what they seal.
    pub(super) fn part_sealed(&mut self, forked: log::LogId, common: u64) -> Result<bool, WriteError> {
        // What came meanwhile is not to be seen as an edit of this life.
        while self.open_some()? > 0 {}
        let mut kept = BTreeMap::from([(forked, common)]);
        let left = self.left_without_sealed(&mut kept)?;
        self.incarnation = identity::begin_life(self.transaction)?;
        for (log, kept) in &kept {
            cut::cut(self.transaction, log, *kept)?;
        }
        #[cfg(feature = "planted-bug")]
        let left = if is_planted(Bug::OtherLifeIsDropped) { Vec::new() } else { left };
        for Left { held, was } in left {
            let edits = differences(&held.document.content(), &was);
            let id = held.id;
            self.put_back(&held)?;
            self.edit_document(Zone::Chapter, id, &edits)?;
            self.touched.insert(id.into());
        }
        Ok(true)
    }

    /// What builds on something that goes, goes too: entries of later lives of this store are cut as well.
    fn left_without_sealed(&self, kept: &mut BTreeMap<log::LogId, u64>) -> Result<Vec<Left>, WriteError> {
        loop {
            let before = kept.clone();
            let mut touched = BTreeSet::new();
            for (log, kept) in &before {
                let after = cut::after(self.transaction, log, *kept)?;
                touched.extend(after.into_iter().filter_map(|one| Some((one.document?, one.generation))));
            }
            let mut left = Vec::new();
            for (document, generation) in touched {
                let Some(stored) = documents::load(self.transaction, &document, generation)? else {
                    continue;
                };
                let held = held::held(&stored)?;
                let ours =
                    self.said_by(&self.identity.device.public(), Zone::Chapter, &document, generation)?;
                let is_gone = |body: &ChangeBody| {
                    ours.get(body.as_bytes()).is_some_and(|places| {
                        places
                            .iter()
                            .all(|(log, sequence)| before.get(log).is_some_and(|kept| sequence > kept))
                    })
                };
                let rest = held.document.without(is_gone, ActorId::random(&mut rand::rng()))?;
                for (log, sequence) in
                    rest.dropped.iter().filter_map(|body| ours.get(body.as_bytes())).flatten()
                {
                    let last = kept.entry(*log).or_insert(u64::MAX);
                    *last = (*last).min(sequence.saturating_sub(1));
                }
                let was = held.document.content();
                let actor = ActorId::random(&mut rand::rng());
                left.push(Left { held: Held { actor, document: rest.document, ..held }, was });
            }
            if *kept == before {
                return Ok(left);
            }
        }
    }

    /// The changes that one device wrote of one generation, and where they stand.
    pub(super) fn said_by(
        &self,
        author: &PublicKey,
        zone: Zone,
        document: &[u8; 16],
        generation: StoredGeneration,
    ) -> Result<Said, WriteError> {
        let generation = Generation { number: generation.number, random: generation.random };
        let place = self.place(zone, *document, generation);
        let mut said = Said::new();
        let all = keyring::of_one(self.transaction, &author.0, document, generation)?;
        for OfOne { log, sequence, body, is_sealed } in all {
            let body = if is_sealed { self.opened(&place, zone, author, &body)? } else { ChangeBody(body) };
            said.entry(body.0).or_default().push((log, sequence));
        }
        Ok(said)
    }
}

/// The edits that make of one what another was.
fn differences(now: &Content, was: &Content) -> Vec<Edit> {
    let taken_away = now.keys().filter(|key| !was.contains_key(*key)).map(|key| Edit::delete(key.clone()));
    let said = was.iter().filter_map(|(key, values)| {
        let here = now.get(key);
        let new = values.iter().find(|value| here.is_none_or(|here| !here.contains(value)));
        new.map(|value| Edit::set(key.clone(), value.clone()))
    });
    taken_away.chain(said).collect()
}

#[cfg(test)]
mod tests {
    use helhet_shared::document::Value;

    use super::*;

    #[test]
    fn what_was_said_is_said_again_and_nothing_else() {
        let content = |pairs: &[(&str, &[&str])]| -> Content {
            let values = |values: &[&str]| values.iter().map(|value| Value::from(*value)).collect();
            pairs.iter().map(|(key, texts)| ((*key).to_owned(), values(texts))).collect()
        };
        let now = content(&[("a", &["1"]), ("b", &["1"]), ("c", &["1"])]);
        let was = content(&[("a", &["1"]), ("b", &["1", "2"]), ("d", &["4"])]);
        let edits = differences(&now, &was);
        assert_eq!(edits, [Edit::delete("c"), Edit::set("b", "2"), Edit::set("d", "4")]);
        assert!(differences(&was, &was).is_empty());
    }
}
