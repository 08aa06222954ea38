//! Who is there: lists from the projection, one record from its document.
use chrono::NaiveDate;
use helhet_shared::id::SupporterId;
use helhet_shared::supporter::value::Country;
use helhet_shared::supporter::{Role, Supporter};

use crate::project::search_words;
use crate::store::supporters::{self as rows, Filter, SupporterRow};
use crate::store::{Store, StoreError, settings};

/// What a list is to show.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// As typed into the search field.
    pub search: String,
    pub role: Option<Role>,
    /// A tag that they carry.
    pub tag: Option<String>,
    pub limit: Option<u32>,
    pub offset: u32,
}

/// Supporters by name, and how many there are in all that fit.
pub fn supporters(
    store: &Store,
    listing: &Listing,
    today: NaiveDate,
) -> Result<(Vec<SupporterRow>, u32), StoreError> {
    let filter = Filter {
        words: search_words(&listing.search),
        role: listing.role.map(|role| role.code().to_owned()),
        day: today.to_string(),
        tag: listing.tag.clone(),
        limit: listing.limit,
        offset: listing.offset,
    };
    store
        .database()
        .read(|connection| Ok((rows::list(connection, &filter)?, rows::count(connection, &filter)?)))
}

/// Every tag that somebody of the chapter carries.
pub fn tags(store: &Store) -> Result<Vec<String>, StoreError> {
    store.database().read(|connection| Ok(rows::tags(connection)?))
}

/// One supporter's row.
pub fn supporter(store: &Store, id: SupporterId) -> Result<Option<SupporterRow>, StoreError> {
    store.database().read(|connection| Ok(rows::one(connection, id)?))
}

/// One supporter's full record.
pub fn record(store: &Store, id: SupporterId) -> Result<Option<Supporter>, StoreError> {
    store.database().read(|connection| super::doubles::record(connection, id))
}

/// Where this chapter's phone numbers are from.
pub fn country(store: &Store) -> Result<Country, StoreError> {
    store.database().read(|connection| Ok(settings::country(connection)?))
}

/// Whom a beginning of an id names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByPrefix {
    One(SupporterId),
    None,
    Several,
}

/// The supporter whose id begins with these hexadecimal digits.
pub fn by_prefix(store: &Store, prefix: &str) -> Result<ByPrefix, StoreError> {
    let prefix = prefix.trim().to_lowercase();
    let bound = |fill: &str| -> Option<SupporterId> {
        let missing = 32_usize.checked_sub(prefix.len())?;
        format!("{prefix}{}", fill.repeat(missing)).parse().ok()
    };
    let (false, Some(low), Some(high)) = (prefix.is_empty(), bound("0"), bound("f")) else {
        return Ok(ByPrefix::None);
    };
    let found = store.database().read(|connection| {
        Ok::<_, StoreError>(rows::between(connection, low.as_bytes(), high.as_bytes())?)
    })?;
    Ok(match found.as_slice() {
        [] => ByPrefix::None,
        [one] => ByPrefix::One(*one),
        _ => ByPrefix::Several,
    })
}

/// Those with values in conflict, for a person to pick from.
pub fn disputed(store: &Store) -> Result<Vec<SupporterRow>, StoreError> {
    store.database().read(|connection| Ok(rows::disputed(connection)?))
}

/// Those of whom the office is given nothing until a person confirms what still holds.
pub fn withheld(store: &Store) -> Result<Vec<SupporterRow>, StoreError> {
    store.database().read(|connection| Ok(rows::withheld(connection)?))
}

/// The front page: how many there are, and how many hold each role today.
pub fn front(store: &Store, today: NaiveDate) -> Result<(u32, Vec<(String, u32)>), StoreError> {
    store.database().read(|connection| Ok(rows::figures(connection, &today.to_string())?))
}
