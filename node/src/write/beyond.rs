//! A device was removed, and something that it wrote after what counts of it had come here all the same. It goes from the log,
//! and the documents that hold it begin anew without it: whatever was built on it elsewhere goes with the old generation.
//! What this device itself said on top of it is said again.
use std::collections::{BTreeMap, BTreeSet};

use helhet_protocol::log::Revocation;
use helhet_shared::document::{ChangeBody, Content, Edit, Limits, decode};
use helhet_shared::id::{ActorId, DocumentId};
use helhet_shared::sqlite::log::{self, cut};
use helhet_shared::sqlite::{StoredGeneration, documents};
use helhet_shared::zone::Zone;

use super::copied_sealed::Said;
use super::held::{self, Held};
use super::{Deed, WriteError};
use crate::store::entries::stored_log;
use crate::store::supporters;

/// Of each of its logs, the last entry that counts.
type Counts = BTreeMap<log::LogId, u64>;

impl Deed<'_> {
    pub(super) fn forget_beyond(&mut self, revocation: &Revocation) -> Result<(), WriteError> {
        let chapter = *self.identity.chapter.as_bytes();
        for zone in [Zone::Shared, Zone::Chapter, Zone::Confidential] {
            let held = log::positions(self.transaction, &chapter, zone.code())?;
            let of_device = held.iter().filter(|(log, _)| log.author == revocation.device.0);
            let beyond: Counts = of_device
                .filter_map(|(log, held)| {
                    let counts = revocation.last_accepted.iter();
                    let last = counts.filter(|position| stored_log(&position.log) == *log);
                    let last = last.map(|position| position.sequence).max().unwrap_or(0);
                    (held.sequence > last).then_some((*log, last))
                })
                .collect();
            if !beyond.is_empty() {
                self.forget_in(zone, revocation, &beyond)?;
            }
        }
        Ok(())
    }

    fn forget_in(&mut self, zone: Zone, revocation: &Revocation, beyond: &Counts) -> Result<(), WriteError> {
        let mut touched: BTreeSet<([u8; 16], StoredGeneration)> = BTreeSet::new();
        for (log, last) in beyond {
            let after = cut::after(self.transaction, log, *last)?;
            touched.extend(after.into_iter().filter_map(|one| Some((one.document?, one.generation))));
        }
        let mut begun_anew = Vec::new();
        for (document, generation) in touched {
            // Of what only peer support reads there is no document to mend: whoever opens it reads the log without what goes.
            let Some(stored) = documents::load(self.transaction, &document, generation)? else { continue };
            let held = held::held(&stored)?;
            let said = self.said_by(&revocation.device, zone, &document, generation)?;
            begun_anew.push((held.id, generation.number, self.without(&held, &said, beyond)?));
        }
        for (log, last) in beyond {
            cut::cut(self.transaction, log, *last)?;
        }
        for (id, number, content) in begun_anew {
            self.narrow(zone, id, number.saturating_add(1))?;
            match zone {
                // The gate says what the office is to have of it.
                Zone::Shared => self.touched.extend(supporters::of_document(self.transaction, id)?),
                Zone::Confidential | Zone::Chapter | Zone::Published | Zone::Office => {
                    self.begin_anew(zone, id, &content)?;
                }
            }
        }
        Ok(())
    }

    /// What a document says without what lies beyond, and with what this device said on top of it.
    fn without(&self, held: &Held, said: &Said, beyond: &Counts) -> Result<Content, WriteError> {
        let is_beyond = |body: &ChangeBody| {
            said.get(body.as_bytes()).is_some_and(|places| {
                places.iter().all(|(log, sequence)| beyond.get(log).is_some_and(|last| sequence > last))
            })
        };
        let rest = held.document.without(is_beyond, ActorId::random(&mut rand::rng()))?;
        let (mut content, was) = (rest.document.content(), held.document.content());
        for body in rest.dropped.iter().filter(|body| !is_beyond(body)) {
            let Ok(change) = decode(body.as_bytes(), &Limits::OWN) else { continue };
            for operation in change.operations {
                match was.get(&operation.key) {
                    Some(values) => drop(content.insert(operation.key, values.clone())),
                    None => drop(content.remove(&operation.key)),
                }
            }
        }
        Ok(content)
    }

    /// A generation without history, where something remains.
    fn begin_anew(&mut self, zone: Zone, id: DocumentId, content: &Content) -> Result<(), WriteError> {
        let values = content.iter().filter_map(|(key, values)| Some((key, values.first()?)));
        let edits: Vec<Edit> = values.map(|(key, value)| Edit::set(key.clone(), value.clone())).collect();
        if edits.is_empty() {
            if zone == Zone::Chapter {
                crate::project::remove(self.transaction, id.into())?;
            }
            return Ok(());
        }
        let mut fresh = self.fresh(zone, id)?;
        let change = fresh.document.edit(&edits, self.now);
        self.keep(fresh, change.into_iter().collect())?;
        if zone == Zone::Chapter {
            self.touched.insert(id.into());
        }
        Ok(())
    }
}
