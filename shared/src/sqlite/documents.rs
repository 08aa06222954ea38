//! Snapshots of merged documents: a cache of the log, one row per generation that is held.
//!
//! A snapshot is only as good as its heads: who keeps a loaded document in memory compares [`heads`] inside the writing
//! transaction before using it, since another process may have moved it on.
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};

use super::{Hash, Id, StoredGeneration, tombstones};

/// One generation of a document as stored.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredDocument {
    pub document: Id,
    pub generation: StoredGeneration,
    /// [`crate::zone::Zone`]'s code.
    pub zone: u8,
    pub chapter: Id,
    /// This store's own actor in this generation.
    pub actor: Id,
    pub bytes: Vec<u8>,
    pub heads: Vec<Hash>,
    /// A change of it was refused: nothing more is applied to it.
    pub frozen: bool,
}

impl std::fmt::Debug for StoredDocument {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StoredDocument")
            .field("document", &data_encoding::HEXLOWER.encode(&self.document))
            .field("generation", &self.generation)
            .field("zone", &self.zone)
            .finish_non_exhaustive()
    }
}

/// Stores a snapshot, in place of an older one of the same generation. False, and nothing stored, when the generation
/// lies under the document's floor.
pub fn save(
    transaction: &Transaction<'_>,
    snapshot: &StoredDocument,
    document_hash: &Hash,
) -> rusqlite::Result<bool> {
    let floor = tombstones::floor(transaction, &snapshot.chapter, document_hash)?;
    if tombstones::under(floor, snapshot.generation.number) {
        return Ok(false);
    }
    let mut heads = snapshot.heads.clone();
    heads.sort_unstable();
    transaction
        .prepare_cached(
            "INSERT INTO documents
                 (document, generation_number, generation_random, zone, chapter, actor, bytes, heads, frozen)
             VALUES (:document, :number, :random, :zone, :chapter, :actor, :bytes, :heads, :frozen)
             ON CONFLICT (document, generation_number, generation_random) DO UPDATE
             SET actor = excluded.actor, bytes = excluded.bytes, heads = excluded.heads, frozen = excluded.frozen",
        )?
        .execute(named_params! {
            ":document": snapshot.document,
            ":number": snapshot.generation.number,
            ":random": snapshot.generation.random.cast_signed(),
            ":zone": snapshot.zone,
            ":chapter": snapshot.chapter,
            ":actor": snapshot.actor,
            ":bytes": snapshot.bytes,
            ":heads": heads.concat(),
            ":frozen": snapshot.frozen,
        })?;
    Ok(true)
}

/// Every generation held of a document, lowest first.
pub fn generations(connection: &Connection, document: &Id) -> rusqlite::Result<Vec<StoredDocument>> {
    connection
        .prepare_cached(
            "SELECT document, generation_number, generation_random, zone, chapter, actor, bytes, heads, frozen
             FROM documents WHERE document = ?1 ORDER BY generation_number, generation_random",
        )?
        .query_map([document], from_row)?
        .collect()
}

/// One generation of a document, if held.
pub fn load(
    connection: &Connection,
    document: &Id,
    generation: StoredGeneration,
) -> rusqlite::Result<Option<StoredDocument>> {
    connection
        .prepare_cached(
            "SELECT document, generation_number, generation_random, zone, chapter, actor, bytes, heads, frozen
             FROM documents WHERE document = ?1 AND generation_number = ?2 AND generation_random = ?3",
        )?
        .query_row((document, generation.number, generation.random.cast_signed()), from_row)
        .optional()
}

/// The heads of one generation, sorted, if held.
pub fn heads(
    connection: &Connection,
    document: &Id,
    generation: StoredGeneration,
) -> rusqlite::Result<Option<Vec<Hash>>> {
    connection
        .prepare_cached(
            "SELECT heads FROM documents
             WHERE document = ?1 AND generation_number = ?2 AND generation_random = ?3",
        )?
        .query_row((document, generation.number, generation.random.cast_signed()), |row| {
            Ok(split_heads(row.get_ref(0)?.as_blob()?))
        })
        .optional()
}

/// The snapshots of a chapter's zone in order of arrival, `limit` at a time, after row `after` (0 to begin). Returns
/// each with its row number, to go on from.
pub fn of_zone(
    connection: &Connection,
    chapter: &Id,
    zone: u8,
    after: i64,
    limit: u32,
) -> rusqlite::Result<Vec<(i64, StoredDocument)>> {
    connection
        .prepare_cached(
            "SELECT document, generation_number, generation_random, zone, chapter, actor, bytes, heads, frozen, id
             FROM documents WHERE chapter = ?1 AND zone = ?2 AND id > ?3 ORDER BY id LIMIT ?4",
        )?
        .query_map((chapter, zone, after, limit), |row| Ok((row.get(9)?, from_row(row)?)))?
        .collect()
}

/// The ids of all documents held in a chapter's zone.
pub fn ids_of_zone(connection: &Connection, chapter: &Id, zone: u8) -> rusqlite::Result<Vec<Id>> {
    connection
        .prepare_cached("SELECT DISTINCT document FROM documents WHERE chapter = ?1 AND zone = ?2")?
        .query_map((chapter, zone), |row| row.get(0))?
        .collect()
}

/// Removes the snapshots of a document below `floor`, all of them when it is [`tombstones::ERASED`].
pub fn delete(transaction: &Transaction<'_>, document: &Id, floor: u32) -> rusqlite::Result<usize> {
    transaction
        .prepare_cached("DELETE FROM documents WHERE document = ?1 AND (?3 OR generation_number < ?2)")?
        .execute((document, floor, floor == tombstones::ERASED))
}

/// Removes one generation, of which nothing is left.
pub fn remove(
    transaction: &Transaction<'_>,
    document: &Id,
    generation: StoredGeneration,
) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "DELETE FROM documents WHERE document = ?1 AND generation_number = ?2 AND generation_random = ?3",
        )?
        .execute((document, generation.number, generation.random.cast_signed()))?;
    Ok(())
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<StoredDocument> {
    Ok(StoredDocument {
        document: row.get(0)?,
        generation: StoredGeneration { number: row.get(1)?, random: row.get::<_, i64>(2)?.cast_unsigned() },
        zone: row.get(3)?,
        chapter: row.get(4)?,
        actor: row.get(5)?,
        bytes: row.get(6)?,
        heads: split_heads(row.get_ref(7)?.as_blob()?),
        frozen: row.get(8)?,
    })
}

fn split_heads(bytes: &[u8]) -> Vec<Hash> {
    bytes.as_chunks().0.to_vec()
}

/// A store that was restored from a backup, or copied, writes under new actors: what another life of it wrote under the old
/// ones is out there, and comes back.
pub fn renew_actors(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    transaction.execute("UPDATE documents SET actor = randomblob(16)", [])?;
    Ok(())
}
