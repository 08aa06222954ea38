//! One thread commits what all sessions bring: batches that wait together share one commit, each in a savepoint of its
//! own, first come first served. The queue is bounded, and each session waits for its answer before its next batch.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use helhet_protocol::log::VerifiedEntry;
use helhet_protocol::v1::CloseCode;
use rusqlite::Transaction;

use crate::hub::Hub;
use crate::ingest::{self, Author, IngestError, Ingested};

/// Batches that may wait.
const QUEUE: usize = 64;
/// Batches that share a commit.
const GROUP: usize = 32;

/// Gives batches to the thread. Cheap to clone; the thread ends with the last one.
#[derive(Clone)]
pub(super) struct Writer(SyncSender<Job>);

struct Job {
    author: Author,
    entries: Vec<VerifiedEntry>,
    answer: SyncSender<Result<Ingested, CloseCode>>,
}

impl Writer {
    pub(super) fn start(hub: Hub) -> Self {
        let (sender, jobs) = sync_channel(QUEUE);
        std::thread::spawn(move || run(&hub, &jobs));
        Self(sender)
    }

    /// Blocks until the batch is durable, or refused.
    pub(super) fn store(&self, author: Author, entries: Vec<VerifiedEntry>) -> Result<Ingested, CloseCode> {
        let (answer, answered) = sync_channel(1);
        self.0.send(Job { author, entries, answer }).map_err(|_| CloseCode::StoreFailed)?;
        answered.recv().unwrap_or(Err(CloseCode::StoreFailed))
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
