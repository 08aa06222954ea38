//! What of a batch need not travel, since both sides know it: left out here, and put back there.

use super::Session;
use super::hello::POSITIONS_MAX;
use crate::identity::certificate::to_cbor;
use crate::log::entry::ENTRY_VERSION;
use crate::log::{ChainError, Entry, EntryHeader, LogId, Position, SignedEntry};
use crate::v1::entries::{Head, LogName, Run, Sent};
use crate::v1::{CloseCode, Entries};

/// The logs that one side names by number in what it sends.
#[derive(Debug, Default)]
pub(super) struct Names(Vec<LogId>);

impl Names {
    /// Those in the hello of the side that receives.
    pub(super) fn of(positions: &[Position]) -> Self {
        Self(positions.iter().map(|position| position.log).collect())
    }

    fn name(&mut self, log: &LogId) -> LogName {
        let number = self.0.iter().position(|known| known == log).and_then(|at| u32::try_from(at).ok());
        number.map_or_else(
            || {
                self.0.push(*log);
                LogName::New(*log)
            },
            LogName::Number,
        )
    }

    fn named(&mut self, name: LogName) -> Result<LogId, CloseCode> {
        match name {
            LogName::Number(number) => self.0.get(number as usize).copied().ok_or(CloseCode::Malformed),
            LogName::New(_) if self.0.len() >= 2 * POSITIONS_MAX => Err(CloseCode::OverLimit),
            LogName::New(log) => {
                self.0.push(log);
                Ok(log)
            }
        }
    }
}

/// A batch as it travels.
pub(super) fn pack(number: u64, entries: Vec<Entry>, names: &mut Names) -> Entries {
    let mut runs: Vec<(LogId, u64, Run)> = Vec::new();
    let mut before = 0_i64;
    let mut sent = Vec::with_capacity(entries.len());
    for entry in entries {
        let Entry { signed: SignedEntry { header: bytes, signature }, changes } = entry;
        let head = match minicbor::decode::<EntryHeader>(&bytes) {
            Ok(header) if header.version == ENTRY_VERSION && to_cbor(&header) == bytes => {
                let later = header.time.wrapping_sub(std::mem::replace(&mut before, header.time));
                Head::Next { run: run_of(&header, &mut runs, names), later }
            }
            Ok(_) | Err(_) => Head::Whole(bytes),
        };
        sent.push(Sent { head, signature, changes });
    }
    Entries { number, runs: runs.into_iter().map(|(_, _, run)| run).collect(), entries: sent }
}

/// The run that this head continues, or a new one.
fn run_of(header: &EntryHeader, runs: &mut Vec<(LogId, u64, Run)>, names: &mut Names) -> u32 {
    let follows = |(log, last, _): &(LogId, u64, Run)| {
        *log == header.log && last.checked_add(1) == Some(header.sequence)
    };
    let place = runs.iter().rposition(follows).unwrap_or_else(|| {
        let [a, b, c, d, ..] = header.previous;
        let run = Run { log: names.name(&header.log), first: header.sequence, before: [a, b, c, d] };
        runs.push((header.log, header.sequence, run));
        runs.len() - 1
    });
    runs[place].1 = header.sequence;
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// Puts the heads of one batch together again.
pub(super) struct Unpacking {
    /// With their logs, and whether one of their entries was seen.
    runs: Vec<(LogId, Run, bool)>,
    time: i64,
}

impl Session {
    /// The runs of a batch that arrived; each names a log.
    pub(super) fn unpacking(&mut self, runs: Vec<Run>) -> Result<Unpacking, CloseCode> {
        let named = runs.into_iter().map(|run| Ok((self.receiving.names.named(run.log)?, run, false)));
        Ok(Unpacking { runs: named.collect::<Result<_, CloseCode>>()?, time: 0 })
    }
}

impl Unpacking {
    /// The entry as its author signed it, if it did: what was left out is what is held here.
    pub(super) fn entry(
        &mut self,
        sent: Sent,
        known: impl FnOnce(&LogId) -> Option<Position>,
    ) -> Result<Entry, CloseCode> {
        let Sent { head, signature, changes } = sent;
        let header = match head {
            Head::Whole(header) => header,
            Head::Next { run, later } => {
                let (log, run, seen) = self.runs.get_mut(run as usize).ok_or(CloseCode::Malformed)?;
                let (held, previous) = known(log).map_or((0, [0; 32]), |held| (held.sequence, held.hash));
                let sequence = held.checked_add(1).ok_or(CloseCode::BrokenChain)?;
                if !std::mem::replace(seen, true) {
                    follows(run, sequence, &previous).map_err(|error| CloseCode::from(&error))?;
                }
                self.time = self.time.wrapping_add(later);
                let (log, time) = (*log, self.time);
                to_cbor(&EntryHeader { version: ENTRY_VERSION, log, sequence, previous, time })
            }
        };
        Ok(Entry { signed: SignedEntry { header, signature }, changes })
    }
}

/// A run begins right after what is held here of its log; of one that is not known that is its first entry.
fn follows(run: &Run, sequence: u64, previous: &[u8; 32]) -> Result<(), ChainError> {
    if run.first != sequence {
        return Err(ChainError::Sequence { found: run.first, expected: sequence });
    }
    if !previous.starts_with(&run.before) {
        return Err(ChainError::Previous { sequence });
    }
    Ok(())
}

#[cfg(test)]
#[path = "packing_tests.rs"]
mod tests;
