//! The wrapped keys of the chapters' documents, apart from everything else. A backup that is kept for long has none of them:
//! what was erased since cannot be opened with it, not even by who has the chapter's recovery phrase as well.
//!
//! They are changes of the sealed zones' logs like all else there. A store without them holds changes whose bodies are
//! lost, which each chapter gives back as it gives back what a disk has lost.
use helhet_protocol::log::{Body, Change, ChangeKind, Generation};
use helhet_shared::sqlite::log::contents as stored;
use helhet_shared::sqlite::{Database, Id};
use rusqlite::{Connection, Transaction};

use super::{StoreError, contents};

/// What a file of keys says that it is, in SQLite's own place for that.
const APPLICATION: i32 = i32::from_be_bytes(*b"hKey");

/// Takes all of them out of a copy of the database; how many there were.
pub fn take_out(copy: &Database) -> Result<u64, StoreError> {
    copy.write(|transaction| Ok(stored::give_up(transaction, ChangeKind::Key.code())?))
}

/// Writes all of them into an empty database of their own.
pub fn write_apart(from: &Database, keys: &Database) -> Result<(), StoreError> {
    keys.write(|apart| {
        apart.execute_batch(
            "CREATE TABLE keys (chapter BLOB NOT NULL, zone INTEGER NOT NULL, document BLOB NOT NULL,
                                generation_number INTEGER NOT NULL, generation_random INTEGER NOT NULL,
                                body BLOB NOT NULL) STRICT",
        )?;
        apart.pragma_update(None, "application_id", APPLICATION)?;
        from.read(|connection| copy(connection, apart))
    })
}

fn copy(from: &Connection, apart: &Transaction<'_>) -> Result<(), StoreError> {
    let mut insert = apart.prepare("INSERT INTO keys VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    stored::of_kind(from, ChangeKind::Key.code(), |chapter, zone, change| {
        let generation = change.generation;
        insert.execute((
            chapter,
            zone,
            change.document,
            generation.number,
            generation.random.cast_signed(),
            change.body,
        ))?;
        Ok(())
    })?;
    Ok(())
}

/// Whether this is what [`write_apart`] wrote.
pub fn are_here(keys: &Database) -> Result<bool, StoreError> {
    keys.read(|apart| {
        Ok(apart.pragma_query_value(None, "application_id", |row| row.get::<_, i32>(0))? == APPLICATION)
    })
}

/// Puts those back that a database lacks, as far as no floor forbids it; how many.
pub fn put_back(into: &Database, keys: &Database) -> Result<u64, StoreError> {
    keys.read(|apart| {
        into.write(|transaction| {
            let mut statement = apart.prepare("SELECT * FROM keys")?;
            let mut rows = statement.query([])?;
            let mut count = 0;
            while let Some(row) = rows.next()? {
                let (chapter, zone): (Id, u8) = (row.get(0)?, row.get(1)?);
                let random = row.get::<_, i64>(4)?.cast_unsigned();
                let key = Change {
                    kind: ChangeKind::Key,
                    document: row.get(2)?,
                    generation: Generation { number: row.get(3)?, random },
                    body: Body::Open(row.get(5)?),
                };
                count += contents::fill(transaction, &chapter, zone, &[key])?.len() as u64;
            }
            Ok(count)
        })
    })
}
