//! Brings what the office changed in shared documents into the chapter's record, and what another life of this store
//! wrote there: see `gate::mirror`.
use helhet_shared::document::Edit;
use helhet_shared::gate::{beside, mirror, remembered, returned};
use helhet_shared::id::{DocumentId, SupporterId};
use helhet_shared::sqlite::held as words;
use helhet_shared::supporter::Field;
use helhet_shared::zone::Zone;

use super::{Deed, WriteError, held};
use crate::store::{arrived, keyring, supporters};

impl Deed<'_> {
    /// Brings in some of what arrived; call again until it gives 0. Only when all zones are caught up.
    pub fn bring_in_some(&mut self) -> Result<usize, WriteError> {
        const AT_ONCE: u32 = 256;
        let some = arrived::some(self.transaction, AT_ONCE)?;
        for &shared in &some {
            if held::live(self.transaction, shared)?.is_some_and(|held| held.zone == Zone::Chapter) {
                // Another device has changed this record: what follows from that is the gate's to say.
                arrived::remove(self.transaction, shared)?;
                self.touched.insert(shared.into());
                continue;
            }
            let hidden = words::subject_of(self.transaction, shared.as_bytes())?.map(SupporterId::from_bytes);
            match supporters::of_document(self.transaction, shared)?.or(hidden) {
                // It waits to be erased, and is nobody's.
                Some(id) if DocumentId::from(id) == shared => arrived::remove(self.transaction, shared)?,
                Some(id) => self.bring_in(id, shared)?,
                // Its record may be among what waits for a key.
                None if keyring::closed(self.transaction)? > 0 => arrived::remove(self.transaction, shared)?,
                None => self.remember(shared)?,
            }
        }
        Ok(some.len())
    }

    /// A shared document of this chapter that is nobody's: a backup has forgotten whose. Without a record the chapter could
    /// neither see nor erase whom the office knows from it.
    fn remember(&mut self, shared: DocumentId) -> Result<(), WriteError> {
        arrived::remove(self.transaction, shared)?;
        let held = held::live(self.transaction, shared)?;
        let Some(mut edits) = held.and_then(|held| remembered(&held.document.content())) else {
            return Ok(());
        };
        let confidential = DocumentId::random(&mut self.rng);
        edits.push(Edit::set(Field::SharedDocument.plain_key(), shared.to_string()));
        edits.push(Edit::set(Field::ConfidentialDocument.plain_key(), confidential.to_string()));
        let id = SupporterId::random(&mut self.rng);
        self.edit(id, &edits)
    }

    pub(super) fn bring_in(&mut self, id: SupporterId, shared: DocumentId) -> Result<(), WriteError> {
        arrived::remove(self.transaction, shared)?;
        let generations = held::newest(self.transaction, shared)?;
        let alone = generations.len() == 1;
        for generation in generations {
            let Some(record) = self.content(id.into())? else { return Ok(()) };
            let shared = generation.document.content();
            self.loaded.put(generation);
            let edits = if alone {
                let mut edits = mirror(&record, &shared);
                edits.extend(returned(&record, &shared));
                edits
            } else {
                beside(&record, &shared)
            };
            self.edit(id, &edits)?;
        }
        Ok(())
    }
}
