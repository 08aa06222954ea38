//! Looks after what follows a commit, whoever made it, this process or another: projects, signs the erasure receipts
//! that are owed, and wakes the sessions of the chapters for which the hub has something new.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use helhet_shared::sqlite::Id;
use rusqlite::Connection;

use super::Sessions;
use crate::hub::Hub;
use crate::log::NO_CHAPTER;
use crate::store::StoreError;

/// How long another process's commit may stay unnoticed.
const LOOK_AGAIN: Duration = Duration::from_millis(250);

/// The thread's handle.
pub(super) struct Keeper {
    stop: Arc<AtomicBool>,
    hub: Hub,
}

impl Keeper {
    pub(super) fn start(hub: Hub, sessions: Sessions) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let keeper = Self { stop: stop.clone(), hub: hub.clone() };
        let runtime = tokio::runtime::Handle::current();
        std::thread::spawn(move || keep(&hub, &sessions, &stop, &runtime));
        keeper
    }

    pub(super) fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
        self.hub.note_change();
    }
}

fn keep(hub: &Hub, sessions: &Sessions, stop: &AtomicBool, runtime: &tokio::runtime::Handle) {
    let mut changed = hub.changed();
    let mut told = hub.database().read(newest).unwrap_or(0);
    let watching = hub.database().reader();
    let mut version = None;
    while !stop.load(Ordering::Relaxed) {
        let woken = runtime.block_on(async { tokio::time::timeout(LOOK_AGAIN, changed.changed()).await });
        if let Ok(Err(_)) = woken {
            return;
        }
        let now = watching.as_ref().ok().and_then(|reader| data_version(reader).ok());
        if woken.is_err() && now.is_some() && now == version {
            continue;
        }
        version = now;
        if let Err(error) = hub.finish_erasures() {
            tracing::warn!(%error, "erasure receipts are still owed");
        }
        match hub.database().read(|connection| news(connection, &hub.office().key.public().0, told)) {
            Ok((chapters, upto)) => {
                told = upto;
                for chapter in chapters {
                    sessions.wake((chapter != NO_CHAPTER).then_some(&chapter));
                }
            }
            Err(error) => tracing::error!(%error, "the log cannot be read"),
        }
        if let Err(error) = hub.project() {
            tracing::error!(%error, "the projections are behind");
        }
    }
}

fn data_version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "data_version", |row| row.get(0))
}

fn newest(connection: &rusqlite::Transaction<'_>) -> Result<i64, StoreError> {
    Ok(connection.query_row("SELECT coalesce(max(id), 0) FROM entries", [], |row| row.get(0))?)
}

/// The chapters for which the hub wrote something after entry `told`.
fn news(
    connection: &rusqlite::Transaction<'_>,
    own: &[u8; 32],
    told: i64,
) -> Result<(Vec<Id>, i64), StoreError> {
    let upto = newest(connection)?;
    let mut statement = connection.prepare_cached(
        "SELECT DISTINCT entries.chapter FROM entries JOIN logs ON logs.id = entries.log
         WHERE entries.id > ?1 AND entries.id <= ?2 AND logs.author = ?3",
    )?;
    let chapters = statement.query_map((told, upto, own), |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok((chapters, upto))
}
