//! The lines of a list of people and organisations, by the plan that the chapters' program makes too.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use helhet_shared::import::edits::{Origin, change};
use helhet_shared::import::known::Known;
use helhet_shared::import::line::Context;
use helhet_shared::import::mapping::Mapping;
use helhet_shared::import::plan::{LinePlan, Outcome, Plan, plan};
use helhet_shared::import::read::Table;
use helhet_shared::import::result::Report;
use helhet_shared::supporter::Supporter;
use rand::Rng;

use super::gift_lines::Made;
use super::import::display;
use super::{OfficeBatch, OfficeBatchError};

/// What will happen with them.
pub(super) struct SupporterLines(Plan);

pub(super) fn plan_supporter_lines(
    table: &Table,
    mapping: &Mapping,
    known: &Known,
    context: &Context,
) -> SupporterLines {
    SupporterLines(plan(table, mapping, known, context))
}

impl SupporterLines {
    pub(super) fn report(&self, mapping: &Mapping) -> Report {
        Report::of(&self.0, mapping)
    }

    pub(super) fn doubtful_names(&self) -> BTreeMap<u32, String> {
        let doubtful = self.0.lines.iter().filter(|line| matches!(line.outcome, Outcome::Doubtful { .. }));
        doubtful.map(|line| (line.line, display(&line.imported.name))).collect()
    }

    /// Writes them; what carrying a line out brings up is added to the report.
    pub(super) fn carry_out(
        &self,
        open: &mut OfficeBatch<'_>,
        import: &str,
        now: DateTime<Utc>,
        report: &mut Report,
        rng: &mut impl Rng,
    ) -> Result<(), OfficeBatchError> {
        let origin = Origin { source: &self.0.source, batch: import, now };
        let mut made = Made::default();
        for line in &self.0.lines {
            let LinePlan { line: number, imported, remembered, .. } = line;
            match &line.outcome {
                Outcome::New => made.make(open, (*number, imported, remembered), &[], origin, rng)?,
                Outcome::Doubtful { of } => {
                    made.make(open, (*number, imported, remembered), of, origin, rng)?;
                }
                Outcome::Changed { whom } => {
                    let Some(id) = made.id(*whom) else { continue };
                    let Some(mut record) = open.record(id, rng)? else { continue };
                    let supporter = Supporter::from_content(id, &record.content());
                    let change = change(imported, remembered, &supporter, origin, rng);
                    open.change(id, &mut record, &change.edits)?;
                    made.remember(*number, id);
                    report.warn(*number, &change.warnings);
                }
                Outcome::Same { .. } | Outcome::Refused { .. } => {}
            }
        }
        Ok(())
    }
}
