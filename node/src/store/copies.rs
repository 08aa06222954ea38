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

/// Notes one more, in the transaction that puts the two together.
pub fn meet(transaction: &Transaction<'_>, now: i64) -> rusqlite::Result<()> {
    let met = of(transaction)?.met.saturating_add(1);
    settings::write(transaction, COPIES, format!("{met} {now}").as_bytes())
}

/// What is known.
pub fn of(connection: &Connection) -> rusqlite::Result<Copies> {
    let text = settings::read_text(connection, COPIES)?.unwrap_or_default();
    let read = text
        .split_once(' ')
        .and_then(|(met, last)| Some(Copies { met: met.parse().ok()?, last: Some(last.parse().ok()?) }));
    Ok(read.unwrap_or_default())
}
