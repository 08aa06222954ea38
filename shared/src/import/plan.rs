//! Decide, then do: a table and what is known → one outcome per line. Nothing is changed here.

use std::collections::BTreeSet;

use super::{
    imported::Imported,
    known::{Earlier, Known, Whom},
    line::{Context, ReadLine, read_line},
    mapping::Mapping,
    read::Table,
    remembered::Remembered,
    warning::{Warning, WarningCode},
};

/// What will happen with each line of a file.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The list's name, under which its lines are remembered.
    pub source: String,
    /// One per row, in the file's order.
    pub lines: Vec<LinePlan>,
}

/// What will happen with one line.
#[derive(Debug, Clone)]
pub struct LinePlan {
    /// As in the file, from 1.
    pub line: u32,
    /// The decision.
    pub outcome: Outcome,
    /// What it says.
    pub imported: Imported,
    /// What is to be remembered of it.
    pub remembered: Remembered,
    /// What a person should know.
    pub warnings: Vec<Warning>,
}

/// The decision on a line. Each line has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Becomes a supporter.
    New,
    /// Becomes a supporter of its own, and might be the same as these.
    Doubtful {
        /// Never empty.
        of: Vec<Whom>,
    },
    /// Changes the supporter that an earlier import of this line made.
    Changed {
        /// Who.
        whom: Whom,
    },
    /// Was imported before, by an earlier import or an earlier line.
    Same {
        /// Who.
        whom: Whom,
    },
    /// Is not imported.
    Refused {
        /// Why.
        reason: RefusalReason,
    },
}

/// Why a line is not imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RefusalReason {
    /// No name in any column.
    NamesNobody,
    /// A gift without a readable amount.
    NoAmount,
    /// A gift without a readable day of payment.
    NoPaymentDate,
    /// A gift whose number is known with other figures; money is corrected by reversal.
    TransactionDiffers,
    /// A gift in what is no currency.
    UnknownCurrency,
    /// More than one supporter's document takes in one change.
    TooLong,
    /// A cell has a national identity number in it (P21). The reason never repeats it.
    NationalNumber,
    /// The supporter whom the line changes was erased since the import was planned.
    ErasedSince,
}

impl RefusalReason {
    /// Every reason.
    pub const ALL: &'static [RefusalReason] = &[
        Self::NamesNobody,
        Self::NoAmount,
        Self::NoPaymentDate,
        Self::TransactionDiffers,
        Self::UnknownCurrency,
        Self::TooLong,
        Self::NationalNumber,
        Self::ErasedSince,
    ];

    /// The stable name.
    pub fn code(self) -> &'static str {
        match self {
            RefusalReason::NamesNobody => "names_nobody",
            RefusalReason::NoAmount => "no_amount",
            RefusalReason::NoPaymentDate => "no_payment_date",
            RefusalReason::TransactionDiffers => "transaction_differs",
            RefusalReason::UnknownCurrency => "unknown_currency",
            RefusalReason::TooLong => "too_long",
            RefusalReason::NationalNumber => "national_number",
            RefusalReason::ErasedSince => "erased_since",
        }
    }

    /// The sentence, in English.
    pub fn text(self) -> &'static str {
        match self {
            RefusalReason::NamesNobody => "the line names nobody",
            RefusalReason::NoAmount => "the amount cannot be read",
            RefusalReason::NoPaymentDate => "the day of payment cannot be read",
            RefusalReason::TransactionDiffers => {
                "a gift with this number is on record with other figures; correct it by a reversal"
            }
            RefusalReason::UnknownCurrency => "the currency is no code such as NOK or EUR",
            RefusalReason::TooLong => "the line is too long: shorten its longest cell",
            RefusalReason::NationalNumber => {
                "the line holds a national identity number, which is kept nowhere: take it out of the list"
            }
            RefusalReason::ErasedSince => "the supporter was erased while the list was being brought in",
        }
    }
}

/// Plans the import of a list of supporters.
///
/// A line is known by its content, else by its number. Where the number is known with other content, the line changes
/// the supporter, unless the name says that the number went to somebody else. All other lines become supporters.
pub fn plan(table: &Table, mapping: &Mapping, known: &Known, context: &Context) -> Plan {
    let mut planner =
        Planner { source: mapping.source(), mapping, known: known.clone(), numbers: BTreeSet::new() };
    let lines = table.rows.iter().map(|row| planner.line(read_line(row, mapping, context))).collect();
    Plan { source: planner.source, lines }
}

struct Planner<'a> {
    source: String,
    mapping: &'a Mapping,
    known: Known,
    /// The numbers that lines of this file have had so far.
    numbers: BTreeSet<String>,
}

impl Planner<'_> {
    fn line(&mut self, read: ReadLine) -> LinePlan {
        let ReadLine { line, mut imported, mut warnings, holds_national_number } = read;
        let remembered = Remembered::of(&imported, self.mapping);
        let outcome = if holds_national_number {
            Outcome::Refused { reason: RefusalReason::NationalNumber }
        } else if imported.name.is_empty() {
            Outcome::Refused { reason: RefusalReason::NamesNobody }
        } else if imported.is_too_long() {
            Outcome::Refused { reason: RefusalReason::TooLong }
        } else {
            self.outcome(&mut imported, &remembered, &mut warnings)
        };
        if let Some(whom) = becomes(&outcome, line) {
            self.known.add_line(&self.source, whom, &imported, remembered.clone());
        }
        if !imported.number.is_empty() && !matches!(outcome, Outcome::Refused { .. }) {
            self.numbers.insert(imported.number.clone());
        }
        LinePlan { line, outcome, imported, remembered, warnings }
    }

    fn outcome(
        &self,
        imported: &mut Imported,
        remembered: &Remembered,
        warnings: &mut Vec<Warning>,
    ) -> Outcome {
        if let Some(earlier) = self.known.by_line(&self.source, &imported.line_hash) {
            // The same content read through another mapping may say something else.
            return match earlier.whom {
                Whom::Supporter(_) if earlier.remembered.mapping != remembered.mapping => {
                    against(earlier, remembered)
                }
                Whom::Supporter(_) | Whom::Line(_) => Outcome::Same { whom: earlier.whom },
            };
        }
        if self.numbers.contains(&imported.number) {
            warnings.push(Warning::on_line(WarningCode::NumberRepeated));
            imported.number.clear();
        } else if let Some(earlier) = self.known.by_number(&self.source, &imported.number) {
            if !self.known.contradicts(earlier.whom, &imported.name) {
                return against(earlier, remembered);
            }
            warnings.push(Warning::on_line(WarningCode::NumberReused));
            imported.number.clear();
        }
        let of = self.known.doubles(imported);
        if of.is_empty() { Outcome::New } else { Outcome::Doubtful { of } }
    }
}

fn against(earlier: &Earlier, remembered: &Remembered) -> Outcome {
    let whom = earlier.whom;
    if earlier.remembered.same_values(remembered) {
        Outcome::Same { whom }
    } else {
        Outcome::Changed { whom }
    }
}

/// Whose the line's content is from now on.
fn becomes(outcome: &Outcome, line: u32) -> Option<Whom> {
    match outcome {
        Outcome::New | Outcome::Doubtful { .. } => Some(Whom::Line(line)),
        Outcome::Changed { whom } => Some(*whom),
        Outcome::Same { .. } | Outcome::Refused { .. } => None,
    }
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
