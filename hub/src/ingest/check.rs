//! May this change be kept? Bounded decoding, then the schema of its zone, then its place among the changes that are
//! held. Default deny. What a generation holds is read from the log's bodies; no document is made.

use std::collections::{HashMap, HashSet};

use helhet_protocol::identity::PublicKey;
use helhet_protocol::log::tombstone::document_hash;
use helhet_protocol::log::{Body, Change, ChangeKind, Receipt, VerifiedEntry};
use helhet_protocol::seal::{Epoch, WrappedKey};
use helhet_shared::document::{DecodedChange, Limits, decode};
use helhet_shared::id::ActorId;

use helhet_shared::schema;
use helhet_shared::sqlite::{Id, StoredGeneration, documents as snapshots, log as stored, tombstones};
use helhet_shared::zone::Zone;
use rusqlite::Transaction;

use super::{Author, IngestError};
use crate::log::to_stored;
use crate::store::documents;

/// Changes that one generation may hold; a document that grows old is reborn long before.
const GENERATION_CHANGES_MAX: usize = 5_000;

/// What stands in the place of the id of a document that was erased before its change got here.
const ERASED_DOCUMENT: Id = [0; 16];

/// The verdict on one change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Checked {
    /// The first change of a document that is not held yet.
    NewDocument,
    Kept,
    /// Under its document's floor: dropped without a word where it would be stored.
    UnderFloor,
    Refused(Refused),
}

/// Rule and key, never a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refused {
    pub(super) code: &'static str,
    pub(super) key: Option<String>,
}

/// Checks the entries of one batch, in order; remembers what the batch itself brought.
pub(super) struct Checker<'a> {
    transaction: &'a Transaction<'a>,
    author: &'a Author,
    office: PublicKey,
    /// The entry under check is the hub's own, come back to it after a restore.
    is_own: bool,
    /// Who wrote it: not who brings it.
    writer: PublicKey,
    /// The zone of the entry under check.
    zone: Zone,
    generations: HashMap<(Id, StoredGeneration), HeldGeneration>,
    /// Documents that the batch brought.
    new_documents: HashSet<Id>,
}

/// What is known of one generation.
#[derive(Default)]
struct HeldGeneration {
    changes: HashSet<[u8; 32]>,
    actors: HashMap<ActorId, u64>,
    /// What it can be about, by the changes so far.
    kinds: schema::Kinds,
    /// The hub's own actor in it: nobody else may write under that.
    office_actor: Option<Id>,
    /// Bodies of it were lost here, so that nobody can say what it lacks until they are given back.
    lacks: bool,
    frozen: bool,
}

impl<'a> Checker<'a> {
    pub(super) fn new(transaction: &'a Transaction<'a>, author: &'a Author, office: PublicKey) -> Self {
        let (generations, new_documents) = (HashMap::new(), HashSet::new());
        let (is_own, writer, zone) = (false, author.device, Zone::Shared);
        Self { transaction, author, office, is_own, writer, zone, generations, new_documents }
    }

    /// One verdict per change of the entry.
    pub(super) fn check(&mut self, entry: &VerifiedEntry) -> Result<Vec<Checked>, IngestError> {
        self.writer = entry.header().log.author;
        self.is_own = self.writer == self.office;
        self.zone = Zone::from_code(entry.header().log.zone).unwrap_or(Zone::Shared);
        entry.entry().changes.iter().map(|change| self.check_change(change)).collect()
    }

    fn check_change(&mut self, change: &Change) -> Result<Checked, IngestError> {
        if matches!(change.body, Body::Absent { .. }) && change.document == ERASED_DOCUMENT {
            return Ok(Checked::UnderFloor);
        }
        let chapter = self.author.chapter.as_bytes();
        let hash = document_hash(&change.document);
        if tombstones::under(tombstones::floor(self.transaction, chapter, &hash)?, change.generation.number) {
            return Ok(Checked::UnderFloor);
        }
        if change.generation.number > tombstones::GENERATION_MAX {
            return Ok(refused("generation_number"));
        }
        if self.zone != Zone::Shared {
            return self.check_sealed(change);
        }
        match change.kind {
            ChangeKind::Automerge => self.check_automerge(change),
            ChangeKind::Receipt => Ok(self.check_receipt(change)),
            ChangeKind::Refusal if self.is_own => Ok(Checked::Kept),
            ChangeKind::Application if self.is_own => Ok(Checked::Kept),
            ChangeKind::Refusal
            | ChangeKind::Key
            | ChangeKind::Epoch
            | ChangeKind::ChapterKey
            | ChangeKind::Application
            | ChangeKind::Other(_) => Ok(refused("kind")),
        }
    }

    /// Of what only the chapter reads the hub sees that it is sealed, and whose.
    fn check_sealed(&mut self, change: &Change) -> Result<Checked, IngestError> {
        let is_of_a_document = match change.kind {
            ChangeKind::Automerge | ChangeKind::Key => true,
            ChangeKind::Epoch | ChangeKind::ChapterKey => false,
            ChangeKind::Receipt | ChangeKind::Refusal | ChangeKind::Application | ChangeKind::Other(_) => {
                return Ok(refused("kind"));
            }
        };
        // What a device's disk has lost, another device may have.
        if !matches!(change.body, Body::Absent { .. }) && !lies_sealed(change) {
            return Ok(refused("sealed"));
        }
        if !is_of_a_document {
            return Ok(Checked::Kept);
        }
        match documents::held(self.transaction, &change.document)? {
            Some(held)
                if held.chapter != *self.author.chapter.as_bytes() || held.zone != self.zone.code() =>
            {
                Ok(refused("other_document"))
            }
            Some(_) => Ok(Checked::Kept),
            None if self.new_documents.insert(change.document) => Ok(Checked::NewDocument),
            None => Ok(Checked::Kept),
        }
    }

    /// Who wrote the entry signed for an erasure itself.
    fn check_receipt(&self, change: &Change) -> Checked {
        match &change.body {
            Body::Open(body) if Receipt::read(body).is_ok_and(|receipt| receipt.signer == self.writer) => {
                Checked::Kept
            }
            Body::Open(_) | Body::Sealed(_) | Body::Absent { .. } => refused("receipt"),
        }
    }

    fn check_automerge(&mut self, change: &Change) -> Result<Checked, IngestError> {
        let held = documents::held(self.transaction, &change.document)?;
        if held.is_some_and(|held| {
            held.chapter != *self.author.chapter.as_bytes() || held.zone != Zone::Shared.code()
        }) {
            return Ok(refused("other_document"));
        }
        let is_new = held.is_none() && !self.new_documents.contains(&change.document);
        let writer = if self.is_own { schema::Author::Hub } else { schema::Author::Chapter };
        let generation = self.generation(change, is_new)?;
        if generation.frozen {
            return Ok(refused("frozen"));
        }
        let verdict = match &change.body {
            Body::Absent { .. } => Err("body_missing".into()),
            Body::Sealed(_) => Err("sealed".into()),
            Body::Open(body) => read(body, writer, &generation.kinds),
        };
        let fitting = match verdict {
            // A log that was signed again after a restore brings what is held already: nothing new, nothing wrong.
            Ok((decoded, _)) if generation.changes.contains(&decoded.hash) => return Ok(Checked::Kept),
            Ok((decoded, _))
                if !generation.lacks
                    && !decoded.dependencies.iter().all(|hash| generation.changes.contains(hash)) =>
            {
                return Err(CheckError::MissingDependency.into());
            }
            Ok((decoded, kinds)) => generation.fits(&decoded).map(|()| (decoded, kinds)),
            Err(refused) => Err(refused),
        };
        let (decoded, kinds) = match fitting {
            Ok(fitting) => fitting,
            Err(refused) => {
                // What follows in this generation is refused too: it may rest on what was.
                generation.frozen = true;
                return Ok(Checked::Refused(refused));
            }
        };
        generation.changes.insert(decoded.hash);
        generation.actors.insert(decoded.actor, decoded.seq);
        generation.kinds = kinds;
        if is_new {
            self.new_documents.insert(change.document);
            return Ok(Checked::NewDocument);
        }
        Ok(Checked::Kept)
    }

    fn generation(&mut self, change: &Change, is_new: bool) -> Result<&mut HeldGeneration, IngestError> {
        let number = to_stored(change.generation);
        let key = (change.document, number);
        if !self.generations.contains_key(&key) {
            let held = if is_new { HeldGeneration::default() } else { self.load(&change.document, number)? };
            self.generations.insert(key, held);
        }
        Ok(self.generations.entry(key).or_default())
    }

    fn load(&self, document: &Id, generation: StoredGeneration) -> Result<HeldGeneration, IngestError> {
        let mut held = HeldGeneration {
            frozen: documents::is_frozen(self.transaction, document, generation)?,
            lacks: stored::contents::lacks(self.transaction, document)?,
            office_actor: snapshots::load(self.transaction, document, generation)?.map(|own| own.actor),
            ..HeldGeneration::default()
        };
        for body in stored::bodies_of(self.transaction, document, generation)? {
            if let Ok(decoded) = decode(&body, &Limits::default()) {
                let kinds = [schema::Author::Chapter, schema::Author::Hub]
                    .into_iter()
                    .find_map(|writer| schema::check_next(Zone::Shared, writer, &decoded, &held.kinds).ok());
                held.kinds = kinds.unwrap_or(held.kinds);
                held.changes.insert(decoded.hash);
                held.actors.insert(decoded.actor, decoded.seq);
            }
        }
        Ok(held)
    }
}

impl HeldGeneration {
    /// Rules that rest on what the generation holds, but for dependencies.
    fn fits(&self, change: &DecodedChange) -> Result<(), Refused> {
        if self.changes.len() >= GENERATION_CHANGES_MAX {
            return Err("too_many_changes".into());
        }
        if self.office_actor.is_some_and(|office| office == *change.actor.as_bytes()) {
            return Err("actor".into());
        }
        let last = self.actors.get(&change.actor).copied().unwrap_or(0);
        if change.seq != last + 1 && !self.lacks {
            return Err("actor_sequence".into());
        }
        Ok(())
    }
}

fn read(
    body: &[u8],
    writer: schema::Author,
    begun: &schema::Kinds,
) -> Result<(DecodedChange, schema::Kinds), Refused> {
    let decoded = decode(body, &Limits::default()).map_err(|_| Refused::from("unreadable"))?;
    let kinds = schema::check_next(Zone::Shared, writer, &decoded, begun)
        .map_err(|refusal| Refused { code: refusal.code(), key: refusal.key().map(str::to_owned) })?;
    Ok((decoded, kinds))
}

/// Whether a change may lie in a zone that only the chapter reads: nobody here can tell what it says.
pub fn lies_sealed(change: &Change) -> bool {
    match (change.kind, &change.body) {
        (ChangeKind::Automerge, Body::Sealed(_)) => true,
        (ChangeKind::Key, Body::Open(body)) => WrappedKey::read(body).is_ok(),
        (ChangeKind::Epoch | ChangeKind::ChapterKey, Body::Open(body)) => Epoch::read(body).is_ok(),
        (_, _) => false,
    }
}

fn refused(code: &'static str) -> Checked {
    Checked::Refused(code.into())
}

impl From<&'static str> for Refused {
    fn from(code: &'static str) -> Self {
        Self { code, key: None }
    }
}

/// Why a batch is not taken although each of its entries is genuine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckError {
    /// The peer starts again from the positions.
    #[error("a change builds on one that is not here")]
    MissingDependency,
}
