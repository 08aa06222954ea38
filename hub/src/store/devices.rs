//! The devices that have said hello, as their certificates last named them.

use helhet_shared::id::ChapterId;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceRow {
    pub key: [u8; 32],
    pub chapter: ChapterId,
    pub name: String,
    /// The role's number on the wire.
    pub role: u8,
    pub serial: u64,
    /// Unix seconds.
    pub not_after: i64,
    /// The certificates it showed last, as `DeviceChain::to_bytes`.
    pub chain: Vec<u8>,
    pub first_seen: i64,
    pub last_seen: i64,
}

const COLUMNS: &str = "key, chapter, name, role, serial, not_after, chain, first_seen, last_seen";

/// Notes that a device was here, with the certificates it showed.
pub fn seen(transaction: &Transaction<'_>, device: &DeviceRow) -> rusqlite::Result<()> {
    transaction.execute(
        "INSERT INTO devices (key, chapter, name, role, serial, not_after, chain, first_seen, last_seen)
         VALUES (:key, :chapter, :name, :role, :serial, :not_after, :chain, :seen, :seen)
         ON CONFLICT (key) DO UPDATE SET name = excluded.name, role = excluded.role, serial = excluded.serial,
             not_after = excluded.not_after, chain = excluded.chain, last_seen = excluded.last_seen",
        named_params! {
            ":key": device.key,
            ":chapter": device.chapter.as_bytes(),
            ":name": device.name,
            ":role": device.role,
            ":serial": device.serial.cast_signed(),
            ":not_after": device.not_after,
            ":chain": device.chain,
            ":seen": device.last_seen,
        },
    )?;
    Ok(())
}

pub fn touch(transaction: &Transaction<'_>, key: &[u8; 32], now: i64) -> rusqlite::Result<()> {
    transaction.execute("UPDATE devices SET last_seen = ?2 WHERE key = ?1", (key, now))?;
    Ok(())
}

pub fn find(connection: &Connection, key: &[u8; 32]) -> rusqlite::Result<Option<DeviceRow>> {
    connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM devices WHERE key = ?1"))?
        .query_row([key], from_row)
        .optional()
}

pub fn of_chapter(connection: &Connection, chapter: ChapterId) -> rusqlite::Result<Vec<DeviceRow>> {
    connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM devices WHERE chapter = ?1 ORDER BY name, key"))?
        .query_map([chapter.as_bytes()], from_row)?
        .collect()
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<DeviceRow> {
    Ok(DeviceRow {
        key: row.get(0)?,
        chapter: ChapterId::from_bytes(row.get(1)?),
        name: row.get(2)?,
        role: row.get(3)?,
        serial: row.get::<_, i64>(4)?.cast_unsigned(),
        not_after: row.get(5)?,
        chain: row.get(6)?,
        first_seen: row.get(7)?,
        last_seen: row.get(8)?,
    })
}
