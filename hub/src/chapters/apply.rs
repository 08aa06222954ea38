//! Who would be a further device of a chapter asks here, and is let in once the chapter has certified it. The hub checks
//! that one of the chapter's admin devices invited it, and passes on that it asks: it decides nothing.

use helhet_protocol::identity::{Application, DeviceChain, PublicKey};
use helhet_protocol::log::{Body, Change, ChangeKind, Generation};
use helhet_shared::id::ChapterId;
use helhet_shared::zone::Zone;
use rusqlite::Transaction;

use super::AdmitError;
use super::admit::{self, Admitted};
use crate::log as own_log;
use crate::office::Office;
use crate::store::{applicants, chapters, members};

/// A device's name, in characters.
const NAME_MAX: usize = 64;

/// Lets a certified applicant in; `None` for one that waits, which must be committed too.
///
/// # Errors
/// With the code that closes the session.
pub fn apply(
    transaction: &Transaction<'_>,
    office: &Office,
    application: &Application,
    speaker: &PublicKey,
    now: i64,
) -> Result<Option<Admitted>, AdmitError> {
    let claimed = application.claimed_chapter().map_err(|_| AdmitError::Unreadable)?;
    let chapter = chapters::find(transaction, ChapterId::from_bytes(claimed))?;
    let chapter = chapter.ok_or(AdmitError::UnknownChapter)?;
    if let Some(chain) = members::chain(transaction, chapter.id, speaker)? {
        return certified(transaction, &chain, speaker, now).map(Some);
    }
    let root = PublicKey(chapter.root_key.ok_or(AdmitError::NotJoined)?);
    let admission = application.admitted_by.verify(&claimed, &root, chapter.chapter_key_serial, now);
    let admission = admission.map_err(AdmitError::of_admission)?;
    if !application.shows(&admission)
        || application.key != *speaker
        || application.name.chars().count() > NAME_MAX
    {
        return Err(AdmitError::InviteMismatch);
    }
    match applicants::key_of(transaction, &admission.ticket_hash)? {
        Some(key) if key == speaker.0 => return Ok(None),
        Some(_) => return Err(AdmitError::InviteUsed),
        None => {}
    }
    applicants::add(transaction, &admission.ticket_hash, chapter.id, &speaker.0, now)?;
    let asked = Change {
        kind: ChangeKind::Application,
        document: [0; 16],
        generation: Generation { number: 0, random: 0 },
        body: Body::Open(application.to_bytes()),
    };
    own_log::append(transaction, office, claimed, Zone::Shared, vec![asked], now)?;
    Ok(None)
}

fn certified(
    transaction: &Transaction<'_>,
    chain: &DeviceChain,
    speaker: &PublicKey,
    now: i64,
) -> Result<Admitted, AdmitError> {
    // It has no part in joining a chapter anew, so no channel is looked at.
    admit::admit(transaction, chain, None, speaker, &[0; 32], now)
}
