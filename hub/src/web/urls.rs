//! Every address of the screens, in one place: templates and handlers make links here and never from strings. Addresses
//! carry ids and codes, never a name or what somebody searched for.

/// Makes links; templates hold one.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Urls;

impl Urls {
    pub(crate) fn front(self) -> &'static str {
        "/"
    }
    pub(crate) fn login(self) -> &'static str {
        "/login"
    }
    pub(crate) fn supporters(self) -> &'static str {
        "/supporters"
    }
    pub(crate) fn holding(self, role: &str) -> String {
        format!("/supporters?role={role}")
    }
    pub(crate) fn supporter(self, id: &str) -> String {
        format!("/supporters/{id}")
    }
    pub(crate) fn correct(self, id: &str) -> String {
        format!("/supporters/{id}/correct")
    }
    pub(crate) fn part(self, id: &str) -> String {
        format!("/supporters/{id}/part")
    }
    pub(crate) fn doubtful(self) -> &'static str {
        "/doubtful"
    }
    pub(crate) fn decide(self) -> &'static str {
        "/doubtful/decide"
    }
    pub(crate) fn take_back(self) -> &'static str {
        "/doubtful/take-back"
    }
    pub(crate) fn erasures(self) -> &'static str {
        "/erasures"
    }
    pub(crate) fn chapters(self) -> &'static str {
        "/chapters"
    }
    pub(crate) fn add_chapter(self) -> &'static str {
        "/chapters/add"
    }
    pub(crate) fn chapter(self, id: &str) -> String {
        format!("/chapters/{id}")
    }
    pub(crate) fn invite(self, id: &str) -> String {
        format!("/chapters/{id}/invite")
    }
    pub(crate) fn import(self) -> &'static str {
        "/import"
    }
    pub(crate) fn import_columns(self, upload: &str) -> String {
        format!("/import/{upload}/columns")
    }
    pub(crate) fn import_preview(self, upload: &str) -> String {
        format!("/import/{upload}/preview")
    }
    pub(crate) fn import_run(self, upload: &str) -> String {
        format!("/import/{upload}/run")
    }
    pub(crate) fn import_result(self, upload: &str) -> String {
        format!("/import/{upload}")
    }
    pub(crate) fn import_left_out(self, upload: &str) -> String {
        format!("/import/{upload}/left-out.csv")
    }
    pub(crate) fn import_undo(self, import: &str) -> String {
        format!("/import/{import}/undo")
    }
    pub(crate) fn export(self) -> &'static str {
        "/export"
    }
    pub(crate) fn reports(self) -> &'static str {
        "/reports"
    }
    pub(crate) fn recover(self) -> &'static str {
        "/recover"
    }
    pub(crate) fn second_factor(self) -> &'static str {
        "/second-factor"
    }
    pub(crate) fn second_factor_again(self) -> &'static str {
        "/settings/second-factor"
    }
    pub(crate) fn let_in(self) -> &'static str {
        "/settings/let-in"
    }
    pub(crate) fn users(self) -> &'static str {
        "/users"
    }
    pub(crate) fn sign_out_user(self) -> &'static str {
        "/users/sign-out"
    }
    pub(crate) fn enter_by_passkey(self) -> &'static str {
        "/login/passkey"
    }
    pub(crate) fn passkeys(self) -> &'static str {
        "/settings/passkeys"
    }
    pub(crate) fn keep_passkey(self) -> &'static str {
        "/settings/passkeys/keep"
    }
    pub(crate) fn enter_elsewhere(self) -> &'static str {
        "/login/elsewhere"
    }
    pub(crate) fn elsewhere(self) -> &'static str {
        "/settings/elsewhere"
    }
    pub(crate) fn back_to_connect(self) -> &'static str {
        "/settings/elsewhere/back"
    }
    pub(crate) fn end_sessions(self) -> &'static str {
        "/settings/sessions"
    }
    pub(crate) fn remove_user(self) -> &'static str {
        "/users/remove"
    }
    pub(crate) fn settings(self) -> &'static str {
        "/settings"
    }
}
