//! Staying connected: entries are pushed as they are made, and a lost connection is tried again with growing pauses.
use std::time::Duration;

use helhet_protocol::transport::{Handle, LinkError};
use helhet_protocol::v1::CloseCode;
use tokio::sync::watch;

use super::arrivals::Arrivals;
use super::bell::Bell;
use super::conversation::Until;
use super::dial::session;
use super::pause::{Pauses, SHORTEST};
use super::{JOIN_PATIENCE, SyncError, take_turn};
use crate::write::Writer;

/// How often commits of other processes are looked for.
const POLL: Duration = Duration::from_millis(400);

/// Whether there is a connection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Connection {
    /// Not tried yet, or being tried.
    #[default]
    Dialling,
    /// Each knows who the other is.
    Connected,
    /// None. What the office said, where it answered and refused.
    Offline { refused: Option<CloseCode> },
}

/// Keeps a session with the hub for as long as this future is polled.
pub async fn keep(writer: Writer, arrivals: Arrivals, state: watch::Sender<Connection>) {
    let (session, sessions) = watch::channel(None);
    let noticing = notice_others(writer.clone());
    let answering = answer_commands(writer.clone(), sessions);
    let connecting = reconnect(writer, arrivals, state, session);
    tokio::join!(noticing, answering, connecting);
}

/// Commands that would sync ask who keeps the session.
async fn answer_commands(writer: Writer, session: watch::Receiver<Option<Handle>>) {
    match Bell::hang(writer.store()).await {
        Ok(bell) => bell.answer(session, JOIN_PATIENCE).await,
        Err(error) => tracing::error!(%error, "commands that sync will find this program busy"),
    }
}

async fn reconnect(
    writer: Writer,
    arrivals: Arrivals,
    state: watch::Sender<Connection>,
    running: watch::Sender<Option<Handle>>,
) {
    let mut pauses = Pauses::default();
    let mut parted = false;
    loop {
        let mut commits = writer.watch();
        commits.mark_unchanged();
        let error = once(&writer, &arrivals, &state, &running).await;
        running.send_replace(None);
        tracing::debug!(%error, "no session with the hub");
        // Where copies are told apart the next try is due at once. A hub that says so again and again is not humoured.
        let parted_again = std::mem::replace(&mut parted, matches!(error, SyncError::Copied)) && parted;
        if *state.borrow() == Connection::Connected && !parted_again {
            pauses = Pauses::default();
        }
        let refused = if let SyncError::Refused(code) = error
            && code != CloseCode::GoingAway
        {
            Some(code)
        } else {
            None
        };
        state.send_replace(Connection::Offline { refused });
        // Somebody who works at this computer is worth a try sooner, but not one for each key press, and none to a hub
        // that has more than enough to do.
        let is_busy = refused == Some(CloseCode::Busy);
        tokio::select! {
            () = tokio::time::sleep(pauses.next()) => {}
            _ = async {
                tokio::time::sleep(SHORTEST).await;
                commits.changed().await
            }, if !is_busy => {}
        }
    }
}

/// One session, as long as it lasts; gives why it ended.
async fn once(
    writer: &Writer,
    arrivals: &Arrivals,
    state: &watch::Sender<Connection>,
    running: &watch::Sender<Option<Handle>>,
) -> SyncError {
    let _turn = match take_turn(writer.store().folder()) {
        Ok(Some(turn)) => turn,
        Ok(None) => return SyncError::Busy,
        Err(error) => return error,
    };
    let mut commits = writer.watch();
    let connected = state.clone();
    let met = move || {
        connected.send_replace(Connection::Connected);
    };
    let talking = session(writer, arrivals, None, None, Until::Stopped { met: Box::new(met) }, |handle| {
        running.send_replace(Some(handle.clone()));
    });
    let pushing = async {
        while commits.changed().await.is_ok() {
            if let Some(handle) = running.borrow().as_ref() {
                handle.wake();
            }
        }
        std::future::pending().await
    };
    let ended = tokio::select! {
        ended = talking => ended,
        () = pushing => unreachable!("pushing never ends by itself"),
    };
    match ended.map(|met| (met.parted, met.report.ended)) {
        Ok((true, _)) => SyncError::Copied,
        Ok((false, Ok(outcome))) => SyncError::Refused(outcome.code),
        Ok((false, Err(LinkError::Closed(code)))) => SyncError::Refused(code),
        Ok((false, Err(error))) => SyncError::Broken(error),
        Err(error) => error,
    }
}

/// Commits of other processes wake sync and screens as our own do, and a new day ends the roles that end with it, however
/// long a session has been open.
async fn notice_others(writer: Writer) {
    let connection = match writer.store().database().reader() {
        Ok(connection) => connection,
        Err(error) => {
            tracing::error!(%error, "commits of other programs on this folder will not be noticed");
            return;
        }
    };
    let mut known = None;
    // A session begins with the day's turn.
    let mut day = writer.today();
    loop {
        let version = connection.pragma_query_value(None, "data_version", |row| row.get::<_, i64>(0)).ok();
        if known.is_some() && version != known {
            writer.announce();
        }
        known = version;
        if day != writer.today() || writer.has_bytes_left() {
            let turning = writer.clone();
            let turned = tokio::task::spawn_blocking(move || {
                turning.tidy()?;
                turning.act(|deed| deed.begin_day())
            });
            match turned.await {
                Ok(Ok(())) => day = writer.today(),
                Ok(Err(error)) => tracing::error!(%error, "the day could not be begun"),
                Err(error) => tracing::error!(%error, "the day could not be begun"),
            }
        }
        tokio::time::sleep(POLL).await;
    }
}
