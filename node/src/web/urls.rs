//! Every address of the screens, in one place: templates and handlers make links here and never from strings.

use helhet_shared::id::SupporterId;

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
    pub(crate) fn unlock(self) -> &'static str {
        "/unlock"
    }
    pub(crate) fn setup(self) -> &'static str {
        "/setup"
    }

    pub(crate) fn paper(self) -> &'static str {
        "/setup/paper"
    }
    pub(crate) fn supporters(self) -> &'static str {
        "/supporters"
    }
    pub(crate) fn add(self) -> &'static str {
        "/supporters/add"
    }
    pub(crate) fn add_organisation(self) -> &'static str {
        "/supporters/add-organisation"
    }
    pub(crate) fn import(self) -> &'static str {
        "/import"
    }
    pub(crate) fn office(self) -> &'static str {
        "/office"
    }
    pub(crate) fn agreement(self) -> &'static str {
        "/agreement"
    }
    pub(crate) fn sync(self) -> &'static str {
        "/sync"
    }
    pub(crate) fn erasures(self) -> &'static str {
        "/erasures"
    }
    pub(crate) fn waiting_erasures(self) -> &'static str {
        "/erasures/waiting"
    }
    /// By the number of the erasure in full, which names nobody.
    pub(crate) fn certificate(self, number: &str) -> String {
        format!("/erasures/{number}/certificate.pdf")
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
    pub(crate) fn end_sessions(self) -> &'static str {
        "/settings/sessions"
    }
    pub(crate) fn remove_user(self) -> &'static str {
        "/users/remove"
    }
    pub(crate) fn settings(self) -> &'static str {
        "/settings"
    }
    pub(crate) fn lock(self) -> &'static str {
        "/settings/lock"
    }
    pub(crate) fn code(self) -> &'static str {
        "/settings/code"
    }
    pub(crate) fn confirm_code(self) -> &'static str {
        "/settings/code/confirm"
    }
    pub(crate) fn forget_code(self) -> &'static str {
        "/settings/code/forget"
    }
    pub(crate) fn forget_first_passphrase(self) -> &'static str {
        "/settings/lock/first"
    }
    pub(crate) fn computers(self) -> &'static str {
        "/computers"
    }
    pub(crate) fn removed(self) -> &'static str {
        "/removed"
    }
    pub(crate) fn meeting(self) -> &'static str {
        "/computers/meet"
    }
    pub(crate) fn wait_here(self) -> &'static str {
        "/computers/meet/here"
    }
    pub(crate) fn invite_computer(self) -> &'static str {
        "/computers/invite"
    }
    pub(crate) fn answer_computer(self) -> &'static str {
        "/computers/answer"
    }
    pub(crate) fn admit_computer(self, key: &str) -> String {
        format!("/computers/{key}/admit")
    }
    pub(crate) fn remove_computer(self, key: &str) -> String {
        format!("/computers/{key}/remove")
    }
    /// A list that was asked for, by the number that stands for what was typed.
    pub(crate) fn asked(self, number: &str) -> String {
        format!("/supporters?asked={number}")
    }
    pub(crate) fn holding(self, role: &str) -> String {
        format!("/supporters?role={role}")
    }
    pub(crate) fn supporter(self, id: &SupporterId) -> String {
        format!("/supporters/{id}")
    }
    pub(crate) fn edit(self, id: &SupporterId) -> String {
        format!("/supporters/{id}/edit")
    }
    pub(crate) fn erase(self, id: &SupporterId) -> String {
        format!("/supporters/{id}/erase")
    }
    pub(crate) fn office_of(self, id: &SupporterId) -> String {
        format!("/supporters/{id}/office")
    }
    pub(crate) fn pick(self, id: &SupporterId) -> String {
        format!("/supporters/{id}/pick")
    }
    pub(crate) fn grant(self, id: &SupporterId) -> String {
        format!("/supporters/{id}/grant")
    }
    pub(crate) fn withdraw(self, id: &SupporterId) -> String {
        format!("/supporters/{id}/withdraw")
    }
    pub(crate) fn withheld(self, id: &SupporterId) -> String {
        format!("/supporters/{id}/withheld")
    }
    pub(crate) fn add_role(self, id: &SupporterId) -> String {
        format!("/supporters/{id}/roles")
    }
    pub(crate) fn end_role(self, id: &SupporterId) -> String {
        format!("/supporters/{id}/roles/end")
    }
    pub(crate) fn add_note(self, id: &SupporterId) -> String {
        format!("/supporters/{id}/notes")
    }
    pub(crate) fn remove_note(self, id: &SupporterId) -> String {
        format!("/supporters/{id}/notes/remove")
    }
    pub(crate) fn add_health_note(self, id: &SupporterId) -> String {
        format!("/supporters/{id}/health-notes")
    }
    pub(crate) fn remove_health_note(self, id: &SupporterId) -> String {
        format!("/supporters/{id}/health-notes/remove")
    }
    pub(crate) fn add_tag(self, id: &SupporterId) -> String {
        format!("/supporters/{id}/tags")
    }
    pub(crate) fn remove_tag(self, id: &SupporterId) -> String {
        format!("/supporters/{id}/tags/remove")
    }
    pub(crate) fn protect(self, id: &SupporterId) -> String {
        format!("/supporters/{id}/protect")
    }
    pub(crate) fn lending(self) -> &'static str {
        "/lending"
    }
    pub(crate) fn take_back_list(self) -> &'static str {
        "/lending/take-back"
    }
    /// A list that is lent, by what the loan is called.
    pub(crate) fn lent(self, id: &str) -> String {
        format!("/lent/{id}")
    }
    pub(crate) fn add_to_lent(self, id: &str) -> String {
        format!("/lent/{id}/add")
    }
    pub(crate) fn keep(self, id: &SupporterId) -> String {
        format!("/supporters/{id}/keep")
    }
    pub(crate) fn doubles(self) -> &'static str {
        "/doubles"
    }
    pub(crate) fn tell_apart(self) -> &'static str {
        "/doubles/apart"
    }
    pub(crate) fn merge(self, kept: &SupporterId, gone: &SupporterId) -> String {
        format!("/doubles/{kept}/{gone}")
    }
    pub(crate) fn import_mapping(self, batch: &str) -> String {
        format!("/import/{batch}/columns")
    }
    pub(crate) fn import_preview(self, batch: &str) -> String {
        format!("/import/{batch}/preview")
    }
    pub(crate) fn import_run(self, batch: &str) -> String {
        format!("/import/{batch}/run")
    }
    pub(crate) fn import_result(self, batch: &str) -> String {
        format!("/import/{batch}")
    }
    pub(crate) fn import_refused(self, batch: &str) -> String {
        format!("/import/{batch}/left-out.csv")
    }
    pub(crate) fn import_undo(self, batch: &str) -> String {
        format!("/import/{batch}/undo")
    }
}
