//! Set hashes: what tells two stores that they hold the same live changes without looking at one (protocol/SPEC.md,
//! section 7). [`super::log`] keeps them, in the transaction in which a change comes or goes.
use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Transaction};
use sha2::{Digest as _, Sha256};

use super::{Hash, Id, StoredGeneration};

/// What joined and left the sets during a transaction, to be saved at its end.
#[derive(Debug, Default)]
#[must_use = "a tally that is not saved leaves a fingerprint that is untrue"]
pub struct Tally(BTreeMap<(Id, u8), Hash>);

impl Tally {
    pub(super) fn join(&mut self, chapter: &Id, zone: u8, item: &Hash) {
        add(self.0.entry((*chapter, zone)).or_default(), item);
    }

    pub(super) fn leave(&mut self, chapter: &Id, zone: u8, item: &Hash) {
        add(self.0.entry((*chapter, zone)).or_default(), &negative(item));
    }

    /// Adds it to what is stored.
    pub fn save(self, transaction: &Transaction<'_>) -> rusqlite::Result<()> {
        for ((chapter, zone), change) in self.0 {
            let mut sum = of(transaction, &chapter, zone)?;
            add(&mut sum, &change);
            set(transaction, &chapter, zone, &sum)?;
        }
        Ok(())
    }
}

/// The fingerprint of a chapter's zone.
pub fn of(connection: &Connection, chapter: &Id, zone: u8) -> rusqlite::Result<Hash> {
    let sum = connection
        .prepare_cached("SELECT sum FROM fingerprints WHERE chapter = ?1 AND zone = ?2")?
        .query_row((chapter, zone), |row| row.get(0))
        .optional()?;
    Ok(sum.unwrap_or_default())
}

/// What was counted anew takes the place of what was kept.
pub(super) fn set(transaction: &Transaction<'_>, chapter: &Id, zone: u8, sum: &Hash) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "INSERT INTO fingerprints (chapter, zone, sum) VALUES (?1, ?2, ?3)
             ON CONFLICT (chapter, zone) DO UPDATE SET sum = excluded.sum",
        )?
        .execute((chapter, zone, sum))?;
    Ok(())
}

/// What stands for a live change in the sums.
pub fn item(document: &Id, generation: StoredGeneration, commitment: &Hash) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update(b"helhet/1 fingerprint item\0");
    hasher.update(document);
    hasher.update(generation.number.to_be_bytes());
    hasher.update(generation.random.to_be_bytes());
    hasher.update(commitment);
    hasher.finalize().into()
}

/// Modulo 2^256, big-endian.
pub(super) fn add(sum: &mut Hash, item: &Hash) {
    let mut carry = 0_u16;
    for (sum, byte) in sum.iter_mut().zip(item).rev() {
        let total = u16::from(*sum) + u16::from(*byte) + carry;
        [_, *sum] = total.to_be_bytes();
        carry = total >> 8;
    }
}

pub(super) fn negative(item: &Hash) -> Hash {
    let mut one = [0; 32];
    one[31] = 1;
    let mut negative = item.map(|byte| !byte);
    add(&mut negative, &one);
    negative
}

/// Counts all sums from the log: what a database of before they were kept needs once.
pub(super) fn count_all(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    let mut tally = Tally::default();
    let mut statement = transaction.prepare(
        "SELECT entries.chapter, entries.zone, document, generation_number, generation_random, commitment
         FROM changes JOIN entries ON entries.id = changes.entry WHERE state = 0",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let generation =
            StoredGeneration { number: row.get(3)?, random: row.get::<_, i64>(4)?.cast_unsigned() };
        tally.join(&row.get(0)?, row.get(1)?, &item(&row.get(2)?, generation, &row.get(5)?));
    }
    tally.save(transaction)
}
