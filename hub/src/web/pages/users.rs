//! The users of the office: who they are, adding one, removing one, letting one in again. For who looks after them alone.

use crate::access::{self, AccessError};
use crate::hub::HubError;
use crate::store::{StoreError, users};
use crate::web::state::{Answer, AskError, Failure, Screens, Signed, done};
use crate::web::urls::Urls;
use askama::Template;
use axum::extract::State;
use helhet_shared::rights::{Program, UserRole};
use helhet_shared::web::sessions_card::ENDED;
use helhet_shared::web::{Choice, Form, Frame, Submitted, Texts, html, password};
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
    /// Whom the visitor may let in again.
    pub(crate) let_in: Vec<String>,
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

pub(crate) async fn show(State(screens): State<Screens>, signed: Signed) -> Answer {
    page(&screens, &signed, Form::default()).await
}

async fn page(screens: &Screens, signed: &Signed, mut form: Form) -> Answer {
    for field in ["password", "again"] {
        form.forget(field);
    }
    let visit = &signed.visit;
    let t = visit.texts.clone();
    let frame = Frame { live: false, ..screens.frame(signed, t.get("users-title")).await? };
    let users =
        screens.ask(visit, |hub| hub.database().read(|reader| users::list(reader).map_err(StoreError::from)));
    let users = users.await?;
    let line = |(login, role): (String, UserRole)| UserLine {
        own: login == signed.login,
        sessions: visit.site().sessions.count(&login, visit.now),
        login,
        role,
    };
    let users: Vec<UserLine> = users.into_iter().map(line).collect();
    let let_in = users.iter().filter(|user| !user.own).map(|user| user.login.clone()).collect();
    let roles = role_choices(&t);
    Ok(html(&UsersPage { t, frame, urls: Urls, form, users, roles, let_in }))
}

/// The roles to give, the one who may least first: nobody gets more by not looking.
pub(crate) fn role_choices(t: &Texts) -> Vec<Choice> {
    let mut roles: Vec<UserRole> = UserRole::of(Program::Hub).collect();
    roles.sort_by_key(|role| role.actions().len());
    roles.into_iter().map(|role| Choice::new(role.code(), t.code("user-role", role.code()))).collect()
}

pub(crate) async fn add(
    State(screens): State<Screens>,
    signed: Signed,
    Submitted(mut form): Submitted,
) -> Answer {
    let login = form.value("login").to_owned();
    let role = UserRole::from_code(Program::Hub, form.value("role"));
    if login.is_empty() {
        form.refuse("login", "error-missing");
    }
    if role.is_none() {
        form.refuse("role", "error-missing");
    }
    if let Err(weak) = password::check(form.exact("password"), &login) {
        form.refuse("password", weak.text_key());
    }
    if form.exact("again") != form.exact("password") {
        form.refuse("again", "error-again");
    }
    if let Some(role) = role.filter(|_| !form.is_refused()) {
        let typed = Zeroizing::new(form.exact("password").to_owned());
        match screens.try_to(move |hub| hub.add_user(&login, role, &typed)).await {
            Ok(()) => return Ok(done(Urls.users(), "done-user-added")),
            Err(AskError::Hub(HubError::LoginTaken { .. })) => form.refuse("login", "error-user-taken"),
            Err(AskError::Hub(HubError::Login)) => form.refuse("login", "error-user-login"),
            Err(error) => return Err(Failure::logged(&signed.visit, error)),
        }
    }
    page(&screens, &signed, form).await
}

pub(crate) async fn remove(
    State(screens): State<Screens>,
    signed: Signed,
    Submitted(mut form): Submitted,
) -> Answer {
    let login = form.value("login").to_owned();
    match screens.try_to(move |hub| access::remove_user(hub, &login)).await {
        Ok(()) => Ok(done(Urls.users(), "done-user-removed")),
        Err(AskError::Access(AccessError::Nobody)) => Err(Failure::not_found(&signed.visit)),
        Err(AskError::Access(AccessError::Last)) => {
            form = Form::default();
            form.refuse("login", "error-user-last");
            page(&screens, &signed, form).await
        }
        Err(error) => Err(Failure::logged(&signed.visit, error)),
    }
}

/// Ends all sessions of a user: of a browser that was left open, or a phone that was lost.
pub(crate) async fn sign_out(_: State<Screens>, signed: Signed, Submitted(form): Submitted) -> Answer {
    signed.visit.site().sessions.sign_out_everywhere(form.value("login"));
    Ok(done(Urls.users(), ENDED))
}
