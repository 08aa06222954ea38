//! Count and digest of what is retired of a chapter (protocol/SPEC.md, section 7), kept in the transaction in which
//! something is retired. Whoever keeps rows of a kind that travels with floors makes an [`Item`] of them, lets it
//! [`join`] where a row is written, and adds its rows to [`count`].
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
    /// A device that is out.
    Revoked { device: &'a [u8; 32] },
    /// The newest certificate of a device: of the chapter key that certified it, and its own serial.
    Certified { device: &'a [u8; 32], chapter_key_serial: u64, serial: u64 },
    /// A word on an erasure that waits for a second one.
    Held { document_hash: &'a Hash, authority: &'a [u8; 32], takes_back: bool },
}

impl Item<'_> {
    fn hash(&self) -> Hash {
        match self {
            Self::Floor { document_hash, floor } => {
                hash("helhet/1 floor", &[*document_hash, &floor.to_be_bytes()])
            }
            Self::Held { document_hash, authority, takes_back } => {
                hash("helhet/1 held", &[*document_hash, *authority, &[u8::from(*takes_back)]])
            }
            Self::Revoked { device } => hash("helhet/1 revoked", &[*device]),
            Self::Certified { device, chapter_key_serial, serial } => {
                let serials = [chapter_key_serial.to_be_bytes(), serial.to_be_bytes()];
                hash("helhet/1 certified", &[*device, &serials[0], &serials[1]])
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

/// An item is there from now on; the one whose place it takes, if any, no longer is.
pub fn join(
    transaction: &Transaction<'_>,
    chapter: &Id,
    item: Item<'_>,
    instead_of: Option<Item<'_>>,
) -> rusqlite::Result<()> {
    let mut kept = of(transaction, chapter)?;
    if let Some(replaced) = instead_of {
        kept.leave(replaced);
    }
    kept.join(item);
    set(transaction, chapter, &kept)
}

/// Counts anew what is retired of a chapter, which takes the place of what was kept.
pub fn count(transaction: &Transaction<'_>, chapter: &Id) -> rusqlite::Result<Retired> {
    let mut counted = floors_and_members(transaction, chapter)?;
    let mut held = transaction
        .prepare_cached("SELECT document_hash, authority, takes_back FROM held WHERE chapter = ?1")?;
    let mut rows = held.query([chapter])?;
    while let Some(row) = rows.next()? {
        let (document_hash, authority) = (&row.get(0)?, &row.get(1)?);
        counted.join(Item::Held { document_hash, authority, takes_back: row.get(2)? });
    }
    set(transaction, chapter, &counted)?;
    Ok(counted)
}

fn floors_and_members(transaction: &Transaction<'_>, chapter: &Id) -> rusqlite::Result<Retired> {
    let mut counted = Retired::default();
    let mut floors =
        transaction.prepare_cached("SELECT document_hash, floor FROM tombstones WHERE chapter = ?1")?;
    let mut rows = floors.query([chapter])?;
    while let Some(row) = rows.next()? {
        counted.join(Item::Floor { document_hash: &row.get(0)?, floor: row.get(1)? });
    }
    let mut devices = transaction.prepare_cached(
        "SELECT device, kind = 1, chapter_key_serial, serial FROM members WHERE chapter = ?1",
    )?;
    let mut rows = devices.query([chapter])?;
    while let Some(row) = rows.next()? {
        let (device, is_out) = (&row.get(0)?, row.get(1)?);
        let serial = |column| row.get::<_, i64>(column).map(i64::cast_unsigned);
        let (chapter_key_serial, serial) = (serial(2)?, serial(3)?);
        counted.join(match is_out {
            true => Item::Revoked { device },
            false => Item::Certified { device, chapter_key_serial, serial },
        });
    }
    Ok(counted)
}

impl Retired {
    fn join(&mut self, item: Item<'_>) {
        self.count += 1;
        fingerprints::add(&mut self.sum, &item.hash());
    }

    fn leave(&mut self, item: Item<'_>) {
        self.count = self.count.saturating_sub(1);
        fingerprints::add(&mut self.sum, &fingerprints::negative(&item.hash()));
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

/// Counts what a database of before this was kept holds: of before anything waited for a second word.
pub(super) fn count_all(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    let chapters: Vec<Id> = transaction
        .prepare("SELECT chapter FROM tombstones UNION SELECT chapter FROM members")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    chapters.iter().try_for_each(|chapter| {
        let counted = floors_and_members(transaction, chapter)?;
        set(transaction, chapter, &counted)
    })
}
