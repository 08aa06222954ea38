//! Looks after what follows a commit, whoever made it, this process or another: projects, signs the erasure receipts
//! that are owed, and wakes the sessions of the chapters for which the hub has something new.
//!
//! What failed is tried again though nothing else happens: a reader that was in the way of a receipt leaves silently.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use helhet_shared::sqlite::Id;

use super::Sessions;
use crate::hub::Hub;
use crate::log::NO_CHAPTER;
use crate::store::{StoreError, feed};

/// How long another process's commit may stay unnoticed.
const LOOK_AGAIN: Duration = Duration::from_millis(250);

/// How long readers in the way of a receipt are waited for at a time: meanwhile nothing is projected, and few write.
pub(super) const PATIENCE: Duration = Duration::from_secs(1);
/// What failed is tried again after this, then after twice as long each time …
const TRY_AGAIN_FIRST: Duration = Duration::from_millis(500);
/// … and never later than this.
const TRY_AGAIN_LAST: Duration = Duration::from_secs(15);

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
    let (mut receipts, mut rest) = (Again::default(), Again::default());
    while !stop.load(Ordering::Relaxed) {
        let woken = runtime.block_on(async { tokio::time::timeout(LOOK_AGAIN, changed.changed()).await });
        if let Ok(Err(_)) = woken {
            return;
        }
        let now = watching.as_ref().ok().and_then(|reader| feed::data_version(reader).ok());
        let quiet = woken.is_err() && now.is_some() && now == version;
        version = now;
        let at = Instant::now();
        // A reader that was in the way a moment ago is so still: every try costs those who write.
        if receipts.is_due(at) && (!quiet || receipts.is_owed()) {
            let done = hub.finish_erasures(PATIENCE);
            if let Err(error) = &done {
                tracing::warn!(%error, "erasure receipts are still owed");
            }
            receipts.note(done.is_ok(), Instant::now());
        }
        if !quiet || (rest.is_owed() && rest.is_due(at)) {
            let told_all = tell(hub, sessions, &mut told);
            let projected = hub.project();
            if let Err(error) = &projected {
                tracing::error!(%error, "the projections are behind");
            }
            rest.note(told_all && projected.is_ok(), Instant::now());
        }
    }
}

/// When to try again what failed.
#[derive(Default)]
struct Again(Option<(Instant, Duration)>);

impl Again {
    fn is_owed(&self) -> bool {
        self.0.is_some()
    }

    fn is_due(&self, now: Instant) -> bool {
        self.0.is_none_or(|(due, _)| now >= due)
    }

    fn note(&mut self, done: bool, now: Instant) {
        let wait = match self.0 {
            Some((_, last)) => (last * 2).min(TRY_AGAIN_LAST),
            None => TRY_AGAIN_FIRST,
        };
        self.0 = (!done).then(|| (now + wait, wait));
    }
}

/// Wakes the sessions of the chapters for which there is something after entry `told`; false when that is not known.
fn tell(hub: &Hub, sessions: &Sessions, told: &mut i64) -> bool {
    match hub.database().read(|connection| news(connection, &hub.office().key.public().0, *told)) {
        Ok((chapters, upto)) => {
            let brought = match sessions.has_siblings() {
                true => hub
                    .database()
                    .read(|connection| Ok::<_, StoreError>(feed::chapters_after(connection, *told, upto)?)),
                false => Ok(Vec::new()),
            };
            *told = upto;
            for chapter in chapters {
                sessions.wake((chapter != NO_CHAPTER).then_some(&chapter));
            }
            brought.unwrap_or_default().iter().for_each(|chapter| sessions.wake_siblings(chapter));
            true
        }
        Err(error) => {
            tracing::error!(%error, "the log cannot be read");
            false
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_failed_waits_longer_each_time_and_never_for_long() {
        // C6
        let mut now = Instant::now();
        let mut again = Again::default();
        assert!(again.is_due(now) && !again.is_owed());
        let mut waits = Vec::new();
        for _ in 0..8 {
            again.note(false, now);
            let (due, wait) = again.0.unwrap();
            assert!(again.is_owed() && !again.is_due(now) && again.is_due(due));
            waits.push(wait.as_millis());
            now = due;
        }
        assert_eq!(waits, [500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
        again.note(true, now);
        assert!(!again.is_owed() && again.is_due(now));
        again.note(false, now);
        assert_eq!(again.0.unwrap().1, TRY_AGAIN_FIRST, "a new trouble begins anew");
    }
}
