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
    Ok(members::certify(transaction, &member, now, now)?)
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

#[cfg(test)]
mod tests {
    use helhet_protocol::identity::PublicKey;
    use helhet_protocol::log::Fingerprint;
    use helhet_protocol::log::tombstone::RetiredDigest;
    use helhet_shared::sqlite::members::{self, StoredMember};
    use helhet_shared::sqlite::retired;
    use helhet_shared::sqlite::tombstones::{self, StoredTombstone};

    use crate::store::StoreError;
    use crate::testing::TestHub;

    // SPEC.md, section 7: the store keeps the digest of what is retired by itself, and it is the protocol's.
    #[test]
    fn the_digest_of_the_store_is_that_of_the_protocol() {
        let (test, chapter) = (TestHub::new(), [7; 16]);
        let (inside, outside) = (PublicKey([1; 32]), PublicKey([2; 32]));
        let kept = test.hub.database().write(|transaction| {
            for floor in [2, u32::MAX] {
                let floor =
                    StoredTombstone { chapter, document_hash: [3; 32], floor, signed: vec![floor as u8] };
                tombstones::raise(transaction, &floor, 0)?;
            }
            let member = StoredMember {
                chapter,
                device: inside.0,
                chapter_key_serial: 1_795_376_543,
                serial: 4,
                signed: vec![5],
            };
            members::certify(transaction, &member, 0, 0)?;
            members::revoke(transaction, &chapter, &outside.0, vec![6], 0)?;
            Ok::<_, StoreError>(retired::of(transaction, &chapter)?)
        });
        let kept = kept.unwrap();
        let mut digest = RetiredDigest::default();
        digest.add_floor(&[3; 32], u32::MAX);
        digest.add_device(&inside, 1_795_376_543, 4);
        digest.add_revoked(&outside);
        assert_eq!((kept.count, Fingerprint(kept.sum)), (digest.count, digest.digest));
    }
}
