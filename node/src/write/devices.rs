//! The chapter's devices: who joins them, who leaves, and what follows from that for keys.
use helhet_protocol::identity::{DeviceChain, PublicKey, Signed};
use helhet_protocol::log::Revocation;
use helhet_shared::sqlite::members as stored;

use super::{Deed, WriteError};
use crate::store::{members, settings};

/// Set while the records of a chapter that was restored by its recovery phrase are on their way: devices that wrote under
/// older chapter keys are heard of for the first time.
pub(crate) const RESTORING: &str = "restoring";

impl Deed<'_> {
    /// Certificates of this chapter's devices that a peer knows. What the chapter's root does not stand behind is left
    /// aside, and so is a device that nobody knew while the chapter key that certified it was the latest.
    pub fn receive_devices(&mut self, chains: &[DeviceChain]) -> Result<(), WriteError> {
        let chapter = *self.identity.chapter.as_bytes();
        let ours = self.identity.chain.chapter_key.unverified().map_or(0, |certificate| certificate.serial);
        let restoring = self.is_restoring()?;
        for chain in chains {
            let Ok(verified) = chain.verify_authorship(&chapter, &self.identity.root) else { continue };
            let key = verified.device.key;
            let known = stored::device(self.transaction, &chapter, &key.0)?.is_some();
            if verified.chapter_key.serial < ours && !known && !restoring {
                continue;
            }
            let is_news = members::keep(self.transaction, &chapter, chain, self.now.timestamp())?;
            if is_news && key == self.identity.device.public() {
                settings::write(self.transaction, "chain", &chain.to_bytes())?;
            }
        }
        Ok(())
    }

    /// Whether the records of a restored chapter are still on their way.
    pub fn is_restoring(&self) -> Result<bool, WriteError> {
        Ok(settings::read(self.transaction, RESTORING)?.is_some())
    }

    /// All is back: what was sealed to others is told to this device and to the paper, and what comes from now on is sealed
    /// anew, for those who are the chapter's now.
    pub fn finish_restoring(&mut self) -> Result<(), WriteError> {
        self.tell_epochs()?;
        self.turn_epochs()?;
        settings::remove(self.transaction, RESTORING)?;
        self.begin_day()
    }

    /// Devices that are the chapter's no longer, if its latest key says so.
    pub fn receive_revocations(&mut self, revocations: &[Signed<Revocation>]) -> Result<(), WriteError> {
        let chapter = *self.identity.chapter.as_bytes();
        for signed in revocations {
            let Ok(revocation) = signed.verify_own() else { continue };
            if revocation.chapter == chapter && self.is_chapter_key(&revocation.authority)? {
                let now = self.now.timestamp();
                stored::revoke(self.transaction, &chapter, &revocation.device.0, signed.to_bytes(), now)?;
            }
        }
        Ok(())
    }

    /// Whether the root certified this key for the chapter, as far as is known here.
    fn is_chapter_key(&self, key: &PublicKey) -> Result<bool, WriteError> {
        if *key == self.identity.chapter_key.public() {
            return Ok(true);
        }
        let devices = members::all(self.transaction, self.identity.chapter.as_bytes())?;
        Ok(devices.iter().any(|device| {
            device.chain.chapter_key.unverified().is_ok_and(|certificate| certificate.key == *key)
        }))
    }
}
