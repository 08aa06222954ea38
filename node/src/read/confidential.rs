//! What only peer support reads, for who may.
use helhet_protocol::seal::SealKey;
use helhet_shared::sqlite::comparisons;
use helhet_shared::supporter::{HealthNote, Supporter, health_notes};
use rusqlite::Connection;

use crate::store::identity::Identity;
use crate::store::{Store, StoreError, peer_support};
use crate::write::confidential::Opener;

/// A computer that has not met the office or another of the chapter's for so long may not have heard of an erasure, or of its own
/// removal.
pub const OUT_OF_TOUCH_DAYS: i64 = 45;

/// The notes on a supporter's health, or why they are closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HealthNotes {
    Open(Vec<HealthNote>),
    /// Nobody has given this user the key yet.
    NotGiven,
    /// This computer has not met another for [`OUT_OF_TOUCH_DAYS`].
    OutOfTouch,
}

/// Whether this opens for who has this key, or for everybody, there being no holder yet.
pub fn opens_peer_support(store: &Store, key: Option<&SealKey>) -> Result<bool, StoreError> {
    store.database().read(|connection| Ok(opening_key(connection, key)?.is_some()))
}

/// The notes on a supporter's health at this time, in unix seconds.
pub fn confidential_notes(
    store: &Store,
    identity: &Identity,
    supporter: &Supporter,
    key: Option<&SealKey>,
    now: i64,
) -> Result<HealthNotes, StoreError> {
    store.database().read(|connection| {
        let Some(key) = opening_key(connection, key)? else { return Ok(HealthNotes::NotGiven) };
        if is_out_of_touch(connection, identity, now)? {
            return Ok(HealthNotes::OutOfTouch);
        }
        let Some(&document) = supporter.documents.confidential.known() else {
            return Ok(HealthNotes::Open(Vec::new()));
        };
        let opened = Opener::new(connection, *identity.chapter.as_bytes(), vec![key]).open(document)?;
        Ok(HealthNotes::Open(health_notes(&opened.content())))
    })
}

fn opening_key(connection: &Connection, key: Option<&SealKey>) -> rusqlite::Result<Option<SealKey>> {
    key.cloned().map_or_else(|| peer_support::waiting(connection), |key| Ok(Some(key)))
}

/// Counted from when this computer became the chapter's, as long as it has met nobody.
fn is_out_of_touch(connection: &Connection, identity: &Identity, now: i64) -> rusqlite::Result<bool> {
    let certified = identity.chain.device.unverified().map_or(0, |certificate| certificate.not_before);
    let met = comparisons::last_agreed(connection)?.unwrap_or(certified).max(certified);
    Ok(now.saturating_sub(met) > OUT_OF_TOUCH_DAYS * 24 * 60 * 60)
}
