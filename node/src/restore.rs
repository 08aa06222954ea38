//! A chapter on a new computer, from nothing but the recovery phrase: the office's hub has kept everything sealed, and the
//! paper opens it.
//!
//! What a crash must not cost: the new device's keys are stored before anything is fetched, and repeating the command goes
//! on from there. The chapter's older devices stay out until this one lets them in again: a lost laptop is the likeliest
//! reason to be here.
use std::path::Path;
use std::sync::Arc;

use helhet_protocol::identity::{
    DeviceCertificate, DeviceChain, DeviceRole, KeyPair, OfficeAddress, RecoveryPhrase, RecoveryPhraseError,
};
use helhet_protocol::v1::Found;
use helhet_shared::clock::Clock;
use helhet_shared::id::ChapterId;

use crate::Node;
use crate::store::identity::Identity;
use crate::store::lock::{self, Keeping};
use crate::store::{self, Store, StoreError, identity, peer_support, settings};
use crate::sync::{self, SyncError};
use crate::write::WriteError;
use crate::write::devices::BEGINNING;

/// A chapter that is back.
#[derive(Debug)]
pub struct Restored {
    pub node: Node,
    /// Changes whose keys were not among what came.
    pub closed: u64,
}

/// Restores the chapter of a recovery phrase into `folder`, whose key is kept as `keeping` says. `device` is what its users
/// call this computer.
pub async fn restore(
    folder: &Path,
    office: &OfficeAddress,
    phrase: &RecoveryPhrase,
    device: &str,
    keeping: &Keeping,
    clock: Arc<dyn Clock>,
) -> Result<Restored, RestoreError> {
    let store = match store::exists(folder) {
        true => lock::make(folder, keeping, &mut rand::rng())?,
        false => {
            let now = clock.now().timestamp();
            let found = sync::search(office, &phrase.root(), now).await?;
            begin(folder, office, phrase, device, &found, (keeping, now))?
        }
    };
    let (known, restoring) = store.database().read(|connection| -> Result<_, StoreError> {
        Ok((identity::read(connection)?, settings::read(connection, BEGINNING)?.is_some()))
    })?;
    let known = known.ok_or_else(|| StoreError::NothingHere { folder: folder.to_owned() })?;
    if !restoring || known.root != phrase.root().public() {
        return Err(RestoreError::InUse { chapter: known.chapter_name });
    }
    let node = Node::with(store, known, clock).with_paper(phrase.seal_key());
    node.sync().await?;
    node.writer().act(|deed| deed.finish_restoring())?;
    // The secrets of before, sealed to this device, lie at the office too from now on.
    node.sync().await?;
    let closed = node
        .store()
        .database()
        .read(|connection| -> Result<_, StoreError> { Ok(store::keyring::closed(connection)?) })?;
    Ok(Restored { node, closed })
}

/// The new device's keys, by the word of the root.
fn begin(
    folder: &Path,
    office: &OfficeAddress,
    phrase: &RecoveryPhrase,
    device_name: &str,
    found: &Found,
    (keeping, now): (&Keeping, i64),
) -> Result<Store, RestoreError> {
    std::fs::create_dir_all(folder)
        .map_err(|source| RestoreError::Folder { path: folder.to_owned(), source })?;
    let mut rng = rand::rng();
    let root = phrase.root();
    let (device, chapter_key) = (KeyPair::generate(&mut rng), KeyPair::generate(&mut rng));
    let serial = found.chapter_key_serial.saturating_add(1).max(now.unsigned_abs());
    let certified = root.certify_chapter_key(found.chapter, chapter_key.public(), serial);
    let name: String = device_name.chars().take(64).collect();
    let store = lock::make(folder, keeping, &mut rng)?;
    let confidential = store
        .database()
        .write(|transaction| -> Result<_, StoreError> { Ok(peer_support::public(transaction)?) })?;
    let certificate = DeviceCertificate {
        confidential: Some(confidential),
        ..DeviceCertificate::new(found.chapter, name.clone(), device.public(), DeviceRole::Admin, now)
            .sealed_to(device.seal_key().public())
    };
    let identity = Identity {
        chapter: ChapterId::from_bytes(found.chapter),
        chapter_name: found.name.clone(),
        device_name: name,
        chain: DeviceChain::certify(certified, &certificate, &chapter_key),
        device,
        chapter_key,
        root: root.public(),
        store: rand::random(),
        office: office.root_hash,
        hub_address: office.hub_address.clone(),
    };
    store.database().write(|transaction| -> Result<_, StoreError> {
        identity::write(transaction, &identity)?;
        identity::begin_life(transaction)?;
        Ok(settings::write(transaction, BEGINNING, b"1")?)
    })?;
    Ok(store)
}

/// Why the chapter is not back. What was fetched stays: repeating the command goes on.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    #[error("this folder holds the chapter {chapter} already: name another folder with --data")]
    InUse { chapter: String },
    #[error("the folder {path} cannot be made")]
    Folder {
        path: std::path::PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error(transparent)]
    Phrase(#[from] RecoveryPhraseError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Write(#[from] WriteError),
    #[error(transparent)]
    Sync(#[from] SyncError),
}
