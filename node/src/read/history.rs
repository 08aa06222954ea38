//! What was changed on a supporter when, from the histories of its documents.
use chrono::{DateTime, Utc};
use helhet_shared::id::SupporterId;
use helhet_shared::supporter::Field;

use crate::store::{Store, StoreError};
use crate::write::held;

/// One change: when, and which fields, each once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    pub at: DateTime<Utc>,
    pub fields: Vec<Field>,
}

/// The changes of a supporter's record, the newest first, at most `limit`. Values are not told: they may have been
/// taken away for a reason.
pub fn history(store: &Store, id: SupporterId, limit: usize) -> Result<Vec<Changed>, StoreError> {
    let past = store.database().read(|connection| {
        Ok::<_, StoreError>(
            held::live(connection, id.into())?.map(|held| held.document.past()).unwrap_or_default(),
        )
    })?;
    let changed = past.into_iter().rev().take(limit).map(|past| {
        let mut fields: Vec<Field> =
            past.keys.iter().filter_map(|key| Field::of_key(key)).map(|(field, _)| field).collect();
        fields.sort();
        fields.dedup();
        Changed { at: past.at, fields }
    });
    Ok(changed.collect())
}
