//! What the hub or another device sends enters by the same door: verified, held against an allowlist, applied, and kept.
//!
//! The hub may correct mirrored fields of shared documents that live here, publish agreements, refuse changes and sign
//! receipts. Anything else of it is refused, change by change, and never reaches a document.
use std::collections::{BTreeMap, BTreeSet};

use helhet_protocol::identity::{DeviceRole, PublicKey, Signed};
use helhet_protocol::log::tombstone::{document_hash, reason};
use helhet_protocol::log::{Body, Change, ChangeKind, Receipt, Refusal, Tombstone, VerifiedEntry};
use helhet_protocol::seal::{Epoch, WrappedKey};
use helhet_shared::command;
use helhet_shared::document::{ChangeBody, Limits, decode};
use helhet_shared::id::{DocumentId, Generation};
use helhet_shared::schema::{self, Author};
use helhet_shared::sqlite::tombstones::{ERASED, NARROWINGS_APART_MAX, StoredTombstone};
use helhet_shared::sqlite::{log, members as known_members, tombstones};
use helhet_shared::zone::Zone;

use super::held::{self, Held};
use super::sealed::SEALED;
use super::second_word::ByHash;
use super::{Deed, WriteError};
use crate::project;
use crate::store::exchange::{self, Other};
use crate::store::members::Member;
use crate::store::{arrived, entries, keyring, members, settings, supporters};

/// What receiving did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Received {
    /// Changes that were not taken.
    pub refused: u64,
}

/// Re-exported name of what comes in: an entry whose signature and place in its log hold.
pub type ReceivedEntry = VerifiedEntry;

impl Deed<'_> {
    /// Stores a batch of a peer's entries, whoever wrote them, and applies what is allowed.
    pub fn receive(&mut self, from: &Other, batch: &[ReceivedEntry]) -> Result<Received, WriteError> {
        if let Other::Hub(key) = from {
            settings::write(self.transaction, "hub_key", &key.0)?;
        }
        let hub = from.hub(self.transaction)?;
        let mut received = Received::default();
        for entry in batch {
            let zone = Zone::from_code(entry.header().log.zone);
            let changes = &entry.entry().changes;
            let own = entry.header().log.author == self.identity.device.public();
            let author = self.author(hub, entry)?;
            let key = &entry.header().log.author;
            let refused: Vec<usize> =
                (0..changes.len()).filter(|&place| !allowed(zone, author, key, &changes[place])).collect();
            received.refused += refused.len() as u64;
            let now = self.now.timestamp();
            let appended = entries::append_verified(self.transaction, entry, &refused, now)?;
            if own {
                // Whom it came from has it.
                exchange::acknowledge(self.transaction, from, &[entry.position()], now)?;
            }
            for (place, (change, kept)) in (0_u32..).zip(changes.iter().zip(appended.kept)) {
                match (zone, kept) {
                    _ if refused.contains(&(place as usize)) => self.leave(change)?,
                    (Some(zone), true) if SEALED.contains(&zone) => {
                        self.take_sealed(zone, appended.id, place, change)?;
                    }
                    (Some(zone), true) => self.take(zone, author == Author::Chapter, change)?,
                    _ => {}
                }
            }
        }
        Ok(received)
    }

    /// Whose word an entry is: the hub's, or a device's of this chapter, up to where that was one.
    fn author(&self, hub: Option<PublicKey>, entry: &ReceivedEntry) -> Result<Author, WriteError> {
        let (log, sequence) = (&entry.header().log, entry.header().sequence);
        if hub == Some(log.author) {
            return Ok(Author::Hub);
        }
        let chapter = self.identity.chapter.as_bytes();
        let of_ours = log.author == self.identity.device.public()
            || known_members::device(self.transaction, chapter, &log.author.0)?.is_some();
        if log.chapter == *chapter
            && of_ours
            && !members::is_beyond(self.transaction, chapter, log, sequence)?
        {
            return Ok(Author::Chapter);
        }
        Err(WriteError::Stranger)
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

    /// It is opened when all that belongs with it is here; what only peer support reads, when somebody who may looks at it.
    fn take_sealed(&mut self, zone: Zone, entry: i64, place: u32, change: &Change) -> Result<(), WriteError> {
        match change.kind {
            ChangeKind::Automerge if zone == Zone::Confidential => {}
            ChangeKind::Automerge => keyring::add_unopened(self.transaction, entry, place)?,
            ChangeKind::Key | ChangeKind::Epoch => keyring::try_again(self.transaction)?,
            ChangeKind::ChapterKey => {
                if let Body::Open(body) = &change.body {
                    self.take_chapter_key(&change.document, body)?;
                }
            }
            ChangeKind::Refusal | ChangeKind::Receipt | ChangeKind::Application | ChangeKind::Other(_) => {}
        }
        Ok(())
    }

    fn take(&mut self, zone: Zone, of_ours: bool, change: &Change) -> Result<(), WriteError> {
        let Body::Open(body) = &change.body else { return Ok(()) };
        match change.kind {
            ChangeKind::Automerge => self.take_edit(zone, of_ours, change, body),
            ChangeKind::Refusal => self.take_refusal(body),
            ChangeKind::Receipt => self.take_receipt(!of_ours, body),
            ChangeKind::Application => self.take_application(body),
            ChangeKind::Key | ChangeKind::Epoch | ChangeKind::ChapterKey | ChangeKind::Other(_) => Ok(()),
        }
    }

    fn take_edit(
        &mut self,
        zone: Zone,
        of_ours: bool,
        change: &Change,
        body: &[u8],
    ) -> Result<(), WriteError> {
        let id = DocumentId::from_bytes(change.document);
        let generation = Generation { number: change.generation.number, random: change.generation.random };
        let held = held::exactly(self.transaction, id, generation)?;
        let mut held = match (held, zone) {
            (Some(held), _) if held.frozen && !of_ours => return Ok(()),
            (Some(held), _) if held.zone == zone => held,
            (None, zone) if of_ours || zone == Zone::Published => {
                Held::new(id, zone, generation, &mut self.rng)
            }
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

    /// Floors of this chapter that a peer knows and this store may have forgotten (a restored backup), and what waits to be one.
    /// Others are not this chapter's to obey.
    pub fn receive_floors(
        &mut self,
        floors: &[Signed<Tombstone>],
        held: &[Signed<Tombstone>],
    ) -> Result<(), WriteError> {
        let chapter = *self.identity.chapter.as_bytes();
        let own = self.identity.device.public();
        let devices = members::all(self.transaction, &chapter)?;
        let is_admin = |device: &&Member| device.certificate.role == DeviceRole::Admin;
        let mut may_erase: BTreeSet<PublicKey> =
            devices.iter().filter(is_admin).map(|device| device.key).collect();
        may_erase.extend([self.identity.root, own]);
        self.hear_words(held, &may_erase)?;
        self.heard_of_words |= !held.is_empty();
        let of_ours: BTreeSet<PublicKey> = devices.iter().map(|device| device.key).collect();
        let (council, beginning) = (self.council()?, self.is_beginning()?);
        let erases = floors.iter().any(|signed| signed.unverified().is_ok_and(|floor| floor.floor == ERASED));
        let here = if erases { self.by_hash()? } else { ByHash::new() };
        let mut raised = Vec::new();
        for signed in floors {
            let Ok(tombstone) = signed.verify_own() else { continue };
            let known = tombstones::floor(self.transaction, &chapter, &tombstone.document_hash)?;
            let narrows = tombstone.floor <= known.saturating_add(NARROWINGS_APART_MAX);
            // A device that may only edit narrows, as at the hub.
            let may =
                may_erase.contains(&tombstone.authority) || narrows && of_ours.contains(&tombstone.authority);
            if tombstone.chapter != chapter || !may || tombstone.reason == reason::KEPT {
                continue;
            }
            let mut counts_for = None;
            // Who begins holds nothing yet, and is given what was decided long ago.
            if tombstone.floor == ERASED && known < ERASED && !beginning {
                match self.hear_erasure(&council, signed, &tombstone, &here)? {
                    Some(by) => counts_for = by,
                    None => {
                        self.heard_of_words = true;
                        continue;
                    }
                }
            }
            let row = StoredTombstone {
                chapter: tombstone.chapter,
                document_hash: tombstone.document_hash,
                floor: tombstone.floor,
                signed: signed.to_bytes(),
            };
            if tombstones::raise(self.transaction, &row, self.now.timestamp())? {
                self.enter_erasure(signed, counts_for)?;
                raised.push(tombstone);
            }
        }
        if raised.is_empty() {
            return Ok(());
        }
        // What a sibling raised its record explains, which comes with it.
        let forgotten: BTreeMap<_, _> = raised
            .iter()
            .filter(|tombstone| tombstone.authority == own || tombstone.floor == ERASED)
            .map(|tombstone| (tombstone.document_hash, tombstone.floor))
            .collect();
        let raised: BTreeMap<_, _> =
            raised.into_iter().map(|tombstone| (tombstone.document_hash, tombstone.floor)).collect();
        for (hash, (zone, id)) in self.by_hash()? {
            if let Some(&floor) = raised.get(&hash) {
                self.fell(zone, id, floor)?;
            }
        }
        self.withhold(&forgotten)
    }

    pub(super) fn fell(&mut self, zone: Zone, document: DocumentId, floor: u32) -> Result<(), WriteError> {
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
                Some(&ERASED) => drop(self.erase_everywhere(id)?),
                Some(_) => self.change(id, |_, rng, now| Ok(command::withhold(rng, now)))?,
                None => {}
            }
        }
        Ok(())
    }
}

/// What an author may say at all. Own entries come back to a store that was restored from a backup.
fn allowed(zone: Option<Zone>, author: Author, key: &PublicKey, change: &Change) -> bool {
    let Some(zone) = zone else { return false };
    if SEALED.contains(&zone) {
        return author == Author::Chapter && allowed_sealed(change);
    }
    let Body::Open(body) = &change.body else { return matches!(change.body, Body::Absent { .. }) };
    match change.kind {
        ChangeKind::Automerge => {
            decode(body, &Limits::WIRE).is_ok_and(|decoded| schema::check(zone, author, &decoded).is_ok())
        }
        ChangeKind::Refusal => zone == Zone::Shared && Refusal::read(body).is_ok(),
        // Nobody says for another that something is gone there.
        ChangeKind::Receipt => {
            zone == Zone::Shared && Receipt::read(body).is_ok_and(|receipt| receipt.signer == *key)
        }
        ChangeKind::Application => zone == Zone::Shared && author == Author::Hub,
        ChangeKind::Key | ChangeKind::Epoch | ChangeKind::ChapterKey => false,
        // Of a newer version: kept and not understood.
        ChangeKind::Other(_) => true,
    }
}

/// Nothing that anybody could read stands where only the chapter reads. What is in it is looked at when it is opened.
fn allowed_sealed(change: &Change) -> bool {
    match (change.kind, &change.body) {
        (_, Body::Absent { .. }) | (ChangeKind::Automerge, Body::Sealed(_)) => true,
        (ChangeKind::Key, Body::Open(body)) => WrappedKey::read(body).is_ok(),
        (ChangeKind::Epoch | ChangeKind::ChapterKey, Body::Open(body)) => Epoch::read(body).is_ok(),
        (ChangeKind::Other(_), _) => true,
        _ => false,
    }
}
