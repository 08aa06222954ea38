//! Refusing again what a device still holds. The notice of a refusal is an entry like any other: where both sides have lost it,
//! a disk here and an old backup there, nothing but this would ever make them hold the same.

use helhet_protocol::log::{Body, Change, ChangeKind, Refusal};
use helhet_shared::sqlite::log as stored;
use helhet_shared::zone::Zone;
use rusqlite::Transaction;

use super::IngestError;
use crate::log as own_log;
use crate::office::Office;
use crate::store::{StoreError, quarantine};

/// Of what a device of `chapter` offers, whatever was refused here is refused once more; gives how many. Only the `shared` zone's:
/// of the others this hub says nothing.
///
/// # Errors
/// When the store or its log cannot be written.
pub fn refuse_again(
    transaction: &Transaction<'_>,
    office: &Office,
    chapter: &[u8; 16],
    offered: &[Change],
    now: i64,
) -> Result<usize, IngestError> {
    let mut notices = Vec::new();
    for change in offered {
        let commitment = change.commitment(&own_log::own(office, *chapter, Zone::Shared));
        let found = stored::contents::refused(
            transaction,
            chapter,
            Zone::Shared.code(),
            &change.document,
            &commitment,
        )?;
        let Some((header, index)) = found else { continue };
        let header = own_log::header(&header).ok_or(StoreError::Damaged { what: "an entry's head" })?;
        let rule = quarantine::rule_of(transaction, chapter, &commitment)?;
        let refusal = Refusal {
            log: header.log,
            sequence: header.sequence,
            index,
            document: change.document,
            generation: change.generation,
            code: rule.unwrap_or_else(|| "body_missing".to_owned()),
            key: None,
        };
        notices.push(Change {
            kind: ChangeKind::Refusal,
            document: change.document,
            generation: change.generation,
            body: Body::Open(refusal.to_body()),
        });
    }
    let count = notices.len();
    if count > 0 {
        own_log::append(transaction, office, *chapter, Zone::Shared, notices, now)?;
    }
    Ok(count)
}
