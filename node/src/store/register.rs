//! Between signed tombstones and receipts and the rows of the register of erasures.
use helhet_protocol::identity::Signed;
use helhet_protocol::log::{self, Tombstone};
use helhet_shared::erasures::{Erased, Receipt};
use helhet_shared::sqlite::{Hash, Id, erasures};
use rusqlite::Connection;

/// The floor that a tombstone sets, and what the register has of it.
pub fn entry(signed: &Signed<Tombstone>, now: i64) -> Option<(u32, Erased)> {
    let tombstone = signed.unverified().ok()?;
    let hash = signed.hash();
    // One without a number is an erasure by itself.
    let alone = || hash.first_chunk().copied().map(|number| (number, Vec::new()));
    let (number, holders) =
        tombstone.erasure.map(|erasure| (erasure.number, erasure.holders)).or_else(alone)?;
    Some((
        tombstone.floor,
        Erased {
            document_hash: tombstone.document_hash,
            tombstone: hash,
            number,
            zone: tombstone.zone,
            day: tombstone.day,
            authority: tombstone.authority.0,
            holders: holders.into_iter().map(|holder| holder.0).collect(),
            at: now,
            counted_for: None,
            signed: false,
        },
    ))
}

/// What the register has of a receipt.
pub fn row(receipt: &log::Receipt, document_hash: [u8; 32], by_hub: bool, now: i64) -> Receipt {
    Receipt {
        document_hash,
        signer: receipt.signer.0,
        by_hub,
        finished_day: receipt.finished_day,
        backup_until_day: receipt.backup_until_day,
        at: now,
    }
}

/// The document whose erasure a receipt is of, if it says so or the register does.
pub fn document_of(
    connection: &Connection,
    chapter: &Id,
    receipt: &log::Receipt,
) -> rusqlite::Result<Option<Hash>> {
    match receipt.document_hash {
        Some(document_hash) => Ok(Some(document_hash)),
        None => erasures::by_tombstone(connection, chapter, &receipt.tombstone),
    }
}
