//! That a copy of this store was found to have written too (an old disk image, a cloned computer), and that what both wrote
//! was put together.
use rusqlite::{Connection, Transaction};

use super::settings;

const COPIES: &str = "copies_met";

/// What is known of copies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Copies {
    /// How often one was met.
    pub met: u32,
    /// When the last one was, unix seconds.
    pub last: Option<i64>,
}

/// Notes one more, in the transaction that puts the two together. `life` is that of the log in which both wrote: they meet
/// in one zone after the other.
pub fn meet(transaction: &Transaction<'_>, life: u64, now: i64) -> rusqlite::Result<()> {
    let text = settings::read_text(transaction, COPIES)?.unwrap_or_default();
    let is_another = text.split(' ').nth(2) != Some(life.to_string().as_str());
    let met = of(transaction)?.met.saturating_add(u32::from(is_another));
    settings::write(transaction, COPIES, format!("{met} {now} {life}").as_bytes())
}

/// What is known.
pub fn of(connection: &Connection) -> rusqlite::Result<Copies> {
    let text = settings::read_text(connection, COPIES)?.unwrap_or_default();
    let mut words = text.split(' ');
    let mut read =
        || Some(Copies { met: words.next()?.parse().ok()?, last: Some(words.next()?.parse().ok()?) });
    Ok(read().unwrap_or_default())
}
