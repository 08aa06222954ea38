//! A further computer of a chapter: it asks with an invite of one of the chapter's computers, and waits there until somebody
//! has compared the six digits.
//!
//! What a crash must not cost: what it asks with is stored before the hub is asked, and repeating the command goes on.
use std::path::Path;
use std::sync::Arc;

use helhet_protocol::identity::admission::admission_code;
use helhet_protocol::identity::{Application, DeviceCertificate, DeviceChain, Invite, KeyPair};
use helhet_protocol::v1::CloseCode;
use helhet_shared::clock::Clock;
use helhet_shared::id::ChapterId;

use crate::Node;
use crate::join::JoinError;
use crate::store::identity::Identity;
use crate::store::lock::{self, Keeping};
use crate::store::{Store, StoreError, identity, peer_support, settings};
use crate::sync::SyncError;
use crate::write::devices::{APPLICATION, BEGINNING};

/// A computer that asks.
pub struct Asking {
    node: Node,
    clock: Arc<dyn Clock>,
    /// The six digits that the chapter's other computer shows too.
    pub code: String,
}

impl std::fmt::Debug for Asking {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Asking").field("node", &self.node).finish_non_exhaustive()
    }
}

/// Prepares to ask with an admin device's invite, in `folder`, whose key is kept as `keeping` says. `device` is what its
/// users call this computer.
pub fn ask(
    folder: &Path,
    invite: &Invite,
    device: &str,
    keeping: &Keeping,
    clock: Arc<dyn Clock>,
) -> Result<Asking, JoinError> {
    std::fs::create_dir_all(folder)
        .map_err(|source| JoinError::Folder { path: folder.to_owned(), source })?;
    let store = lock::make(folder, keeping, &mut rand::rng())?;
    let (known, beginning) = store.database().read(|connection| -> Result<_, StoreError> {
        Ok((identity::read(connection)?, settings::read(connection, BEGINNING)?.is_some()))
    })?;
    let identity = match known {
        Some(known) if beginning && known.chapter.as_bytes() == &invite.chapter => known,
        Some(known) => return Err(JoinError::JoinedAlready { chapter: known.chapter_name }),
        None => begin(&store, invite, device, clock.now().timestamp())?,
    };
    let code = admission_code(&invite.token, &identity.device.public());
    Ok(Asking { node: Node::with(store, identity, clock.clone()), clock, code })
}

/// Asking failed this time; it can be tried again.
#[derive(Debug)]
pub struct NotYet {
    pub error: JoinError,
    pub asking: Asking,
}

impl Asking {
    /// Asks once. Gives the chapter's node when it has been let in, with all its records, else what to ask with again.
    pub async fn attempt(self) -> Result<Result<Node, Asking>, Box<NotYet>> {
        match self.let_in().await {
            Ok(Some(node)) => Ok(Ok(node)),
            Ok(None) => Ok(Err(self)),
            Err(error) => Err(Box::new(NotYet { error, asking: self })),
        }
    }

    async fn let_in(&self) -> Result<Option<Node>, JoinError> {
        match self.node.sync().await {
            Ok(_) => {}
            Err(SyncError::Refused(CloseCode::Waiting)) => return Ok(None),
            Err(error) => return Err(error.into()),
        }
        // The keys to older records may come a moment after the certificate.
        self.node.sync().await?;
        self.node.writer().act(|deed| deed.finish_beginning()).map_err(SyncError::from)?;
        // As who it is now.
        let node = Node::reopen(self.node.store(), self.clock.clone())?;
        node.sync().await?;
        Ok(Some(node))
    }
}

/// This device's keys, and what it asks with.
fn begin(store: &Store, invite: &Invite, device_name: &str, now: i64) -> Result<Identity, JoinError> {
    let mut rng = rand::rng();
    let admitted_by = invite.admitted_by.clone().ok_or(JoinError::NotOfAChapter)?;
    let chapter_key = admitted_by.chapter_key.clone();
    let claimed = chapter_key.unverified().map_err(|_| JoinError::NotOfAChapter)?;
    let root = invite.root.ok_or(JoinError::NotOfAChapter)?;
    // Whoever handed the invite out says whose chapter this is; from here on it is pinned.
    admitted_by.verify(&invite.chapter, &root, claimed.serial, now).map_err(|_| JoinError::NotOfAChapter)?;
    let device = KeyPair::generate(&mut rng);
    let name: String = device_name.chars().take(64).collect();
    // Stands in the certificate's place until that is here; nobody takes it for one.
    let own_word = DeviceCertificate::new(invite.chapter, name.clone(), device.public(), invite.role, now);
    let identity = Identity {
        chapter: ChapterId::from_bytes(invite.chapter),
        chapter_name: invite.chapter_name.clone(),
        device_name: name.clone(),
        chain: DeviceChain::certify(chapter_key, &own_word, &device),
        chapter_key: KeyPair::generate(&mut rng),
        root,
        store: rand::random(),
        office: invite.office_root_hash,
        hub_address: invite.hub_address.clone(),
        device,
    };
    store.database().write(|transaction| -> Result<_, StoreError> {
        let keys = (
            identity.device.public(),
            identity.device.seal_key().public(),
            peer_support::public(transaction)?,
        );
        let application = Application::new(admitted_by, &invite.token, keys, name);
        identity::write(transaction, &identity)?;
        identity::begin_life(transaction)?;
        settings::write(transaction, APPLICATION, &application.to_bytes())?;
        Ok(settings::write(transaction, BEGINNING, b"1")?)
    })?;
    Ok(identity)
}
