//! The users of this computer: who they are, adding one, removing one. For who looks after them alone.

use super::setup::check_new_password;
use crate::web::desk::UserAdded;
use crate::web::state::{Answer, Screens, done};
use crate::web::urls::Urls;
use askama::Template;
use axum::extract::State;
use helhet_shared::rights::{Program, UserRole};
use helhet_shared::web::sessions_card::ENDED;
use helhet_shared::web::{Choice, Form, Frame, Texts};
use helhet_shared::web::{Submitted, Visit, html};
use zeroize::Zeroizing;

#[derive(Debug, Template)]
#[template(path = "pages/users.html")]
pub(crate) struct UsersPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) form: Form,
    pub(crate) users: Vec<UserLine>,
    pub(crate) roles: Vec<Choice>,
}

#[derive(Debug, Clone)]
pub(crate) struct UserLine {
    pub(crate) login: String,
    pub(crate) role: UserRole,
    /// The visitor.
    pub(crate) own: bool,
    /// How many sessions are open.
    pub(crate) sessions: usize,
}

pub(crate) async fn show(State(screens): State<Screens>, visit: Visit) -> Answer {
    page(&screens, &visit, Form::default()).await
}

async fn page(screens: &Screens, visit: &Visit, mut form: Form) -> Answer {
    for field in ["password", "again"] {
        form.forget(field);
    }
    let t = visit.texts.clone();
    let frame = Frame { live: false, ..screens.frame(visit, t.get("users-title")).await? };
    let users = screens.ask(visit, |desk| desk.users()).await?;
    let line = |(login, role): (String, UserRole)| UserLine {
        own: visit.login.as_ref() == Some(&login),
        sessions: visit.site().sessions.count(&login, visit.now),
        login,
        role,
    };
    let users = users.into_iter().map(line).collect();
    let roles = role_choices(&t);
    Ok(html(&UsersPage { t, frame, urls: Urls, form, users, roles }))
}

/// The roles to give, the one who may least first: nobody gets more by not looking.
pub(crate) fn role_choices(t: &Texts) -> Vec<Choice> {
    let mut roles: Vec<UserRole> = UserRole::of(Program::Node).collect();
    roles.sort_by_key(|role| role.actions().len());
    roles.into_iter().map(|role| Choice::new(role.code(), t.code("user-role", role.code()))).collect()
}

pub(crate) async fn add(
    State(screens): State<Screens>,
    visit: Visit,
    Submitted(mut form): Submitted,
) -> Answer {
    let login = form.value("login").to_lowercase();
    let role = UserRole::from_code(Program::Node, form.value("role"));
    if login.is_empty() {
        form.refuse("login", "error-missing");
    }
    if role.is_none() {
        form.refuse("role", "error-missing");
    }
    check_new_password(&mut form, &login);
    if let Some(role) = role.filter(|_| !form.is_refused()) {
        let typed = Zeroizing::new(form.exact("password").to_owned());
        let by = visit.who();
        match screens.ask(&visit, move |desk| desk.add_user(&by, &login, &typed, role)).await? {
            UserAdded::Added => return Ok(done(Urls.users(), "done-user-added")),
            UserAdded::Taken => form.refuse("login", "error-user-taken"),
            UserAdded::Weak(key) => form.refuse("password", key),
        }
    }
    page(&screens, &visit, form).await
}

pub(crate) async fn remove(
    State(screens): State<Screens>,
    visit: Visit,
    Submitted(mut form): Submitted,
) -> Answer {
    let login = form.value("login").to_owned();
    match screens.ask(&visit, move |desk| desk.remove_user(&login)).await? {
        None => Ok(done(Urls.users(), "done-user-removed")),
        Some(against) => {
            form = Form::default();
            form.refuse("login", against);
            page(&screens, &visit, form).await
        }
    }
}

/// Ends all sessions of a user: of a browser that was left open, or a phone that was lost.
pub(crate) async fn sign_out(_: State<Screens>, visit: Visit, Submitted(form): Submitted) -> Answer {
    visit.site().sessions.sign_out_everywhere(form.value("login"));
    Ok(done(Urls.users(), ENDED))
}
