//! What the hub has not acknowledged yet, from the log itself.
use helhet_shared::id::{ChapterId, DocumentId};
use helhet_shared::zone::Zone;
use rusqlite::Connection;

/// Every change of a `shared` log of ours beyond what `peer` acknowledged: its document (None when erased) and how many.
pub fn documents(
    connection: &Connection,
    chapter: ChapterId,
    own: &[u8; 32],
    peer: &[u8],
) -> rusqlite::Result<Vec<(Option<DocumentId>, u32)>> {
    connection
        .prepare_cached(
            "SELECT changes.document, count(*)
             FROM logs
             JOIN entries ON entries.log = logs.id
             JOIN changes ON changes.entry = entries.id
             WHERE logs.chapter = ?1 AND logs.zone = ?2 AND logs.author = ?3
               AND entries.sequence > coalesce(
                   (SELECT acknowledged.sequence FROM acknowledged
                    WHERE acknowledged.peer = ?4 AND acknowledged.chapter = logs.chapter
                      AND acknowledged.zone = logs.zone AND acknowledged.author = logs.author
                      AND acknowledged.incarnation = logs.incarnation), 0)
             GROUP BY changes.document",
        )?
        .query_map((chapter.as_bytes(), Zone::Shared.code(), own, peer), |row| {
            Ok((row.get::<_, Option<[u8; 16]>>(0)?.map(DocumentId::from_bytes), row.get(1)?))
        })?
        .collect()
}

/// When `peer` last acknowledged anything, unix seconds.
pub fn last_acknowledged(connection: &Connection, peer: &[u8]) -> rusqlite::Result<Option<i64>> {
    connection.query_row("SELECT max(at) FROM acknowledged WHERE peer = ?1", [peer], |row| row.get(0))
}

/// The live bodies of one kind of change in the hub's log of this chapter, with when they came.
pub fn hub_changes(
    connection: &Connection,
    chapter: ChapterId,
    hub: &[u8],
    kind: u8,
) -> rusqlite::Result<Vec<(Vec<u8>, i64)>> {
    connection
        .prepare_cached(
            "SELECT changes.body, entries.received_at
             FROM logs JOIN entries ON entries.log = logs.id JOIN changes ON changes.entry = entries.id
             WHERE logs.chapter = ?1 AND logs.zone = ?2 AND logs.author = ?3 AND changes.kind = ?4
               AND changes.state = 0
             ORDER BY changes.id",
        )?
        .query_map((chapter.as_bytes(), Zone::Shared.code(), hub, kind), |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?
        .collect()
}
