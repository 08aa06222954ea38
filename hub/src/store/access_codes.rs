//! One-time codes for users who cannot get in any more.

use rusqlite::{Connection, OptionalExtension as _, Transaction};

/// Keeps this one, in place of an earlier one of the login.
pub fn set(
    transaction: &Transaction<'_>,
    login: &str,
    hash: &[u8; 32],
    expires_at: i64,
) -> rusqlite::Result<()> {
    transaction.execute(
        "INSERT INTO access_codes (login, hash, expires_at) VALUES (?1, ?2, ?3)
         ON CONFLICT (login) DO UPDATE SET hash = excluded.hash, expires_at = excluded.expires_at",
        (login, hash, expires_at),
    )?;
    Ok(())
}

/// The hash of the login's code, if there is one that is still good.
pub fn hash(connection: &Connection, login: &str, now: i64) -> rusqlite::Result<Option<[u8; 32]>> {
    connection
        .prepare_cached("SELECT hash FROM access_codes WHERE login = ?1 AND expires_at > ?2")?
        .query_row((login, now), |row| row.get(0))
        .optional()
}

pub fn remove(transaction: &Transaction<'_>, login: &str) -> rusqlite::Result<()> {
    transaction.execute("DELETE FROM access_codes WHERE login = ?1", [login])?;
    Ok(())
}
