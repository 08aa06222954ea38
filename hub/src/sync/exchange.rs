//! What a session with a device reads of this store.

use std::collections::BTreeMap;

use helhet_protocol::identity::{DeviceChain, Signature, Signed};
use helhet_protocol::log::tombstone::RetiredDigest;
use helhet_protocol::log::{Entry, Fingerprint, LogId, Position, SignedEntry, Tombstone};
use helhet_protocol::session::{Authors, Comparison, ReadEntries, RetiredRows, Scope, Standing};
use helhet_protocol::transport::EntriesRead;
use helhet_protocol::v1::fork::Sample;
use helhet_protocol::v1::{Fork, ZoneFingerprint};
use helhet_shared::sqlite::log::{self as stored, LogPosition, StoredEntry};
use helhet_shared::sqlite::members::{self, News};
use helhet_shared::sqlite::{Id, fingerprints, held, retired};
use helhet_shared::zone::Zone;
use rusqlite::Connection;

use crate::chapters::Admitted;
use crate::log::{NO_CHAPTER, from_stored_log, to_change, to_stored_log};
use crate::store::{StoreError, feed};

/// What there is for a device, read in the transaction that let it in. Whose entries are taken of the chapter's zones is
/// looked at when they come: devices may be certified while a session is open.
pub(super) fn standing(connection: &Connection, admitted: &Admitted) -> rusqlite::Result<Standing> {
    let chapter = *admitted.author.chapter.as_bytes();
    let of_chapter = |zone: Zone| Scope { zone: zone.code(), chapter, sends: true, takes: Authors::Any };
    let scopes = vec![
        Scope { zone: Zone::Published.code(), chapter: NO_CHAPTER, sends: true, takes: Authors::Nobody },
        of_chapter(Zone::Shared),
        of_chapter(Zone::Chapter),
        of_chapter(Zone::Confidential),
    ];
    let (mut positions, mut sums) = (Vec::new(), Vec::new());
    for scope in &scopes {
        let fingerprint = Fingerprint(fingerprints::of(connection, &scope.chapter, scope.zone)?);
        sums.push(ZoneFingerprint { zone: scope.zone, fingerprint });
        let held = stored::positions(connection, &scope.chapter, scope.zone)?;
        positions.extend(held.into_iter().map(|(log, held)| Position {
            log: from_stored_log(&log),
            sequence: held.sequence,
            hash: held.hash,
        }));
    }
    let retired = retired::of(connection, &chapter)?;
    let retired = RetiredDigest { count: retired.count, digest: Fingerprint(retired.sum) };
    Ok(Standing {
        scopes,
        positions,
        retired,
        fingerprints: sums,
        arrival: feed::newest_entry(connection)?.unsigned_abs(),
        retired_arrival: members::newest(connection)?,
    })
}

pub(super) fn retired_rows(
    connection: &Connection,
    chapter: &Id,
    after: u64,
) -> Result<RetiredRows, StoreError> {
    let mut retired = RetiredRows { arrival: after, ..RetiredRows::default() };
    for (number, signed) in feed::tombstones_after(connection, chapter, after.cast_signed())? {
        let tombstone = Signed::<Tombstone>::from_bytes(&signed);
        retired.tombstones.push(tombstone.map_err(|_| StoreError::Damaged { what: "a tombstone" })?);
        retired.arrival = number.unsigned_abs();
    }
    let damaged = |what| StoreError::Damaged { what };
    for (number, signed) in held::news(connection, chapter, after)? {
        retired.arrival = retired.arrival.max(number);
        let signed = Signed::<Tombstone>::from_bytes(&signed);
        retired.held.push(signed.map_err(|_| damaged("a tombstone"))?);
    }
    for (number, news) in members::news(connection, chapter, after)? {
        retired.arrival = retired.arrival.max(number);
        match news {
            News::Certified(member) => {
                let chain = DeviceChain::from_bytes(&member.signed);
                retired.devices.push(chain.map_err(|_| damaged("a device's certificate"))?);
            }
            News::Revoked(signed) => {
                retired.revocations.push(Signed::from_bytes(&signed).map_err(|_| damaged("a revocation"))?);
            }
        }
    }
    Ok(retired)
}

pub(super) fn compare(
    connection: &Connection,
    chapter: &Id,
    positions: &[Position],
) -> Result<Comparison, StoreError> {
    let theirs: BTreeMap<stored::LogId, LogPosition> = positions
        .iter()
        .map(|position| {
            (to_stored_log(&position.log), LogPosition { sequence: position.sequence, hash: position.hash })
        })
        .collect();
    let mut comparison =
        Comparison { arrival: feed::newest_entry(connection)?.unsigned_abs(), forks: Vec::new() };
    let zones = [Zone::Shared, Zone::Chapter, Zone::Confidential].map(|zone| (zone, chapter));
    for (zone, chapter) in [(Zone::Published, &NO_CHAPTER)].into_iter().chain(zones) {
        if let Some(first) = stored::first_lacking(connection, chapter, zone.code(), &theirs)? {
            comparison.arrival = comparison.arrival.min(first.unsigned_abs().saturating_sub(1));
        }
        for (log, held) in stored::positions(connection, chapter, zone.code())? {
            let Some(known) = theirs.get(&log).filter(|known| known.sequence <= held.sequence) else {
                continue;
            };
            if stored::hash_at(connection, &log, known.sequence)? != Some(known.hash) {
                comparison.forks.push(samples(connection, &from_stored_log(&log))?);
            }
        }
    }
    Ok(comparison)
}

pub(super) fn samples(connection: &Connection, log: &LogId) -> rusqlite::Result<Fork> {
    let stored_log = to_stored_log(log);
    let last = stored::position(connection, &stored_log)?.map_or(0, |held| held.sequence);
    let mut samples = Vec::new();
    for sequence in Fork::sequences(last) {
        if let Some(hash) = stored::hash_at(connection, &stored_log, sequence)? {
            samples.push(Sample { sequence, hash });
        }
    }
    Ok(Fork { log: *log, samples })
}

pub(super) fn read_entries(
    connection: &Connection,
    request: &ReadEntries,
) -> Result<EntriesRead, StoreError> {
    let held = request
        .held_by_peer
        .iter()
        .map(|(log, sequence)| (to_stored_log(log), LogPosition { sequence: *sequence, hash: [0; 32] }))
        .collect();
    let feed = stored::feed(
        connection,
        &request.scope.chapter,
        request.scope.zone,
        &held,
        request.after.cast_signed(),
        request.changes,
        request.bytes,
    )?;
    let mut read =
        EntriesRead { entries: Vec::new(), arrival: feed.after.unsigned_abs(), more: !feed.complete };
    let mut changes = 0;
    for entry in feed.entries {
        if changes >= request.changes {
            read.more = true;
            return Ok(read);
        }
        changes += entry.changes.len();
        if changes >= request.changes {
            read.arrival = entry.id.unsigned_abs();
        }
        read.entries.push(to_entry(entry)?);
    }
    Ok(read)
}

fn to_entry(entry: StoredEntry) -> Result<Entry, StoreError> {
    let damaged = StoreError::Damaged { what: "a log entry" };
    let Ok(signature) = entry.signature.try_into() else { return Err(damaged) };
    let changes = entry.changes.into_iter().map(to_change).collect();
    Ok(Entry { signed: SignedEntry { header: entry.header, signature: Signature(signature) }, changes })
}
