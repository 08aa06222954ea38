//! Signing in by another provider, and connecting one's identity there with one's login here, in the settings.

use axum::extract::State;
use axum::http::Uri;
use axum::response::{IntoResponse, Redirect};
use helhet_shared::web::onward::OnwardPage;
use helhet_shared::web::{Form, Submitted, Visit};

use super::settings::{self, check_current};
use crate::access::elsewhere::{self, Elsewhere, ElsewhereError, Purpose, Returned};
use crate::web::state::{Answer, Failure, Screens, Signed, done};
use crate::web::urls::Urls;

/// The field of the password, which is asked for before anything of this changes.
const OWN: &str = "elsewhere_own";
/// The field that says what is to be done: this, or to take away.
const WHAT: &str = "elsewhere";
const CONNECT: &str = "connect";

const CONNECTED: &str = "done-elsewhere-connected";
const REMOVED: &str = "done-elsewhere-removed";
const NOBODYS: &str = "error-elsewhere-nobody";
const TAKEN: &str = "error-elsewhere-taken";

/// The card in the settings.
#[derive(Debug, Clone)]
pub(crate) struct ElsewhereCard {
    /// What people call the provider.
    pub(crate) name: String,
    /// Since when one is connected.
    pub(crate) since: Option<String>,
}

impl ElsewhereCard {
    pub(super) async fn of(screens: &Screens, signed: &Signed) -> Result<Option<Self>, Failure> {
        let visit = &signed.visit;
        let Some(provider) = offered(screens, visit).cloned() else { return Ok(None) };
        let (name, login) = (provider.name().to_owned(), signed.login.clone());
        let since = screens.ask(visit, move |hub| elsewhere::since(hub, &provider, &login)).await?;
        Ok(Some(Self { name, since: since.map(|at| visit.texts.ago(at, visit.now)) }))
    }
}

/// The provider, where there is one and the visitor would be sent back to the address by which they came.
pub(super) fn offered<'s>(screens: &'s Screens, visit: &Visit) -> Option<&'s Elsewhere> {
    screens.elsewhere.as_ref().filter(|elsewhere| elsewhere.can_be_used_at(&visit.host))
}

fn provider<'s>(screens: &'s Screens, visit: &Visit) -> Result<&'s Elsewhere, Failure> {
    offered(screens, visit).ok_or_else(|| Failure::not_found(visit))
}

/// On to the provider, to sign in: by a link, since a form of ours may lead to our own pages alone.
pub(crate) async fn begin(State(screens): State<Screens>, visit: Visit) -> Answer {
    if visit.login.is_some() {
        return Ok(Redirect::to(Urls.front()).into_response());
    }
    let begun = provider(&screens, &visit)?.begin(visit.visitor(), Purpose::SignIn, visit.now).await;
    match begun {
        Ok(address) => Ok(Redirect::to(&address).into_response()),
        Err(error) => not_signed_in(&screens, &visit, sentence(error)).await,
    }
}

/// Back from the provider. Who is signed in came to connect, which is behind the door.
pub(crate) async fn back(State(screens): State<Screens>, visit: Visit, uri: Uri) -> Answer {
    let provider = provider(&screens, &visit)?;
    if visit.login.is_some() {
        let to = format!("{}?{}", Urls.back_to_connect(), uri.query().unwrap_or_default());
        return Ok(Redirect::to(&to).into_response());
    }
    let told = provider.finish(visit.visitor(), &Purpose::SignIn, returned(&visit), visit.now).await;
    let identity = match told {
        Ok(identity) => identity,
        Err(error) => return not_signed_in(&screens, &visit, sentence(error)).await,
    };
    let Some(login) = screens.ask(&visit, move |hub| elsewhere::whose(hub, &identity)).await? else {
        tracing::warn!(reason = "nobodys", "nobody came in by another provider");
        return not_signed_in(&screens, &visit, NOBODYS).await;
    };
    Ok(([screens.sign_in(&visit, &login).await?], Redirect::to(Urls.front())).into_response())
}

/// Connects, or takes away, after the password.
pub(crate) async fn change(
    State(screens): State<Screens>,
    signed: Signed,
    Submitted(mut form): Submitted,
) -> Answer {
    let (visit, login) = (&signed.visit, signed.login.clone());
    let provider = provider(&screens, visit)?;
    check_current(&screens, &signed, &mut form, OWN).await?;
    form.forget(OWN);
    if form.is_refused() {
        return settings::page(&screens, &signed, form).await;
    }
    if form.value(WHAT) == CONNECT {
        let begun = provider.begin(visit.visitor(), Purpose::Connect { login }, visit.now).await;
        return match begun {
            Ok(address) => Ok(OnwardPage::to(visit.texts.clone(), address).into_response()),
            Err(error) => not_connected(&screens, &signed, sentence(error)).await,
        };
    }
    if !screens.ask(visit, move |hub| elsewhere::take_away(hub, &login)).await? {
        return Err(Failure::not_found(visit));
    }
    visit.end_other_sessions();
    Ok(done(Urls.settings(), REMOVED))
}

/// Back from the provider, to connect.
pub(crate) async fn connect(State(screens): State<Screens>, signed: Signed) -> Answer {
    let (visit, login) = (&signed.visit, signed.login.clone());
    let provider = provider(&screens, visit)?;
    let purpose = Purpose::Connect { login: login.clone() };
    let told = provider.finish(visit.visitor(), &purpose, returned(visit), visit.now).await;
    let identity = match told {
        Ok(identity) => identity,
        Err(error) => return not_connected(&screens, &signed, sentence(error)).await,
    };
    if !screens.ask(visit, move |hub| elsewhere::connect(hub, &login, &identity)).await? {
        return not_connected(&screens, &signed, TAKEN).await;
    }
    visit.end_other_sessions();
    Ok(done(Urls.settings(), CONNECTED))
}

fn returned(visit: &Visit) -> Returned<'_> {
    Returned {
        state: visit.query("state").unwrap_or_default(),
        code: visit.query("code"),
        error: visit.query("error"),
    }
}

/// What is said about it; the log has a reason that names nobody.
fn sentence(error: ElsewhereError) -> &'static str {
    tracing::warn!(reason = %error, "nobody came in by another provider");
    match error {
        ElsewhereError::NotAsked => "error-elsewhere-again",
        ElsewhereError::Stopped => "error-elsewhere-stopped",
        ElsewhereError::Unreachable => "error-elsewhere-unreachable",
        ElsewhereError::TooWeak(_) => "error-elsewhere-weak",
        ElsewhereError::Refused(_) => "error-elsewhere",
    }
}

async fn not_signed_in(screens: &Screens, visit: &Visit, key: &'static str) -> Answer {
    super::login::page_saying(screens, visit, Form::default(), Some(key)).await
}

async fn not_connected(screens: &Screens, signed: &Signed, key: &'static str) -> Answer {
    settings::page_saying(screens, signed, Form::default(), Some(key)).await
}
