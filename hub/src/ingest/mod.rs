//! Entries arrive. The hub trusts no node to be right (design §4, §7):
//!
//! ```text
//! session    signature, chain, limits (protocol: only a `VerifiedEntry` comes here)
//! verify.rs  rights: chapter, zone, author, place     → else the whole batch is refused and nothing of it is kept
//! check.rs   bounded decoding, schema, dependencies → else the one change is refused: header and commitment stay
//! store      entries, changes, positions, in one transaction; the acknowledgement follows the commit
//! ```
//! A refusal drops the body, freezes that generation of the document, leaves {rule, device, hash, size} in quarantine
//! and a notice in the hub's own log for that chapter. Tombstones come before any entry; what lies under a floor is
//! dropped in the transaction that would store it. Nothing here makes an automerge document: that is the projector's.

mod again;
mod check;
mod devices;
mod erase;
mod register;
mod second_word;
#[cfg(test)]
mod second_word_tests;
#[cfg(test)]
mod tests;
mod verify;

pub use again::refuse_again;
pub use check::{CheckError, lies_sealed};
pub use devices::change_devices;
pub use erase::{EraseError, Retired, erase_own, finish_erasures, retire};
pub use verify::{Author, RightsError};

use helhet_protocol::log::limits::BATCH_CHANGES_MAX;
use helhet_protocol::log::tombstone::document_hash;
use helhet_protocol::log::{Body, Change, ChangeKind, Position, Refusal, VerifiedEntry};
use helhet_protocol::v1::CloseCode;
use helhet_shared::sqlite::fingerprints::Tally;
use helhet_shared::sqlite::log::{self as stored, AppendError, NewBody};
use helhet_shared::zone::Zone;
use rusqlite::Transaction;

use self::check::{Checked, Checker};
use crate::log::{self as own_log, LogError};
use crate::office::Office;
use crate::store::StoreError;
use crate::store::documents::{self, Held};
use crate::store::quarantine::{self, QuarantineRow};

/// An entry may claim to be this much later than now before it is marked, in seconds.
const TIME_AHEAD_MAX: i64 = 24 * 60 * 60;
/// Nothing was written before this program was: 2026-01-01, unix seconds.
const TIME_FIRST: i64 = 1_767_225_600;

/// What a batch did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ingested {
    /// How far each log of the batch is held now: what is acknowledged after the commit.
    pub positions: Vec<Position>,
    pub entries: usize,
    pub changes: usize,
    /// Changes refused in it.
    pub refused: usize,
}

/// Takes a batch of `author` in, whole or not at all. The caller commits and then acknowledges.
///
/// # Errors
/// With a stable code; nothing of the batch is then kept, and the peer starts again from the positions.
pub fn ingest(
    transaction: &Transaction<'_>,
    office: &Office,
    author: &Author,
    entries: Vec<VerifiedEntry>,
    now: i64,
) -> Result<Ingested, IngestError> {
    if entries.iter().map(|entry| entry.entry().changes.len()).sum::<usize>() > BATCH_CHANGES_MAX {
        return Err(IngestError::BatchTooLarge);
    }
    let mut done = Ingested::default();
    let office_key = office.key.public();
    let mut checker = Checker::new(transaction, author, office_key);
    let mut refusals = Vec::new();
    let mut tally = Tally::default();
    for entry in entries {
        if !verify::is_next(transaction, author, office_key, &entry)? {
            continue;
        }
        let verdicts = checker.check(&entry)?;
        let is_own = entry.header().log.author == office_key;
        store(transaction, author, &entry, is_own, &verdicts, &mut tally, now)?;
        for (index, verdict) in verdicts.iter().enumerate() {
            if let Checked::Refused(refused) = verdict {
                refusals.push(notice(&entry, index, refused));
                quarantine::add(transaction, &quarantined(author, &entry, index, refused.code, now))?;
                let change = &entry.entry().changes[index];
                if entry.header().log.zone == Zone::Shared.code() {
                    documents::freeze(transaction, &change.document, own_log::to_stored(change.generation))?;
                }
            }
        }
        if is_own {
            freeze_again(transaction, &entry)?;
        }
        done.entries += 1;
        done.changes += verdicts.len();
        let position = entry.position();
        done.positions.retain(|known| known.log != position.log);
        done.positions.push(position);
    }
    tally.save(transaction)?;
    done.refused = refusals.len();
    for notices in refusals.chunks(500) {
        own_log::append(
            transaction,
            office,
            *author.chapter.as_bytes(),
            Zone::Shared,
            notices.to_vec(),
            now,
        )?;
    }
    Ok(done)
}

/// What this hub refused before it was restored is refused still.
fn freeze_again(transaction: &Transaction<'_>, own: &VerifiedEntry) -> rusqlite::Result<()> {
    for change in &own.entry().changes {
        if let (ChangeKind::Refusal, Body::Open(body)) = (change.kind, &change.body)
            && let Ok(refusal) = Refusal::read(body)
        {
            documents::freeze(transaction, &refusal.document, own_log::to_stored(refusal.generation))?;
        }
    }
    Ok(())
}

fn store(
    transaction: &Transaction<'_>,
    author: &Author,
    entry: &VerifiedEntry,
    is_own: bool,
    verdicts: &[Checked],
    tally: &mut Tally,
    now: i64,
) -> Result<(), IngestError> {
    let mut verdict = verdicts.iter();
    let previous = entry.header().previous;
    let new =
        own_log::new_entry(entry.entry(), &entry.position(), previous, entry.commitments(), |change| match (
            verdict.next(),
            &change.body,
        ) {
            (Some(Checked::Refused(_)), _) => NewBody::Refused,
            (_, Body::Open(body)) => NewBody::Open(body.clone()),
            (_, Body::Sealed(body)) => NewBody::Sealed(body.clone()),
            (_, Body::Absent { .. }) => NewBody::Absent,
        });
    let appended = stored::append_some(transaction, &new, now, tally)?;
    let chapter = author.chapter.as_bytes();
    let gone = register::note_receipts(transaction, chapter, is_own, entry, &appended.kept, now)?;
    if !gone.is_empty() {
        // What is gone at one of them may have waited here.
        second_word::look_again(transaction, author.chapter, Some(&gone), now)?;
    }
    let held =
        Held { chapter: *author.chapter.as_bytes(), zone: entry.header().log.zone, first_entry: appended.id };
    for (change, verdict) in entry.entry().changes.iter().zip(verdicts) {
        // Of what was refused there are a notice and a row: an erasure has to find them by the hash of the id.
        let is_refused = matches!(verdict, Checked::Refused(_));
        if is_refused || *verdict == Checked::NewDocument {
            documents::hold(transaction, &change.document, &document_hash(&change.document), &held)?;
        }
    }
    let time = entry.header().time;
    if time > now.saturating_add(TIME_AHEAD_MAX) || time < TIME_FIRST {
        documents::mark_odd_time(transaction, appended.id, time)?;
    }
    Ok(())
}

fn notice(entry: &VerifiedEntry, index: usize, refused: &check::Refused) -> Change {
    let change = &entry.entry().changes[index];
    let refusal = Refusal {
        log: entry.header().log,
        sequence: entry.header().sequence,
        index: u32::try_from(index).unwrap_or(u32::MAX),
        document: change.document,
        generation: change.generation,
        code: refused.code.to_owned(),
        key: refused.key.clone(),
    };
    Change {
        kind: ChangeKind::Refusal,
        document: change.document,
        generation: change.generation,
        body: Body::Open(refusal.to_body()),
    }
}

fn quarantined(author: &Author, entry: &VerifiedEntry, index: usize, code: &str, now: i64) -> QuarantineRow {
    QuarantineRow {
        at: now,
        chapter: *author.chapter.as_bytes(),
        device: author.device.0,
        rule: code.to_owned(),
        hash: entry.commitments()[index],
        size: entry.entry().changes[index].body.len(),
    }
}

/// Why a batch was not taken.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    #[error("the batch holds more changes than a batch may")]
    BatchTooLarge,
    #[error(transparent)]
    Rights(#[from] RightsError),
    #[error(transparent)]
    Check(#[from] CheckError),
    #[error("an entry does not continue its log here")]
    Append(#[from] AppendError),
    #[error("the hub's notice could not be written")]
    Log(#[from] LogError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the database answered with an error")]
    Sqlite(#[from] rusqlite::Error),
}

impl IngestError {
    /// The code that closes the session.
    pub fn close(&self) -> CloseCode {
        match self {
            Self::BatchTooLarge => CloseCode::OverLimit,
            Self::Rights(RightsError::Tombstone) => CloseCode::RetiredRefused,
            Self::Rights(_) => CloseCode::NotAllowed,
            Self::Check(CheckError::MissingDependency) => CloseCode::MissingDependency,
            Self::Append(AppendError::Fork { .. }) => CloseCode::Fork,
            Self::Append(AppendError::Gap { .. } | AppendError::Known) => CloseCode::BrokenChain,
            Self::Append(AppendError::Sqlite(_)) | Self::Log(_) | Self::Store(_) | Self::Sqlite(_) => {
                CloseCode::StoreFailed
            }
        }
    }
}
