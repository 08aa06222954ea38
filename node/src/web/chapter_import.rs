//! Imports under way: the file as it was chosen, the columns as corrected, what will happen, what has happened. Kept in memory, a few at
//! a time; what an import did is in the store.

use std::collections::VecDeque;
use std::sync::{MutexGuard, PoisonError};

use helhet_shared::id::SupporterId;
use helhet_shared::import::column::Column;
use helhet_shared::import::known::Whom;
use helhet_shared::import::mapping::Mapping;
use helhet_shared::import::plan::Plan;
use helhet_shared::import::read::{Table, read};
use helhet_shared::import::result;

use super::chapter::{Chapter, failed};
use super::chapter_deeds::write_error;
use super::chapter_desk::moment;
use super::desk::{Columns, DeskError, FileColumn, LineNote, Past, Report};
use crate::files::{ImportError, Preview, carry_out, preview};
use crate::store::imports;
use crate::write::WriteError;

const MOST_BATCHES: usize = 8;
const MOST_EXAMPLES: usize = 3;

/// The imports under way, oldest first.
#[derive(Debug, Default)]
pub(super) struct Batches(VecDeque<Batch>);

#[derive(Clone)]
struct Batch {
    key: String,
    file: String,
    bytes: Vec<u8>,
    correction: String,
    preview: Option<Preview>,
    done: Option<Done>,
}

/// What came of it: the import's id where something was written, the figures, the refused lines.
#[derive(Clone)]
struct Done {
    import: Option<String>,
    report: result::Report,
    refused: Option<String>,
}

impl std::fmt::Debug for Batch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Batch({})", self.key)
    }
}

impl Chapter {
    fn batches(&self) -> MutexGuard<'_, Batches> {
        self.batches.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A batch by its own name or by the id of the import that it became.
    fn batch(&self, key: &str) -> Option<Batch> {
        let is_it = |batch: &&Batch| {
            let import = batch.done.as_ref().and_then(|done| done.import.as_deref());
            batch.key == key || import == Some(key)
        };
        self.batches().0.iter().find(is_it).cloned()
    }

    fn keep(&self, changed: Batch) {
        if let Some(batch) = self.batches().0.iter_mut().find(|batch| batch.key == changed.key) {
            *batch = changed;
        }
    }

    pub(super) fn keep_file(&self, file_name: &str, bytes: &[u8]) -> Result<String, DeskError> {
        read(bytes).map_err(|_| DeskError::FileUnreadable)?;
        let key = SupporterId::random(&mut rand::rng()).to_string();
        let file = file_name.rsplit(['/', '\\']).next().unwrap_or_default().chars().take(100).collect();
        let mut batches = self.batches();
        while batches.0.len() >= MOST_BATCHES {
            batches.0.pop_front();
        }
        batches.0.push_back(Batch {
            key: key.clone(),
            file,
            bytes: bytes.to_owned(),
            correction: String::new(),
            preview: None,
            done: None,
        });
        Ok(key)
    }

    pub(super) fn file_columns(&self, key: &str) -> Result<Columns, DeskError> {
        let batch = self.batch(key).ok_or(DeskError::NotFound)?;
        let table = read(&batch.bytes).map_err(|_| DeskError::FileUnreadable)?;
        let mapping = Mapping::guess(&table).corrected(&batch.correction).map_err(failed)?;
        let column = |(index, mapped): (usize, &helhet_shared::import::mapping::MappedColumn)| FileColumn {
            heading: mapped.heading.clone(),
            examples: examples(&table, index),
            meaning: mapped.column.unwrap_or(Column::Ignored).code().to_owned(),
        };
        let columns = mapping.columns.iter().enumerate().map(column).collect();
        Ok(Columns { file: batch.file, lines: table.rows.len(), columns })
    }

    pub(super) fn preview_file(&self, key: &str, meanings: &[String]) -> Result<Report, DeskError> {
        let mut batch = self.batch(key).ok_or(DeskError::NotFound)?;
        let table = read(&batch.bytes).map_err(|_| DeskError::FileUnreadable)?;
        let mut mapping = Mapping::guess(&table);
        for (index, meaning) in meanings.iter().enumerate() {
            mapping.set(index, Column::from_code(meaning));
        }
        batch.correction = mapping.to_text();
        let planned = preview(self.node()?.writer(), &batch.file, &batch.bytes, &batch.correction);
        batch.preview = Some(planned.map_err(import_error)?);
        batch.done = None;
        self.keep(batch);
        self.import_report(key)
    }

    pub(super) fn run_import(&self, key: &str) -> Result<(), DeskError> {
        let mut batch = self.batch(key).ok_or(DeskError::NotFound)?;
        // A second press of the button is the same import.
        if batch.done.is_some() {
            return Ok(());
        }
        let node = self.node()?;
        // Planned anew on what is on record now: somebody may have been added since the preview.
        let planned =
            preview(node.writer(), &batch.file, &batch.bytes, &batch.correction).map_err(import_error)?;
        let imported = carry_out(node.writer(), &planned).map_err(import_error)?;
        batch.preview = Some(planned);
        batch.done =
            Some(Done { import: imported.import, report: imported.report, refused: imported.refused });
        self.keep(batch);
        Ok(())
    }

    pub(super) fn import_report(&self, key: &str) -> Result<Report, DeskError> {
        let Some(batch) = self.batch(key) else { return self.stored_report(key) };
        let preview = batch.preview.ok_or(DeskError::NotFound)?;
        let import = batch.done.as_ref().and_then(|done| done.import.clone());
        let undone = match import {
            Some(import) => self.past_imports()?.iter().any(|past| past.batch == import && past.undone),
            None => false,
        };
        let report = batch.done.map_or(preview.report, |done| done.report);
        Ok(told(batch.file, &report, &preview.plan, undone))
    }

    /// What the store still knows of an import of an earlier day.
    fn stored_report(&self, key: &str) -> Result<Report, DeskError> {
        let past =
            self.past_imports()?.into_iter().find(|past| past.batch == key).ok_or(DeskError::NotFound)?;
        let changes = self
            .node()?
            .store()
            .database()
            .read(|connection| imports::changes(connection, key).map_err(WriteError::from));
        let changed = changes.map_err(write_error)?.iter().filter(|change| !change.made).count();
        let lines = past.new + changed;
        Ok(Report {
            file: past.file,
            lines,
            new: past.new,
            changed,
            undone: past.undone,
            ..Report::default()
        })
    }

    pub(super) fn left_out_lines(&self, key: &str) -> Result<Vec<u8>, DeskError> {
        let refused = self.batch(key).and_then(|batch| batch.done).and_then(|done| done.refused);
        refused.map(String::into_bytes).ok_or(DeskError::NotFound)
    }

    pub(super) fn undo_import(&self, key: &str) -> Result<(), DeskError> {
        let import = self.batch(key).and_then(|batch| batch.done).and_then(|done| done.import);
        let import = import.unwrap_or_else(|| key.to_owned());
        let undone = self.node()?.writer().act(|deed| deed.undo_import(&import)).map_err(write_error)?;
        undone.map(|_| ()).ok_or(DeskError::NotFound)
    }

    pub(super) fn past_imports(&self) -> Result<Vec<Past>, DeskError> {
        let past = self.node()?.store().database().read(|connection| -> Result<Vec<Past>, WriteError> {
            let mut past = Vec::new();
            for row in imports::all(connection)? {
                let new = imports::changes(connection, &row.id)?.iter().filter(|change| change.made).count();
                let file = row.file;
                past.push(Past {
                    batch: row.id,
                    file,
                    at: moment(row.imported_at),
                    new,
                    undone: row.undone_at.is_some(),
                });
            }
            Ok(past)
        });
        past.map_err(write_error)
    }
}

/// The first few different values of a column, each cut to a glance.
fn examples(table: &Table, column: usize) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for row in &table.rows {
        let text: String =
            row.cells.get(column).map(|cell| cell.trim().chars().take(40).collect()).unwrap_or_default();
        if !text.is_empty() && !found.contains(&text) {
            found.push(text);
        }
        if found.len() == MOST_EXAMPLES {
            break;
        }
    }
    found
}

fn told(file: String, report: &result::Report, plan: &Plan, undone: bool) -> Report {
    let name = |line: u32| {
        let planned = plan.lines.iter().find(|planned| planned.line == line);
        planned.map(|planned| {
            let name = &planned.imported.name;
            [&name.given, &name.family, &name.legal].map(String::as_str).join(" ").trim().to_owned()
        })
    };
    let note = |line: u32, supporter, reason| LineNote {
        line,
        name: name(line).unwrap_or_default(),
        supporter,
        reason,
    };
    let refusals =
        report.refusals.iter().map(|one| note(one.line, None, format!("line-refused-{}", one.code)));
    let doubts = report.possible_doubles.iter().map(|one| {
        let like = one.of.iter().find_map(|whom| match whom {
            Whom::Supporter(id) => Some(*id),
            Whom::Line(_) => None,
        });
        note(one.line, like, "line-doubtful".to_owned())
    });
    let remarks = report
        .warnings
        .iter()
        .map(|one| note(one.line, None, format!("line-warning-{}", one.warning.code.code())));
    Report {
        file,
        lines: report.lines,
        new: report.new,
        changed: report.changed,
        same: report.same,
        doubtful: report.doubtful,
        refused: report.refused,
        refusals: refusals.collect(),
        doubts: doubts.collect(),
        unreadable: remarks.collect(),
        undone,
    }
}

fn import_error(error: ImportError) -> DeskError {
    match error {
        ImportError::Read(_) | ImportError::Gifts | ImportError::NoName => DeskError::FileUnreadable,
        ImportError::Write(error) => write_error(error),
        other @ (ImportError::Mapping(_) | ImportError::Store(_)) => failed(other),
    }
}
