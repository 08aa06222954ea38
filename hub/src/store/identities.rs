//! By which identities at other providers users sign in: the table, one function a statement.

use rusqlite::{Connection, OptionalExtension as _, Transaction};

/// Connects one with a login. False where it is somebody's already, or the login has one of that provider.
pub fn add(
    transaction: &Transaction<'_>,
    (issuer, subject): (&str, &str),
    login: &str,
    now: i64,
) -> rusqlite::Result<bool> {
    let added = transaction.execute(
        "INSERT INTO identities (issuer, subject, login, added_at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
        (issuer, subject, login, now),
    )?;
    Ok(added == 1)
}

/// Whose it is.
pub fn login(connection: &Connection, (issuer, subject): (&str, &str)) -> rusqlite::Result<Option<String>> {
    connection
        .prepare_cached("SELECT login FROM identities WHERE issuer = ?1 AND subject = ?2")?
        .query_row((issuer, subject), |row| row.get(0))
        .optional()
}

/// Since when a login has one of this provider.
pub fn since(connection: &Connection, login: &str, issuer: &str) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached("SELECT added_at FROM identities WHERE login = ?1 AND issuer = ?2")?
        .query_row((login, issuer), |row| row.get(0))
        .optional()
}

/// Takes away all that a login has, of whichever provider. False where it has none.
pub fn remove(transaction: &Transaction<'_>, login: &str) -> rusqlite::Result<bool> {
    Ok(transaction.execute("DELETE FROM identities WHERE login = ?1", [login])? > 0)
}
