//! Single facts by name.
use helhet_shared::supporter::value::Country;
use rusqlite::{Connection, OptionalExtension as _, Transaction};

/// The value of `name`, if set.
pub fn read(connection: &Connection, name: &str) -> rusqlite::Result<Option<Vec<u8>>> {
    connection
        .prepare_cached("SELECT value FROM settings WHERE name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()
}

/// The value of `name` as text, if set and text.
pub fn read_text(connection: &Connection, name: &str) -> rusqlite::Result<Option<String>> {
    Ok(read(connection, name)?.and_then(|value| String::from_utf8(value).ok()))
}

/// Where phone numbers, postcodes and organisation numbers without a country are from.
pub fn country(connection: &Connection) -> rusqlite::Result<Country> {
    let country = read_text(connection, "country")?;
    Ok(country.and_then(|text| Country::parse(&text).ok()).unwrap_or_default())
}

/// Sets `name`. Nothing is written where it is set so already, and a commit of nothing flushes nothing.
pub fn write(transaction: &Transaction<'_>, name: &str, value: &[u8]) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "INSERT INTO settings (name, value) VALUES (?1, ?2)
             ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE value IS NOT excluded.value",
        )?
        .execute((name, value))?;
    Ok(())
}

/// Removes `name`.
pub fn remove(transaction: &Transaction<'_>, name: &str) -> rusqlite::Result<()> {
    transaction.execute("DELETE FROM settings WHERE name = ?1", [name])?;
    Ok(())
}

const SEALED_COPY: &str = "sealed_copy";

/// Whether a sealed copy of what only the chapter reads is kept at the hub; it is, unless the chapter has said no.
pub fn keeps_sealed_copy(connection: &Connection) -> rusqlite::Result<bool> {
    Ok(read(connection, SEALED_COPY)?.is_none())
}

/// Has one kept, or none. What is there already stays there.
pub fn keep_sealed_copy(transaction: &Transaction<'_>, keep: bool) -> rusqlite::Result<()> {
    if keep { remove(transaction, SEALED_COPY) } else { write(transaction, SEALED_COPY, b"off") }
}
