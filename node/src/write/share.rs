//! Asks the gate what may leave, and writes the difference to the supporter's shared document.
//!
//! Where less may leave than before, or the document has grown old or was begun by two lives of this store, it is retired
//! under a floor and, if something remains, a fresh one is made from current values: nothing withdrawn stays in a history.
use helhet_shared::gate::{SharedPart, gate, narrowing};
use helhet_shared::id::DocumentId;
use helhet_shared::supporter::Supporter;
use helhet_shared::zone::Zone;

use super::{Deed, WriteError};

impl Deed<'_> {
    /// Makes the shared document say what the gate says.
    pub(super) fn share(&mut self, supporter: &Supporter) -> Result<(), WriteError> {
        let Some(&id) = supporter.documents.shared.known() else { return Ok(()) };
        let part = gate(supporter, self.agreement.as_ref(), self.today()).part;
        let Some(mut held) = self.loaded.live(self.transaction, id)? else {
            return match part {
                Some(part) => self.open_generation(id, &part),
                None => Ok(()),
            };
        };
        if held.frozen
            || held.has_twin
            || held.document.is_old(self.now)
            || narrowing(&held.document.content(), part.as_ref())
        {
            let floor = held.generation.number.saturating_add(1);
            self.narrow(Zone::Shared, id, floor)?;
            return match part {
                Some(part) => self.open_generation(id, &part),
                None => Ok(()),
            };
        }
        let Some(part) = part else { return Ok(()) };
        let changes = part.write_to(&mut held.document, &mut self.rng, self.now)?;
        self.keep(held, changes)
    }

    /// A fresh shared document from current values, at its floor.
    fn open_generation(&mut self, id: DocumentId, part: &SharedPart) -> Result<(), WriteError> {
        let mut held = self.fresh(Zone::Shared, id)?;
        let changes = part.write_to(&mut held.document, &mut self.rng, self.now)?;
        self.keep(held, changes)
    }
}
