//! SYNC: when this node talks to the hub, or to the chapter's other devices, for how long, and what it truthfully says about it.
//!
//! One session with the hub at a time, over all processes on the folder: a lock file says who has it. [`pass`] is one pass to
//! convergence; [`keep`] stays connected, pushes as things happen, and comes back with growing pauses. [`meet`] and [`listen`]
//! are the two ends of a session between two devices with no hub.
mod arrivals;
mod bell;
mod conversation;
mod dial;
mod listen;
mod live;
mod other;
mod pause;
mod search;

use std::fs::File;
use std::path::Path;
use std::time::Duration;

use helhet_protocol::transport::{EndpointError, LinkError};
use helhet_protocol::v1::CloseCode;
use serde::Serialize;

pub use arrivals::Arrivals;
pub use dial::{Join, meet, pass};
pub use listen::listen;
pub use live::{Connection, keep};
pub use search::search;

/// How long a pass waits for the hub's receipts.
const RECEIPT_PATIENCE: Duration = Duration::from_secs(10);
/// How long a pass comes back to a hub that is busy.
const BUSY_PATIENCE: Duration = Duration::from_secs(30);
/// How long a second sync waits for the first, which is often another process's.
const JOIN_PATIENCE: Duration = Duration::from_secs(30);

/// What a pass did; the fields of `sync --json`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Pass {
    pub entries_out: u64,
    pub entries_in: u64,
    pub changes_out: u64,
    pub changes_in: u64,
    pub bytes_out: u64,
    pub bytes_in: u64,
    pub handshake_bytes: u64,
    pub refused: u64,
    pub round_trips: u64,
    pub seconds: f64,
    /// Receipts that the hub still owes.
    pub receipts_owed: u64,
    /// A copy of this chapter's data had written too, and what both wrote was put together.
    pub copy_met: bool,
}

/// Why there was no sync.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    #[error("the address {address} is not one that can be reached: {source}")]
    Address {
        address: String,
        #[source]
        source: std::io::Error,
    },
    #[error("nobody answered at {address}; nothing is lost, try again when there is a network")]
    Unreachable {
        address: String,
        #[source]
        source: LinkError,
    },
    #[error("the connection broke; nothing is lost, try again")]
    Broken(#[source] LinkError),
    #[error("{}", advice(*.0))]
    Refused(CloseCode),
    #[error(
        "the program that is open for this chapter keeps the connection, and has not got through: its page on sending says \
         why; nothing is lost"
    )]
    Busy,
    #[error(
        "another copy of this chapter's data has been used too; nothing is lost, sync again, and what both wrote is put together"
    )]
    Copied,
    #[error(transparent)]
    Endpoint(#[from] EndpointError),
    #[error(transparent)]
    Write(#[from] crate::write::WriteError),
    #[error("the lock file {path} cannot be used")]
    Lock {
        path: std::path::PathBuf,
        #[source]
        source: std::io::Error,
    },
}

/// What a person can do about a close code.
fn advice(code: CloseCode) -> &'static str {
    match code {
        CloseCode::InviteUnknown => "the hub does not know this invite: ask the office for a new one",
        CloseCode::InviteUsed => "the invite was used before: ask the office for a new one",
        CloseCode::InviteExpired => "the invite has expired: ask the office for a new one",
        CloseCode::InviteMismatch => "the invite is for another chapter: ask the office for a new one",
        CloseCode::Waiting => {
            "the chapter has not confirmed this computer yet: compare the six digits on its other computer"
        }
        CloseCode::UnknownChapter => "the hub does not know this chapter: ask the office",
        CloseCode::UnknownDevice => {
            "the other side does not know this device: ask the office, or the chapter's other computer, for an invite"
        }
        CloseCode::Revoked => {
            "this device was removed from its chapter: ask the chapter's leader, and wipe what is here (helhet-node wipe --everything)"
        }
        CloseCode::CertificateExpired => {
            "this device's certificate has expired: check this computer's clock, else renew it with the recovery phrase"
        }
        CloseCode::CertificateInvalid => {
            "the other side's certificate does not hold: ask the office whether the hub was moved"
        }
        CloseCode::OtherOffice => {
            "another office's hub answers at this address: ask the office for its address"
        }
        CloseCode::ClockDiffers => {
            "this computer's clock and the hub's differ by more than a day: set the clock"
        }
        CloseCode::Busy => "the hub is busy: try again soon",
        CloseCode::Version => {
            "this program and the hub are of versions that do not understand each other: update"
        }
        CloseCode::Fork => {
            "the hub says that another copy of this chapter's data has been used, and does not say which: try again, then ask the office"
        }
        CloseCode::StoreFailed => {
            "the hub or this program could not store what was sent, often because a disk is full: look into the log, then try again"
        }
        CloseCode::Done
        | CloseCode::GoingAway
        | CloseCode::Malformed
        | CloseCode::Unexpected
        | CloseCode::OverLimit
        | CloseCode::NotAllowed
        | CloseCode::BadSignature
        | CloseCode::BrokenChain
        | CloseCode::MissingDependency
        | CloseCode::RetiredRefused
        | CloseCode::Other(_) => "the hub ended the session; nothing is lost, try again",
    }
}

/// Who holds this may talk to the hub. Given back when dropped, also by a crash.
#[derive(Debug)]
pub(crate) struct Turn(#[expect(dead_code, reason = "the open file is the lock")] File);

/// Takes the turn, if nobody has it.
pub(crate) fn take_turn(folder: &Path) -> Result<Option<Turn>, SyncError> {
    let path = folder.join("sync.lock");
    let failed = |source| SyncError::Lock { path: path.clone(), source };
    let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(Turn(file))),
        Err(std::fs::TryLockError::WouldBlock) => Ok(None),
        Err(std::fs::TryLockError::Error(source)) => Err(failed(source)),
    }
}
