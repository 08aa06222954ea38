//! Gifts: an append-only ledger in integer minor units. A wrong row is taken back by another, never changed.

use helhet_shared::sqlite::Id;
use rusqlite::{Connection, Transaction, named_params};
use serde::Serialize;

/// A gift on its way into the ledger. Amounts are integer minor units (øre, cents), never floats.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Gift {
    /// Which list or system the number below is unique in.
    pub source: String,
    pub transaction_id: String,
    /// RFC 3339, as the source wrote it.
    pub paid_at: String,
    pub amount_minor: i64,
    /// ISO 4217, upper case.
    pub currency: String,
    pub frequency: Option<String>,
    pub method: Option<String>,
    pub device: Option<String>,
    /// How the donor got there.
    pub channel: Option<String>,
    pub campaign: Option<String>,
    pub tax_deduction: Option<bool>,
}

impl std::fmt::Debug for Gift {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gift").field("transaction_id", &self.transaction_id).finish_non_exhaustive()
    }
}

/// Appends a gift of `donor` (a record of the office). False when (source, transaction id) is in already and was not
/// taken back since.
pub fn append(
    transaction: &Transaction<'_>,
    donor: &Id,
    gift: &Gift,
    batch: &str,
    now: i64,
) -> rusqlite::Result<bool> {
    if is_known(transaction, &gift.source, &gift.transaction_id)? {
        return Ok(false);
    }
    let added = transaction
        .prepare_cached(
            "INSERT INTO gifts (source, transaction_id, take, donor, paid_at, amount_minor, currency, frequency, method,
                                device, channel, campaign, tax_deduction, batch, recorded_at)
             VALUES (:source, :transaction_id,
                     (SELECT count(*) FROM gifts WHERE source = :source AND transaction_id = :transaction_id), :donor, :paid_at, :amount_minor, :currency, :frequency, :method,
                     :device, :channel, :campaign, :tax_deduction, :batch, :now)",
        )?
        .execute(named_params! {
            ":source": gift.source,
            ":transaction_id": gift.transaction_id,
            ":donor": donor,
            ":paid_at": gift.paid_at,
            ":amount_minor": gift.amount_minor,
            ":currency": gift.currency,
            ":frequency": gift.frequency,
            ":method": gift.method,
            ":device": gift.device,
            ":channel": gift.channel,
            ":campaign": gift.campaign,
            ":tax_deduction": gift.tax_deduction,
            ":batch": batch,
            ":now": now,
        })?;
    Ok(added == 1)
}

/// Takes back every gift of an import batch that is not taken back yet; returns how many.
pub fn reverse_batch(transaction: &Transaction<'_>, batch: &str, now: i64) -> rusqlite::Result<usize> {
    transaction.execute(
        "INSERT INTO gifts (source, transaction_id, take, donor, paid_at, amount_minor, currency, batch, reverses,
                            recorded_at)
         SELECT source, transaction_id || ' reversed', take, donor, paid_at, -amount_minor, currency, batch || ' reversed',
                id, :now
         FROM gifts AS gift
         WHERE batch = :batch AND reverses IS NULL
           AND NOT EXISTS (SELECT 1 FROM gifts AS later WHERE later.reverses = gift.id)",
        named_params! { ":batch": batch, ":now": now },
    )
}

/// Whether a source's number is in the ledger and was not taken back.
pub fn is_known(connection: &Connection, source: &str, transaction_id: &str) -> rusqlite::Result<bool> {
    connection
        .prepare_cached(
            "SELECT 1 FROM gifts WHERE source = ?1 AND transaction_id = ?2
             AND NOT EXISTS (SELECT 1 FROM gifts AS later WHERE later.reverses = gifts.id)",
        )?
        .exists((source, transaction_id))
}

/// A donor's ledger, oldest first.
pub fn of_donor(connection: &Connection, donor: &Id) -> rusqlite::Result<Vec<Gift>> {
    connection
        .prepare_cached(
            "SELECT source, transaction_id, paid_at, amount_minor, currency, frequency, method, device, channel,
                    campaign, tax_deduction
             FROM gifts WHERE donor = ?1 ORDER BY paid_at, id",
        )?
        .query_map([donor], from_row)?
        .collect()
}

/// The gifts that came from one list, reversals left out.
pub fn of_source(connection: &Connection, source: &str) -> rusqlite::Result<Vec<Gift>> {
    connection
        .prepare_cached(
            "SELECT source, transaction_id, paid_at, amount_minor, currency, frequency, method, device, channel,
                    campaign, tax_deduction
             FROM gifts WHERE source = ?1 AND reverses IS NULL
               AND NOT EXISTS (SELECT 1 FROM gifts AS later WHERE later.reverses = gifts.id)
             ORDER BY id",
        )?
        .query_map([source], from_row)?
        .collect()
}

fn from_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Gift> {
    Ok(Gift {
        source: row.get(0)?,
        transaction_id: row.get(1)?,
        paid_at: row.get(2)?,
        amount_minor: row.get(3)?,
        currency: row.get(4)?,
        frequency: row.get(5)?,
        method: row.get(6)?,
        device: row.get(7)?,
        channel: row.get(8)?,
        campaign: row.get(9)?,
        tax_deduction: row.get(10)?,
    })
}

/// Sum per currency of a donor's ledger, reversals counted.
pub fn sums(connection: &Connection, donor: &Id) -> rusqlite::Result<Vec<(String, i64)>> {
    connection
        .prepare_cached(
            "SELECT currency, sum(amount_minor) FROM gifts WHERE donor = ?1 GROUP BY currency ORDER BY 1",
        )?
        .query_map([donor], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}
