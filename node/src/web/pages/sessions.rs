//! Ending one's own sessions: one by one, or all others. The password is asked for, so that who sits down at an open page
//! does not sign the owner out.

use axum::extract::State;
use helhet_shared::web::sessions_card::{self, ENDED, OWN, WHICH};
use helhet_shared::web::{Submitted, Visit};

use super::settings::{self, check_current};
use crate::web::state::{Answer, Failure, Screens, done};
use crate::web::urls::Urls;

pub(crate) async fn end(
    State(screens): State<Screens>,
    visit: Visit,
    Submitted(mut form): Submitted,
) -> Answer {
    check_current(&screens, &visit, &mut form, OWN).await?;
    if form.is_refused() {
        return settings::page(&screens, &visit, form).await;
    }
    match sessions_card::end(&visit, form.value(WHICH)) {
        true => Ok(done(Urls.settings(), ENDED)),
        false => Err(Failure::not_found(&visit)),
    }
}
