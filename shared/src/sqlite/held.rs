//! Erasures that wait for a second word ([`crate::erasures::second_word`]), as rows; and what is not shown meanwhile.
use rusqlite::{Connection, OptionalExtension, Transaction, named_params};

use super::retired::{self, Item};
use super::{Hash, Id, members};
use crate::erasures::second_word::{Council, Key, Words};

/// A signed word on the erasure of one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredWord {
    pub chapter: Id,
    pub document_hash: Hash,
    pub authority: Key,
    /// It is not to be erased after all.
    pub takes_back: bool,
    pub zone: u8,
    pub signed: Vec<u8>,
}

/// Keeps a word; false when it is known.
pub fn keep(transaction: &Transaction<'_>, word: &StoredWord, now: i64) -> rusqlite::Result<bool> {
    let next = members::newest(transaction)?.saturating_add(1);
    let added = transaction
        .prepare_cached(
            "INSERT INTO held (id, chapter, document_hash, authority, takes_back, zone, signed, received_at)
             VALUES (:next, :chapter, :document_hash, :authority, :takes_back, :zone, :signed, :now)
             ON CONFLICT (chapter, document_hash, authority, takes_back) DO NOTHING",
        )?
        .execute(named_params! {
            ":next": next.cast_signed(),
            ":chapter": word.chapter,
            ":document_hash": word.document_hash,
            ":authority": word.authority,
            ":takes_back": word.takes_back,
            ":zone": word.zone,
            ":signed": word.signed,
            ":now": now,
        })?;
    if added == 1 {
        let (document_hash, authority) = (&word.document_hash, &word.authority);
        let item = Item::Held { document_hash, authority, takes_back: word.takes_back };
        retired::join(transaction, &word.chapter, item, None)?;
    }
    Ok(added == 1)
}

const COLUMNS: &str = "chapter, document_hash, authority, takes_back, zone, signed";

/// All words of a chapter, in order of arrival, with when each came (unix seconds).
pub fn of_chapter(connection: &Connection, chapter: &Id) -> rusqlite::Result<Vec<(StoredWord, i64)>> {
    connection
        .prepare_cached(&format!("SELECT {COLUMNS}, received_at FROM held WHERE chapter = ?1 ORDER BY id"))?
        .query_map([chapter], |row| {
            let word = StoredWord {
                chapter: row.get(0)?,
                document_hash: row.get(1)?,
                authority: row.get(2)?,
                takes_back: row.get(3)?,
                zone: row.get(4)?,
                signed: row.get(5)?,
            };
            Ok((word, row.get(6)?))
        })?
        .collect()
}

/// The first word by which one document would be erased, as signed.
pub fn first_said(
    connection: &Connection,
    chapter: &Id,
    document_hash: &Hash,
) -> rusqlite::Result<Option<Vec<u8>>> {
    connection
        .prepare_cached(
            "SELECT signed FROM held WHERE chapter = ?1 AND document_hash = ?2 AND takes_back = 0 ORDER BY id LIMIT 1",
        )?
        .query_row((chapter, document_hash), |row| row.get(0))
        .optional()
}

/// Those numbered above `after`, as signed, with their numbers.
pub fn news(connection: &Connection, chapter: &Id, after: u64) -> rusqlite::Result<Vec<(u64, Vec<u8>)>> {
    connection
        .prepare_cached("SELECT id, signed FROM held WHERE chapter = ?1 AND id > ?2 ORDER BY id")?
        .query_map((chapter, after.cast_signed()), |row| {
            Ok((row.get::<_, i64>(0)?.unsigned_abs(), row.get(1)?))
        })?
        .collect()
}

/// The documents of a chapter that somebody would have erased and that are not.
pub fn open(connection: &Connection, chapter: &Id) -> rusqlite::Result<Vec<Hash>> {
    connection
        .prepare_cached(
            "SELECT DISTINCT document_hash FROM held WHERE chapter = ?1 AND takes_back = 0
               AND NOT EXISTS (SELECT 1 FROM erased WHERE erased.chapter = held.chapter
                                 AND erased.document_hash = held.document_hash)",
        )?
        .query_map([chapter], |row| row.get(0))?
        .collect()
}

/// What is known of one document; how much its examples are worth the council says.
pub fn words(
    connection: &Connection,
    council: &Council,
    chapter: &Id,
    document_hash: &Hash,
    now: i64,
) -> rusqlite::Result<Words> {
    let mut words = Words::default();
    let mut statement = connection
        .prepare_cached("SELECT authority, takes_back FROM held WHERE chapter = ?1 AND document_hash = ?2")?;
    let mut rows = statement.query((chapter, document_hash))?;
    while let Some(row) = rows.next()? {
        let authority = row.get(0)?;
        let whose = if row.get(1)? { &mut words.take_back } else { &mut words.erase };
        whose.insert(authority);
    }
    let mut statement = connection.prepare_cached(
        "SELECT signer, by_hub, (SELECT zone FROM held WHERE chapter = ?1 AND document_hash = ?2 LIMIT 1)
         FROM receipts WHERE chapter = ?1 AND document_hash = ?2",
    )?;
    let mut rows = statement.query((chapter, document_hash))?;
    while let Some(row) = rows.next()? {
        let (signer, zone) = (row.get(0)?, row.get::<_, Option<u8>>(2)?.unwrap_or_default());
        if row.get(1)? {
            words.gone_at_hub = true;
        } else {
            words.gone_at.push((signer, counted(connection, council, chapter, &signer, zone, now)?));
        }
    }
    Ok(words)
}

/// How many documents of a zone went by the word of one, or of those who count with it, since midnight (UTC) of this store's clock.
pub fn counted(
    connection: &Connection,
    council: &Council,
    chapter: &Id,
    whose: &Key,
    zone: u8,
    now: i64,
) -> rusqlite::Result<u32> {
    let mut statement = connection.prepare_cached(
        "SELECT count(*) FROM erased WHERE chapter = ?1 AND counted_for = ?2 AND zone = ?3 AND at >= ?4",
    )?;
    let midnight = now - now.rem_euclid(86_400);
    let mut count = 0;
    for one in council.counted_with(whose) {
        count += statement.query_row((chapter, one, zone, midnight), |row| row.get::<_, u32>(0))?;
    }
    Ok(count)
}

/// The same of this store's own, with those of before that the office has not signed for: it has not counted them yet, and may
/// do so today.
pub fn counted_own(
    connection: &Connection,
    council: &Council,
    chapter: &Id,
    own: &Key,
    zone: u8,
    now: i64,
) -> rusqlite::Result<u32> {
    let uncounted: u32 = connection
        .prepare_cached(
            "SELECT count(*) FROM erased WHERE chapter = ?1 AND counted_for = ?2 AND zone = ?3 AND at < ?4
               AND NOT EXISTS (
                    SELECT 1 FROM receipts WHERE receipts.chapter = erased.chapter AND by_hub = 1
                      AND receipts.document_hash = erased.document_hash)",
        )?
        .query_row((chapter, own, zone, now - now.rem_euclid(86_400)), |row| row.get(0))?;
    Ok(uncounted + counted(connection, council, chapter, own, zone, now)?)
}

/// From now on a document is not shown; false if it was not before.
pub fn hide(
    transaction: &Transaction<'_>,
    chapter: &Id,
    document: &Id,
    subject: &Id,
) -> rusqlite::Result<bool> {
    let added = transaction
        .prepare_cached(
            "INSERT INTO hidden (chapter, document, subject) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
        )?
        .execute((chapter, document, subject))?;
    Ok(added == 1)
}

/// What belongs to a subject is hidden no longer, or gone; gives what that was.
pub fn show(transaction: &Transaction<'_>, subject: &Id) -> rusqlite::Result<Vec<Id>> {
    transaction
        .prepare_cached("DELETE FROM hidden WHERE subject = ?1 RETURNING document")?
        .query_map([subject], |row| row.get(0))?
        .collect()
}

/// Whose a hidden document is.
pub fn subject_of(connection: &Connection, document: &Id) -> rusqlite::Result<Option<Id>> {
    connection
        .prepare_cached("SELECT subject FROM hidden WHERE document = ?1")?
        .query_row([document], |row| row.get(0))
        .optional()
}

/// Whether a document is hidden.
pub fn is_hidden(connection: &Connection, document: &Id) -> rusqlite::Result<bool> {
    connection.prepare_cached("SELECT 1 FROM hidden WHERE document = ?1")?.exists([document])
}

/// All that is hidden of a chapter: each document, and whose it is.
pub fn hidden(connection: &Connection, chapter: &Id) -> rusqlite::Result<Vec<(Id, Id)>> {
    connection
        .prepare_cached("SELECT document, subject FROM hidden WHERE chapter = ?1")?
        .query_map([chapter], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}
