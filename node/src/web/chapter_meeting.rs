//! Meeting the chapter's other computers where there is no office in reach: this one opens a port for them, or goes to one
//! that has.

use std::net::SocketAddr;

use super::chapter::Chapter;
use crate::sync::SyncError;

/// Where this computer is met, while the program runs.
#[derive(Debug, Default)]
pub(super) struct Meeting {
    wanted: Option<SocketAddr>,
    open: Option<SocketAddr>,
}

impl Chapter {
    /// Lets the chapter's other computers in at this address, at once or as soon as there is a chapter. Gives the address.
    ///
    /// # Errors
    /// When it is taken.
    pub fn meet_at(&self, address: SocketAddr) -> Result<SocketAddr, SyncError> {
        self.meeting(|meeting| meeting.wanted = Some(address));
        Ok(self.meet_as_wanted()?.unwrap_or(address))
    }

    pub(super) fn meet_as_wanted(&self) -> Result<Option<SocketAddr>, SyncError> {
        let (wanted, open) = self.meeting(|meeting| (meeting.wanted, meeting.open));
        let (Some(wanted), None, Some(node)) = (wanted, open, self.joined()) else { return Ok(open) };
        let (address, listening) = node.listen(wanted)?;
        self.meeting(|meeting| meeting.open = Some(address));
        self.spawn(listening);
        Ok(Some(address))
    }
}
