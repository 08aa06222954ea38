//! What the office sees of one supporter: the gate's own output, beside what the hub has acknowledged.
use chrono::NaiveDate;
use helhet_protocol::identity::Signed;
use helhet_protocol::log::Tombstone;
use helhet_protocol::log::tombstone::document_hash;
use helhet_shared::gate::{Verdict, gate};
use helhet_shared::id::{DocumentId, SupporterId};
use helhet_shared::sqlite::tombstones;
use helhet_shared::supporter::Supporter;
use rusqlite::Connection;

use super::doubles::record;
use crate::store::exchange::HUB;
use crate::store::identity::Identity;
use crate::store::{Store, StoreError, owed, supporters, waiting};
use crate::write::{agreement, held};

/// The two sides of the page.
#[derive(Debug)]
pub struct OfficeView {
    pub supporter: Supporter,
    /// What the gate lets out, and why, key by key.
    pub verdict: Verdict,
    /// What the office has not confirmed of this: changes that wait, a withdrawal whose receipt it owes, and what it
    /// refused. Only with 0 does it hold exactly what the verdict says.
    pub waiting: u32,
}

/// What the office sees of the chapter, in figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Overview {
    pub seen: u32,
    pub unseen: u32,
    pub said_no: u32,
    /// Members without a recorded declaration.
    pub undeclared: u32,
}

/// The figures, counted from rows: whom the gate lets out has a shared document, and nobody else has one.
pub fn overview(store: &Store, today: NaiveDate) -> Result<Overview, StoreError> {
    store.database().read(|connection| {
        let (all, seen, said_no, undeclared) = supporters::office_counts(connection, &today.to_string())?;
        Ok(Overview { seen, unseen: all - seen, said_no, undeclared })
    })
}

/// What the office sees of a supporter; none when there is no such supporter.
pub fn what_the_office_sees(
    store: &Store,
    identity: &Identity,
    id: SupporterId,
    today: NaiveDate,
) -> Result<Option<OfficeView>, StoreError> {
    store.database().read(|connection| {
        let Some(supporter) = record(connection, id)? else { return Ok(None) };
        let agreement = agreement::accepted(connection)?;
        let verdict = gate(&supporter, agreement.as_ref(), today);
        let own = identity.device.public();
        let waiting = waiting::documents(connection, identity.chapter, &own.0, HUB)?;
        let shared = supporter.documents.shared.known().copied();
        let waiting = waiting.iter().filter(|(document, _)| document.is_some() && *document == shared);
        let mut waiting = waiting.map(|(_, changes)| changes).sum();
        if let Some(shared) = shared {
            waiting += u32::from(owes_a_receipt(connection, identity, shared)?);
            waiting += u32::from(held::live(connection, shared)?.is_some_and(|held| held.frozen));
        }
        Ok(Some(OfficeView { supporter, verdict, waiting }))
    })
}

/// Whether the office has still to say that it removed what was withdrawn from this document.
fn owes_a_receipt(
    connection: &Connection,
    identity: &Identity,
    document: DocumentId,
) -> Result<bool, StoreError> {
    let hash = document_hash(document.as_bytes());
    let Some(signed) = tombstones::signed(connection, identity.chapter.as_bytes(), &hash)? else {
        return Ok(false);
    };
    let signed = Signed::<Tombstone>::from_bytes(&signed);
    let signed = signed.map_err(|_| StoreError::Damaged { what: "a tombstone" })?;
    Ok(owed::is_owed(connection, &signed.hash())?)
}
