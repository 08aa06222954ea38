//! Comparing contents with the hub, where fingerprints differ: what is really held of a zone, and what is given back.
use std::collections::BTreeMap;

use helhet_protocol::identity::PublicKey;
use helhet_protocol::log::contents::{Contents, Difference, short};
use helhet_protocol::log::limits::{BATCH_BYTES, BATCH_CHANGES};
use helhet_protocol::log::tombstone::document_hash;
use helhet_protocol::log::{Body, Change, ChangeKind, Hash, LogId};
use helhet_protocol::session::Missing;
use helhet_protocol::v1::compare::{Short, WANTED_MAX};
use helhet_shared::sqlite::Id;
use helhet_shared::sqlite::log::contents as stored;
use helhet_shared::sqlite::log::{NewBody, NewChange};
use helhet_shared::zone::Zone;
use rusqlite::Transaction;

use super::entries::{stored_generation, wire_change};
use super::{StoreError, keyring};

/// The items of a zone's live changes, and the rows that they stand for.
#[derive(Debug, Default)]
pub struct Held {
    pub contents: Contents,
    rows: BTreeMap<Hash, Vec<i64>>,
}

/// Looks at all that is held of a zone, and gives up what is not what its commitment promises.
pub fn look(transaction: &Transaction<'_>, chapter: &Id, zone: u8) -> Result<Held, StoreError> {
    let log = name(*chapter, zone);
    let live = stored::look(transaction, chapter, zone, |change| {
        wire_change(change.clone()).commitment(&log) == change.commitment
    })?;
    let mut rows: BTreeMap<Hash, Vec<i64>> = BTreeMap::new();
    for live in &live {
        rows.entry(live.item).or_default().push(live.row);
    }
    Ok(Held { contents: live.iter().map(|live| live.item).collect(), rows })
}

impl Held {
    /// What either side lacks of these ranges, the peer holding these items there.
    pub fn missing(
        &self,
        transaction: &Transaction<'_>,
        ranges: &[u8],
        items: &[u8],
    ) -> Result<Missing, StoreError> {
        let Difference { there, mut here } = self.contents.difference(ranges, items);
        here.truncate(WANTED_MAX);
        Ok(Missing {
            wanted: here,
            given: give(transaction, there.iter().filter_map(|item| self.row(item)))?,
        })
    }

    /// Of what a peer would have, what there is.
    pub fn given(&self, transaction: &Transaction<'_>, wanted: &[Short]) -> Result<Vec<Change>, StoreError> {
        let row = |wanted: &Short| {
            let mut from = [0; 32];
            from[..16].copy_from_slice(wanted);
            self.rows.range(from..).next().filter(|(item, _)| short(item) == *wanted)
        };
        give(transaction, wanted.iter().filter_map(row).filter_map(|(_, rows)| rows.first().copied()))
    }

    fn row(&self, item: &Hash) -> Option<i64> {
        self.rows.get(item)?.first().copied()
    }
}

/// With their bodies, within the limits of a batch.
fn give(transaction: &Transaction<'_>, rows: impl Iterator<Item = i64>) -> Result<Vec<Change>, StoreError> {
    let (mut given, mut bytes) = (Vec::new(), 0);
    for row in rows {
        let change = wire_change(stored::change(transaction, row)?);
        bytes += change.body.len();
        given.push(change);
        if given.len() >= BATCH_CHANGES || bytes >= BATCH_BYTES {
            break;
        }
    }
    Ok(given)
}

/// Puts changes back where they were lost; gives those that fitted. What is sealed is opened when all of the session is here: it
/// may have come without its body.
pub fn fill(
    transaction: &Transaction<'_>,
    chapter: &Id,
    zone: u8,
    changes: &[Change],
) -> Result<Vec<Change>, StoreError> {
    let log = name(*chapter, zone);
    let mut filled = Vec::new();
    let is_sealed = Zone::from_code(zone).is_some_and(Zone::is_sealed);
    for change in changes {
        if is_sealed && change.kind == ChangeKind::Automerge && !matches!(change.body, Body::Sealed(_)) {
            continue;
        }
        let new = NewChange {
            kind: change.kind.code(),
            document: change.document,
            document_hash: document_hash(&change.document),
            generation: stored_generation(change.generation),
            commitment: change.commitment(&log),
            body: match &change.body {
                Body::Open(body) => NewBody::Open(body.clone()),
                Body::Sealed(body) => NewBody::Sealed(body.clone()),
                Body::Absent { .. } => NewBody::Absent,
            },
        };
        if let Some((entry, position)) = stored::fill(transaction, chapter, zone, &new)? {
            if is_sealed {
                if zone != Zone::Confidential.code() {
                    keyring::add_unopened(transaction, entry, position)?;
                }
                // What waits for it is tried again too.
                keyring::try_again(transaction)?;
            }
            filled.push(change.clone());
        }
    }
    Ok(filled)
}

/// Looks at all zones; how many changes have lost their bodies.
pub fn check(transaction: &Transaction<'_>, chapter: &Id) -> Result<u64, StoreError> {
    for zone in [Zone::Confidential, Zone::Chapter, Zone::Shared] {
        look(transaction, chapter, zone.code())?;
    }
    look(transaction, &[0; 16], Zone::Published.code())?;
    Ok(stored::lost(transaction)?)
}

/// A commitment names chapter and zone, and neither author nor incarnation.
fn name(chapter: Id, zone: u8) -> LogId {
    LogId { chapter, zone, author: PublicKey([0; 32]), incarnation: 0 }
}
