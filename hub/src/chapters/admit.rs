//! Who may connect: judged from a peer's hello, on the hub's clock, before "connected" is said.
//!
//! The chapter's root is pinned by its first invite and never changes here; the chapter key with the highest serial
//! counts; a device's certificate must be for the key that speaks on this channel. An invite is good for one root key:
//! the same root may try again if its answer was lost, any other is refused.

use helhet_protocol::identity::join::{join_code, token_hash};
use helhet_protocol::identity::{
    CertificateError, ChapterKeyCertificate, DeviceChain, JoinRequest, PublicKey,
};
use helhet_shared::id::ChapterId;
use rusqlite::Transaction;

use super::AdmitError;
use crate::ingest::Author;
use crate::store::chapters::{self, ChapterRow};
use crate::store::devices::{self, DeviceRow};
use crate::store::{invites, members};

/// A device that may speak for its chapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admitted {
    pub author: Author,
    pub chapter_name: String,
    /// The device's certificate, as an admin device may have renewed it.
    pub not_after: i64,
}

/// Judges a hello. `speaker` is the TLS key, `exporter` the channel's exporter value, `now` unix seconds.
///
/// What it writes (pins, seen devices) must be committed even though the session may fail later.
///
/// # Errors
/// With the code that closes the session; see [`super::what_to_do`].
pub fn admit(
    transaction: &Transaction<'_>,
    chain: &DeviceChain,
    join: Option<&JoinRequest>,
    speaker: &PublicKey,
    exporter: &[u8; 32],
    now: i64,
) -> Result<Admitted, AdmitError> {
    let claimed = chain.claimed_chapter().map_err(|_| AdmitError::Unreadable)?;
    let chapter = chapters::find(transaction, ChapterId::from_bytes(claimed))?;
    let chapter = chapter.ok_or(AdmitError::UnknownChapter)?;
    let chapter = match join {
        Some(request) => redeem(transaction, chapter, request, exporter, now)?,
        None => chapter,
    };
    let root = PublicKey(chapter.root_key.ok_or(AdmitError::NotJoined)?);
    if let Some(revocation) = members::revocation(transaction, chapter.id, speaker)? {
        return Err(AdmitError::Revoked(Box::new(revocation)));
    }
    let newest = chapter.chapter_key_serial;
    let verified = match chain.verify(&claimed, &root, newest, speaker, now) {
        Ok(verified) => verified,
        // An admin device may have renewed the certificate since this one was here last.
        Err(error @ (CertificateError::Replaced { .. } | CertificateError::Expired { .. })) => {
            match members::chain(transaction, chapter.id, speaker)? {
                Some(renewed) if renewed != *chain => {
                    renewed.verify(&claimed, &root, newest, speaker, now)?
                }
                Some(_) | None => return Err(error.into()),
            }
        }
        Err(error) => return Err(error.into()),
    };
    if verified.chapter_key.serial > ChapterKeyCertificate::latest_serial(now) {
        return Err(AdmitError::FutureChapterKey);
    }
    let serial = verified.chapter_key.serial;
    let known = chapters::chapter_key(transaction, chapter.id)?;
    if serial == chapter.chapter_key_serial && known.is_some_and(|known| known != verified.chapter_key.key.0)
    {
        return Err(AdmitError::TwoChapterKeys);
    }
    let before = devices::find(transaction, &speaker.0)?;
    if let Some(before) = &before {
        if before.chapter != chapter.id {
            return Err(AdmitError::OtherChaptersDevice);
        }
        if before.serial > verified.device.serial {
            return Err(AdmitError::OldCertificate);
        }
    }
    chapters::raise_chapter_key(transaction, chapter.id, &verified.chapter_key.key.0, serial)?;
    let device = DeviceRow {
        key: speaker.0,
        chapter: chapter.id,
        name: verified.device.name.chars().take(64).collect(),
        role: verified.device.role.code(),
        serial: verified.device.serial,
        not_after: verified.device.not_after,
        chain: chain.to_bytes(),
        first_seen: now,
        last_seen: now,
    };
    devices::seen(transaction, &device)?;
    members::keep(transaction, chapter.id, chain, now)?;
    Ok(Admitted {
        author: Author { chapter: chapter.id, device: *speaker, role: verified.device.role },
        chapter_name: chapter.name,
        not_after: verified.device.not_after,
    })
}

/// Notes that an admitted device is still there.
pub fn seen_again(transaction: &Transaction<'_>, author: &Author, now: i64) -> rusqlite::Result<()> {
    devices::touch(transaction, &author.device.0, now)
}

fn redeem(
    transaction: &Transaction<'_>,
    chapter: ChapterRow,
    request: &JoinRequest,
    exporter: &[u8; 32],
    now: i64,
) -> Result<ChapterRow, AdmitError> {
    if !request.holds(exporter) {
        return Err(AdmitError::InviteMismatch);
    }
    let hash = token_hash(&request.token);
    let invite = invites::find(transaction, &hash)?.ok_or(AdmitError::InviteUnknown)?;
    if invite.chapter != chapter.id {
        return Err(AdmitError::InviteMismatch);
    }
    match invite.redeemed_by {
        // The answer to the first try was lost on its way.
        Some(by) if by == request.root.0 && chapter.root_key == Some(by) => return Ok(chapter),
        Some(_) => return Err(AdmitError::InviteUsed),
        None => {}
    }
    if invite.expires_at < now {
        return Err(AdmitError::InviteExpired);
    }
    if chapter.root_key.is_some_and(|pinned| pinned != request.root.0) {
        return Err(AdmitError::OtherRoot);
    }
    let code = join_code(exporter, &request.root);
    let pinned = chapters::pin_root(transaction, chapter.id, &request.root.0, &code, now)?;
    if !pinned || !invites::redeem(transaction, &hash, &request.root.0, now)? {
        return Err(AdmitError::InviteUsed);
    }
    Ok(ChapterRow { root_key: Some(request.root.0), join_code: Some(code), ..chapter })
}
