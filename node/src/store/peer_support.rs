//! This computer's peer-support key: what is sealed to its public half opens what only peer support reads. It stands sealed to
//! those users who hold it (`user_keys`); here is its public half, and the key itself for as long as nobody holds it.
use helhet_protocol::seal::{SealKey, SealPublicKey};
use rusqlite::{Connection, Transaction};
use zeroize::Zeroizing;

use super::settings;

const WAITING: &str = "peer_support_key";
const PUBLIC: &str = "peer_support_public";

/// The public half; the key is made when it is asked for first.
pub fn public(transaction: &Transaction<'_>) -> rusqlite::Result<SealPublicKey> {
    if let Some(public) = settings::read(transaction, PUBLIC)?.and_then(|bytes| bytes.try_into().ok()) {
        return Ok(SealPublicKey(public));
    }
    let key = match waiting(transaction)? {
        Some(key) => key,
        None => {
            let seed: Zeroizing<[u8; 32]> = Zeroizing::new(rand::random());
            settings::write(transaction, WAITING, seed.as_slice())?;
            SealKey::from_seed(&seed)
        }
    };
    settings::write(transaction, PUBLIC, &key.public().0)?;
    Ok(key.public())
}

/// The key, while it waits for somebody to hold it.
pub fn waiting(connection: &Connection) -> rusqlite::Result<Option<SealKey>> {
    let seed = settings::read(connection, WAITING)?.map(Zeroizing::new);
    Ok(seed.and_then(|seed| Some(SealKey::from_seed(seed.as_slice().try_into().ok()?))))
}

/// Somebody holds it: it stands open no longer.
pub fn is_held_now(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    public(transaction)?;
    #[cfg(feature = "planted-bug")]
    if helhet_shared::planted_bug::is_planted(helhet_shared::planted_bug::Bug::PeerSupportStaysOpen) {
        return Ok(());
    }
    settings::remove(transaction, WAITING)
}
