//! Two computers of the chapter bring each other up to date with no office in reach.

use askama::Template;
use axum::extract::State;
use helhet_shared::web::{Form, Frame, Submitted, Texts, Visit, html};

use crate::web::desk::DeskError;
use crate::web::state::{Answer, Failure, Screens, done};
use crate::web::urls::Urls;

#[derive(Debug, Template)]
#[template(path = "pages/meeting.html")]
pub(crate) struct MeetingPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    /// What is typed at the other computer, if this one waits for it.
    pub(crate) here: Option<String>,
    pub(crate) form: Form,
}

pub(crate) async fn show(State(screens): State<Screens>, visit: Visit) -> Answer {
    page(&screens, &visit, Form::default()).await
}

pub(crate) async fn wait_here(State(screens): State<Screens>, visit: Visit, _: Submitted) -> Answer {
    screens.ask(&visit, |desk| desk.wait_here()).await?;
    Ok(done(Urls.meeting(), "done-waits-here"))
}

pub(crate) async fn go(
    State(screens): State<Screens>,
    visit: Visit,
    Submitted(mut form): Submitted,
) -> Answer {
    let address = form.value("address").to_owned();
    if address.is_empty() {
        form.refuse("address", "error-meeting-missing");
        return page(&screens, &visit, form).await;
    }
    match screens.try_to(move |desk| desk.meet(&address)).await {
        Ok(()) => Ok(done(Urls.meeting(), "done-met")),
        Err(error) => {
            form.refuse("address", refusal(&visit, error)?);
            page(&screens, &visit, form).await
        }
    }
}

fn refusal(visit: &Visit, error: DeskError) -> Result<&'static str, Failure> {
    match error {
        DeskError::NobodyThere => Ok("error-meeting-nobody"),
        DeskError::NotLetIn => Ok("error-meeting-refused"),
        other @ (DeskError::NotFound
        | DeskError::MayNot
        | DeskError::Kept
        | DeskError::Closed
        | DeskError::Input(_)
        | DeskError::InviteUnreadable
        | DeskError::InviteUsed
        | DeskError::OfficeUnreachable
        | DeskError::OfficeSaid(_)
        | DeskError::FileUnreadable
        | DeskError::Failed(_)) => Err(Failure::of(visit, other)),
    }
}

async fn page(screens: &Screens, visit: &Visit, form: Form) -> Answer {
    let t = visit.texts.clone();
    let frame = screens.frame(visit, t.get("meeting-title")).await?;
    let here = screens.ask(visit, |desk| desk.waits_at()).await?;
    Ok(html(&MeetingPage { t, frame, urls: Urls, here, form }))
}
