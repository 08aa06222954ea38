//! The office, its hub and its keys.

use rusqlite::{Connection, OptionalExtension, Transaction};

/// The names that settings have; each is written in one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// The organisation's name, text.
    OfficeName,
    /// nb, sv, nl or en.
    Language,
    /// Seed of the hub's signing and TLS key, 32 bytes.
    HubKey,
    /// The office's root and its certificate for the hub, as `HubChain::to_bytes`.
    HubChain,
    /// 16 random bytes, new at init and at every restore.
    StoreId,
    /// The incarnation of this store's logs, 8 bytes big-endian: new with the store id.
    Incarnation,
    /// `host:port` that invites name.
    PublicAddress,
    /// Id of the published agreement's document, 16 bytes.
    AgreementDocument,
    /// Id of the published declaration's document, 16 bytes.
    DeclarationDocument,
}

impl Setting {
    fn name(self) -> &'static str {
        match self {
            Self::OfficeName => "office_name",
            Self::Language => "language",
            Self::HubKey => "hub_key",
            Self::HubChain => "hub_chain",
            Self::StoreId => "store_id",
            Self::Incarnation => "incarnation",
            Self::PublicAddress => "public_address",
            Self::AgreementDocument => "agreement_document",
            Self::DeclarationDocument => "declaration_document",
        }
    }
}

/// The setting's bytes, if it is set.
pub fn read(connection: &Connection, setting: Setting) -> rusqlite::Result<Option<Vec<u8>>> {
    connection
        .prepare_cached("SELECT value FROM settings WHERE name = ?1")?
        .query_row([setting.name()], |row| row.get(0))
        .optional()
}

/// The setting as text; bytes that are no text count as not set.
pub fn text(connection: &Connection, setting: Setting) -> rusqlite::Result<Option<String>> {
    Ok(read(connection, setting)?.and_then(|bytes| String::from_utf8(bytes).ok()))
}

/// Sets it, in place of what it was.
pub fn write(transaction: &Transaction<'_>, setting: Setting, value: &[u8]) -> rusqlite::Result<()> {
    transaction.execute(
        "INSERT INTO settings (name, value) VALUES (?1, ?2)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (setting.name(), value),
    )?;
    Ok(())
}
