//! Joining a chapter with an invite: keys and certificates are made here, then the hub is asked.
//!
//! What a crash must not cost: once the hub has taken the invite, this folder must still know the keys that it took.
//! So they are stored before the hub is asked, and a broken-off join is taken up again by repeating the command. A
//! join that the hub refused leaves nothing behind. The words stay in the store until they are confirmed as kept.
use std::path::Path;
use std::sync::Arc;

use helhet_protocol::identity::{
    DeviceCertificate, DeviceChain, Invite, InviteError, KeyPair, RecoveryPhrase, RecoveryPhraseError,
};
use helhet_protocol::seal::SealPublicKey;
use helhet_protocol::v1::CloseCode;
use helhet_shared::clock::Clock;
use helhet_shared::id::ChapterId;
use zeroize::Zeroizing;

use crate::Node;
use crate::store::identity::Identity;
use crate::store::lock::{self, Keeping};
use crate::store::{self, StoreError, identity, key_file, peer_support, setup, slots};
use crate::sync::{self, SyncError};

/// A chapter that has just joined.
#[derive(Debug)]
pub struct Joined {
    pub node: Node,
    /// 24 words, to be shown once and printed; then call [`Joined::phrase_is_kept`].
    pub phrase: Zeroizing<String>,
    /// Six digits that the hub's chapters page shows too.
    pub code: Option<String>,
}

impl Joined {
    /// The words are on paper, and leave the store.
    pub fn phrase_is_kept(&self) -> Result<(), StoreError> {
        Ok(self.node.store().database().write(setup::settle)?)
    }
}

/// Joins the chapter of an invite in `folder`, whose key then lies in a file of it. `device` is what its users call this
/// computer.
pub async fn join(
    folder: &Path,
    invite: &str,
    device: &str,
    clock: Arc<dyn Clock>,
) -> Result<Joined, JoinError> {
    join_keeping(folder, invite, device, &Keeping::KeyFile, clock).await
}

/// The same, where the key may be kept otherwise.
pub async fn join_keeping(
    folder: &Path,
    invite: &str,
    device: &str,
    keeping: &Keeping,
    clock: Arc<dyn Clock>,
) -> Result<Joined, JoinError> {
    let invite = Invite::parse(invite, clock.now().timestamp())?;
    let fresh = !store::exists(folder);
    let (node, phrase) = prepare(folder, &invite, device, keeping, clock)?;
    let join = sync::Join { token: invite.token, root: phrase.root() };
    let mut done = node.sync_with(None, Some(&join)).await;
    if matches!(done, Err(SyncError::Refused(CloseCode::InviteUsed))) && !fresh {
        // Perhaps it was this folder that used it, before it was broken off.
        done = node.sync_with(None, None).await;
    }
    match done {
        Ok((_, code)) => {
            let shown = code.clone().unwrap_or_default();
            let noted = node.store().database().write(|transaction| setup::joined(transaction, &shown));
            noted.map_err(StoreError::from)?;
            Ok(Joined { node, phrase: phrase.words(), code })
        }
        Err(error) => {
            drop(node);
            if fresh && matches!(error, SyncError::Refused(_)) {
                forget(folder);
            }
            Err(error.into())
        }
    }
}

/// The keys and the store, made anew or taken up where they were left.
fn prepare(
    folder: &Path,
    invite: &Invite,
    device: &str,
    keeping: &Keeping,
    clock: Arc<dyn Clock>,
) -> Result<(Node, RecoveryPhrase), JoinError> {
    std::fs::create_dir_all(folder)
        .map_err(|source| JoinError::Folder { path: folder.to_owned(), source })?;
    let mut rng = rand::rng();
    let store = lock::make(folder, keeping, &mut rng)?;
    let pending = store.database().read(|connection| -> Result<_, StoreError> {
        Ok((identity::read(connection)?, setup::words(connection)?))
    })?;
    match pending {
        (Some(mut identity), Some(words)) if identity.chapter.as_bytes() == &invite.chapter => {
            // A newer invite may name another address than the one that did not answer.
            identity.hub_address.clone_from(&invite.hub_address);
            identity.office = invite.office_root_hash;
            let written = store.database().write(|transaction| identity::write(transaction, &identity));
            written.map_err(StoreError::from)?;
            Ok((Node::with(store, identity, clock), RecoveryPhrase::parse(&words)?))
        }
        (Some(identity), _) => Err(JoinError::JoinedAlready { chapter: identity.chapter_name }),
        (None, _) => {
            let phrase = RecoveryPhrase::generate(&mut rng);
            let identity = store.database().write(|transaction| -> Result<_, StoreError> {
                let confidential = peer_support::public(transaction)?;
                let now = clock.now().timestamp();
                let identity = new_identity(invite, device, &phrase, confidential, now);
                identity::write(transaction, &identity)?;
                identity::begin_life(transaction)?;
                setup::begin(transaction, &phrase.words())?;
                Ok(identity)
            })?;
            Ok((Node::with(store, identity, clock), phrase))
        }
    }
}

pub(crate) fn new_identity(
    invite: &Invite,
    device_name: &str,
    phrase: &RecoveryPhrase,
    confidential: SealPublicKey,
    now: i64,
) -> Identity {
    let mut rng = rand::rng();
    let root = phrase.root();
    let (device, chapter_key) = (KeyPair::generate(&mut rng), KeyPair::generate(&mut rng));
    let certificate = root.certify_chapter_key(invite.chapter, chapter_key.public(), now.unsigned_abs());
    let name: String = device_name.chars().take(64).collect();
    let device_certificate = DeviceCertificate {
        confidential: Some(confidential),
        ..DeviceCertificate::new(invite.chapter, name.clone(), device.public(), invite.role, now)
            .sealed_to(device.seal_key().public())
    };
    Identity {
        chapter: ChapterId::from_bytes(invite.chapter),
        chapter_name: invite.chapter_name.clone(),
        device_name: name,
        chain: DeviceChain::certify(certificate, &device_certificate, &chapter_key),
        device,
        chapter_key,
        root: root.public(),
        store: rand::random(),
        office: invite.office_root_hash,
        hub_address: invite.hub_address.clone(),
    }
}

/// Removes what a refused join made.
fn forget(folder: &Path) {
    let database = store::database_path(folder);
    for end in ["", "-wal", "-shm"] {
        let mut name = database.as_os_str().to_owned();
        name.push(end);
        let _ = std::fs::remove_file(&name);
    }
    let _ = std::fs::remove_file(key_file::path(folder));
    let _ = std::fs::remove_file(slots::path(folder));
    let _ = std::fs::remove_file(folder.join("sync.lock"));
    // Only if nothing else was there.
    let _ = std::fs::remove_dir(folder);
}

/// Why nobody joined.
#[derive(Debug, thiserror::Error)]
pub enum JoinError {
    #[error(transparent)]
    Invite(#[from] InviteError),
    #[error("this folder holds the chapter {chapter} already: name another folder with --data")]
    JoinedAlready { chapter: String },
    #[error("this invite is not one of a computer of the chapter: ask for a new one there")]
    NotOfAChapter,
    #[error("the folder {path} cannot be made")]
    Folder {
        path: std::path::PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Phrase(#[from] RecoveryPhraseError),
    #[error(transparent)]
    Sync(#[from] SyncError),
}

#[cfg(test)]
mod tests {
    use super::*;
    use helhet_shared::clock::SystemClock;

    fn invite(hub_address: &str) -> Invite {
        let now = SystemClock.now().timestamp();
        Invite::new(hub_address, [7; 32], [1; 16], "Bergen", now, &mut rand::rng())
    }

    /// The hub never answered: nothing else works on such a folder, and the words come again with the next try.
    #[test]
    fn a_join_broken_off_is_no_chapter_yet() {
        let folder = tempfile::tempdir().unwrap();
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        drop(
            prepare(folder.path(), &invite("127.0.0.1:4433"), "laptop", &Keeping::KeyFile, clock.clone())
                .unwrap(),
        );
        assert!(matches!(Node::open(folder.path(), clock), Err(StoreError::HalfJoined)));
    }

    /// However often the program is stopped, the set-up goes on where it was, words and all.
    #[tokio::test]
    async fn a_set_up_goes_on_after_a_restart() {
        use crate::web::chapter::Chapter;
        use crate::web::desk::{Desk as _, Standing};

        let folder = tempfile::tempdir().unwrap();
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let (node, phrase) =
            prepare(folder.path(), &invite("127.0.0.1:4433"), "laptop", &Keeping::KeyFile, clock.clone())
                .unwrap();
        let opened = || {
            let chapter = Chapter::open(folder.path(), clock.clone()).unwrap();
            chapter.stop();
            chapter
        };
        assert_eq!(opened().standing().unwrap(), Standing::NotJoined);
        node.store().database().write(|transaction| setup::joined(transaction, "123456")).unwrap();
        assert_eq!(opened().standing().unwrap(), Standing::NotJoined, "the agreement was not accepted");
        node.store().database().write(setup::show_words).unwrap();
        let chapter = opened();
        assert_eq!(chapter.standing().unwrap(), Standing::WordsShown);
        let recovery = chapter.recovery().unwrap().unwrap();
        assert_eq!(
            (recovery.words.join(" "), recovery.code.as_str()),
            (phrase.words().to_string(), "123456")
        );
        chapter.recovery_kept().unwrap();
        assert_eq!(opened().standing().unwrap(), Standing::WithoutUser);
        assert!(opened().recovery().unwrap().is_none());
    }

    /// The office first named an address that nobody reaches.
    #[test]
    fn a_join_broken_off_goes_on_at_the_address_of_the_newer_invite() {
        let folder = tempfile::tempdir().unwrap();
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let (node, phrase) =
            prepare(folder.path(), &invite("127.0.0.1:4433"), "laptop", &Keeping::KeyFile, clock.clone())
                .unwrap();
        drop(node);
        let (node, again) =
            prepare(folder.path(), &invite("hub.example:4433"), "laptop", &Keeping::KeyFile, clock).unwrap();
        assert_eq!(node.identity().hub_address, "hub.example:4433");
        assert_eq!(*phrase.words(), *again.words());
    }
}
