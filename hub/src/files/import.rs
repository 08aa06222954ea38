//! The office's own files. A file of gifts becomes rows of the ledger and, for donors nobody had on record, supporters
//! of the office zone; a list of people and organisations becomes such supporters. What the columns mean says which it
//! is. What will happen is decided before anything is written; the same file twice writes nothing.
//!
//! The office's supporters are matched against each other alone. Whether one is the same as a chapter's is for linking
//! to say. What a peer supporter's own health is about is not read: it belongs to the chapter.

use std::collections::BTreeMap;

use helhet_shared::id::SupporterId;
use helhet_shared::import::column::Column;
use helhet_shared::import::imported::ImportedName;
use helhet_shared::import::known::Known;
use helhet_shared::import::line::Context;
use helhet_shared::import::mapping::{FileKind, Mapping, MappingError};
use helhet_shared::import::read::{ReadError, Table, read};
use helhet_shared::import::result::{Report, refused_file};
use helhet_shared::supporter::Supporter;
use rand::Rng;
use rusqlite::Connection;

use super::gift_lines::{GiftLines, plan_gift_lines};
use super::office_batch::own_supporters;
use super::supporter_lines::{SupporterLines, plan_supporter_lines};
use super::{OfficeBatch, OfficeBatchError};
use crate::hub::{Hub, HubError};

/// Times that an import which another one overtook is planned anew.
const ATTEMPTS: usize = 5;

/// A file to be imported.
#[derive(Clone, Copy)]
pub struct ListFile<'a> {
    /// What it is called, for the list of imports.
    pub name: &'a str,
    pub bytes: &'a [u8],
    /// A person's corrections of what the columns mean; empty for none.
    pub correction: &'a str,
}

impl std::fmt::Debug for ListFile<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ListFile").field("bytes", &self.bytes.len()).finish_non_exhaustive()
    }
}

/// What an import did, or would do.
#[derive(Clone)]
pub struct Imported {
    pub kind: FileKind,
    /// The figures and remarks.
    pub report: Report,
    /// Names the import for [`undo`](super::undo); None where nothing was to be written.
    pub import: Option<String>,
    /// The refused lines as a file to be mended and imported; None where none was.
    pub refused: Option<String>,
    /// The names on the doubtful lines.
    pub doubtful_names: BTreeMap<u32, String>,
}

// Personal data.
impl std::fmt::Debug for Imported {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Imported").field("lines", &self.report.lines).finish_non_exhaustive()
    }
}

/// Why a file was not imported. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("the file cannot be read as a list")]
    Read(#[from] ReadError),
    #[error("the mapping cannot be used")]
    Mapping(#[from] MappingError),
    #[error("no column of the file is recognised as a name: correct the mapping")]
    NoName,
    #[error(transparent)]
    Batch(#[from] OfficeBatchError),
    #[error(transparent)]
    Hub(#[from] HubError),
}

/// What the columns of a file mean to the office: the guess, without what belongs to a chapter.
pub fn guess(table: &Table) -> Mapping {
    let mut mapping = Mapping::guess(table);
    for mapped in &mut mapping.columns {
        if mapped.column.is_some_and(|column| !may_mean(column)) {
            mapped.column = None;
        }
    }
    mapping
}

/// Whether the office reads such a column. Those of which a peer supporter's health can be read it does not.
pub fn may_mean(column: Column) -> bool {
    !matches!(column, Column::Themes | Column::Languages | Column::CourseDate)
}

/// Imports a file; a dry run writes nothing.
pub fn import(
    hub: &Hub,
    file: &ListFile<'_>,
    dry_run: bool,
    rng: &mut impl Rng,
) -> Result<Imported, ImportError> {
    let table = read(file.bytes)?;
    let mut mapping = guess(&table).corrected(file.correction)?;
    mapping
        .columns
        .iter_mut()
        .for_each(|mapped| mapped.column = mapped.column.filter(|column| may_mean(*column)));
    if !mapping.can_name() {
        return Err(ImportError::NoName);
    }
    let import = Import { hub, file, table: &table, mapping: &mapping };
    let mut attempts = 1;
    let imported = loop {
        // Lines are matched against what the projector left.
        hub.project()?;
        match import.run(dry_run, rng) {
            Err(OfficeBatchError::Overtaken) if attempts < ATTEMPTS => attempts += 1,
            outcome => break outcome?,
        }
    };
    if imported.import.is_some() {
        hub.project()?;
    }
    Ok(imported)
}

struct Import<'a> {
    hub: &'a Hub,
    file: &'a ListFile<'a>,
    table: &'a Table,
    mapping: &'a Mapping,
}

/// What will happen with each line.
enum Lines {
    Gifts(GiftLines),
    Supporters(SupporterLines),
}

impl Import<'_> {
    fn run(&self, dry_run: bool, rng: &mut impl Rng) -> Result<Imported, OfficeBatchError> {
        if dry_run {
            let lines = self.hub.database().read(|connection| self.plan(connection))?;
            return Ok(self.imported(&lines, lines.report(self.mapping), None));
        }
        let id = SupporterId::random(rng).to_string();
        OfficeBatch::run(self.hub, &id, |open| {
            let lines = self.plan(open.transaction())?;
            let mut report = lines.report(self.mapping);
            let writes = report.new + report.changed + report.doubtful > 0;
            if writes {
                open.begin(&lines.row(&id, self.file.name, &report, self.hub.now().timestamp()))?;
                match &lines {
                    Lines::Gifts(gifts) => gifts.carry_out(open, &id, self.hub.now(), rng)?,
                    Lines::Supporters(lines) => {
                        lines.carry_out(open, &id, self.hub.now(), &mut report, rng)?;
                    }
                }
            }
            Ok(self.imported(&lines, report, writes.then_some(id.clone())))
        })
    }

    fn plan(&self, connection: &Connection) -> Result<Lines, OfficeBatchError> {
        let mut known = Known::new();
        for (id, content) in own_supporters(connection)? {
            known.add(&Supporter::from_content(id, &content));
        }
        let context = Context { today: self.hub.now().date_naive(), country: self.hub.office().country() };
        Ok(match self.mapping.kind() {
            FileKind::Gifts => {
                Lines::Gifts(plan_gift_lines(connection, self.table, self.mapping, &known, &context)?)
            }
            FileKind::Supporters => {
                Lines::Supporters(plan_supporter_lines(self.table, self.mapping, &known, &context))
            }
        })
    }

    fn imported(&self, lines: &Lines, report: Report, import: Option<String>) -> Imported {
        let refused = refused_file(self.table, &report.refusals);
        let doubtful_names = match lines {
            Lines::Gifts(gifts) => gifts.doubtful_names(),
            Lines::Supporters(supporters) => supporters.doubtful_names(),
        };
        Imported { kind: self.mapping.kind(), report, import, refused, doubtful_names }
    }
}

impl Lines {
    fn report(&self, mapping: &Mapping) -> Report {
        match self {
            Self::Gifts(gifts) => gifts.report(mapping),
            Self::Supporters(supporters) => supporters.report(mapping),
        }
    }

    fn row(&self, id: &str, file: &str, report: &Report, now: i64) -> crate::store::imports::ImportRow {
        use crate::store::imports::{ImportKind, ImportRow};
        let (kind, made, changed, gifts) = match self {
            Self::Gifts(lines) => (ImportKind::Gifts, lines.donors(), 0, report.new + report.doubtful),
            Self::Supporters(_) => (ImportKind::Supporters, report.new + report.doubtful, report.changed, 0),
        };
        ImportRow {
            id: id.to_owned(),
            file: file.to_owned(),
            kind,
            imported_at: now,
            made: made as u64,
            changed: changed as u64,
            gifts: gifts as u64,
            undone_at: None,
        }
    }
}

/// A name as a list shows it.
pub(super) fn display(name: &ImportedName) -> String {
    [&name.given, &name.family, &name.legal].map(String::as_str).join(" ").trim().to_owned()
}

#[cfg(test)]
#[path = "import_tests.rs"]
mod tests;
