//! Who gets in at the chapter's program, and what opens its folder, as the screens ask for it.

use helhet_shared::rights::UserRole;
use helhet_shared::web::session::Stamp;

use super::access_desk::{AccessDesk, Entry, ForApp, Lock, User, UserAdded};
use super::chapter::{Chapter, failed};
use super::desk::DeskError;
use crate::access::{self, AccessError, second_factor};
use crate::store::{StoreError, lock, users};

impl AccessDesk for Chapter {
    fn unlock(&self, login: &str, passphrase: &str, code: &str) -> Result<Entry, DeskError> {
        self.unlock_by(login, passphrase, code)
    }

    fn enter(&self, login: &str, password: &str, code: &str) -> Result<Entry, DeskError> {
        self.enter_by(&self.node()?, login, password, code)
    }

    fn user(&self, login: &str) -> Result<Option<User>, DeskError> {
        let node = self.node()?;
        let found = node
            .store()
            .database()
            .read(|connection| Ok::<_, StoreError>(users::by_login(connection, login)?))
            .map_err(failed)?;
        Ok(found.map(|user| User {
            stamp: Stamp::of(&user.password_hash),
            login: user.login,
            role: user.role,
        }))
    }

    fn users(&self) -> Result<Vec<(String, UserRole)>, DeskError> {
        let node = self.node()?;
        let all = node.store().database().read(|connection| Ok::<_, StoreError>(users::all(connection)?));
        all.map_err(failed)
    }

    fn add_user(
        &self,
        by: &str,
        login: &str,
        password: &str,
        role: UserRole,
    ) -> Result<UserAdded, DeskError> {
        let node = self.node()?;
        let now = node.writer().clock().now().timestamp();
        match access::add_user(node.store(), login, password, role, now, self.key_of(by).as_ref()) {
            Ok(()) => Ok(UserAdded::Added),
            Err(AccessError::Taken) => Ok(UserAdded::Taken),
            Err(AccessError::Weak(weak)) => Ok(UserAdded::Weak(weak.text_key())),
            Err(error) => Err(failed(error)),
        }
    }

    fn remove_user(&self, login: &str) -> Result<Option<&'static str>, DeskError> {
        match access::remove_user(self.node()?.store(), login) {
            Ok(()) => Ok(None),
            Err(AccessError::Last) => Ok(Some("error-user-last")),
            Err(AccessError::LastHolder) => Ok(Some("error-user-last-holder")),
            Err(AccessError::Nobody) => Err(DeskError::NotFound),
            Err(error) => Err(failed(error)),
        }
    }

    fn add_first_user(&self, login: &str, password: &str) -> Result<(), DeskError> {
        let node = self.node()?;
        let now = node.writer().clock().now().timestamp();
        access::add_user(node.store(), login, password, UserRole::ChapterLeader, now, None)
            .map_err(failed)?;
        self.remember_holder(&node, login, password)
    }

    fn is_right(&self, login: &str, password: &str) -> Result<bool, DeskError> {
        access::is_right(self.node()?.store(), login, password).map_err(failed)
    }

    fn change_password(&self, login: &str, password: &str) -> Result<(), DeskError> {
        access::change_password(self.node()?.store(), login, password, self.key_of(login).as_ref())
            .map_err(failed)
    }

    fn forget_holders_but(&self, is_signed_in: &dyn Fn(&str) -> bool) {
        Chapter::forget_holders_but(self, is_signed_in);
    }

    fn codes_left(&self, login: &str) -> Result<Option<u32>, DeskError> {
        second_factor::codes_left(self.node()?.store(), login).map_err(failed)
    }

    fn begin_code(&self, login: &str) -> Result<(), DeskError> {
        second_factor::begin(self.node()?.store(), login).map_err(failed)
    }

    fn begun_code(&self, login: &str) -> Result<Option<ForApp>, DeskError> {
        let node = self.node()?;
        let begun = second_factor::begun(node.store(), login).map_err(failed)?;
        let issuer = format!("Helhet {}", node.identity().chapter_name);
        Ok(begun.map(|(secret, login)| ForApp {
            url: secret.url(&issuer, &login).to_string(),
            secret: secret.to_text().to_string(),
        }))
    }

    fn confirm_code(&self, login: &str, code: &str) -> Result<Option<Vec<String>>, DeskError> {
        let node = self.node()?;
        let now = node.writer().clock().now();
        let codes = second_factor::confirm(node.store(), login, code, now).map_err(failed)?;
        Ok(codes.map(|codes| codes.iter().map(|code| code.to_string()).collect()))
    }

    fn forget_code(&self, login: &str) -> Result<(), DeskError> {
        second_factor::forget(self.node()?.store(), login).map_err(failed)
    }

    fn lock(&self) -> Result<Lock, DeskError> {
        let read = |connection: &rusqlite::Transaction<'_>| -> Result<Lock, StoreError> {
            Ok(match lock::is_by_slots(connection)? {
                true => Lock::Passphrases { first: lock::has_first_slot(connection)? },
                false => Lock::KeyFile { for_now: lock::is_to_be_locked(connection)? },
            })
        };
        self.node()?.store().database().read(read).map_err(failed)
    }

    fn lock_for(&self, login: &str, password: &str) -> Result<(), DeskError> {
        access::lock_for(self.node()?.store(), login, password).map_err(failed)
    }

    fn forget_first_passphrase(&self) -> Result<(), DeskError> {
        access::forget_first_passphrase(self.node()?.store()).map_err(failed)
    }
}
