//! The key that each user's passphrase makes. What is sealed to its public half opens for that user alone, whoever else has
//! the database open.
use helhet_protocol::seal::{SealKey, SealPublicKey};
use helhet_shared::rights::UserRole;
use rusqlite::{Connection, OptionalExtension as _, Transaction};

use super::slots::{Cost, SlotsError};
use super::users;

/// How a passphrase makes the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recipe {
    cost: Cost,
    salt: [u8; 16],
}

/// A user's key as stored.
#[derive(Clone, PartialEq, Eq)]
pub struct UserKeyRow {
    pub recipe: Recipe,
    pub public: SealPublicKey,
    /// This computer's peer-support key, sealed to `public`.
    pub peer_support: Option<Vec<u8>>,
}

impl std::fmt::Debug for UserKeyRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("UserKeyRow").field("public", &self.public).finish_non_exhaustive()
    }
}

impl Recipe {
    /// Of what new keys cost.
    pub fn new(rng: &mut impl rand::Rng) -> Recipe {
        let mut salt = [0; 16];
        rng.fill_bytes(&mut salt);
        Recipe { cost: Cost::NEW, salt }
    }

    /// The key. Takes a noticeable moment and 64 MiB: call it outside a transaction.
    pub fn make(&self, passphrase: &str) -> Result<SealKey, SlotsError> {
        const DOMAIN: &[u8] = b"helhet user key 1";
        let made = self.cost.stretch(passphrase, &[DOMAIN, &self.salt].concat())?;
        Ok(SealKey::from_seed(&made))
    }
}

/// A user's key, if the passphrase has made one.
pub fn of(connection: &Connection, user: i64) -> rusqlite::Result<Option<UserKeyRow>> {
    connection
        .prepare_cached("SELECT cost, salt, public, peer_support FROM user_keys WHERE user = ?1")?
        .query_row([user], |row| {
            let cost: String = row.get(0)?;
            let cost = Cost::parse(&cost).ok_or(rusqlite::Error::InvalidColumnType(
                0,
                "cost".to_owned(),
                rusqlite::types::Type::Text,
            ))?;
            Ok(UserKeyRow {
                recipe: Recipe { cost, salt: row.get(1)? },
                public: SealPublicKey(row.get(2)?),
                peer_support: row.get(3)?,
            })
        })
        .optional()
}

/// Another passphrase has made another key: nothing is sealed to it yet.
pub fn replace(
    transaction: &Transaction<'_>,
    user: i64,
    recipe: &Recipe,
    public: &SealPublicKey,
) -> rusqlite::Result<()> {
    transaction.execute(
        "INSERT OR REPLACE INTO user_keys (user, cost, salt, public) VALUES (?1, ?2, ?3, ?4)",
        (user, recipe.cost.to_string(), recipe.salt, public.0),
    )?;
    Ok(())
}

/// Keeps the peer-support key as it is sealed to this user, or takes it away.
pub fn hold(transaction: &Transaction<'_>, user: i64, sealed: Option<&[u8]>) -> rusqlite::Result<()> {
    transaction.execute("UPDATE user_keys SET peer_support = ?2 WHERE user = ?1", (user, sealed))?;
    Ok(())
}

/// Who does not hold the peer-support key, with what to seal it to; none where the passphrase has made no key yet.
pub fn without(connection: &Connection) -> rusqlite::Result<Vec<(i64, UserRole, Option<SealPublicKey>)>> {
    connection
        .prepare_cached(
            "SELECT users.id, users.role, user_keys.public
             FROM users LEFT JOIN user_keys ON user_keys.user = users.id
             WHERE user_keys.peer_support IS NULL",
        )?
        .query_map([], |row| {
            let public: Option<[u8; 32]> = row.get(2)?;
            Ok((row.get(0)?, users::role(row, 1)?, public.map(SealPublicKey)))
        })?
        .collect()
}

/// Whether anybody holds the peer-support key.
pub fn is_held(connection: &Connection) -> rusqlite::Result<bool> {
    connection.prepare_cached("SELECT 1 FROM user_keys WHERE peer_support IS NOT NULL LIMIT 1")?.exists([])
}
