//! What the hub sends enters by the same door: verified, held against an allowlist, applied, and kept.
//!
//! The hub may correct mirrored fields of shared documents that live here, publish agreements, refuse changes and sign
//! receipts. Anything else of it is refused, change by change, and never reaches a document.
use std::collections::{BTreeMap, BTreeSet};

use helhet_protocol::identity::{PublicKey, Signed};
use helhet_protocol::log::tombstone::document_hash;
use helhet_protocol::log::{Body, Change, ChangeKind, Receipt, Refusal, Tombstone, VerifiedEntry};
use helhet_shared::command;
use helhet_shared::document::{ChangeBody, Limits, decode};
use helhet_shared::id::{DocumentId, Generation};
use helhet_shared::schema::{self, Author};
use helhet_shared::sqlite::tombstones::{ERASED, StoredTombstone};
use helhet_shared::sqlite::{documents, log, tombstones};
use helhet_shared::zone::Zone;

use super::held::{self, Held, chapter_of};
use super::{Deed, WriteError};
use crate::project;
use crate::store::{arrived, entries, exchange, owed, settings, supporters};

/// What receiving did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Received {
    /// Changes that were not taken.
    pub refused: u64,
}

/// Re-exported name of what comes in: an entry whose signature and place in its log hold.
pub type ReceivedEntry = VerifiedEntry;

impl Deed<'_> {
    /// Stores a batch of the hub's entries and applies what is allowed.
    pub fn receive(&mut self, hub: PublicKey, batch: &[ReceivedEntry]) -> Result<Received, WriteError> {
        settings::write(self.transaction, "hub_key", &hub.0)?;
        let mut received = Received::default();
        for entry in batch {
            let zone = Zone::from_code(entry.header().log.zone);
            let changes = &entry.entry().changes;
            let own = entry.header().log.author == self.identity.device.public();
            let author = if own { Author::Chapter } else { Author::Hub };
            let refused: Vec<usize> =
                (0..changes.len()).filter(|&place| !allowed(zone, author, &changes[place])).collect();
            received.refused += refused.len() as u64;
            let now = self.now.timestamp();
            let appended = entries::append_verified(self.transaction, entry, &refused, now)?;
            if own {
                // It came from the hub, so the hub has it.
                exchange::acknowledge(self.transaction, &[entry.position()], now)?;
            }
            for (place, (change, kept)) in changes.iter().zip(appended.kept).enumerate() {
                if refused.contains(&place) {
                    self.leave(change)?;
                } else if let (Some(zone), true) = (zone, kept) {
                    self.take(zone, own, change)?;
                }
            }
        }
        Ok(received)
    }

    /// What may not be taken is not built upon: that generation takes nothing more from the hub, and the supporter gets a
    /// fresh one from current values.
    fn leave(&mut self, change: &Change) -> Result<(), WriteError> {
        let id = DocumentId::from_bytes(change.document);
        let generation = Generation { number: change.generation.number, random: change.generation.random };
        if change.kind == ChangeKind::Automerge
            && let Some(mut held) = held::exactly(self.transaction, id, generation)?
        {
            held.frozen = true;
            held.save(self.transaction, self.identity)?;
            self.touched.extend(supporters::of_document(self.transaction, id)?);
            self.doubt_figures(id)?;
        }
        Ok(())
    }

    fn take(&mut self, zone: Zone, own: bool, change: &Change) -> Result<(), WriteError> {
        let Body::Open(body) = &change.body else { return Ok(()) };
        match change.kind {
            ChangeKind::Automerge => self.take_edit(zone, own, change, body),
            ChangeKind::Refusal => self.take_refusal(body),
            ChangeKind::Receipt => self.take_receipt(body),
            ChangeKind::Other(_) => Ok(()),
        }
    }

    fn take_edit(&mut self, zone: Zone, own: bool, change: &Change, body: &[u8]) -> Result<(), WriteError> {
        let id = DocumentId::from_bytes(change.document);
        let generation = Generation { number: change.generation.number, random: change.generation.random };
        let held = held::exactly(self.transaction, id, generation)?;
        let mut held = match (held, zone) {
            (Some(held), _) if held.frozen && !own => return Ok(()),
            (Some(held), _) if held.zone == zone => held,
            (None, zone) if own || zone == Zone::Published => Held::new(id, zone, generation, &mut self.rng),
            // A generation that has been retired here: the office applies its correction again to the next.
            _ => return Ok(()),
        };
        held.document.apply(&[ChangeBody(body.to_vec())])?;
        held.save(self.transaction, self.identity)?;
        if zone == Zone::Shared {
            arrived::add(self.transaction, id)?;
            self.doubt_figures(id)?;
        }
        Ok(())
    }

    /// The refused generation is frozen, and the supporter gets a fresh one from current values, once per rule and key.
    fn take_refusal(&mut self, body: &[u8]) -> Result<(), WriteError> {
        let Ok(refusal) = Refusal::read(body) else { return Ok(()) };
        let id = DocumentId::from_bytes(refusal.document);
        let generation = Generation { number: refusal.generation.number, random: refusal.generation.random };
        let is_new = project::refusal(self.transaction, &refusal, self.now.timestamp())?;
        let of_ours = refusal.log.chapter == *self.identity.chapter.as_bytes()
            && refusal.log.zone == Zone::Shared.code();
        if of_ours
            && let Some(entry) =
                log::hash_at(self.transaction, &entries::stored_log(&refusal.log), refusal.sequence)?
        {
            // What the office does not hold is not held here either, so that both can tell that they hold the same.
            log::refuse(self.transaction, &entry, refusal.index)?;
        }
        if let Some(mut held) = held::exactly(self.transaction, id, generation)? {
            held.frozen = true;
            held.save(self.transaction, self.identity)?;
            self.doubt_figures(id)?;
        }
        if is_new {
            self.touched.extend(supporters::of_document(self.transaction, id)?);
        }
        Ok(())
    }

    fn take_receipt(&mut self, body: &[u8]) -> Result<(), WriteError> {
        let Ok(receipt) = Receipt::read(body) else { return Ok(()) };
        owed::settle(self.transaction, &receipt.tombstone, body, self.now.timestamp())?;
        Ok(())
    }

    /// Floors of this chapter that a peer knows and this store may have forgotten (a restored backup). Others are not
    /// this chapter's to obey.
    pub fn receive_floors(&mut self, floors: &[Signed<Tombstone>]) -> Result<(), WriteError> {
        let own: BTreeSet<PublicKey> =
            [self.identity.device.public(), self.identity.chapter_key.public()].into_iter().collect();
        let mut raised = Vec::new();
        for signed in floors {
            let Ok(tombstone) = signed.verify_own() else { continue };
            let of_us =
                tombstone.chapter == *self.identity.chapter.as_bytes() && own.contains(&tombstone.authority);
            let row = StoredTombstone {
                chapter: tombstone.chapter,
                document_hash: tombstone.document_hash,
                floor: tombstone.floor,
                signed: signed.to_bytes(),
            };
            if of_us && tombstones::raise(self.transaction, &row, self.now.timestamp())? {
                raised.push(tombstone);
            }
        }
        if raised.is_empty() {
            return Ok(());
        }
        let raised: BTreeMap<_, _> =
            raised.into_iter().map(|tombstone| (tombstone.document_hash, tombstone.floor)).collect();
        for zone in [Zone::Confidential, Zone::Chapter, Zone::Shared] {
            for id in documents::ids_of_zone(self.transaction, &chapter_of(zone, self.identity), zone.code())?
            {
                if let Some(&floor) = raised.get(&document_hash(&id)) {
                    self.fell(zone, DocumentId::from_bytes(id), floor)?;
                }
            }
        }
        self.withhold(&raised)
    }

    fn fell(&mut self, zone: Zone, document: DocumentId, floor: u32) -> Result<(), WriteError> {
        self.remove_below(document, floor)?;
        match (zone, floor) {
            (Zone::Chapter, ERASED) => project::remove(self.transaction, document.into())?,
            (Zone::Shared, _) => self.touched.extend(supporters::of_document(self.transaction, document)?),
            _ => {}
        }
        Ok(())
    }

    /// This store did not raise these floors, so it has forgotten why less was to be given out: a withdrawal, as a rule.
    /// The gate would open the next generation by the old yes, so a person has to say first what still holds. Who was erased in
    /// a copy of this store may be on record here under another id, made from what the office knew, and goes too.
    fn withhold(&mut self, raised: &BTreeMap<[u8; 32], u32>) -> Result<(), WriteError> {
        for (id, shared) in supporters::shared_documents(self.transaction)? {
            match raised.get(&document_hash(shared.as_bytes())) {
                Some(&ERASED) => self.erase(id)?,
                Some(_) => self.change(id, |_, rng, now| Ok(command::withhold(rng, now)))?,
                None => {}
            }
        }
        Ok(())
    }
}

/// What an author may say at all. Own entries come back to a store that was restored from a backup.
fn allowed(zone: Option<Zone>, author: Author, change: &Change) -> bool {
    let Some(zone) = zone else { return false };
    let Body::Open(body) = &change.body else { return matches!(change.body, Body::Absent { .. }) };
    match change.kind {
        ChangeKind::Automerge => {
            decode(body, &Limits::WIRE).is_ok_and(|decoded| schema::check(zone, author, &decoded).is_ok())
        }
        ChangeKind::Refusal => zone == Zone::Shared && Refusal::read(body).is_ok(),
        ChangeKind::Receipt => zone == Zone::Shared && Receipt::read(body).is_ok(),
        // Of a newer version: kept and not understood.
        ChangeKind::Other(_) => true,
    }
}
