//! A chapter's devices come and go by the word of its own key; the hub only passes it on, and holds to it.

use helhet_protocol::identity::{ChapterKeyCertificate, PublicKey, Signed};
use helhet_protocol::log::Revocation;
use helhet_protocol::session::RetiredRows;
use helhet_shared::id::ChapterId;
use helhet_shared::sqlite::log::{self, cut};
use helhet_shared::sqlite::members as stored;
use helhet_shared::zone::Zone;
use rusqlite::Transaction;

use super::{IngestError, second_word};
use crate::log::to_stored_log;
use crate::store::{StoreError, chapters, members, projections};

/// Takes certificates and revocations in; gives those revocations that are news. What the chapter's root does not stand
/// behind, or an older chapter key says, is left aside: others that came with it hold all the same.
pub fn change_devices(
    transaction: &Transaction<'_>,
    chapter: ChapterId,
    rows: &RetiredRows,
    now: i64,
) -> Result<Vec<Signed<Revocation>>, IngestError> {
    let row = chapters::find(transaction, chapter)?;
    let Some((root, mut newest)) =
        row.and_then(|row| Some((PublicKey(row.root_key?), row.chapter_key_serial)))
    else {
        return Ok(Vec::new());
    };
    for chain in &rows.devices {
        let Ok(verified) = chain.verify_authorship(chapter.as_bytes(), &root) else { continue };
        let (key, serial) = (verified.chapter_key.key, verified.chapter_key.serial);
        if serial > newest && serial <= ChapterKeyCertificate::latest_serial(now) {
            // The root has replaced the chapter's key, perhaps since this session began.
            chapters::raise_chapter_key(transaction, chapter, &key.0, serial)?;
            newest = serial;
        }
        if serial == newest {
            members::keep(transaction, chapter, chain, now)?;
        }
    }
    let mut out = Vec::new();
    for signed in &rows.revocations {
        let Ok(revocation) = signed.verify_own() else { continue };
        let speaks = chapters::chapter_key(transaction, chapter)? == Some(revocation.authority.0);
        let bytes = signed.to_bytes();
        let id = chapter.as_bytes();
        if speaks
            && revocation.chapter == *id
            && stored::revoke(transaction, id, &revocation.device.0, bytes, now).map_err(StoreError::from)?
        {
            cut_beyond(transaction, chapter, &revocation)?;
            out.push(signed.clone());
        }
    }
    if !rows.devices.is_empty() || !rows.revocations.is_empty() {
        // Who has a say in what waits to be erased may have changed, here or when a device was let in.
        second_word::look_again(transaction, chapter, None, now)?;
    }
    Ok(out)
}

/// What a removed device brought after what counts of it goes: others would refuse it, and the office is not to go by it.
fn cut_beyond(
    transaction: &Transaction<'_>,
    chapter: ChapterId,
    revocation: &Revocation,
) -> Result<(), StoreError> {
    for zone in [Zone::Shared, Zone::Chapter, Zone::Confidential] {
        let held = log::positions(transaction, chapter.as_bytes(), zone.code())?;
        for (log, held) in held.iter().filter(|(log, _)| log.author == revocation.device.0) {
            let counts =
                revocation.last_accepted.iter().find(|position| to_stored_log(&position.log) == *log);
            let last = counts.map_or(0, |position| position.sequence);
            if held.sequence <= last {
                continue;
            }
            for change in cut::after(transaction, log, last)? {
                if let Some(document) = change.document.filter(|_| zone == Zone::Shared) {
                    projections::queue(transaction, &document)?;
                }
            }
            cut::cut(transaction, log, last)?;
        }
    }
    Ok(())
}
