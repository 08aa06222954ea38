//! How this installation is: what `doctor` says, with nothing in it that could name a supporter (N16, T20).
use chrono::{DateTime, NaiveDate, SecondsFormat};
use helhet_shared::sqlite::OpenError;
use serde::Serialize;

use crate::store::identity::Identity;
use crate::store::{Store, StoreError};

/// What `doctor --json` prints. Times are RFC 3339.
#[derive(Clone, Debug, Serialize)]
pub struct Health {
    pub version: &'static str,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    pub supporters: u32,
    pub in_conflict: usize,
    pub awaiting_confirmation: usize,
    pub possible_doubles: usize,
    pub waiting_for_the_hub: usize,
    /// The rules by which the hub refused what nobody has mended.
    pub refused_by_the_hub: Vec<String>,
    pub receipts_owed: u64,
    /// When the hub last acknowledged anything.
    pub last_acknowledged: Option<String>,
    /// When this device and the hub last held the same.
    pub last_agreed: Option<String>,
    /// When they last did not, if that is what was found last.
    pub differs_since: Option<String>,
    /// How often another copy of this store was found to have written too, and was put together with it.
    pub copies_met: u32,
    /// When that was last.
    pub last_copy_met: Option<String>,
    /// Changes whose bodies are not what their entries promise.
    pub changes_damaged: u64,
    /// What SQLite's own check found.
    pub database_findings: usize,
}

/// Whose installation it is; left out where nothing may name anybody.
#[derive(Clone, Debug, Serialize)]
pub struct Place {
    pub chapter: String,
    pub device: String,
    pub fingerprint: String,
    pub hub: String,
    /// What the paper with the recovery phrase has beside the words: `host:port#fingerprint`.
    pub restore_from: String,
}

/// Why it cannot be told.
#[derive(Debug, thiserror::Error)]
pub enum HealthError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Open(#[from] OpenError),
}

/// `changes_damaged` is what a look at all that is held has found.
pub fn health(
    store: &Store,
    identity: &Identity,
    today: NaiveDate,
    changes_damaged: u64,
    anonymized: bool,
) -> Result<Health, HealthError> {
    let status = super::status(store, identity)?;
    let compared = status.compared;
    let differs = compared.diverged_at.filter(|_| compared.differs());
    Ok(Health {
        version: env!("CARGO_PKG_VERSION"),
        place: (!anonymized).then(|| Place {
            chapter: identity.chapter_name.clone(),
            device: identity.device_name.clone(),
            fingerprint: identity.device.public().fingerprint(),
            hub: identity.hub_address.clone(),
            restore_from: identity.office_address().to_string(),
        }),
        supporters: super::front(store, today)?.0,
        in_conflict: super::disputed(store)?.len(),
        awaiting_confirmation: super::withheld(store)?.len(),
        possible_doubles: super::possible_doubles(store)?.len(),
        waiting_for_the_hub: status.waiting.len(),
        refused_by_the_hub: status.refused.into_iter().map(|(_, refusal)| refusal.code).collect(),
        receipts_owed: status.receipts_owed,
        last_acknowledged: status.last_acknowledged.map(time),
        last_agreed: compared.agreed_at.map(time),
        differs_since: differs.map(time),
        copies_met: status.copies.met,
        last_copy_met: status.copies.last.map(time),
        changes_damaged,
        database_findings: store.database().damage()?.len(),
    })
}

fn time(seconds: i64) -> String {
    let moment = DateTime::from_timestamp(seconds, 0).unwrap_or_default();
    moment.to_rfc3339_opts(SecondsFormat::Secs, true)
}
