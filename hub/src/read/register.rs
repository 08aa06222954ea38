//! Which of a chapter's computers have said that an erased supporter is gone there.

use std::collections::{BTreeMap, BTreeSet};

use helhet_protocol::identity::{DeviceChain, Signed};
use helhet_protocol::log::Tombstone;
use helhet_protocol::log::tombstone::document_hash;
use helhet_shared::erasures::{Erasure, Holder, HolderState, Number, register as put_together};
use helhet_shared::sqlite::{Hash, Id, erasures, held, members};
use rusqlite::Connection;

use crate::store::{StoreError, chapters};

/// The erasure that each document was a part of, of all chapters; `now` is unix seconds.
pub fn register(connection: &Connection, now: i64) -> Result<BTreeMap<(Id, Hash), Erasure>, StoreError> {
    let mut all = BTreeMap::new();
    for chapter in chapters::list(connection)? {
        let id = chapter.id.as_bytes();
        let erased = erasures::of_chapter(connection, id)?;
        if erased.is_empty() {
            continue;
        }
        let devices = holders(connection, id, chapter.chapter_key_serial, now)?;
        let register = put_together(&erased, &erasures::receipts(connection, id)?, &devices);
        let by_number: BTreeMap<_, _> = register.into_iter().map(|one| (one.number.0, one)).collect();
        let of = |part: &helhet_shared::erasures::Erased| {
            Some(((*id, part.document_hash), by_number.get(&part.number)?.clone()))
        };
        all.extend(erased.iter().filter_map(of));
    }
    Ok(all)
}

/// An erasure that waits for a second word of its chapter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitingErasure {
    pub chapter: Id,
    pub number: Number,
    /// Unix seconds.
    pub since: i64,
}

/// Those whose supporter is hidden here meanwhile, the oldest first.
pub fn waiting(connection: &Connection) -> Result<Vec<WaitingErasure>, StoreError> {
    let mut all: Vec<WaitingErasure> = Vec::new();
    for chapter in chapters::list(connection)? {
        let id = chapter.id.as_bytes();
        let hidden: BTreeSet<Hash> =
            held::hidden(connection, id)?.iter().map(|(document, _)| document_hash(document)).collect();
        for (word, since) in held::of_chapter(connection, id)? {
            if word.takes_back || !hidden.contains(&word.document_hash) {
                continue;
            }
            let damaged = |_| StoreError::Damaged { what: "a tombstone" };
            let signed = Signed::<Tombstone>::from_bytes(&word.signed).map_err(damaged)?;
            let tombstone = signed.unverified().map_err(|_| StoreError::Damaged { what: "a tombstone" })?;
            let alone = signed.hash().first_chunk().copied().unwrap_or_default();
            let number = Number(tombstone.erasure.map_or(alone, |erasure| erasure.number));
            if !all.iter().any(|known| known.chapter == *id && known.number == number) {
                all.push(WaitingErasure { chapter: *id, number, since });
            }
        }
    }
    Ok(all)
}

fn holders(connection: &Connection, chapter: &Id, latest: u64, now: i64) -> Result<Vec<Holder>, StoreError> {
    let out = members::revoked(connection, chapter)?;
    let mut holders = Vec::new();
    for member in members::devices(connection, chapter)? {
        let damaged = |_| StoreError::Damaged { what: "a device's certificate" };
        let chain = DeviceChain::from_bytes(&member.signed).map_err(damaged)?;
        let certificate = chain.device.unverified().map_err(damaged)?;
        let state = if out.contains(&member.device) {
            HolderState::Removed
        } else if member.chapter_key_serial != latest {
            HolderState::KeptOut
        } else if certificate.not_after < now {
            HolderState::Expired
        } else {
            HolderState::In
        };
        holders.push(Holder { key: member.device, name: certificate.name, state });
    }
    Ok(holders)
}
