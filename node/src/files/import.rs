//! Lists in: a file becomes a plan that a person can look at, and the plan becomes entries of at most
//! [`IMPORT_LINES_PER_ENTRY`] lines each, under one name by which the whole import can be undone.
//!
//! A run that was cut short (a kill, a power cut) is finished by importing the file again: the lines that were done
//! count as the same then.

use std::collections::BTreeMap;

use helhet_shared::id::SupporterId;
use helhet_shared::import::edits::{Origin, change, register};
use helhet_shared::import::known::{Known, Whom};
use helhet_shared::import::line::Context;
use helhet_shared::import::mapping::{FileKind, Mapping, MappingError};
use helhet_shared::import::plan::{LinePlan, Outcome, Plan, RefusalReason, plan};
use helhet_shared::import::read::{ReadError, Table, read};
use helhet_shared::import::result::{Report, refused_file};
use helhet_shared::import::warning::Warning;
use helhet_shared::supporter::{Supporter, value::Country};

use crate::store::{StoreError, settings, supporters};
use crate::write::{Deed, IMPORT_LINES_PER_ENTRY, Undone, WriteError, Writer, held};

/// A file and what will happen with each of its lines. Nothing has happened yet.
#[derive(Clone, Debug)]
pub struct Preview {
    /// What the file is called.
    pub file: String,
    /// The file.
    pub table: Table,
    /// What its headings are taken to mean; correct it with [`Mapping::set`] or a mapping file, and look again.
    pub mapping: Mapping,
    /// Line by line.
    pub plan: Plan,
    /// The figures of the plan.
    pub report: Report,
}

/// An import that was carried out.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The figures, with the remarks that carrying it out brought up.
    pub report: Report,
    /// Names the import for [`undo`]; None where nothing was written.
    pub import: Option<String>,
    /// The refused lines as a file to be mended and imported; None where none was.
    pub refused: Option<String>,
}

/// Why a file cannot be imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("the file cannot be read as a list")]
    Read(#[from] ReadError),
    #[error("the mapping cannot be used")]
    Mapping(#[from] MappingError),
    #[error("the file is a list of gifts: gifts are the national office's to import")]
    Gifts,
    #[error("no column of the file is recognised as a name: correct the mapping")]
    NoName,
    #[error(transparent)]
    Write(#[from] WriteError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Reads a file and plans its import, with a person's corrections of the mapping (empty for none). `file` is what it is
/// called, for the list of imports.
pub fn preview(writer: &Writer, file: &str, bytes: &[u8], correction: &str) -> Result<Preview, ImportError> {
    let table = read(bytes)?;
    let mapping = Mapping::guess(&table).corrected(correction)?;
    if mapping.kind() == FileKind::Gifts {
        return Err(ImportError::Gifts);
    }
    if !mapping.can_name() {
        return Err(ImportError::NoName);
    }
    let (known, country) = known(writer)?;
    let context = Context { today: writer.today(), country };
    let plan = plan(&table, &mapping, &known, &context);
    let report = Report::of(&plan, &mapping);
    Ok(Preview { file: file.to_owned(), table, mapping, plan, report })
}

/// Carries a plan out. The report is of what was done: another process may have written since the plan was made, and
/// what was done is counted only once it is committed.
pub fn carry_out(writer: &Writer, preview: &Preview) -> Result<Imported, ImportError> {
    let import = SupporterId::random(&mut rand::rng()).to_string();
    let mut run = Run {
        file: &preview.file,
        source: &preview.plan.source,
        import: &import,
        made: BTreeMap::new(),
        written: false,
    };
    let mut done = BTreeMap::new();
    let writing: Vec<&LinePlan> = preview.plan.lines.iter().filter(|line| writes(line)).collect();
    for batch in writing.chunks(IMPORT_LINES_PER_ENTRY) {
        done.extend(writer.act(|deed| run.batch(deed, batch))?);
    }
    let mut report = Report::beginning(&preview.mapping);
    for line in &preview.plan.lines {
        match done.remove(&line.line) {
            Some(Done { outcome, mut warnings }) => {
                warnings.splice(..0, line.warnings.iter().cloned());
                report.count(line.line, &outcome, &warnings);
            }
            None => report.count(line.line, &line.outcome, &line.warnings),
        }
    }
    let refused = refused_file(&preview.table, &report.refusals);
    Ok(Imported { report, import: run.written.then_some(import), refused })
}

/// Undoes an import as one action. None where there is no such import, or it was undone before.
pub fn undo(writer: &Writer, import: &str) -> Result<Option<Undone>, ImportError> {
    Ok(writer.act(|deed| deed.undo_import(import))?)
}

/// Everybody on record, as doubles are looked for, and the chapter's country.
fn known(writer: &Writer) -> Result<(Known, Country), StoreError> {
    writer.store().database().read(|transaction| {
        let mut known = Known::new();
        for id in supporters::ids(transaction)? {
            if let Some(record) = held::live(transaction, id.into())? {
                known.add(&Supporter::from_content(id, &record.document.content()));
            }
        }
        Ok::<_, StoreError>((known, settings::country(transaction)?))
    })
}

fn writes(line: &LinePlan) -> bool {
    match line.outcome {
        Outcome::New | Outcome::Doubtful { .. } | Outcome::Changed { .. } => true,
        Outcome::Same { .. } | Outcome::Refused { .. } => false,
    }
}

/// What became of a line that was to write, and what carrying it out brought up.
struct Done {
    outcome: Outcome,
    warnings: Vec<Warning>,
}

impl From<Outcome> for Done {
    fn from(outcome: Outcome) -> Done {
        Done { outcome, warnings: Vec::new() }
    }
}

struct Run<'a> {
    file: &'a str,
    source: &'a str,
    import: &'a str,
    /// The supporters of this file's own lines.
    made: BTreeMap<u32, SupporterId>,
    written: bool,
}

impl Run<'_> {
    fn batch(&mut self, deed: &mut Deed<'_>, lines: &[&LinePlan]) -> Result<Vec<(u32, Done)>, WriteError> {
        lines.iter().map(|line| Ok((line.line, self.line(deed, line)?))).collect()
    }

    fn line(&mut self, deed: &mut Deed<'_>, line: &LinePlan) -> Result<Done, WriteError> {
        let origin = Origin { source: self.source, batch: self.import, now: deed.now() };
        match &line.outcome {
            Outcome::New | Outcome::Doubtful { .. } => self.make(deed, line, origin),
            Outcome::Changed { whom } => self.change(deed, line, *whom, origin),
            Outcome::Same { .. } | Outcome::Refused { .. } => Ok(line.outcome.clone().into()),
        }
    }

    fn change(
        &mut self,
        deed: &mut Deed<'_>,
        line: &LinePlan,
        whom: Whom,
        origin: Origin<'_>,
    ) -> Result<Done, WriteError> {
        // Erased since the plan was made: the list must not bring anybody back unasked.
        let erased = Outcome::Refused { reason: RefusalReason::ErasedSince };
        let id = match whom {
            Whom::Supporter(id) => Some(id),
            Whom::Line(line) => self.made.get(&line).copied(),
        };
        let Some(id) = id else { return Ok(erased.into()) };
        let supporter = match deed.record(id) {
            Err(WriteError::NoSuchSupporter) => return Ok(erased.into()),
            other => other?,
        };
        let change = change(&line.imported, &line.remembered, &supporter, origin, &mut rand::rng());
        self.made.insert(line.line, id);
        if change.is_done(supporter.content()) {
            return Ok(Outcome::Same { whom: Whom::Supporter(id) }.into());
        }
        deed.import_change(self.import, self.file, id, &change.edits)?;
        self.written = true;
        Ok(Done { outcome: line.outcome.clone(), warnings: change.warnings })
    }

    fn make(&mut self, deed: &mut Deed<'_>, line: &LinePlan, origin: Origin<'_>) -> Result<Done, WriteError> {
        // Another import may have brought the line since the plan was made.
        if let Some(id) = deed.whose_line(self.source, &line.imported.line_hash)? {
            self.made.insert(line.line, id);
            return Ok(Outcome::Same { whom: Whom::Supporter(id) }.into());
        }
        let registration = register(&line.imported, &line.remembered, origin, &mut rand::rng());
        let id = deed.import_new(self.import, self.file, &registration)?;
        self.made.insert(line.line, id);
        self.written = true;
        Ok(line.outcome.clone().into())
    }
}

#[cfg(test)]
#[path = "import_tests.rs"]
mod tests;
