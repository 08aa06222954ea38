//! Carrying out what an import planned, and undoing it as one action.
use helhet_shared::command::Registration;
use helhet_shared::document::Edit;
use helhet_shared::id::SupporterId;
use helhet_shared::import::reverse::Reverse;
use helhet_shared::sqlite::held as words;

use super::{Deed, WriteError, held};
use crate::store::StoreError;
use crate::store::imports::{self, ImportChange};
use crate::store::supporters;

/// An import is written in deeds of at most this many lines, each one entry per zone.
pub const IMPORT_LINES_PER_ENTRY: usize = 256;

/// What undoing an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Undone {
    pub erased: u32,
    /// Whom the list made and something asks to be kept.
    pub kept: u32,
    pub reversed: u32,
}

impl Deed<'_> {
    /// Whom a line of this source made or changed, if it is on record already.
    pub fn whose_line(&self, source: &str, line: &str) -> Result<Option<SupporterId>, WriteError> {
        Ok(supporters::by_line(self.transaction, source, line)?)
    }

    /// A line that makes a new supporter.
    pub fn import_new(
        &mut self,
        import: &str,
        file: &str,
        registration: &Registration,
    ) -> Result<SupporterId, WriteError> {
        imports::begin(self.transaction, import, file, self.now.timestamp())?;
        let change = ImportChange { supporter: registration.id, made: true, reverse: "[]".to_owned() };
        imports::add_change(self.transaction, import, &change)?;
        self.registered(registration)
    }

    /// A line that changes a supporter.
    pub fn import_change(
        &mut self,
        import: &str,
        file: &str,
        id: SupporterId,
        edits: &[Edit],
    ) -> Result<(), WriteError> {
        imports::begin(self.transaction, import, file, self.now.timestamp())?;
        let supporter = self.record(id)?;
        let reverse = Reverse::of(supporter.content(), edits).to_text();
        imports::add_change(self.transaction, import, &ImportChange { supporter: id, made: false, reverse })?;
        self.edit(id, edits)
    }

    /// Undoes an import: who it made is erased, but for whom something asks to be kept, what it changed is put back unless it was
    /// changed again since.
    pub fn undo_import(&mut self, import: &str) -> Result<Option<Undone>, WriteError> {
        let changes = imports::changes(self.transaction, import)?;
        if !imports::close(self.transaction, import, self.now.timestamp())? {
            return Ok(None);
        }
        let mut undone = Undone::default();
        for change in changes {
            let is_hidden = words::is_hidden(self.transaction, change.supporter.as_bytes())?;
            if is_hidden || held::live(self.transaction, change.supporter.into())?.is_none() {
                continue;
            }
            if change.made {
                match self.erase(change.supporter) {
                    Ok(_) => undone.erased += 1,
                    Err(WriteError::Kept(_)) => undone.kept += 1,
                    Err(error) => return Err(error),
                }
            } else {
                self.reverse(&change)?;
                undone.reversed += 1;
            }
        }
        Ok(Some(undone))
    }

    fn reverse(&mut self, change: &ImportChange) -> Result<(), WriteError> {
        let reverse = Reverse::parse(&change.reverse);
        let reverse = reverse.ok_or(StoreError::Damaged { what: "what an import changed" })?;
        let supporter = self.record(change.supporter)?;
        self.edit(change.supporter, &reverse.edits(supporter.content()))
    }
}
