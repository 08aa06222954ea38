//! Why a device was not let in: a stable code for the wire, a sentence for a person.

use helhet_protocol::identity::{CertificateError, Signed};
use helhet_protocol::log::Revocation;
use helhet_protocol::v1::CloseCode;

use crate::log::LogError;
use crate::store::StoreError;

/// Why a hello was refused.
#[derive(Debug, thiserror::Error)]
pub enum AdmitError {
    #[error("the certificates cannot be read")]
    Unreadable,
    #[error("no such chapter is known here")]
    UnknownChapter,
    #[error("the chapter has not joined yet: its first device needs an invite")]
    NotJoined,
    #[error("the device is known as another chapter's")]
    OtherChaptersDevice,
    #[error("a newer certificate of this device is known")]
    OldCertificate,
    #[error("one serial number stands under two chapter keys")]
    TwoChapterKeys,
    #[error("the chapter key was signed in the future: a clock is wrong")]
    FutureChapterKey,
    #[error("the chapter has removed this device")]
    Revoked(Box<Signed<Revocation>>),
    #[error("the chapter has not confirmed the device yet")]
    Waiting,
    #[error("the hub's note of who asks could not be written")]
    Log(#[from] LogError),
    #[error("the certificates do not hold")]
    Certificate(#[from] CertificateError),
    #[error("the invite was never made here")]
    InviteUnknown,
    #[error("the invite was redeemed by another key")]
    InviteUsed,
    #[error("the invite has expired")]
    InviteExpired,
    #[error("the invite is for another chapter or connection")]
    InviteMismatch,
    #[error("the chapter is pinned to another recovery phrase")]
    OtherRoot,
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the database answered with an error")]
    Sqlite(#[from] rusqlite::Error),
}

impl AdmitError {
    /// Of the word of an admin device.
    pub(super) fn of_admission(error: CertificateError) -> Self {
        match error {
            CertificateError::Expired { .. } => Self::InviteExpired,
            CertificateError::OtherChapter { .. } | CertificateError::WrongSigner { .. } => {
                Self::InviteMismatch
            }
            // The chapter has replaced its key since: whoever was invited by the old one is not any more.
            CertificateError::Replaced { .. } => Self::InviteUnknown,
            error @ (CertificateError::Unreadable { .. }
            | CertificateError::OtherKey { .. }
            | CertificateError::NotYetValid { .. }
            | CertificateError::OtherOffice) => Self::Certificate(error),
        }
    }

    /// The code that closes the session.
    pub fn close(&self) -> CloseCode {
        match self {
            Self::Unreadable => CloseCode::Malformed,
            Self::UnknownChapter => CloseCode::UnknownChapter,
            Self::NotJoined | Self::OtherChaptersDevice => CloseCode::UnknownDevice,
            Self::OldCertificate | Self::TwoChapterKeys => CloseCode::CertificateInvalid,
            // A signature that another root made is another chapter's device, or nobody's.
            Self::Certificate(CertificateError::WrongSigner { .. }) => CloseCode::UnknownDevice,
            Self::Certificate(error) => CloseCode::from(error),
            Self::InviteUnknown => CloseCode::InviteUnknown,
            Self::InviteUsed => CloseCode::InviteUsed,
            Self::InviteExpired => CloseCode::InviteExpired,
            Self::InviteMismatch | Self::OtherRoot => CloseCode::InviteMismatch,
            Self::Waiting => CloseCode::Waiting,
            Self::FutureChapterKey => CloseCode::ClockDiffers,
            Self::Revoked(_) => CloseCode::Revoked,
            Self::Log(_) | Self::Store(_) | Self::Sqlite(_) => CloseCode::StoreFailed,
        }
    }
}

/// What the office can do when a device was refused with this code; for the hub's log and its chapters page.
pub fn what_to_do(code: CloseCode) -> &'static str {
    match code {
        CloseCode::UnknownChapter => {
            "add the chapter with `chapter add`, and send the invite that is printed"
        }
        CloseCode::UnknownDevice => {
            "the device belongs to another chapter or was never certified: invite the chapter again"
        }
        CloseCode::CertificateExpired => {
            "the device must renew its certificate on an admin device, or with the recovery phrase"
        }
        CloseCode::InviteUnknown => "make a new invite with `chapter invite` and send that one",
        CloseCode::InviteUsed => "each invite is good once: make a new one with `chapter invite`",
        CloseCode::InviteExpired => "invites last 72 hours: make a new one with `chapter invite`",
        CloseCode::InviteMismatch => {
            "the invite is another chapter's, or the chapter joined before with another recovery phrase"
        }
        CloseCode::ClockDiffers => "set the clocks of both machines right",
        CloseCode::Done
        | CloseCode::GoingAway
        | CloseCode::Busy
        | CloseCode::StoreFailed
        | CloseCode::Malformed
        | CloseCode::Unexpected
        | CloseCode::OverLimit
        | CloseCode::Version
        | CloseCode::CertificateInvalid
        | CloseCode::Waiting
        | CloseCode::Revoked
        | CloseCode::OtherOffice
        | CloseCode::NotAllowed
        | CloseCode::BadSignature
        | CloseCode::BrokenChain
        | CloseCode::MissingDependency
        | CloseCode::Fork
        | CloseCode::RetiredRefused
        | CloseCode::Other(_) => "see the log of the device",
    }
}
