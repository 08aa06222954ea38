//! Who may be entered twice: the same name, and the same birth date, e-mail or phone.
use helhet_shared::id::{DocumentId, SupporterId};
use helhet_shared::sqlite::held as words;
use helhet_shared::supporter::Supporter;

use crate::store::supporters as rows;
use crate::store::{Store, StoreError};
use crate::write::held;

/// Pairs that a person should look at, but for those that one has told apart. Different member numbers do not clear a pair: one who joined twice has two.
pub fn possible_doubles(store: &Store) -> Result<Vec<(SupporterId, SupporterId)>, StoreError> {
    store.database().read(|connection| Ok(rows::sharing_a_mark(connection)?))
}

/// How many such pairs there are, and the full records of the first of them.
pub fn doubles_side_by_side(
    store: &Store,
    first: usize,
) -> Result<(usize, Vec<(Supporter, Supporter)>), StoreError> {
    store.database().read(|connection| {
        let all = rows::sharing_a_mark(connection)?;
        let mut pairs = Vec::new();
        for (one, other) in all.iter().take(first) {
            pairs.extend(record(connection, *one)?.zip(record(connection, *other)?));
        }
        Ok((all.len(), pairs))
    })
}

/// A full record inside a snapshot.
pub(super) fn record(
    connection: &rusqlite::Connection,
    id: SupporterId,
) -> Result<Option<Supporter>, StoreError> {
    if words::is_hidden(connection, DocumentId::from(id).as_bytes())? {
        return Ok(None);
    }
    let record = held::live(connection, id.into())?;
    Ok(record.map(|record| Supporter::from_content(id, &record.document.content())))
}
