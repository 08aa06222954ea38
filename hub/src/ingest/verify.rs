//! Is this entry its author's to write, and the next of its log here? That it is genuine its type says: signature,
//! chain and limits were checked on the way in. A batch with one entry that is not its sender's is refused whole: its
//! sender is not what it says it is.

use helhet_protocol::identity::{DeviceRole, PublicKey};
use helhet_protocol::log::VerifiedEntry;
use helhet_shared::id::ChapterId;
use helhet_shared::sqlite::log::{AppendError, hash_at};
use helhet_shared::sqlite::members as stored;
use helhet_shared::zone::Zone;
use rusqlite::Connection;

use super::IngestError;
use crate::log::{position, to_stored_log};
use crate::store::members;

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
    let zone = Zone::from_code(header.log.zone);
    if !matches!(zone, Some(Zone::Shared | Zone::Chapter | Zone::Confidential)) {
        return Err(RightsError::Zone { zone: header.log.zone }.into());
    }
    // What the hub itself wrote and lost comes back to it.
    let is_own = header.log.author == office && zone == Some(Zone::Shared);
    if !is_own && !is_a_device(connection, author, &header.log.author)? {
        return Err(RightsError::OtherAuthor.into());
    }
    if members::is_beyond(connection, author.chapter, &header.log, header.sequence)? {
        return Err(RightsError::Revoked.into());
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

/// Its own entries a device brings, and those of the chapter's other devices that it met elsewhere.
fn is_a_device(connection: &Connection, author: &Author, key: &PublicKey) -> rusqlite::Result<bool> {
    let chapter = author.chapter.as_bytes();
    Ok(*key == author.device || stored::device(connection, chapter, &key.0)?.is_some())
}

/// The sender may not write what it sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RightsError {
    #[error("the entry belongs to another chapter than the device that sent it")]
    OtherChapter,
    #[error("entries of zone {zone} are not taken here")]
    Zone { zone: u8 },
    #[error("the entry was written neither by a device of the chapter nor by this hub")]
    OtherAuthor,
    #[error("the entry was written by a device after the chapter had removed it")]
    Revoked,
    #[error("the device's role does not let it write")]
    Role,
    #[error("the tombstone is not signed by a key of the chapter that may raise this floor")]
    Tombstone,
}
