//! What is really held of a zone, change by change: looked at where fingerprints differ, mended where a peer gives back
//! what was lost.
use super::feed::{change_from_row, item_of};
use super::*;

/// A live change and its row.
#[derive(Debug)]
pub struct Live {
    pub row: i64,
    pub item: Hash,
}

/// Looks at every live change of a chapter's zone. One whose body is not what its commitment promises (`is_sound` says
/// no) is given up: its body goes, and a peer may give it back. The zone's fingerprint is then what was found,
/// and what is retired of the chapter is counted anew with it.
pub fn look(
    transaction: &Transaction<'_>,
    chapter: &Id,
    zone: u8,
    mut is_sound: impl FnMut(&StoredChange) -> bool,
) -> rusqlite::Result<Vec<Live>> {
    let (mut live, mut lost, mut sum) = (Vec::new(), Vec::new(), Hash::default());
    let mut statement = transaction.prepare_cached(
        "SELECT kind, document, generation_number, generation_random, commitment, body, sealed, state, changes.id
         FROM entries JOIN changes ON changes.entry = entries.id
         WHERE entries.chapter = ?1 AND entries.zone = ?2 AND state = 0",
    )?;
    let mut rows = statement.query((chapter, zone))?;
    while let Some(row) = rows.next()? {
        let (change, row) = (change_from_row(row)?, row.get(8)?);
        if is_sound(&change) {
            let item = item_of(&change);
            fingerprints::add(&mut sum, &item);
            live.push(Live { row, item });
        } else {
            lost.push(row);
        }
    }
    for row in lost {
        transaction
            .prepare_cached("UPDATE changes SET body = NULL, state = ?2 WHERE id = ?1")?
            .execute((row, LOST))?;
    }
    fingerprints::set(transaction, chapter, zone, &sum)?;
    retired::count(transaction, chapter)?;
    Ok(live)
}

/// One change by its row.
pub fn change(connection: &Connection, row: i64) -> rusqlite::Result<StoredChange> {
    connection
        .prepare_cached(
            "SELECT kind, document, generation_number, generation_random, commitment, body, sealed, state
             FROM changes WHERE id = ?1",
        )?
        .query_row([row], change_from_row)
}

/// Puts a body back where it was lost. `change` comes with the commitment computed from its body, so that it can only
/// be what an entry here promises. Gives the row of the entry and the place in it; none where nothing is missing that it would
/// fit, or a floor forbids it.
pub fn fill(
    transaction: &Transaction<'_>,
    chapter: &Id,
    zone: u8,
    change: &NewChange,
) -> rusqlite::Result<Option<(i64, u32)>> {
    let (body, sealed) = match &change.body {
        NewBody::Open(body) => (body, false),
        NewBody::Sealed(body) => (body, true),
        NewBody::Absent | NewBody::Refused => return Ok(None),
    };
    let floor = tombstones::floor(transaction, chapter, &change.document_hash)?;
    if tombstones::under(floor, change.generation.number) {
        return Ok(None);
    }
    let filled = transaction
        .prepare_cached(
            "UPDATE changes SET body = :body, sealed = :sealed, state = 0
             WHERE id = (SELECT changes.id FROM changes JOIN entries ON entries.id = changes.entry
                         WHERE document = :document AND generation_number = :number AND generation_random = :random
                           AND commitment = :commitment AND kind = :kind AND state = :lost
                           AND entries.chapter = :chapter AND entries.zone = :zone
                         LIMIT 1)
             RETURNING entry, position",
        )?
        .query_row(
            named_params! {
                ":body": body,
                ":sealed": sealed,
                ":document": change.document,
                ":number": change.generation.number,
                ":random": change.generation.random.cast_signed(),
                ":commitment": change.commitment,
                ":kind": change.kind,
                ":lost": LOST,
                ":chapter": chapter,
                ":zone": zone,
            },
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    if filled.is_some() {
        let mut tally = Tally::default();
        let item = fingerprints::item(&change.document, change.generation, &change.commitment);
        tally.join(chapter, zone, &item);
        tally.save(transaction)?;
    }
    Ok(filled)
}

/// Walks over the live changes of a kind that have bodies, of all chapters.
pub fn of_kind(
    connection: &Connection,
    kind: u8,
    mut each: impl FnMut(Id, u8, StoredChange) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare(
        "SELECT kind, document, generation_number, generation_random, commitment, body, sealed, state,
                entries.chapter, entries.zone
         FROM changes JOIN entries ON entries.id = changes.entry
         WHERE kind = ?1 AND state = 0 AND body IS NOT NULL",
    )?;
    let mut rows = statement.query([kind])?;
    while let Some(row) = rows.next()? {
        each(row.get(8)?, row.get(9)?, change_from_row(row)?)?;
    }
    Ok(())
}

/// Gives up the bodies of all live changes of a kind, as if a disk had lost them: a peer may give them back. How many.
pub fn give_up(transaction: &Transaction<'_>, kind: u8) -> rusqlite::Result<u64> {
    let mut tally = Tally::default();
    of_kind(transaction, kind, |chapter, zone, change| {
        tally.leave(&chapter, zone, &item_of(&change));
        Ok(())
    })?;
    tally.save(transaction)?;
    let given_up = transaction
        .execute("UPDATE changes SET body = NULL, state = ?2 WHERE kind = ?1 AND state = 0", (kind, LOST))?;
    Ok(given_up as u64)
}

/// The head of the entry that holds a refused change of this commitment, and the change's place in it.
pub fn refused(
    connection: &Connection,
    chapter: &Id,
    zone: u8,
    document: &Id,
    commitment: &Hash,
) -> rusqlite::Result<Option<(Vec<u8>, u32)>> {
    connection
        .prepare_cached(
            "SELECT entries.header, changes.position
             FROM changes CROSS JOIN entries ON entries.id = changes.entry
             WHERE changes.document = ?3 AND changes.commitment = ?4 AND changes.state = ?5
               AND entries.chapter = ?1 AND entries.zone = ?2 LIMIT 1",
        )?
        .query_row((chapter, zone, document, commitment, REFUSED), |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
}

/// Whether a document has lost bodies that may be given back: until then it cannot be built anew, nor can be told what it
/// lacks.
pub fn lacks(connection: &Connection, document: &Id) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM changes WHERE document = ?1 AND state = ?2)")?
        .query_row((document, LOST), |row| row.get(0))
}

/// How many changes have lost their bodies and were not given back.
pub fn lost(connection: &Connection) -> rusqlite::Result<u64> {
    connection.query_row("SELECT count(*) FROM changes WHERE state = ?1", [LOST], |row| {
        row.get::<_, i64>(0).map(i64::unsigned_abs)
    })
}
