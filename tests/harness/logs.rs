//! The signed logs as both sides hold them, read from their stores: nothing acknowledged is lost, nothing is there twice,
//! each device's order is kept (C2), and in the end both sides hold the same (C1).

use std::collections::BTreeMap;

use helhet_hub::store::DATABASE_FILE;
use helhet_node::store::exchange::HUB;
use helhet_node::store::{Store, StoreError, identity};
use helhet_shared::sqlite::Database;
use helhet_shared::zone::Zone;
use rusqlite::{Connection, Params};

use crate::process::Installation;

/// Who wrote an entry, in which life of its store, and as which in order.
pub type Place = ([u8; 32], i64, i64);

/// Hashes of entries of one chapter's shared zone by their place.
pub type Log = BTreeMap<Place, [u8; 32]>;

/// What a chapter's program holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodeLog {
    /// The chapter's id.
    pub chapter: [u8; 16],
    /// Every entry.
    pub held: Log,
    /// The last entry of each log that the hub has acknowledged.
    pub acknowledged: Log,
}

/// Reads the log of a chapter's program, whether it runs or not.
pub fn of_node(node: &Installation) -> NodeLog {
    of_store(&Store::open_existing(node.data()).expect("the store opens"))
}

/// The same of a store that is open.
pub fn of_store(store: &Store) -> NodeLog {
    let read = store.database().read(|connection| -> Result<_, StoreError> {
        let chapter = identity::read(connection)?.expect("a chapter that has joined").chapter;
        let chapter = *chapter.as_bytes();
        let acknowledged = places(
            connection,
            "SELECT author, incarnation, sequence, hash FROM acknowledged WHERE peer = ?1 AND zone = ?2",
            (HUB, Zone::Shared.code()),
        )?;
        Ok(NodeLog { chapter, held: held(connection, &chapter)?, acknowledged })
    });
    read.expect("the store can be read")
}

/// Reads the log of one chapter at the hub, whether it runs or not.
pub fn of_hub(hub: &Installation, chapter: &[u8; 16]) -> Log {
    let database = Database::open(&hub.data().join(DATABASE_FILE), None).expect("the store opens");
    let read = database.read(|connection| -> Result<_, StoreError> { Ok(held(connection, chapter)?) });
    read.expect("the store can be read")
}

fn held(connection: &Connection, chapter: &[u8; 16]) -> rusqlite::Result<Log> {
    let sql = "SELECT logs.author, logs.incarnation, entries.sequence, entries.hash
               FROM entries JOIN logs ON logs.id = entries.log
               WHERE logs.chapter = ?1 AND logs.zone = ?2 ORDER BY entries.id";
    let mut last: BTreeMap<([u8; 32], i64), i64> = BTreeMap::new();
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query((chapter, Zone::Shared.code()))?;
    // C2: in the order of arrival each log goes 1, 2, 3 …
    while let Some(row) = rows.next()? {
        let last = last.entry((row.get(0)?, row.get(1)?)).or_default();
        assert_eq!(row.get::<_, i64>(2)?, *last + 1, "a log is not in its device's order");
        *last += 1;
    }
    drop(rows);
    places(connection, sql, (chapter, Zone::Shared.code()))
}

fn places(connection: &Connection, sql: &str, parameters: impl Params) -> rusqlite::Result<Log> {
    let mut statement = connection.prepare(sql)?;
    let rows =
        statement.query_map(parameters, |row| Ok(((row.get(0)?, row.get(1)?, row.get(2)?), row.get(3)?)))?;
    rows.collect()
}

/// C2: the hub holds, hash for hash, what it ever acknowledged to this chapter's program.
pub fn nothing_acknowledged_is_lost(node: &Installation, hub: &Installation) {
    let known = of_node(node);
    let held = of_hub(hub, &known.chapter);
    all_there(&known.acknowledged, &held, "the hub lost what it acknowledged");
}

/// C2: each of these entries is among those that are held, with the same hash.
pub fn all_there(known: &Log, held: &Log, otherwise: &str) {
    for (place, hash) in known {
        assert_eq!(held.get(place), Some(hash), "{otherwise}: entry {} of {}", place.2, place.1);
    }
}

/// C1, C2: chapter and hub hold the same entries, each once.
pub fn are_the_same(node: &Installation, hub: &Installation) {
    let known = of_node(node);
    let at_hub = of_hub(hub, &known.chapter);
    assert!(known.held == at_hub, "{} entries in the chapter, {} at the hub", known.held.len(), at_hub.len());
}
