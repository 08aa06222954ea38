//! What the office sees of one supporter: the gate's own output, beside what the hub has acknowledged.
use chrono::NaiveDate;
use helhet_shared::gate::{Verdict, gate};
use helhet_shared::id::SupporterId;
use helhet_shared::supporter::Supporter;

use super::doubles::record;
use crate::store::exchange::HUB;
use crate::store::identity::Identity;
use crate::store::{Store, StoreError, supporters, waiting};
use crate::write::agreement;

/// The two sides of the page.
#[derive(Debug)]
pub struct OfficeView {
    pub supporter: Supporter,
    /// What the gate lets out, and why, key by key.
    pub verdict: Verdict,
    /// Changes of this supporter's shared document that the hub has not acknowledged.
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
        let waiting = waiting.map(|(_, changes)| changes).sum();
        Ok(Some(OfficeView { supporter, verdict, waiting }))
    })
}
