//! Reading a log in the order in which its entries arrived: what a peer lacks, within limits.
use super::*;

/// An entry as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredEntry {
    pub id: i64,
    pub log: LogId,
    pub sequence: u64,
    pub hash: Hash,
    pub header: Vec<u8>,
    pub signature: Vec<u8>,
    pub received_at: i64,
    pub changes: Vec<StoredChange>,
}

/// A change as stored.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredChange {
    pub kind: u8,
    /// None when the document was erased.
    pub document: Option<Id>,
    pub generation: StoredGeneration,
    pub commitment: Hash,
    /// None when pruned or refused.
    pub body: Option<Vec<u8>>,
    pub sealed: bool,
    pub refused: bool,
}

impl std::fmt::Debug for StoredChange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StoredChange")
            .field("kind", &self.kind)
            .field("generation", &self.generation)
            .field("body_bytes", &self.body.as_ref().map(Vec::len))
            .finish_non_exhaustive()
    }
}

/// A stretch of a feed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feed {
    pub entries: Vec<StoredEntry>,
    /// The arrival number to go on after.
    pub after: i64,
    /// Whether the scan reached the end.
    pub complete: bool,
}

/// What a peer at `held` lacks of a chapter's zone, in this store's order of arrival, after arrival number `after` (0 to
/// begin), ended by `bytes_max` of bodies and headers (at least one entry is given) or `entries_max`.
pub fn feed(
    connection: &Connection,
    chapter: &Id,
    zone: u8,
    held: &BTreeMap<LogId, LogPosition>,
    after: i64,
    entries_max: usize,
    bytes_max: usize,
) -> rusqlite::Result<Feed> {
    let start = first_lacking(connection, chapter, zone, held)?;
    let Some(start) = start else {
        return Ok(Feed { complete: true, after, ..Feed::default() });
    };
    let mut feed = Feed { after: after.max(start - 1), ..Feed::default() };
    let mut statement = connection.prepare_cached(
        "SELECT entries.id, logs.author, logs.incarnation, entries.sequence, entries.hash, entries.header,
                entries.signature, entries.received_at
         FROM entries JOIN logs ON logs.id = entries.log
         WHERE entries.chapter = ?1 AND entries.zone = ?2 AND entries.id > ?3 ORDER BY entries.id",
    )?;
    let mut rows = statement.query((chapter, zone, feed.after))?;
    let mut bytes = 0;
    while let Some(row) = rows.next()? {
        let mut entry = entry_from_row(*chapter, zone, row)?;
        if held.get(&entry.log).is_none_or(|held| entry.sequence > held.sequence) {
            entry.changes = changes_of(connection, entry.id)?;
            let size = entry_bytes(&entry);
            let full = feed.entries.len() >= entries_max || bytes + size > bytes_max;
            if full && !feed.entries.is_empty() {
                return Ok(feed);
            }
            bytes += size;
            feed.after = entry.id;
            feed.entries.push(entry);
        } else {
            feed.after = entry.id;
        }
    }
    feed.complete = true;
    Ok(feed)
}

/// The lowest arrival number of an entry that a peer at `held` lacks.
pub fn first_lacking(
    connection: &Connection,
    chapter: &Id,
    zone: u8,
    held: &BTreeMap<LogId, LogPosition>,
) -> rusqlite::Result<Option<i64>> {
    let mut first = None;
    let mut statement = connection.prepare_cached(
        "SELECT entries.id FROM entries JOIN logs ON logs.id = entries.log
         WHERE logs.chapter = ?1 AND logs.zone = ?2 AND logs.author = ?3 AND logs.incarnation = ?4
           AND entries.sequence = ?5",
    )?;
    for (log, own) in positions(connection, chapter, zone)? {
        let theirs = held.get(&log).map_or(0, |held| held.sequence);
        if theirs >= own.sequence {
            continue;
        }
        let id: i64 = statement.query_row(
            (log.chapter, log.zone, log.author, log.incarnation.cast_signed(), (theirs + 1).cast_signed()),
            |row| row.get(0),
        )?;
        first = Some(first.map_or(id, |first: i64| first.min(id)));
    }
    Ok(first)
}

/// One entry by its arrival number.
pub fn entry(connection: &Connection, id: i64) -> rusqlite::Result<Option<StoredEntry>> {
    let found = connection
        .prepare_cached(
            "SELECT entries.id, logs.author, logs.incarnation, entries.sequence, entries.hash, entries.header,
                    entries.signature, entries.received_at, entries.chapter, entries.zone
             FROM entries JOIN logs ON logs.id = entries.log WHERE entries.id = ?1",
        )?
        .query_row([id], |row| entry_from_row(row.get(8)?, row.get(9)?, row))
        .optional()?;
    let Some(mut entry) = found else {
        return Ok(None);
    };
    entry.changes = changes_of(connection, id)?;
    Ok(Some(entry))
}

fn entry_from_row(chapter: Id, zone: u8, row: &Row<'_>) -> rusqlite::Result<StoredEntry> {
    Ok(StoredEntry {
        id: row.get(0)?,
        log: LogId { chapter, zone, author: row.get(1)?, incarnation: row.get::<_, i64>(2)?.cast_unsigned() },
        sequence: row.get::<_, i64>(3)?.cast_unsigned(),
        hash: row.get(4)?,
        header: row.get(5)?,
        signature: row.get(6)?,
        received_at: row.get(7)?,
        changes: Vec::new(),
    })
}

fn changes_of(connection: &Connection, entry: i64) -> rusqlite::Result<Vec<StoredChange>> {
    connection
        .prepare_cached(
            "SELECT kind, document, generation_number, generation_random, commitment, body, sealed, state
             FROM changes WHERE entry = ?1 ORDER BY position",
        )?
        .query_map([entry], change_from_row)?
        .collect()
}

pub(super) fn item_of(change: &StoredChange) -> Hash {
    fingerprints::item(&change.document.unwrap_or_default(), change.generation, &change.commitment)
}

pub(super) fn change_from_row(row: &Row<'_>) -> rusqlite::Result<StoredChange> {
    Ok(StoredChange {
        kind: row.get(0)?,
        document: row.get(1)?,
        generation: StoredGeneration { number: row.get(2)?, random: row.get::<_, i64>(3)?.cast_unsigned() },
        commitment: row.get(4)?,
        body: row.get(5)?,
        sealed: row.get(6)?,
        refused: row.get::<_, u8>(7)? == REFUSED,
    })
}

fn entry_bytes(entry: &StoredEntry) -> usize {
    let bodies: usize =
        entry.changes.iter().map(|change| 64 + change.body.as_ref().map_or(0, Vec::len)).sum();
    entry.header.len() + entry.signature.len() + bodies
}
