//! Who may be entered twice: the same name, and the same birth date, e-mail or phone.
use helhet_shared::id::SupporterId;
use helhet_shared::supporter::Supporter;

use crate::store::supporters as rows;
use crate::store::{Store, StoreError};
use crate::write::held;

/// Pairs that a person should look at. Different member numbers do not clear a pair: one who joined twice has two.
pub fn possible_doubles(store: &Store) -> Result<Vec<(SupporterId, SupporterId)>, StoreError> {
    store.database().read(|connection| Ok(rows::sharing_a_mark(connection)?))
}

/// A full record inside a snapshot.
pub(super) fn record(
    connection: &rusqlite::Connection,
    id: SupporterId,
) -> Result<Option<Supporter>, StoreError> {
    let record = held::live(connection, id.into())?;
    Ok(record.map(|record| Supporter::from_content(id, &record.document.content())))
}
