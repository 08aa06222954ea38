//! Close: a stable number that says why, so that the other side can tell its user what to do.

use minicbor::{Decode, Encode};

/// The last message of a session; the same number closes the QUIC connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Close {
    /// Why.
    #[n(0)]
    pub code: CloseCode,
}

macro_rules! close_codes {
    ($($(#[$doc:meta])* $name:ident = $number:literal, $text:literal;)*) => {
        /// Why a session ended. Numbers are never used again for anything else; `SPEC.md` says what the user should do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum CloseCode {
            $($(#[$doc])* $name,)*
            /// Of a newer version.
            Other(u16),
        }

        impl CloseCode {
            /// Every code that this version knows.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The number on the wire.
            pub fn number(self) -> u16 {
                match self {
                    $(Self::$name => $number,)*
                    Self::Other(number) => number,
                }
            }

            /// From the number on the wire.
            pub fn from_number(number: u16) -> Self {
                match number {
                    $($number => Self::$name,)*
                    other => Self::Other(other),
                }
            }

            /// A stable word for scripts, logs and language files.
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                    Self::Other(_) => "other",
                }
            }
        }
    };
}

close_codes! {
    /// All is said.
    Done = 0, "done";
    /// The program stops, or the user stopped the sync.
    GoingAway = 1, "going-away";
    /// Too many sessions, or another one of this chapter is storing: try again soon.
    Busy = 2, "busy";
    /// The peer's store failed; its log says how.
    StoreFailed = 3, "store-failed";

    /// A message that cannot be read.
    Malformed = 10, "malformed";
    /// A message where another was due.
    Unexpected = 11, "unexpected";
    /// Larger or more than allowed.
    OverLimit = 12, "over-limit";
    /// An entry or message of a version that is not understood.
    Version = 13, "version";

    /// The certificate does not hold.
    CertificateInvalid = 20, "certificate-invalid";
    /// The device's certificate has expired.
    CertificateExpired = 21, "certificate-expired";
    /// The hub does not know this chapter.
    UnknownChapter = 22, "unknown-chapter";
    /// The device is not one of the chapter's.
    UnknownDevice = 23, "unknown-device";
    /// The device was revoked.
    Revoked = 24, "revoked";
    /// This hub is another office's than the one that was joined.
    OtherOffice = 25, "other-office";
    /// The clocks differ by more than a day.
    ClockDiffers = 26, "clock-differs";

    /// The hub never made this invite.
    InviteUnknown = 30, "invite-unknown";
    /// The invite was redeemed before.
    InviteUsed = 31, "invite-used";
    /// The invite is too old.
    InviteExpired = 32, "invite-expired";
    /// The invite is for another chapter, or the request is not bound to this connection.
    InviteMismatch = 33, "invite-mismatch";
    /// The chapter has not confirmed the device yet.
    Waiting = 34, "waiting";

    /// An entry of a zone, chapter or author that this peer may not send.
    NotAllowed = 40, "not-allowed";
    /// A signature that does not hold.
    BadSignature = 41, "bad-signature";
    /// An entry that does not follow the one before.
    BrokenChain = 42, "broken-chain";
    /// A change lacks one that it builds on: start again from the positions.
    MissingDependency = 43, "missing-dependency";
    /// One log, two histories.
    Fork = 44, "fork";
    /// A tombstone or revocation by who has no right to it.
    RetiredRefused = 45, "retired-refused";
}

impl std::fmt::Display for CloseCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({})", self.word(), self.number())
    }
}

impl<C> Encode<C> for CloseCode {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.u16(self.number())?.ok()
    }
}

impl<'b, C> Decode<'b, C> for CloseCode {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        d.u16().map(Self::from_number)
    }
}

impl From<&crate::log::ChainError> for CloseCode {
    fn from(error: &crate::log::ChainError) -> Self {
        use crate::log::ChainError;
        match error {
            ChainError::OverLimit => Self::OverLimit,
            ChainError::Unreadable => Self::Malformed,
            ChainError::Version { .. } => Self::Version,
            ChainError::Sequence { .. } | ChainError::Previous { .. } => Self::BrokenChain,
            ChainError::Signature { .. } => Self::BadSignature,
        }
    }
}

impl From<&crate::identity::CertificateError> for CloseCode {
    fn from(error: &crate::identity::CertificateError) -> Self {
        use crate::identity::CertificateError;
        match error {
            CertificateError::WrongSigner { .. }
            | CertificateError::Unreadable { .. }
            | CertificateError::OtherChapter { .. }
            | CertificateError::OtherKey { .. }
            | CertificateError::Replaced { .. } => Self::CertificateInvalid,
            CertificateError::Expired { .. } => Self::CertificateExpired,
            CertificateError::NotYetValid { .. } => Self::ClockDiffers,
            CertificateError::OtherOffice => Self::OtherOffice,
        }
    }
}
