//! Which documents the hub holds, whose they are, which generations are frozen, and the moments of what they say.

use helhet_shared::sqlite::{Hash, Id, StoredGeneration};
use rusqlite::{Connection, OptionalExtension, Transaction};

/// Whose a document is, since its first change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    pub chapter: Id,
    /// The zone's code.
    pub zone: u8,
    /// Row of the entry that brought its first change.
    pub first_entry: i64,
}

pub fn held(connection: &Connection, document: &Id) -> rusqlite::Result<Option<Held>> {
    connection
        .prepare_cached("SELECT chapter, zone, first_entry FROM held_documents WHERE document = ?1")?
        .query_row([document], |row| {
            Ok(Held { chapter: row.get(0)?, zone: row.get(1)?, first_entry: row.get(2)? })
        })
        .optional()
}

pub fn hold(
    transaction: &Transaction<'_>,
    document: &Id,
    document_hash: &Hash,
    held: &Held,
) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "INSERT INTO held_documents (document, document_hash, chapter, zone, first_entry)
             VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (document) DO NOTHING",
        )?
        .execute((document, document_hash, held.chapter, held.zone, held.first_entry))?;
    Ok(())
}

/// The chapter's document that a tombstone names.
pub fn by_hash(connection: &Connection, chapter: &Id, document_hash: &Hash) -> rusqlite::Result<Option<Id>> {
    connection
        .prepare_cached("SELECT document FROM held_documents WHERE document_hash = ?1 AND chapter = ?2")?
        .query_row((document_hash, chapter), |row| row.get(0))
        .optional()
}

/// Forgets the plain id of an erased document and what hangs on it.
pub fn forget(transaction: &Transaction<'_>, document: &Id) -> rusqlite::Result<()> {
    for sql in [
        "DELETE FROM held_documents WHERE document = ?1",
        "DELETE FROM frozen WHERE document = ?1",
        "DELETE FROM link_decisions WHERE one = ?1 OR other = ?1",
        "DELETE FROM corrections WHERE document = ?1",
        "DELETE FROM to_project WHERE document = ?1",
        "DELETE FROM import_changes WHERE supporter = ?1",
        "DELETE FROM possible_doubles WHERE one = ?1 OR other = ?1",
    ] {
        transaction.prepare_cached(sql)?.execute([document])?;
    }
    Ok(())
}

pub fn freeze(
    transaction: &Transaction<'_>,
    document: &Id,
    generation: StoredGeneration,
) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "INSERT INTO frozen (document, generation_number, generation_random) VALUES (?1, ?2, ?3)
             ON CONFLICT DO NOTHING",
        )?
        .execute((document, generation.number, generation.random.cast_signed()))?;
    Ok(())
}

pub fn is_frozen(
    connection: &Connection,
    document: &Id,
    generation: StoredGeneration,
) -> rusqlite::Result<bool> {
    connection
        .prepare_cached(
            "SELECT 1 FROM frozen WHERE document = ?1 AND generation_number = ?2 AND generation_random = ?3",
        )?
        .exists((document, generation.number, generation.random.cast_signed()))
}

/// The generations of a document that hold a readable change, lowest first.
pub fn generations(connection: &Connection, document: &Id) -> rusqlite::Result<Vec<StoredGeneration>> {
    connection
        .prepare_cached(
            "SELECT DISTINCT generation_number, generation_random FROM changes
             WHERE document = ?1 AND state = 0 AND kind = 0 AND sealed = 0
             ORDER BY generation_number, generation_random",
        )?
        .query_map([document], |row| {
            Ok(StoredGeneration { number: row.get(0)?, random: row.get::<_, i64>(1)?.cast_unsigned() })
        })?
        .collect()
}

/// One readable change with when it came and who wrote it.
pub struct Said {
    pub body: Vec<u8>,
    /// The entry head as signed; its time is the author's clock.
    pub header: Vec<u8>,
    /// Unix seconds, the hub's clock.
    pub received_at: i64,
    /// The author's key.
    pub author: [u8; 32],
    /// The entry that it stands in, and its place there from 0.
    pub entry: Hash,
    pub index: u32,
    pub commitment: Hash,
}

impl std::fmt::Debug for Said {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Said({} bytes)", self.body.len())
    }
}

/// The changes of one generation in order of arrival.
pub fn said(
    connection: &Connection,
    document: &Id,
    generation: StoredGeneration,
) -> rusqlite::Result<Vec<Said>> {
    connection
        .prepare_cached(
            "SELECT changes.body, entries.header, entries.received_at, logs.author, entries.hash, changes.position,
                    changes.commitment
             FROM changes JOIN entries ON entries.id = changes.entry JOIN logs ON logs.id = entries.log
             WHERE changes.document = ?1 AND changes.generation_number = ?2 AND changes.generation_random = ?3
               AND changes.state = 0 AND changes.kind = 0 AND changes.sealed = 0
             ORDER BY changes.id",
        )?
        .query_map((document, generation.number, generation.random.cast_signed()), |row| {
            Ok(Said {
                body: row.get(0)?,
                header: row.get(1)?,
                received_at: row.get(2)?,
                author: row.get(3)?,
                entry: row.get(4)?,
                index: row.get(5)?,
                commitment: row.get(6)?,
            })
        })?
        .collect()
}

/// Marks an entry whose own time lies outside the window.
pub fn mark_odd_time(transaction: &Transaction<'_>, entry: i64, claimed: i64) -> rusqlite::Result<()> {
    transaction
        .prepare_cached("INSERT INTO odd_times (entry, claimed) VALUES (?1, ?2)")?
        .execute((entry, claimed))?;
    Ok(())
}
