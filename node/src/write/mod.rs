//! AN EDIT ENTERS HERE and nowhere else.
//!
//! One deed is one `BEGIN IMMEDIATE` transaction: documents are read inside it, the command changes the chapter's
//! record, the gate decides what leaves, both zones' changes become one signed entry each, the projections follow,
//! commit. Only then is sync woken. Nothing is half done, whenever the program is killed.
pub(crate) mod agreement;
mod arrive;
mod beyond;
pub(crate) mod confidential;
mod copied;
mod copied_sealed;
mod deed;
pub(crate) mod devices;
mod double;
mod erase;
pub mod held;
mod import;
mod receipts;
mod receive;
pub(crate) mod sealed;
mod second_word;
mod share;
mod supporter;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::NaiveDate;
use helhet_protocol::seal::{SealError, SealKey};
use helhet_shared::clock::Clock;
use helhet_shared::command::CommandError;
use helhet_shared::document::DocumentError;
use helhet_shared::sqlite::OpenError;
use helhet_shared::supporter::Kept;
use tokio::sync::watch;

pub use deed::Deed;
pub use import::{IMPORT_LINES_PER_ENTRY, Undone};
pub use receive::{Received, ReceivedEntry};
pub use second_word::Which;

use crate::store::identity::Identity;
use crate::store::{Store, StoreError};

/// The door: everything that changes anything goes through [`Writer::act`].
#[derive(Clone)]
pub struct Writer {
    store: Arc<Store>,
    identity: Arc<Identity>,
    clock: Arc<dyn Clock>,
    agreement: Arc<agreement::Known>,
    secrets: Arc<sealed::Secrets>,
    /// The recovery phrase's, while a chapter is restored by it.
    paper: Option<SealKey>,
    /// Of who acts, where that is a holder of it.
    peer_support: Option<SealKey>,
    /// Erased bytes are still in the files.
    bytes_remain: Arc<AtomicBool>,
    /// Counts commits; sync and open screens watch it.
    commits: watch::Sender<u64>,
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer").field("store", &self.store).finish_non_exhaustive()
    }
}

impl Writer {
    pub fn new(store: Arc<Store>, identity: Arc<Identity>, clock: Arc<dyn Clock>) -> Writer {
        Writer {
            store,
            identity,
            clock,
            agreement: Arc::default(),
            secrets: Arc::default(),
            paper: None,
            peer_support: None,
            bytes_remain: Arc::default(),
            commits: watch::Sender::new(0),
        }
    }

    pub(crate) fn with_paper(self, paper: SealKey) -> Writer {
        Writer { paper: Some(paper), ..self }
    }

    /// The same door for somebody who holds the peer-support key.
    pub(crate) fn with_peer_support(self, key: Option<SealKey>) -> Writer {
        Writer { peer_support: key, ..self }
    }

    pub(crate) fn peer_support_key(&self) -> Option<&SealKey> {
        self.peer_support.as_ref()
    }

    /// Does `what` in one transaction. An error leaves everything as it was.
    pub fn act<T>(&self, what: impl FnOnce(&mut Deed<'_>) -> Result<T, WriteError>) -> Result<T, WriteError> {
        self.carry_out(what, true)
    }

    /// The same in the middle of a session. What was erased is signed for when that has all come ([`Writer::sign_due`]): what
    /// another life of this store wrote may be on its way, and nothing is to take its place in the log.
    pub(crate) fn take_in<T>(
        &self,
        what: impl FnOnce(&mut Deed<'_>) -> Result<T, WriteError>,
    ) -> Result<T, WriteError> {
        self.carry_out(what, false)
    }

    fn carry_out<T>(
        &self,
        what: impl FnOnce(&mut Deed<'_>) -> Result<T, WriteError>,
        signs: bool,
    ) -> Result<T, WriteError> {
        let (done, erased) = self.store.database().write(|transaction| {
            let mut deed =
                Deed::begin(transaction, &self.identity, &self.agreement, &self.secrets, self.clock.now())?;
            deed.paper.clone_from(&self.paper);
            deed.peer_support.clone_from(&self.peer_support);
            let done = what(&mut deed)?;
            let erased = deed.finish()?;
            Ok::<_, WriteError>((done, erased))
        })?;
        let emptied = match (erased, signs) {
            (false, _) => Ok(()),
            (true, true) => self.empty_and_sign(),
            (true, false) => self.empty(),
        };
        if let Err(error) = emptied {
            // It is done all the same. The bytes go with the checkpoint of the next erasure, or with `tidy`.
            tracing::warn!(%error, "erased, but its bytes are not out of the files yet: something is reading them");
            self.bytes_remain.store(true, Ordering::Relaxed);
        }
        self.announce();
        Ok(done)
    }

    /// Whether an erasure had to leave bytes in the files.
    pub fn has_bytes_left(&self) -> bool {
        self.bytes_remain.load(Ordering::Relaxed)
    }

    /// Takes out of the files what an erasure had to leave there because something was reading, and signs for it.
    pub fn tidy(&self) -> Result<(), WriteError> {
        if self.has_bytes_left() {
            self.empty_and_sign()?;
            self.bytes_remain.store(false, Ordering::Relaxed);
            self.announce();
        }
        Ok(())
    }

    /// Signs for what others had erased, now that nothing of ours is on its way here.
    pub(crate) fn sign_due(&self) -> Result<(), WriteError> {
        if !self.to_sign()?.is_empty() {
            self.bytes_remain.store(true, Ordering::Relaxed);
        }
        self.tidy()
    }

    /// A program that was ended between an erasure and its receipt left that to the next.
    pub(crate) fn look_for_bytes_left(&self) -> Result<(), StoreError> {
        if !self.to_sign()?.is_empty() {
            self.bytes_remain.store(true, Ordering::Relaxed);
        }
        Ok(())
    }

    /// Wakes sync and screens; also for commits of another process.
    pub fn announce(&self) {
        self.commits.send_modify(|count| *count = count.wrapping_add(1));
    }

    /// Tells of every commit.
    pub fn watch(&self) -> watch::Receiver<u64> {
        self.commits.subscribe()
    }

    pub fn store(&self) -> &Arc<Store> {
        &self.store
    }

    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    pub fn clock(&self) -> &dyn Clock {
        self.clock.as_ref()
    }

    /// Today, as roles count it.
    pub fn today(&self) -> NaiveDate {
        self.clock.now().date_naive()
    }
}

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    #[error("there is no such supporter here")]
    NoSuchSupporter,
    #[error("the office has not published such an agreement")]
    NoSuchAgreement,
    #[error("what was entered cannot be taken")]
    Input(#[from] CommandError),
    #[error("that is too much for one change; enter it in parts")]
    TooLarge,
    #[error("there is no such device in this chapter")]
    NoSuchDevice,
    #[error("the device was removed from the chapter: invite it anew")]
    DeviceIsOut,
    #[error("this is the device that you are using: remove it on another one")]
    OwnDevice,
    #[error("this device may not decide on the chapter's devices: use one that may")]
    NotAdmin,
    #[error("these are not the chapter's words")]
    OtherPhrase,
    #[error("this computer may not erase anybody: do it on one that may, such as the leader's")]
    MayNotErase,
    #[error(
        "this computer has been the chapter's for less than three days: confirm on another one, or with the recovery phrase"
    )]
    Newcomer,
    #[error(
        "this supporter is kept until {} ({}): erase it from that day on, or record first that nothing asks for it any more",
        .0.until, .0.because
    )]
    Kept(Kept),
    #[error("somebody wrote for this chapter who is none of its devices")]
    Stranger,
    #[error(
        "this is closed to you: it is for those who read the notes on health, in the screens, after signing in there"
    )]
    Closed,
    #[error("the chapter's own data could not be sealed or opened")]
    Sealed(#[source] SealError),
    #[error(transparent)]
    Document(Box<DocumentError>),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Open(#[from] OpenError),
}

impl From<DocumentError> for WriteError {
    fn from(error: DocumentError) -> Self {
        Self::Document(Box::new(error))
    }
}

impl From<rusqlite::Error> for WriteError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(StoreError::Sqlite(error))
    }
}

#[cfg(test)]
mod confidential_tests;
#[cfg(test)]
mod copied_tests;
#[cfg(test)]
mod epochs_tests;
#[cfg(test)]
mod figures_tests;
#[cfg(test)]
mod receipts_tests;
#[cfg(test)]
mod restored_tests;
#[cfg(test)]
mod second_word_tests;
#[cfg(test)]
pub(crate) mod tests;
