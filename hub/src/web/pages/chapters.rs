//! The chapters: when each was last seen and how far it has come, one chapter in full, adding and inviting. An invite is
//! shown in the answer to the form that made it and can never be shown again.

use askama::Template;
use axum::extract::{Path, State};
use helhet_protocol::identity::Invite;
use helhet_shared::id::ChapterId;
use helhet_shared::rights::Action;
use helhet_shared::web::{Form, Frame, Submitted, Texts, html, picture};

use super::chapter_lines::{ChapterFacts, ChapterLine};
use super::front::REFUSED_DAYS;
use crate::chapters::ChapterError;
use crate::read::{self, ChapterFile};
use crate::web::state::{Answer, AskError, Failure, Screens, Signed};
use crate::web::urls::Urls;

#[derive(Debug, Template)]
#[template(path = "pages/chapters.html")]
pub(crate) struct ChaptersPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) chapters: Vec<ChapterLine>,
    pub(crate) may_add: bool,
}

#[derive(Debug, Template)]
#[template(path = "pages/chapter_add.html")]
pub(crate) struct AddPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) form: Form,
}

#[derive(Debug, Template)]
#[template(path = "pages/chapter.html")]
pub(crate) struct ChapterPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) chapter: ChapterFacts,
    pub(crate) form: Form,
    pub(crate) may_invite: bool,
}

/// The one showing of an invite. Its `Debug` hides it.
#[derive(Template)]
#[template(path = "pages/chapter_invite.html")]
pub(crate) struct InvitePage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) invite: String,
    /// As a picture's address, empty if the text is too long for one.
    pub(crate) picture: String,
    pub(crate) expires: String,
}

impl std::fmt::Debug for InvitePage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "InvitePage({})", self.id)
    }
}

pub(crate) async fn list(State(screens): State<Screens>, signed: Signed) -> Answer {
    let visit = &signed.visit;
    let since = (visit.now - chrono::Duration::days(REFUSED_DAYS)).timestamp();
    let today = visit.now.date_naive();
    let overview = screens
        .ask(visit, move |hub| {
            hub.database().read(|reader| read::overview(reader, hub.office(), since, today))
        })
        .await?;
    let t = visit.texts.clone();
    let chapters = overview.chapters.iter().map(|need| ChapterLine::of(need, &t, visit.now)).collect();
    let frame = screens.frame(&signed, t.get("chapters-title")).await?;
    let may_add = signed.visit.may(Action::LookAfterChapters);
    Ok(html(&ChaptersPage { t, frame, urls: Urls, chapters, may_add }))
}

pub(crate) async fn show(State(screens): State<Screens>, signed: Signed, Path(id): Path<String>) -> Answer {
    let file = open(&screens, &signed, &id).await?;
    chapter_page(&screens, &signed, &file, Form::default()).await
}

async fn chapter_page(screens: &Screens, signed: &Signed, file: &ChapterFile, form: Form) -> Answer {
    let t = signed.visit.texts.clone();
    let chapter = ChapterFacts::of(file, &t, signed.visit.now);
    let frame = screens.frame(signed, &file.card.name).await?;
    let frame = Frame { live: frame.live && !form.is_refused(), ..frame };
    let may_invite = signed.visit.may(Action::LookAfterChapters);
    Ok(html(&ChapterPage { t, frame, urls: Urls, chapter, form, may_invite }))
}

async fn open(screens: &Screens, signed: &Signed, id: &str) -> Result<ChapterFile, Failure> {
    let id: ChapterId = id.parse().map_err(|_| Failure::not_found(&signed.visit))?;
    let since = (signed.visit.now - chrono::Duration::days(REFUSED_DAYS)).timestamp();
    let found = screens
        .ask(&signed.visit, move |hub| {
            hub.database().read(|reader| read::chapter_file(reader, hub.office(), id, since))
        })
        .await?;
    found.ok_or_else(|| Failure::not_found(&signed.visit))
}

pub(crate) async fn ask(State(screens): State<Screens>, signed: Signed) -> Answer {
    add_page(&screens, &signed, Form::default()).await
}

async fn add_page(screens: &Screens, signed: &Signed, form: Form) -> Answer {
    let t = signed.visit.texts.clone();
    let frame = Frame { live: false, ..screens.frame(signed, t.get("chapter-add-title")).await? };
    Ok(html(&AddPage { t, frame, urls: Urls, form }))
}

pub(crate) async fn add(
    State(screens): State<Screens>,
    signed: Signed,
    Submitted(mut form): Submitted,
) -> Answer {
    let name = form.value("name").to_owned();
    match screens.try_to(move |hub| hub.add_chapter(&name)).await {
        Ok(invite) => show_invite(&screens, &signed, &invite).await,
        Err(AskError::Chapter(ChapterError::Name)) => {
            form.refuse("name", "error-chapter-name");
            add_page(&screens, &signed, form).await
        }
        Err(AskError::Chapter(ChapterError::Taken { .. })) => {
            form.refuse("name", "error-chapter-taken");
            add_page(&screens, &signed, form).await
        }
        Err(AskError::Chapter(ChapterError::NoAddress { .. })) => {
            form.refuse("name", "error-no-address");
            add_page(&screens, &signed, form).await
        }
        Err(error) => Err(Failure::logged(&signed.visit, error)),
    }
}

pub(crate) async fn invite(
    State(screens): State<Screens>,
    signed: Signed,
    Path(id): Path<String>,
    Submitted(mut form): Submitted,
) -> Answer {
    let file = open(&screens, &signed, &id).await?;
    let name = file.card.name.clone();
    match screens.try_to(move |hub| hub.invite(&name)).await {
        Ok(invite) => show_invite(&screens, &signed, &invite).await,
        Err(AskError::Chapter(ChapterError::NoAddress { .. })) => {
            form.refuse("invite", "error-no-address");
            chapter_page(&screens, &signed, &file, form).await
        }
        Err(error) => Err(Failure::logged(&signed.visit, error)),
    }
}

async fn show_invite(screens: &Screens, signed: &Signed, invite: &Invite) -> Answer {
    let t = signed.visit.texts.clone();
    let title = t.get("invite-title").arg("name", &invite.chapter_name).to_string();
    // The page must stay as it is: there is no address to fetch it from again.
    let frame = Frame { live: false, ..screens.frame(signed, title).await? };
    Ok(html(&InvitePage::new(t, frame, invite)))
}

impl InvitePage {
    pub(crate) fn new(t: Texts, frame: Frame, invite: &Invite) -> Self {
        let text = invite.to_string();
        let day = chrono::DateTime::from_timestamp(invite.expires, 0).unwrap_or_default();
        Self {
            expires: t.get("invite-until").arg("date", t.date(day.date_naive())).to_string(),
            picture: picture::of(&text),
            id: ChapterId::from_bytes(invite.chapter).to_string(),
            name: invite.chapter_name.clone(),
            invite: text,
            t,
            frame,
            urls: Urls,
        }
    }
}
