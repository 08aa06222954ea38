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
