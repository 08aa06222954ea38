//! One thread commits what all sessions bring: batches that wait together share one commit, each in a savepoint of its
//! own, first come first served. The queue is bounded, and each session waits for its answer before its next batch. Where
//! one waits for long, for this or for another commit, the thread is overrun (or the disk is), and who comes anew is told so at once.

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use helhet_protocol::log::VerifiedEntry;
use helhet_protocol::v1::CloseCode;
use rusqlite::Transaction;

use crate::hub::Hub;
use crate::ingest::{self, Author, IngestError, Ingested};

/// Batches that may wait.
const QUEUE: usize = 64;
/// Batches that share a commit.
const GROUP: usize = 32;

/// Who waits for longer to have something stored shows that more comes in than can be stored. 300 chapters at once stay far below.
pub(super) const OVERRUN: Duration = Duration::from_secs(2);

/// Gives batches to the thread. Cheap to clone; the thread ends with the last one.
#[derive(Clone)]
pub(super) struct Writer {
    jobs: SyncSender<Job>,
    waiting: Waiting,
}

struct Job {
    author: Author,
    entries: Vec<VerifiedEntry>,
    answer: SyncSender<Result<Ingested, CloseCode>>,
}

impl Writer {
    pub(super) fn start(hub: Hub) -> Self {
        let (sender, jobs) = sync_channel(QUEUE);
        std::thread::spawn(move || run(&hub, &jobs));
        Self { jobs: sender, waiting: Waiting::default() }
    }

    /// Whether it is so far behind that nobody else should be let in.
    pub(super) fn is_overrun(&self) -> bool {
        self.waiting.longest(Instant::now()) > OVERRUN
    }

    /// Somebody waits, until this is dropped, for a commit that does not go through the queue.
    pub(super) fn wait(&self) -> Waits {
        self.waiting.wait(Instant::now())
    }

    /// Blocks until the batch is durable, or refused.
    pub(super) fn store(&self, author: Author, entries: Vec<VerifiedEntry>) -> Result<Ingested, CloseCode> {
        let _waits = self.wait();
        let (answer, answered) = sync_channel(1);
        self.jobs.send(Job { author, entries, answer }).map_err(|_| CloseCode::StoreFailed)?;
        answered.recv().unwrap_or(Err(CloseCode::StoreFailed))
    }
}

/// Since when each one waits whose commit is not done yet.
#[derive(Clone, Default)]
struct Waiting(Arc<Mutex<Since>>);

#[derive(Default)]
struct Since {
    next: u64,
    /// In the order in which they came.
    by_number: BTreeMap<u64, Instant>,
}

/// One waits until this is dropped.
pub(super) struct Waits {
    waiting: Waiting,
    number: u64,
}

impl Waiting {
    fn wait(&self, now: Instant) -> Waits {
        let mut since = self.lock();
        let number = since.next;
        since.next += 1;
        since.by_number.insert(number, now);
        Waits { waiting: self.clone(), number }
    }

    fn longest(&self, now: Instant) -> Duration {
        let since = self.lock();
        since.by_number.values().next().map_or(Duration::ZERO, |began| now.saturating_duration_since(*began))
    }

    fn lock(&self) -> MutexGuard<'_, Since> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Waits {
    fn drop(&mut self) {
        self.waiting.lock().by_number.remove(&self.number);
    }
}

fn run(hub: &Hub, jobs: &Receiver<Job>) {
    while let Ok(first) = jobs.recv() {
        let mut group = vec![first];
        while group.len() < GROUP
            && let Ok(job) = jobs.try_recv()
        {
            group.push(job);
        }
        let mut answers = Vec::with_capacity(group.len());
        let committed = hub.database().write(|transaction| {
            for job in &mut group {
                answers.push(one(hub, transaction, job)?);
            }
            Ok::<_, rusqlite::Error>(())
        });
        if let Err(error) = &committed {
            tracing::error!(%error, "batches could not be committed");
        }
        let mut answers = answers.into_iter();
        for job in group {
            let answer = match (&committed, answers.next()) {
                (Ok(()), Some(answer)) => answer,
                (Ok(()), None) | (Err(_), _) => Err(CloseCode::StoreFailed),
            };
            // A session that has ended does not wait for its answer.
            let _ = job.answer.send(answer);
        }
        hub.note_change();
    }
}

fn one(
    hub: &Hub,
    transaction: &Transaction<'_>,
    job: &mut Job,
) -> rusqlite::Result<Result<Ingested, CloseCode>> {
    transaction.execute_batch("SAVEPOINT batch")?;
    let entries = std::mem::take(&mut job.entries);
    let now = hub.now().timestamp();
    let result = ingest::ingest(transaction, hub.office(), &job.author, entries, now);
    let end = if result.is_ok() { "RELEASE batch" } else { "ROLLBACK TO batch; RELEASE batch" };
    transaction.execute_batch(end)?;
    Ok(result.map_err(|error: IngestError| {
        let code = error.close();
        tracing::warn!(chapter = %job.author.chapter, %code, %error, "a batch was refused");
        code
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_waits_longest_counts() {
        // T21
        let (waiting, began) = (Waiting::default(), Instant::now());
        let at = |seconds| began + Duration::from_secs(seconds);
        assert_eq!(waiting.longest(at(9)), Duration::ZERO);
        let (first, second) = (waiting.wait(at(0)), waiting.wait(at(2)));
        assert_eq!(waiting.longest(at(3)), Duration::from_secs(3));
        drop(first);
        assert_eq!(waiting.longest(at(3)), Duration::from_secs(1));
        drop(second);
        assert_eq!(waiting.longest(at(9)), Duration::ZERO);
    }
}
