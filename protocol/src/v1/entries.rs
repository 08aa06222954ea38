//! Entries: a batch in the sender's order of arrival. Its frame is compressed.
//!
//! What the receiver knows or can compute does not travel: a head is put together again, byte for byte, from the log's
//! position at the receiver and the time that is sent. A head that would not come out the same is sent whole.

use minicbor::data::Type;
use minicbor::{Decode, Decoder, Encode, Encoder};

use crate::identity::Signature;
use crate::log::{Change, Entry, LogId, SignedEntry};

/// A batch. The receiver stores it in one transaction with its positions, or not at all.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Entries {
    /// From 1 in each session and direction, without gaps.
    #[n(0)]
    pub number: u64,
    /// Stretches of logs that its entries continue.
    #[n(1)]
    pub runs: Vec<Run>,
    /// Up to [`crate::log::limits::BATCH_CHANGES_MAX`] changes.
    #[n(2)]
    pub entries: Vec<Sent>,
}

impl Entries {
    /// A batch in which nothing is left out.
    pub fn whole(number: u64, entries: Vec<Entry>) -> Self {
        let entries = entries.into_iter().map(|entry| {
            let Entry { signed: SignedEntry { header, signature }, changes } = entry;
            Sent { head: Head::Whole(header), signature, changes }
        });
        Self { number, runs: Vec::new(), entries: entries.collect() }
    }
}

/// Entries of one log that follow one another in a batch, others between them or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Run {
    /// Of this log.
    #[n(0)]
    pub log: LogName,
    /// The first one's sequence number.
    #[n(1)]
    pub first: u64,
    /// The first bytes of the hash of the entry before that: whether both speak of the same log is seen before any
    /// signature is.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub before: [u8; 4],
}

/// How a sender names a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogName {
    /// The one with this number, from 0: first those of the positions in the receiver's hello, in that order, then those
    /// that the sender has named since.
    Number(u32),
    /// Named here for the first time; it gets the next number.
    New(LogId),
}

/// An entry as it travels.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Sent {
    /// What is to be known of its head.
    #[n(0)]
    pub head: Head,
    /// By the author, over head and commitments.
    #[n(1)]
    pub signature: Signature,
    /// At least one.
    #[n(2)]
    pub changes: Vec<Change>,
}

/// The head of an entry that travels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Head {
    /// The next one of a run of this batch.
    Next {
        /// Its place in [`Entries::runs`].
        run: u32,
        /// Its time less that of the entry before it in the batch (of the first: less 0), in seconds, modulo 2^64.
        later: i64,
    },
    /// As it was signed.
    Whole(Vec<u8>),
}

type Encoded<W> = Result<(), minicbor::encode::Error<<W as minicbor::encode::Write>::Error>>;

impl<C> Encode<C> for LogName {
    fn encode<W: minicbor::encode::Write>(&self, e: &mut Encoder<W>, context: &mut C) -> Encoded<W> {
        match self {
            Self::Number(number) => e.u32(*number)?.ok(),
            Self::New(log) => log.encode(e, context),
        }
    }
}

impl<'b, C> Decode<'b, C> for LogName {
    fn decode(d: &mut Decoder<'b>, context: &mut C) -> Result<Self, minicbor::decode::Error> {
        if d.datatype()? == Type::Array {
            return LogId::decode(d, context).map(Self::New);
        }
        d.u32().map(Self::Number)
    }
}

impl<C> Encode<C> for Head {
    fn encode<W: minicbor::encode::Write>(&self, e: &mut Encoder<W>, _: &mut C) -> Encoded<W> {
        match self {
            Self::Next { run, later } => e.array(2)?.u32(*run)?.i64(*later)?.ok(),
            Self::Whole(head) => e.bytes(head)?.ok(),
        }
    }
}

impl<'b, C> Decode<'b, C> for Head {
    fn decode(d: &mut Decoder<'b>, context: &mut C) -> Result<Self, minicbor::decode::Error> {
        if d.datatype()? == Type::Array {
            return <(u32, i64)>::decode(d, context).map(|(run, later)| Self::Next { run, later });
        }
        d.bytes().map(|head| Self::Whole(head.to_vec()))
    }
}
