//! The office: its name, its hub's keys and certificate. Made once at `init`, read at every start.
//!
//! The office's root key is made here and forgotten at once; it lives on the paper with its phrase.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use helhet_protocol::identity::hub_certificate::office_root_hash;
use helhet_protocol::identity::{HubChain, KeyPair, RecoveryPhrase};
use helhet_shared::supporter::value::Country;
use rand::CryptoRng;
use rusqlite::{Connection, Transaction};
use zeroize::Zeroizing;

use crate::store::settings::{self, Setting};
use crate::store::{self, StoreError};

/// How long a hub's certificate lasts: five years, in seconds. The office's root gives a new one.
const HUB_LIFE_SECONDS: i64 = 5 * 365 * 24 * 60 * 60;

/// What the program needs to speak for the office.
#[derive(Clone)]
pub struct Office {
    pub name: String,
    /// nb, sv, nl or en.
    pub language: String,
    pub key: KeyPair,
    pub chain: HubChain,
    pub store_id: [u8; 16],
    /// Of this store's own logs.
    pub incarnation: u64,
}

impl std::fmt::Debug for Office {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Office")
            .field("name", &self.name)
            .field("language", &self.language)
            .finish_non_exhaustive()
    }
}

impl Office {
    /// The office of an opened store; `None` before `init`.
    pub fn read(connection: &Connection) -> Result<Option<Self>, StoreError> {
        let Some(seed) = settings::read(connection, Setting::HubKey)? else { return Ok(None) };
        let seed = Zeroizing::new(exact::<32>(&seed, "the hub's key")?);
        let read = |setting| settings::read(connection, setting).map(Option::unwrap_or_default);
        let chain = HubChain::from_bytes(&read(Setting::HubChain)?)
            .map_err(|_| StoreError::Damaged { what: "the hub's certificate" })?;
        Ok(Some(Self {
            name: settings::text(connection, Setting::OfficeName)?.unwrap_or_default(),
            language: settings::text(connection, Setting::Language)?.unwrap_or_default(),
            key: KeyPair::from_seed(&seed),
            chain,
            store_id: exact(&read(Setting::StoreId)?, "the store's id")?,
            incarnation: u64::from_be_bytes(exact(&read(Setting::Incarnation)?, "the logs' incarnation")?),
        }))
    }

    /// Where a phone number or postcode is, if it does not say so itself.
    pub fn country(&self) -> Country {
        let code = match self.language.as_str() {
            "sv" => "SE",
            "nl" => "NL",
            _ => "NO",
        };
        Country::parse(code).unwrap_or_else(|_| Country::norway())
    }

    /// The hash of the office's root: what invites carry and chapters pin.
    pub fn root_hash(&self) -> [u8; 32] {
        office_root_hash(&self.chain.office_root)
    }
}

fn exact<const N: usize>(bytes: &[u8], what: &'static str) -> Result<[u8; N], StoreError> {
    bytes.try_into().map_err(|_| StoreError::Damaged { what })
}

/// What `init` is told.
#[derive(Clone, Debug)]
pub struct Founding {
    pub name: String,
    /// nb, sv, nl or en.
    pub language: String,
}

/// Makes the data folder, the office's keys and what it publishes. Gives the recovery phrase, to be shown once.
pub fn found(
    folder: &Path,
    founding: &Founding,
    now: DateTime<Utc>,
    rng: &mut impl CryptoRng,
) -> Result<Zeroizing<String>, OfficeError> {
    let trimmed = founding.name.trim();
    if trimmed.is_empty() || trimmed.chars().count() > 100 {
        return Err(OfficeError::Name);
    }
    make_folder(folder).map_err(|source| OfficeError::Folder { path: folder.to_owned(), source })?;
    let database = store::open(folder)?;
    make_private(&folder.join(store::DATABASE_FILE))
        .map_err(|source| OfficeError::Folder { path: folder.to_owned(), source })?;
    let phrase = RecoveryPhrase::generate(rng);
    let words = phrase.words();
    database.write(|transaction| -> Result<(), OfficeError> {
        if settings::read(transaction, Setting::HubKey)?.is_some() {
            return Err(OfficeError::Exists { path: folder.to_owned() });
        }
        write_keys(transaction, &phrase, now, rng)?;
        settings::write(transaction, Setting::OfficeName, trimmed.as_bytes())?;
        settings::write(transaction, Setting::Language, founding.language.as_bytes())?;
        renew_store_id(transaction, rng)?;
        let office = Office::read(transaction)?.ok_or(StoreError::Damaged { what: "the office" })?;
        crate::published::publish_defaults(transaction, &office, now, rng)?;
        Ok(())
    })?;
    Ok(words)
}

fn write_keys(
    transaction: &Transaction<'_>,
    phrase: &RecoveryPhrase,
    now: DateTime<Utc>,
    rng: &mut impl CryptoRng,
) -> rusqlite::Result<()> {
    let key = KeyPair::generate(rng);
    let not_after = now.timestamp().saturating_add(HUB_LIFE_SECONDS);
    let chain = phrase.root().certify_hub(key.public(), not_after, 1);
    settings::write(transaction, Setting::HubKey, key.seed().as_slice())?;
    settings::write(transaction, Setting::HubChain, &chain.to_bytes())
}

/// A new store id and incarnation: at init, and at every restore, so that peers see that this store may lack entries.
pub fn renew_store_id(transaction: &Transaction<'_>, rng: &mut impl CryptoRng) -> rusqlite::Result<()> {
    let mut id = [0; 16];
    rng.fill_bytes(&mut id);
    settings::write(transaction, Setting::StoreId, &id)?;
    settings::write(transaction, Setting::Incarnation, &rng.next_u64().to_be_bytes())
}

fn make_folder(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

/// Readable by its owner alone.
pub fn make_private(file: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o600))?;
    }
    #[cfg(not(unix))]
    let _ = file;
    Ok(())
}

/// Why no office was made.
#[derive(Debug, thiserror::Error)]
pub enum OfficeError {
    #[error("the office's name is empty or longer than 100 characters")]
    Name,
    #[error("the folder {path} cannot be made or kept private")]
    Folder {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("{path} holds an office already: use it, or name another folder")]
    Exists { path: PathBuf },
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the office's own documents cannot be written")]
    Log(#[from] crate::log::LogError),
}

impl From<rusqlite::Error> for OfficeError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}
