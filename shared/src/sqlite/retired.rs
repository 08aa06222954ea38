//! Count and digest of what is retired of a chapter (protocol/SPEC.md, section 7), kept in the transaction in which
//! something is retired. Whoever keeps rows of a kind that travels with floors makes an [`Item`] of them, lets it
//! [`join`] where a row is written and [`leave`] where one is replaced, and adds its rows to [`count`].
use rusqlite::{Connection, OptionalExtension, Transaction};
use sha2::{Digest as _, Sha256};

use super::{Hash, Id, fingerprints};

/// What equal stores have equal of a chapter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Retired {
    /// Items.
    pub count: u64,
    /// Their sum.
    pub sum: Hash,
}

/// One thing that is retired.
#[derive(Clone, Copy, Debug)]
pub enum Item<'a> {
    /// The winning floor of a document.
    Floor { document_hash: &'a Hash, floor: u32 },
}

impl Item<'_> {
    fn hash(&self) -> Hash {
        match self {
            Self::Floor { document_hash, floor } => {
                hash("helhet/1 floor", &[*document_hash, &floor.to_be_bytes()])
            }
        }
    }
}

fn hash(domain: &str, parts: &[&[u8]]) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update(domain);
    hasher.update([0]);
    parts.iter().for_each(|part| hasher.update(part));
    hasher.finalize().into()
}

/// What is kept of a chapter.
pub fn of(connection: &Connection, chapter: &Id) -> rusqlite::Result<Retired> {
    let kept = connection
        .prepare_cached("SELECT count, sum FROM retired WHERE chapter = ?1")?
        .query_row([chapter], |row| {
            Ok(Retired { count: row.get::<_, i64>(0)?.cast_unsigned(), sum: row.get(1)? })
        })
        .optional()?;
    Ok(kept.unwrap_or_default())
}

/// An item is there from now on.
pub fn join(transaction: &Transaction<'_>, chapter: &Id, item: Item<'_>) -> rusqlite::Result<()> {
    let mut kept = of(transaction, chapter)?;
    kept.join(item);
    set(transaction, chapter, &kept)
}

/// An item is no longer there: another one takes its place.
pub fn leave(transaction: &Transaction<'_>, chapter: &Id, item: Item<'_>) -> rusqlite::Result<()> {
    let mut kept = of(transaction, chapter)?;
    kept.count = kept.count.saturating_sub(1);
    fingerprints::add(&mut kept.sum, &fingerprints::negative(&item.hash()));
    set(transaction, chapter, &kept)
}

/// Counts anew what is retired of a chapter, which takes the place of what was kept.
pub fn count(transaction: &Transaction<'_>, chapter: &Id) -> rusqlite::Result<Retired> {
    let mut counted = Retired::default();
    let mut statement =
        transaction.prepare_cached("SELECT document_hash, floor FROM tombstones WHERE chapter = ?1")?;
    let mut rows = statement.query([chapter])?;
    while let Some(row) = rows.next()? {
        counted.join(Item::Floor { document_hash: &row.get(0)?, floor: row.get(1)? });
    }
    set(transaction, chapter, &counted)?;
    Ok(counted)
}

impl Retired {
    fn join(&mut self, item: Item<'_>) {
        self.count += 1;
        fingerprints::add(&mut self.sum, &item.hash());
    }
}

fn set(transaction: &Transaction<'_>, chapter: &Id, kept: &Retired) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "INSERT INTO retired (chapter, count, sum) VALUES (?1, ?2, ?3)
             ON CONFLICT (chapter) DO UPDATE SET count = excluded.count, sum = excluded.sum",
        )?
        .execute((chapter, kept.count.cast_signed(), kept.sum))?;
    Ok(())
}

/// Counts what a database of before this was kept holds.
pub(super) fn count_all(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    let chapters: Vec<Id> = transaction
        .prepare("SELECT DISTINCT chapter FROM tombstones")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    chapters.iter().try_for_each(|chapter| count(transaction, chapter).map(drop))
}
