//! What the office sees of one supporter: the gate's own output, beside what the hub has acknowledged.
use chrono::NaiveDate;
use helhet_shared::gate::{Verdict, gate};
use helhet_shared::id::SupporterId;
use helhet_shared::supporter::Supporter;

use super::doubles::record;
use crate::store::exchange::HUB;
use crate::store::identity::Identity;
use crate::store::{Store, StoreError, waiting};
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
