//! Refusing after all: a change may pass the decoder, the schema and its dependencies and still not fit into its
//! document (it names values that were never there). Whoever sent it is told, as at its arrival.

use helhet_protocol::log::{Body, Change, ChangeKind, Refusal};
use helhet_shared::sqlite::log as stored;
use helhet_shared::zone::Zone;
use rusqlite::Transaction;

use super::materialise::Unfit;
use crate::log::{self as own_log, NO_CHAPTER};
use crate::office::Office;
use crate::store::documents::{self, Said};
use crate::store::quarantine::{self, QuarantineRow};
use crate::store::{StoreError, projections};

const CODE: &str = "unfit";

/// Drops the bodies, freezes the generations and tells the chapters.
pub(super) fn refuse_unfit(
    transaction: &Transaction<'_>,
    office: &Office,
    unfit: &[Unfit],
    now: i64,
) -> Result<(), StoreError> {
    for unfit in unfit {
        let Some(held) = documents::held(transaction, &unfit.document)? else { continue };
        documents::freeze(transaction, &unfit.document, unfit.generation)?;
        let mut notices = Vec::new();
        for change in &unfit.changes {
            tracing::warn!(generation = unfit.generation.number, "a change does not fit into its document");
            stored::refuse(transaction, &change.entry, change.index)?;
            quarantine::add(transaction, &quarantined(change, held.chapter, now))?;
            notices.extend(notice(unfit, change));
        }
        if !notices.is_empty() && held.chapter != NO_CHAPTER {
            own_log::append(transaction, office, held.chapter, Zone::Shared, notices, now)
                .map_err(|_| StoreError::Damaged { what: "the hub's own log" })?;
        }
        projections::queue(transaction, &unfit.document)?;
    }
    Ok(())
}

fn quarantined(change: &Said, chapter: [u8; 16], now: i64) -> QuarantineRow {
    QuarantineRow {
        at: now,
        chapter,
        device: change.author,
        rule: CODE.to_owned(),
        hash: change.commitment,
        size: change.body.len(),
    }
}

fn notice(unfit: &Unfit, change: &Said) -> Option<Change> {
    let header = own_log::header(&change.header)?;
    let generation = own_log::from_stored(unfit.generation);
    let refusal = Refusal {
        log: header.log,
        sequence: header.sequence,
        index: change.index,
        document: unfit.document,
        generation,
        code: CODE.to_owned(),
        key: None,
    };
    let body = Body::Open(refusal.to_body());
    Some(Change { kind: ChangeKind::Refusal, document: unfit.document, generation, body })
}
