//! Taking an import back, as one action: who it made is erased, what it changed is put back, its gifts are reversed in
//! the ledger. Who has a gift or a change of another file stays, until that one is taken back too.

use helhet_shared::import::reverse::Reverse;

use super::{ImportError, OfficeBatch, OfficeBatchError};
use crate::hub::Hub;
use crate::ingest;
use crate::store::imports::{self, Undone};
use crate::store::{StoreError, gifts};

/// What [`undo`] would do now; `None` where there is no such import or it was taken back before.
pub fn would_undo(hub: &Hub, import: &str) -> Result<Option<Undone>, StoreError> {
    hub.database().read(|connection| imports::would_undo(connection, import).map_err(StoreError::from))
}

/// Takes an import back; `None` where there is no such import or it was taken back before.
pub fn undo(hub: &Hub, import: &str) -> Result<Option<Undone>, ImportError> {
    let undone = OfficeBatch::run(hub, import, |open| {
        let transaction = open.transaction();
        let Some(undone) = imports::would_undo(transaction, import)? else { return Ok(None) };
        let erased = imports::erasable(transaction, import)?;
        gifts::reverse_batch(transaction, import, hub.now().timestamp())?;
        put_back(open, import)?;
        imports::mark_undone(transaction, import, hub.now().timestamp())?;
        for supporter in &erased {
            ingest::erase_own(transaction, hub.office(), supporter, hub.now().timestamp())?;
        }
        Ok(Some(undone))
    })?;
    if undone.is_some() {
        hub.project()?;
        // What was erased still stands in the write-ahead file; where a reader holds it, a later one empties it.
        if let Err(error) = hub.database().checkpoint() {
            tracing::warn!(%error, "what was erased still stands in the write-ahead file");
        }
    }
    Ok(undone)
}

fn put_back(open: &mut OfficeBatch<'_>, import: &str) -> Result<(), OfficeBatchError> {
    for row in imports::changes(open.transaction(), import)? {
        let reverse = Reverse::parse(&row.reverse);
        let reverse = reverse.ok_or(StoreError::Damaged { what: "what an import changed" })?;
        let id = helhet_shared::id::DocumentId::from_bytes(row.supporter).into();
        if let Some(mut record) = open.record(id, &mut rand::rng())? {
            let edits = reverse.edits(&record.content());
            open.edit(&mut record, &edits)?;
        }
        imports::forget_change(open.transaction(), row.id)?;
    }
    Ok(())
}
