//! Looks after what follows a commit, whoever made it, this process or another: projects, signs the erasure receipts
//! that are owed, and wakes the sessions of the chapters for which the hub has something new.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use helhet_shared::sqlite::Id;

use super::Sessions;
use crate::hub::Hub;
use crate::log::NO_CHAPTER;
use crate::store::{StoreError, feed};

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
    let mut told = hub
        .database()
        .read(|connection| feed::newest_entry(connection).map_err(StoreError::from))
        .unwrap_or(0);
    let watching = hub.database().reader();
    let mut version = None;
    while !stop.load(Ordering::Relaxed) {
        let woken = runtime.block_on(async { tokio::time::timeout(LOOK_AGAIN, changed.changed()).await });
        if let Ok(Err(_)) = woken {
            return;
        }
        let now = watching.as_ref().ok().and_then(|reader| feed::data_version(reader).ok());
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

/// The chapters for which the hub wrote something after entry `told`, and how far that is.
fn news(
    connection: &rusqlite::Transaction<'_>,
    own: &[u8; 32],
    told: i64,
) -> Result<(Vec<Id>, i64), StoreError> {
    let upto = feed::newest_entry(connection)?;
    Ok((feed::chapters_with_news(connection, own, told, upto)?, upto))
}
