//! A record's live generation, opened to be edited by the hub: a chapter's shared part for a correction, the office's
//! own record for an import. Called inside the writing transaction, so that heads are never stale.

use chrono::{DateTime, Utc};
use helhet_protocol::log::tombstone::document_hash;
use helhet_protocol::log::{Body, Change, ChangeKind};
use helhet_shared::document::{ChangeBody, Content, Document, Edit};
use helhet_shared::id::ActorId;
use helhet_shared::sqlite::documents::StoredDocument;
use helhet_shared::sqlite::{Id, StoredGeneration, documents as snapshots};
use rand::Rng;
use rusqlite::{Connection, Transaction};

use crate::log::from_stored;
use crate::store::documents;

/// The live generation of a record, ready to be edited by the hub.
pub struct OpenRecord {
    pub(super) generation: StoredGeneration,
    id: Id,
    zone: u8,
    chapter: Id,
    actor: ActorId,
    document: Document,
}

impl std::fmt::Debug for OpenRecord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OpenRecord").field("generation", &self.generation).finish_non_exhaustive()
    }
}

impl OpenRecord {
    /// `None` for a document without a live, unfrozen generation, or with two: the chapter must settle that first.
    pub fn open(
        connection: &Connection,
        id: &Id,
        rng: &mut impl Rng,
    ) -> Result<Option<Self>, OpenRecordError> {
        let Some(held) = documents::held(connection, id)? else { return Ok(None) };
        let generations = documents::generations(connection, id)?;
        let Some(generation) = generations.last().copied() else { return Ok(None) };
        let rivals = generations.iter().filter(|other| other.number == generation.number).count();
        if rivals > 1 || documents::is_frozen(connection, id, generation)? {
            return Ok(None);
        }
        let actor = match snapshots::load(connection, id, generation)? {
            Some(own) => ActorId::from_bytes(own.actor),
            None => ActorId::random(rng),
        };
        let mut document = Document::new(actor);
        let bodies: Vec<ChangeBody> = documents::said(connection, id, generation)?
            .into_iter()
            .map(|said| ChangeBody(said.body))
            .collect();
        document.apply(&bodies).map_err(|_| OpenRecordError::Damaged)?;
        Ok(Some(Self { id: *id, generation, zone: held.zone, chapter: held.chapter, actor, document }))
    }

    /// What it says now.
    pub fn content(&self) -> Content {
        self.document.content()
    }

    /// The zone's code.
    pub fn zone(&self) -> u8 {
        self.zone
    }

    /// The change that makes these edits, for the hub's log; `None` when nothing differs.
    pub fn edit(
        &mut self,
        transaction: &Transaction<'_>,
        edits: &[Edit],
        now: DateTime<Utc>,
    ) -> rusqlite::Result<Option<Change>> {
        let Some(body) = self.document.edit(edits, now) else { return Ok(None) };
        let snapshot = StoredDocument {
            document: self.id,
            generation: self.generation,
            zone: self.zone,
            chapter: self.chapter,
            actor: *self.actor.as_bytes(),
            bytes: self.document.save(),
            heads: self.document.heads(),
            frozen: false,
        };
        snapshots::save(transaction, &snapshot, &document_hash(&self.id))?;
        Ok(Some(Change {
            kind: ChangeKind::Automerge,
            document: self.id,
            generation: from_stored(self.generation),
            body: Body::Open(body.0),
        }))
    }
}

/// Why a record cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenRecordError {
    #[error("the record's changes do not fit together; `doctor` says more")]
    Damaged,
    #[error("the database answered with an error")]
    Sqlite(#[from] rusqlite::Error),
}
