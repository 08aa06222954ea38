//! The pages of an import: the file, its columns, what will happen, what has happened.

use askama::Template;
use helhet_shared::import::column::Column;
use helhet_shared::import::result::Report;
use helhet_shared::web::{Choice, Form, Frame, Texts};

use crate::files::GiftImport;
use crate::store::gifts::BatchRow;
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
    pub(crate) batch: String,
    pub(crate) when: String,
    pub(crate) gifts: u64,
    pub(crate) undone: bool,
}

impl PastImport {
    pub(crate) fn of(row: &BatchRow, t: &Texts, now: chrono::DateTime<chrono::Utc>) -> Self {
        let at = chrono::DateTime::from_timestamp(row.at, 0).unwrap_or_default();
        Self {
            batch: row.batch.clone(),
            when: t.ago(at, now),
            gifts: row.gifts,
            undone: row.gifts == row.reversed,
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
        let mut meanings: Vec<Choice> = Column::ALL.iter().map(meaning).collect();
        if !meanings.iter().any(|choice| choice.value == "ignored") {
            meanings.insert(0, Choice::new("ignored", t.code("column", "ignored")));
        }
        Self { t, frame, urls: Urls, form, id, file, lines, columns, meanings }
    }
}

/// What will happen or has happened; lines = the sum of the four that follow.
#[derive(Debug, Clone)]
pub(crate) struct Counts {
    pub(crate) lines: usize,
    pub(crate) new: usize,
    pub(crate) same: usize,
    pub(crate) doubtful: usize,
    pub(crate) refused: usize,
    pub(crate) refusals: Vec<LineNote>,
    pub(crate) remarks: Vec<LineNote>,
}

#[derive(Debug, Clone)]
pub(crate) struct LineNote {
    pub(crate) line: u32,
    pub(crate) reason: String,
}

impl Counts {
    pub(crate) fn of(report: &Report, t: &Texts) -> Self {
        let remark = |remark: &helhet_shared::import::result::LineWarning| {
            let words = t.code("remark", remark.warning.code.code());
            let heading = &remark.warning.heading;
            let reason = if heading.is_empty() { words } else { format!("{heading}: {words}") };
            LineNote { line: remark.line, reason }
        };
        let refusal = |refusal: &helhet_shared::import::result::Refusal| LineNote {
            line: refusal.line,
            reason: t.code("left-out", refusal.code),
        };
        Self {
            lines: report.lines,
            new: report.new,
            same: report.same,
            doubtful: report.doubtful,
            refused: report.refused,
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
    pub(crate) fn new(t: Texts, frame: Frame, id: String, file: String, report: &Report) -> Self {
        Self { counts: Counts::of(report, &t), t, frame, urls: Urls, id, file }
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
    pub(crate) batch: String,
}

impl ResultPage {
    pub(crate) fn new(t: Texts, frame: Frame, id: String, file: String, import: &GiftImport) -> Self {
        let batch = import.batch.clone().unwrap_or_default();
        Self { counts: Counts::of(&import.report, &t), t, frame, urls: Urls, id, file, batch }
    }
}
