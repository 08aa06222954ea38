//! The lines of a file of gifts.
//!
//! A donor is the same only on the same e-mail address or phone number *and* the same name. Whatever else might be the
//! same is for a person to say.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use helhet_shared::document::Edit;
use helhet_shared::id::SupporterId;
use helhet_shared::import::edits::{Origin, register};
use helhet_shared::import::gifts::{self as planned, GiftOutcome, GiftPlan, KnownGift, NewDonor, plan_gifts};
use helhet_shared::import::imported::Imported as Line;
use helhet_shared::import::known::{Known, Whom};
use helhet_shared::import::line::Context;
use helhet_shared::import::mapping::Mapping;
use helhet_shared::import::read::Table;
use helhet_shared::import::remembered::Remembered;
use helhet_shared::import::result::Report;
use rand::Rng;
use rusqlite::Connection;

use super::import::display;
use super::{OfficeBatch, OfficeBatchError};
use crate::store::gifts::{self, Gift};

/// What will happen with them.
pub(super) struct GiftLines(GiftPlan);

pub(super) fn plan_gift_lines(
    connection: &Connection,
    table: &Table,
    mapping: &Mapping,
    known: &Known,
    context: &Context,
) -> Result<GiftLines, OfficeBatchError> {
    let mut on_record = BTreeMap::new();
    for gift in gifts::of_source(connection, &mapping.source())? {
        // A ledger's row whose day cannot be read would make its number free again: stop instead.
        let paid_on = gift.paid_at.get(..10).and_then(|day| day.parse().ok());
        let paid_on =
            paid_on.ok_or_else(|| OfficeBatchError::Stopped("a gift in the ledger has no day".into()))?;
        let known = KnownGift { amount_minor: gift.amount_minor, currency: gift.currency, paid_on };
        on_record.insert(gift.transaction_id, known);
    }
    Ok(GiftLines(plan_gifts(table, mapping, known, &on_record, context)))
}

impl GiftLines {
    pub(super) fn report(&self, mapping: &Mapping) -> Report {
        self.0.report(mapping)
    }

    /// How many donors are new.
    pub(super) fn donors(&self) -> usize {
        self.new_donors().count()
    }

    pub(super) fn doubtful_names(&self) -> BTreeMap<u32, String> {
        let doubtful = self.new_donors().filter(|(_, donor)| !donor.doubtful_of.is_empty());
        doubtful.map(|(line, donor)| (line, display(&donor.imported.name))).collect()
    }

    fn new_donors(&self) -> impl Iterator<Item = (u32, &NewDonor)> {
        self.0.lines.iter().filter_map(|line| match &line.outcome {
            GiftOutcome::New { new_donor: Some(donor), .. } => Some((line.line, donor.as_ref())),
            GiftOutcome::New { new_donor: None, .. } | GiftOutcome::Same | GiftOutcome::Refused(_) => None,
        })
    }

    pub(super) fn carry_out(
        &self,
        open: &mut OfficeBatch<'_>,
        import: &str,
        now: DateTime<Utc>,
        rng: &mut impl Rng,
    ) -> Result<(), OfficeBatchError> {
        let origin = Origin { source: &self.0.source, batch: import, now };
        let mut made = Made::default();
        for line in &self.0.lines {
            let GiftOutcome::New { gift, donor, new_donor } = &line.outcome else { continue };
            if let Some(new) = new_donor {
                made.make(open, (line.line, &new.imported, &new.remembered), &new.doubtful_of, origin, rng)?;
            }
            let donor = made.id(*donor);
            let donor =
                donor.ok_or_else(|| OfficeBatchError::Stopped("a gift's donor was not made".into()))?;
            open.add_gift(donor, &row(&self.0.source, gift))?;
        }
        Ok(())
    }
}

/// The supporters of a file's own lines.
#[derive(Default)]
pub(super) struct Made(BTreeMap<u32, SupporterId>);

impl Made {
    pub(super) fn id(&self, whom: Whom) -> Option<SupporterId> {
        match whom {
            Whom::Supporter(id) => Some(id),
            Whom::Line(line) => self.0.get(&line).copied(),
        }
    }

    pub(super) fn remember(&mut self, line: u32, id: SupporterId) {
        self.0.insert(line, id);
    }

    /// Makes the supporter of a line, and notes whom it might be besides.
    pub(super) fn make(
        &mut self,
        open: &mut OfficeBatch<'_>,
        (number, line, remembered): (u32, &Line, &Remembered),
        doubtful_of: &[Whom],
        origin: Origin<'_>,
        rng: &mut impl Rng,
    ) -> Result<(), OfficeBatchError> {
        let mut edits = register(line, remembered, origin, rng).edits;
        // The office keeps no record of its own in the chapters' zones.
        edits.retain(|edit: &Edit| !edit.key.starts_with("document/"));
        let id = open.make(&edits, rng)?;
        self.remember(number, id);
        for other in doubtful_of.iter().filter_map(|whom| self.id(*whom)).collect::<Vec<_>>() {
            open.add_possible_double(id, other)?;
        }
        Ok(())
    }
}

fn row(source: &str, gift: &planned::Gift) -> Gift {
    let said = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Gift {
        source: source.to_owned(),
        transaction_id: gift.transaction_id.clone(),
        paid_at: gift.paid_at.map_or_else(|| gift.paid_on.to_string(), |moment| moment.to_rfc3339()),
        amount_minor: gift.amount_minor,
        currency: gift.currency.clone(),
        frequency: said(&gift.frequency),
        method: said(&gift.method),
        device: said(&gift.device),
        channel: said(&gift.source),
        campaign: said(&gift.campaign),
        tax_deduction: gift.tax_deduction,
    }
}
