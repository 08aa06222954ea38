//! What an import tells: the figures and refusals as JSON, and refused lines as a file to be mended and imported.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    known::Whom,
    mapping::{Mapping, RecognisedBy},
    plan::{LinePlan, Outcome, Plan, RefusalReason},
    read::{Row, Table},
    warning::Warning,
};

/// The heading of our own column in a file of refused lines; a later import reads past it.
pub const REASON_HEADING: &str = "Helhet: reason";

/// `import --json`. Each line counts once: `lines` is the sum of the five that follow.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Report {
    /// Lines that are not empty, but for the headings.
    pub lines: usize,
    /// Became supporters.
    pub new: usize,
    /// Changed supporters.
    pub changed: usize,
    /// Were imported before.
    pub same: usize,
    /// Became supporters, and might be doubles.
    pub doubtful: usize,
    /// Were not imported.
    pub refused: usize,
    /// Which and why.
    pub refusals: Vec<Refusal>,
    /// The doubtful ones and of whom.
    pub possible_doubles: Vec<PossibleDouble>,
    /// Remarks on lines that were imported all the same.
    pub warnings: Vec<LineWarning>,
    /// What each heading was taken to mean.
    pub columns: Vec<ColumnReport>,
}

/// A refused line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// As in the file.
    pub line: u32,
    /// In English.
    pub reason: &'static str,
    /// For translations.
    pub code: &'static str,
}

/// A line that might be somebody known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PossibleDouble {
    /// As in the file.
    pub line: u32,
    /// `{"supporter": ID}` or `{"line": N}`.
    pub of: Vec<Whom>,
}

/// A remark on a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LineWarning {
    /// As in the file.
    pub line: u32,
    /// The heading and the code.
    #[serde(flatten)]
    pub warning: Warning,
    /// The remark in English.
    pub text: String,
}

/// A heading and its meaning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ColumnReport {
    /// As in the file.
    pub heading: String,
    /// The column's code; absent where it was not recognised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<&'static str>,
    /// heading, content, person or nothing.
    pub recognised_by: &'static str,
}

impl Report {
    /// The report on a plan.
    pub fn of(plan: &Plan, mapping: &Mapping) -> Report {
        let mut report = Report::beginning(mapping);
        for LinePlan { line, outcome, warnings, .. } in &plan.lines {
            report.count(*line, outcome, warnings);
        }
        report
    }

    /// A report in which no line is counted yet.
    pub fn beginning(mapping: &Mapping) -> Report {
        Report { columns: columns(mapping), ..Report::default() }
    }

    /// Counts what becomes, or became, of a line.
    pub fn count(&mut self, line: u32, outcome: &Outcome, warnings: &[Warning]) {
        self.lines += 1;
        match outcome {
            Outcome::New => self.new += 1,
            Outcome::Changed { .. } => self.changed += 1,
            Outcome::Same { .. } => self.same += 1,
            Outcome::Doubtful { of } => {
                self.doubtful += 1;
                self.possible_doubles.push(PossibleDouble { line, of: of.clone() });
            }
            Outcome::Refused { reason } => self.refuse(line, *reason),
        }
        // What was remarked before is not said again for a line that changes nothing.
        if !matches!(outcome, Outcome::Same { .. }) {
            self.warn(line, warnings);
        }
    }

    /// Counts a refusal; the line itself is counted by the caller.
    pub(super) fn refuse(&mut self, line: u32, reason: RefusalReason) {
        self.refused += 1;
        self.refusals.push(Refusal { line, reason: reason.text(), code: reason.code() });
    }

    /// Adds remarks on a line, such as those that carrying it out brought up.
    pub fn warn(&mut self, line: u32, warnings: &[Warning]) {
        self.warnings.extend(warnings.iter().map(|warning| LineWarning {
            line,
            warning: warning.clone(),
            text: warning.to_string(),
        }));
    }
}

/// The report for a terminal.
impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Report { lines, new, changed, same, doubtful, refused, .. } = self;
        writeln!(
            f,
            "{lines} lines: {new} new, {changed} changed, {same} same, {doubtful} doubtful, {refused} refused"
        )?;
        for ColumnReport { heading, .. } in self.columns.iter().filter(|column| column.column.is_none()) {
            writeln!(f, "column not recognised, not read: {heading}")?;
        }
        for Refusal { line, reason, .. } in &self.refusals {
            writeln!(f, "line {line} refused: {reason}")?;
        }
        for PossibleDouble { line, of } in &self.possible_doubles {
            let of: Vec<String> = of.iter().map(ToString::to_string).collect();
            writeln!(f, "line {line} may be the same as {}", of.join(", "))?;
        }
        for LineWarning { line, text, .. } in &self.warnings {
            writeln!(f, "line {line}: {text}")?;
        }
        Ok(())
    }
}

pub(super) fn columns(mapping: &Mapping) -> Vec<ColumnReport> {
    let report = |mapped: &super::mapping::MappedColumn| ColumnReport {
        heading: mapped.heading.clone(),
        column: mapped.column.map(super::column::Column::code),
        recognised_by: match mapped.recognised_by {
            RecognisedBy::Heading => "heading",
            RecognisedBy::Content => "content",
            RecognisedBy::Person => "person",
            RecognisedBy::Nothing => "nothing",
        },
    };
    mapping.columns.iter().map(report).collect()
}

/// The refused lines as a file of the same headings with a column of reasons, UTF-8 with BOM as spreadsheets like it.
/// What stood beyond the headings stands behind the reason. None where nothing was refused.
pub fn refused_file(table: &Table, refusals: &[Refusal]) -> Option<String> {
    if refusals.is_empty() {
        return None;
    }
    let separator = table.separator.to_string();
    let record = |cells: &[String], reason: &str, surplus: &[String]| {
        let cells =
            cells.iter().map(String::as_str).chain([reason]).chain(surplus.iter().map(String::as_str));
        cells.map(|cell| quoted(cell, table.separator)).collect::<Vec<_>>().join(&separator) + "\r\n"
    };
    let mut text = String::from("\u{feff}");
    text.push_str(&record(&table.headings, REASON_HEADING, &[]));
    let rows: BTreeMap<u32, &Row> = table.rows.iter().map(|row| (row.line, row)).collect();
    for (row, refusal) in refusals.iter().filter_map(|refusal| Some((rows.get(&refusal.line)?, refusal))) {
        text.push_str(&record(&row.cells, refusal.reason, &row.surplus));
    }
    Some(text)
}

fn quoted(cell: &str, separator: char) -> String {
    if cell.contains([separator, '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}
