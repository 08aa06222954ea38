//! Staying connected: entries are pushed as they are made, and a lost connection is tried again with growing pauses.
use std::time::Duration;

use helhet_protocol::transport::LinkError;
use rand::RngExt as _;
use tokio::sync::watch;

use super::conversation::Until;
use super::hub::session;
use super::{SyncError, take_turn};
use crate::write::Writer;

const PAUSE_MS_MIN: u64 = 1_000;
const PAUSE_MS_MAX: u64 = 5 * 60 * 1_000;
/// How often commits of other processes are looked for.
const POLL: Duration = Duration::from_millis(400);

/// Whether there is a connection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Connection {
    /// Not tried yet, or being tried.
    #[default]
    Dialling,
    Connected,
    /// None; why, in words for a person.
    Offline {
        reason: String,
    },
}

/// Keeps a session with the hub for as long as this future is polled.
pub async fn keep(writer: Writer, state: watch::Sender<Connection>) {
    let noticing = notice_others(writer.clone());
    let connecting = reconnect(writer, state);
    tokio::join!(noticing, connecting);
}

async fn reconnect(writer: Writer, state: watch::Sender<Connection>) {
    let mut pause = PAUSE_MS_MIN;
    loop {
        let mut commits = writer.watch();
        commits.mark_unchanged();
        match once(&writer, &state).await {
            Ok(()) => pause = PAUSE_MS_MIN,
            Err(error) => {
                tracing::debug!(%error, "no session with the hub");
                state.send_replace(Connection::Offline { reason: error.to_string() });
            }
        }
        let jitter = rand::rng().random_range(pause / 2..=pause);
        pause = (pause * 2).min(PAUSE_MS_MAX);
        // Somebody who works at this computer is worth a try sooner, but not one for each key press.
        tokio::select! {
            () = tokio::time::sleep(Duration::from_millis(jitter)) => {}
            _ = async {
                tokio::time::sleep(Duration::from_millis(PAUSE_MS_MIN)).await;
                commits.changed().await
            } => {}
        }
    }
}

async fn once(writer: &Writer, state: &watch::Sender<Connection>) -> Result<(), SyncError> {
    let Some(_turn) = take_turn(writer.store().folder())? else { return Err(SyncError::Busy) };
    let mut commits = writer.watch();
    let (pusher, handles) = tokio::sync::oneshot::channel();
    let running = session(writer, None, None, Until::Stopped, |handle| {
        state.send_replace(Connection::Connected);
        let _ = pusher.send(handle.clone());
    });
    let pushing = async {
        let Ok(handle) = handles.await else { return std::future::pending().await };
        while commits.changed().await.is_ok() {
            handle.wake();
        }
    };
    let (report, _) = tokio::select! {
        ended = running => ended?,
        () = pushing => return Ok(()),
    };
    match report.ended {
        Ok(outcome) => Err(SyncError::Refused(outcome.code)),
        Err(LinkError::Closed(code)) => Err(SyncError::Refused(code)),
        Err(error) => Err(SyncError::Broken(error)),
    }
}

/// Commits of other processes wake sync and screens as our own do.
async fn notice_others(writer: Writer) {
    let connection = match writer.store().database().reader() {
        Ok(connection) => connection,
        Err(error) => {
            tracing::error!(%error, "commits of other programs on this folder will not be noticed");
            return;
        }
    };
    let mut known = None;
    loop {
        let version = connection.pragma_query_value(None, "data_version", |row| row.get::<_, i64>(0)).ok();
        if known.is_some() && version != known {
            writer.announce();
        }
        known = version;
        tokio::time::sleep(POLL).await;
    }
}
