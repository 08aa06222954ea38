//! Who this device is: its keys and certificates, its chapter, and the office it has pinned.
use helhet_protocol::identity::{DeviceChain, KeyPair, OfficeAddress, PublicKey};
use helhet_shared::id::ChapterId;
use helhet_shared::sqlite::documents;
use rusqlite::{Connection, Transaction};

use super::{StoreError, settings};

/// Everything that says who speaks here. Made at join; secret keys never leave the encrypted database.
#[derive(Clone, Debug)]
pub struct Identity {
    pub chapter: ChapterId,
    pub chapter_name: String,
    pub device_name: String,
    /// Signs this device's logs, and is its TLS key.
    pub device: KeyPair,
    /// Certifies devices; an admin device holds it.
    pub chapter_key: KeyPair,
    /// The chapter's root, to verify the chain under.
    pub root: PublicKey,
    pub chain: DeviceChain,
    /// New when the store is made or restored.
    pub store: [u8; 16],
    /// Hash of the office's root.
    pub office: [u8; 32],
    /// `host:port`.
    pub hub_address: String,
}

impl Identity {
    /// Where the office is, as it is written on paper.
    pub fn office_address(&self) -> OfficeAddress {
        OfficeAddress { hub_address: self.hub_address.clone(), root_hash: self.office }
    }
}

/// The identity, if this store has joined.
pub fn read(connection: &Connection) -> Result<Option<Identity>, StoreError> {
    let damaged = |what| StoreError::Damaged { what };
    let Some(chapter) = settings::read(connection, "chapter")? else {
        return Ok(None);
    };
    let need = |name: &'static str| settings::read(connection, name)?.ok_or(damaged(name));
    let text = |name: &'static str| String::from_utf8(need(name)?).map_err(|_| damaged(name));
    let key = |name: &'static str| fixed::<32>(&need(name)?, name).map(|seed| KeyPair::from_seed(&seed));
    Ok(Some(Identity {
        chapter: ChapterId::from_bytes(fixed(&chapter, "chapter")?),
        chapter_name: text("chapter_name")?,
        device_name: text("device_name")?,
        device: key("device_key")?,
        chapter_key: key("chapter_key")?,
        root: PublicKey(fixed(&need("root")?, "root")?),
        chain: DeviceChain::from_bytes(&need("chain")?).map_err(|_| damaged("chain"))?,
        store: fixed(&need("store")?, "store")?,
        office: fixed(&need("office")?, "office")?,
        hub_address: text("hub_address")?,
    }))
}

/// Writes the whole identity; which life of it this is stands apart: [`begin_life`].
pub fn write(transaction: &Transaction<'_>, identity: &Identity) -> rusqlite::Result<()> {
    for (name, value) in [
        ("chapter", identity.chapter.as_bytes().as_slice()),
        ("chapter_name", identity.chapter_name.as_bytes()),
        ("device_name", identity.device_name.as_bytes()),
        ("device_key", identity.device.seed().as_slice()),
        ("chapter_key", identity.chapter_key.seed().as_slice()),
        ("root", &identity.root.0),
        ("chain", &identity.chain.to_bytes()),
        ("store", &identity.store),
        ("office", &identity.office),
        ("hub_address", identity.hub_address.as_bytes()),
    ] {
        settings::write(transaction, name, value)?;
    }
    Ok(())
}

const INCARNATION: &str = "incarnation";

/// Names this life of this device's logs. Read in the transaction that signs: another process on this folder may have begun
/// a new one.
pub fn incarnation(connection: &Connection) -> Result<u64, StoreError> {
    let bytes = settings::read(connection, INCARNATION)?.unwrap_or_default();
    Ok(u64::from_be_bytes(fixed(&bytes, INCARNATION)?))
}

/// Begins a life of this device's logs and documents: what is written from here on follows nothing that another life wrote
/// under the same numbers. When the store is made or restored, and when a copy of it turns out to have written too.
pub fn begin_life(transaction: &Transaction<'_>) -> Result<u64, StoreError> {
    let incarnation: u64 = rand::random();
    settings::write(transaction, INCARNATION, &incarnation.to_be_bytes())?;
    documents::renew_actors(transaction)?;
    Ok(incarnation)
}

fn fixed<const N: usize>(bytes: &[u8], what: &'static str) -> Result<[u8; N], StoreError> {
    bytes.try_into().map_err(|_| StoreError::Damaged { what })
}
