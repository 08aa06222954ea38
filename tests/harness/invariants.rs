//! What holds in every store at the end of every federation test, whatever the test was about: nothing stands below its
//! floor (C3), floors are those that were signed and never went down (C5), every entry has its place in its chain, a
//! signature and a right to it (C7), and the hub is small (C8). What never leaves a chapter is not at the hub (C4).

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use helhet_hub::store::DATABASE_FILE;
use helhet_node::store::{Store, identity};
use helhet_protocol::identity::{PublicKey, Signed};
use helhet_protocol::log::tombstone::document_hash;
use helhet_protocol::log::{
    Body, Change, ChangeKind, Entry, Generation, LogId, Position, Revocation, SignedEntry, Tombstone, verify,
};
use helhet_shared::sqlite::{Database, tombstones};
use helhet_shared::zone::Zone;
use rusqlite::Connection;

use crate::checkers;
use crate::people::NEVER_LET_OUT;
use crate::process::Installation;
use crate::running::peak_memory;

/// What a hub may need, whoever comes.
pub const HUB_MEMORY_MAX: u64 = 200 << 20;

/// Everything that does not hold in the stores below this folder, and in the hub that serves there.
pub fn broken(folder: &Path, hub: &Installation) -> Vec<String> {
    let mut broken = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else { return broken };
    for folder in entries.flatten().map(|entry| entry.path()).filter(|path| path.is_dir()) {
        let hubs = folder.join(DATABASE_FILE);
        // What opens by a passphrase, or not at all, is for the test that made it so.
        let found = if hubs.is_file() {
            Database::open(&hubs, None).map_or_else(|_| Vec::new(), |database| in_store(&database))
        } else if folder.join("helhet.key").is_file() {
            Store::open_existing(&folder).map_or_else(|_| Vec::new(), |store| in_store(store.database()))
        } else {
            Vec::new()
        };
        broken.extend(found.into_iter().map(|what| format!("{}: {what}", folder.display())));
    }
    let leaks = checkers::places_of(&[NEVER_LET_OUT], hub.data());
    broken.extend(leaks.into_iter().map(|place| format!("C4: {place}")));
    broken.extend(hub.process().and_then(too_large));
    broken
}

/// C8: says so, if the hub has needed more than it may.
pub fn too_large(hub: u32) -> Option<String> {
    let used = peak_memory(hub);
    (used >= HUB_MEMORY_MAX).then(|| format!("C8: the hub has used {used} bytes"))
}

/// C3, C5, C7: everything that does not hold in one store.
pub fn in_store(database: &Database) -> Vec<String> {
    let connection = database.reader().expect("the store opens once more");
    let floors = floors(&connection).expect("a store has floors");
    let mut broken = below_floors(&connection, &floors).expect("a store has changes");
    broken.extend(sunk(&connection, &floors).expect("a store has floors"));
    broken.extend(strangers(&connection).expect("a store has entries"));
    broken
}

type Floors = BTreeMap<([u8; 16], [u8; 32]), u32>;

fn floors(connection: &Connection) -> rusqlite::Result<Floors> {
    let mut statement = connection.prepare("SELECT chapter, document_hash, floor FROM tombstones")?;
    let rows = statement.query_map([], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))?;
    rows.collect()
}

fn below_floors(connection: &Connection, floors: &Floors) -> rusqlite::Result<Vec<String>> {
    let mut broken = Vec::new();
    for (what, sql) in [
        (
            "a change",
            "SELECT entries.chapter, document, generation_number FROM changes JOIN entries ON entries.id = changes.entry
             WHERE state = 0 AND document IS NOT NULL",
        ),
        ("a document", "SELECT chapter, document, generation_number FROM documents"),
    ] {
        let mut statement = connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (chapter, document, number): ([u8; 16], [u8; 16], u32) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let floor = floors.get(&(chapter, document_hash(&document))).copied().unwrap_or(0);
            if tombstones::under(floor, number) {
                broken.push(format!("C3: {what} of generation {number} stands below the floor {floor}"));
            }
        }
    }
    Ok(broken)
}

fn sunk(connection: &Connection, floors: &Floors) -> rusqlite::Result<Vec<String>> {
    let mut broken = Vec::new();
    let mut statement = connection.prepare("SELECT floor, signed FROM tombstones")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let signed = Signed::<Tombstone>::from_bytes(&row.get::<_, Vec<u8>>(1)?);
        let said = signed.ok().and_then(|signed| signed.verify_own().ok()).map(|tombstone| tombstone.floor);
        if said != row.get::<_, Option<u32>>(0)? {
            broken.push("C5: a floor is not what was signed".to_owned());
        }
    }
    // The hub's register has every floor that it ever heard of.
    let Ok(mut statement) =
        connection.prepare("SELECT chapter, document_hash, max(floor) FROM erasures GROUP BY 1, 2")
    else {
        return Ok(broken);
    };
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (heard, stands): (u32, _) = (row.get(2)?, floors.get(&(row.get(0)?, row.get(1)?)).copied());
        if stands < Some(heard) {
            broken.push(format!("C5: a floor sank from {heard} to {stands:?}"));
        }
    }
    Ok(broken)
}

/// Entries without a place, a signature or a right.
fn strangers(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut broken = Vec::new();
    let members = members(connection)?;
    // Who was put out keeps what it wrote; nobody else takes it.
    let own = identity::read(connection).ok().flatten().map(|own| own.device.public());
    let mut statement = connection.prepare(
        "SELECT entries.id, header, signature FROM entries JOIN logs ON logs.id = entries.log
         ORDER BY entries.log, entries.sequence",
    )?;
    let mut before: BTreeMap<LogId, Position> = BTreeMap::new();
    let mut hubs = std::collections::BTreeSet::new();
    let mut authors: Vec<Position> = Vec::new();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let entry =
            Entry { signed: signed(row.get(1)?, row.get(2)?), changes: changes(connection, row.get(0)?)? };
        match verify(entry, |log| before.get(log).copied()) {
            Ok(entry) => {
                let position = entry.position();
                before.insert(position.log, position);
                if position.log.zone == Zone::Published.code() {
                    hubs.insert(position.log.author);
                } else {
                    authors.push(position);
                }
            }
            Err(error) => broken.push(format!("C7: {error}")),
        }
    }
    for position in authors {
        let LogId { chapter, author, .. } = position.log;
        let right = match members.get(&(chapter, author)) {
            None => hubs.contains(&author),
            Some(None) => true,
            Some(Some(_)) if own == Some(author) => true,
            Some(Some(revocation)) => revocation
                .last_accepted
                .iter()
                .any(|last| last.log == position.log && position.sequence <= last.sequence),
        };
        if !right {
            broken
                .push(format!("C7: entry {} of zone {} has no right", position.sequence, position.log.zone));
        }
    }
    Ok(broken)
}

/// A chapter's devices, with the revocation of those that are out.
type Members = BTreeMap<([u8; 16], PublicKey), Option<Revocation>>;

fn members(connection: &Connection) -> rusqlite::Result<Members> {
    let mut members = Members::new();
    let mut statement =
        connection.prepare("SELECT chapter, device, kind, signed FROM members ORDER BY kind")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let out = match row.get::<_, u8>(2)? {
            0 => None,
            _ => Signed::<Revocation>::from_bytes(&row.get::<_, Vec<u8>>(3)?)
                .ok()
                .and_then(|out| out.verify_own().ok()),
        };
        members.insert((row.get(0)?, PublicKey(row.get(1)?)), out);
    }
    Ok(members)
}

fn signed(header: Vec<u8>, signature: Vec<u8>) -> SignedEntry {
    let signature = signature.try_into().unwrap_or([0; 64]);
    SignedEntry { header, signature: helhet_protocol::identity::Signature(signature) }
}

/// As far as a signature goes: commitments stand for bodies.
fn changes(connection: &Connection, entry: i64) -> rusqlite::Result<Vec<Change>> {
    let mut statement = connection
        .prepare_cached("SELECT kind, commitment FROM changes WHERE entry = ?1 ORDER BY position")?;
    let rows = statement.query_map([entry], |row| {
        Ok(Change {
            kind: ChangeKind::from_code(row.get(0)?),
            document: [0; 16],
            generation: Generation { number: 0, random: 0 },
            body: Body::Absent { commitment: row.get(1)? },
        })
    })?;
    rows.collect()
}
