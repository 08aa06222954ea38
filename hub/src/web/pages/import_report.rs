//! The pages of an import: the file, its columns, what will happen, what has happened.

use askama::Template;
use helhet_shared::import::column::Column;
use helhet_shared::import::known::Whom;
use helhet_shared::import::mapping::FileKind;
use helhet_shared::import::result::{LineWarning, PossibleDouble, Refusal};
use helhet_shared::web::{Choice, Form, Frame, Texts};

use crate::files::{Imported, may_mean};
use crate::store::imports::{ImportKind, ImportRow, Undone};
use crate::web::urls::Urls;

#[derive(Debug, Template)]
#[template(path = "pages/import_file.html")]
pub(crate) struct FilePage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) form: Form,
    pub(crate) past: Vec<PastImport>,
    pub(crate) may_work: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct PastImport {
    pub(crate) id: String,
    pub(crate) file: String,
    pub(crate) when: String,
    /// What it brought, in words.
    pub(crate) brought: String,
    pub(crate) undone: bool,
}

impl PastImport {
    pub(crate) fn of(row: &ImportRow, t: &Texts, now: chrono::DateTime<chrono::Utc>) -> Self {
        let at = chrono::DateTime::from_timestamp(row.imported_at, 0).unwrap_or_default();
        let brought = match row.kind {
            ImportKind::Gifts => t.get("import-brought-gifts").arg("count", row.gifts).to_string(),
            ImportKind::Supporters => {
                let brought = t.get("import-brought-supporters");
                brought.arg("made", row.made).arg("changed", row.changed).to_string()
            }
        };
        let nameless = || t.get("import-nameless").to_string();
        Self {
            id: row.id.clone(),
            file: if row.file.is_empty() { nameless() } else { row.file.clone() },
            when: t.ago(at, now),
            brought,
            undone: row.undone_at.is_some(),
        }
    }
}

#[derive(Debug, Template)]
#[template(path = "pages/import_mapping.html")]
pub(crate) struct MappingPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) form: Form,
    pub(crate) id: String,
    pub(crate) file: String,
    pub(crate) lines: usize,
    pub(crate) columns: Vec<ColumnLine>,
    pub(crate) meanings: Vec<Choice>,
}

/// A column of the file with its first values and what it is taken for.
#[derive(Clone)]
pub(crate) struct ColumnLine {
    pub(crate) heading: String,
    pub(crate) examples: Vec<String>,
    pub(crate) meaning: &'static str,
}

impl std::fmt::Debug for ColumnLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ColumnLine({})", self.heading)
    }
}

impl MappingPage {
    pub(crate) fn new(
        t: Texts,
        frame: Frame,
        form: Form,
        id: String,
        file: String,
        lines: usize,
        columns: Vec<ColumnLine>,
    ) -> Self {
        let meaning = |column: &Column| Choice::new(column.code(), t.code("column", column.code()));
        let mut meanings: Vec<Choice> =
            Column::ALL.iter().filter(|column| may_mean(**column)).map(meaning).collect();
        if !meanings.iter().any(|choice| choice.value == "ignored") {
            meanings.insert(0, Choice::new("ignored", t.code("column", "ignored")));
        }
        Self { t, frame, urls: Urls, form, id, file, lines, columns, meanings }
    }
}

/// What will happen or has happened; lines = the sum of the other five.
#[derive(Debug, Clone)]
pub(crate) struct Counts {
    pub(crate) lines: usize,
    pub(crate) new: usize,
    pub(crate) changed: usize,
    pub(crate) same: usize,
    pub(crate) doubtful: usize,
    pub(crate) refused: usize,
    pub(crate) gifts: bool,
    pub(crate) doubts: Vec<DoubtLine>,
    pub(crate) refusals: Vec<LineNote>,
    pub(crate) remarks: Vec<LineNote>,
}

#[derive(Debug, Clone)]
pub(crate) struct LineNote {
    pub(crate) line: u32,
    pub(crate) reason: String,
}

/// A line that might be somebody known.
#[derive(Clone)]
pub(crate) struct DoubtLine {
    pub(crate) line: u32,
    pub(crate) name: String,
    pub(crate) of: Vec<DoubtOf>,
}

impl std::fmt::Debug for DoubtLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DoubtLine({})", self.line)
    }
}

/// Somebody whom the office has, or a line of the same file.
#[derive(Debug, Clone)]
pub(crate) struct DoubtOf {
    pub(crate) words: String,
    /// Empty for a line.
    pub(crate) href: String,
}

impl Counts {
    pub(crate) fn of(import: &Imported, t: &Texts) -> Self {
        let remark = |remark: &LineWarning| {
            let words = t.code("remark", remark.warning.code.code());
            let heading = &remark.warning.heading;
            let reason = if heading.is_empty() { words } else { format!("{heading}: {words}") };
            LineNote { line: remark.line, reason }
        };
        let refusal =
            |refusal: &Refusal| LineNote { line: refusal.line, reason: t.code("left-out", refusal.code) };
        let other = |whom: &Whom| match whom {
            Whom::Supporter(id) => DoubtOf {
                words: t.get("import-doubt-known").to_string(),
                href: Urls.supporter(&id.to_string()),
            },
            Whom::Line(line) => DoubtOf {
                words: t.get("import-doubt-line").arg("line", line.to_string()).to_string(),
                href: String::new(),
            },
        };
        let doubt = |double: &PossibleDouble| DoubtLine {
            line: double.line,
            name: import.doubtful_names.get(&double.line).cloned().unwrap_or_default(),
            of: double.of.iter().map(other).collect(),
        };
        let report = &import.report;
        Self {
            lines: report.lines,
            new: report.new,
            changed: report.changed,
            same: report.same,
            doubtful: report.doubtful,
            refused: report.refused,
            gifts: import.kind == FileKind::Gifts,
            doubts: report.possible_doubles.iter().map(doubt).collect(),
            refusals: report.refusals.iter().map(refusal).collect(),
            remarks: report.warnings.iter().map(remark).collect(),
        }
    }
}

#[derive(Debug, Template)]
#[template(path = "pages/import_preview.html")]
pub(crate) struct PreviewPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) id: String,
    pub(crate) file: String,
    pub(crate) counts: Counts,
}

impl PreviewPage {
    pub(crate) fn new(t: Texts, frame: Frame, id: String, file: String, import: &Imported) -> Self {
        Self { counts: Counts::of(import, &t), t, frame, urls: Urls, id, file }
    }
}

#[derive(Debug, Template)]
#[template(path = "pages/import_result.html")]
pub(crate) struct ResultPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) id: String,
    pub(crate) file: String,
    pub(crate) counts: Counts,
    /// To undo it; empty if nothing was written.
    pub(crate) import: String,
}

impl ResultPage {
    pub(crate) fn new(t: Texts, frame: Frame, id: String, file: String, import: &Imported) -> Self {
        let counts = Counts::of(import, &t);
        Self { counts, t, frame, urls: Urls, id, file, import: import.import.clone().unwrap_or_default() }
    }
}

/// What undoing an import will do.
#[derive(Debug, Template)]
#[template(path = "pages/import_undo.html")]
pub(crate) struct UndoPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) import: String,
    pub(crate) file: String,
    pub(crate) undone: Undone,
}
