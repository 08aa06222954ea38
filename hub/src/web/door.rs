//! The door of the office's screens: every page and every deed passes it, and nothing opens that it was not told about.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use helhet_shared::rights;
use helhet_shared::second_factor;
use helhet_shared::web::session::Stamp;
use helhet_shared::web::visit::PART;
use helhet_shared::web::{ErrorPage, Named, Needs, Problem, Visit};

use super::state::{Answer, Entered, Failure, Screens, Signed};
use super::urls::Urls;
use crate::store::{StoreError, users};

/// What the door goes by.
#[derive(Clone)]
pub(super) struct Door {
    pub(super) screens: Screens,
    pub(super) named: Named,
}

/// Middleware: first the login, then the second factor, then whether this user may do this, then the page. Who the user is
/// and what the role is now is asked for every request, so that a change counts at once.
pub(super) async fn pass(
    State(Door { screens, named }): State<Door>,
    visit: Visit,
    mut request: Request,
    next: Next,
) -> Answer {
    let action = match named.of(&request) {
        Some(Needs::Nobody) => return Ok(next.run(request).await),
        Some(Needs::Who(action)) => action,
        // What stands open as the answer to a deed asks for its parts at the deed's address.
        None if named.knows_address(&request) => {
            return Ok(
                (StatusCode::METHOD_NOT_ALLOWED, ErrorPage::of(&visit, Problem::NotFound)).into_response()
            );
        }
        None => {
            tracing::warn!("refused: an address that asks for nothing opens to nobody");
            return Err(Failure::of(&visit, Problem::NotAllowed));
        }
    };
    let part = is_part(request.headers());
    let Some(login) = visit.login.clone() else { return Ok(away(part, Urls.login())) };
    let asked = login.clone();
    let found = screens.ask(&visit, move |hub| {
        hub.database().read(|reader| {
            let set_up = second_factor::is_set_up(reader, &asked)?;
            Ok::<_, StoreError>(users::find(reader, &asked)?.map(|user| (user, set_up)))
        })
    });
    let Some((user, set_up)) =
        found.await?.filter(|(user, _)| visit.stands_on(&Stamp::of(&user.password_hash)))
    else {
        return Ok(away(part, Urls.login()));
    };
    if !set_up && visit.path != Urls.second_factor() {
        return Ok(away(part, Urls.second_factor()));
    }
    let visit = visit.with_role(user.role);
    if !rights::may(user.role, action) {
        // Role and action alone: neither who it was nor whose page it is (ASVS 16.2.5, 16.3.2).
        tracing::warn!(role = user.role.code(), action = action.code(), "refused: not with this role");
        return Err(Failure::of(&visit, Problem::NotAllowed));
    }
    let extensions = request.extensions_mut();
    extensions.insert(visit.clone());
    extensions.insert(Entered { visit: visit.clone(), login: login.clone() });
    if set_up {
        extensions.insert(Signed { visit, login, part });
    }
    Ok(next.run(request).await)
}

/// Sends to another page, or tells a page's script that its visitor is gone.
fn away(part: bool, to: &'static str) -> Response {
    match part {
        true => StatusCode::UNAUTHORIZED.into_response(),
        false => Redirect::to(to).into_response(),
    }
}

/// Whether a page's script asks for parts of it.
fn is_part(headers: &HeaderMap) -> bool {
    headers.contains_key(PART)
}
