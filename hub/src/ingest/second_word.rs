//! Two pairs of eyes at the office (design §4): what one device of a chapter would erase above the set number a day is shown to
//! nobody here, and kept, until a second one or the chapter's root says so too, or it is taken back, or that device is removed.

use std::collections::BTreeSet;

use helhet_protocol::identity::{DeviceChain, DeviceRole, PublicKey, Signed};
use helhet_protocol::log::Tombstone;
use helhet_protocol::log::tombstone::{ERASED, document_hash, reason};
use helhet_shared::erasures::second_word::{Council, Key, Verdict};
use helhet_shared::id::ChapterId;
use helhet_shared::sqlite::held::{self, StoredWord};
use helhet_shared::sqlite::{Hash, Id, members};
use helhet_shared::zone::Zone;
use rusqlite::Transaction;

use super::erase::{carry_out, no_longer_shown};
use super::{IngestError, RightsError};
use crate::store::{StoreError, chapters, documents, projections};

/// Who has a say in what is erased of a chapter: the devices that may erase and are its now, and its root.
pub(super) fn council(
    transaction: &Transaction<'_>,
    chapter: ChapterId,
    now: i64,
) -> Result<Council, StoreError> {
    let Some(row) = chapters::find(transaction, chapter)? else { return Ok(Council::default()) };
    let out = members::revoked(transaction, chapter.as_bytes())?;
    let mut devices = BTreeSet::new();
    for member in members::devices(transaction, chapter.as_bytes())? {
        let is_in = !out.contains(&member.device) && member.chapter_key_serial == row.chapter_key_serial;
        if is_in && role(&member.signed)? == DeviceRole::Admin {
            devices.insert(member.device);
        }
    }
    let known_since = members::known_since(transaction, chapter.as_bytes())?;
    Ok(Council::new(row.root_key, devices, &known_since, now))
}

fn role(chain: &[u8]) -> Result<DeviceRole, StoreError> {
    let damaged = |_| StoreError::Damaged { what: "a device's certificate" };
    let chain = DeviceChain::from_bytes(chain).map_err(damaged)?;
    Ok(chain.device.unverified().map_err(damaged)?.role)
}

/// Whether an authority may, or once might, erase in this chapter; what its word is worth today the council says.
pub(super) fn may_erase(
    transaction: &Transaction<'_>,
    chapter: ChapterId,
    authority: &PublicKey,
) -> Result<bool, StoreError> {
    let root = chapters::find(transaction, chapter)?.and_then(|row| row.root_key);
    if root == Some(authority.0) {
        return Ok(true);
    }
    match members::device(transaction, chapter.as_bytes(), &authority.0)? {
        Some(member) => Ok(role(&member.signed)? == DeviceRole::Admin),
        None => Ok(false),
    }
}

/// Whether an erasure is carried out, and by whose count; else it waits.
pub(super) fn hear(
    transaction: &Transaction<'_>,
    council: &Council,
    signed: &Signed<Tombstone>,
    word: &Tombstone,
    document: Option<&Id>,
    now: i64,
) -> Result<Option<Option<Key>>, StoreError> {
    let before = held::words(transaction, council, &word.chapter, &word.document_hash, now)?;
    let known = document.map(|document| documents::held(transaction, document)).transpose()?.flatten();
    let zone = known.map_or(word.zone, |held| held.zone);
    let today = held::counted(transaction, council, &word.chapter, &word.authority.0, zone, now)?;
    match council.hear(&word.authority.0, today, &before) {
        Verdict::Goes { counts_for } => Ok(Some(counts_for)),
        Verdict::Waits | Verdict::Stays => {
            held::keep(transaction, &stored(signed, word), now)?;
            Ok(None)
        }
    }
}

/// Words that others have heard on what waits.
///
/// Gives the documents that they are of.
///
/// # Errors
/// When one is no such word, or of another chapter.
pub(super) fn hear_words(
    transaction: &Transaction<'_>,
    chapter: ChapterId,
    said: &[Signed<Tombstone>],
    now: i64,
) -> Result<BTreeSet<Hash>, IngestError> {
    let mut said_of = BTreeSet::new();
    for signed in said {
        let word = signed.verify_own().map_err(|_| RightsError::Tombstone)?;
        let is_one = word.floor == ERASED || word.reason == reason::KEPT;
        if !is_one || word.chapter != *chapter.as_bytes() {
            return Err(RightsError::Tombstone.into());
        }
        if !may_erase(transaction, chapter, &word.authority)? {
            // Of a device that this hub has forgotten, or never heard of, its chapter may know more.
            continue;
        }
        held::keep(transaction, &stored(signed, &word), now)?;
        said_of.insert(word.document_hash);
    }
    Ok(said_of)
}

/// Looks again at what waits: somebody has said something of these documents, or, without any, has a say no longer. How many
/// documents went.
pub(super) fn look_again(
    transaction: &Transaction<'_>,
    chapter: ChapterId,
    said_of: Option<&BTreeSet<Hash>>,
    now: i64,
) -> Result<usize, StoreError> {
    let id = chapter.as_bytes();
    let (mut open, mut before) = (held::open(transaction, id)?, held::hidden(transaction, id)?);
    if let Some(said_of) = said_of {
        // A device may say very much.
        open.retain(|hash| said_of.contains(hash));
        before.retain(|(document, _)| said_of.contains(&document_hash(document)));
    }
    if open.is_empty() && before.is_empty() {
        return Ok(0);
    }
    let council = council(transaction, chapter, now)?;
    let (mut waits, mut gone) = (BTreeSet::new(), 0);
    for hash in open {
        match council.judge(&held::words(transaction, &council, id, &hash, now)?) {
            Verdict::Goes { counts_for } => gone += goes(transaction, id, &hash, counts_for, now)?,
            Verdict::Waits => waits.extend(shared_document(transaction, id, &hash)?),
            Verdict::Stays => {}
        }
    }
    for (document, _) in before.iter().filter(|(document, _)| !waits.contains(document)) {
        held::show(transaction, document)?;
        projections::queue(transaction, document)?;
    }
    for document in &waits {
        if held::hide(transaction, id, document, document)? {
            no_longer_shown(transaction, document)?;
        }
    }
    Ok(gone)
}

/// The office reads nothing of the narrower zones: there is nothing to hide.
fn shared_document(
    transaction: &Transaction<'_>,
    chapter: &Id,
    hash: &Hash,
) -> Result<Option<Id>, StoreError> {
    let Some(document) = documents::by_hash(transaction, chapter, hash)? else { return Ok(None) };
    let held = documents::held(transaction, &document)?;
    Ok(held.filter(|held| held.zone == Zone::Shared.code()).map(|_| document))
}

fn goes(
    transaction: &Transaction<'_>,
    chapter: &Id,
    hash: &Hash,
    counts_for: Option<Key>,
    now: i64,
) -> Result<usize, StoreError> {
    let said = held::first_said(transaction, chapter, hash)?;
    let Some(signed) = said.and_then(|said| Signed::<Tombstone>::from_bytes(&said).ok()) else {
        return Ok(0);
    };
    carry_out(transaction, &signed, counts_for, now).map(usize::from)
}

fn stored(signed: &Signed<Tombstone>, word: &Tombstone) -> StoredWord {
    StoredWord {
        chapter: word.chapter,
        document_hash: word.document_hash,
        authority: word.authority.0,
        takes_back: word.reason == reason::KEPT,
        zone: word.zone,
        signed: signed.to_bytes(),
    }
}
