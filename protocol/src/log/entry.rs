//! What is signed. An entry is one user action, or one batch of an import; a change is what it did to one document.

use std::fmt;

use minicbor::{Decode, Encode};
use sha2::{Digest as _, Sha256};

use super::limits::{ENTRY_BYTES_MAX, ENTRY_CHANGES_MAX};
use super::{Document, Hash};
use crate::identity::certificate::to_cbor;
use crate::identity::{Chapter, KeyPair, PublicKey, Signature};

/// The version that this program writes into entry heads.
pub const ENTRY_VERSION: u16 = 1;
pub(super) const DOMAIN_ENTRY: &str = "helhet/1 entry";
const DOMAIN_COMMITMENT: &[u8] = b"helhet/1 change\0";

/// Which log: every field of it is part of the name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(array)]
pub struct LogId {
    /// The chapter; all zeros in the `published` zone, which is nobody's chapter.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub chapter: Chapter,
    /// The zone's code.
    #[n(1)]
    pub zone: u8,
    /// The device or hub that signs.
    #[n(2)]
    pub author: PublicKey,
    /// Random; new when the author's store was restored or cloned.
    #[n(3)]
    pub incarnation: u64,
}

impl fmt::Debug for LogId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let author = data_encoding::HEXLOWER.encode(&self.author.0[..4]);
        write!(f, "LogId(zone {}, author {author}…, incarnation {:x})", self.zone, self.incarnation)
    }
}

/// How far a log is known: up to this sequence number, whose entry has this hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(array)]
pub struct Position {
    /// The log.
    #[n(0)]
    pub log: LogId,
    /// From 1.
    #[n(1)]
    pub sequence: u64,
    /// Hash of that entry.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub hash: Hash,
}

/// What an entry says of itself. Its commitments are signed with it but are computed, not written here.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct EntryHeader {
    /// See [`ENTRY_VERSION`].
    #[n(0)]
    pub version: u16,
    /// The log it stands in.
    #[n(1)]
    pub log: LogId,
    /// From 1, without gaps.
    #[n(2)]
    pub sequence: u64,
    /// Hash of the entry before; zeros for the first.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub previous: Hash,
    /// The author's clock, unix seconds. Decides nothing.
    #[n(4)]
    pub time: i64,
}

/// A head as sent, and its signature. The bytes are kept: a newer version's fields stay under the signature.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct SignedEntry {
    /// [`EntryHeader`] as CBOR, as it was signed.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub header: Vec<u8>,
    /// By the author, over head and commitments.
    #[n(1)]
    pub signature: Signature,
}

/// A signed entry with its changes, unverified: see [`super::verify`].
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Entry {
    /// The head.
    #[n(0)]
    pub signed: SignedEntry,
    /// At least one.
    #[n(1)]
    pub changes: Vec<Change>,
}

impl Entry {
    /// Signs the entry that follows `previous` in `log` (`None`: its first).
    ///
    /// `time` is unix seconds. The caller keeps within [`super::limits`]; receivers refuse what is above.
    pub fn sign(
        log: LogId,
        previous: Option<&Position>,
        time: i64,
        changes: Vec<Change>,
        author: &KeyPair,
    ) -> Self {
        debug_assert!(author.public() == log.author && previous.is_none_or(|previous| previous.log == log));
        let header = to_cbor(&EntryHeader {
            version: ENTRY_VERSION,
            log,
            sequence: previous.map_or(1, |previous| previous.sequence + 1),
            previous: previous.map_or([0; 32], |previous| previous.hash),
            time,
        });
        let signature = author.sign(DOMAIN_ENTRY, &signed_bytes(&header, &commitments(&log, &changes)));
        Self { signed: SignedEntry { header, signature }, changes }
    }

    /// What the head claims, signature unchecked.
    ///
    /// # Errors
    /// When the head cannot be read.
    pub fn header(&self) -> Result<EntryHeader, crate::identity::Unreadable> {
        let unreadable = |_| crate::identity::Unreadable { what: "log entry" };
        minicbor::decode(&self.signed.header).map_err(unreadable)
    }

    /// The size of its bodies together, in bytes.
    pub fn body_bytes(&self) -> usize {
        self.changes.iter().map(|change| change.body.len()).sum()
    }

    pub(super) fn is_within_limits(&self) -> bool {
        (1..=ENTRY_CHANGES_MAX).contains(&self.changes.len())
            && self.body_bytes() <= ENTRY_BYTES_MAX
            && self.signed.header.len() <= super::limits::ENTRY_HEAD_BYTES_MAX
            && self.changes.iter().all(|change| change.body.len() <= super::limits::BODY_BYTES_MAX)
    }
}

/// What an entry did to one document.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Change {
    /// What the body is.
    #[n(0)]
    pub kind: ChangeKind,
    /// The document.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub document: Document,
    /// Which life of the document.
    #[n(2)]
    pub generation: Generation,
    /// As sent.
    #[n(3)]
    pub body: Body,
}

impl Change {
    /// SHA-256 over domain, chapter, zone, kind, document, generation and the body as sent; what was removed brings
    /// its commitment along.
    pub fn commitment(&self, log: &LogId) -> Hash {
        let (form, body) = match &self.body {
            Body::Open(body) => (0u8, body),
            Body::Sealed(body) => (1u8, body),
            Body::Absent { commitment } => return *commitment,
        };
        let mut hasher = Sha256::new();
        hasher.update(DOMAIN_COMMITMENT);
        hasher.update(log.chapter);
        hasher.update([log.zone, self.kind.code(), form]);
        hasher.update(self.document);
        hasher.update(self.generation.number.to_be_bytes());
        hasher.update(self.generation.random.to_be_bytes());
        hasher.update(body);
        hasher.finalize().into()
    }
}

/// Which life of a document: a higher number is later; two of one number were opened while apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(array)]
pub struct Generation {
    /// From 0.
    #[n(0)]
    pub number: u32,
    /// Drawn when it was opened.
    #[n(1)]
    pub random: u64,
}

/// What a change's body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChangeKind {
    /// An automerge change, uncompressed.
    Automerge,
    /// A [`super::Refusal`].
    Refusal,
    /// A [`super::Receipt`].
    Receipt,
    /// A [`crate::seal::WrappedKey`] of the document.
    Key,
    /// A [`crate::seal::Epoch`], whose id stands in the place of a document's.
    Epoch,
    /// A chapter key as a [`crate::seal::Epoch`] holds a secret, for a device that may certify others.
    ChapterKey,
    /// An [`crate::identity::Application`], which the hub passes on.
    Application,
    /// Of a newer version: kept and passed on, not understood.
    Other(u8),
}

impl ChangeKind {
    /// The number on the wire.
    pub fn code(self) -> u8 {
        match self {
            Self::Automerge => 0,
            Self::Refusal => 1,
            Self::Receipt => 2,
            Self::Key => 3,
            Self::Epoch => 4,
            Self::ChapterKey => 5,
            Self::Application => 6,
            Self::Other(code) => code,
        }
    }

    /// From the number on the wire.
    pub fn from_code(code: u8) -> Self {
        match code {
            0 => Self::Automerge,
            1 => Self::Refusal,
            2 => Self::Receipt,
            3 => Self::Key,
            4 => Self::Epoch,
            5 => Self::ChapterKey,
            6 => Self::Application,
            other => Self::Other(other),
        }
    }
}

impl<C> Encode<C> for ChangeKind {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.u8(self.code())?.ok()
    }
}

impl<'b, C> Decode<'b, C> for ChangeKind {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        d.u8().map(Self::from_code)
    }
}

/// A change's body as the wire carries it. `Debug` shows its size only.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub enum Body {
    /// Readable by who may hold the zone.
    #[n(0)]
    Open(#[cbor(n(0), with = "minicbor::bytes")] Vec<u8>),
    /// Ciphertext.
    #[n(1)]
    Sealed(#[cbor(n(0), with = "minicbor::bytes")] Vec<u8>),
    /// Removed or refused: its commitment alone remains.
    #[n(2)]
    Absent {
        /// See [`Change::commitment`].
        #[cbor(n(0), with = "minicbor::bytes")]
        commitment: Hash,
    },
}

impl Body {
    /// In bytes; nothing when absent.
    pub fn len(&self) -> usize {
        match self {
            Self::Open(body) | Self::Sealed(body) => body.len(),
            Self::Absent { .. } => 0,
        }
    }

    /// True when there are no bytes.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open(body) => write!(f, "Open({} bytes)", body.len()),
            Self::Sealed(body) => write!(f, "Sealed({} bytes)", body.len()),
            Self::Absent { .. } => f.write_str("Absent"),
        }
    }
}

pub(super) fn commitments(log: &LogId, changes: &[Change]) -> Vec<Hash> {
    changes.iter().map(|change| change.commitment(log)).collect()
}

/// What the signature and the entry's hash are made over: length of the head, head, commitments.
pub(super) fn signed_bytes(header: &[u8], commitments: &[Hash]) -> Vec<u8> {
    let length = u32::try_from(header.len()).unwrap_or(u32::MAX);
    let mut bytes = Vec::with_capacity(4 + header.len() + commitments.len() * 32);
    bytes.extend_from_slice(&length.to_be_bytes());
    bytes.extend_from_slice(header);
    bytes.extend(commitments.iter().flatten());
    bytes
}
