//! What a person decides about two who look alike: one supporter, or two.
use helhet_shared::command;
use helhet_shared::id::SupporterId;

use super::{Deed, WriteError};

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
        for &other in from.documents.confidential.all_known() {
            if !self.has_confidential(other)? {
                continue;
            }
            let &document = into.documents.confidential.known().ok_or(WriteError::NoSuchSupporter)?;
            let (here, there) = (self.confidential(document)?, self.confidential(other)?);
            self.edit_confidential(document, &command::merge_confidential(&here, &there))?;
        }
        self.erase_double(gone).map(drop)
    }
}
