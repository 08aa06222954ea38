//! Bringing in the office's own files: choose, correct the columns, see what will happen, run, undo. An uploaded file is
//! kept in memory until it is run or an hour has passed, never on disk, and only its uploader reaches it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect};
use chrono::{DateTime, Utc};
use helhet_shared::import::column::Column;
use helhet_shared::import::read::{Table, read};
use helhet_shared::rights::Action;
use helhet_shared::web::{Form, Frame, Submitted, Upload, html};

use super::import_report::{
    ColumnLine, FilePage, MappingPage, PastImport, PreviewPage, ResultPage, UndoPage,
};
use crate::files::{self, ImportError, Imported, ListFile};
use crate::store::{StoreError, imports};
use crate::web::state::{Answer, AskError, Failure, Screens, Signed, done};
use crate::web::urls::Urls;

const UPLOADS_MAX: usize = 8;
const KEPT: chrono::Duration = chrono::Duration::hours(1);
const EXAMPLES: usize = 3;

/// The files that were uploaded and not yet run.
#[derive(Clone, Debug, Default)]
pub(crate) struct Uploads(Arc<Mutex<HashMap<String, Kept>>>);

#[derive(Clone)]
struct Kept {
    login: String,
    at: DateTime<Utc>,
    file: String,
    table: Arc<Table>,
    bytes: Arc<[u8]>,
    /// The columns as a person corrected them, in the form that imports take.
    correction: String,
    done: Option<Arc<Imported>>,
}

impl std::fmt::Debug for Kept {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Kept").field("bytes", &self.bytes.len()).finish_non_exhaustive()
    }
}

impl Uploads {
    fn keep(&self, kept: Kept) -> String {
        let id = format!("{:032x}", rand::random::<u128>());
        let mut uploads = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        uploads.retain(|_, other| kept.at - other.at < KEPT);
        if uploads.len() >= UPLOADS_MAX
            && let Some(oldest) = uploads.iter().min_by_key(|(_, other)| other.at).map(|(id, _)| id.clone())
        {
            uploads.remove(&oldest);
        }
        uploads.insert(id.clone(), kept);
        id
    }

    fn of(&self, signed: &Signed, id: &str) -> Result<Kept, Failure> {
        let uploads = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = uploads.get(id).filter(|kept| kept.login == signed.login);
        kept.cloned().ok_or_else(|| Failure::not_found(&signed.visit))
    }

    fn change(&self, id: &str, change: impl FnOnce(&mut Kept)) {
        let mut uploads = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = uploads.get_mut(id) {
            change(kept);
        }
    }
}

pub(crate) async fn ask(State(screens): State<Screens>, signed: Signed) -> Answer {
    page(&screens, &signed, Form::default()).await
}

async fn page(screens: &Screens, signed: &Signed, form: Form) -> Answer {
    let imports = screens
        .ask(&signed.visit, |hub| {
            hub.database().read(|reader| imports::all(reader).map_err(StoreError::from))
        })
        .await?;
    let t = signed.visit.texts.clone();
    let past = imports.iter().map(|import| PastImport::of(import, &t, signed.visit.now)).collect();
    let frame = Frame { live: false, ..screens.frame(signed, t.get("import-title")).await? };
    let may_work = signed.visit.may(Action::BringInOfficeFile);
    Ok(html(&FilePage { t, frame, urls: Urls, form, past, may_work }))
}

pub(crate) async fn look_at(State(screens): State<Screens>, signed: Signed, upload: Upload) -> Answer {
    let Upload { mut form, file_name, file } = upload;
    if file.is_empty() {
        form.refuse("file", "error-file-missing");
        return page(&screens, &signed, form).await;
    }
    let Ok(table) = read(&file) else {
        form.refuse("file", "error-file-unreadable");
        return page(&screens, &signed, form).await;
    };
    let id = screens.uploads.keep(Kept {
        login: signed.login.clone(),
        at: signed.visit.now,
        file: file_name.rsplit(['/', '\\']).next().unwrap_or_default().chars().take(100).collect(),
        table: Arc::new(table),
        bytes: file.into(),
        correction: String::new(),
        done: None,
    });
    Ok(Redirect::to(&Urls.import_columns(&id)).into_response())
}

pub(crate) async fn columns(
    State(screens): State<Screens>,
    signed: Signed,
    Path(id): Path<String>,
) -> Answer {
    let kept = screens.uploads.of(&signed, &id)?;
    columns_page(&screens, &signed, id, kept, Form::default()).await
}

async fn columns_page(screens: &Screens, signed: &Signed, id: String, kept: Kept, form: Form) -> Answer {
    let guess = files::guess(&kept.table);
    let mapping = guess.clone().corrected(&kept.correction).unwrap_or(guess);
    let lines = mapping.columns.iter().enumerate().map(|(index, column)| ColumnLine {
        heading: column.heading.clone(),
        examples: examples(&kept.table, index),
        meaning: column.column.map_or("ignored", Column::code),
    });
    let columns = lines.collect();
    let t = signed.visit.texts.clone();
    let frame = Frame { live: false, ..screens.frame(signed, t.get("import-mapping-title")).await? };
    Ok(html(&MappingPage::new(t, frame, form, id, kept.file, kept.table.rows.len(), columns)))
}

/// The first few different values of a column.
fn examples(table: &Table, index: usize) -> Vec<String> {
    let mut examples: Vec<String> = Vec::new();
    for cell in table.rows.iter().filter_map(|row| row.cells.get(index)) {
        if examples.len() < EXAMPLES && !cell.trim().is_empty() && !examples.contains(cell) {
            examples.push(cell.chars().take(60).collect());
        }
    }
    examples
}

pub(crate) async fn correct_columns(
    State(screens): State<Screens>,
    signed: Signed,
    Path(id): Path<String>,
    Submitted(form): Submitted,
) -> Answer {
    let kept = screens.uploads.of(&signed, &id)?;
    let mut mapping = files::guess(&kept.table);
    for index in 0..mapping.columns.len() {
        mapping.set(index, Column::from_code(form.value(&format!("column-{index}"))));
    }
    screens.uploads.change(&id, |kept| kept.correction = mapping.to_text());
    Ok(Redirect::to(&Urls.import_preview(&id)).into_response())
}

pub(crate) async fn preview(
    State(screens): State<Screens>,
    signed: Signed,
    Path(id): Path<String>,
) -> Answer {
    let kept = screens.uploads.of(&signed, &id)?;
    match import(&screens, &kept, true).await {
        Ok(import) => preview_page(&screens, &signed, id, &kept, &import).await,
        Err(error) => {
            let mut form = Form::default();
            form.refuse(
                "columns",
                what_is_wrong(error).map_err(|error| Failure::logged(&signed.visit, error))?,
            );
            columns_page(&screens, &signed, id, kept, form).await
        }
    }
}

async fn import(screens: &Screens, kept: &Kept, dry_run: bool) -> Result<Imported, AskError> {
    let Kept { file, bytes, correction, .. } = kept.clone();
    screens
        .try_to(move |hub| {
            let list = ListFile { name: &file, bytes: &bytes, correction: &correction };
            files::import(hub, &list, dry_run, &mut rand::rng())
        })
        .await
}

/// The key of what a person can mend; anything else is a fault.
fn what_is_wrong(error: AskError) -> Result<&'static str, AskError> {
    match &error {
        AskError::Import(ImportError::NoName) => Ok("error-no-name"),
        AskError::Import(ImportError::Read(_) | ImportError::Mapping(_)) => Ok("error-file-unreadable"),
        AskError::Import(_)
        | AskError::Hub(_)
        | AskError::Store(_)
        | AskError::Chapter(_)
        | AskError::Correction(_)
        | AskError::Access(_)
        | AskError::Passkey(_)
        | AskError::Stopped => Err(error),
    }
}

async fn preview_page(
    screens: &Screens,
    signed: &Signed,
    id: String,
    kept: &Kept,
    import: &Imported,
) -> Answer {
    let t = signed.visit.texts.clone();
    let frame = Frame { live: false, ..screens.frame(signed, t.get("import-preview-title")).await? };
    Ok(html(&PreviewPage::new(t, frame, id, kept.file.clone(), import)))
}

pub(crate) async fn run(
    State(screens): State<Screens>,
    signed: Signed,
    Path(id): Path<String>,
    _: Submitted,
) -> Answer {
    let kept = screens.uploads.of(&signed, &id)?;
    if kept.done.is_none() {
        let import =
            import(&screens, &kept, false).await.map_err(|error| Failure::logged(&signed.visit, error))?;
        screens.uploads.change(&id, |kept| kept.done = Some(Arc::new(import)));
    }
    Ok(Redirect::to(&Urls.import_result(&id)).into_response())
}

pub(crate) async fn result(State(screens): State<Screens>, signed: Signed, Path(id): Path<String>) -> Answer {
    let kept = screens.uploads.of(&signed, &id)?;
    let import = kept.done.ok_or_else(|| Failure::not_found(&signed.visit))?;
    let t = signed.visit.texts.clone();
    let frame = Frame { live: false, ..screens.frame(&signed, t.get("import-result-title")).await? };
    Ok(html(&ResultPage::new(t, frame, id, kept.file, &import)))
}

pub(crate) async fn left_out(
    State(screens): State<Screens>,
    signed: Signed,
    Path(id): Path<String>,
) -> Answer {
    let kept = screens.uploads.of(&signed, &id)?;
    let text = kept.done.and_then(|import| import.refused.clone());
    let text = text.ok_or_else(|| Failure::not_found(&signed.visit))?;
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"left-out.csv\""),
    ];
    Ok((headers, text).into_response())
}

/// What undoing would do, before it is done.
pub(crate) async fn ask_undo(
    State(screens): State<Screens>,
    signed: Signed,
    Path(import): Path<String>,
) -> Answer {
    let asked = import.clone();
    let found = screens
        .ask(&signed.visit, move |hub| {
            let row =
                hub.database().read(|reader| imports::find(reader, &asked).map_err(StoreError::from))?;
            Ok::<_, StoreError>(row.zip(files::would_undo(hub, &asked)?))
        })
        .await?;
    let (row, undone) = found.ok_or_else(|| Failure::not_found(&signed.visit))?;
    let t = signed.visit.texts.clone();
    let file = PastImport::of(&row, &t, signed.visit.now).file;
    let title = t.get("import-undo-title").arg("file", &file).to_string();
    let frame = Frame { live: false, ..screens.frame(&signed, title).await? };
    Ok(html(&UndoPage { t, frame, urls: Urls, import, file, undone }))
}

pub(crate) async fn undo(
    State(screens): State<Screens>,
    signed: Signed,
    Path(import): Path<String>,
    _: Submitted,
) -> Answer {
    let undone = screens.ask(&signed.visit, move |hub| files::undo(hub, &import)).await?;
    Ok(match undone {
        Some(undone) if undone.kept > 0 => done(Urls.import(), "done-undone-kept"),
        Some(_) | None => done(Urls.import(), "done-undone"),
    })
}
