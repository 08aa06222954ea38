//! Being dialled by the chapter's other devices, in the same room and with no hub.
//!
//! The port stands open to a whole network, and a device's certificate says to whose chapter its owner belongs. So a key that
//! is no device's of the chapter, as far as this one knows, hears nothing at all; the rest is decided by the hello, as at the hub.
use std::sync::Arc;
use std::time::Duration;

use helhet_protocol::session::{Config, Session};
use helhet_protocol::transport::{self, Endpoint, Handle, Link};
use helhet_protocol::v1::CloseCode;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::SyncError;
use super::arrivals::Arrivals;
use super::conversation::{Conversation, Until};
use super::dial::credential;
use crate::store::{StoreError, members};
use crate::write::{WriteError, Writer};

/// Sessions at once: a chapter has a few computers.
const SEATS: usize = 8;
/// Who has not said an acceptable hello by then leaves its seat.
const HELLO_PATIENCE: Duration = Duration::from_secs(10);

/// Takes in the chapter's devices for as long as this future is polled.
pub async fn listen(writer: Writer, arrivals: Arrivals, endpoint: Endpoint) {
    let seats = Arc::new(Semaphore::new(SEATS));
    // They end with this future.
    let mut sessions = JoinSet::new();
    while let Some(incoming) = endpoint.accept().await {
        while sessions.try_join_next().is_some() {}
        let Ok(seat) = seats.clone().try_acquire_owned() else {
            incoming.refuse();
            continue;
        };
        let (writer, arrivals) = (writer.clone(), arrivals.clone());
        sessions.spawn(async move {
            match transport::accept(incoming).await {
                Ok(link) => {
                    if let Err(error) = converse(&writer, &arrivals, link).await {
                        tracing::warn!(%error, "no session with another computer of the chapter");
                    }
                }
                Err(error) => tracing::debug!(%error, "a connection came to nothing"),
            }
            drop(seat);
        });
    }
}

async fn converse(writer: &Writer, arrivals: &Arrivals, link: Link) -> Result<(), SyncError> {
    let (key, chapter) = (link.peer_key, *writer.identity().chapter.as_bytes());
    let is_ours = writer.store().database().read(|connection| members::is_device(connection, &chapter, &key));
    if !is_ours.map_err(WriteError::from)? {
        link.refuse(CloseCode::UnknownDevice);
        return Ok(());
    }
    let (credential, _) = credential(writer)?;
    let session = Session::new(Config {
        credential,
        store: writer.identity().store,
        peer_key: key,
        exporter: link.exporter,
        opening: None,
    });
    let (handle, control) = transport::control();
    let until = Until::Stopped { met: Box::new(|| ()) };
    let conversation =
        Arc::new(Conversation::new(writer.clone(), handle.clone(), until, arrivals.session(), None));
    let mut running = std::pin::pin!(link.run(session, conversation.clone(), control));
    let (pushing, impatient) = (push(writer, &handle, &conversation), tokio::time::sleep(HELLO_PATIENCE));
    let (mut pushing, mut impatient) = (std::pin::pin!(pushing), std::pin::pin!(impatient));
    let mut is_late = false;
    let report = loop {
        tokio::select! {
            report = &mut running => break report,
            () = &mut pushing => {}
            () = &mut impatient, if !is_late => {
                is_late = true;
                if conversation.other().is_none() {
                    handle.close(CloseCode::Busy);
                }
            }
        }
    };
    let end = report.ended.as_ref().map_or_else(ToString::to_string, |outcome| outcome.code.to_string());
    tracing::info!(device = key.fingerprint(), end, "a session with another computer ended");
    conversation.failure().map_or(Ok(()), |error| Err(error.into()))
}

/// What is written meanwhile goes along at once, and who is put out meanwhile hears that and nothing more.
async fn push(writer: &Writer, handle: &Handle, conversation: &Conversation) {
    let mut commits = writer.watch();
    let chapter = *writer.identity().chapter.as_bytes();
    while commits.changed().await.is_ok() {
        let Some(other) = conversation.other() else { continue };
        let out = writer.store().database().read(|connection| -> Result<_, StoreError> {
            members::revocation(connection, &chapter, &other.key())
        });
        match out {
            Ok(Some(proof)) => handle.revoke(proof),
            Ok(None) => handle.wake(),
            Err(error) => {
                tracing::error!(%error, "the store failed");
                handle.close(CloseCode::StoreFailed);
            }
        }
    }
    std::future::pending().await
}
