//! Is this entry genuine, and the next one of its log? The only way to a [`VerifiedEntry`].
//!
//! It says nothing of rights: whether the author may write in that zone is for who knows the devices.

use super::entry::{DOMAIN_ENTRY, ENTRY_VERSION, commitments, signed_bytes};
use super::{Entry, EntryHeader, Hash, LogId, Position};
use crate::identity::certificate::hash;

/// An entry that is genuine and stands where it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedEntry {
    header: EntryHeader,
    hash: Hash,
    commitments: Vec<Hash>,
    entry: Entry,
}

impl VerifiedEntry {
    /// What the head says.
    pub fn header(&self) -> &EntryHeader {
        &self.header
    }

    /// The entry's hash: what the next entry names as the previous one.
    pub fn hash(&self) -> &Hash {
        &self.hash
    }

    /// One per change, in order.
    pub fn commitments(&self) -> &[Hash] {
        &self.commitments
    }

    /// The entry as sent.
    pub fn entry(&self) -> &Entry {
        &self.entry
    }

    /// How far its log is known with it.
    pub fn position(&self) -> Position {
        Position { log: self.header.log, sequence: self.header.sequence, hash: self.hash }
    }

    /// The entry as sent, to be taken apart.
    pub fn into_entry(self) -> Entry {
        self.entry
    }
}

/// Checks limits, version, place in the log, and the signature over head and commitments.
///
/// `known` gives how far a log is known already, `None` for a log never seen.
///
/// # Errors
/// The first thing that does not hold; nothing of the entry may then be kept.
pub fn verify(
    entry: Entry,
    known: impl FnOnce(&LogId) -> Option<Position>,
) -> Result<VerifiedEntry, ChainError> {
    if !entry.is_within_limits() {
        return Err(ChainError::OverLimit);
    }
    let header = entry.header().map_err(|_| ChainError::Unreadable)?;
    if header.version != ENTRY_VERSION {
        return Err(ChainError::Version { found: header.version });
    }
    let (sequence, previous) = match known(&header.log) {
        Some(position) => (position.sequence.checked_add(1), position.hash),
        None => (Some(1), [0; 32]),
    };
    if Some(header.sequence) != sequence {
        return Err(ChainError::Sequence { found: header.sequence, expected: sequence.unwrap_or(u64::MAX) });
    }
    if header.previous != previous {
        return Err(ChainError::Previous { sequence: header.sequence });
    }
    let commitments = commitments(&header.log, &entry.changes);
    let signed = signed_bytes(&entry.signed.header, &commitments);
    if !header.log.author.verify(DOMAIN_ENTRY, &signed, &entry.signed.signature) {
        return Err(ChainError::Signature { sequence: header.sequence });
    }
    Ok(VerifiedEntry { header, hash: hash(DOMAIN_ENTRY, &signed), commitments, entry })
}

/// The position that an entry of one's own log leaves behind, for who has just signed it.
///
/// # Errors
/// When the head cannot be read.
pub fn position_of(entry: &Entry) -> Result<Position, ChainError> {
    let header = entry.header().map_err(|_| ChainError::Unreadable)?;
    let commitments = commitments(&header.log, &entry.changes);
    let hash = hash(DOMAIN_ENTRY, &signed_bytes(&entry.signed.header, &commitments));
    Ok(Position { log: header.log, sequence: header.sequence, hash })
}

/// Why an entry is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ChainError {
    /// No change, too many, or too large: see [`super::limits`].
    #[error("the entry is empty or larger than an entry may be")]
    OverLimit,
    /// The head is no head.
    #[error("the entry's head cannot be read")]
    Unreadable,
    /// Written by a version that this one does not understand.
    #[error("the entry is of version {found}, this program understands {ENTRY_VERSION}")]
    Version { found: u16 },
    /// A gap, or an entry that is known already.
    #[error("the entry has sequence number {found} where {expected} follows")]
    Sequence { found: u64, expected: u64 },
    /// It follows another entry than the one known here: the log has forked.
    #[error("entry {sequence} follows another entry than the one known here")]
    Previous { sequence: u64 },
    /// The author did not sign this.
    #[error("entry {sequence} is not signed by its author, or was changed after that")]
    Signature { sequence: u64 },
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::KeyPair;
    use crate::log::limits::{BODY_BYTES_MAX, ENTRY_CHANGES_MAX};
    use crate::log::{Body, Change, ChangeKind, Generation};

    fn author() -> KeyPair {
        KeyPair::from_seed(&[1; 32])
    }

    fn log() -> LogId {
        LogId { chapter: [2; 16], zone: 3, author: author().public(), incarnation: 4 }
    }

    fn change(body: Body) -> Change {
        let generation = Generation { number: 1, random: 9 };
        Change { kind: ChangeKind::Automerge, document: [5; 16], generation, body }
    }

    fn entry(previous: Option<&Position>) -> Entry {
        let changes = vec![change(Body::Open(vec![1, 2, 3])), change(Body::Sealed(vec![4]))];
        Entry::sign(log(), previous, 1000, changes, &author())
    }

    #[test]
    fn entries_follow_one_another() {
        let first = verify(entry(None), |_| None).unwrap();
        assert_eq!(position_of(first.entry()).unwrap(), first.position());
        let second = verify(entry(Some(&first.position())), |_| Some(first.position())).unwrap();
        assert_eq!((second.header().sequence, second.header().previous), (2, *first.hash()));
    }

    #[test]
    fn a_removed_body_leaves_the_chain_whole() {
        let mut pruned = entry(None);
        let commitment = pruned.changes[0].commitment(&log());
        pruned.changes[0].body = Body::Absent { commitment };
        assert_eq!(verify(pruned, |_| None).unwrap().hash(), verify(entry(None), |_| None).unwrap().hash());
    }

    /// C7: every way to make an entry wrong, and what is said of it.
    #[test]
    fn what_is_not_the_next_genuine_entry_is_refused() {
        let first = verify(entry(None), |_| None).unwrap().position();
        let resign = |alter: &dyn Fn(&mut EntryHeader)| {
            let mut entry = entry(None);
            let mut header = entry.header().unwrap();
            alter(&mut header);
            entry.signed.header = crate::identity::certificate::to_cbor(&header);
            let signed = signed_bytes(&entry.signed.header, &commitments(&header.log, &entry.changes));
            entry.signed.signature = author().sign(DOMAIN_ENTRY, &signed);
            entry
        };
        let altered = |alter: &dyn Fn(&mut Entry)| {
            let mut entry = entry(None);
            alter(&mut entry);
            entry
        };
        let none = None;
        let table: Vec<(&str, Entry, Option<Position>, ChainError)> = vec![
            ("version", resign(&|h| h.version = 2), none, ChainError::Version { found: 2 }),
            ("gap", resign(&|h| h.sequence = 3), none, ChainError::Sequence { found: 3, expected: 1 }),
            ("again", entry(None), Some(first), ChainError::Sequence { found: 1, expected: 2 }),
            ("fork", resign(&|h| h.sequence = 2), Some(first), ChainError::Previous { sequence: 2 }),
            ("previous", resign(&|h| h.previous = [1; 32]), none, ChainError::Previous { sequence: 1 }),
            ("author", resign(&|h| h.log.author.0[0] ^= 1), none, ChainError::Signature { sequence: 1 }),
            (
                "weak author",
                resign(&|h| h.log.author.0 = [0; 32]),
                none,
                ChainError::Signature { sequence: 1 },
            ),
            (
                "signature",
                altered(&|e| e.signed.signature.0[0] ^= 1),
                none,
                ChainError::Signature { sequence: 1 },
            ),
            ("unreadable", altered(&|e| e.signed.header = vec![0xff]), none, ChainError::Unreadable),
            ("long head", altered(&|e| e.signed.header = vec![0; 2000]), none, ChainError::OverLimit),
            (
                "body",
                altered(&|e| e.changes[0].body = Body::Open(vec![1, 2, 4])),
                none,
                ChainError::Signature { sequence: 1 },
            ),
            (
                "sealed for open",
                altered(&|e| e.changes[0].body = Body::Sealed(vec![1, 2, 3])),
                none,
                ChainError::Signature { sequence: 1 },
            ),
            (
                "document",
                altered(&|e| e.changes[0].document = [6; 16]),
                none,
                ChainError::Signature { sequence: 1 },
            ),
            (
                "generation",
                altered(&|e| e.changes[0].generation.number = 2),
                none,
                ChainError::Signature { sequence: 1 },
            ),
            (
                "kind",
                altered(&|e| e.changes[0].kind = ChangeKind::Receipt),
                none,
                ChainError::Signature { sequence: 1 },
            ),
            ("order", altered(&|e| e.changes.swap(0, 1)), none, ChainError::Signature { sequence: 1 }),
            (
                "one left out",
                altered(&|e| e.changes.truncate(1)),
                none,
                ChainError::Signature { sequence: 1 },
            ),
            ("none left", altered(&|e| e.changes.clear()), none, ChainError::OverLimit),
            (
                "too many",
                altered(&|e| e.changes = vec![change(Body::Open(vec![])); ENTRY_CHANGES_MAX + 1]),
                none,
                ChainError::OverLimit,
            ),
            (
                "too large",
                altered(&|e| e.changes[0].body = Body::Open(vec![0; BODY_BYTES_MAX + 1])),
                none,
                ChainError::OverLimit,
            ),
        ];
        for (name, entry, known, expected) in table {
            assert_eq!(verify(entry, |_| known).unwrap_err(), expected, "{name}");
        }
    }

    #[test]
    fn another_chapter_or_zone_cannot_take_an_entry_over() {
        for alter in [|log: &mut LogId| log.chapter = [9; 16], |log: &mut LogId| log.zone = 2] {
            let mut entry = entry(None);
            let mut header = entry.header().unwrap();
            alter(&mut header.log);
            entry.signed.header = crate::identity::certificate::to_cbor(&header);
            assert_eq!(verify(entry, |_| None).unwrap_err(), ChainError::Signature { sequence: 1 });
        }
    }

    #[test]
    fn a_newer_versions_field_stays_under_the_signature() {
        let mut entry = entry(None);
        let mut header = entry.signed.header.clone();
        assert_eq!(header[0], 0x85, "an array of five");
        header[0] = 0x86;
        header.push(0x07);
        let signed = signed_bytes(&header, &commitments(&log(), &entry.changes));
        entry.signed.signature = author().sign(DOMAIN_ENTRY, &signed);
        entry.signed.header = header.clone();
        assert_eq!(verify(entry, |_| None).unwrap().into_entry().signed.header, header);
    }
}
