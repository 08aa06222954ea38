//! Helhet's chapter program: the full record of a chapter's supporters, at work with or without a network.
//!
//! Read this first: a [`Node`] is a store, the door to it, and a connection to the hub. [`Node::open`] gives one over a
//! folder that has joined, [`join`] makes one. Commands go through [`write`], questions through [`read`].
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod access;
pub mod ask;
pub mod cli;
pub mod files;
pub mod join;
pub mod project;
pub mod read;
pub mod restore;
pub mod store;
pub mod sync;
pub mod web;
pub mod write;

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;

use helhet_protocol::seal::SealKey;
use helhet_protocol::transport::{self, EndpointError};
use helhet_shared::clock::Clock;
use helhet_shared::web::live::Live;
use tokio::sync::watch;

use store::identity::{self, Identity};
use store::setup::{self, Step};
use store::{Store, StoreError, settings};
use sync::{Arrivals, Connection, Pass, SyncError};
use web::chapter::Chapter;
use write::Writer;
use write::devices::BEGINNING;

/// A chapter's node over its folder. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Node {
    writer: Writer,
    connection: watch::Sender<Connection>,
    arrivals: Arrivals,
}

impl Node {
    /// Opens a folder that has joined; [`StoreError::HalfJoined`] where the hub never answered. Loads no document, unless
    /// an older program wrote what screens read.
    pub fn open(folder: &Path, clock: Arc<dyn Clock>) -> Result<Node, StoreError> {
        Node::over(Store::open_existing(folder)?, clock)
    }

    /// The same for a folder that opens by a passphrase.
    pub fn unlock(folder: &Path, passphrase: &str, clock: Arc<dyn Clock>) -> Result<Node, StoreError> {
        Node::over(Store::unlock(folder, passphrase)?, clock)
    }

    /// The same folder once more, as what was learnt meanwhile makes it.
    pub(crate) fn reopen(store: &Store, clock: Arc<dyn Clock>) -> Result<Node, StoreError> {
        Node::over(Store::open(store.folder(), store.key().clone())?, clock)
    }

    fn over(store: Store, clock: Arc<dyn Clock>) -> Result<Node, StoreError> {
        let (identity, step) = store.database().read(|connection| {
            Ok::<_, StoreError>((identity::read(connection)?, setup::step(connection)?))
        })?;
        let identity =
            identity.ok_or_else(|| StoreError::NothingHere { folder: store.folder().to_owned() })?;
        if step == Step::Asked {
            return Err(StoreError::HalfJoined);
        }
        if store
            .database()
            .read(|connection| settings::read(connection, BEGINNING).map_err(StoreError::from))?
            .is_some()
        {
            return Err(StoreError::HalfRestored);
        }
        if !store.database().read(|connection| Ok::<_, StoreError>(project::is_current(connection)?))? {
            store.database().write(|transaction| project::rebuild(transaction, identity.chapter))?;
        }
        let node = Node::with(store, identity, clock);
        node.writer.look_for_bytes_left()?;
        Ok(node)
    }

    pub(crate) fn with(store: Store, identity: Identity, clock: Arc<dyn Clock>) -> Node {
        let writer = Writer::new(Arc::new(store), Arc::new(identity), clock);
        Node { writer, connection: watch::Sender::default(), arrivals: Arrivals::default() }
    }

    /// The same, with what the recovery phrase opens.
    pub(crate) fn with_paper(self, paper: SealKey) -> Node {
        Node { writer: self.writer.with_paper(paper), ..self }
    }

    /// The same, for somebody who holds the peer-support key, or does not.
    pub(crate) fn with_peer_support(self, key: Option<SealKey>) -> Node {
        Node { writer: self.writer.with_peer_support(key), ..self }
    }

    /// Of who acts, where that is a holder of it.
    pub(crate) fn peer_support_key(&self) -> Option<&SealKey> {
        self.writer.peer_support_key()
    }

    /// The door for every edit.
    pub fn writer(&self) -> &Writer {
        &self.writer
    }

    /// What questions are asked of.
    pub fn store(&self) -> &Store {
        self.writer.store()
    }

    /// Who this device is.
    pub fn identity(&self) -> &Identity {
        self.writer.identity()
    }

    /// One pass to convergence with the hub.
    pub async fn sync(&self) -> Result<Pass, SyncError> {
        self.sync_with(None, None).await.map(|(pass, _)| pass)
    }

    /// One pass, with a hub at another address than the known one, or to redeem an invite.
    pub async fn sync_with(
        &self,
        address: Option<&str>,
        join: Option<&sync::Join>,
    ) -> Result<(Pass, Option<String>), SyncError> {
        self.tidy();
        sync::pass(&self.writer, &self.arrivals, address, join).await
    }

    /// One pass with another computer of the chapter that [listens](Node::listen).
    pub async fn meet(&self, address: &str) -> Result<Pass, SyncError> {
        self.tidy();
        sync::meet(&self.writer, &self.arrivals, address).await
    }

    /// What an erasure had to leave is a later one's to take away, and nothing that a meeting should fail for.
    fn tidy(&self) {
        if let Err(error) = self.writer.tidy() {
            tracing::warn!(%error, "what was erased is not out of the files yet");
        }
    }

    /// Opens a port for the chapter's other computers. They are let in for as long as the future is polled.
    ///
    /// # Errors
    /// When the address is taken.
    pub fn listen(
        &self,
        address: SocketAddr,
    ) -> Result<(SocketAddr, impl Future<Output = ()> + Send + use<>), SyncError> {
        let endpoint = transport::listening_endpoint(&self.identity().device, address)?;
        let address = endpoint.local_addr().map_err(EndpointError::from)?;
        Ok((address, sync::listen(self.writer.clone(), self.arrivals.clone(), endpoint)))
    }

    /// Stays connected for as long as this future is polled.
    pub async fn keep_syncing(&self) {
        sync::keep(self.writer.clone(), self.arrivals.clone(), self.connection.clone()).await;
    }

    /// Whether there is a connection, as it changes.
    pub fn connection(&self) -> watch::Receiver<Connection> {
        self.connection.subscribe()
    }

    /// Drops and rebuilds everything that screens read. Returns how many supporters there are.
    pub fn rebuild(&self) -> Result<u32, StoreError> {
        let chapter = self.identity().chapter;
        let rebuilt = self.store().database().write(|transaction| project::rebuild(transaction, chapter))?;
        self.writer.announce();
        Ok(rebuilt)
    }

    /// Looks at every change that is held; how many are not what their entries promise.
    pub fn check_contents(&self) -> Result<u64, StoreError> {
        let chapter = *self.identity().chapter.as_bytes();
        self.store().database().write(|transaction| store::contents::check(transaction, &chapter))
    }
}

/// Serves screens and sync over a folder until `stop` is done; one that has not joined shows the set-up, and one that a
/// passphrase opens asks for it. HTTP opens last.
pub async fn serve(
    folder: &Path,
    clock: Arc<dyn Clock>,
    http: &str,
    stop: impl Future<Output = ()> + Send + 'static,
) -> anyhow::Result<()> {
    serve_chapter(Chapter::open(folder, clock.clone())?, clock, http, stop).await
}

/// The same over a desk that is open already.
pub(crate) async fn serve_chapter(
    chapter: Arc<Chapter>,
    clock: Arc<dyn Clock>,
    http: &str,
    stop: impl Future<Output = ()> + Send + 'static,
) -> anyhow::Result<()> {
    let listener =
        tokio::net::TcpListener::bind(http).await.with_context(|| format!("{http} cannot be listened on"))?;
    let address = listener.local_addr()?;
    let live = Live::default();
    let screens = web::screens(chapter.clone(), live.clone(), address.port(), clock)?;
    tracing::info!(%address, "the screens are open");
    let stop = async move {
        stop.await;
        // Open pages hold a stream each, and would keep the program waiting.
        live.close();
    };
    let served = axum::serve(listener, screens.into_make_service_with_connect_info::<SocketAddr>())
        .with_graceful_shutdown(stop)
        .await;
    chapter.stop();
    Ok(served?)
}
