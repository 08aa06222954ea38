//! Who may log in at this computer. Their open sessions are kept in memory; the table of that name is empty.
use helhet_shared::rights::{Program, UserRole};
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction};

use super::slots::SlotId;

/// A user as stored.
#[derive(Clone, PartialEq, Eq)]
pub struct UserRow {
    pub id: i64,
    pub login: String,
    /// argon2id, in its own text form.
    pub password_hash: String,
    pub role: UserRole,
    pub language: Option<String>,
    /// What the user's passphrase opens the database by; none where a key file does.
    pub slot: Option<SlotId>,
}

impl std::fmt::Debug for UserRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("UserRow").field("id", &self.id).field("role", &self.role).finish_non_exhaustive()
    }
}

/// Adds a user; the login is unique whatever its case.
pub fn add(
    transaction: &Transaction<'_>,
    login: &str,
    password_hash: &str,
    role: UserRole,
    now: i64,
) -> rusqlite::Result<i64> {
    transaction.execute(
        "INSERT INTO users (login, password_hash, role, created_at) VALUES (?1, ?2, ?3, ?4)",
        (login, password_hash, role.code(), now),
    )?;
    Ok(transaction.last_insert_rowid())
}

/// The user of a login.
pub fn by_login(connection: &Connection, login: &str) -> rusqlite::Result<Option<UserRow>> {
    connection
        .prepare_cached("SELECT id, login, password_hash, role, language, slot FROM users WHERE login = ?1")?
        .query_row([login], user_from_row)
        .optional()
}

/// Login and role of everybody, by login.
pub fn all(connection: &Connection) -> rusqlite::Result<Vec<(String, UserRole)>> {
    connection
        .prepare_cached("SELECT login, role FROM users ORDER BY login")?
        .query_map([], |row| Ok((row.get(0)?, role(row, 1)?)))?
        .collect()
}

/// How many users there are; none before the first set-up.
pub fn count(connection: &Connection) -> rusqlite::Result<u32> {
    connection.query_row("SELECT count(*) FROM users", [], |row| row.get(0))
}

/// The language a user chose.
pub fn set_language(transaction: &Transaction<'_>, user: i64, language: &str) -> rusqlite::Result<()> {
    transaction.execute("UPDATE users SET language = ?2 WHERE id = ?1", (user, language))?;
    Ok(())
}

/// Replaces a user's password hash.
pub fn set_password_hash(transaction: &Transaction<'_>, user: i64, hash: &str) -> rusqlite::Result<()> {
    transaction.execute("UPDATE users SET password_hash = ?2 WHERE id = ?1", (user, hash))?;
    Ok(())
}

/// Gives a user another role.
pub fn set_role(transaction: &Transaction<'_>, user: i64, role: UserRole) -> rusqlite::Result<()> {
    transaction.execute("UPDATE users SET role = ?2 WHERE id = ?1", (user, role.code()))?;
    Ok(())
}

/// Removes a user.
pub fn remove(transaction: &Transaction<'_>, user: i64) -> rusqlite::Result<()> {
    transaction.execute("DELETE FROM users WHERE id = ?1", [user])?;
    Ok(())
}

/// Names the slot that a user's passphrase opens.
pub fn set_slot(transaction: &Transaction<'_>, user: i64, slot: &SlotId) -> rusqlite::Result<()> {
    transaction.execute("UPDATE users SET slot = ?2 WHERE id = ?1", (user, slot))?;
    Ok(())
}

/// The user whose passphrase opens this slot.
pub fn by_slot(connection: &Connection, slot: &SlotId) -> rusqlite::Result<Option<String>> {
    connection
        .prepare_cached("SELECT login FROM users WHERE slot = ?1")?
        .query_row([slot], |row| row.get(0))
        .optional()
}

/// The slots of all users.
pub fn slots(connection: &Connection) -> rusqlite::Result<Vec<SlotId>> {
    connection
        .prepare_cached("SELECT slot FROM users WHERE slot IS NOT NULL")?
        .query_map([], |row| row.get(0))?
        .collect()
}

/// No user has a slot any more.
pub fn forget_slots(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    transaction.execute("UPDATE users SET slot = NULL", [])?;
    Ok(())
}

fn user_from_row(row: &Row<'_>) -> rusqlite::Result<UserRow> {
    Ok(UserRow {
        id: row.get(0)?,
        login: row.get(1)?,
        password_hash: row.get(2)?,
        role: role(row, 3)?,
        language: row.get(4)?,
        slot: row.get(5)?,
    })
}

/// A role that this version does not know is none: nothing is read of such a user (fail closed).
pub(super) fn role(row: &Row<'_>, column: usize) -> rusqlite::Result<UserRole> {
    let code: String = row.get(column)?;
    UserRole::from_code(Program::Node, &code).ok_or(rusqlite::Error::InvalidColumnType(
        column,
        "role".to_owned(),
        rusqlite::types::Type::Text,
    ))
}
