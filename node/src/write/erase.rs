//! Removing: floors under documents, and everything below them gone in the same transaction.
//!
//! The bytes themselves leave the file with the checkpoint that follows the commit (`Writer::act`).
use helhet_protocol::identity::{PublicKey, Signed};
use helhet_protocol::log::Tombstone;
use helhet_protocol::log::tombstone::{Erasure, document_hash, reason};
use helhet_shared::command;
use helhet_shared::id::{DocumentId, SupporterId};
use helhet_shared::sqlite::tombstones::{ERASED, StoredTombstone};
use helhet_shared::sqlite::{documents, held as held_words, log, tombstones};
use helhet_shared::supporter::Supporter;
use helhet_shared::zone::Zone;

use super::held;
use super::{Deed, WriteError};
use crate::project;
use crate::store::{arrived, imports, owed, refusals};

impl Deed<'_> {
    /// Erases a supporter in every zone of the chapter, on a device that may: the office takes an erasure from no other. False
    /// where that waits for a second word; the supporter is not shown meanwhile.
    pub fn erase(&mut self, id: SupporterId) -> Result<bool, WriteError> {
        if !self.is_admin()? {
            return Err(WriteError::MayNotErase);
        }
        if let Some(kept) = self.record(id)?.kept(self.today()).first() {
            return Err(WriteError::Kept(*kept));
        }
        self.erase_everywhere(id)
    }

    /// Erases the record of somebody of whom there is another, which has all that this one tells.
    pub(super) fn erase_double(&mut self, id: SupporterId) -> Result<bool, WriteError> {
        if !self.is_admin()? {
            return Err(WriteError::MayNotErase);
        }
        self.erase_everywhere(id)
    }

    /// The same, where somebody who may has decided it.
    pub(super) fn erase_everywhere(&mut self, id: SupporterId) -> Result<bool, WriteError> {
        let record = held::live(self.transaction, id.into())?.ok_or(WriteError::NoSuchSupporter)?;
        let supporter = Supporter::from_content(id, &record.document.content());
        let mut documents = command::erase(&supporter).documents;
        if !documents.iter().any(|(_, document)| *document == DocumentId::from(id)) {
            documents.push((Zone::Chapter, id.into()));
        }
        let number = rand::random();
        let mut holders = self.may_hold(id)?;
        let alone = self.may_erase_alone(&documents)?;
        for &(zone, document) in &documents {
            // Named once: the number says the rest.
            let holders = std::mem::take(&mut holders);
            if !alone {
                self.ask_to_erase(zone, document, Erasure { number, holders })?;
                continue;
            }
            self.raise(zone, document, ERASED, reason::ERASED, Some(Erasure { number, holders }))?;
        }
        self.touched.remove(&id);
        if !alone {
            self.look_at(&documents)?;
            return Ok(held::live(self.transaction, id.into())?.is_none());
        }
        project::remove(self.transaction, id)?;
        imports::forget(self.transaction, id)?;
        Ok(true)
    }

    /// Raises a document's floor, since less is to be known than before, and removes what lies below it.
    pub(super) fn narrow(&mut self, zone: Zone, document: DocumentId, floor: u32) -> Result<(), WriteError> {
        self.raise(zone, document, floor, reason::NARROWED, None)
    }

    fn raise(
        &mut self,
        zone: Zone,
        document: DocumentId,
        floor: u32,
        reason: u8,
        erasure: Option<Erasure>,
    ) -> Result<(), WriteError> {
        let was_out = zone == Zone::Shared && held::live(self.transaction, document)?.is_some();
        let chapter = *self.identity.chapter.as_bytes();
        let document_hash = document_hash(document.as_bytes());
        let day = u32::try_from(self.now.timestamp().div_euclid(86_400)).unwrap_or_default();
        let tombstone = Tombstone {
            document_hash,
            chapter,
            floor,
            zone: zone.code(),
            day,
            reason,
            authority: PublicKey([0; 32]),
            erasure,
        };
        let signed = tombstone.sign(&self.identity.device);
        let replaced = tombstones::signed(self.transaction, &chapter, &document_hash)?;
        let now = self.now.timestamp();
        let row = StoredTombstone { chapter, document_hash, floor, signed: signed.to_bytes() };
        if !tombstones::raise(self.transaction, &row, now)? {
            return Ok(());
        }
        self.enter_erasure(&signed, Some(self.identity.device.public().0))?;
        let replaced = replaced.and_then(|bytes| Signed::<Tombstone>::from_bytes(&bytes).ok());
        let mut owes = was_out;
        if let Some(replaced) = replaced {
            owes |= zone == Zone::Shared;
            owed::remove(self.transaction, &replaced.hash())?;
        }
        if owes {
            owed::add(self.transaction, &signed.hash(), zone.code(), floor, now)?;
        }
        self.remove_below(document, floor)
    }

    /// Removes what lies below a floor; everything, with [`ERASED`].
    pub(super) fn remove_below(&mut self, document: DocumentId, floor: u32) -> Result<(), WriteError> {
        log::prune(self.transaction, document.as_bytes(), floor)?;
        documents::delete(self.transaction, document.as_bytes(), floor)?;
        self.drop_pending(document, floor);
        if floor == ERASED {
            imports::forget(self.transaction, document.into())?;
            held_words::show(self.transaction, document.as_bytes())?;
            arrived::remove(self.transaction, document)?;
            refusals::remove(self.transaction, document)?;
        }
        self.erased = true;
        Ok(())
    }
}
