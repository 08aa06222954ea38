//! The keyring, which stands in the log of the zone that it opens: epochs (kind 4) and document keys (kind 3), as rows. A
//! set: what several devices added is all good, and what is erased takes its keys along.
use helhet_protocol::log::{Body, Change, ChangeKind, Document, Generation};
use helhet_protocol::seal::EpochId;
use helhet_shared::sqlite::Id;
use helhet_shared::sqlite::log::LogId;
use rusqlite::{Connection, OptionalExtension as _};

/// The epochs of a zone, the one that was first heard of last before the others.
pub fn epochs(connection: &Connection, chapter: &Id, zone: u8) -> rusqlite::Result<Vec<EpochId>> {
    connection
        .prepare_cached(
            "SELECT changes.document, min(changes.id) AS first
             FROM changes INDEXED BY changes_of_epochs CROSS JOIN entries ON entries.id = changes.entry
             WHERE changes.kind = 4 AND changes.state = 0 AND entries.chapter = ?1 AND entries.zone = ?2
               AND changes.document IS NOT NULL
             GROUP BY changes.document ORDER BY first DESC",
        )?
        .query_map((chapter, zone), |row| row.get(0))?
        .collect()
}

/// When the newest epoch of a zone was first heard of, in unix seconds.
pub fn newest_epoch_at(connection: &Connection, chapter: &Id, zone: u8) -> rusqlite::Result<Option<i64>> {
    let Some(newest) = epochs(connection, chapter, zone)?.into_iter().next() else { return Ok(None) };
    connection
        .prepare_cached(
            "SELECT min(entries.received_at) FROM changes INDEXED BY changes_of_epochs
             CROSS JOIN entries ON entries.id = changes.entry
             WHERE changes.kind = 4 AND changes.state = 0 AND changes.document = ?1",
        )?
        .query_row([newest], |row| row.get(0))
}

/// What was told of an epoch: each names some who may read.
pub fn told(connection: &Connection, epoch: &EpochId) -> rusqlite::Result<Vec<Vec<u8>>> {
    connection
        .prepare_cached(
            "SELECT body FROM changes WHERE document = ?1 AND kind = 4 AND state = 0 ORDER BY id",
        )?
        .query_map([epoch], |row| row.get(0))?
        .collect()
}

/// The wrapped keys of one generation of a document.
pub fn keys(
    connection: &Connection,
    document: &Document,
    generation: Generation,
) -> rusqlite::Result<Vec<Vec<u8>>> {
    connection
        .prepare_cached(
            "SELECT body FROM changes
             WHERE document = ?1 AND generation_number = ?2 AND generation_random = ?3 AND kind = 3 AND state = 0
             ORDER BY id",
        )?
        .query_map((document, generation.number, generation.random.cast_signed()), |row| row.get(0))?
        .collect()
}

/// A change that came sealed, as the log keeps it.
#[derive(Clone, PartialEq, Eq)]
pub struct Unopened {
    pub entry: i64,
    pub position: u32,
    /// The zone's code.
    pub zone: u8,
    pub author: [u8; 32],
    /// None where it was erased meanwhile.
    pub document: Option<Document>,
    pub generation: Generation,
    /// None where it is gone.
    pub body: Option<Vec<u8>>,
}

impl std::fmt::Debug for Unopened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Unopened").field("entry", &self.entry).finish_non_exhaustive()
    }
}

/// Remembers a change that came sealed.
pub fn add_unopened(connection: &Connection, entry: i64, position: u32) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO unopened (entry, position) VALUES (?1, ?2)")?
        .execute((entry, position))?;
    Ok(())
}

/// The first of those that were not tried, in order of arrival.
pub fn untried(connection: &Connection, limit: u32) -> rusqlite::Result<Vec<Unopened>> {
    connection
        .prepare_cached(
            "SELECT unopened.entry, unopened.position, entries.zone, logs.author, changes.document,
                    changes.generation_number, changes.generation_random, changes.body
             FROM unopened
             CROSS JOIN entries ON entries.id = unopened.entry
             CROSS JOIN logs ON logs.id = entries.log
             CROSS JOIN changes ON changes.entry = unopened.entry AND changes.position = unopened.position
             WHERE unopened.tried = 0 ORDER BY unopened.entry, unopened.position LIMIT ?1",
        )?
        .query_map([limit], |row| {
            Ok(Unopened {
                entry: row.get(0)?,
                position: row.get(1)?,
                zone: row.get(2)?,
                author: row.get(3)?,
                document: row.get(4)?,
                generation: Generation { number: row.get(5)?, random: row.get::<_, i64>(6)?.cast_unsigned() },
                body: row.get(7)?,
            })
        })?
        .collect()
}

/// It is in its document, or nothing is left of it.
pub fn opened(connection: &Connection, entry: i64, position: u32) -> rusqlite::Result<()> {
    connection
        .prepare_cached("DELETE FROM unopened WHERE entry = ?1 AND position = ?2")?
        .execute((entry, position))?;
    Ok(())
}

/// The keys that are here do not open it.
pub fn tried(connection: &Connection, entry: i64, position: u32) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE unopened SET tried = 1 WHERE entry = ?1 AND position = ?2")?
        .execute((entry, position))?;
    Ok(())
}

/// A key has come: all that waits is worth another try.
pub fn try_again(connection: &Connection) -> rusqlite::Result<()> {
    connection.prepare_cached("UPDATE unopened SET tried = 0 WHERE tried = 1")?.execute([])?;
    Ok(())
}

/// Whether something waits that was not tried.
pub fn has_untried(connection: &Connection) -> rusqlite::Result<bool> {
    let row = connection
        .prepare_cached("SELECT 1 FROM unopened WHERE tried = 0 LIMIT 1")?
        .query_row([], |_| Ok(()))
        .optional()?;
    Ok(row.is_some())
}

/// How many changes wait for a key that is not here.
pub fn closed(connection: &Connection) -> rusqlite::Result<u64> {
    connection
        .query_row("SELECT count(*) FROM unopened", [], |row| row.get::<_, i64>(0))
        .map(i64::cast_unsigned)
}

/// Whether a zone's log still holds bodies that anybody could read, from before there was sealing.
pub fn has_open_bodies(connection: &Connection, chapter: &Id, zone: u8) -> rusqlite::Result<bool> {
    connection
        .prepare_cached(
            "SELECT 1 FROM entries JOIN changes ON changes.entry = entries.id
             WHERE entries.chapter = ?1 AND entries.zone = ?2 AND changes.kind = 0 AND changes.sealed = 0
               AND changes.state = 0 LIMIT 1",
        )?
        .exists((chapter, zone))
}

/// A change of one author, and where it stands.
#[derive(Clone, PartialEq, Eq)]
pub struct OfOne {
    pub log: LogId,
    pub sequence: u64,
    pub body: Vec<u8>,
    pub is_sealed: bool,
}

impl std::fmt::Debug for OfOne {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OfOne").field("sequence", &self.sequence).finish_non_exhaustive()
    }
}

/// The changes that one device wrote of one generation of a document, in order of arrival.
pub fn of_one(
    connection: &Connection,
    author: &[u8; 32],
    document: &Document,
    generation: Generation,
) -> rusqlite::Result<Vec<OfOne>> {
    connection
        .prepare_cached(
            "SELECT logs.chapter, logs.zone, logs.incarnation, entries.sequence, changes.body, changes.sealed
             FROM changes JOIN entries ON entries.id = changes.entry JOIN logs ON logs.id = entries.log
             WHERE changes.document = ?1 AND changes.generation_number = ?2 AND changes.generation_random = ?3
               AND changes.kind = 0 AND changes.state = 0 AND logs.author = ?4
             ORDER BY changes.id",
        )?
        .query_map((document, generation.number, generation.random.cast_signed(), author), |row| {
            let incarnation = row.get::<_, i64>(2)?.cast_unsigned();
            Ok(OfOne {
                log: LogId { chapter: row.get(0)?, zone: row.get(1)?, author: *author, incarnation },
                sequence: row.get::<_, i64>(3)?.cast_unsigned(),
                body: row.get(4)?,
                is_sealed: row.get(5)?,
            })
        })?
        .collect()
}

/// A change of a document, whoever wrote it.
#[derive(Clone, PartialEq, Eq)]
pub struct OfDocument {
    pub author: [u8; 32],
    pub generation: Generation,
    pub body: Vec<u8>,
    pub is_sealed: bool,
}

impl std::fmt::Debug for OfDocument {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OfDocument").field("generation", &self.generation).finish_non_exhaustive()
    }
}

/// The changes of a document of a zone, in order of arrival.
pub fn of_document(
    connection: &Connection,
    document: &Document,
    zone: u8,
) -> rusqlite::Result<Vec<OfDocument>> {
    connection
        .prepare_cached(
            "SELECT logs.author, changes.generation_number, changes.generation_random, changes.body, changes.sealed
             FROM changes JOIN entries ON entries.id = changes.entry JOIN logs ON logs.id = entries.log
             WHERE changes.document = ?1 AND entries.zone = ?2 AND changes.kind = 0 AND changes.state = 0
             ORDER BY changes.id",
        )?
        .query_map((document, zone), |row| {
            Ok(OfDocument {
                author: row.get(0)?,
                generation: Generation { number: row.get(1)?, random: row.get::<_, i64>(2)?.cast_unsigned() },
                body: row.get(3)?,
                is_sealed: row.get(4)?,
            })
        })?
        .collect()
}

/// The ids of all documents of which a zone's log holds something.
pub fn documents_of_zone(connection: &Connection, chapter: &Id, zone: u8) -> rusqlite::Result<Vec<Document>> {
    connection
        .prepare_cached(
            "SELECT DISTINCT changes.document FROM entries JOIN changes ON changes.entry = entries.id
             WHERE entries.chapter = ?1 AND entries.zone = ?2 AND changes.kind = 0 AND changes.document IS NOT NULL",
        )?
        .query_map((chapter, zone), |row| row.get(0))?
        .collect()
}

/// The live changes of a log after entry `kept`, as they are signed.
pub fn live_after(connection: &Connection, log: &LogId, kept: u64) -> rusqlite::Result<Vec<Change>> {
    connection
        .prepare_cached(
            "SELECT changes.kind, changes.document, changes.generation_number, changes.generation_random,
                    changes.body, changes.sealed
             FROM logs JOIN entries ON entries.log = logs.id JOIN changes ON changes.entry = entries.id
             WHERE logs.chapter = ?1 AND logs.zone = ?2 AND logs.author = ?3 AND logs.incarnation = ?4
               AND entries.sequence > ?5 AND changes.state = 0 AND changes.document IS NOT NULL
             ORDER BY changes.id",
        )?
        .query_map(
            (log.chapter, log.zone, log.author, log.incarnation.cast_signed(), kept.cast_signed()),
            |row| {
                let (body, sealed) = (row.get(4)?, row.get(5)?);
                Ok(Change {
                    kind: ChangeKind::from_code(row.get(0)?),
                    document: row.get(1)?,
                    generation: Generation {
                        number: row.get(2)?,
                        random: row.get::<_, i64>(3)?.cast_unsigned(),
                    },
                    body: if sealed { Body::Sealed(body) } else { Body::Open(body) },
                })
            },
        )?
        .collect()
}

/// What stands open in the log of a sealed zone, in order of arrival.
pub fn open_bodies(
    connection: &Connection,
    chapter: &Id,
    zone: u8,
) -> rusqlite::Result<Vec<(Document, Generation, Vec<u8>)>> {
    connection
        .prepare_cached(
            "SELECT changes.document, changes.generation_number, changes.generation_random, changes.body
             FROM entries JOIN changes ON changes.entry = entries.id
             WHERE entries.chapter = ?1 AND entries.zone = ?2 AND changes.kind = 0 AND changes.sealed = 0
               AND changes.state = 0 AND changes.document IS NOT NULL
             ORDER BY changes.id",
        )?
        .query_map((chapter, zone), |row| {
            let generation =
                Generation { number: row.get(1)?, random: row.get::<_, i64>(2)?.cast_unsigned() };
            Ok((row.get(0)?, generation, row.get(3)?))
        })?
        .collect()
}
