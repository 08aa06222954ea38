//! Who may be entered twice: the same name, and the same birth date, e-mail or phone.
use std::collections::BTreeMap;

use helhet_shared::id::SupporterId;
use helhet_shared::supporter::Supporter;

use crate::store::supporters as rows;
use crate::store::{Store, StoreError};
use crate::write::held;

/// Pairs that a person should look at. Two with different numbers in one source are different people.
pub fn possible_doubles(store: &Store) -> Result<Vec<(SupporterId, SupporterId)>, StoreError> {
    store.database().read(|connection| {
        let pairs = rows::sharing_a_mark(connection)?;
        let mut numbers: BTreeMap<SupporterId, BTreeMap<String, String>> = BTreeMap::new();
        for (id, source, number, _) in rows::externals(connection)? {
            if !number.is_empty() {
                numbers.entry(id).or_default().insert(source, number);
            }
        }
        let differ = |one: &SupporterId, other: &SupporterId| match (numbers.get(one), numbers.get(other)) {
            (Some(one), Some(other)) => {
                one.iter().any(|(source, number)| other.get(source).is_some_and(|theirs| theirs != number))
            }
            _ => false,
        };
        Ok(pairs.into_iter().filter(|(one, other)| !differ(one, other)).collect())
    })
}

/// A full record inside a snapshot.
pub(super) fn record(
    connection: &rusqlite::Connection,
    id: SupporterId,
) -> Result<Option<Supporter>, StoreError> {
    let record = held::live(connection, id.into())?;
    Ok(record.map(|record| Supporter::from_content(id, &record.document.content())))
}
