//! The narrow door by which an import of the office's own file writes: supporters as office-zone documents, gifts into
//! the ledger, all in one transaction; what it did is noted, so that [`undo`](super::undo) takes it back as one action.

use chrono::{DateTime, Utc};
use helhet_protocol::log::Change;
use helhet_protocol::log::limits::{ENTRY_BYTES_MAX, ENTRY_CHANGES_MAX};
use helhet_protocol::log::tombstone::document_hash;
use helhet_shared::document::{Content, Edit};
use helhet_shared::id::{DocumentId, SupporterId};
use helhet_shared::import::reverse::Reverse;
use helhet_shared::zone::Zone;
use rand::Rng;
use rusqlite::{Connection, Transaction};

use crate::hub::Hub;
use crate::log::{self as own_log, LogError, NO_CHAPTER};
use crate::national::{OpenRecord, OpenRecordError};
use crate::project::materialise::Told;
use crate::published::first_change;
use crate::store::documents::{self, Held};
use crate::store::gifts::{self, Gift};
use crate::store::imports::{self, ImportRow};
use crate::store::{StoreError, projections};

/// An import under way. Dropping it without [`OfficeBatch::run`] returning `Ok` leaves nothing.
pub struct OfficeBatch<'a> {
    hub: &'a Hub,
    transaction: &'a Transaction<'a>,
    /// Names the import, for its undoing.
    import: String,
    now: DateTime<Utc>,
    changes: Vec<Change>,
}

impl std::fmt::Debug for OfficeBatch<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OfficeBatch").field("import", &self.import).finish_non_exhaustive()
    }
}

impl<'a> OfficeBatch<'a> {
    /// Runs `deed` in one transaction. What it decides from the store it must read from [`OfficeBatch::transaction`].
    pub fn run<T>(
        hub: &Hub,
        import: &str,
        deed: impl FnOnce(&mut OfficeBatch<'_>) -> Result<T, OfficeBatchError>,
    ) -> Result<T, OfficeBatchError> {
        let done = hub.database().write(|transaction| {
            let mut open = OfficeBatch {
                hub,
                transaction,
                import: import.to_owned(),
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

    /// Notes the import itself; before anything it makes or changes.
    pub fn begin(&mut self, row: &ImportRow) -> Result<(), OfficeBatchError> {
        Ok(imports::add(self.transaction, row)?)
    }

    /// A new supporter as a document of the office zone; gives its id.
    pub fn make(&mut self, edits: &[Edit], rng: &mut impl Rng) -> Result<SupporterId, OfficeBatchError> {
        let id = DocumentId::random(rng);
        let change = first_change(id, edits, self.now, rng);
        self.push(change)?;
        imports::add_made(self.transaction, &self.import, id.as_bytes())?;
        Ok(id.into())
    }

    /// One of the office's own supporters, to be changed; `None` if it has been erased.
    pub fn record(
        &mut self,
        id: SupporterId,
        rng: &mut impl Rng,
    ) -> Result<Option<OpenRecord>, OfficeBatchError> {
        let id = DocumentId::from(id);
        // It may have been changed by a line before.
        if self.changes.iter().any(|change| change.document == *id.as_bytes()) {
            self.flush()?;
        }
        Ok(OpenRecord::open(self.transaction, id.as_bytes(), rng)?)
    }

    /// Changes a supporter, and notes how to take that back.
    pub fn change(
        &mut self,
        id: SupporterId,
        record: &mut OpenRecord,
        edits: &[Edit],
    ) -> Result<(), OfficeBatchError> {
        let reverse = Reverse::of(&record.content(), edits).to_text();
        if self.edit(record, edits)? {
            let id = DocumentId::from(id);
            imports::add_change(self.transaction, &self.import, id.as_bytes(), &reverse)?;
        }
        Ok(())
    }

    /// Changes a supporter; false when nothing differs.
    pub(super) fn edit(&mut self, record: &mut OpenRecord, edits: &[Edit]) -> Result<bool, OfficeBatchError> {
        let change = record.edit(self.transaction, edits, self.now)?;
        let differs = change.is_some();
        if let Some(change) = change {
            self.push(change)?;
        }
        Ok(differs)
    }

    /// A gift of a donor of the office. False when (source, transaction id) is in the ledger already.
    pub fn add_gift(&mut self, donor: SupporterId, gift: &Gift) -> Result<bool, OfficeBatchError> {
        let donor = DocumentId::from(donor);
        Ok(gifts::append(self.transaction, donor.as_bytes(), gift, &self.import, self.now.timestamp())?)
    }

    /// Notes that a line might be somebody who is known, for a person to decide.
    pub fn add_possible_double(
        &mut self,
        made: SupporterId,
        other: SupporterId,
    ) -> Result<(), OfficeBatchError> {
        let (made, other) = (DocumentId::from(made), DocumentId::from(other));
        Ok(imports::add_possible_double(self.transaction, made.as_bytes(), other.as_bytes())?)
    }

    fn push(&mut self, change: Change) -> Result<(), OfficeBatchError> {
        let bytes: usize = self.changes.iter().map(|change| change.body.len()).sum();
        if self.changes.len() >= ENTRY_CHANGES_MAX || bytes + change.body.len() > ENTRY_BYTES_MAX {
            self.flush()?;
        }
        self.changes.push(change);
        Ok(())
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
}

/// The office's own supporters, for matching: content as the projector left it.
///
/// # Errors
/// [`OfficeBatchError::Overtaken`] when that is not the newest: call [`Hub::project`] and try again.
pub(super) fn own_supporters(
    connection: &Connection,
) -> Result<Vec<(SupporterId, Content)>, OfficeBatchError> {
    if projections::lags_in_zone(connection, Zone::Office.code())? {
        return Err(OfficeBatchError::Overtaken);
    }
    let mut supporters = Vec::new();
    for document in projections::records_of_chapter(connection, &NO_CHAPTER)? {
        if let Some(record) = projections::record(connection, &document)? {
            let told = Told::from_json(&record.content)?;
            supporters.push((DocumentId::from_bytes(document).into(), told.content()));
        }
    }
    Ok(supporters)
}

/// Why an import wrote nothing.
#[derive(Debug, thiserror::Error)]
pub enum OfficeBatchError {
    #[error("the office's log could not be written")]
    Log(#[from] LogError),
    #[error(transparent)]
    Record(#[from] OpenRecordError),
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Somebody else wrote to the office's supporters in the same moment.
    #[error("another import was running: try again")]
    Overtaken,
    /// The import itself stopped.
    #[error("{0}")]
    Stopped(String),
}

impl From<rusqlite::Error> for OfficeBatchError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

impl From<helhet_shared::sqlite::OpenError> for OfficeBatchError {
    fn from(error: helhet_shared::sqlite::OpenError) -> Self {
        Self::Store(error.into())
    }
}
