//! When contents were compared with a peer, and what came of it.
use rusqlite::{Connection, OptionalExtension, Transaction};

/// Seconds for which it is known well enough when both last agreed.
const FRESH: i64 = 600;

/// What came of comparing with one peer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Unix seconds; when both last held the same.
    pub agreed_at: Option<i64>,
    /// Unix seconds; when they last did not.
    pub diverged_at: Option<i64>,
    /// Changes that were given back to us then.
    pub filled_here: u64,
    /// Changes that were given back to the peer then.
    pub filled_there: u64,
    /// Changes that still differed then.
    pub left: u64,
}

impl Comparison {
    /// Whether that both agree now is worth writing down: not every few seconds again.
    pub fn is_news(&self, now: i64) -> bool {
        self.differs() || self.agreed_at.is_none_or(|before| now.saturating_sub(before) >= FRESH)
    }

    /// Whether what was found last is that contents differ.
    pub fn differs(&self) -> bool {
        self.diverged_at > self.agreed_at
    }
}

/// What is known of a peer.
pub fn of(connection: &Connection, peer: &[u8]) -> rusqlite::Result<Comparison> {
    let found = connection
        .prepare_cached(
            "SELECT agreed_at, diverged_at, filled_here, filled_there, left FROM comparisons WHERE peer = ?1",
        )?
        .query_row([peer], |row| {
            let count = |index| row.get::<_, i64>(index).map(i64::unsigned_abs);
            Ok(Comparison {
                agreed_at: row.get(0)?,
                diverged_at: row.get(1)?,
                filled_here: count(2)?,
                filled_there: count(3)?,
                left: count(4)?,
            })
        })
        .optional()?;
    Ok(found.unwrap_or_default())
}

/// When this store last held the same as any peer.
pub fn last_agreed(connection: &Connection) -> rusqlite::Result<Option<i64>> {
    connection.query_row("SELECT max(agreed_at) FROM comparisons", [], |row| row.get(0))
}

/// Both hold the same.
pub fn agreed(transaction: &Transaction<'_>, peer: &[u8], now: i64) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "INSERT INTO comparisons (peer, agreed_at) VALUES (?1, ?2)
             ON CONFLICT (peer) DO UPDATE SET agreed_at = excluded.agreed_at",
        )?
        .execute((peer, now))?;
    Ok(())
}

/// They do not; what was found in the same second before does not count against it.
pub fn diverged(transaction: &Transaction<'_>, peer: &[u8], now: i64) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "INSERT INTO comparisons (peer, diverged_at) VALUES (?1, ?2)
             ON CONFLICT (peer) DO UPDATE
             SET diverged_at = excluded.diverged_at, agreed_at = min(agreed_at, excluded.diverged_at - 1),
                 filled_here = 0, filled_there = 0, left = 0",
        )?
        .execute((peer, now))?;
    Ok(())
}

/// And what could be done about it.
pub fn mended(
    transaction: &Transaction<'_>,
    peer: &[u8],
    here: u64,
    there: u64,
    left: u64,
) -> rusqlite::Result<()> {
    let [here, there, left] = [here, there, left].map(u64::cast_signed);
    transaction
        .prepare_cached(
            "UPDATE comparisons SET filled_here = filled_here + ?2, filled_there = filled_there + ?3, left = left + ?4
             WHERE peer = ?1",
        )?
        .execute((peer, here, there, left))?;
    Ok(())
}
