//! Ending one's own sessions: one by one, or all others. The password is asked for, so that who sits down at an open page
//! does not sign the owner out.

use axum::extract::State;
use helhet_shared::web::Submitted;
use helhet_shared::web::sessions_card::{self, ENDED, OWN, WHICH};

use super::settings::{self, check_current};
use crate::web::state::{Answer, Failure, Screens, Signed, done};
use crate::web::urls::Urls;

pub(crate) async fn end(
    State(screens): State<Screens>,
    signed: Signed,
    Submitted(mut form): Submitted,
) -> Answer {
    check_current(&screens, &signed, &mut form, OWN).await?;
    form.forget(OWN);
    if form.is_refused() {
        return settings::page(&screens, &signed, form).await;
    }
    match sessions_card::end(&signed.visit, form.value(WHICH)) {
        true => Ok(done(Urls.settings(), ENDED)),
        false => Err(Failure::not_found(&signed.visit)),
    }
}
