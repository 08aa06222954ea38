//! The chapter's program behind the screens: every question goes to `read`, every deed to `write`, and a folder that has not joined yet
//! can be joined from here. It keeps in memory only what a set-up or an import under way needs.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use helhet_protocol::identity::{Invite, OfficeAddress, RecoveryPhrase};
use helhet_protocol::v1::CloseCode;
use helhet_shared::clock::Clock;
use helhet_shared::gate::Agreement;
use helhet_shared::second_factor::{Passage, pass_in_vain};
use helhet_shared::web::password;
use tokio::runtime::Handle;
use tokio::task::JoinHandle;

use super::chapter_computers::Knocking;
use super::chapter_holders::Holders;
use super::chapter_import::Batches;
use super::chapter_meeting::Meeting;
use super::desk::{DeskError, Entry, Knock, Recovery};
use crate::join::{JoinError, join_keeping};
use crate::restore::{RestoreError, restore};
use crate::store::lock::Keeping;
use crate::store::setup::{self, Step};
use crate::store::{self, StoreError, users};
use crate::sync::SyncError;
use crate::{Node, access, read};

/// The desk of the real program.
pub struct Chapter {
    folder: PathBuf,
    clock: Arc<dyn Clock>,
    runtime: Handle,
    state: Mutex<State>,
    unlocking: Mutex<()>,
    pub(super) batches: Mutex<Batches>,
}

#[derive(Default)]
struct State {
    node: Option<Node>,
    /// This computer asks to be one of a chapter's.
    knocking: Option<Knocking>,
    changed: Option<Arc<dyn Fn() + Send + Sync>>,
    tasks: Vec<JoinHandle<()>>,
    meeting: Meeting,
    holders: Holders,
}

impl std::fmt::Debug for Chapter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Chapter").field("folder", &self.folder).finish_non_exhaustive()
    }
}

impl Chapter {
    /// The desk over a folder, joined or not, locked or not. From a joined one it stays in step with the office until
    /// [`Chapter::stop`], from a locked one once it is unlocked. One whose joining was broken off begins again at the invite.
    /// Call it where tokio runs.
    pub fn open(folder: &Path, clock: Arc<dyn Clock>) -> Result<Arc<Chapter>, StoreError> {
        let node = match store::exists(folder).then(|| Node::open(folder, clock.clone())) {
            None | Some(Err(StoreError::HalfJoined | StoreError::HalfRestored | StoreError::Locked)) => None,
            Some(node) => Some(node?),
        };
        let chapter = Chapter::with(folder, clock);
        if let Some(node) = node {
            chapter.begin(node);
        }
        Ok(chapter)
    }

    /// The desk over a folder that is unlocked already.
    pub fn opened(node: Node, clock: Arc<dyn Clock>) -> Arc<Chapter> {
        let chapter = Chapter::with(node.store().folder(), clock);
        chapter.begin(node);
        chapter
    }

    fn with(folder: &Path, clock: Arc<dyn Clock>) -> Arc<Chapter> {
        Arc::new(Chapter {
            folder: folder.to_owned(),
            clock,
            runtime: Handle::current(),
            state: Mutex::default(),
            unlocking: Mutex::default(),
            batches: Mutex::default(),
        })
    }

    /// A desk over a node that does not sync.
    #[cfg(test)]
    pub(super) fn over(node: &Node) -> Arc<Chapter> {
        let clock = Arc::new(helhet_shared::clock::TestClock::at(node.writer().clock().now()));
        let chapter = Chapter::with(node.store().folder(), clock);
        chapter.state().node = Some(node.clone());
        chapter
    }

    /// Ends the sync.
    pub fn stop(&self) {
        for task in self.state().tasks.drain(..) {
            task.abort();
        }
    }

    pub(super) fn meeting<T>(&self, what: impl FnOnce(&mut Meeting) -> T) -> T {
        what(&mut self.state().meeting)
    }

    pub(super) fn holders<T>(&self, what: impl FnOnce(&mut Holders) -> T) -> T {
        what(&mut self.state().holders)
    }

    /// Ends everything that works on the folder.
    pub(super) fn forget(&self) {
        self.stop();
        // Lists that were being brought in are people too.
        *self.batches.lock().unwrap_or_else(PoisonError::into_inner) = Batches::default();
        let mut state = self.state();
        state.node = None;
        state.meeting = Meeting::default();
        state.holders = Holders::default();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn node(&self) -> Result<Node, DeskError> {
        self.state().node.clone().ok_or(DeskError::NotFound)
    }

    pub(super) fn joined(&self) -> Option<Node> {
        self.state().node.clone()
    }

    /// What the set-up has to show next.
    pub(super) fn step(node: &Node) -> Result<Step, DeskError> {
        node.store().database().read(|connection| setup::step(connection)).map_err(failed)
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// From here on the node syncs, and its commits wake the open pages.
    fn begin(&self, node: Node) {
        let syncing = node.clone();
        let mut state = self.state();
        state.tasks.push(self.runtime.spawn(async move { syncing.keep_syncing().await }));
        state.node = Some(node);
        drop(state);
        if let Err(error) = self.meet_as_wanted() {
            tracing::error!(%error, "the chapter's other computers cannot meet this one");
        }
        self.wake_pages();
    }

    pub(super) fn on_change(&self, changed: Arc<dyn Fn() + Send + Sync>) {
        self.state().changed = Some(changed);
        self.wake_pages();
    }

    fn wake_pages(&self) {
        let mut state = self.state();
        let (Some(node), Some(changed)) = (state.node.clone(), state.changed.clone()) else { return };
        let task = self.runtime.spawn(async move {
            let (mut commits, mut connection) = (node.writer().watch(), node.connection());
            loop {
                let alive = tokio::select! {
                    seen = commits.changed() => seen.is_ok(),
                    seen = connection.changed() => seen.is_ok(),
                };
                if !alive {
                    return;
                }
                changed();
            }
        });
        state.tasks.push(task);
    }

    pub(super) fn clock(&self) -> Arc<dyn Clock> {
        self.clock.clone()
    }

    /// For handlers, which may wait.
    pub(super) fn wait_for<T>(&self, task: impl Future<Output = T>) -> T {
        self.runtime.block_on(task)
    }

    /// Until [`Chapter::stop`].
    pub(super) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let task = self.runtime.spawn(task);
        self.state().tasks.push(task);
    }

    /// What this computer waits for, if it waits to be let in. Once it was, the chapter is at work.
    pub(super) fn waits(&self) -> Option<Knock> {
        let knocking = self.state().knocking.clone()?;
        let Some(node) = knocking.let_in() else { return Some(knocking.knock) };
        self.state().knocking = None;
        self.begin(node);
        None
    }

    /// Joins; the recovery words are kept until they are confirmed as written down.
    pub(super) fn join_by(&self, invite: &str, device: &str) -> Result<(), DeskError> {
        if self.joined().is_some() {
            return Ok(());
        }
        let now = self.clock.now().timestamp();
        if let Some(of_ours) = Invite::parse(invite, now).ok().filter(|invite| invite.admitted_by.is_some()) {
            let knocking = self.knock(&of_ours, device)?;
            self.state().knocking = Some(knocking);
            return Ok(());
        }
        let joined = self
            .runtime
            .block_on(join_keeping(
                &self.folder,
                invite,
                device,
                &Keeping::UntilFirstUser,
                self.clock.clone(),
            ))
            .map_err(join_error)?;
        self.begin(joined.node);
        Ok(())
    }

    /// Restores; whoever is the first user then locks the folder, as after joining.
    pub(super) fn restore_by(
        &self,
        office: &OfficeAddress,
        phrase: &RecoveryPhrase,
        device: &str,
    ) -> Result<(), DeskError> {
        // One at a time: an impatient second press must not begin anew beside the first.
        let _turn = self.unlocking.lock().unwrap_or_else(PoisonError::into_inner);
        if self.joined().is_some() {
            return Ok(());
        }
        let keeping = Keeping::UntilFirstUser;
        let restoring = restore(&self.folder, office, phrase, device, &keeping, self.clock.clone());
        let restored = self.runtime.block_on(restoring).map_err(restore_error)?;
        if restored.closed > 0 {
            tracing::warn!(changes = restored.closed, "what came back has changes whose keys did not come");
        }
        self.begin(restored.node);
        Ok(())
    }

    /// Opens a locked folder: from here on it is at work. The login must be a user's whose passphrase this is; a folder that
    /// has no users yet opens by its passphrase alone.
    pub(super) fn unlock_by(&self, login: &str, passphrase: &str, code: &str) -> Result<Entry, DeskError> {
        // One at a time: two who unlock at once would begin two syncs.
        let _turn = self.unlocking.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(node) = self.joined() {
            return self.enter_by(&node, login, passphrase, code);
        }
        let node = match Node::unlock(&self.folder, passphrase, self.clock.clone()) {
            Ok(node) => node,
            Err(StoreError::WrongPassphrase) => {
                // A right passphrase with a wrong login takes this step too.
                password::verify(passphrase, None);
                pass_in_vain(code);
                return Ok(Entry::Refused);
            }
            Err(error) => return Err(failed(error)),
        };
        let entry = self.enter_by(&node, login, passphrase, code)?;
        if entry != Entry::Refused {
            self.begin(node);
        }
        Ok(entry)
    }

    /// Password and code at the chapter's door; where there are no users yet there is none to ask for.
    pub(super) fn enter_by(
        &self,
        node: &Node,
        login: &str,
        passphrase: &str,
        code: &str,
    ) -> Result<Entry, DeskError> {
        let count = node.store().database().read(|connection| Ok::<_, StoreError>(users::count(connection)?));
        let now = node.writer().clock().now();
        let passage =
            access::second_factor::enter(node.store(), login, passphrase, code, now).map_err(failed)?;
        let entry = match (count.map_err(failed)?, passage) {
            (0, _) => Entry::WithoutUser,
            (_, Passage::Refused) => Entry::Refused,
            (_, Passage::AsksForPasskey) => Entry::AsksForPasskey,
            (_, Passage::NotSetUp | Passage::Passed { .. } | Passage::PassedByPaper { .. }) => {
                Entry::Signed(passage.remark())
            }
        };
        if matches!(entry, Entry::AsksForPasskey | Entry::Signed(_)) {
            self.remember_holder(node, login, passphrase)?;
        }
        Ok(entry)
    }

    /// The agreement that waits to be accepted, if any.
    pub(super) fn to_accept(&self) -> Result<Option<Agreement>, DeskError> {
        let state = read::agreements(self.node()?.store()).map_err(failed)?;
        Ok(state.to_accept().map(|(_, agreement)| agreement.clone()))
    }

    /// Accepts the agreement that waits; the chapter has confirmed that its members signed.
    pub(super) fn accept_waiting(&self) -> Result<(), DeskError> {
        let node = self.node()?;
        let state = read::agreements(node.store()).map_err(failed)?;
        if let Some((document, _)) = state.to_accept() {
            node.writer()
                .act(|deed| deed.accept(*document, true))
                .map_err(super::chapter_deeds::write_error)?;
        }
        Ok(())
    }

    /// Makes the set-up's next step the one that is due, also after a restart.
    pub(super) fn proceed(
        &self,
        step: impl Fn(&rusqlite::Transaction<'_>) -> rusqlite::Result<()>,
    ) -> Result<(), DeskError> {
        let done = self.node()?.store().database().write(|transaction| step(transaction));
        done.map_err(|error| failed(StoreError::from(error)))
    }

    pub(super) fn recovery_words(&self) -> Result<Option<Recovery>, DeskError> {
        let kept =
            self.node()?.store().database().read(|connection| {
                Ok::<_, StoreError>((setup::words(connection)?, setup::code(connection)?))
            });
        let (words, code) = kept.map_err(failed)?;
        let office = self.node()?.identity().office_address().to_string();
        let split = |words: &str| words.split_whitespace().map(str::to_owned).collect();
        Ok(words.map(|words| Recovery { words: split(&words), code, office }))
    }
}

/// For the program's log; the visitor sees a plain sentence.
pub(super) fn failed(error: impl std::error::Error + Send + Sync + 'static) -> DeskError {
    DeskError::Failed(Box::new(error))
}

/// The keys of what the office may have said, by the word of its code.
const SAID: [&str; 9] = [
    "office-said-unknown-chapter",
    "office-said-unknown-device",
    "office-said-revoked",
    "office-said-certificate-expired",
    "office-said-certificate-invalid",
    "office-said-other-office",
    "office-said-clock-differs",
    "office-said-version",
    "office-said-fork",
];

/// The key of the sentence for a refusal.
pub(super) fn office_said(code: CloseCode) -> &'static str {
    let known = SAID.into_iter().find(|key| key.strip_prefix("office-said-") == Some(code.word()));
    known.unwrap_or("office-said-other")
}

pub(super) fn join_error(error: JoinError) -> DeskError {
    match error {
        JoinError::Invite(_) | JoinError::NotOfAChapter => DeskError::InviteUnreadable,
        JoinError::Sync(SyncError::Refused(
            CloseCode::InviteUnknown
            | CloseCode::InviteUsed
            | CloseCode::InviteExpired
            | CloseCode::InviteMismatch,
        )) => DeskError::InviteUsed,
        JoinError::Sync(error) => sync_error(error),
        other @ (JoinError::JoinedAlready { .. }
        | JoinError::Folder { .. }
        | JoinError::Store(_)
        | JoinError::Phrase(_)) => failed(other),
    }
}

fn restore_error(error: RestoreError) -> DeskError {
    match error {
        RestoreError::Sync(error) => sync_error(error),
        other @ (RestoreError::InUse { .. }
        | RestoreError::Folder { .. }
        | RestoreError::Phrase(_)
        | RestoreError::Store(_)
        | RestoreError::Write(_)) => failed(other),
    }
}

fn sync_error(error: SyncError) -> DeskError {
    match error {
        SyncError::Refused(code) => DeskError::OfficeSaid(office_said(code)),
        SyncError::Address { .. } | SyncError::Unreachable { .. } | SyncError::Broken(_) => {
            DeskError::OfficeUnreachable
        }
        other @ (SyncError::Busy
        | SyncError::Copied
        | SyncError::Endpoint(_)
        | SyncError::Write(_)
        | SyncError::Lock { .. }) => failed(other),
    }
}
