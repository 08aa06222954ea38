//! Documents as they are held: the live generation loaded, changed, and put back with its heads.
use std::collections::BTreeMap;

use helhet_protocol::log::tombstone::document_hash;
use helhet_shared::document::Document;
use helhet_shared::id::{ActorId, DocumentId, Generation};
use helhet_shared::sqlite::documents::{self, StoredDocument};
use helhet_shared::zone::Zone;
use rusqlite::{Connection, Transaction};

use crate::store::StoreError;
use crate::store::entries::row_generation;
use crate::store::identity::Identity;

/// A loaded generation and where it is stored.
pub struct Held {
    pub id: DocumentId,
    pub zone: Zone,
    pub generation: Generation,
    pub actor: ActorId,
    /// A change of it was refused: nothing more is written to it.
    pub frozen: bool,
    /// Another life of this store has begun a generation under the same number.
    pub has_twin: bool,
    pub document: Document,
}

impl std::fmt::Debug for Held {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Held")
            .field("id", &self.id)
            .field("generation", &self.generation)
            .finish_non_exhaustive()
    }
}

impl Held {
    /// A fresh, empty generation.
    pub fn new(id: DocumentId, zone: Zone, generation: Generation, rng: &mut impl rand::Rng) -> Held {
        let actor = ActorId::random(rng);
        Held { id, zone, generation, actor, frozen: false, has_twin: false, document: Document::new(actor) }
    }

    /// Whether this is what stands in the row.
    fn is(&self, stored: &StoredDocument) -> bool {
        row_generation(self.generation) == stored.generation
            && *self.actor.as_bytes() == stored.actor
            && self.frozen == stored.frozen
            && self.document.heads() == stored.heads
    }

    /// Puts it back. False when a floor forbids it.
    pub fn save(&self, transaction: &Transaction<'_>, identity: &Identity) -> rusqlite::Result<bool> {
        let snapshot = StoredDocument {
            document: *self.id.as_bytes(),
            generation: row_generation(self.generation),
            zone: self.zone.code(),
            chapter: chapter_of(self.zone, identity),
            actor: *self.actor.as_bytes(),
            bytes: self.document.save(),
            heads: self.document.heads(),
            frozen: self.frozen,
        };
        documents::save(transaction, &snapshot, &document_hash(self.id.as_bytes()))
    }
}

/// Nobody's chapter owns what is published.
pub fn chapter_of(zone: Zone, identity: &Identity) -> [u8; 16] {
    match zone {
        Zone::Published => [0; 16],
        Zone::Confidential | Zone::Chapter | Zone::Shared | Zone::Office => *identity.chapter.as_bytes(),
    }
}

/// The live generation of a document: the highest that is held.
pub fn live(connection: &Connection, id: DocumentId) -> Result<Option<Held>, StoreError> {
    Ok(newest(connection, id)?.pop())
}

/// All generations of a document that have its highest number: more than one, where two lives of this store each began one.
pub fn newest(connection: &Connection, id: DocumentId) -> Result<Vec<Held>, StoreError> {
    let stored = newest_stored(connection, id)?;
    let has_twin = stored.len() > 1;
    stored.iter().map(|one| Ok(Held { has_twin, ..held(one)? })).collect()
}

fn newest_stored(connection: &Connection, id: DocumentId) -> rusqlite::Result<Vec<StoredDocument>> {
    let mut stored = documents::generations(connection, id.as_bytes())?;
    let highest = stored.last().map_or(0, |last| last.generation.number);
    stored.retain(|one| one.generation.number == highest);
    Ok(stored)
}

/// Documents that a deed has read or written, so that it parses each once. The rows decide: what stands there otherwise is read
/// anew.
#[derive(Default)]
pub(super) struct Loaded(BTreeMap<DocumentId, Held>);

impl Loaded {
    /// As many as the lines of an import that make one entry; a document in memory is some ten kilobytes.
    const MOST: usize = 256;

    /// As [`live`].
    pub(super) fn live(
        &mut self,
        connection: &Connection,
        id: DocumentId,
    ) -> Result<Option<Held>, StoreError> {
        let known = self.0.remove(&id);
        let mut stored = newest_stored(connection, id)?;
        let has_twin = stored.len() > 1;
        let Some(stored) = stored.pop() else { return Ok(None) };
        let held = match known.filter(|known| known.is(&stored)) {
            Some(known) => known,
            None => held(&stored)?,
        };
        Ok(Some(Held { has_twin, ..held }))
    }

    /// Keeps one for the next question.
    pub(super) fn put(&mut self, held: Held) {
        if self.0.len() == Self::MOST {
            self.0.clear();
        }
        self.0.insert(held.id, held);
    }
}

/// One generation, if held.
pub fn exactly(
    connection: &Connection,
    id: DocumentId,
    generation: Generation,
) -> Result<Option<Held>, StoreError> {
    let stored = documents::load(connection, id.as_bytes(), row_generation(generation))?;
    stored.map(|stored| held(&stored)).transpose()
}

/// A stored document, loaded and checked against its heads.
pub fn load(stored: &StoredDocument) -> Result<Document, StoreError> {
    let damaged = StoreError::Damaged { what: "a document" };
    let Ok(document) = Document::load(&stored.bytes, ActorId::from_bytes(stored.actor)) else {
        return Err(damaged);
    };
    if document.heads() == stored.heads { Ok(document) } else { Err(damaged) }
}

/// A stored generation, loaded.
pub fn held(stored: &StoredDocument) -> Result<Held, StoreError> {
    Ok(Held {
        id: DocumentId::from_bytes(stored.document),
        zone: Zone::from_code(stored.zone).ok_or(StoreError::Damaged { what: "a document's zone" })?,
        generation: Generation { number: stored.generation.number, random: stored.generation.random },
        actor: ActorId::from_bytes(stored.actor),
        frozen: stored.frozen,
        has_twin: false,
        document: load(stored)?,
    })
}
