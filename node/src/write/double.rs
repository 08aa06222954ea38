//! What a person decides about two who look alike: one supporter, or two.
use helhet_shared::command;
use helhet_shared::id::SupporterId;
use helhet_shared::zone::Zone;

use super::{Deed, WriteError, held};

impl Deed<'_> {
    /// They are two: they are no longer listed as a possible double.
    pub fn tell_apart(&mut self, one: SupporterId, other: SupporterId) -> Result<(), WriteError> {
        self.record(other)?;
        self.change(one, |supporter, rng, _| Ok(command::tell_apart(supporter, other, rng)))
    }

    /// They are one: all that is known of `gone` goes over to `kept`, and `gone` is erased in every zone.
    pub fn merge(&mut self, kept: SupporterId, gone: SupporterId) -> Result<(), WriteError> {
        let (into, from) = (self.record(kept)?, self.record(gone)?);
        let edits = command::merge(&into, &from)?;
        self.edit(kept, &edits)?;
        let content = |document| -> Result<_, WriteError> {
            Ok(held::live(self.transaction, document)?
                .map(|held| held.document.content())
                .unwrap_or_default())
        };
        if let Some(&document) = into.documents.confidential.known() {
            for &other in from.documents.confidential.all_known() {
                let edits = command::merge_confidential(&content(document)?, &content(other)?);
                self.edit_document(Zone::Confidential, document, &edits)?;
            }
        }
        self.erase_double(gone).map(drop)
    }
}
