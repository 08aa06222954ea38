//! Tombstones: floors rise, and what lies under them goes (design §4, Erasure).
//!
//! In one transaction: the floor in, log bodies, snapshots, projections, decisions and corrections out. After the
//! commit, and only once the write-ahead file is emptied of the old pages, the receipt is signed into the hub's log.
//! What is the office's own (gifts, notes) stays and becomes a task for the office.

use std::time::Duration;

use helhet_protocol::identity::{DeviceRole, Signed};
use helhet_protocol::log::receipt::cleaned;
use helhet_protocol::log::tombstone::{ERASED, document_hash, reason};
use helhet_protocol::log::{Body, Change, ChangeKind, Generation, Receipt, Tombstone};
use helhet_shared::erasures::second_word::Key;
use helhet_shared::erasures::{BACKUP_DAYS, day_of};
use helhet_shared::sqlite::tombstones::{self, StoredTombstone};
use helhet_shared::sqlite::{Database, Id, documents as snapshots, held, log as stored, members};
use helhet_shared::zone::Zone;
use rusqlite::{Connection, Transaction};

use super::register::{note_own, register};
use super::{Author, IngestError, RightsError, second_word};
use crate::log::{self as own_log, LogError};
use crate::office::Office;
use crate::store::erasures::{self, ErasureRow};
use crate::store::{StoreError, documents, projections};

/// What a set of tombstones did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Retired {
    /// Tombstones that were not known.
    pub new: usize,
    /// Documents that lost something by them.
    pub documents: usize,
}

/// Takes tombstones in, and what waits to be one. The caller commits, and then lets [`finish_erasures`] sign the receipts.
///
/// # Errors
/// When one of them is not signed by a key of the chapter that may raise its floor; nothing is then kept.
pub fn retire(
    transaction: &Transaction<'_>,
    author: &Author,
    signed: &[Signed<Tombstone>],
    held: &[Signed<Tombstone>],
    now: i64,
) -> Result<Retired, IngestError> {
    let mut retired = Retired::default();
    let mut said_of = second_word::hear_words(transaction, author.chapter, held, now)?;
    let council = second_word::council(transaction, author.chapter, now)?;
    for signed in signed {
        let tombstone = signed.verify_own().map_err(|_| RightsError::Tombstone)?;
        let document = documents::by_hash(transaction, &tombstone.chapter, &tombstone.document_hash)?;
        let allowed = may_raise(transaction, author, &tombstone)?
            && is_within_reach(transaction, &tombstone, document.as_ref())?;
        if !allowed {
            return Err(RightsError::Tombstone.into());
        }
        let floor = tombstones::floor(transaction, &tombstone.chapter, &tombstone.document_hash)?;
        let mut counts_for = None;
        if tombstone.floor == ERASED && floor < ERASED {
            match second_word::hear(transaction, &council, signed, &tombstone, document.as_ref(), now)? {
                Some(by) => counts_for = by,
                None => {
                    said_of.insert(tombstone.document_hash);
                    continue;
                }
            }
        }
        let (is_new, took) = raise(transaction, signed, &tombstone, counts_for, now)?;
        retired.new += usize::from(is_new);
        retired.documents += usize::from(took);
    }
    retired.documents += second_word::look_again(transaction, author.chapter, Some(&said_of), now)?;
    Ok(retired)
}

/// What waited for a second word has it. True if something went.
pub(super) fn carry_out(
    transaction: &Transaction<'_>,
    signed: &Signed<Tombstone>,
    counts_for: Option<Key>,
    now: i64,
) -> Result<bool, StoreError> {
    let tombstone = signed.verify_own().map_err(|_| StoreError::Damaged { what: "a tombstone" })?;
    raise(transaction, signed, &tombstone, counts_for, now).map(|(_, took)| took)
}

/// Raises a floor; whether it was not known, and whether a document lost something by it.
fn raise(
    transaction: &Transaction<'_>,
    signed: &Signed<Tombstone>,
    tombstone: &Tombstone,
    counts_for: Option<Key>,
    now: i64,
) -> Result<(bool, bool), StoreError> {
    let document = documents::by_hash(transaction, &tombstone.chapter, &tombstone.document_hash)?;
    let stored = StoredTombstone {
        chapter: tombstone.chapter,
        document_hash: tombstone.document_hash,
        floor: tombstone.floor,
        signed: signed.to_bytes(),
    };
    let office_record = match document {
        Some(document) if tombstone.floor == ERASED => linked_office_record(transaction, &document)?,
        Some(_) | None => None,
    };
    let row = ErasureRow {
        tombstone: signed.hash(),
        chapter: tombstone.chapter,
        document_hash: tombstone.document_hash,
        floor: tombstone.floor,
        zone: tombstone.zone,
        reason: tombstone.reason,
        received_at: now,
        receipted_at: None,
        office_record,
    };
    if !erasures::add(transaction, &row)? {
        return Ok((false, false));
    }
    let raised = tombstones::raise(transaction, &stored, now)?;
    if raised && tombstone.floor == ERASED {
        register(transaction, signed, tombstone, counts_for, now)?;
    }
    match document {
        Some(document) if raised => {
            remove(transaction, &document, tombstone.floor)?;
            Ok((true, true))
        }
        Some(_) | None => Ok((true, false)),
    }
}

/// Erases a record of the office's own: nothing of it comes back, and no receipt is owed for it to anybody. The caller
/// projects afterwards.
pub fn erase_own(
    transaction: &Transaction<'_>,
    office: &Office,
    document: &Id,
    now: i64,
) -> Result<(), StoreError> {
    let tombstone = Tombstone {
        document_hash: document_hash(document),
        chapter: own_log::NO_CHAPTER,
        floor: ERASED,
        zone: Zone::Office.code(),
        day: day_of(now),
        reason: reason::ERASED,
        authority: office.key.public(),
        erasure: None,
    };
    let stored = StoredTombstone {
        chapter: tombstone.chapter,
        document_hash: tombstone.document_hash,
        floor: tombstone.floor,
        signed: tombstone.sign(&office.key).to_bytes(),
    };
    tombstones::raise(transaction, &stored, now)?;
    Ok(remove(transaction, document, ERASED)?)
}

/// A device that may edit narrows; erasing is an admin's, or the root's. The authority need not be the device that brings it.
fn may_raise(
    connection: &Transaction<'_>,
    author: &Author,
    tombstone: &Tombstone,
) -> Result<bool, StoreError> {
    if tombstone.chapter != *author.chapter.as_bytes()
        || tombstone.floor == 0
        || tombstone.reason == reason::KEPT
    {
        return Ok(false);
    }
    if !matches!(Zone::from_code(tombstone.zone), Some(Zone::Shared | Zone::Chapter | Zone::Confidential)) {
        return Ok(false);
    }
    if second_word::may_erase(connection, author.chapter, &tombstone.authority)? {
        return Ok(true);
    }
    let is_device = members::device(connection, author.chapter.as_bytes(), &tombstone.authority.0)?.is_some();
    let may_edit = tombstone.authority != author.device || !matches!(author.role, DeviceRole::Other(_));
    Ok(is_device && may_edit && tombstone.floor != ERASED)
}

/// A floor rises by one at each narrowing, and a device that was away narrowed a few times. One that leaps would be an
/// erasure by who may only narrow.
fn is_within_reach(
    connection: &Connection,
    tombstone: &Tombstone,
    document: Option<&Id>,
) -> rusqlite::Result<bool> {
    let floor = tombstones::floor(connection, &tombstone.chapter, &tombstone.document_hash)?;
    let held = document.map(|document| stored::highest_generation(connection, document)).transpose()?;
    let highest = floor.max(held.flatten().unwrap_or(0));
    Ok(tombstone.floor == ERASED
        || tombstone.floor <= highest.saturating_add(tombstones::NARROWINGS_APART_MAX))
}

fn linked_office_record(connection: &Connection, document: &Id) -> rusqlite::Result<Option<Id>> {
    let Some(record) = projections::record(connection, document)? else { return Ok(None) };
    let linked = projections::records_of(connection, &record.supporter)?;
    Ok(linked.into_iter().find(|record| record.chapter == own_log::NO_CHAPTER).map(|record| record.document))
}

/// Everything of a document under `floor`, the projections whole: what remains is projected anew.
fn remove(transaction: &Transaction<'_>, document: &Id, floor: u32) -> rusqlite::Result<()> {
    take_from_lists(transaction, document)?;
    stored::prune(transaction, document, floor)?;
    snapshots::delete(transaction, document, floor)?;
    if floor == ERASED {
        held::show(transaction, document)?;
        documents::forget(transaction, document)
    } else {
        projections::queue(transaction, document)
    }
}

/// A document is kept, and shown to nobody.
pub(super) fn no_longer_shown(transaction: &Transaction<'_>, document: &Id) -> rusqlite::Result<()> {
    take_from_lists(transaction, document)?;
    projections::queue(transaction, document)
}

fn take_from_lists(transaction: &Transaction<'_>, document: &Id) -> rusqlite::Result<()> {
    if let Some(record) = projections::record(transaction, document)? {
        for linked in projections::records_of(transaction, &record.supporter)? {
            projections::queue(transaction, &linked.document)?;
        }
        projections::delete_supporter(transaction, &record.supporter)?;
    }
    projections::delete_record(transaction, document)?;
    projections::raise_edition(transaction)
}

/// Signs the receipts that are owed, after the write-ahead file is emptied. Returns the chapters whose log grew.
///
/// # Errors
/// When a reader keeps old pages alive for longer than `patience`; the receipts stay owed and the next call tries again.
pub fn finish_erasures(
    database: &Database,
    office: &Office,
    now: i64,
    patience: Duration,
) -> Result<Vec<Id>, EraseError> {
    let mut chapters = Vec::new();
    loop {
        let owed = database.read(|connection| erasures::owed(connection, 500).map_err(StoreError::from))?;
        if owed.is_empty() {
            return Ok(chapters);
        }
        if !skips_the_checkpoint() {
            database.checkpoint_within(patience)?;
        }
        let grown = database.write(|transaction| receipt(transaction, office, &owed, now))?;
        chapters.extend(grown);
    }
}

/// No program does.
fn skips_the_checkpoint() -> bool {
    #[cfg(feature = "planted-bug")]
    return helhet_shared::planted_bug::is_planted(helhet_shared::planted_bug::Bug::ReceiptIsEarly);
    #[cfg(not(feature = "planted-bug"))]
    false
}

fn receipt(
    transaction: &Transaction<'_>,
    office: &Office,
    owed: &[ErasureRow],
    now: i64,
) -> Result<Vec<Id>, EraseError> {
    let mut by_chapter: std::collections::BTreeMap<Id, Vec<Change>> = std::collections::BTreeMap::new();
    for erasure in owed {
        by_chapter.entry(erasure.chapter).or_default().push(receipt_change(office, erasure, now));
        erasures::receipted(transaction, &erasure.tombstone, now)?;
        note_own(transaction, office, erasure, now)?;
    }
    for (chapter, changes) in &by_chapter {
        own_log::append(transaction, office, *chapter, Zone::Shared, changes.clone(), now)?;
    }
    Ok(by_chapter.into_keys().collect())
}

/// The document's field stays empty: a receipt must not keep the id of what was erased.
fn receipt_change(office: &Office, erasure: &ErasureRow, now: i64) -> Change {
    let day = day_of(now);
    let receipt = Receipt {
        tombstone: erasure.tombstone,
        store: office.store_id,
        cleaned: cleaned::LOG | cleaned::PROJECTIONS | cleaned::INDEX | cleaned::KEYS | cleaned::CHECKPOINT,
        finished_day: day,
        backup_until_day: day.saturating_add(BACKUP_DAYS),
        signer: office.key.public(),
        document_hash: (erasure.floor == ERASED).then_some(erasure.document_hash),
    };
    Change {
        kind: ChangeKind::Receipt,
        document: [0; 16],
        generation: Generation { number: 0, random: 0 },
        body: Body::Open(receipt.sign(&office.key)),
    }
}

/// Why a receipt is still owed.
#[derive(Debug, thiserror::Error)]
pub enum EraseError {
    #[error("what was erased still stands in the write-ahead file")]
    Checkpoint(#[from] helhet_shared::sqlite::OpenError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the receipt could not be written")]
    Log(#[from] LogError),
}

impl From<rusqlite::Error> for EraseError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}
