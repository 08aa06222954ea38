//! What the hub refused, with the rule that it broke. Never a value.
use helhet_shared::id::DocumentId;
use rusqlite::{Connection, Transaction, named_params};

/// One refusal, for the supporter it concerns (none when that document belongs to nobody any more).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusalRow {
    pub document: DocumentId,
    pub generation: (u32, u64),
    /// The rule's stable code.
    pub code: String,
    /// The key inside the document that broke it.
    pub key: Option<String>,
    pub received_at: i64,
}

/// Notes a refusal. False when the same rule refused the same key of this document before: opening yet another
/// generation would not help.
pub fn add(transaction: &Transaction<'_>, refusal: &RefusalRow) -> rusqlite::Result<bool> {
    let before: i64 = transaction.query_row(
        "SELECT count(*) FROM refusals WHERE document = ?1 AND code = ?2 AND key IS ?3",
        (refusal.document.as_bytes(), &refusal.code, &refusal.key),
        |row| row.get(0),
    )?;
    transaction.execute(
        "INSERT OR IGNORE INTO refusals (document, generation_number, generation_random, code, key, received_at)
         VALUES (:document, :number, :random, :code, :key, :at)",
        named_params! {
            ":document": refusal.document.as_bytes(),
            ":number": refusal.generation.0,
            ":random": refusal.generation.1.cast_signed(),
            ":code": refusal.code,
            ":key": refusal.key,
            ":at": refusal.received_at,
        },
    )?;
    Ok(before == 0)
}

/// The refusals that stand, newest first: of generations that are still the document's live one. Once the supporter was
/// mended the document has a new generation, and what was refused of the old one is past.
pub fn standing(connection: &Connection) -> rusqlite::Result<Vec<RefusalRow>> {
    connection
        .prepare_cached(
            "SELECT document, generation_number, generation_random, code, key, received_at
             FROM refusals WHERE EXISTS (
                 SELECT 1 FROM documents
                 WHERE documents.document = refusals.document
                   AND documents.generation_number = refusals.generation_number
                   AND documents.generation_random = refusals.generation_random)
             ORDER BY id DESC",
        )?
        .query_map([], |row| {
            Ok(RefusalRow {
                document: DocumentId::from_bytes(row.get(0)?),
                generation: (row.get(1)?, row.get::<_, i64>(2)?.cast_unsigned()),
                code: row.get(3)?,
                key: row.get(4)?,
                received_at: row.get(5)?,
            })
        })?
        .collect()
}

/// Forgets what was refused of a document that is gone.
pub fn remove(transaction: &Transaction<'_>, document: DocumentId) -> rusqlite::Result<()> {
    transaction.execute("DELETE FROM refusals WHERE document = ?1", [document.as_bytes()])?;
    Ok(())
}
