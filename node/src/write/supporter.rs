//! What a user does to a supporter: the pure commands, carried out.
use chrono::{DateTime, Utc};
use helhet_shared::command::{self, CommandError, Registration, Settings, SupporterInput};
use helhet_shared::document::Edit;
use helhet_shared::id::{EntryKey, SupporterId};
use helhet_shared::supporter::{Purpose, Supporter};
use rand::rngs::ThreadRng;

use super::{Deed, WriteError};
use crate::store::settings;

impl Deed<'_> {
    /// Registers a new supporter.
    pub fn register(&mut self, input: &SupporterInput) -> Result<SupporterId, WriteError> {
        let settings = self.settings()?;
        let registration = command::register(input, &settings, &mut self.rng, self.now)?;
        self.registered(&registration)
    }

    /// Makes the documents of a registration.
    pub fn registered(&mut self, registration: &Registration) -> Result<SupporterId, WriteError> {
        self.edit(registration.id, &registration.edits)?;
        Ok(registration.id)
    }

    /// Changes a supporter by a command: any function of `shared::command` that takes the full record.
    pub fn change(
        &mut self,
        id: SupporterId,
        command: impl FnOnce(&Supporter, &mut ThreadRng, DateTime<Utc>) -> Result<Vec<Edit>, CommandError>,
    ) -> Result<(), WriteError> {
        let supporter = self.record(id)?;
        let edits = command(&supporter, &mut self.rng, self.now)?;
        self.edit(id, &edits)
    }

    /// Records that the supporter takes a yes back.
    pub fn withdraw(&mut self, id: SupporterId, purpose: Purpose) -> Result<(), WriteError> {
        self.change(id, |_, rng, now| Ok(command::withdraw(purpose, rng, now)))
    }

    /// Writes a note on health, into the confidential document and nowhere else.
    pub fn health_note(&mut self, id: SupporterId, text: &str) -> Result<(), WriteError> {
        let supporter = self.record(id)?;
        let document = *supporter.documents.confidential.known().ok_or(WriteError::NoSuchSupporter)?;
        let content = self.confidential(document)?;
        let edits = command::health_note(&content, text, &self.settings()?, &mut self.rng, self.now)?;
        self.edit_confidential(document, &edits)
    }

    /// Takes a note on health away.
    pub fn remove_health_note(&mut self, id: SupporterId, note: EntryKey) -> Result<(), WriteError> {
        let supporter = self.record(id)?;
        let document = *supporter.documents.confidential.known().ok_or(WriteError::NoSuchSupporter)?;
        let edits = command::remove_health_note(&self.confidential(document)?, note);
        self.edit_confidential(document, &edits)
    }

    /// How this chapter's forms are read.
    pub fn settings(&self) -> Result<Settings, WriteError> {
        Ok(Settings { country: settings::country(self.transaction)? })
    }
}
