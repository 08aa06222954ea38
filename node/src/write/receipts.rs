//! Receipts of erasures: this store signs for what is gone from it, once its bytes are, and keeps what others have signed.
use helhet_protocol::identity::{PublicKey, Signed};
use helhet_protocol::log::receipt::cleaned;
use helhet_protocol::log::tombstone::MAX_HOLDERS;
use helhet_protocol::log::{Body, Change, ChangeKind, Generation, Receipt, Tombstone};
use helhet_shared::erasures::second_word::Key;
use helhet_shared::erasures::{BACKUP_DAYS, Erased, day_of};
use helhet_shared::id::SupporterId;
use helhet_shared::sqlite::tombstones::{self, ERASED};
use helhet_shared::sqlite::{erasures, log};
use helhet_shared::zone::Zone;

use super::{Deed, WriteError, Writer};
use crate::store::{StoreError, members, owed, register};

impl Writer {
    /// What this store has still to sign for.
    pub(super) fn to_sign(&self) -> Result<Vec<Erased>, StoreError> {
        let chapter = *self.identity().chapter.as_bytes();
        self.store().database().read(|connection| Ok(erasures::to_sign(connection, &chapter)?))
    }

    /// Empties the write-ahead file, and signs for what was erased before that began. Where a reader keeps old pages there,
    /// nothing is signed.
    pub(super) fn empty_and_sign(&self) -> Result<(), WriteError> {
        let due = self.to_sign()?;
        self.empty()?;
        if due.is_empty() {
            return Ok(());
        }
        self.act(|deed| deed.sign_receipts(&due))
    }

    /// Empties the write-ahead file.
    pub(super) fn empty(&self) -> Result<(), WriteError> {
        if !skips_the_checkpoint() {
            self.store().database().checkpoint()?;
        }
        Ok(())
    }
}

/// No program does.
fn skips_the_checkpoint() -> bool {
    #[cfg(feature = "planted-bug")]
    return helhet_shared::planted_bug::is_planted(helhet_shared::planted_bug::Bug::ReceiptIsEarly);
    #[cfg(not(feature = "planted-bug"))]
    false
}

impl Deed<'_> {
    /// Enters an erasure that was carried out here, by the count of this one if by anybody's. A device to which the chapter's
    /// records are only on their way has held nothing of it, and owes no receipt.
    pub(super) fn enter_erasure(
        &mut self,
        signed: &Signed<Tombstone>,
        counted_for: Option<Key>,
    ) -> Result<(), WriteError> {
        let Some((ERASED, erased)) = register::entry(signed, self.now.timestamp()) else { return Ok(()) };
        let erased = Erased { signed: self.is_beginning()?, counted_for, ..erased };
        let is_new = erasures::enter(self.transaction, self.identity.chapter.as_bytes(), &erased)?;
        // It signs also for what it never held, once it has looked that nothing of it is in its files.
        self.erased |= is_new && !erased.signed;
        Ok(())
    }

    /// The devices that may hold a supporter: all that are not out, and those that were put out since the record was begun.
    pub(super) fn may_hold(&self, id: SupporterId) -> Result<Vec<PublicKey>, WriteError> {
        let chapter = self.identity.chapter.as_bytes();
        let begun = log::first_received(self.transaction, id.as_bytes())?;
        let mut keys = vec![self.identity.device.public()];
        for member in members::all(self.transaction, chapter)? {
            let was_in = match members::revocation(self.transaction, chapter, &member.key)? {
                None => true,
                Some(out) => out.unverified().is_ok_and(|out| begun.is_some_and(|begun| out.time >= begun)),
            };
            if was_in && !keys.contains(&member.key) {
                keys.push(member.key);
            }
        }
        keys.truncate(MAX_HOLDERS);
        Ok(keys)
    }

    /// Signs for what is gone from here to the last byte.
    fn sign_receipts(&mut self, gone: &[Erased]) -> Result<(), WriteError> {
        let chapter = *self.identity.chapter.as_bytes();
        let day = day_of(self.now.timestamp());
        let mut changes = Vec::new();
        for erased in gone {
            let receipt = Receipt {
                tombstone: erased.tombstone,
                store: self.identity.store,
                cleaned: cleaned::LOG
                    | cleaned::PROJECTIONS
                    | cleaned::INDEX
                    | cleaned::KEYS
                    | cleaned::CHECKPOINT,
                finished_day: day,
                backup_until_day: day.saturating_add(BACKUP_DAYS),
                signer: self.identity.device.public(),
                document_hash: Some(erased.document_hash),
            };
            erasures::keep_receipt(
                self.transaction,
                &chapter,
                &register::row(&receipt, erased.document_hash, false, self.now.timestamp()),
            )?;
            erasures::signed(self.transaction, &chapter, &erased.document_hash)?;
            changes.push(Change {
                kind: ChangeKind::Receipt,
                // A receipt must not keep the id of what was erased.
                document: [0; 16],
                generation: Generation { number: 0, random: 0 },
                body: Body::Open(receipt.sign(&self.identity.device)),
            });
        }
        self.sign(Zone::Shared, changes)
    }

    /// The receipts of this device stand in its log no longer: they are signed anew, as soon as this deed is done.
    pub(super) fn sign_again(&mut self) -> Result<(), WriteError> {
        let own = self.identity.device.public();
        erasures::sign_again(self.transaction, self.identity.chapter.as_bytes(), &own.0)?;
        self.erased = true;
        Ok(())
    }

    /// Another store has signed; who wrote the entry did, which was looked at.
    pub(super) fn take_receipt(&mut self, by_hub: bool, body: &[u8]) -> Result<(), WriteError> {
        let Ok(receipt) = Receipt::read(body) else { return Ok(()) };
        let (chapter, now) = (*self.identity.chapter.as_bytes(), self.now.timestamp());
        if let Some(document_hash) = register::document_of(self.transaction, &chapter, &receipt)? {
            let receipt = register::row(&receipt, document_hash, by_hub, now);
            // What is gone elsewhere goes here too.
            self.heard_of_words |= erasures::keep_receipt(self.transaction, &chapter, &receipt)?;
        }
        if !by_hub {
            return Ok(());
        }
        owed::settle(self.transaction, &receipt.tombstone, body, now)?;
        // It may have heard of the erasure from somebody else, under another tombstone.
        if let Some(document_hash) = receipt.document_hash
            && let Some(own) = tombstones::signed(self.transaction, &chapter, &document_hash)?
            && let Ok(own) = Signed::<Tombstone>::from_bytes(&own)
        {
            owed::settle(self.transaction, &own.hash(), body, now)?;
        }
        Ok(())
    }
}
