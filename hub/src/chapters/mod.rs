//! The chapters: adding and inviting them, who may connect as one (`admit.rs`), and who asks a chapter to (`apply.rs`).

mod admit;
mod admit_codes;
mod apply;
#[cfg(test)]
mod tests;

pub use admit::{Admitted, admit, seen_again};
pub use admit_codes::{AdmitError, what_to_do};
pub use apply::apply;

use std::net::SocketAddr;

use chrono::{DateTime, Utc};
use helhet_protocol::identity::Invite;
use helhet_protocol::identity::join::token_hash;
use helhet_shared::id::ChapterId;
use helhet_shared::sqlite::Database;
use rand::CryptoRng;

use crate::office::Office;
use crate::store::settings::{self, Setting};
use crate::store::{StoreError, chapters, invites};

/// Where a hub is reached when nobody has said otherwise.
pub const DEFAULT_ADDRESS: &str = "127.0.0.1:4433";

/// Adds a chapter and invites its first device.
pub fn add(
    database: &Database,
    office: &Office,
    name: &str,
    now: DateTime<Utc>,
    rng: &mut impl CryptoRng,
) -> Result<Invite, ChapterError> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 100 {
        return Err(ChapterError::Name);
    }
    let id = ChapterId::random(rng);
    database.write(|transaction| {
        let taken = chapters::find_by_name(transaction, name)?.is_some();
        if taken || !chapters::add(transaction, id, name, now.timestamp())? {
            return Err(ChapterError::Taken { name: name.to_owned() });
        }
        make_invite(transaction, office, id, name, now, rng)
    })
}

/// A new invite for a chapter that was added before. Older invites stay good until they expire.
pub fn invite(
    database: &Database,
    office: &Office,
    name: &str,
    now: DateTime<Utc>,
    rng: &mut impl CryptoRng,
) -> Result<Invite, ChapterError> {
    database.write(|transaction| {
        let chapter = chapters::find_by_name(transaction, name)?
            .ok_or_else(|| ChapterError::Unknown { name: name.to_owned() })?;
        make_invite(transaction, office, chapter.id, &chapter.name, now, rng)
    })
}

fn make_invite(
    transaction: &rusqlite::Transaction<'_>,
    office: &Office,
    chapter: ChapterId,
    name: &str,
    now: DateTime<Utc>,
    rng: &mut impl CryptoRng,
) -> Result<Invite, ChapterError> {
    let address = settings::text(transaction, Setting::PublicAddress)?;
    let address = address.unwrap_or_else(|| DEFAULT_ADDRESS.to_owned());
    if is_unspecified(&address) {
        return Err(ChapterError::NoAddress { address });
    }
    let invite = Invite::new(address, office.root_hash(), *chapter.as_bytes(), name, now.timestamp(), rng);
    invites::add(transaction, &token_hash(&invite.token), chapter, now.timestamp(), invite.expires)?;
    Ok(invite)
}

/// Whether an address means "all of this computer's addresses": a hub listens on it, and nobody can dial it.
fn is_unspecified(address: &str) -> bool {
    address.parse::<SocketAddr>().is_ok_and(|address| address.ip().to_canonical().is_unspecified())
}

/// Why a chapter was not added or invited.
#[derive(Debug, thiserror::Error)]
pub enum ChapterError {
    #[error("a chapter's name has between 1 and 100 characters")]
    Name,
    #[error("there is a chapter named {name} already; invite it with `chapter invite`")]
    Taken { name: String },
    #[error("there is no chapter named {name}; `chapter list` shows all, `chapter add` adds one")]
    Unknown { name: String },
    #[error(
        "an invite would name {address}, which nobody can dial: start `serve` with --public HOST:PORT, as chapters reach it"
    )]
    NoAddress { address: String },
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for ChapterError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}
