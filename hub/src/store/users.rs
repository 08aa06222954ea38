//! Who may log in at the office.

use helhet_shared::rights::{Program, UserRole};
use rusqlite::{Connection, OptionalExtension, Row, Transaction};

/// One user. The hash is no password, and still nothing to print.
#[derive(Clone)]
pub struct UserRow {
    pub login: String,
    pub role: UserRole,
    pub password_hash: String,
}

impl std::fmt::Debug for UserRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("UserRow")
            .field("login", &self.login)
            .field("role", &self.role)
            .finish_non_exhaustive()
    }
}

/// Adds a user. False when the login is taken.
pub fn add(transaction: &Transaction<'_>, user: &UserRow, now: i64) -> rusqlite::Result<bool> {
    let added = transaction.execute(
        "INSERT INTO users (login, role, password_hash, created_at) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (login) DO NOTHING",
        (&user.login, user.role.code(), &user.password_hash, now),
    )?;
    Ok(added == 1)
}

pub fn find(connection: &Connection, login: &str) -> rusqlite::Result<Option<UserRow>> {
    connection
        .prepare_cached("SELECT login, role, password_hash FROM users WHERE login = ?1")?
        .query_row([login], |row| {
            Ok(UserRow { login: row.get(0)?, role: role(row, 1)?, password_hash: row.get(2)? })
        })
        .optional()
}

pub fn count(connection: &Connection) -> rusqlite::Result<u64> {
    connection.query_row("SELECT count(*) FROM users", [], |row| row.get::<_, i64>(0)).map(i64::unsigned_abs)
}

/// Login and role of everybody, by login.
pub fn list(connection: &Connection) -> rusqlite::Result<Vec<(String, UserRole)>> {
    connection
        .prepare_cached("SELECT login, role FROM users ORDER BY login")?
        .query_map([], |row| Ok((row.get(0)?, role(row, 1)?)))?
        .collect()
}

/// Gives a user a new password. False when there is no such user.
pub fn set_password(
    transaction: &Transaction<'_>,
    login: &str,
    password_hash: &str,
) -> rusqlite::Result<bool> {
    let changed = transaction
        .execute("UPDATE users SET password_hash = ?2 WHERE login = ?1", (login, password_hash))?;
    Ok(changed == 1)
}

/// Gives a user another role. False when there is no such user.
pub fn set_role(transaction: &Transaction<'_>, login: &str, role: UserRole) -> rusqlite::Result<bool> {
    let changed = transaction.execute("UPDATE users SET role = ?2 WHERE login = ?1", (login, role.code()))?;
    Ok(changed == 1)
}

/// Removes a user. False when there is no such user.
pub fn remove(transaction: &Transaction<'_>, login: &str) -> rusqlite::Result<bool> {
    Ok(transaction.execute("DELETE FROM users WHERE login = ?1", [login])? == 1)
}

/// A role that this version does not know is none: nothing is read of such a user (fail closed).
fn role(row: &Row<'_>, column: usize) -> rusqlite::Result<UserRole> {
    let code: String = row.get(column)?;
    UserRole::from_code(Program::Hub, &code).ok_or(rusqlite::Error::InvalidColumnType(
        column,
        "role".to_owned(),
        rusqlite::types::Type::Text,
    ))
}
