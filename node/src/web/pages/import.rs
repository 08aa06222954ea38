//! Bringing in a list: choose the file, correct the columns, see what will happen, run, look back, undo.

use crate::web::desk::{Columns, DeskError, FileColumn, LineNote, Past, Report};
use crate::web::state::{Answer, Failure, Screens, done};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect};
use helhet_shared::import::column::Column;
use helhet_shared::web::{Choice, Form, Frame, Texts};
use helhet_shared::web::{Submitted, Upload, Visit, html};

use crate::web::urls::Urls;

#[derive(Debug, Template)]
#[template(path = "pages/import_file.html")]
pub(crate) struct FilePage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) form: Form,
    pub(crate) past: Vec<PastImport>,
}

#[derive(Debug, Clone)]
pub(crate) struct PastImport {
    pub(crate) id: String,
    pub(crate) file: String,
    pub(crate) when: String,
    pub(crate) new: usize,
    pub(crate) undone: bool,
}

#[derive(Debug, Template)]
#[template(path = "pages/import_mapping.html")]
pub(crate) struct MappingPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) batch: String,
    pub(crate) file: String,
    pub(crate) lines: usize,
    pub(crate) columns: Vec<ColumnLine>,
    pub(crate) meanings: Vec<Choice>,
}

/// A column of the file with its first values and what it is taken for.
#[derive(Debug, Clone)]
pub(crate) struct ColumnLine {
    pub(crate) heading: String,
    pub(crate) examples: Vec<String>,
    pub(crate) meaning: String,
}

/// Each line of the file counts once: lines = the sum of the other five.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Counts {
    pub(crate) lines: usize,
    pub(crate) new: usize,
    pub(crate) changed: usize,
    pub(crate) same: usize,
    pub(crate) doubtful: usize,
    pub(crate) refused: usize,
}

/// Lines that need a look, with the reason of each.
#[derive(Debug, Clone)]
pub(crate) struct LineList {
    pub(crate) key: &'static str,
    pub(crate) title: &'static str,
    pub(crate) sentence: &'static str,
    pub(crate) open: bool,
    pub(crate) lines: Vec<ListedLine>,
}

#[derive(Debug, Clone)]
pub(crate) struct ListedLine {
    pub(crate) number: u32,
    pub(crate) name: String,
    pub(crate) href: String,
    pub(crate) reason: String,
}

#[derive(Debug, Template)]
#[template(path = "pages/import_preview.html")]
pub(crate) struct PreviewPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) batch: String,
    pub(crate) file: String,
    pub(crate) counts: Counts,
    pub(crate) lists: Vec<LineList>,
}

#[derive(Debug, Template)]
#[template(path = "pages/import_result.html")]
pub(crate) struct ResultPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) batch: String,
    pub(crate) file: String,
    pub(crate) counts: Counts,
    pub(crate) lists: Vec<LineList>,
    pub(crate) undone: bool,
}

#[derive(Debug, Template)]
#[template(path = "pages/import_undo.html")]
pub(crate) struct UndoPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) batch: String,
    pub(crate) file: String,
    pub(crate) new: usize,
    pub(crate) changed: usize,
}

pub(crate) async fn show(State(screens): State<Screens>, visit: Visit) -> Answer {
    file_page(&screens, &visit, Form::default()).await
}

pub(crate) async fn look_at(State(screens): State<Screens>, visit: Visit, upload: Upload) -> Answer {
    let Upload { mut form, file_name, file } = upload;
    if file.is_empty() {
        form.refuse("file", "error-file-missing");
        return file_page(&screens, &visit, form).await;
    }
    match screens.try_to(move |desk| desk.look_at(&file_name, &file)).await {
        Ok(batch) => Ok(Redirect::to(&Urls.import_mapping(&batch)).into_response()),
        Err(DeskError::FileUnreadable) => {
            form.refuse("file", "error-file-unreadable");
            file_page(&screens, &visit, form).await
        }
        Err(error) => Err(Failure::of(&visit, error)),
    }
}

async fn file_page(screens: &Screens, visit: &Visit, form: Form) -> Answer {
    let t = visit.texts.clone();
    let frame = screens.frame(visit, t.get("import-title")).await?;
    let past = screens.ask(visit, |desk| desk.imports()).await?;
    let shown = |past: Past| PastImport {
        id: past.batch,
        file: past.file,
        when: t.ago(past.at, visit.now),
        new: past.new,
        undone: past.undone,
    };
    let past = past.into_iter().map(shown).collect();
    Ok(html(&FilePage { t, frame, urls: Urls, form, past }))
}

pub(crate) async fn show_columns(
    State(screens): State<Screens>,
    visit: Visit,
    Path(batch): Path<String>,
) -> Answer {
    let t = visit.texts.clone();
    let frame = screens.frame(&visit, t.get("import-mapping-title")).await?;
    let key = batch.clone();
    let columns = screens.ask(&visit, move |desk| desk.columns(&key)).await?;
    let meanings = meanings(&t);
    let line = |column: FileColumn| ColumnLine {
        heading: column.heading,
        examples: column.examples,
        meaning: column.meaning,
    };
    let Columns { file, lines, columns } = columns;
    let columns = columns.into_iter().map(line).collect();
    Ok(html(&MappingPage { t, frame, urls: Urls, batch, file, lines, columns, meanings }))
}

/// What a column of a chapter's file may mean; those of gifts are the office's.
fn meanings(t: &Texts) -> Vec<Choice> {
    const GIFTS: [Column; 6] = [
        Column::Frequency,
        Column::Method,
        Column::Device,
        Column::GiftSource,
        Column::Campaign,
        Column::TaxDeduction,
    ];
    let offered = Column::ALL.iter().filter(|column| !column.is_gift() && !GIFTS.contains(column));
    offered.map(|column| Choice::new(column.code(), t.code("column", column.code()))).collect()
}

pub(crate) async fn preview(
    State(screens): State<Screens>,
    visit: Visit,
    Path(batch): Path<String>,
    Submitted(form): Submitted,
) -> Answer {
    let mut columns: Vec<(usize, String)> = form
        .starting_with("column-")
        .filter_map(|(number, meaning)| Some((number.parse().ok()?, meaning.to_owned())))
        .collect();
    columns.sort();
    let meanings: Vec<String> = columns.into_iter().map(|(_, meaning)| meaning).collect();
    let key = batch.clone();
    screens.ask(&visit, move |desk| desk.preview(&key, &meanings)).await?;
    Ok(Redirect::to(&Urls.import_preview(&batch)).into_response())
}

pub(crate) async fn show_preview(
    State(screens): State<Screens>,
    visit: Visit,
    Path(batch): Path<String>,
) -> Answer {
    let t = visit.texts.clone();
    let frame = screens.frame(&visit, t.get("import-preview-title")).await?;
    let key = batch.clone();
    let report = screens.ask(&visit, move |desk| desk.report(&key)).await?;
    let (counts, lists) = (Counts::of(&report), lists(&t, &report));
    Ok(html(&PreviewPage { t, frame, urls: Urls, batch, file: report.file, counts, lists }))
}

pub(crate) async fn run(
    State(screens): State<Screens>,
    visit: Visit,
    Path(batch): Path<String>,
    _: Submitted,
) -> Answer {
    let key = batch.clone();
    screens.ask(&visit, move |desk| desk.run(&key)).await?;
    Ok(Redirect::to(&Urls.import_result(&batch)).into_response())
}

pub(crate) async fn show_result(
    State(screens): State<Screens>,
    visit: Visit,
    Path(batch): Path<String>,
) -> Answer {
    let t = visit.texts.clone();
    let frame = screens.frame(&visit, t.get("import-result-title")).await?;
    let key = batch.clone();
    let report = screens.ask(&visit, move |desk| desk.report(&key)).await?;
    let (counts, lists) = (Counts::of(&report), lists(&t, &report));
    let Report { file, undone, .. } = report;
    Ok(html(&ResultPage { t, frame, urls: Urls, batch, file, counts, lists, undone }))
}

/// The refused lines as a file to mend, with the reason beside each.
pub(crate) async fn download_left_out(
    State(screens): State<Screens>,
    visit: Visit,
    Path(batch): Path<String>,
) -> Answer {
    let bytes = screens.ask(&visit, move |desk| desk.left_out(&batch)).await?;
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"left-out.csv\""),
    ];
    Ok((headers, bytes).into_response())
}

pub(crate) async fn show_undo(
    State(screens): State<Screens>,
    visit: Visit,
    Path(batch): Path<String>,
) -> Answer {
    let t = visit.texts.clone();
    let key = batch.clone();
    let Report { file, new, changed, doubtful, .. } =
        screens.ask(&visit, move |desk| desk.report(&key)).await?;
    let frame = screens.frame(&visit, t.get("import-undo-title").arg("file", &file)).await?;
    // A doubtful line became a supporter of its own.
    Ok(html(&UndoPage { t, frame, urls: Urls, batch, file, new: new + doubtful, changed }))
}

pub(crate) async fn undo(
    State(screens): State<Screens>,
    visit: Visit,
    Path(batch): Path<String>,
    _: Submitted,
) -> Answer {
    screens.ask(&visit, move |desk| desk.undo(&batch)).await?;
    Ok(done(Urls.import(), "done-undone"))
}

impl Counts {
    fn of(report: &Report) -> Self {
        let Report { lines, new, changed, same, doubtful, refused, .. } = *report;
        Self { lines, new, changed, same, doubtful, refused }
    }
}

fn lists(t: &Texts, report: &Report) -> Vec<LineList> {
    let reason = |note: &LineNote| t.get(&note.reason).to_string();
    let line = |note: &LineNote| ListedLine {
        number: note.line,
        name: note.name.clone(),
        href: note.supporter.map(|id| Urls.supporter(&id)).unwrap_or_default(),
        reason: reason(note),
    };
    let list = |key, title, sentence, open, notes: &[LineNote]| LineList {
        key,
        title,
        sentence,
        open,
        lines: notes.iter().map(line).collect(),
    };
    let all = [
        list("refused", "import-list-refused", "import-list-refused-text", true, &report.refusals),
        list("doubtful", "import-list-doubtful", "import-list-doubtful-text", false, &report.doubts),
        list(
            "unreadable",
            "import-list-unreadable",
            "import-list-unreadable-text",
            false,
            &report.unreadable,
        ),
    ];
    all.into_iter().filter(|list| !list.lines.is_empty()).collect()
}
