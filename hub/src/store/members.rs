//! The chapters' devices as this hub knows them: whose entries are taken, and up to where of those that are out.
use helhet_protocol::identity::{DeviceChain, PublicKey, Signed};
use helhet_protocol::log::{LogId, Revocation};
use helhet_shared::id::ChapterId;
use helhet_shared::sqlite::members::{self, StoredMember};
use rusqlite::{Connection, Transaction};

use super::StoreError;

/// Keeps a chain whose signatures were checked; false when a newer one, or this one, is known.
pub fn keep(
    transaction: &Transaction<'_>,
    chapter: ChapterId,
    chain: &DeviceChain,
    now: i64,
) -> Result<bool, StoreError> {
    let damaged = |_| StoreError::Damaged { what: "a device's certificate" };
    let (chapter_key, device) =
        (chain.chapter_key.unverified().map_err(damaged)?, chain.device.unverified().map_err(damaged)?);
    let member = StoredMember {
        chapter: *chapter.as_bytes(),
        device: device.key.0,
        chapter_key_serial: chapter_key.serial,
        serial: device.serial,
        signed: chain.to_bytes(),
    };
    Ok(members::certify(transaction, &member, now)?)
}

/// The newest chain of a device, if the chapter has one.
pub fn chain(
    connection: &Connection,
    chapter: ChapterId,
    device: &PublicKey,
) -> Result<Option<DeviceChain>, StoreError> {
    let stored = members::device(connection, chapter.as_bytes(), &device.0)?;
    let read = stored.map(|row| DeviceChain::from_bytes(&row.signed));
    read.transpose().map_err(|_| StoreError::Damaged { what: "a device's certificate" })
}

/// The proof that a device is out.
pub fn revocation(
    connection: &Connection,
    chapter: ChapterId,
    device: &PublicKey,
) -> Result<Option<Signed<Revocation>>, StoreError> {
    let signed = members::revocation(connection, chapter.as_bytes(), &device.0)?;
    let read = signed.map(|bytes| Signed::from_bytes(&bytes));
    read.transpose().map_err(|_| StoreError::Damaged { what: "a revocation" })
}

/// Whether an entry lies beyond what counts of a device that is out.
pub fn is_beyond(
    connection: &Connection,
    chapter: ChapterId,
    log: &LogId,
    sequence: u64,
) -> Result<bool, StoreError> {
    #[cfg(feature = "planted-bug")]
    if helhet_shared::planted_bug::is_planted(helhet_shared::planted_bug::Bug::RevokedIsTaken) {
        return Ok(false);
    }
    let Some(revocation) = revocation(connection, chapter, &log.author)? else { return Ok(false) };
    let revocation = revocation.unverified().map_err(|_| StoreError::Damaged { what: "a revocation" })?;
    let last = revocation.last_accepted.iter().find(|position| position.log == *log);
    Ok(last.is_none_or(|last| sequence > last.sequence))
}
