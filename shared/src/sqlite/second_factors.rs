//! What people have beside their passwords: the two tables, one function a statement.

use rusqlite::{Connection, OptionalExtension as _, Transaction};
use zeroize::Zeroizing;

/// A login's second factor as stored.
pub struct Row {
    pub secret: Zeroizing<[u8; 20]>,
    /// Whether it is asked for.
    pub confirmed: bool,
    pub last_step: i64,
    pub salt: [u8; 16],
}

impl std::fmt::Debug for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Row").field("confirmed", &self.confirmed).finish_non_exhaustive()
    }
}

/// What a login has, confirmed or not.
pub fn read(connection: &Connection, login: &str) -> rusqlite::Result<Option<Row>> {
    connection
        .prepare_cached(
            "SELECT secret, confirmed_at IS NOT NULL, last_step, salt FROM second_factors WHERE login = ?1",
        )?
        .query_row([login], |row| {
            Ok(Row {
                secret: Zeroizing::new(row.get(0)?),
                confirmed: row.get(1)?,
                last_step: row.get(2)?,
                salt: row.get(3)?,
            })
        })
        .optional()
}

/// Begins one, not confirmed.
pub fn insert(
    transaction: &Transaction<'_>,
    login: &str,
    secret: &[u8; 20],
    salt: &[u8; 16],
) -> rusqlite::Result<()> {
    transaction.execute(
        "INSERT INTO second_factors (login, secret, last_step, salt) VALUES (?1, ?2, 0, ?3)",
        (login, secret, salt),
    )?;
    Ok(())
}

/// From here on it is asked for; false if it was already.
pub fn confirm(transaction: &Transaction<'_>, login: &str, step: i64, now: i64) -> rusqlite::Result<bool> {
    let changed = transaction.execute(
        "UPDATE second_factors SET confirmed_at = ?3, last_step = ?2 WHERE login = ?1 AND confirmed_at IS NULL",
        (login, step, now),
    )?;
    Ok(changed == 1)
}

/// False if a code of this half minute, or of a later one, was used before.
pub fn use_step(transaction: &Transaction<'_>, login: &str, step: i64) -> rusqlite::Result<bool> {
    let changed = transaction.execute(
        "UPDATE second_factors SET last_step = ?2 WHERE login = ?1 AND last_step < ?2",
        (login, step),
    )?;
    Ok(changed == 1)
}

/// Adds a code on paper.
pub fn add_code(transaction: &Transaction<'_>, login: &str, hash: &[u8; 32]) -> rusqlite::Result<()> {
    transaction.execute("INSERT INTO recovery_codes (login, hash) VALUES (?1, ?2)", (login, hash))?;
    Ok(())
}

/// False if there is no such code (any more).
pub fn use_code(transaction: &Transaction<'_>, login: &str, hash: &[u8; 32]) -> rusqlite::Result<bool> {
    let gone =
        transaction.execute("DELETE FROM recovery_codes WHERE login = ?1 AND hash = ?2", (login, hash))?;
    Ok(gone == 1)
}

/// How many codes on paper are left.
pub fn codes_left(connection: &Connection, login: &str) -> rusqlite::Result<u32> {
    connection.query_row("SELECT count(*) FROM recovery_codes WHERE login = ?1", [login], |row| row.get(0))
}

/// Takes it away, with the codes on paper.
pub fn remove(transaction: &Transaction<'_>, login: &str) -> rusqlite::Result<()> {
    transaction.execute("DELETE FROM second_factors WHERE login = ?1", [login])?;
    Ok(())
}
