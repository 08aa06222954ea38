//! Erasing a supporter, with what it means in plain words, a box to tick, and the password: it cannot be undone, and somebody
//! else may sit down at a computer that was left open.

use super::card::kept;
use super::settings::check_current;
use super::setup::tick;
use super::supporter::supporter_id;
use crate::web::desk::{DeskError, Erased};
use crate::web::state::{Answer, Failure, Screens, done, ticked};
use askama::Template;
use axum::extract::{Path, State};
use helhet_shared::id::SupporterId;
use helhet_shared::web::{Choice, Form, Frame, Texts};
use helhet_shared::web::{Submitted, Visit, html};

use crate::web::urls::Urls;

#[derive(Debug, Template)]
#[template(path = "pages/erase.html")]
pub(crate) struct ErasePage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) id: SupporterId,
    pub(crate) name: String,
    pub(crate) form: Form,
    pub(crate) sure: Vec<Choice>,
    /// Why that may not be yet.
    pub(crate) kept: Vec<String>,
}

pub(crate) async fn show(State(screens): State<Screens>, visit: Visit, Path(id): Path<String>) -> Answer {
    page(&screens, &visit, supporter_id(&visit, &id)?, Form::default()).await
}

pub(crate) async fn erase(
    State(screens): State<Screens>,
    visit: Visit,
    Path(id): Path<String>,
    Submitted(mut form): Submitted,
) -> Answer {
    let id = supporter_id(&visit, &id)?;
    if !ticked(&form, "sure") {
        form.refuse("sure", "error-sure");
    }
    check_current(&screens, &visit, &mut form, "own").await?;
    if form.is_refused() {
        return page(&screens, &visit, id, form).await;
    }
    let became = match screens.try_to(move |desk| desk.erase(id)).await {
        Ok(became) => became,
        Err(DeskError::MayNot) => {
            form.refuse("sure", "error-may-not-erase");
            return page(&screens, &visit, id, form).await;
        }
        Err(DeskError::Kept) => return page(&screens, &visit, id, form).await,
        Err(error) => return Err(Failure::of(&visit, error)),
    };
    let key = match became {
        Erased::Gone => "done-erased",
        Erased::Soon => "done-erased-soon",
        Erased::Waits => "done-erased-waits",
    };
    Ok(done(Urls.supporters(), key))
}

async fn page(screens: &Screens, visit: &Visit, id: SupporterId, mut form: Form) -> Answer {
    form.forget("own");
    let t = visit.texts.clone();
    let supporter = screens.ask(visit, move |desk| desk.supporter(id)).await?;
    let (name, kept) = (supporter.display_name(), kept(&supporter, &t, visit.now.date_naive()));
    // Nothing on it changes by itself, and once it is confirmed there is nothing left to ask for.
    let frame = screens.frame(visit, t.get("erase-title").arg("name", &name)).await?;
    let frame = Frame { live: false, ..frame };
    let sure = tick(t.get("erase-sure").arg("name", &name).to_string(), String::new());
    Ok(html(&ErasePage { t, frame, urls: Urls, id, name, form, sure, kept }))
}
