//! A chapter's devices come and go by the word of its own key; the hub only passes it on, and holds to it.

use helhet_protocol::identity::{PublicKey, Signed};
use helhet_protocol::log::Revocation;
use helhet_protocol::session::RetiredRows;
use helhet_shared::id::ChapterId;
use helhet_shared::sqlite::members as stored;
use rusqlite::Transaction;

use super::IngestError;
use crate::store::{StoreError, chapters, members};

/// Takes certificates and revocations in; gives those revocations that are news. What the chapter's root does not stand
/// behind, or an older chapter key says, is left aside: others that came with it hold all the same.
pub fn change_devices(
    transaction: &Transaction<'_>,
    chapter: ChapterId,
    rows: &RetiredRows,
    now: i64,
) -> Result<Vec<Signed<Revocation>>, IngestError> {
    let row = chapters::find(transaction, chapter)?;
    let Some((root, newest)) = row.and_then(|row| Some((PublicKey(row.root_key?), row.chapter_key_serial)))
    else {
        return Ok(Vec::new());
    };
    for chain in &rows.devices {
        let Ok(verified) = chain.verify_authorship(chapter.as_bytes(), &root) else { continue };
        if verified.chapter_key.serial >= newest {
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
            out.push(signed.clone());
        }
    }
    Ok(out)
}
