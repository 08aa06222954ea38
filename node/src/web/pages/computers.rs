//! The chapter's computers: who asks to be one, which there are, and how one is added or removed.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use helhet_shared::web::{Choice, Form, Frame, Submitted, Texts, Visit, html};

use super::setup::tick;
use crate::web::desk::{Computer, DeskError};
use crate::web::state::{Answer, Failure, Screens, done, ticked};
use crate::web::urls::Urls;

#[derive(Debug, Template)]
#[template(path = "pages/computers.html")]
pub(crate) struct ComputersPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) may_decide: bool,
    pub(crate) office: String,
    pub(crate) asking: Vec<Asks>,
    pub(crate) computers: Vec<Shown>,
    pub(crate) admin: Vec<Choice>,
    pub(crate) form: Form,
}

/// Who asks.
#[derive(Debug)]
pub(crate) struct Asks {
    pub(crate) name: String,
    pub(crate) code: String,
    pub(crate) peer_support: Vec<Choice>,
}

/// A computer with a sentence on it.
#[derive(Debug)]
pub(crate) struct Shown {
    pub(crate) computer: Computer,
    pub(crate) sentence: String,
    pub(crate) may_be_removed: bool,
    pub(crate) may_be_admitted: bool,
}

/// The line for the other computer, shown this once. Its `Debug` hides it.
#[derive(Template)]
#[template(path = "pages/computers_invite.html")]
pub(crate) struct InvitePage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) invite: String,
}

impl std::fmt::Debug for InvitePage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("InvitePage(…)")
    }
}

#[derive(Debug, Template)]
#[template(path = "pages/computers_remove.html")]
pub(crate) struct RemovePage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) form: Form,
    pub(crate) computer: Computer,
    pub(crate) sure: Vec<Choice>,
}

pub(crate) async fn show(State(screens): State<Screens>, visit: Visit) -> Answer {
    let t = visit.texts.clone();
    let frame = screens.frame(&visit, t.get("computers-title")).await?;
    let here = screens.ask(&visit, |desk| desk.computers()).await?;
    let may_decide = here.may_decide;
    let shown = |computer: Computer| {
        let key = match (computer.is_removed, computer.is_in, computer.is_this) {
            (true, ..) => "computers-removed",
            (false, true, true) => "computers-this",
            (false, true, false) => "computers-in",
            (false, false, _) => "computers-kept-out",
        };
        Shown {
            sentence: t.get(key).to_string(),
            may_be_removed: may_decide && !computer.is_this && !computer.is_removed,
            may_be_admitted: may_decide && !computer.is_in && !computer.is_removed,
            computer,
        }
    };
    let computers = here.computers.into_iter().map(shown).collect();
    let peer_support = || tick(t.get("computers-peer").to_string(), t.get("computers-peer-hint").to_string());
    let asking = here.asking.into_iter();
    let asking = asking.map(|(name, code)| Asks { name, code, peer_support: peer_support() }).collect();
    let admin = tick(t.get("computers-admin").to_string(), t.get("computers-admin-hint").to_string());
    let (office, form) = (here.office, Form::default());
    Ok(html(&ComputersPage { t, frame, urls: Urls, may_decide, office, asking, computers, admin, form }))
}

/// The line is in the answer itself: an address would keep it in the browser's history.
pub(crate) async fn invite(
    State(screens): State<Screens>,
    visit: Visit,
    Submitted(form): Submitted,
) -> Answer {
    let admin = ticked(&form, "admin");
    let invite = screens.ask(&visit, move |desk| desk.invite_computer(admin)).await?;
    let t = visit.texts.clone();
    let frame = screens.frame(&visit, t.get("computers-invite-title")).await?;
    let frame = Frame { live: false, ..frame };
    Ok(html(&InvitePage { t, frame, urls: Urls, invite }))
}

pub(crate) async fn answer(
    State(screens): State<Screens>,
    visit: Visit,
    Submitted(form): Submitted,
) -> Answer {
    let code = form.value("code").to_owned();
    let let_in = (form.value("answer") == "yes").then(|| ticked(&form, "peer"));
    let who = visit.who();
    screens.ask(&visit, move |desk| desk.answer(&who, &code, let_in)).await?;
    Ok(done(Urls.computers(), if let_in.is_some() { "done-let-in" } else { "done-turned-away" }))
}

pub(crate) async fn admit(
    State(screens): State<Screens>,
    visit: Visit,
    Path(key): Path<String>,
    _: Submitted,
) -> Answer {
    let who = visit.who();
    screens.ask(&visit, move |desk| desk.keep_computer(&who, &key, true)).await?;
    Ok(done(Urls.computers(), "done-admitted"))
}

pub(crate) async fn show_remove(
    State(screens): State<Screens>,
    visit: Visit,
    Path(key): Path<String>,
) -> Answer {
    remove_page(&screens, &visit, key, Form::default()).await
}

pub(crate) async fn remove(
    State(screens): State<Screens>,
    visit: Visit,
    Path(key): Path<String>,
    Submitted(mut form): Submitted,
) -> Answer {
    if !ticked(&form, "sure") {
        form.refuse("sure", "error-sure-removed");
        return remove_page(&screens, &visit, key, form).await;
    }
    let who = visit.who();
    screens.ask(&visit, move |desk| desk.keep_computer(&who, &key, false)).await?;
    Ok(done(Urls.computers(), "done-removed-computer").into_response())
}

async fn remove_page(screens: &Screens, visit: &Visit, key: String, form: Form) -> Answer {
    let here = screens.ask(visit, |desk| desk.computers()).await?;
    let found = here.computers.into_iter().find(|computer| computer.key == key && !computer.is_this);
    let computer = found.ok_or_else(|| Failure::of(visit, DeskError::NotFound))?;
    let t = visit.texts.clone();
    let frame = screens.frame(visit, t.get("computers-remove-title").arg("name", &computer.name)).await?;
    let frame = Frame { live: false, ..frame };
    let sure = tick(t.get("computers-remove-sure").to_string(), String::new());
    Ok(html(&RemovePage { t, frame, urls: Urls, form, computer, sure }))
}
