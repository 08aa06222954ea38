//! Is this entry its author's to write, and the next of its log here? That it is genuine its type says: signature,
//! chain and limits were checked on the way in. A batch with one entry that is not its sender's is refused whole: its
//! sender is not what it says it is.

use helhet_protocol::identity::{DeviceRole, PublicKey};
use helhet_protocol::log::VerifiedEntry;
use helhet_shared::id::ChapterId;
use helhet_shared::sqlite::log::{AppendError, hash_at};
use helhet_shared::zone::Zone;
use rusqlite::Connection;

use super::IngestError;
use crate::log::{position, to_stored_log};

/// Who sends: what the hello established, never what the entries claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Author {
    pub chapter: ChapterId,
    pub device: PublicKey,
    pub role: DeviceRole,
}

/// Whether the entry is to be stored; false for one that is held already (a replay changes nothing).
pub(super) fn is_next(
    connection: &Connection,
    author: &Author,
    office: PublicKey,
    entry: &VerifiedEntry,
) -> Result<bool, IngestError> {
    let header = entry.header();
    if header.log.chapter != *author.chapter.as_bytes() {
        return Err(RightsError::OtherChapter.into());
    }
    if header.log.zone != Zone::Shared.code() {
        return Err(RightsError::Zone { zone: header.log.zone }.into());
    }
    // One device per chapter until sealing exists: nobody brings another device's entries. What the hub itself wrote
    // and lost comes back to it.
    if header.log.author != author.device && header.log.author != office {
        return Err(RightsError::OtherAuthor.into());
    }
    if matches!(author.role, DeviceRole::Other(_)) {
        return Err(RightsError::Role.into());
    }
    let held = position(connection, &header.log)?;
    if held.is_none_or(|held| header.sequence > held.sequence) {
        return Ok(true);
    }
    match hash_at(connection, &to_stored_log(&header.log), header.sequence)? {
        Some(known) if known == *entry.hash() => Ok(false),
        Some(_) | None => Err(AppendError::Fork { sequence: header.sequence }.into()),
    }
}

/// The sender may not write what it sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RightsError {
    #[error("the entry belongs to another chapter than the device that sent it")]
    OtherChapter,
    #[error("entries of zone {zone} are not taken here")]
    Zone { zone: u8 },
    #[error("the entry was written neither by the device that sent it nor by this hub")]
    OtherAuthor,
    #[error("the device's role does not let it write")]
    Role,
    #[error("the tombstone is not signed by a key of the chapter that may raise this floor")]
    Tombstone,
}
