//! The chapter's devices as this one knows them: whose entries are taken, and who opens what is sealed.
use helhet_protocol::identity::{DeviceCertificate, DeviceChain, PublicKey, Signed};
use helhet_protocol::log::{LogId, Revocation};
use helhet_protocol::seal::SealPublicKey;
use helhet_shared::sqlite::Id;
use helhet_shared::sqlite::members::{self, StoredMember};
use rusqlite::{Connection, Transaction};

use super::StoreError;

/// A device of the chapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub key: PublicKey,
    pub chain: DeviceChain,
    pub certificate: DeviceCertificate,
    /// It is the chapter's no longer.
    pub is_out: bool,
}

/// Every device that was ever certified, this one too.
pub fn all(connection: &Connection, chapter: &Id) -> Result<Vec<Member>, StoreError> {
    let out = members::revoked(connection, chapter)?;
    let rows = members::devices(connection, chapter)?;
    rows.into_iter()
        .map(|row| {
            let damaged = |_| StoreError::Damaged { what: "a device's certificate" };
            let chain = DeviceChain::from_bytes(&row.signed).map_err(damaged)?;
            let certificate = chain.device.unverified().map_err(damaged)?;
            let is_out = out.contains(&row.device);
            Ok(Member { key: PublicKey(row.device), chain, certificate, is_out })
        })
        .collect()
}

/// Keeps a chain whose signatures were checked; false when a newer one, or this one, is known. `since` is since when the device
/// is known where it was not heard of before.
pub fn keep(
    transaction: &Transaction<'_>,
    chapter: &Id,
    chain: &DeviceChain,
    now: i64,
    since: i64,
) -> Result<bool, StoreError> {
    let damaged = |_| StoreError::Damaged { what: "a device's certificate" };
    let (chapter_key, device) =
        (chain.chapter_key.unverified().map_err(damaged)?, chain.device.unverified().map_err(damaged)?);
    let member = StoredMember {
        chapter: *chapter,
        device: device.key.0,
        chapter_key_serial: chapter_key.serial,
        serial: device.serial,
        signed: chain.to_bytes(),
    };
    Ok(members::certify(transaction, &member, now, since)?)
}

/// Whether a key is a device's of this chapter.
pub fn is_device(connection: &Connection, chapter: &Id, key: &PublicKey) -> Result<bool, StoreError> {
    Ok(members::device(connection, chapter, &key.0)?.is_some())
}

/// What the chapter's devices open.
pub fn seal_keys(connection: &Connection, chapter: &Id) -> Result<Vec<SealPublicKey>, StoreError> {
    Ok(current(connection, chapter)?.filter_map(|device| device.certificate.seal).collect())
}

/// What those open on which peer support is read.
pub fn confidential_keys(connection: &Connection, chapter: &Id) -> Result<Vec<SealPublicKey>, StoreError> {
    Ok(current(connection, chapter)?.filter_map(|device| device.certificate.confidential).collect())
}

/// Those that the chapter's latest key has certified, and that are not out.
fn current(connection: &Connection, chapter: &Id) -> Result<impl Iterator<Item = Member>, StoreError> {
    let devices = all(connection, chapter)?;
    let latest = devices.iter().map(Member::chapter_key_serial).max();
    let is_current = move |device: &Member| !device.is_out && Some(device.chapter_key_serial()) == latest;
    Ok(devices.into_iter().filter(is_current))
}

impl Member {
    /// Of the chapter key that certified it.
    pub fn chapter_key_serial(&self) -> u64 {
        self.chain.chapter_key.unverified().map_or(0, |certificate| certificate.serial)
    }
}

/// Whether an entry lies beyond what counts of a device that is out.
pub fn is_beyond(
    connection: &Connection,
    chapter: &Id,
    log: &LogId,
    sequence: u64,
) -> Result<bool, StoreError> {
    let Some(revocation) = revocation(connection, chapter, &log.author)? else { return Ok(false) };
    let revocation = revocation.unverified().map_err(|_| StoreError::Damaged { what: "a revocation" })?;
    let last = revocation.last_accepted.iter().find(|position| position.log == *log);
    Ok(last.is_none_or(|last| sequence > last.sequence))
}

/// The proof that a device is out.
pub fn revocation(
    connection: &Connection,
    chapter: &Id,
    device: &PublicKey,
) -> Result<Option<Signed<Revocation>>, StoreError> {
    let signed = members::revocation(connection, chapter, &device.0)?;
    let read = signed.map(|bytes| Signed::from_bytes(&bytes));
    read.transpose().map_err(|_| StoreError::Damaged { what: "a revocation" })
}
