//! The narrow door by which an import of the office's own file writes: donors as office-zone documents, gifts into the
//! ledger, all in one transaction, undone as one action.

use chrono::{DateTime, Utc};
use helhet_protocol::log::Change;
use helhet_protocol::log::limits::{ENTRY_BYTES_MAX, ENTRY_CHANGES_MAX};
use helhet_protocol::log::tombstone::document_hash;
use helhet_shared::document::Edit;
use helhet_shared::id::{DocumentId, SupporterId};
use helhet_shared::zone::Zone;
use rand::Rng;
use rusqlite::Transaction;

use crate::hub::Hub;
use crate::log::{self as own_log, LogError, NO_CHAPTER};
use crate::published::first_change;
use crate::store::documents::{self, Held};
use crate::store::gifts::{self, Gift};
use crate::store::{StoreError, projections};

/// An import under way. Dropping it without [`OfficeBatch::run`] returning `Ok` leaves nothing.
pub struct OfficeBatch<'a> {
    hub: &'a Hub,
    transaction: &'a Transaction<'a>,
    /// Names the import, for its undoing.
    batch: String,
    now: DateTime<Utc>,
    changes: Vec<Change>,
}

impl std::fmt::Debug for OfficeBatch<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OfficeBatch").field("batch", &self.batch).finish_non_exhaustive()
    }
}

impl<'a> OfficeBatch<'a> {
    /// Runs `deed` in one transaction. What it decides from the store it must read from [`OfficeBatch::transaction`].
    pub fn run<T>(
        hub: &Hub,
        batch: &str,
        deed: impl FnOnce(&mut OfficeBatch<'_>) -> Result<T, OfficeBatchError>,
    ) -> Result<T, OfficeBatchError> {
        let done = hub.database().write(|transaction| {
            let mut open = OfficeBatch {
                hub,
                transaction,
                batch: batch.to_owned(),
                now: hub.now(),
                changes: Vec::new(),
            };
            let done = deed(&mut open)?;
            open.flush()?;
            Ok::<_, OfficeBatchError>(done)
        })?;
        hub.note_change();
        Ok(done)
    }

    /// To read what is there, the import's own gifts included.
    pub fn transaction(&self) -> &'a Transaction<'a> {
        self.transaction
    }

    /// A new donor as a supporter document of the office zone; gives its id.
    pub fn add_donor(&mut self, edits: &[Edit], rng: &mut impl Rng) -> Result<SupporterId, OfficeBatchError> {
        let id = DocumentId::random(rng);
        let change = first_change(id, edits, self.now, rng);
        let bytes: usize = self.changes.iter().map(|change| change.body.len()).sum();
        if self.changes.len() >= ENTRY_CHANGES_MAX || bytes + change.body.len() > ENTRY_BYTES_MAX {
            self.flush()?;
        }
        self.changes.push(change);
        Ok(id.into())
    }

    /// A gift of a donor of the office. False when (source, transaction id) is in the ledger already.
    pub fn add_gift(&mut self, donor: SupporterId, gift: &Gift) -> Result<bool, OfficeBatchError> {
        let donor = DocumentId::from(donor);
        Ok(gifts::append(self.transaction, donor.as_bytes(), gift, &self.batch, self.now.timestamp())?)
    }

    fn flush(&mut self) -> Result<(), OfficeBatchError> {
        if self.changes.is_empty() {
            return Ok(());
        }
        let changes = std::mem::take(&mut self.changes);
        let documents: Vec<_> = changes.iter().map(|change| change.document).collect();
        let now = self.now.timestamp();
        let office = self.hub.office();
        let entry = own_log::append(self.transaction, office, NO_CHAPTER, Zone::Office, changes, now)?;
        let held = Held { chapter: NO_CHAPTER, zone: Zone::Office.code(), first_entry: entry.id };
        for document in documents {
            documents::hold(self.transaction, &document, &document_hash(&document), &held)?;
        }
        Ok(())
    }

    /// Takes an import back: its gifts are reversed in the ledger. Its donors stay, since a gift's row names them.
    pub fn undo(hub: &Hub, batch: &str) -> Result<usize, OfficeBatchError> {
        let now = hub.now().timestamp();
        let reversed = hub
            .database()
            .write(|transaction| gifts::reverse_batch(transaction, batch, now).map_err(StoreError::from))?;
        hub.note_change();
        Ok(reversed)
    }

    /// The office's records, by document, for matching: content as the projector left it. Call [`Hub::project`] before.
    pub fn donors(&self) -> Result<Vec<(SupporterId, helhet_shared::document::Content)>, OfficeBatchError> {
        let mut donors = Vec::new();
        for document in projections::records_of_chapter(self.transaction, &NO_CHAPTER)? {
            if let Some(record) = projections::record(self.transaction, &document)? {
                let told = crate::project::materialise::Told::from_json(&record.content)?;
                donors.push((DocumentId::from_bytes(document).into(), told.content()));
            }
        }
        Ok(donors)
    }
}

/// Why an import wrote nothing.
#[derive(Debug, thiserror::Error)]
pub enum OfficeBatchError {
    #[error("the office's log could not be written")]
    Log(#[from] LogError),
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The import itself stopped.
    #[error("{0}")]
    Stopped(String),
}

impl From<rusqlite::Error> for OfficeBatchError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}
