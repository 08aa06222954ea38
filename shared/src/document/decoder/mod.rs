//! The only way in for a change from the wire: our own bounded reader of automerge's change chunks.
//!
//! automerge's parser must never see bytes of somebody else: 400 kB of them can make it take 900 MB. This reader
//! takes change chunks only (no documents, nothing deflated), only what our documents are made of (set and delete of
//! scalars at the root), within [`Limits`], and allocates no more than a small multiple of what it was given.
//! There is one form of each change, so nothing can hide between two readings: every length, number, run and column
//! must be written as automerge's own writer would. That is checked while reading, since a hub reads far more changes
//! than it ever merges; automerge, when a document is made at last, is handed what was understood, not the bytes, and
//! the change that its writer makes of it must have the same hash.
//!
//! The format: <https://automerge.org/automerge-binary-format-spec/>.

mod column;
mod operation;
mod reader;

use std::{collections::BTreeSet, fmt, num::NonZeroU64};

use automerge::{Change, ChangeHash, ExpandedChange};
use sha2::{Digest, Sha256};

use self::{column::Columns, operation::read_operations, reader::Reader};
use super::{ChangeBody, Value, automerge_actor};
use crate::id::ActorId;

/// How much one change may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the whole chunk.
    pub bytes: usize,
    /// Operations, and values that they replace.
    pub operations: usize,
    /// Bytes of one key.
    pub key_bytes: usize,
    /// Changes that it builds on, and other actors that it names.
    pub dependencies: usize,
}

impl Limits {
    /// For a change of somebody else: 64 KiB (what an import makes of one supporter stays under 4 KiB).
    pub const WIRE: Limits = Limits { bytes: 64 << 10, operations: 2_000, key_bytes: 128, dependencies: 64 };

    /// For a change out of one's own store, written before it was ever sent: 1 MiB.
    pub const OWN: Limits =
        Limits { bytes: 1 << 20, operations: 20_000, key_bytes: 128, dependencies: 1_000 };
}

impl Default for Limits {
    fn default() -> Limits {
        Limits::WIRE
    }
}

/// A change that this reader has understood whole. Only [`decode`] makes one.
#[derive(Clone)]
pub struct DecodedChange {
    /// SHA-256 over the chunk: the change's name in heads and dependencies.
    pub hash: [u8; 32],
    pub actor: ActorId,
    /// The change's number among its actor's, from 1.
    pub seq: u64,
    /// The counter of its first operation.
    pub start_op: u64,
    /// The changes that it builds on.
    pub dependencies: Vec<[u8; 32]>,
    /// Seconds since 1970, as its author's clock had it.
    pub time: i64,
    /// What it does, one operation per key.
    pub operations: Vec<DecodedOperation>,
    /// Whether it carries a commit message; ours never do.
    pub message_present: bool,
    /// How many bytes it carries behind its columns; ours carry none.
    pub extra_bytes: usize,
    message: String,
    extra: Vec<u8>,
}

/// One key set or deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodedOperation {
    pub key: String,
    /// `None` deletes the values that it replaces. That is also how concurrent values are settled on the one that
    /// automerge ranks first: the others are deleted, and it stays.
    pub value: Option<Value>,
    /// The operations whose values it replaces, by counter and actor.
    pub(super) predecessors: Vec<(u64, ActorId)>,
    /// Whether a number was written in automerge's unsigned kind, which ours never are.
    unsigned: bool,
}

/// Why a change was not read. Says nothing of its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    #[error("larger than the limit")]
    TooLarge,
    #[error("not an automerge chunk")]
    NotAChunk,
    #[error("not a change but another kind of chunk")]
    NotAChange,
    #[error("deflated, which is refused")]
    Compressed,
    #[error("the checksum does not match")]
    Checksum,
    #[error("ends too early")]
    Truncated,
    #[error("goes on after its end")]
    LeftOver,
    #[error("a number is out of range or not in its shortest form")]
    Number,
    #[error("a text is not UTF-8")]
    Text,
    #[error("an actor id is not 16 bytes, or is not listed")]
    Actor,
    #[error("builds on or names more than the limit")]
    TooManyDependencies,
    #[error("has more operations than the limit, or none")]
    TooManyOperations,
    #[error("a column is unknown or belongs to nested objects")]
    UnknownColumn,
    #[error("a column lacks a value")]
    MissingValue,
    #[error("an operation other than setting or deleting a key")]
    UnknownOperation,
    #[error("a value that is no text, whole number or yes or no")]
    UnknownValue,
    #[error("a key is longer than the limit, or empty")]
    Key,
    #[error("one key is changed twice")]
    KeyTwice,
    #[error("not in the one form that automerge writes")]
    NotCanonical,
}

/// Reads one change chunk. The bytes may come from anybody.
pub fn decode(bytes: &[u8], limits: &Limits) -> Result<DecodedChange, DecodeError> {
    if bytes.len() > limits.bytes {
        return Err(DecodeError::TooLarge);
    }
    let (hash, body) = open_chunk(bytes)?;
    let mut reader = Reader::new(body);
    let dependencies = read_dependencies(&mut reader, limits)?;
    let actor = read_actor(&mut reader)?;
    let seq = reader.unsigned()?;
    let start_op = reader.unsigned()?;
    let time = reader.signed()?;
    let message = std::str::from_utf8(reader.prefixed()?).map_err(|_| DecodeError::Text)?;
    let actors = read_actors(&mut reader, actor, limits)?;
    let columns = Columns::read(&mut reader)?;
    let extra = reader.rest();
    let operations = read_operations(&columns, &actors, limits)?;
    check_counters(seq, start_op, time, &operations)?;
    check_actors(&actors, &operations)?;
    Ok(DecodedChange {
        hash,
        actor,
        seq,
        start_op,
        dependencies,
        time,
        operations,
        message_present: !message.is_empty(),
        extra_bytes: extra.len(),
        message: message.to_owned(),
        extra: extra.to_vec(),
    })
}

impl DecodedChange {
    /// The change in automerge's form, made from what was understood.
    ///
    /// # Errors
    /// When automerge's writer would write another chunk than the one that was read.
    pub(super) fn to_automerge(&self) -> Result<Change, DecodeError> {
        let change = Change::from(ExpandedChange {
            operations: self.operations.iter().map(operation::to_automerge).collect(),
            actor_id: automerge_actor(self.actor),
            hash: None,
            seq: self.seq,
            start_op: NonZeroU64::new(self.start_op).ok_or(DecodeError::Number)?,
            time: self.time,
            message: (!self.message.is_empty()).then(|| self.message.clone()),
            deps: self.dependencies.iter().copied().map(ChangeHash).collect(),
            extra_bytes: self.extra.clone(),
            author: None,
        });
        if change.hash().0 == self.hash { Ok(change) } else { Err(DecodeError::NotCanonical) }
    }

    /// The chunk that was read, written anew.
    ///
    /// # Errors
    /// As said of every change that was read: none, unless this reader and automerge's writer differ.
    pub fn body(&self) -> Result<ChangeBody, DecodeError> {
        Ok(ChangeBody(self.to_automerge()?.raw_bytes().to_vec()))
    }
}

impl fmt::Debug for DecodedChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodedChange")
            .field("hash", &data_encoding::HEXLOWER.encode(&self.hash))
            .field("seq", &self.seq)
            .field("operations", &self.operations)
            .finish_non_exhaustive()
    }
}

/// Checks the header and gives the chunk's hash and what the header spans.
fn open_chunk(bytes: &[u8]) -> Result<([u8; 32], &[u8]), DecodeError> {
    let mut reader = Reader::new(bytes);
    if reader.array()? != [0x85, 0x6f, 0x4a, 0x83] {
        return Err(DecodeError::NotAChunk);
    }
    let checksum: [u8; 4] = reader.array()?;
    let hashed = reader.rest();
    match reader.byte()? {
        1 => {}
        2 => return Err(DecodeError::Compressed),
        0 | 3 => return Err(DecodeError::NotAChange),
        _ => return Err(DecodeError::NotAChunk),
    }
    let body = reader.prefixed()?;
    if !reader.is_empty() {
        return Err(DecodeError::LeftOver);
    }
    let hash: [u8; 32] = Sha256::digest(hashed).into();
    if hash[..4] != checksum {
        return Err(DecodeError::Checksum);
    }
    Ok((hash, body))
}

fn read_dependencies(reader: &mut Reader<'_>, limits: &Limits) -> Result<Vec<[u8; 32]>, DecodeError> {
    let count = reader.count(limits.dependencies, DecodeError::TooManyDependencies)?;
    let dependencies: Vec<[u8; 32]> = (0..count).map(|_| reader.array()).collect::<Result<_, _>>()?;
    if !dependencies.is_sorted_by(|a, b| a < b) {
        return Err(DecodeError::NotCanonical);
    }
    Ok(dependencies)
}

fn read_actor(reader: &mut Reader<'_>) -> Result<ActorId, DecodeError> {
    ActorId::try_from(reader.prefixed()?).map_err(|_| DecodeError::Actor)
}

/// The author and behind it the other actors whose values are replaced: operations name them by place.
fn read_actors(
    reader: &mut Reader<'_>,
    author: ActorId,
    limits: &Limits,
) -> Result<Vec<ActorId>, DecodeError> {
    let count = reader.count(limits.dependencies, DecodeError::TooManyDependencies)?;
    let others = (0..count).map(|_| read_actor(reader));
    std::iter::once(Ok(author)).chain(others).collect()
}

/// Counters fit automerge's 32 bits with room to go on, and nothing replaces what is not older than itself.
fn check_counters(
    seq: u64,
    start_op: u64,
    time: i64,
    operations: &[DecodedOperation],
) -> Result<(), DecodeError> {
    /// The end of the year 9999.
    const LATEST: i64 = 253_402_300_799;
    let ordered = operations.iter().all(|operation| {
        let known = operation.predecessors.iter().all(|(counter, _)| (1..start_op).contains(counter));
        known && operation.predecessors.is_sorted_by(|a, b| a < b)
    });
    let in_range = (1..=start_op).contains(&seq) && start_op <= u64::from(u32::MAX / 2);
    if ordered && in_range && (0..=LATEST).contains(&time) { Ok(()) } else { Err(DecodeError::Number) }
}

/// Other actors are listed in order, each once, and only where an operation names them.
fn check_actors(actors: &[ActorId], operations: &[DecodedOperation]) -> Result<(), DecodeError> {
    let Some((author, others)) = actors.split_first() else { return Ok(()) };
    if others.is_empty() {
        return Ok(());
    }
    let predecessors = operations.iter().flat_map(|operation| &operation.predecessors);
    let named: BTreeSet<&ActorId> =
        predecessors.map(|(_, actor)| actor).filter(|actor| *actor != author).collect();
    if named.into_iter().eq(others) { Ok(()) } else { Err(DecodeError::NotCanonical) }
}

#[cfg(test)]
mod tests;
