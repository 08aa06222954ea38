//! One user action under way: what it has changed so far, and how it is closed.
use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use helhet_protocol::log::limits::{BODY_BYTES_MAX, ENTRY_BYTES_MAX, ENTRY_CHANGES_MAX};
use helhet_protocol::log::tombstone::document_hash;
use helhet_protocol::log::{Body, Change, ChangeKind, Generation, LogId};
use helhet_protocol::seal::SealKey;
use helhet_shared::document::{ChangeBody, Content, Edit};
use helhet_shared::gate::Agreement;
use helhet_shared::id::{DocumentId, SupporterId};
use helhet_shared::sqlite::{held, tombstones};
use helhet_shared::supporter::Supporter;
use helhet_shared::zone::Zone;
use rand::rngs::ThreadRng;
use rusqlite::Transaction;

use super::confidential::Opened;
use super::held::{Held, Loaded};
use super::{WriteError, agreement, sealed};
use crate::project;
use crate::store::identity::{self, Identity};
use crate::store::{arrived, entries};

/// A deed in its transaction. Dropped without [`Deed::finish`], it leaves nothing.
pub struct Deed<'d> {
    pub(super) transaction: &'d Transaction<'d>,
    pub(super) identity: &'d Identity,
    /// The life of this device's logs that is written to.
    pub(super) incarnation: u64,
    pub(super) now: DateTime<Utc>,
    pub(super) rng: ThreadRng,
    pub(super) agreement: Option<Agreement>,
    pub(super) loaded: Loaded,
    pub(super) secrets: &'d sealed::Secrets,
    pub(super) document_keys: sealed::DocumentKeys,
    /// The recovery phrase's, while a chapter is restored by it.
    pub(super) paper: Option<SealKey>,
    /// Of who does this, where that is a holder of it.
    pub(super) peer_support: Option<SealKey>,
    /// What of that was opened, with what this deed has changed in it.
    pub(super) confidential: BTreeMap<DocumentId, Opened>,
    changes: BTreeMap<Zone, Vec<Change>>,
    pub(super) touched: BTreeSet<SupporterId>,
    /// Whose records another device has changed: rows follow at once, the gate is asked when all is here.
    pub(super) came: BTreeSet<SupporterId>,
    pub(super) erased: bool,
    /// Something was said that may decide what waits for a second word.
    pub(super) heard_of_words: bool,
}

impl std::fmt::Debug for Deed<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Deed").field("touched", &self.touched.len()).finish_non_exhaustive()
    }
}

impl<'d> Deed<'d> {
    pub(super) fn begin(
        transaction: &'d Transaction<'d>,
        identity: &'d Identity,
        agreement: &agreement::Known,
        secrets: &'d sealed::Secrets,
        now: DateTime<Utc>,
    ) -> Result<Deed<'d>, WriteError> {
        Ok(Deed {
            transaction,
            identity,
            incarnation: identity::incarnation(transaction)?,
            now,
            rng: rand::rng(),
            agreement: agreement.accepted(transaction)?,
            loaded: Loaded::default(),
            secrets,
            document_keys: BTreeMap::new(),
            paper: None,
            peer_support: None,
            confidential: BTreeMap::new(),
            changes: BTreeMap::new(),
            touched: BTreeSet::new(),
            came: BTreeSet::new(),
            erased: false,
            heard_of_words: false,
        })
    }

    /// Gate, log and projections for everything that was touched. True when something was erased.
    pub(super) fn finish(mut self) -> Result<bool, WriteError> {
        if self.heard_of_words {
            self.look_again()?;
        }
        for id in std::mem::take(&mut self.touched) {
            let supporter = match self.record(id) {
                Ok(supporter) => supporter,
                Err(WriteError::NoSuchSupporter) => continue,
                Err(error) => return Err(error),
            };
            self.share(&supporter)?;
            project::supporter(self.transaction, &supporter)?;
        }
        for id in std::mem::take(&mut self.came) {
            let content = self.content(id.into())?;
            if let Some(content) = content {
                project::supporter(self.transaction, &Supporter::from_content(id, &content))?;
            }
        }
        for (zone, changes) in std::mem::take(&mut self.changes) {
            let changes = if sealed::SEALED.contains(&zone) { self.seal(zone, changes)? } else { changes };
            self.sign(zone, changes)?;
        }
        Ok(self.erased)
    }

    /// The time of the deed.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    pub(super) fn today(&self) -> NaiveDate {
        self.now.date_naive()
    }

    /// A supporter's full record as it stands, with what the office sent brought in first, so that an edit is made, and
    /// the gate asked, on top of it and does not undo it unseen.
    pub fn record(&mut self, id: SupporterId) -> Result<Supporter, WriteError> {
        let supporter = self.record_as_it_is(id)?;
        let Some(&shared) = supporter.documents.shared.known() else { return Ok(supporter) };
        if !arrived::holds(self.transaction, shared)? {
            return Ok(supporter);
        }
        self.bring_in(id, shared)?;
        self.record_as_it_is(id)
    }

    fn record_as_it_is(&mut self, id: SupporterId) -> Result<Supporter, WriteError> {
        if held::is_hidden(self.transaction, DocumentId::from(id).as_bytes())? {
            return Err(WriteError::NoSuchSupporter);
        }
        let content = self.content(id.into())?.ok_or(WriteError::NoSuchSupporter)?;
        Ok(Supporter::from_content(id, &content))
    }

    /// What the live generation of a document says.
    pub(super) fn content(&mut self, id: DocumentId) -> Result<Option<Content>, WriteError> {
        let Some(held) = self.loaded.live(self.transaction, id)? else { return Ok(None) };
        let content = held.document.content();
        self.loaded.put(held);
        Ok(Some(content))
    }

    /// Edits a supporter's chapter document, which is made if it is not there.
    pub(super) fn edit(&mut self, id: SupporterId, edits: &[Edit]) -> Result<(), WriteError> {
        self.edit_document(Zone::Chapter, id.into(), edits)?;
        self.touched.insert(id);
        Ok(())
    }

    /// Edits the live generation of a document of ours, making the first if there is none.
    pub(super) fn edit_document(
        &mut self,
        zone: Zone,
        id: DocumentId,
        edits: &[Edit],
    ) -> Result<(), WriteError> {
        let mut held = match self.loaded.live(self.transaction, id)? {
            Some(held) => held,
            None => self.fresh(zone, id)?,
        };
        let change = held.document.edit(edits, self.now);
        self.keep(held, change.into_iter().collect())
    }

    /// A document without history, at its floor: below it nothing would be kept.
    pub(super) fn fresh(&mut self, zone: Zone, id: DocumentId) -> Result<Held, WriteError> {
        let generation = self.fresh_generation(id)?;
        Ok(Held::new(id, zone, generation, &mut self.rng))
    }

    pub(super) fn fresh_generation(
        &mut self,
        id: DocumentId,
    ) -> Result<helhet_shared::id::Generation, WriteError> {
        let hash = document_hash(id.as_bytes());
        let floor = tombstones::floor(self.transaction, self.identity.chapter.as_bytes(), &hash)?;
        let first = helhet_shared::id::Generation::first(&mut self.rng);
        Ok(helhet_shared::id::Generation { number: first.number.max(floor), ..first })
    }

    /// Stores a changed document and puts its changes into the entry that is being made.
    pub(super) fn keep(&mut self, held: Held, changes: Vec<ChangeBody>) -> Result<(), WriteError> {
        if changes.is_empty() {
            self.loaded.put(held);
            return Ok(());
        }
        if !held.save(self.transaction, self.identity)? {
            return Ok(());
        }
        self.enter(held.zone, held.id, held.generation, changes)?;
        self.loaded.put(held);
        Ok(())
    }

    /// Puts changes into the entry that is being made.
    pub(super) fn enter(
        &mut self,
        zone: Zone,
        id: DocumentId,
        generation: helhet_shared::id::Generation,
        changes: Vec<ChangeBody>,
    ) -> Result<(), WriteError> {
        if changes.iter().any(|change| change.as_bytes().len() > BODY_BYTES_MAX) {
            return Err(WriteError::TooLarge);
        }
        let pending = self.changes.entry(zone).or_default();
        pending.extend(changes.into_iter().map(|body| Change {
            kind: ChangeKind::Automerge,
            document: *id.as_bytes(),
            generation: Generation { number: generation.number, random: generation.random },
            body: Body::Open(body.0),
        }));
        Ok(())
    }

    /// What was changed in this deed and is now retired does not go out.
    pub(super) fn drop_pending(&mut self, document: DocumentId, floor: u32) {
        self.confidential.remove(&document);
        for changes in self.changes.values_mut() {
            changes.retain(|change| {
                change.document != *document.as_bytes() || !tombstones::under(floor, change.generation.number)
            });
        }
    }

    /// One signed entry, or a few where the changes are more than one may hold.
    pub(super) fn sign(&self, zone: Zone, changes: Vec<Change>) -> Result<(), WriteError> {
        let log = LogId {
            chapter: *self.identity.chapter.as_bytes(),
            zone: zone.code(),
            author: self.identity.device.public(),
            incarnation: self.incarnation,
        };
        let mut entry = Vec::new();
        let mut bytes = 0;
        for change in changes {
            let size = change.body.len();
            if entry.len() == ENTRY_CHANGES_MAX || bytes + size > ENTRY_BYTES_MAX {
                self.append(log, std::mem::take(&mut entry))?;
                bytes = 0;
            }
            bytes += size;
            entry.push(change);
        }
        if !entry.is_empty() {
            self.append(log, entry)?;
        }
        Ok(())
    }

    fn append(&self, log: LogId, changes: Vec<Change>) -> Result<(), WriteError> {
        let now = self.now.timestamp();
        entries::append_own(self.transaction, log, changes, &self.identity.device, now)?;
        Ok(())
    }
}
