//! What a session with the hub, or with another device of the chapter, reads of this store.
use std::collections::BTreeMap;

use helhet_protocol::identity::{DeviceChain, PublicKey, Signed};
use helhet_protocol::log::tombstone::RetiredDigest;
use helhet_protocol::log::{Fingerprint, LogId, Position, Tombstone};
use helhet_protocol::session::{Authors, Comparison, ReadEntries, RetiredRows, Scope, Standing};
use helhet_protocol::transport::EntriesRead;
use helhet_protocol::v1::fork::Sample;
use helhet_protocol::v1::{Fork, ZoneFingerprint};
use helhet_shared::sqlite::log::{self, LogPosition};
use helhet_shared::sqlite::members::{self, News};
use helhet_shared::sqlite::{Id, fingerprints, held, retired};
use helhet_shared::zone::Zone;
use rusqlite::{Connection, Transaction};

use super::entries::{stored_log, wire_entry, wire_log, wire_position};
use super::{StoreError, settings};

/// The hub's name among the peers: its key and its machine may change, what it acknowledged is the office's.
pub const HUB: &[u8] = b"hub";
const NO_CHAPTER: Id = [0; 16];

/// Whom a session is with, by the key that it proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Other {
    Hub(PublicKey),
    /// Another device of this chapter.
    Sibling(PublicKey),
}

impl Other {
    /// Whom a key is taken for before it has said anything; of one that is nobody's yet, `is_likely_sibling` decides.
    pub fn by_key(
        connection: &Connection,
        chapter: &Id,
        key: PublicKey,
        is_likely_sibling: bool,
    ) -> Result<Self, StoreError> {
        let is_hub = settings::read(connection, "hub_key")?.is_some_and(|known| known == key.0);
        let is_device = is_likely_sibling || super::members::is_device(connection, chapter, &key)?;
        Ok(if is_device && !is_hub { Self::Sibling(key) } else { Self::Hub(key) })
    }

    /// Its name among the peers.
    pub fn name(&self) -> &[u8] {
        match self {
            Self::Hub(_) => HUB,
            Self::Sibling(key) => &key.0,
        }
    }

    /// The hub's key, as this peer proved it or as it is known.
    pub fn hub(&self, connection: &Connection) -> Result<Option<PublicKey>, StoreError> {
        match self {
            Self::Hub(key) => Ok(Some(*key)),
            Self::Sibling(_) => {
                Ok(settings::read(connection, "hub_key")?.and_then(|key| key.try_into().ok()).map(PublicKey))
            }
        }
    }

    /// The key that it proved.
    pub fn key(&self) -> PublicKey {
        match self {
            Self::Hub(key) | Self::Sibling(key) => *key,
        }
    }

    pub fn is_sibling(&self) -> bool {
        matches!(self, Self::Sibling(_))
    }
}

/// What there is for a peer, all read in one transaction. Whose entries are taken of the chapter's zones is looked at
/// when they come: devices may be certified while a session is open.
pub fn standing(connection: &Connection, chapter: &Id, other: &Other) -> Result<Standing, StoreError> {
    let of_hub = Authors::Only(other.hub(connection)?.into_iter().collect());
    let of_ours =
        |zone: Zone| Scope { zone: zone.code(), chapter: *chapter, sends: true, takes: Authors::Any };
    let mut scopes = vec![
        Scope { zone: Zone::Published.code(), chapter: NO_CHAPTER, sends: other.is_sibling(), takes: of_hub },
        of_ours(Zone::Shared),
    ];
    if other.is_sibling() || settings::keeps_sealed_copy(connection)? {
        scopes.extend([of_ours(Zone::Chapter), of_ours(Zone::Confidential)]);
    }
    let (mut positions, mut sums) = (Vec::new(), Vec::new());
    for scope in &scopes {
        let fingerprint = Fingerprint(fingerprints::of(connection, &scope.chapter, scope.zone)?);
        sums.push(ZoneFingerprint { zone: scope.zone, fingerprint });
        let held = log::positions(connection, &scope.chapter, scope.zone)?;
        positions.extend(held.iter().map(|(log, held)| wire_position(wire_log(log), *held)));
    }
    let retired = retired::of(connection, chapter)?;
    let retired = RetiredDigest { count: retired.count, digest: Fingerprint(retired.sum) };
    Ok(Standing {
        scopes,
        positions,
        retired,
        fingerprints: sums,
        arrival: newest_entry(connection)?,
        retired_arrival: members::newest(connection)?,
    })
}

/// Floors, certificates and revocations with numbers above `after`, oldest first.
pub fn retired_rows(connection: &Connection, chapter: &Id, after: u64) -> Result<RetiredRows, StoreError> {
    let damaged = |what| StoreError::Damaged { what };
    let mut statement = connection
        .prepare_cached("SELECT id, signed FROM tombstones WHERE chapter = ?1 AND id > ?2 ORDER BY id")?;
    let mut rows = statement.query((chapter, after.cast_signed()))?;
    let mut retired = RetiredRows { arrival: after, ..RetiredRows::default() };
    while let Some(row) = rows.next()? {
        retired.arrival = row.get::<_, i64>(0)?.unsigned_abs();
        let signed = Signed::<Tombstone>::from_bytes(&row.get::<_, Vec<u8>>(1)?);
        retired.tombstones.push(signed.map_err(|_| damaged("a tombstone"))?);
    }
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

/// Where to start for a peer with these positions; what it shows to hold of ours counts as acknowledged.
pub fn compare(
    transaction: &Transaction<'_>,
    chapter: &Id,
    other: &Other,
    positions: &[Position],
    now: i64,
) -> Result<Comparison, StoreError> {
    let theirs: BTreeMap<log::LogId, LogPosition> = positions
        .iter()
        .map(|position| {
            (stored_log(&position.log), LogPosition { sequence: position.sequence, hash: position.hash })
        })
        .collect();
    let mut comparison = Comparison { arrival: newest_entry(transaction)?, forks: Vec::new() };
    let zones = [Zone::Shared, Zone::Chapter, Zone::Confidential].map(|zone| (zone, chapter));
    for (zone, chapter) in [(Zone::Published, &NO_CHAPTER)].into_iter().chain(zones) {
        if let Some(first) = log::first_lacking(transaction, chapter, zone.code(), &theirs)? {
            comparison.arrival = comparison.arrival.min(first.unsigned_abs().saturating_sub(1));
        }
        for (log, held) in log::positions(transaction, chapter, zone.code())? {
            let Some(known) = theirs.get(&log).filter(|known| known.sequence <= held.sequence) else {
                continue;
            };
            if known.sequence == 0 {
                continue;
            }
            if log::hash_at(transaction, &log, known.sequence)? == Some(known.hash) {
                log::acknowledge(transaction, other.name(), &log, *known, now)?;
            } else {
                comparison.forks.push(samples(transaction, &wire_log(&log))?);
            }
        }
    }
    Ok(comparison)
}

/// The next entries that the peer lacks.
pub fn entries(connection: &Connection, request: &ReadEntries) -> Result<EntriesRead, StoreError> {
    let held = request.held_by_peer.iter();
    let held = held
        .map(|(log, sequence)| (stored_log(log), LogPosition { sequence: *sequence, hash: [0; 32] }))
        .collect();
    let feed = log::feed(
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
        read.entries.push(wire_entry(entry)?);
    }
    Ok(read)
}

/// What is known of a log, to find the last common entry of a fork.
pub fn samples(connection: &Connection, log: &LogId) -> Result<Fork, StoreError> {
    let stored = stored_log(log);
    let last = log::position(connection, &stored)?.map_or(0, |held| held.sequence);
    let mut samples = Vec::new();
    for sequence in Fork::sequences(last) {
        samples.extend(log::hash_at(connection, &stored, sequence)?.map(|hash| Sample { sequence, hash }));
    }
    Ok(Fork { log: *log, samples })
}

/// The peer holds these durably; true if that is news.
pub fn acknowledge(
    transaction: &Transaction<'_>,
    other: &Other,
    positions: &[Position],
    now: i64,
) -> Result<bool, StoreError> {
    let mut news = false;
    for position in positions {
        let held = LogPosition { sequence: position.sequence, hash: position.hash };
        news |= log::acknowledge(transaction, other.name(), &stored_log(&position.log), held, now)?;
    }
    Ok(news)
}

/// The number of the newest entry of this store, whoever made it.
pub fn newest_entry(connection: &Connection) -> rusqlite::Result<u64> {
    newest(connection, "SELECT coalesce(max(id), 0) FROM entries")
}

fn newest(connection: &Connection, sql: &str) -> rusqlite::Result<u64> {
    connection.query_row(sql, [], |row| row.get::<_, i64>(0)).map(i64::unsigned_abs)
}
