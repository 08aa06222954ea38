//! The register of erasures at the office: what a chapter erased, and which of its devices have said that it is gone there.

use std::collections::BTreeSet;

use helhet_protocol::identity::Signed;
use helhet_protocol::log::{Body, ChangeKind, Receipt, Tombstone, VerifiedEntry};
use helhet_shared::erasures::second_word::Key;
use helhet_shared::erasures::{self, BACKUP_DAYS, Erased, day_of};
use helhet_shared::sqlite::{Hash, Id, erasures as stored};
use rusqlite::Transaction;

use crate::office::Office;
use crate::store::erasures::ErasureRow;

/// Enters a document that was erased here, by the count of this one if by anybody's.
pub(super) fn register(
    transaction: &Transaction<'_>,
    signed: &Signed<Tombstone>,
    tombstone: &Tombstone,
    counted_for: Option<Key>,
    now: i64,
) -> rusqlite::Result<()> {
    let hash = signed.hash();
    // One without a number is an erasure by itself.
    let alone = hash.first_chunk().copied().unwrap_or_default();
    let part = tombstone.erasure.as_ref();
    let erased = Erased {
        document_hash: tombstone.document_hash,
        tombstone: hash,
        number: part.map_or(alone, |part| part.number),
        zone: tombstone.zone,
        day: tombstone.day,
        authority: tombstone.authority.0,
        holders: part.into_iter().flat_map(|part| &part.holders).map(|holder| holder.0).collect(),
        at: now,
        counted_for,
        // What the hub itself owes stands in a table of its own.
        signed: true,
    };
    stored::enter(transaction, &tombstone.chapter, &erased).map(drop)
}

/// The hub has signed.
pub(super) fn note_own(
    transaction: &Transaction<'_>,
    office: &Office,
    erasure: &ErasureRow,
    now: i64,
) -> rusqlite::Result<()> {
    let day = day_of(now);
    let receipt = erasures::Receipt {
        document_hash: erasure.document_hash,
        signer: office.key.public().0,
        by_hub: true,
        finished_day: day,
        backup_until_day: day.saturating_add(BACKUP_DAYS),
        at: now,
    };
    stored::keep_receipt(transaction, &erasure.chapter, &receipt).map(drop)
}

/// Notes the receipts of an entry that was taken in: who wrote it has signed them. Gives the documents that they are
/// of.
pub(super) fn note_receipts(
    transaction: &Transaction<'_>,
    chapter: &Id,
    by_hub: bool,
    entry: &VerifiedEntry,
    kept: &[bool],
    now: i64,
) -> rusqlite::Result<BTreeSet<Hash>> {
    let mut heard = BTreeSet::new();
    for (change, kept) in entry.entry().changes.iter().zip(kept) {
        let (ChangeKind::Receipt, Body::Open(body), true) = (change.kind, &change.body, kept) else {
            continue;
        };
        let Ok(receipt) = Receipt::read(body) else { continue };
        let Some(document_hash) = document_of(transaction, chapter, &receipt)? else { continue };
        let receipt = erasures::Receipt {
            document_hash,
            signer: receipt.signer.0,
            by_hub,
            finished_day: receipt.finished_day,
            backup_until_day: receipt.backup_until_day,
            at: now,
        };
        if stored::keep_receipt(transaction, chapter, &receipt)? {
            heard.insert(document_hash);
        }
    }
    Ok(heard)
}

fn document_of(
    transaction: &Transaction<'_>,
    chapter: &Id,
    receipt: &Receipt,
) -> rusqlite::Result<Option<Hash>> {
    match receipt.document_hash {
        Some(document_hash) => Ok(Some(document_hash)),
        None => stored::by_tombstone(transaction, chapter, &receipt.tombstone),
    }
}
