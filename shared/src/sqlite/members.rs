//! Who writes for a chapter: certificates and revocations of its devices, as signed. Whether they hold is for who reads
//! signatures; here the newest wins, and a revocation stays.
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};

use super::Id;
use super::retired::{self, Item};

const CERTIFIED: u8 = 0;
const REVOKED: u8 = 1;

/// A device's certificates, as signed and sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredMember {
    pub chapter: Id,
    /// Its public key.
    pub device: [u8; 32],
    /// Of the chapter key that certified it.
    pub chapter_key_serial: u64,
    /// Its certificate's own.
    pub serial: u64,
    pub signed: Vec<u8>,
}

/// What is new of a chapter's devices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    Certified(StoredMember),
    /// A revocation as signed.
    Revoked(Vec<u8>),
}

/// Keeps a certificate; false when a newer one, or this one, is known. `since` is since when the device is known where it was
/// not heard of before, in unix seconds.
pub fn certify(
    transaction: &Transaction<'_>,
    member: &StoredMember,
    now: i64,
    since: i64,
) -> rusqlite::Result<bool> {
    let before = device(transaction, &member.chapter, &member.device)?;
    let is_new = keep(transaction, CERTIFIED, member, now, since)?;
    if is_new {
        retired::join(transaction, &member.chapter, item(member), before.as_ref().map(item))?;
    }
    Ok(is_new)
}

/// Keeps a revocation; false when the device is known to be out.
pub fn revoke(
    transaction: &Transaction<'_>,
    chapter: &Id,
    device: &[u8; 32],
    signed: Vec<u8>,
    now: i64,
) -> rusqlite::Result<bool> {
    let member =
        StoredMember { chapter: *chapter, device: *device, chapter_key_serial: 0, serial: 0, signed };
    let is_new = keep(transaction, REVOKED, &member, now, now)?;
    if is_new {
        retired::join(transaction, chapter, Item::Revoked { device }, None)?;
    }
    Ok(is_new)
}

/// What counts of a certificate.
fn item(member: &StoredMember) -> Item<'_> {
    let StoredMember { device, chapter_key_serial, serial, .. } = member;
    Item::Certified { device, chapter_key_serial: *chapter_key_serial, serial: *serial }
}

fn keep(
    transaction: &Transaction<'_>,
    kind: u8,
    member: &StoredMember,
    now: i64,
    since: i64,
) -> rusqlite::Result<bool> {
    let next = newest(transaction)?.saturating_add(1);
    let changed = transaction
        .prepare_cached(
            "INSERT INTO members (id, chapter, device, kind, chapter_key_serial, serial, signed, received_at,
                                  first_heard_at)
             VALUES (:next, :chapter, :device, :kind, :chapter_key_serial, :serial, :signed, :now, :since)
             ON CONFLICT (chapter, device, kind) DO UPDATE
             SET id = excluded.id, chapter_key_serial = excluded.chapter_key_serial, serial = excluded.serial,
                 signed = excluded.signed, received_at = excluded.received_at
             WHERE (excluded.chapter_key_serial, excluded.serial) > (members.chapter_key_serial, members.serial)",
        )?
        .execute(named_params! {
            ":next": next.cast_signed(),
            ":chapter": member.chapter,
            ":device": member.device,
            ":kind": kind,
            ":chapter_key_serial": member.chapter_key_serial.cast_signed(),
            ":serial": member.serial.cast_signed(),
            ":signed": member.signed,
            ":now": now,
            ":since": since,
        })?;
    Ok(changed == 1)
}

/// The number of the newest floor, certificate, revocation or waiting erasure of this store; 0 for none.
pub fn newest(connection: &Connection) -> rusqlite::Result<u64> {
    connection
        .prepare_cached(
            "SELECT max((SELECT coalesce(max(id), 0) FROM tombstones), (SELECT coalesce(max(id), 0) FROM members),
                        (SELECT coalesce(max(id), 0) FROM held))",
        )?
        .query_row([], |row| row.get::<_, i64>(0))
        .map(i64::unsigned_abs)
}

/// A chapter's devices, those too that are out.
pub fn devices(connection: &Connection, chapter: &Id) -> rusqlite::Result<Vec<StoredMember>> {
    connection
        .prepare_cached(
            "SELECT chapter, device, chapter_key_serial, serial, signed FROM members
             WHERE chapter = ?1 AND kind = 0 ORDER BY device",
        )?
        .query_map([chapter], from_row)?
        .collect()
}

/// Since when each device of a chapter is known here, in unix seconds.
pub fn known_since(connection: &Connection, chapter: &Id) -> rusqlite::Result<Vec<([u8; 32], i64)>> {
    connection
        .prepare_cached("SELECT device, first_heard_at FROM members WHERE chapter = ?1 AND kind = 0")?
        .query_map([chapter], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

/// One device of a chapter, if it is known.
pub fn device(
    connection: &Connection,
    chapter: &Id,
    device: &[u8; 32],
) -> rusqlite::Result<Option<StoredMember>> {
    connection
        .prepare_cached(
            "SELECT chapter, device, chapter_key_serial, serial, signed FROM members
             WHERE chapter = ?1 AND device = ?2 AND kind = 0",
        )?
        .query_row((chapter, device), from_row)
        .optional()
}

/// A device's revocation as signed, if it is out.
pub fn revocation(
    connection: &Connection,
    chapter: &Id,
    device: &[u8; 32],
) -> rusqlite::Result<Option<Vec<u8>>> {
    connection
        .prepare_cached("SELECT signed FROM members WHERE chapter = ?1 AND device = ?2 AND kind = 1")?
        .query_row((chapter, device), |row| row.get(0))
        .optional()
}

/// The keys of a chapter's devices that are out.
pub fn revoked(connection: &Connection, chapter: &Id) -> rusqlite::Result<Vec<[u8; 32]>> {
    connection
        .prepare_cached("SELECT device FROM members WHERE chapter = ?1 AND kind = 1 ORDER BY device")?
        .query_map([chapter], |row| row.get(0))?
        .collect()
}

/// What is numbered above `after`, oldest first, with its number.
pub fn news(connection: &Connection, chapter: &Id, after: u64) -> rusqlite::Result<Vec<(u64, News)>> {
    connection
        .prepare_cached(
            "SELECT chapter, device, chapter_key_serial, serial, signed, id, kind FROM members
             WHERE chapter = ?1 AND id > ?2 ORDER BY id",
        )?
        .query_map((chapter, after.cast_signed()), |row| {
            let member = from_row(row)?;
            let news = match row.get::<_, u8>(6)? {
                REVOKED => News::Revoked(member.signed),
                _ => News::Certified(member),
            };
            Ok((row.get::<_, i64>(5)?.unsigned_abs(), news))
        })?
        .collect()
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<StoredMember> {
    Ok(StoredMember {
        chapter: row.get(0)?,
        device: row.get(1)?,
        chapter_key_serial: row.get::<_, i64>(2)?.cast_unsigned(),
        serial: row.get::<_, i64>(3)?.cast_unsigned(),
        signed: row.get(4)?,
    })
}
