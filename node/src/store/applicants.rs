//! Invites of further devices that this one made, and who asks with them.
use rusqlite::{Connection, Transaction};

/// Who asks to be a device of the chapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApplicantRow {
    /// Its public key.
    pub key: [u8; 32],
    /// As it came.
    pub application: Vec<u8>,
    /// The six digits that it shows too.
    pub code: String,
    /// Unix seconds.
    pub at: i64,
}

/// Remembers an invite that was handed out; those that have expired are forgotten.
pub fn invite(
    transaction: &Transaction<'_>,
    token: &[u8; 16],
    expires: i64,
    now: i64,
) -> rusqlite::Result<()> {
    transaction.execute("DELETE FROM device_invites WHERE expires_at < ?1", [now])?;
    transaction
        .execute("INSERT INTO device_invites (token, expires_at) VALUES (?1, ?2)", (token, expires))?;
    Ok(())
}

/// The tokens of the invites that are still good.
pub fn tokens(connection: &Connection, now: i64) -> rusqlite::Result<Vec<[u8; 16]>> {
    connection
        .prepare_cached("SELECT token FROM device_invites WHERE expires_at >= ?1")?
        .query_map([now], |row| row.get(0))?
        .collect()
}

/// An invite is good once.
pub fn spend(transaction: &Transaction<'_>, token: &[u8; 16]) -> rusqlite::Result<()> {
    transaction.execute("DELETE FROM device_invites WHERE token = ?1", [token])?;
    Ok(())
}

/// Somebody asks.
pub fn add(transaction: &Transaction<'_>, row: &ApplicantRow) -> rusqlite::Result<()> {
    transaction.execute(
        "INSERT INTO applicants (key, application, code, at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (key) DO NOTHING",
        (row.key, &row.application, &row.code, row.at),
    )?;
    Ok(())
}

/// Who waits, the first before the others.
pub fn all(connection: &Connection) -> rusqlite::Result<Vec<ApplicantRow>> {
    connection
        .prepare_cached("SELECT key, application, code, at FROM applicants ORDER BY at, key")?
        .query_map([], |row| {
            Ok(ApplicantRow {
                key: row.get(0)?,
                application: row.get(1)?,
                code: row.get(2)?,
                at: row.get(3)?,
            })
        })?
        .collect()
}

/// Somebody has decided.
pub fn remove(transaction: &Transaction<'_>, key: &[u8; 32]) -> rusqlite::Result<()> {
    transaction.execute("DELETE FROM applicants WHERE key = ?1", [key])?;
    Ok(())
}
