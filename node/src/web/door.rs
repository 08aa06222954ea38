//! The door of the chapter's screens: every page and every deed passes it, and nothing opens that it was not told about.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use helhet_shared::rights;
use helhet_shared::web::visit::PART;
use helhet_shared::web::{ErrorPage, Named, Needs, Problem, Visit};

use super::desk::Standing;
use super::state::{Answer, Screens};
use super::urls::Urls;

/// What the door goes by.
#[derive(Clone)]
pub(super) struct Door {
    pub(super) screens: Screens,
    pub(super) named: Named,
}

/// Middleware: first the unlocking, then the set-up, then the login, then whether this user may do this, then the page.
/// Who the user is and what the role is now is asked for every request, so that a change counts at once.
pub(super) async fn pass(
    State(Door { screens, named }): State<Door>,
    visit: Visit,
    mut request: Request,
    next: Next,
) -> Answer {
    let path = visit.path.as_str();
    let needs = named.of(&request);
    let sessions = &visit.site().sessions;
    screens.desk.forget_holders_but(&|login| sessions.count(login, visit.now) > 0);
    if path != "/design"
        && let Some(step) = step_before(&screens, &visit, needs).await?.filter(|step| *step != path)
    {
        return Ok(away(&request, step));
    }
    let user = match visit.login.clone() {
        Some(login) if path != Urls.unlock() && !path.starts_with(Urls.setup()) => {
            screens.ask(&visit, move |desk| desk.user(&login)).await?
        }
        _ => None,
    };
    let user = user.filter(|user| visit.stands_on(&user.stamp));
    if let (Some(user), Some(visit)) = (&user, request.extensions_mut().get_mut::<Visit>()) {
        visit.role = Some(user.role);
    }
    match (needs, user) {
        (Some(Needs::Nobody), _) => Ok(next.run(request).await),
        (Some(Needs::Who(_)), None) => Ok(away(&request, Urls.login())),
        (Some(Needs::Who(action)), Some(user)) if rights::may(user.role, action) => {
            Ok(next.run(request).await)
        }
        (Some(Needs::Who(action)), Some(user)) => {
            // Role and action alone: neither who it was nor whose page it is (ASVS 16.2.5, 16.3.2).
            tracing::warn!(role = user.role.code(), action = action.code(), "refused: not with this role");
            Ok(ErrorPage::of(&visit, Problem::NotAllowed).into_response())
        }
        // What stands open as the answer to a deed asks for its parts at the deed's address.
        (None, _) if named.knows_address(&request) => {
            Ok((StatusCode::METHOD_NOT_ALLOWED, ErrorPage::of(&visit, Problem::NotFound)).into_response())
        }
        (None, _) => {
            tracing::warn!("refused: an address that asks for nothing opens to nobody");
            Ok(ErrorPage::of(&visit, Problem::NotAllowed).into_response())
        }
    }
}

/// Sends to another page, or tells a page's script that its visitor is gone.
fn away(request: &Request, to: &'static str) -> Response {
    match request.headers().contains_key(PART) {
        true => StatusCode::UNAUTHORIZED.into_response(),
        false => Redirect::to(to).into_response(),
    }
}

/// The page that comes before the one asked for, if one does.
async fn step_before(
    screens: &Screens,
    visit: &Visit,
    needs: Option<Needs>,
) -> Result<Option<&'static str>, super::state::Failure> {
    let path = visit.path.as_str();
    let before_login = path.starts_with(Urls.setup()) || path == Urls.unlock();
    Ok(match screens.ask(visit, |desk| desk.standing()).await? {
        Standing::Locked => Some(Urls.unlock()),
        Standing::NotJoined if [Urls.setup(), Urls.paper(), "/setup/agreement"].contains(&path) => None,
        Standing::NotJoined => Some(Urls.setup()),
        Standing::Knocking => Some("/setup/waiting"),
        Standing::WordsShown => Some("/setup/phrase"),
        Standing::WithoutUser => Some("/setup/user"),
        Standing::Ready if before_login => Some(Urls.front()),
        Standing::Ready if visit.login.is_none() && needs != Some(Needs::Nobody) => Some(Urls.login()),
        Standing::Ready => None,
    })
}
