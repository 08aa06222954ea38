//! A file of gifts → gifts and their donors. Amounts are integer minor units with their currency. A gift is known by
//! its transaction id (a line without one by its content), so the same file twice makes no gift twice; figures on
//! record are never changed, money is corrected by reversal.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::Serialize;

use super::{
    column::Column,
    imported::Imported,
    known::{Known, Whom},
    line::{Context, ReadLine, content_hash, read_line},
    mapping::Mapping,
    plan::RefusalReason,
    read::{Row, Table},
    remembered::Remembered,
    result::Report,
    value::{amount, currency::Currency, date, name, yes_no},
    warning::{Warning, WarningCode},
};

/// A gift as the file has it.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Gift {
    /// The payment's own number; for a line without one `line-`, the content's hash and, from the second line of the
    /// same content on, which one it is: two equal gifts on one day are two gifts.
    pub transaction_id: String,
    /// The day of payment, as in the file.
    pub paid_on: NaiveDate,
    /// The moment of payment with the file's offset, where it gives one.
    pub paid_at: Option<DateTime<FixedOffset>>,
    /// In the currency's minor unit (øre, cent).
    pub amount_minor: i64,
    /// ISO 4217.
    pub currency: String,
    /// As in the file; empty where it says nothing. So are all that follow.
    pub frequency: String,
    /// How it was paid.
    pub method: String,
    /// On what.
    pub device: String,
    /// What brought it.
    pub source: String,
    /// For what.
    pub campaign: String,
    /// Whether the donor wants the tax deduction.
    pub tax_deduction: Option<bool>,
}

// A gift is personal data.
impl std::fmt::Debug for Gift {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gift").finish_non_exhaustive()
    }
}

/// A gift on record, as far as an import must know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownGift {
    /// In the currency's minor unit.
    pub amount_minor: i64,
    /// ISO 4217.
    pub currency: String,
    /// The day of payment.
    pub paid_on: NaiveDate,
}

/// What will happen with each line of a file of gifts.
#[derive(Debug, Clone)]
pub struct GiftPlan {
    /// The list's name.
    pub source: String,
    /// One per row.
    pub lines: Vec<GiftLine>,
}

/// One line.
#[derive(Debug, Clone)]
pub struct GiftLine {
    /// As in the file.
    pub line: u32,
    /// The decision.
    pub outcome: GiftOutcome,
    /// What a person should know.
    pub warnings: Vec<Warning>,
}

/// The decision on a line of a file of gifts.
#[derive(Debug, Clone)]
pub enum GiftOutcome {
    /// A gift by somebody known, or by the new donor of an earlier line.
    New {
        /// The gift.
        gift: Box<Gift>,
        /// The donor; the line's own number where this line is the first of a new donor.
        donor: Whom,
        /// The supporter to be made, on the first line of a new donor.
        new_donor: Option<Box<NewDonor>>,
    },
    /// On record.
    Same,
    /// Not imported.
    Refused(RefusalReason),
}

/// A donor to be made.
#[derive(Debug, Clone)]
pub struct NewDonor {
    /// What the line says of them, with the role of a donor.
    pub imported: Imported,
    /// What is to be remembered of it.
    pub remembered: Remembered,
    /// Who they might be besides.
    pub doubtful_of: Vec<Whom>,
}

/// Plans the import of gifts.
///
/// A donor is the same only on the same e-mail address and the same name, or the same phone number and the same name.
/// Whoever else might be the same is a matter for linking.
pub fn plan_gifts(
    table: &Table,
    mapping: &Mapping,
    known: &Known,
    gifts: &BTreeMap<String, KnownGift>,
    context: &Context,
) -> GiftPlan {
    let mut planner =
        Planner { mapping, context, known: known.clone(), gifts: gifts.clone(), equal: BTreeMap::new() };
    let lines = table.rows.iter().map(|row| planner.line(row)).collect();
    GiftPlan { source: mapping.source(), lines }
}

impl GiftPlan {
    /// The report: a gift of a new donor who might be a double of somebody is doubtful, all other gifts are new.
    pub fn report(&self, mapping: &Mapping) -> Report {
        let mut report =
            Report { lines: self.lines.len(), columns: super::result::columns(mapping), ..Report::default() };
        for line in &self.lines {
            match &line.outcome {
                GiftOutcome::New { new_donor: Some(donor), .. } if !donor.doubtful_of.is_empty() => {
                    report.doubtful += 1;
                    report.possible_doubles.push(super::result::PossibleDouble {
                        line: line.line,
                        of: donor.doubtful_of.clone(),
                    });
                }
                GiftOutcome::New { .. } => report.new += 1,
                GiftOutcome::Same => report.same += 1,
                GiftOutcome::Refused(reason) => report.refuse(line.line, *reason),
            }
            if !matches!(line.outcome, GiftOutcome::Same) {
                report.warn(line.line, &line.warnings);
            }
        }
        report
    }
}

struct Planner<'a> {
    mapping: &'a Mapping,
    context: &'a Context,
    known: Known,
    gifts: BTreeMap<String, KnownGift>,
    /// Lines without a number so far, by their content's hash.
    equal: BTreeMap<String, u32>,
}

impl Planner<'_> {
    fn line(&mut self, row: &Row) -> GiftLine {
        let ReadLine { line, mut imported, mut warnings, holds_national_number } =
            read_line(row, self.mapping, self.context);
        let outcome = match self.gift(row, &mut warnings) {
            _ if holds_national_number => GiftOutcome::Refused(RefusalReason::NationalNumber),
            _ if imported.name.is_empty() => GiftOutcome::Refused(RefusalReason::NamesNobody),
            _ if imported.is_too_long() => GiftOutcome::Refused(RefusalReason::TooLong),
            Err(reason) => GiftOutcome::Refused(reason),
            Ok(gift) => match self.gifts.get(&gift.transaction_id) {
                Some(known) if *known == KnownGift::from(&gift) => GiftOutcome::Same,
                Some(_) => GiftOutcome::Refused(RefusalReason::TransactionDiffers),
                None => self.new_gift(line, gift, &mut imported),
            },
        };
        GiftLine { line, outcome, warnings }
    }

    fn new_gift(&mut self, line: u32, gift: Gift, imported: &mut Imported) -> GiftOutcome {
        self.gifts.insert(gift.transaction_id.clone(), KnownGift::from(&gift));
        if let Some(donor) = self.known.same_person(imported) {
            // The next gift may come with this line's other address or number.
            self.known.add_contact(donor, imported);
            return GiftOutcome::New { gift: Box::new(gift), donor, new_donor: None };
        }
        imported.make_donor();
        let donor = Whom::Line(line);
        let doubtful_of = self.known.doubles(imported);
        self.known.add_contact(donor, imported);
        let remembered = Remembered::of(imported, self.mapping);
        let new_donor = NewDonor { imported: imported.clone(), remembered, doubtful_of };
        GiftOutcome::New { gift: Box::new(gift), donor, new_donor: Some(Box::new(new_donor)) }
    }

    fn gift(&mut self, row: &Row, warnings: &mut Vec<Warning>) -> Result<Gift, RefusalReason> {
        let mapping = self.mapping;
        let text = |column| {
            let mut cells = mapping.columns.iter().zip(&row.cells);
            let cell = cells.find(|(mapped, cell)| mapped.column == Some(column) && !cell.is_empty());
            cell.map(|(_, cell)| name::tidied(cell)).unwrap_or_default()
        };
        let (currency, assumed) = Currency::read(&text(Column::Currency), &self.context.country)
            .ok_or(RefusalReason::UnknownCurrency)?;
        if assumed {
            warnings.push(Warning::on_line(WarningCode::Currency));
        }
        let amount_minor = amount::read(&text(Column::Amount), currency).ok_or(RefusalReason::NoAmount)?;
        let paid = text(Column::PaidAt);
        let paid_on = date::read(&paid, self.context.today)
            .and_then(date::WrittenDate::day)
            .ok_or(RefusalReason::NoPaymentDate)?;
        let transaction_id = match text(Column::TransactionId) {
            id if id.is_empty() => self.number_of_line(content_hash(row, self.mapping)),
            id => id,
        };
        Ok(Gift {
            transaction_id,
            paid_on,
            paid_at: DateTime::parse_from_rfc3339(&paid).ok(),
            amount_minor,
            currency: currency.code().to_owned(),
            frequency: text(Column::Frequency),
            method: text(Column::Method),
            device: text(Column::Device),
            source: text(Column::GiftSource),
            campaign: text(Column::Campaign),
            tax_deduction: yes_no::read(&text(Column::TaxDeduction)),
        })
    }
}

impl Planner<'_> {
    /// What stands for the number of a line that has none. The same file gives the same again.
    fn number_of_line(&mut self, content: String) -> String {
        let nth = self.equal.entry(content.clone()).or_default();
        *nth += 1;
        if *nth == 1 { format!("line-{content}") } else { format!("line-{content}-{nth}") }
    }
}

impl From<&Gift> for KnownGift {
    fn from(gift: &Gift) -> KnownGift {
        KnownGift { amount_minor: gift.amount_minor, currency: gift.currency.clone(), paid_on: gift.paid_on }
    }
}

#[cfg(test)]
#[path = "gifts_tests.rs"]
mod tests;
