//! Passkeys of logins: the table, one function a statement.

use rusqlite::{Connection, Transaction};

/// One as stored. What is in it is public: the secret half never leaves its owner's device.
#[derive(Clone, PartialEq, Eq)]
pub struct PasskeyRow {
    /// The credential's id, which its device gave.
    pub id: Vec<u8>,
    pub name: String,
    /// JSON, as the WebAuthn library writes it.
    pub key: String,
    pub added_at: i64,
    pub used_at: Option<i64>,
}

impl std::fmt::Debug for PasskeyRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasskeyRow(…)")
    }
}

/// All of a login, the oldest first.
pub fn of(connection: &Connection, login: &str) -> rusqlite::Result<Vec<PasskeyRow>> {
    connection
        .prepare_cached(
            "SELECT id, name, key, added_at, used_at FROM passkeys WHERE login = ?1 ORDER BY added_at, id",
        )?
        .query_map([login], |row| {
            Ok(PasskeyRow {
                id: row.get(0)?,
                name: row.get(1)?,
                key: row.get(2)?,
                added_at: row.get(3)?,
                used_at: row.get(4)?,
            })
        })?
        .collect()
}

/// Adds one; false where its id is somebody's already.
pub fn add(transaction: &Transaction<'_>, login: &str, row: &PasskeyRow) -> rusqlite::Result<bool> {
    let added = transaction.execute(
        "INSERT INTO passkeys (id, login, name, key, added_at) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (id) DO NOTHING",
        (&row.id, login, &row.name, &row.key, row.added_at),
    )?;
    Ok(added == 1)
}

/// Writes down what a use of it told.
pub fn set_used(transaction: &Transaction<'_>, id: &[u8], key: &str, now: i64) -> rusqlite::Result<()> {
    transaction.execute("UPDATE passkeys SET key = ?2, used_at = ?3 WHERE id = ?1", (id, key, now))?;
    Ok(())
}

/// Takes one away; false where the login has no such.
pub fn remove(transaction: &Transaction<'_>, login: &str, id: &[u8]) -> rusqlite::Result<bool> {
    Ok(transaction.execute("DELETE FROM passkeys WHERE login = ?1 AND id = ?2", (login, id))? == 1)
}
